// Package frames reads what a WebSocket client sends, in whatever pieces it comes, and refuses what RFC 6455 or this
// house forbids: everything that is not masked, whole UTF-8 text of at most 64 KiB a message.
package frames

import (
	"bytes"
	"crypto/sha1" // as RFC 6455 prescribes
	"encoding/base64"
	"errors"
	"io"
	"strconv"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// MaxMessage is the most bytes a frame, and a message of several, may have.
const MaxMessage = 64 << 10

// Accept returns what a handshake with the key is answered, and false for a key that is none.
func Accept(key string) (string, bool) {
	if nonce, err := base64.StdEncoding.DecodeString(key); err != nil || len(nonce) != 16 {
		return "", false
	}
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:]), true
}

// Text is a whole text message as a server sends it.
func Text(text []byte) []byte { return ws.MustCompileFrame(ws.NewTextFrame(text)) }

// A Closing is why a WebSocket is closed; as an error it says what the client did wrong.
type Closing struct {
	Code   ws.StatusCode // 0 when the peer gave none
	Reason string
	ByPeer bool // the peer closed first
}

// Error implements error.
func (c Closing) Error() string { return strconv.Itoa(int(c.Code)) + " " + c.Reason }

// Frame is the closing frame that tells the peer.
func (c Closing) Frame() []byte {
	if c.Code == 0 {
		return ws.CompiledClose
	}
	return ws.MustCompileFrame(ws.NewCloseFrame(ws.NewCloseFrameBody(c.Code, c.Reason)))
}

// ByPeer is the answer to a closing frame with this payload.
func ByPeer(payload []byte) Closing {
	if len(payload) == 0 {
		return Closing{ByPeer: true}
	}
	code, reason := ws.ParseCloseFrameData(payload)
	if err := ws.CheckCloseFrameData(code, reason); err != nil {
		return Closing{Code: ws.StatusProtocolError, Reason: err.Error(), ByPeer: true}
	}
	return Closing{Code: code, ByPeer: true}
}

// A Decoder makes messages of bytes. Between frames it holds nothing; the zero value is ready for use.
type Decoder struct {
	pending []byte // the beginning of a frame
	message []byte // the fragments of a message so far
	within  bool   // between the first and the last fragment
}

// Feed takes the next bytes, which it may change, and hands each text message and each control frame to handle.
// Payloads are valid during the call. It returns a Closing for what a client may not send, or what handle returned.
func (d *Decoder) Feed(b []byte, handle func(ws.OpCode, []byte) error) error {
	waited := len(d.pending) > 0
	if waited {
		d.pending = append(d.pending, b...)
		b = d.pending
	}
	progress := false
	for {
		h, rest, err := d.header(b)
		if err != nil {
			return err
		}
		if rest == nil || int64(len(rest)) < h.Length {
			break
		}
		payload := rest[:h.Length:h.Length]
		b, progress = rest[h.Length:], true
		ws.Cipher(payload, h.Mask, 0)
		if err := d.frame(h, payload, handle); err != nil {
			return err
		}
	}
	switch {
	case len(b) == 0:
		d.pending = nil
	case progress || !waited:
		d.pending = bytes.Clone(b)
	}
	return nil
}

// header reads a frame's header and returns what follows it, nil when the header is not whole.
func (d *Decoder) header(b []byte) (ws.Header, []byte, error) {
	r := bytes.NewReader(b)
	h, err := ws.ReadHeader(r)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return h, nil, nil
	case err != nil:
		return h, nil, Closing{Code: ws.StatusProtocolError, Reason: err.Error()}
	}
	expect := ws.StateServerSide
	if d.within {
		expect = expect.Set(ws.StateFragmented)
	}
	if err := ws.CheckHeader(h, expect); err != nil {
		return h, nil, Closing{Code: ws.StatusProtocolError, Reason: err.Error()}
	}
	if h.OpCode == ws.OpBinary {
		return h, nil, Closing{Code: ws.StatusUnsupportedData, Reason: "text only"}
	}
	if h.OpCode.IsData() && h.Length > int64(MaxMessage-len(d.message)) {
		return h, nil, Closing{Code: ws.StatusMessageTooBig, Reason: "at most 64 KiB"}
	}
	return h, b[len(b)-r.Len():], nil
}

func (d *Decoder) frame(h ws.Header, payload []byte, handle func(ws.OpCode, []byte) error) error {
	if h.OpCode.IsControl() {
		return handle(h.OpCode, payload)
	}
	if d.within = !h.Fin; d.within {
		d.message = append(d.message, payload...)
		return nil
	}
	if len(d.message) > 0 {
		payload = append(d.message, payload...)
		d.message = nil
	}
	if !utf8.Valid(payload) {
		return Closing{Code: ws.StatusInvalidFramePayloadData, Reason: "not UTF-8"}
	}
	return handle(ws.OpText, payload)
}
