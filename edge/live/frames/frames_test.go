package frames

import (
	"bytes"
	"errors"
	"fmt"
	"testing"
	"unicode/utf8"

	"github.com/gobwas/ws"
)

// FuzzDecoder checks that it does not matter in which pieces bytes arrive, and that nothing gets through that
// is not text of a bearable length.
func FuzzDecoder(f *testing.F) {
	client := func(op ws.OpCode, fin bool, payload string) string {
		return string(ws.MustCompileFrame(ws.MaskFrameInPlaceWith(ws.NewFrame(op, fin, []byte(payload)), [4]byte{1, 2, 3, 4})))
	}
	f.Add([]byte(client(ws.OpText, true, "你好")+client(ws.OpPing, true, "")), uint8(1))
	f.Add([]byte(client(ws.OpText, false, "你")+client(ws.OpPing, true, "p")+client(ws.OpContinuation, true, "好")), uint8(3))
	f.Add([]byte(client(ws.OpText, true, string(make([]byte, 300)))+client(ws.OpClose, true, "\x03\xe8")), uint8(7))
	f.Add([]byte{0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4}, uint8(2))
	f.Add([]byte{0x81, 0x02, 'h', 'i'}, uint8(1))
	f.Add([]byte(client(ws.OpText, true, "\xff")), uint8(1))
	f.Fuzz(func(t *testing.T, b []byte, size uint8) {
		whole, wholeErr := decode(t, b, len(b)+1)
		pieces, piecesErr := decode(t, b, int(size)+1)
		if fmt.Sprint(whole, wholeErr) != fmt.Sprint(pieces, piecesErr) {
			t.Errorf("whole: %q %v\npieces of %d: %q %v", whole, wholeErr, int(size)+1, pieces, piecesErr)
		}
	})
}

func decode(t *testing.T, b []byte, size int) ([]string, error) {
	var d Decoder
	var got []string
	b = bytes.Clone(b)
	for len(b) > 0 {
		n := min(size, len(b))
		err := d.Feed(b[:n:n], func(op ws.OpCode, payload []byte) error {
			switch {
			case op == ws.OpText && (len(payload) > MaxMessage || !utf8.Valid(payload)):
				t.Errorf("%d bytes of text, valid %v", len(payload), utf8.Valid(payload))
			case op != ws.OpText && (!op.IsControl() || len(payload) > ws.MaxControlFramePayloadSize):
				t.Errorf("opcode %x with %d bytes", op, len(payload))
			}
			got = append(got, fmt.Sprintf("%x %s", op, payload))
			return nil
		})
		if err != nil {
			if r, ok := errors.AsType[Closing](err); !ok || r.Code < 1002 || r.Code > 1009 {
				t.Errorf("not a Closing: %v", err)
			}
			return got, err
		}
		if len(d.pending) > MaxMessage+ws.MaxHeaderSize || len(d.message) > MaxMessage {
			t.Errorf("keeps %d and %d bytes", len(d.pending), len(d.message))
		}
		b = b[n:]
	}
	return got, nil
}
