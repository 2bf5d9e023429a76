package live

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/config"
	"github.com/cloudwego/hertz/pkg/network"
	"github.com/gobwas/ws"

	"keliu/edge/live/frames"
	"keliu/streams/desk"
)

// ServerOptions let a Hertz server hand its plain TCP connections to the hub, so that idle WebSockets cost
// next to nothing. Without them, and under TLS, a WebSocket keeps two goroutines.
func ServerOptions() []config.Option {
	return []config.Option{
		server.WithOnAccept(func(conn net.Conn) context.Context {
			return context.WithValue(context.Background(), socketKey{}, &rawConn{conn})
		}),
		server.WithOnConnect(func(ctx context.Context, conn network.Conn) context.Context {
			if _, encrypted := conn.(network.ConnTLSer); encrypted {
				return context.Background()
			}
			return ctx
		}),
	}
}

type socketKey struct{}

// A rawConn is the connection beneath Hertz' own.
type rawConn struct{ net.Conn }

// ServeWebSocket upgrades c and tells it what happens on the topic after the event with the ID after, each event
// as a text frame {"event","id","data"}. A negative after asks for what comes from now on. Each text message of
// the peer goes to receive, one after the other, with a context that keeps the values of ctx and does not end
// with the connection; what it returns, unless nil, is sent back. Close waits for it. An error means that c is no
// handshake or that the hub is closed, and nothing was answered yet. Headers already set, such as
// Sec-WebSocket-Protocol, are kept. Who may connect, from which origin and how fast it may speak is decided by
// the caller.
func (h *Hub) ServeWebSocket(ctx context.Context, c *app.RequestContext, topic string, after int64,
	receive func(ctx context.Context, frame []byte) []byte) error {
	if h.closed.Load() {
		return fmt.Errorf("live: %w", desk.ErrUnavailable)
	}
	accept, err := handshake(c)
	if err != nil {
		return err
	}
	header := &c.Response.Header
	header.Set("Upgrade", "websocket")
	header.Set("Connection", "Upgrade")
	header.Set("Sec-WebSocket-Accept", accept)
	c.SetStatusCode(http.StatusSwitchingProtocols)

	raw, _ := ctx.Value(socketKey{}).(*rawConn)
	lasting := context.WithoutCancel(ctx)
	s := &socket{receive: func(frame []byte) []byte { return receive(lasting, frame) }}
	s.hub, s.topic, s.kind, s.last = h, strings.Clone(topic), webSocket, after
	c.Hijack(func(conn network.Conn) {
		if err := s.serve(lasting, conn, raw); err != nil {
			h.options.Log.DebugContext(lasting, "websocket ended", "topic", s.topic, "error", err)
		}
	})
	return nil
}

// handshake checks the request and returns the key of the answer.
func handshake(c *app.RequestContext) (string, error) {
	header := &c.Request.Header
	refuse := func(code string) (string, error) { return "", desk.Refuse(desk.ErrInvalid, code) }
	switch {
	case !c.IsGet() || !header.IsHTTP11(),
		!strings.EqualFold(header.Get("Upgrade"), "websocket"),
		!hasToken(header.Get("Connection"), "upgrade"):
		return refuse("websocket_expected")
	case header.Get("Sec-WebSocket-Version") != "13":
		c.Response.Header.Set("Sec-WebSocket-Version", "13")
		return refuse("websocket_version")
	}
	accept, ok := frames.Accept(header.Get("Sec-WebSocket-Key"))
	if !ok {
		return refuse("websocket_key")
	}
	return accept, nil
}

func hasToken(list, token string) bool {
	for t := range strings.SplitSeq(list, ",") {
		if strings.EqualFold(strings.TrimSpace(t), token) {
			return true
		}
	}
	return false
}

// A socket is a WebSocket, whatever carries it.
type socket struct {
	listener
	receive func([]byte) []byte
	in      frames.Decoder
	deaf    bool // the peer is not listened to any more
}

