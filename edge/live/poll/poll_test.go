package poll_test

import (
	"errors"
	"io"
	"net"
	"sync"
	"testing"
	"time"

	"keliu/edge/live/poll"
)

// An echo says what it hears, and finishes when it hears a full stop.
type echo struct {
	mu       sync.Mutex
	conn     *poll.Conn
	out      []byte
	finished bool
	gone     chan struct{}
}

func (e *echo) Hear(b []byte) bool {
	e.mu.Lock()
	e.out = append(e.out, b...)
	e.finished = b[len(b)-1] == '.'
	finished := e.finished
	e.mu.Unlock()
	e.conn.Wake()
	return finished
}

func (e *echo) Take() ([]byte, bool) {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := e.out
	e.out = nil
	return out, e.finished
}

func (e *echo) Gone() { close(e.gone) }

// adopted returns a client and the echo at its other end, not yet started.
func adopted(t *testing.T) (*net.TCPConn, *echo) {
	t.Helper()
	poller, err := poll.Open()
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	client, err := net.Dial("tcp", listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	conn, err := listener.Accept()
	if err != nil {
		t.Fatal(err)
	}
	e := &echo{gone: make(chan struct{})}
	if e.conn, err = poller.Adopt(conn, e); errors.Is(err, errors.ErrUnsupported) {
		t.Skip("this system cannot poll")
	}
	if err := errors.Join(err, conn.Close(), listener.Close(), client.SetDeadline(time.Now().Add(20*time.Second))); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		<-e.gone
		if err := errors.Join(client.Close(), poller.Close()); err != nil {
			t.Error(err)
		}
	})
	return client.(*net.TCPConn), e
}

func TestEchoesWhateverTheSize(t *testing.T) {
	client, e := adopted(t)
	e.conn.Start([]byte("first "))
	sent := make([]byte, 8<<20) // more than the kernel keeps
	for i := range sent {
		sent[i] = byte('a' + i%26)
	}
	sent[len(sent)-1] = '.'
	go func() {
		if _, err := client.Write(sent); err != nil {
			t.Error(err)
		}
	}()
	got, err := io.ReadAll(client)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != "first "+string(sent) {
		t.Errorf("%d bytes came back, %d were sent, or others", len(got), len(sent)+6)
	}
}

func TestPeerLeaves(t *testing.T) {
	client, e := adopted(t)
	e.conn.Start(nil)
	if err := client.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	if got, err := io.ReadAll(client); err != nil || len(got) > 0 {
		t.Errorf("%q %v", got, err)
	}
}

func TestAbort(t *testing.T) {
	for name, start := range map[string]bool{"before the start": false, "after it": true} {
		t.Run(name, func(t *testing.T) {
			client, e := adopted(t)
			if start {
				e.conn.Start(nil)
			}
			e.conn.Abort()
			e.conn.Abort()
			if !start {
				<-e.gone
				e.conn.Start([]byte("too late"))
			}
			e.conn.Wake()
			if got, err := io.ReadAll(client); err != nil || len(got) > 0 {
				t.Errorf("%q %v", got, err)
			}
		})
	}
}

func TestRefusesWhatHasNoDescriptor(t *testing.T) {
	poller, err := poll.Open()
	if err != nil {
		t.Fatal(err)
	}
	a, b := net.Pipe()
	if _, err := poller.Adopt(a, &echo{}); !errors.Is(err, errors.ErrUnsupported) {
		t.Errorf("adopted a pipe: %v", err)
	}
	if err := errors.Join(a.Close(), b.Close(), poller.Close()); err != nil {
		t.Error(err)
	}
}
