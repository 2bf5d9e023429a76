package live_test

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/config"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/cloudwego/hertz/pkg/network/standard"
	"github.com/coder/websocket"

	"keliu/edge/live"
	"keliu/streams/desk"
)

const patience = 20 * time.Second

// A book is a history in memory.
type book struct {
	mu     sync.Mutex
	events map[string][]live.Event
	before func(topic string) error // called before a page is read, when set
}

func (b *book) After(_ context.Context, topic string, after int64, limit int) ([]live.Event, error) {
	if b.before != nil {
		if err := b.before(topic); err != nil {
			return nil, err
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var page []live.Event
	for _, e := range b.events[topic] {
		if e.ID > after && len(page) < limit {
			page = append(page, e)
		}
	}
	return page, nil
}

func (b *book) write(topic string, e live.Event) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.events == nil {
		b.events = map[string][]live.Event{}
	}
	b.events[topic] = append(b.events[topic], e)
}

// A house is a hub behind a real Hertz server.
type house struct {
	hub     *live.Hub
	book    *book
	server  *server.Hertz
	address string
	receive func(context.Context, []byte) []byte
}

// tell makes the event durable and then tells the hub, as the product does.
func (h *house) tell(topic string, id int64, payload string) {
	h.book.write(topic, live.Event{ID: id, Name: "reply", Payload: []byte(payload)})
	h.hub.Tell(topic, id, "reply", []byte(payload))
}

func open(t testing.TB, o live.Options, serverOptions ...config.Option) *house {
	t.Helper()
	hlog.SetLevel(hlog.LevelFatal)
	h := &house{book: &book{}, receive: func(_ context.Context, frame []byte) []byte { return frame }}
	if o.History == nil {
		o.History = h.book
	}
	var err error
	if h.hub, err = live.Open(o); err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	h.address = listener.Addr().String()
	h.server = server.New(append([]config.Option{
		server.WithListener(listener), server.WithTransport(standard.NewTransporter),
		server.WithSenseClientDisconnection(true), server.WithExitWaitTime(time.Minute),
	}, serverOptions...)...)
	h.server.GET("/events/:topic", func(ctx context.Context, c *app.RequestContext) {
		refuse(c, h.hub.ServeSSE(ctx, c, c.Param("topic"), place(string(c.GetHeader("Last-Event-ID")))))
	})
	h.server.GET("/live/:topic", func(ctx context.Context, c *app.RequestContext) {
		refuse(c, h.hub.ServeWebSocket(ctx, c, c.Param("topic"), place(c.Query("after")), h.receive))
	})
	served := make(chan error, 1)
	go func() { served <- h.server.Run() }()
	eventually(t, "the server runs", h.server.IsRunning)
	t.Cleanup(func() {
		if err := h.hub.Close(); err != nil {
			t.Error(err)
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if err := h.server.Shutdown(ctx); err != nil || ctx.Err() != nil {
			t.Errorf("shutdown: %v %v", err, ctx.Err())
		}
		if err := <-served; err != nil {
			t.Error(err)
		}
	})
	return h
}

// both runs a test over polled and over threaded WebSockets.
func both(t *testing.T, o live.Options, test func(*testing.T, *house)) {
	t.Run("polled", func(t *testing.T) { test(t, open(t, o, live.ServerOptions()...)) })
	t.Run("threaded", func(t *testing.T) { test(t, open(t, o)) })
}

func refuse(c *app.RequestContext, err error) {
	switch {
	case errors.Is(err, desk.ErrUnavailable):
		c.String(http.StatusServiceUnavailable, "%v", err)
	case err != nil:
		c.String(http.StatusBadRequest, "%v", err)
	}
}

func place(s string) int64 {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return 0
	}
	return n
}

func eventually(t testing.TB, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !holds(); {
		if time.Now().After(deadline) {
			t.Fatalf("waited in vain until %s", what)
		}
		time.Sleep(time.Millisecond)
	}
}

// heard is an event as a client gets it.
type heard struct {
	ID    int64           `json:"id"`
	Event string          `json:"event"`
	Data  json.RawMessage `json:"data"`
}

// An ear is a client, of either kind.
type ear interface {
	hear(t testing.TB) (heard, error)
	leave()
}

type connect func(t testing.TB, h *house, topic string, after int64) ear

type socketEar struct{ conn *websocket.Conn }

func dialSocket(t testing.TB, h *house, topic string, after int64) ear {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	conn, _, err := websocket.Dial(ctx, fmt.Sprintf("ws://%s/live/%s?after=%d", h.address, topic, after), nil)
	if err != nil {
		t.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	t.Cleanup(func() { _ = conn.CloseNow() })
	return socketEar{conn}
}

func (s socketEar) hear(t testing.TB) (heard, error) {
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	kind, frame, err := s.conn.Read(ctx)
	if err != nil {
		return heard{}, err
	}
	var h heard
	if err := json.Unmarshal(frame, &h); kind != websocket.MessageText || err != nil {
		t.Fatalf("frame %v %q: %v", kind, frame, err)
	}
	return h, nil
}

func (s socketEar) leave() { _ = s.conn.CloseNow() }

type streamEar struct {
	response *http.Response
	lines    *bufio.Reader
	other    *[]string // comments and retry lines
}

func dialStream(t testing.TB, h *house, topic string, after int64) ear {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	guard := time.AfterFunc(patience, cancel)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+h.address+"/events/"+topic, nil)
	if err != nil {
		t.Fatal(err)
	}
	request.Header.Set("Last-Event-ID", strconv.FormatInt(after, 10))
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { guard.Stop(); cancel(); _ = response.Body.Close() })
	return streamEar{response, bufio.NewReader(response.Body), new([]string)}
}

func (s streamEar) hear(t testing.TB) (heard, error) {
	var h heard
	for {
		line, err := s.lines.ReadString('\n')
		if err != nil {
			return h, err
		}
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), ": ")
		switch name {
		case "id":
			h.ID = place(value)
		case "event":
			h.Event = value
		case "data":
			h.Data = append(h.Data, value...)
		case "":
			if h.Event != "" {
				return h, nil
			}
			if value != "" {
				*s.other = append(*s.other, line)
			}
		default:
			*s.other = append(*s.other, line)
		}
	}
}

func (s streamEar) leave() { _ = s.response.Body.Close() }
