package tickets

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"keliu/streams"
	"keliu/streams/desk"
)

// An envelope is what stands on a line before a record's body in the outbox: bodies are JSON already and are not encoded
// again.
type envelope struct {
	Topic   string            `json:"t"`
	ID      string            `json:"i"`
	Key     string            `json:"k"`
	Headers map[string]string `json:"h,omitempty"`
	Size    int               `json:"n"` // bytes of the body
}

// Pack writes records as text. Bodies are text.
func Pack(out []desk.Outgoing) ([]byte, error) {
	var b bytes.Buffer
	encoder := json.NewEncoder(&b)
	for _, o := range out {
		r := o.Record
		if !utf8.Valid(r.Body) || bytes.IndexByte(r.Body, 0) >= 0 {
			return nil, fmt.Errorf("record %s is no text: %w", r.ID, desk.ErrInvalid)
		}
		if err := encoder.Encode(envelope{o.Topic, r.ID, r.Key, r.Headers, len(r.Body)}); err != nil {
			return nil, err
		}
		b.Write(r.Body)
		b.WriteByte('\n')
	}
	return b.Bytes(), nil
}

// Unpack reads what Pack wrote.
func Unpack(body []byte) (out []desk.Outgoing, err error) {
	for len(body) > 0 {
		line, rest, found := bytes.Cut(body, []byte("\n"))
		var e envelope
		if err := json.Unmarshal(line, &e); err != nil {
			return nil, fmt.Errorf("envelope: %w", err)
		}
		if !found || e.Size < 0 || e.Size >= len(rest) || rest[e.Size] != '\n' {
			return nil, fmt.Errorf("record %s of %d bytes is torn", e.ID, e.Size)
		}
		out = append(out, desk.Outgoing{Topic: e.Topic, Record: streams.Record{ID: e.ID, Key: e.Key, Headers: e.Headers, Body: bytes.Clone(rest[:e.Size])}})
		body = rest[e.Size+1:]
	}
	return out, nil
}
