package simulator

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"strconv"
	"time"
)

// A speaker answers one request.
type speaker struct {
	w       http.ResponseWriter
	r       *http.Request
	request Request
	rule    Rule
	id      string
}

// speak answers as the rule says.
func (s *speaker) speak() {
	switch s.rule.Fault {
	case Hang:
		<-s.r.Context().Done()
	case Reset:
		panic(http.ErrAbortHandler) // how net/http is told to drop a connection
	case Broken:
		refuse(s.w, http.StatusInternalServerError, "server_error", "", "The server had an error while processing your request.")
	case RateLimit:
		s.w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(s.rule.pace().Seconds()))))
		refuse(s.w, http.StatusTooManyRequests, "requests", "rate_limit_exceeded", "Rate limit reached for requests.")
	case WrongType:
		s.w.Header().Set("Content-Type", "text/html; charset=utf-8")
		fmt.Fprint(s.w, "<html><body>Welcome to nginx!</body></html>")
	default:
		if s.request.Stream {
			s.stream()
		} else {
			s.whole()
		}
	}
}

// A usage is what an answer costs, as the protocol tells it.
type usage struct {
	In    int `json:"prompt_tokens"`
	Out   int `json:"completion_tokens"`
	Total int `json:"total_tokens"`
}

// usage counts a token for each character: simple, and easy to assert.
func (s *speaker) usage() usage {
	u := usage{Out: len([]rune(s.rule.Answer))}
	for _, m := range s.request.Messages {
		u.In += len([]rune(m.Content))
	}
	u.Total = u.In + u.Out
	return u
}

// whole answers in one piece. The faults of a stream become a body that breaks off or says nothing.
func (s *speaker) whole() {
	choices := []any{map[string]any{
		"index": 0, "finish_reason": "stop", "message": Message{Role: "assistant", Content: s.rule.Answer},
	}}
	switch s.rule.Fault {
	case EmptyChoices:
		choices = []any{}
	case SlowStart, SlowLoris:
		if !s.wait() {
			return
		}
	case Cut, Unfinished, InvalidJSON, InvalidUTF8, Endless, ErrorInStream:
		s.w.Header().Set("Content-Type", "application/json")
		fmt.Fprintf(s.w, `{"id":%q,"object":"chat.completion","choices":[{"index":0,"message":{"content":"`, s.id)
		return
	}
	send(s.w, http.StatusOK, map[string]any{
		"id": s.id, "object": "chat.completion", "created": time.Now().Unix(), "model": s.request.Model,
		"choices": choices, "usage": s.usage(),
	})
}

// stream answers piece by piece.
func (s *speaker) stream() {
	s.w.Header().Set("Content-Type", "text/event-stream")
	s.w.WriteHeader(http.StatusOK)
	s.event(s.chunk(map[string]any{"role": "assistant", "content": ""}, nil))
	if s.rule.Fault == SlowStart && !s.wait() {
		return
	}
	pieces := pieces(s.rule.Answer)
	for i, piece := range pieces {
		if s.rule.Fault == SlowLoris && !s.wait() {
			return
		}
		if i == len(pieces)/2 && s.breaks() {
			return
		}
		if s.rule.Fault != EmptyChoices {
			s.event(s.chunk(map[string]any{"content": piece}, nil))
		}
	}
	for s.rule.Fault == Endless && s.r.Context().Err() == nil {
		s.event(s.chunk(map[string]any{"content": "还有，"}, nil))
	}
	if s.rule.Fault != EmptyChoices {
		s.event(s.chunk(map[string]any{}, "stop"))
	}
	if s.request.StreamOptions.IncludeUsage {
		last := s.chunk(nil, nil)
		last["choices"], last["usage"] = []any{}, s.usage()
		s.event(last)
	}
	s.raw("data: [DONE]\n\n")
}

// breaks plays a fault in the middle of an answer and reports whether that was the end of it.
func (s *speaker) breaks() bool {
	switch s.rule.Fault {
	case Cut:
		panic(http.ErrAbortHandler)
	case Unfinished:
	case InvalidJSON:
		s.raw("data: {\"id\":\"" + s.id + "\",\"choices\":[{\"delta\":{\n\n")
	case InvalidUTF8:
		s.raw("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"\xe5\x88\"}}]}\n\n")
	case ErrorInStream:
		s.event(map[string]any{"error": map[string]any{"message": "The server is overloaded.", "type": "server_error", "param": nil, "code": nil}})
	default:
		return false
	}
	return true
}

// wait lets the rule's pace pass and reports whether the client is still there.
func (s *speaker) wait() bool {
	select {
	case <-time.After(s.rule.pace()):
		return true
	case <-s.r.Context().Done():
		return false
	}
}

// chunk is one piece of a streamed answer.
func (s *speaker) chunk(delta map[string]any, finish any) map[string]any {
	return map[string]any{
		"id": s.id, "object": "chat.completion.chunk", "created": time.Now().Unix(), "model": s.request.Model,
		"choices": []any{map[string]any{"index": 0, "delta": delta, "finish_reason": finish}},
	}
}

func (s *speaker) event(v map[string]any) {
	body, err := json.Marshal(v)
	if err != nil {
		panic(err) // maps of strings and numbers always encode
	}
	s.raw("data: " + string(body) + "\n\n")
}

// raw sends text at once. A client that left is noticed by its context.
func (s *speaker) raw(text string) {
	_, _ = io.WriteString(s.w, text)
	_ = http.NewResponseController(s.w).Flush()
}

// pieces cuts an answer as a model streams it: a few characters at a time.
func pieces(answer string) (all []string) {
	const size = 4
	runes := []rune(answer)
	for len(runes) > size {
		all = append(all, string(runes[:size]))
		runes = runes[size:]
	}
	return append(all, string(runes))
}
