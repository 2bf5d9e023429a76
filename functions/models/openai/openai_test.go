package openai

import (
	cmpstd "cmp"
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/iotest"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
)

// said is a chunk that carries text.
func said(text string) string {
	return `data: {"choices":[{"index":0,"delta":{"content":"` + text + `"},"finish_reason":null}]}` + "\n\n"
}

const (
	stopped = `data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}` + "\n\n"
	usage   = `data: {"choices":[],"usage":{"prompt_tokens":31,"completion_tokens":7}}` + "\n\n"
	done    = "data: [DONE]\n\n"
)

var endpoint = Endpoint{Key: "sk-secret", Model: "m", MaxTokens: 64, Timeout: 8 * time.Second, FirstToken: 1500 * time.Millisecond, Stall: 2 * time.Second}

func TestComplete(t *testing.T) {
	tests := map[string]struct {
		status int
		header map[string]string
		body   string
		want   Answer
		deltas []string
		class  string
		rest   time.Duration
	}{
		"whole": {
			body: ": hello\n\n" + said("签收后 ") + said("7 天内可退。") + stopped + usage + done,
			want: Answer{Text: "签收后 7 天内可退。", TokensIn: 31, TokensOut: 7}, deltas: []string{"签收后 ", "7 天内可退。"},
		},
		"carriage returns, no spaces, other fields": {
			body: "event: chunk\r\nid: 1\r\ndata:" + strings.TrimPrefix(strings.ReplaceAll(said("好的")+usage+done, "\n", "\r\n"), "data: "),
			want: Answer{Text: "好的", TokensIn: 31, TokensOut: 7}, deltas: []string{"好的"},
		},
		"white space around it": {
			body: said(`\n\n `) + said(` 好`) + said(`的\n`) + stopped + usage + done,
			want: Answer{Text: "好的", TokensIn: 31, TokensOut: 7}, deltas: []string{"好", "的\n"},
		},
		"thinking aloud is not the answer": {
			body: `data: {"choices":[{"delta":{"content":null,"reasoning_content":"hm"}}]}` + "\n\n" + said("好") + stopped + usage + done,
			want: Answer{Text: "好", TokensIn: 31, TokensOut: 7}, deltas: []string{"好"},
		},
		"finished without a farewell": {
			body: said("好") + usage + stopped,
			want: Answer{Text: "好", TokensIn: 31, TokensOut: 7}, deltas: []string{"好"},
		},
		"usage not told": {
			body: said("四个汉字") + stopped + done,
			want: Answer{Text: "四个汉字", TokensIn: 1, TokensOut: 3, Estimated: true}, deltas: []string{"四个汉字"},
		},
		"rubbish after the end": {body: said("好") + usage + stopped + "data: {oops\n\n", want: Answer{Text: "好", TokensIn: 31, TokensOut: 7}, deltas: []string{"好"}},
		"a second choice":       {body: `data: {"choices":[{"index":1,"delta":{"content":"no"}}]}` + "\n\n" + said("yes") + usage + stopped, want: Answer{Text: "yes", TokensIn: 31, TokensOut: 7}, deltas: []string{"yes"}},
		"cut":                   {body: said("签收后"), class: Cut},
		"no room":               {body: said("签收后") + strings.Replace(stopped, "stop", "length", 1) + done, class: Cut},
		"withheld":              {body: said("签收后") + strings.Replace(stopped, "stop", "content_filter", 1) + done, class: Filtered},
		"empty":                 {body: said("") + said(`\n `) + stopped + done, class: Empty},
		"no choices":            {body: `data: {"choices":[]}` + "\n\n" + done, class: Empty},
		"not JSON":              {body: said("签") + `data: {"choices":[{` + "\n\n", class: Malformed},
		"another JSON":          {body: `data: {"choices":"none"}` + "\n\n", class: Malformed},
		"not UTF-8":             {body: said("签") + said("\xff\xfe"), class: Malformed},
		"broken character":      {body: said(`\ud83d`), class: Garbled},
		"control characters":    {body: said(`\u0007\u001b[31m`), class: Garbled},
		"error in the stream":   {body: said("签") + `data: {"error":{"message":"sk-secret is overloaded"}}` + "\n\n", class: ProviderSaid},
		"endless":               {body: strings.Repeat(said("啊啊啊啊啊啊啊啊啊啊"), 300) + done, class: TooLong},
		"endless line":          {body: "data: " + strings.Repeat("x", maxLine+1), class: Malformed},
		"an HTML page":          {header: map[string]string{"Content-Type": "text/html"}, body: "<html>", class: ContentType},
		"no type at all":        {header: map[string]string{"Content-Type": ""}, body: said("好") + done, class: ContentType},
		"in one piece": {
			header: map[string]string{"Content-Type": "application/json"},
			body:   `{"choices":[{"index":0,"message":{"role":"assistant","content":"好的"},"finish_reason":"stop"}],"usage":{"prompt_tokens":31,"completion_tokens":7}}`,
			want:   Answer{Text: "好的", TokensIn: 31, TokensOut: 7}, deltas: []string{"好的"},
		},
		"one piece of nothing":   {header: map[string]string{"Content-Type": "application/json"}, body: `{"choices":[]}`, class: Empty},
		"one piece of an error":  {header: map[string]string{"Content-Type": "application/json"}, body: `{"error":{"message":"no"}}`, class: ProviderSaid},
		"one broken piece":       {header: map[string]string{"Content-Type": "application/json"}, body: `{"choices":[{"message":{"content":"好`, class: Malformed},
		"broken inside":          {status: 500, body: "sk-secret", class: "status_500"},
		"a redirect":             {status: 307, header: map[string]string{"Location": "/elsewhere"}, class: "status_307"},
		"wrong key":              {status: 401, class: Unauthorised},
		"too many":               {status: 429, header: map[string]string{"Retry-After": "20"}, class: RateLimited, rest: 20 * time.Second},
		"too many, unsaid":       {status: 429, class: RateLimited, rest: restUnsaid},
		"too many, for ages":     {status: 429, header: map[string]string{"Retry-After": "99999999"}, class: RateLimited, rest: restMost},
		"too many, until a date": {status: 503, header: map[string]string{"Retry-After": "Sat, 01 Jan 2000 00:00:30 GMT"}, class: "status_503", rest: 30 * time.Second},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) { // its clock starts with the year 2000
				client := &http.Client{
					Transport:     answering(tt.status, tt.header, io.NopCloser(strings.NewReader(tt.body))),
					CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
				}
				var deltas []string
				got, err := endpoint.Complete(t.Context(), client, []Message{{"user", "hi"}}, func(d string) { deltas = append(deltas, d) })
				if tt.class == "" {
					if err != nil {
						t.Fatal(err)
					}
					got.FirstToken = 0
					if diff := cmp.Diff(tt.want, got); diff != "" {
						t.Errorf("answer (-want +got):\n%s", diff)
					}
					if diff := cmp.Diff(tt.deltas, deltas); diff != "" {
						t.Errorf("deltas (-want +got):\n%s", diff)
					}
					return
				}
				failed, ok := errors.AsType[*Failure](err)
				if !ok || failed.Class != tt.class || failed.RetryAfter != tt.rest {
					t.Errorf("error %#v, want class %q and rest %v", err, tt.class, tt.rest)
				}
				if err != nil && strings.Contains(err.Error(), "sk-secret") {
					t.Errorf("%q gives the key away", err)
				}
			})
		})
	}
}

