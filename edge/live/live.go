// Package live holds the connections over which customers and staff hear: Server-Sent Events and WebSockets.
//
// A Hub spreads events to whoever listens to a topic. A connection that comes back says what it heard last and
// is told the rest from the History before it goes on live: nothing is lost and nothing comes twice. On Linux an
// idle WebSocket is a file descriptor in an epoll set and a few hundred bytes, no goroutine and no buffer.
package live

import (
	"cmp"
	"context"
	"fmt"
	"hash/maphash"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gobwas/ws"

	"keliu/edge/live/frames"
	"keliu/edge/live/poll"
)

// An Event is one thing told on a topic.
type Event struct {
	ID      int64  // rises within the topic, from 1; 0 for a passing sign that is not kept
	Name    string // "reply", "typing" …; no line breaks
	Payload []byte // JSON
}

// A History remembers what was told. It holds an event before the Hub is told of it.
type History interface {
	// After returns up to limit events of the topic with an ID above after, oldest first.
	After(ctx context.Context, topic string, after int64, limit int) ([]Event, error)
}

// Options of a Hub; the zero value is ready for use.
type Options struct {
	History      History       // nil when there is nothing to resume from
	Log          *slog.Logger  // nil is silent
	Queue        int           // events a connection may lag behind before it is dropped; default 256
	KeepAlive    time.Duration // between the comments on a silent event stream; default 15 s
	Ping         time.Duration // between the pings on a WebSocket; default 30 s
	Idle         time.Duration // a WebSocket that is silent for so long is closed; default 75 s
	WriteTimeout time.Duration // for one write to a blocking connection; default 10 s
}

func (o Options) withDefaults() Options {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	o.Queue = cmp.Or(o.Queue, 256)
	o.KeepAlive = cmp.Or(o.KeepAlive, 15*time.Second)
	o.Ping = cmp.Or(o.Ping, 30*time.Second)
	o.Idle = cmp.Or(o.Idle, 75*time.Second)
	o.WriteTimeout = cmp.Or(o.WriteTimeout, 10*time.Second)
	return o
}

const (
	shards   = 64
	farewell = 2 * time.Second // how long a peer may take to close after us
)

// goingAway tells peers that this process stops; they connect again elsewhere.
var goingAway = frames.Closing{Code: ws.StatusGoingAway, Reason: "the server is restarting"}

// A Hub knows who listens to which topic. It is safe for concurrent use.
type Hub struct {
	options Options
	seed    maphash.Seed
	shards  [shards]shard
	poll    *poll.Poller

	closed atomic.Bool
	open   sync.WaitGroup // one for each listener
	done   chan struct{}  // closed when the sweeper shall stop
	swept  chan struct{}  // closed when it did

	listening              [kinds]atomic.Int64
	told, whispered, slows atomic.Int64
}

// A shard holds the listeners of some of the topics.
type shard struct {
	mu     sync.RWMutex
	topics map[string]*listener // the first of each topic's list
}

// Open starts a hub; Close releases it.
func Open(o Options) (*Hub, error) {
	h := &Hub{options: o.withDefaults(), seed: maphash.MakeSeed(), done: make(chan struct{}), swept: make(chan struct{})}
	for i := range h.shards {
		h.shards[i].topics = map[string]*listener{}
	}
	poller, err := poll.Open()
	if err != nil {
		return nil, fmt.Errorf("live: %w", err)
	}
	h.poll = poller
	go h.sweep()
	return h, nil
}

// Tell spreads a durable event. The calls of one topic follow one another with rising ids; a listener that
// has heard the id, or a later one, is not told again. Tell never waits for a listener.
func (h *Hub) Tell(topic string, id int64, event string, payload []byte) {
	h.told.Add(h.spread(topic, Event{ID: id, Name: event, Payload: payload}))
}

// Whisper spreads a passing sign, such as typing. A listener that lags behind or is still catching up misses it.
func (h *Hub) Whisper(topic, event string, payload []byte) {
	h.whispered.Add(h.spread(topic, Event{Name: event, Payload: payload}))
}

// spread offers e to every listener of the topic and returns how many took it.
func (h *Hub) spread(topic string, e Event) int64 {
	var encoded [kinds][]byte
	var taken int64
	s := h.shard(topic)
	s.mu.RLock()
	defer s.mu.RUnlock()
	for l := s.topics[topic]; l != nil; l = l.next {
		if encoded[l.kind] == nil {
			encoded[l.kind] = l.kind.encode(e)
		}
		if l.offer(e.ID, encoded[l.kind]) {
			taken++
		}
	}
	return taken
}

// Counters are the figures of a hub.
type Counters struct {
	SSE, WebSocket  int64 // connections open now
	Told, Whispered int64 // events handed to connections since the start
	Slow            int64 // connections dropped because they lagged behind
}

// Counters returns the figures as they are now.
func (h *Hub) Counters() Counters {
	return Counters{
		SSE: h.listening[sse].Load(), WebSocket: h.listening[webSocket].Load(),
		Told: h.told.Load(), Whispered: h.whispered.Load(), Slow: h.slows.Load(),
	}
}

// Close ends every connection, event streams by their end and WebSockets by a closing handshake, and returns
// once all are gone; peers that do not answer are cut off after two seconds.
func (h *Hub) Close() error {
	if h.closed.Swap(true) {
		return nil
	}
	h.each(func(l *listener) { l.finish(goingAway) })
	h.open.Wait()
	close(h.done)
	<-h.swept
	return h.poll.Close()
}

func (h *Hub) shard(topic string) *shard {
	return &h.shards[maphash.String(h.seed, topic)%shards]
}

// join makes l a listener of its topic and reports whether the hub is still open.
func (h *Hub) join(l *listener) bool {
	s := h.shard(l.topic)
	s.mu.Lock()
	defer s.mu.Unlock()
	if h.closed.Load() {
		return false
	}
	h.open.Add(1)
	h.listening[l.kind].Add(1)
	if l.next = s.topics[l.topic]; l.next != nil {
		l.next.prev = l
	}
	s.topics[l.topic] = l
	return true
}

// leave undoes join; it is called once.
func (h *Hub) leave(l *listener) {
	s := h.shard(l.topic)
	s.mu.Lock()
	defer s.mu.Unlock()
	if l.next != nil {
		l.next.prev = l.prev
	}
	switch {
	case l.prev != nil:
		l.prev.next = l.next
	case l.next != nil:
		s.topics[l.topic] = l.next
	default:
		delete(s.topics, l.topic)
	}
	h.listening[l.kind].Add(-1)
	h.open.Done()
}

// each visits every listener, holding no lock during the visit.
func (h *Hub) each(visit func(*listener)) {
	var found []*listener
	for i := range h.shards {
		s := &h.shards[i]
		found = found[:0]
		s.mu.RLock()
		for _, l := range s.topics {
			for ; l != nil; l = l.next {
				found = append(found, l)
			}
		}
		s.mu.RUnlock()
		for _, l := range found {
			visit(l)
		}
	}
}

// sweep pings WebSockets and cuts off those that are silent or do not leave.
func (h *Hub) sweep() {
	defer close(h.swept)
	tick := time.NewTicker(max(min(h.options.Ping, h.options.Idle, farewell)/4, time.Millisecond))
	defer tick.Stop()
	for {
		select {
		case <-h.done:
			return
		case now := <-tick.C:
			h.each(func(l *listener) { l.tick(now) })
		}
	}
}
