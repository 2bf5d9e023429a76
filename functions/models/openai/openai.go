// Package openai asks models over the OpenAI protocol, which most Chinese providers speak too. It trusts nothing it
// hears: what is late, cut off, garbled, endless or no stream of the protocol at all is a Failure.
package openai

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"mime"
	"net/http"
	"sync/atomic"
	"time"
)

// MaxRunes is the longest answer that is taken.
const MaxRunes = 2000

// farewell is how long a complete answer waits for its usage and the end of its stream.
const farewell = 200 * time.Millisecond

// An Endpoint is where a model is asked, and how patiently.
type Endpoint struct {
	URL         string // of the chat completions
	Key         string // empty sends none
	Model       string
	Temperature float64
	MaxTokens   int
	Timeout     time.Duration // for the whole answer
	FirstToken  time.Duration // until it begins
	Stall       time.Duration // between two signs of life
}

// A Message is one part of a prompt.
type Message struct {
	Role    string `json:"role"` // "system" or "user"
	Content string `json:"content"`
}

// An Answer is what a model wrote, or as much of it as came.
type Answer struct {
	Text                string
	TokensIn, TokensOut int
	Estimated           bool          // the provider told no usage; the tokens are counted from the texts
	FirstToken          time.Duration // 0 when none came
}

// completion is the body of a request.
type completion struct {
	Model         string        `json:"model"`
	Messages      []Message     `json:"messages"`
	Stream        bool          `json:"stream"`
	StreamOptions streamOptions `json:"stream_options"`
	Temperature   float64       `json:"temperature"`
	MaxTokens     int           `json:"max_tokens"`
}

type streamOptions struct {
	IncludeUsage bool `json:"include_usage"`
}

// Complete asks for one answer and tells emit, unless it is nil, of the text as it comes. The error is a *Failure;
// beside it stands what came until then, since that has to be paid.
func (e Endpoint) Complete(ctx context.Context, client *http.Client, prompt []Message, emit func(delta string)) (Answer, error) {
	ctx, stop := context.WithTimeoutCause(ctx, e.Timeout, errTimeout)
	defer stop()
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var begun atomic.Bool
	timer := time.AfterFunc(e.FirstToken, func() {
		if begun.Load() {
			cancel(errStalled)
		} else {
			cancel(errFirstToken)
		}
	})
	defer timer.Stop()

	t := take{emit: emit, began: time.Now(), alive: func(finished bool) {
		begun.Store(true)
		if finished {
			timer.Reset(farewell)
		} else {
			timer.Reset(e.Stall)
		}
	}}
	resp, err := e.send(ctx, client, prompt)
	if err != nil {
		return Answer{}, interrupted(ctx, err, Unreachable)
	}
	defer resp.Body.Close()
	if resp.StatusCode != http.StatusOK {
		return Answer{}, refusal(resp)
	}
	switch kind, _, _ := mime.ParseMediaType(resp.Header.Get("Content-Type")); kind {
	case "text/event-stream":
		err = t.read(newEvents(resp.Body))
	case "application/json":
		err = t.readWhole(resp.Body)
	default:
		err = Fail(ContentType, "the answer is no completion")
	}
	if err != nil {
		return t.answer(prompt), interrupted(ctx, err, Cut)
	}
	// Only a connection that is read to its end is used again; not to get there costs nothing but that.
	_, _ = io.CopyN(io.Discard, resp.Body, 4<<10)
	return t.answer(prompt), nil
}

// send posts the prompt.
func (e Endpoint) send(ctx context.Context, client *http.Client, prompt []Message) (*http.Response, error) {
	body, err := json.Marshal(completion{
		Model: e.Model, Messages: prompt, Stream: true, StreamOptions: streamOptions{IncludeUsage: true},
		Temperature: e.Temperature, MaxTokens: e.MaxTokens,
	})
	if err != nil {
		return nil, err
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, e.URL, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Content-Type", "application/json")
	req.Header.Set("Accept", "text/event-stream")
	if e.Key != "" {
		req.Header.Set("Authorization", "Bearer "+e.Key)
	}
	return client.Do(req)
}