// answering answers every request with one response.
func answering(status int, header map[string]string, body io.ReadCloser) roundTripper {
	return func(r *http.Request) (*http.Response, error) {
		resp := &http.Response{StatusCode: cmpstd.Or(status, 200), Header: http.Header{"Content-Type": {"text/event-stream; charset=utf-8"}}, Body: body, Request: r}
		for k, v := range header {
			resp.Header.Set(k, v)
		}
		return resp, nil
	}
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// A step of a scripted stream: wait, then say.
type step struct {
	wait time.Duration
	say  string
}

// TestCompleteInTime plays streams in their own time and looks when each is given up.
func TestCompleteInTime(t *testing.T) {
	tests := map[string]struct {
		connect time.Duration
		steps   []step
		class   string
		after   time.Duration
	}{
		"nobody answers":       {connect: time.Hour, class: FirstToken, after: 1500 * time.Millisecond},
		"headers alone":        {steps: []step{{time.Hour, ""}}, class: FirstToken, after: 1500 * time.Millisecond},
		"comments alone":       {steps: repeat(step{500 * time.Millisecond, ": wait\n\n"}, 100), class: FirstToken, after: 1500 * time.Millisecond},
		"one token in 5 s":     {steps: []step{{time.Second, said("签")}, {5 * time.Second, said("收")}}, class: Stalled, after: 3 * time.Second},
		"one token a second":   {steps: repeat(step{time.Second, said("签")}, 100), class: Timeout, after: 8 * time.Second},
		"thinking for long":    {steps: repeat(step{time.Second, `data: {"choices":[{"delta":{"reasoning_content":"hm"}}]}` + "\n\n"}, 100), class: Timeout, after: 8 * time.Second},
		"slow but whole":       {steps: []step{{time.Second, said("签")}, {time.Second, said("收")}, {time.Second, stopped + done}}, after: 3 * time.Second},
		"whole, never closed":  {steps: []step{{time.Second, said("签") + stopped}, {time.Hour, ""}}, after: time.Second + farewell},
		"whole, then for ever": {steps: append([]step{{time.Second, said("签") + stopped}}, repeat(step{50 * time.Millisecond, said("!")}, 100)...), after: time.Second + farewell},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				client := &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
					select {
					case <-time.After(tt.connect):
					case <-r.Context().Done():
						return nil, r.Context().Err()
					}
					return answering(0, nil, play(r.Context(), tt.steps))(r)
				})}
				began := time.Now()
				_, err := endpoint.Complete(t.Context(), client, nil, nil)
				if took := time.Since(began); took != tt.after {
					t.Errorf("over after %v, want %v", took, tt.after)
				}
				class := ""
				if failed, ok := errors.AsType[*Failure](err); ok {
					class = failed.Class
				}
				if class != tt.class {
					t.Errorf("failed with %q, want %q: %v", class, tt.class, err)
				}
			})
		})
	}
}

