package live_test

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gobwas/ws"

	"keliu/edge/live"
)

// A rough is a WebSocket whose frames are made by hand.
type rough struct {
	net.Conn
	r *bufio.Reader
}

// handshake connects; behind follows the request in the same packet.
func handshake(t testing.TB, h *house, topic, behind string) rough {
	t.Helper()
	conn, err := net.Dial("tcp", h.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if err := conn.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "GET /live/%s HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: keep-alive, Upgrade\r\n"+
		"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n%s", topic, behind)
	if err != nil {
		t.Fatal(err)
	}
	r := rough{conn, bufio.NewReader(conn)}
	response, err := http.ReadResponse(r.r, nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := response.Header.Get("Sec-WebSocket-Accept"); response.StatusCode != 101 || got != "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=" {
		t.Fatalf("%s, accept %q", response.Status, got)
	}
	return r
}

// client is a frame as a client sends it.
func client(op ws.OpCode, fin bool, payload string) string {
	return string(ws.MustCompileFrame(ws.MaskFrame(ws.NewFrame(op, fin, []byte(payload)))))
}

func text(s string) string { return client(ws.OpText, true, s) }

func TestFrames(t *testing.T) {
	bare := ws.MustCompileFrame(ws.NewTextFrame([]byte("hi")))
	reserved := []byte(text("hi"))
	reserved[0] |= 0x40
	endless := []byte{0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1, 2, 3, 4}
	huge := []byte{0x81, 0xff, 0, 0, 0, 0, 0, 1, 0, 1, 1, 2, 3, 4}
	long := strings.Repeat("客", 64<<10/3)
	for _, c := range []struct {
		name, sent string
		want       []string // texts and pongs, then the closing code
	}{
		{"whole", text("hi") + text(""), []string{"hi", ""}},
		{"longest", text(long), []string{long}},
		{"fragments", client(ws.OpText, false, "客") + client(ws.OpPing, true, "p") + client(ws.OpContinuation, false, "流\xe5") +
			client(ws.OpContinuation, true, "\xa5\xbd") + text("next"), []string{"pong p", "客流好", "next"}},
		{"empty fragments", strings.Repeat(client(ws.OpText, false, "")+client(ws.OpContinuation, true, ""), 3), []string{"", "", ""}},
		{"unasked pong", client(ws.OpPong, true, "x") + text("hi"), []string{"hi"}},
		{"close", client(ws.OpClose, true, "\x03\xe8bye"), []string{"close 1000"}},
		{"close without code", client(ws.OpClose, true, ""), []string{"close 0"}},
		{"close with half a code", client(ws.OpClose, true, "\x03"), []string{"close 1002"}},
		{"close with a reserved code", client(ws.OpClose, true, "\x03\xee"), []string{"close 1002"}},
		{"nothing after close", client(ws.OpClose, true, "\x03\xe8") + text("hi"), []string{"close 1000"}},
		{"unmasked", string(bare), []string{"close 1002"}},
		{"reserved bit", string(reserved), []string{"close 1002"}},
		{"reserved opcode", client(ws.OpCode(3), true, "x"), []string{"close 1002"}},
		{"length below zero", string(endless), []string{"close 1002"}},
		{"too long", string(huge), []string{"close 1009"}},
		{"too long in fragments", client(ws.OpText, false, long) + client(ws.OpContinuation, true, "客"), []string{"close 1009"}},
		{"continuation of nothing", client(ws.OpContinuation, true, "x"), []string{"close 1002"}},
		{"text within fragments", client(ws.OpText, false, "a") + text("b"), []string{"close 1002"}},
		{"fragmented ping", client(ws.OpPing, false, "x"), []string{"close 1002"}},
		{"binary", client(ws.OpBinary, true, "x"), []string{"close 1003"}},
		{"not UTF-8", text("ok") + text("\xff"), []string{"ok", "close 1007"}},
		{"garbage after an error", string(bare) + strings.Repeat("\xff", 100<<10), []string{"close 1002"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			both(t, live.Options{}, func(t *testing.T, h *house) {
				for name, send := range map[string]func(testing.TB) rough{
					"behind the handshake": func(t testing.TB) rough { return handshake(t, h, "c1", c.sent) },
					"at once": func(t testing.TB) rough {
						r := handshake(t, h, "c1", "")
						_, _ = io.WriteString(r, c.sent) // the server may hang up in the middle
						return r
					},
					"in pieces": func(t testing.TB) rough {
						r := handshake(t, h, "c1", "")
						for rest := c.sent; len(rest) > 0; {
							n := min(len(rest), 1+len(rest)/7)
							if _, err := io.WriteString(r, rest[:n]); err != nil {
								break
							}
							rest = rest[n:]
						}
						return r
					},
				} {
					if name == "behind the handshake" && len(c.sent) > 4<<10 {
						continue
					}
					expect(t, name, send(t), c.want)
				}
			})
		})
	}
}

// expect checks what the server says, up to the end of the connection when it closes.
func expect(t *testing.T, name string, r rough, want []string) {
	t.Helper()
	for _, want := range want {
		frame, err := ws.ReadFrame(r.r)
		if err != nil {
			t.Fatalf("%s: %v, want %.40q", name, err, want)
		}
		got := string(frame.Payload)
		switch frame.Header.OpCode {
		case ws.OpPong:
			got = "pong " + got
		case ws.OpClose:
			code, _ := ws.ParseCloseFrameData(frame.Payload)
			got = fmt.Sprintf("close %d", code)
			_ = r.Conn.(*net.TCPConn).CloseWrite() // as clients do then; the server may have closed already
			if rest, err := io.ReadAll(r.r); len(rest) > 0 {
				t.Errorf("%s: %q after closing (%v)", name, rest, err)
			}
		}
		if got != want {
			t.Errorf("%s: got %.40q, want %.40q", name, got, want)
		}
	}
}

func TestHandshakeRefused(t *testing.T) {
	h := open(t, live.Options{})
	good := map[string]string{
		"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13", "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
	}
	for _, c := range []struct{ header, value, code string }{
		{"Upgrade", "h2c", "websocket_expected"},
		{"Connection", "keep-alive", "websocket_expected"},
		{"Sec-WebSocket-Version", "8", "websocket_version"},
		{"Sec-WebSocket-Key", "", "websocket_key"},
		{"Sec-WebSocket-Key", "dGhlIHNhbXBsZQ==", "websocket_key"},
		{"Sec-WebSocket-Key", "not base64", "websocket_key"},
	} {
		request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+h.address+"/live/c1", nil)
		if err != nil {
			t.Fatal(err)
		}
		for name, value := range good {
			request.Header.Set(name, value)
		}
		request.Header.Set(c.header, c.value)
		request.Close = true // an idle connection would hold up the shutdown
		response, err := http.DefaultClient.Do(request)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(response.Body)
		if err := errors.Join(err, response.Body.Close()); err != nil {
			t.Fatal(err)
		}
		if response.StatusCode != http.StatusBadRequest || !bytes.Contains(body, []byte(c.code)) {
			t.Errorf("%s %q: %s %s", c.header, c.value, response.Status, body)
		}
	}
	listens(t, h, 0)
}
