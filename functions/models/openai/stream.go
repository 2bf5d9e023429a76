package openai

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"unicode/utf8"
)

// The bounds of what is read from a provider.
const (
	maxLine   = 256 << 10
	maxStream = 4 << 20
)

// errCut is a stream that ends without saying so.
var errCut = &Failure{Class: Cut, Detail: "the stream ended without [DONE]"}

// A chunk is one event of a stream of chat completions, or a whole completion, as far as it is needed.
type chunk struct {
	Choices []struct {
		Index int `json:"index"`
		Delta struct {
			Content   string `json:"content"`
			Reasoning string `json:"reasoning_content"` // thinking aloud; a sign of life, no answer
		} `json:"delta"`
		Message struct {
			Content string `json:"content"`
		} `json:"message"` // of a whole completion
		Finish string `json:"finish_reason"`
	} `json:"choices"`
	Usage *struct {
		In  int `json:"prompt_tokens"`
		Out int `json:"completion_tokens"`
	} `json:"usage"`
	Error json.RawMessage `json:"error"`
}

// events reads the chunks of a text/event-stream.
type events struct{ lines *bufio.Scanner }

func newEvents(r io.Reader) *events {
	lines := bufio.NewScanner(io.LimitReader(r, maxStream))
	lines.Buffer(make([]byte, 0, 4<<10), maxLine)
	return &events{lines}
}

// next returns the next chunk: io.EOF after [DONE], errCut when the stream ends before it, a failure when it is
// no stream of chunks, the reader's error when reading fails.
func (e *events) next() (chunk, error) {
	for e.lines.Scan() {
		field, found := bytes.CutPrefix(e.lines.Bytes(), []byte("data:"))
		if !found { // a comment, an empty line or a field of no interest
			continue
		}
		field = bytes.TrimSpace(field)
		switch {
		case len(field) == 0:
			continue
		case string(field) == "[DONE]":
			return chunk{}, io.EOF
		}
		return parse(field)
	}
	switch err := e.lines.Err(); {
	case errors.Is(err, bufio.ErrTooLong):
		return chunk{}, Fail(Malformed, "a line of the stream is longer than %d bytes", maxLine)
	case err != nil:
		return chunk{}, err
	}
	return chunk{}, errCut
}

// parse reads one chunk.
func parse(data []byte) (c chunk, err error) {
	if !utf8.Valid(data) {
		return c, Fail(Malformed, "the answer is not UTF-8")
	}
	if err := json.Unmarshal(data, &c); err != nil {
		return c, Fail(Malformed, "the answer is not JSON of the protocol")
	}
	if len(c.Error) > 0 && string(c.Error) != "null" {
		return c, Fail(ProviderSaid, "the answer carries an error")
	}
	return c, nil
}