// play is a body that follows its steps until ctx is done.
func play(ctx context.Context, steps []step) io.ReadCloser {
	r, w := io.Pipe()
	context.AfterFunc(ctx, func() { w.CloseWithError(context.Cause(ctx)) })
	go func() {
		for _, s := range steps {
			select {
			case <-time.After(s.wait):
			case <-ctx.Done():
				return
			}
			if _, err := io.WriteString(w, s.say); err != nil {
				return
			}
		}
		w.Close()
	}()
	return r
}

func repeat(s step, times int) []step {
	all := make([]step, times)
	for i := range all {
		all[i] = s
	}
	return all
}

func TestCallerGone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := &http.Client{Transport: roundTripper(func(r *http.Request) (*http.Response, error) {
			<-r.Context().Done()
			return nil, r.Context().Err()
		})}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		if _, err := endpoint.Complete(ctx, client, nil, nil); err == nil || err.(*Failure).Class != Cancelled {
			t.Errorf("cancelled: %v", err)
		}
		ctx, cancel = context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := endpoint.Complete(ctx, client, nil, nil); err == nil || err.(*Failure).Class != Late {
			t.Errorf("out of time: %v", err)
		}
	})
}

// TestConnectionIsUsedAgain looks at what a real server sees.
func TestConnectionIsUsedAgain(t *testing.T) {
	opened := 0
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer sk-secret" {
			t.Errorf("Authorization: %q", r.Header.Get("Authorization"))
		}
		w.Header().Set("Content-Type", "text/event-stream")
		io.WriteString(w, said("好")+stopped+usage+done)
	}))
	server.Config.ConnState = func(_ net.Conn, s http.ConnState) {
		if s == http.StateNew {
			opened++
		}
	}
	server.Start()
	defer server.Close()
	e := endpoint
	e.URL = server.URL
	for range 5 {
		if _, err := e.Complete(t.Context(), server.Client(), nil, nil); err != nil {
			t.Fatal(err)
		}
	}
	server.Close() // no more states are told
	if opened != 1 {
		t.Errorf("%d connections for 5 calls", opened)
	}
}

// FuzzEvents reads a stranger's stream. However its bytes arrive the same text comes out, it is text, and the reading
// ends with a reason.
func FuzzEvents(f *testing.F) {
	f.Add([]byte(said("签收后") + stopped + usage + done))
	f.Add([]byte(": ping\r\n\r\nevent: x\r\ndata:{\"choices\":[{\"delta\":{\"content\":\"\\ud83d\"}}]}\r\n"))
	f.Add([]byte("data: {\"error\":{\"code\":1}}\n\n"))
	f.Add([]byte("data: [DONE"))
	f.Add([]byte(said("\xff")))
	f.Fuzz(func(t *testing.T, stream []byte) {
		whole, why := readAll(strings.NewReader(string(stream)))
		pieces, again := readAll(iotest.OneByteReader(strings.NewReader(string(stream))))
		if whole != pieces || why.Error() != again.Error() {
			t.Errorf("read at once %q (%v), byte by byte %q (%v)", whole, why, pieces, again)
		}
		if strings.ToValidUTF8(whole, "") != whole || strings.ContainsRune(whole, 0) || len([]rune(whole)) > MaxRunes {
			t.Errorf("no text: %q", whole)
		}
		if _, ok := why.(*Failure); !ok && why != errWhole {
			t.Errorf("ended with %v", why)
		}
	})
}

var errWhole = errors.New("whole")

// readAll takes down a stream and returns what would be shown of it.
func readAll(r io.Reader) (string, error) {
	var shown strings.Builder
	t := take{alive: func(bool) {}, emit: func(delta string) { shown.WriteString(delta) }}
	err := t.read(newEvents(r))
	if err == nil {
		err = errWhole
	}
	return shown.String(), err
}