// serve tells the peer what it missed over the hijacked connection, and then either leaves the connection to the
// poller or stays with it to its end.
func (s *socket) serve(ctx context.Context, conn network.Conn, raw *rawConn) error {
	t := &threaded{bell: newBell(), socket: s, conn: conn}
	defer t.release()
	s.wire = t
	s.heard = time.Now()
	s.pinged = s.heard
	if !s.hub.join(&s.listener) {
		return t.write(goingAway.Frame())
	}
	if err := s.hub.catchUp(ctx, &s.listener, t.write); err != nil {
		s.hub.leave(&s.listener)
		why := frames.Closing{Code: ws.StatusInternalServerError, Reason: "cannot resume"}
		if errors.Is(err, errEnded) {
			why = goingAway
		}
		return errors.Join(err, t.write(why.Frame()))
	}
	if raw != nil {
		if polled, err := s.hub.poll.Adopt(raw.Conn, s); err == nil {
			// The context that receive keeps must not keep the connection Hertz closes now.
			raw.Conn = nil
			s.mu.Lock()
			s.wire = polled
			s.mu.Unlock()
			polled.Start(early(conn))
			return nil
		}
	}
	defer s.hub.leave(&s.listener)
	return t.run()
}

// early returns what the peer sent right behind its handshake, which Hertz has read already.
func early(conn network.Conn) []byte {
	b, err := conn.Peek(conn.Len())
	if err != nil {
		return nil
	}
	return bytes.Clone(b)
}

// Hear implements poll.Peer: it takes the next bytes and reports whether they were the peer's last.
func (s *socket) Hear(b []byte) (last bool) {
	if !s.hears() {
		return true
	}
	if s.deaf {
		return false
	}
	err := s.in.Feed(b, s.handle)
	if err == nil {
		return false
	}
	s.deaf, s.in = true, frames.Decoder{}
	why, _ := errors.AsType[frames.Closing](err) // neither Feed nor handle fails with anything else
	s.finish(why)
	return why.ByPeer
}

// Take implements poll.Peer.
func (s *socket) Take() ([]byte, bool) {
	out, state := s.take()
	return out, state >= closing
}

// Gone implements poll.Peer.
func (s *socket) Gone() {
	s.mu.Lock()
	s.state, s.queue, s.bytes = dead, nil, 0
	s.mu.Unlock()
	s.hub.leave(&s.listener)
}

func (s *socket) handle(op ws.OpCode, payload []byte) error {
	switch op {
	case ws.OpPing:
		s.say(ws.MustCompileFrame(ws.NewPongFrame(payload)))
	case ws.OpClose:
		return frames.ByPeer(payload)
	case ws.OpText:
		if !s.alive() {
			return goingAway
		}
		// The bytes belong to a buffer that others use next.
		if answer := s.receive(bytes.Clone(payload)); answer != nil {
			s.say(frames.Text(answer))
		}
	}
	return nil
}

// threaded is the wire of a socket with goroutines of its own: one reads, one writes.
type threaded struct {
	bell
	*socket
	conn network.Conn

	mu       sync.Mutex
	released bool // conn is Hertz' again, who uses it for another connection
}

// Abort implements wire.
func (t *threaded) Abort() {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !t.released {
		_ = t.conn.SetDeadline(longAgo) // fails on a closed connection, which is as good
		t.Wake()
	}
}

func (t *threaded) release() {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.released = true
}

func (t *threaded) write(b []byte) error {
	if err := t.conn.SetWriteTimeout(t.hub.options.WriteTimeout); err != nil {
		return err
	}
	_, err := t.conn.Write(b)
	return err
}

// run serves the socket to its end. Hertz closes the connection when it returns.
func (t *threaded) run() error {
	left := make(chan struct{}) // closed when the peer said its last word or the connection broke
	written := make(chan error, 1)
	go func() { written <- t.follow(left) }()
	buf := make([]byte, 1<<10)
	for last := false; !last; {
		n, err := t.conn.Read(buf)
		last = err != nil || t.Hear(buf[:n])
	}
	close(left)
	return <-written
}

// follow writes what the socket has to say until there is no more or the peer has left.
func (t *threaded) follow(left <-chan struct{}) error {
	for {
		out, state := t.take()
		if len(out) > 0 {
			if err := t.write(out); err != nil {
				t.Abort()
				return err
			}
		}
		switch state {
		case dead:
			t.Abort()
			return nil
		case closing:
			<-left // or the sweeper loses patience
			return nil
		}
		select {
		case <-t.bell:
		case <-left:
			out, _ := t.take()
			if len(out) > 0 {
				return t.write(out)
			}
			return nil
		}
	}
}
