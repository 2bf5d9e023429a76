package live

import (
	"bytes"
	"errors"
	"io"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// maxMessage is the most bytes a frame, and a message of several, may have.
const maxMessage = 64 << 10

// A decoder makes messages of the bytes a client sends, in whatever pieces they come. Between frames it holds
// nothing.
type decoder struct {
	pending []byte // the beginning of a frame
	message []byte // the fragments of a message so far
	within  bool   // between the first and the last fragment
}

// feed takes the next bytes, which it may change, and hands each text message and each control frame to handle.
// Payloads are valid during the call. It returns a refusal for what a client may not send, or what handle returned.
func (d *decoder) feed(b []byte, handle func(ws.OpCode, []byte) error) error {
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
func (d *decoder) header(b []byte) (ws.Header, []byte, error) {
	r := bytes.NewReader(b)
	h, err := ws.ReadHeader(r)
	switch {
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return h, nil, nil
	case err != nil:
		return h, nil, refusal{code: ws.StatusProtocolError, reason: err.Error()}
	}
	expect := ws.StateServerSide
	if d.within {
		expect = expect.Set(ws.StateFragmented)
	}
	if err := ws.CheckHeader(h, expect); err != nil {
		return h, nil, refusal{code: ws.StatusProtocolError, reason: err.Error()}
	}
	if h.OpCode == ws.OpBinary {
		return h, nil, refusal{code: ws.StatusUnsupportedData, reason: "text only"}
	}
	if h.OpCode.IsData() && h.Length > int64(maxMessage-len(d.message)) {
		return h, nil, refusal{code: ws.StatusMessageTooBig, reason: "at most 64 KiB"}
	}
	return h, b[len(b)-r.Len():], nil
}

func (d *decoder) frame(h ws.Header, payload []byte, handle func(ws.OpCode, []byte) error) error {
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
		return refusal{code: ws.StatusInvalidFramePayloadData, reason: "not UTF-8"}
	}
	return handle(ws.OpText, payload)
}
