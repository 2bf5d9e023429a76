package live

import (
	"bytes"
	"encoding/json"
	"strconv"

	"keliu/edge/live/frames"
)

// A kind is what a connection speaks.
type kind uint8

const (
	sse kind = iota
	webSocket
	kinds
)

// encode is the event as a connection of the kind carries it.
func (k kind) encode(e Event) []byte {
	if k == sse {
		return encodeSSE(e)
	}
	return encodeFrame(e)
}

func encodeSSE(e Event) []byte {
	b := make([]byte, 0, len(e.Name)+len(e.Payload)+48)
	if e.ID > 0 {
		b = append(strconv.AppendInt(append(b, "id: "...), e.ID, 10), '\n')
	}
	b = append(append(append(b, "event: "...), e.Name...), '\n')
	for line := range bytes.Lines(payload(e)) {
		b = append(append(append(b, "data: "...), bytes.TrimRight(line, "\r\n")...), '\n')
	}
	return append(b, '\n')
}

func encodeFrame(e Event) []byte {
	b := make([]byte, 0, len(e.Name)+len(e.Payload)+48)
	b = append(b, `{"event":`...)
	name, err := json.Marshal(e.Name)
	if err != nil { // a string always marshals
		name = []byte(`""`)
	}
	b = append(b, name...)
	if e.ID > 0 {
		b = strconv.AppendInt(append(b, `,"id":`...), e.ID, 10)
	}
	b = append(append(b, `,"data":`...), payload(e)...)
	return frames.Text(append(b, '}'))
}

// payload is never empty: an event without data carries null.
func payload(e Event) []byte {
	if len(e.Payload) == 0 {
		return []byte("null")
	}
	return e.Payload
}
