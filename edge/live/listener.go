package live

import (
	"sync"
	"time"

	"github.com/gobwas/ws"

	"keliu/edge/live/frames"
)

// A wire carries what a listener has queued to its peer.
type wire interface {
	// Wake says that there is something to write or that the state changed.
	Wake()
	// Abort cuts the connection off. Both are called with the listener's lock held, and do not block.
	Abort()
}

// A bell wakes a goroutine that writes.
type bell chan struct{}

func newBell() bell { return make(bell, 1) }

// Wake implements wire.
func (b bell) Wake() {
	select {
	case b <- struct{}{}:
	default: // it has yet to hear the last ring
	}
}

// A state is where a listener is in its life; it only goes forward.
type state uint8

const (
	catching state = iota // is being told what it missed; what is told meanwhile is kept
	live
	closing // says its last words
	dead
)

// maxQueued is how many bytes may wait for a slow peer.
const maxQueued = 1 << 20

// A listener is one connection on a topic.
type listener struct {
	hub        *Hub
	topic      string
	kind       kind
	next, prev *listener // in the topic's list, guarded by the shard

	mu       sync.Mutex
	wire     wire
	state    state
	overflow bool // while catching: more was told than could be kept
	last     int64
	queue    []queued
	bytes    int
	heard    time.Time // when the peer last gave a sign of life
	pinged   time.Time
	ends     time.Time // when a closing connection is cut off
}

type queued struct {
	id      int64
	encoded []byte
}

// offer queues an encoded event unless the peer has heard it, and reports whether it did.
func (l *listener) offer(id int64, encoded []byte) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	passing := id == 0
	switch {
	case l.state == catching:
		if passing || l.overflow {
			return false
		}
		if l.full() {
			l.overflow, l.queue, l.bytes = true, nil, 0
			return false
		}
	case l.state != live, !passing && id <= l.last, passing && len(l.queue) > l.hub.options.Queue/2:
		return false
	}
	return l.enqueue(id, encoded)
}

// say queues bytes that belong to this connection alone.
func (l *listener) say(encoded []byte) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state == live {
		l.enqueue(0, encoded)
	}
}

func (l *listener) full() bool { return len(l.queue) >= l.hub.options.Queue || l.bytes > maxQueued }

// enqueue is called with the lock held; it reports false when the connection had to be given up.
func (l *listener) enqueue(id int64, encoded []byte) bool {
	if l.full() {
		l.hub.slows.Add(1)
		l.kill()
		return false
	}
	l.queue = append(l.queue, queued{id, encoded})
	l.bytes += len(encoded)
	if l.state == live {
		if id > 0 {
			l.last = id
		}
		l.wire.Wake()
	}
	return true
}

// kill is called with the lock held and cuts the connection off.
func (l *listener) kill() {
	l.state, l.queue, l.bytes = dead, nil, 0
	l.wire.Abort()
}

// take empties the queue into one piece and says what state the connection is in.
func (l *listener) take() ([]byte, state) {
	l.mu.Lock()
	defer l.mu.Unlock()
	var all []byte
	switch len(l.queue) {
	case 0:
	case 1:
		all = l.queue[0].encoded
	default:
		all = make([]byte, 0, l.bytes)
		for _, q := range l.queue {
			all = append(all, q.encoded...)
		}
	}
	l.queue, l.bytes = nil, 0
	return all, l.state
}

// caughtUp ends the catching up and reports whether it did: history must be read once more when more was told
// meanwhile than could be kept.
func (l *listener) caughtUp() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.overflow {
		l.overflow = false
		return false
	}
	if l.state != catching {
		return true
	}
	l.state = live
	kept := l.queue[:0]
	for _, q := range l.queue {
		if q.id > l.last {
			kept = append(kept, q)
			l.last = q.id
		} else {
			l.bytes -= len(q.encoded)
		}
	}
	if l.queue = kept; len(kept) > 0 {
		l.wire.Wake()
	}
	return true
}

// finish asks the connection to end: a WebSocket by saying why, an event stream by just ending.
func (l *listener) finish(why frames.Closing) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.state >= closing {
		return
	}
	l.state, l.ends = closing, time.Now().Add(farewell)
	if l.kind == webSocket {
		l.queue = append(l.queue, queued{encoded: why.Frame()})
		l.bytes += len(l.queue[len(l.queue)-1].encoded)
	}
	l.wire.Wake()
}

// alive reports whether the connection goes on.
func (l *listener) alive() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.state < closing
}

// hears notes a sign of life of the peer and reports whether it matters still.
func (l *listener) hears() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.heard = time.Now()
	return l.state != dead
}

// tick does what is due: cuts off what is overdue, pings what is silent.
func (l *listener) tick(now time.Time) {
	l.mu.Lock()
	defer l.mu.Unlock()
	talks := l.kind == webSocket && l.state == live
	switch {
	case l.state == closing && now.After(l.ends), talks && now.Sub(l.heard) > l.hub.options.Idle:
		l.kill()
	case talks && now.Sub(l.pinged) >= l.hub.options.Ping:
		l.pinged = now
		l.enqueue(0, ws.CompiledPing)
	}
}
