package person

import (
	"bufio"
	"context"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestLine speaks with a real server: every message has a key of its own.
func TestLine(t *testing.T) {
	var heard []string
	status := http.StatusOK
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body := make([]byte, r.ContentLength)
		if _, err := r.Body.Read(body); err != nil && err.Error() != "EOF" {
			t.Error(err)
		}
		heard = append(heard, r.URL.Path+" "+r.Header.Get("Authorization")+" "+r.Header.Get("Idempotency-Key")+" "+string(body))
		w.Header().Set("Content-Length", "2")
		w.WriteHeader(status)
		fmt.Fprint(w, "{}")
	}))
	defer server.Close()
	l, err := Dial(strings.TrimPrefix(server.URL, "http://"), "token", "你好")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	for range 2 {
		if err := l.Say(); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{
		`/api/v1/web/messages Bearer token load-0000000000000001 {"text":"你好"}`,
		`/api/v1/web/messages Bearer token load-0000000000000002 {"text":"你好"}`,
	}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Errorf("heard (-want +got):\n%s", diff)
	}
	status = http.StatusTooManyRequests
	if err := l.Say(); err == nil || !strings.Contains(err.Error(), "429") {
		t.Errorf("a refusal: %v", err)
	}
}

func TestEar(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Authorization") != "Bearer token" {
			w.WriteHeader(http.StatusUnauthorized)
			return
		}
		fmt.Fprint(w, ": hello\n\nevent: typing\ndata: {}\n\nid: 1\nevent:reply\ndata: {}\n\n")
	}))
	defer server.Close()
	address := strings.TrimPrefix(server.URL, "http://")
	e, err := Listen(address, "token")
	if err != nil {
		t.Fatal(err)
	}
	defer e.Close()
	if err := e.Reply(); err != nil {
		t.Errorf("one reply was sent: %v", err)
	}
	if err := e.Reply(); err == nil {
		t.Error("a second reply was heard")
	}
	if _, err := Listen(address, "other"); err == nil {
		t.Error("a stranger listens")
	}
}

// FuzzAnswer reads answers: none makes it hang or fail otherwise than with an error.
func FuzzAnswer(f *testing.F) {
	f.Add("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
	f.Add("HTTP/1.1 503 X\r\ncontent-length:0\r\n\r\n")
	f.Add("HTTP/1.1 20\r\n\r\n")
	f.Add("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n")
	f.Fuzz(func(t *testing.T, text string) {
		l := Line{in: bufio.NewReader(strings.NewReader(text))}
		status, err := l.answer()
		if err == nil && (!strings.Contains(text, fmt.Sprint(status)) || !strings.Contains(strings.ToLower(text), "content-length:")) {
			t.Errorf("%q answers %d", text, status)
		}
	})
}

func TestUpgrade(t *testing.T) {
	listener, err := (&net.ListenConfig{}).Listen(context.Background(), "tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer listener.Close()
	go func() {
		for _, status := range []string{"101 Switching Protocols", "401 Unauthorized"} {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			if r, err := http.ReadRequest(bufio.NewReader(conn)); err != nil || r.Header.Get("Upgrade") != "websocket" {
				t.Errorf("no handshake: %v", err)
			}
			fmt.Fprintf(conn, "HTTP/1.1 %s\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n", status)
		}
	}()
	conn, err := Upgrade(listener.Addr().String(), "token")
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if _, err := Upgrade(listener.Addr().String(), "token"); err == nil {
		t.Error("a refused handshake was taken")
	}
}
