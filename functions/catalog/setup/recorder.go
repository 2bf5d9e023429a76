package setup

import (
	"errors"
	"fmt"
	"io"
	"net/http"
)

// A recorder lets questions pass and tells of every change. In a dry run it is the recorder that answers a change, as if it had been
// made. It tells neither headers nor what follows a question mark: there may be secrets in them.
type recorder struct {
	next http.RoundTripper
	say  func(string)
	dry  bool
}

// RoundTrip implements http.RoundTripper.
func (r recorder) RoundTrip(q *http.Request) (*http.Response, error) {
	if q.Method == http.MethodGet {
		return r.next.RoundTrip(q)
	}
	change := q.Method + " " + q.URL.Path
	if q.GetBody != nil {
		body, err := q.GetBody()
		if err != nil {
			return nil, err
		}
		text, err := io.ReadAll(body)
		if err := errors.Join(err, body.Close()); err != nil {
			return nil, err
		}
		change += " " + string(text)
	}
	if r.dry {
		r.say("would " + change)
		answer := &http.Response{
			Status: "204 No Content", StatusCode: http.StatusNoContent,
			Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1, Header: http.Header{}, Body: http.NoBody, Request: q,
		}
		if q.Body != nil {
			return answer, q.Body.Close()
		}
		return answer, nil
	}
	answer, err := r.next.RoundTrip(q)
	switch {
	case err != nil:
	case answer.StatusCode == http.StatusConflict:
		r.say("is there: " + change)
	case answer.StatusCode < 300:
		r.say("did " + change)
	default:
		r.say(fmt.Sprintf("refused (%d): %s", answer.StatusCode, change))
	}
	return answer, err
}
