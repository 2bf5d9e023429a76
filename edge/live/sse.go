package live

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/network"
	"github.com/cloudwego/hertz/pkg/protocol/http1/resp"

	"keliu/streams/desk"
)

// longAgo is a deadline that ends whatever blocks on a connection.
var longAgo = time.Unix(1, 0)

// ServeSSE tells c what happens on the topic after the event with the ID after, as Server-Sent Events, until
// the peer leaves or the hub is closed. A negative after asks for what comes from now on. An error means that
// nothing was answered yet. The server senses that a peer left at once if Hertz does
// (server.WithSenseClientDisconnection), otherwise with the next keep-alive.
func (h *Hub) ServeSSE(ctx context.Context, c *app.RequestContext, topic string, after int64) error {
	s := &stream{bell: newBell(), conn: c.GetConn(), timeout: h.options.WriteTimeout}
	// Hertz uses the memory of its strings again.
	l := &listener{hub: h, topic: strings.Clone(topic), kind: sse, last: after, wire: s}
	if !h.join(l) {
		return fmt.Errorf("live: %w", desk.ErrUnavailable)
	}
	defer h.leave(l)

	header := &c.Response.Header
	header.SetContentType("text/event-stream; charset=utf-8")
	header.Set("Cache-Control", "no-cache, no-transform")
	header.Set("X-Accel-Buffering", "no")
	// Hertz would keep the connection for further requests, which holds up its shutdown.
	c.SetConnectionClose()
	s.body = resp.NewChunkedBodyWriter(&c.Response, c.GetWriter())
	c.Response.HijackWriter(lastWords{s.body})

	// A second or a few until the peer comes back, so that not all come at once.
	retry := 1000 + rand.IntN(3000)
	err := s.write([]byte("retry: " + strconv.Itoa(retry) + "\n\n"))
	if err == nil {
		err = h.catchUp(ctx, l, s.write)
	}
	if err == nil {
		err = s.follow(ctx, l, h.options.KeepAlive)
	}
	if err != nil {
		h.options.Log.DebugContext(ctx, "event stream ended", "topic", topic, "error", err)
	}
	return nil
}

// lastWords ends a stream without an error even when the peer has left: after an error Hertz does not wait for
// the goroutine that senses that, and both use the connection's buffer.
type lastWords struct{ network.ExtWriter }

// Finalize implements network.ExtWriter.
func (l lastWords) Finalize() error {
	_ = l.ExtWriter.Finalize() // the connection is closed next, whether it works or not
	return nil
}

// A stream is the wire of an event stream: the request's own goroutine writes.
type stream struct {
	bell
	conn    network.Conn
	body    network.ExtWriter
	timeout time.Duration
}

// Abort implements wire.
func (s *stream) Abort() {
	_ = s.conn.SetDeadline(longAgo) // fails on a closed connection, which is as good
	s.Wake()
}

// follow writes what l is told until it ends.
func (s *stream) follow(ctx context.Context, l *listener, keepAlive time.Duration) error {
	silence := time.NewTicker(keepAlive)
	defer silence.Stop()
	for {
		out, state := l.take()
		if len(out) > 0 {
			if err := s.write(out); err != nil {
				return err
			}
			silence.Reset(keepAlive)
		}
		if state >= closing {
			return nil
		}
		select {
		case <-s.bell:
		case <-ctx.Done():
			return ctx.Err()
		case <-silence.C:
			if err := s.write([]byte(": keep-alive\n\n")); err != nil {
				return err
			}
		}
	}
}

func (s *stream) write(b []byte) error {
	if err := s.conn.SetWriteTimeout(s.timeout); err != nil {
		return err
	}
	if _, err := s.body.Write(b); err != nil {
		return err
	}
	return s.body.Flush()
}
