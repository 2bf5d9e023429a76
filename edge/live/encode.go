package live

import (
	"bytes"
	"encoding/json"
	"strconv"

	"github.com/gobwas/ws"
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
	return textFrame(append(b, '}'))
}

// payload is never empty: an event without data carries null.
func payload(e Event) []byte {
	if len(e.Payload) == 0 {
		return []byte("null")
	}
	return e.Payload
}

func textFrame(text []byte) []byte { return ws.MustCompileFrame(ws.NewTextFrame(text)) }

// A refusal is why a WebSocket is closed.
type refusal struct {
	code   ws.StatusCode
	reason string
	byPeer bool // the peer closed first
}

// goingAway tells peers that this process stops; they connect again elsewhere.
var goingAway = refusal{code: ws.StatusGoingAway, reason: "the server is restarting"}

// Error implements error.
func (r refusal) Error() string { return strconv.Itoa(int(r.code)) + " " + r.reason }

func (r refusal) frame() []byte {
	if r.code == 0 { // the peer gave no code, so it gets none
		return ws.CompiledClose
	}
	return ws.MustCompileFrame(ws.NewCloseFrame(ws.NewCloseFrameBody(r.code, r.reason)))
}
