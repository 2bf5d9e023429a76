package pulsar

import "sync"

// mostSettled is how many settled messages are remembered. It covers what a broker that is killed had not written down.
const mostSettled = 1 << 16

// A spot is where a message stands in a topic.
type spot struct {
	partition int32
	place
}

// A verdict is what is known of a message that was delivered.
type verdict int

const (
	unknown verdict = iota
	held            // it waits here, or is being handled
	settled         // it was acknowledged
)

// A memory knows which messages this process has: a broker that comes back delivers again what it does not know to be
// acknowledged, and that must neither be handled twice nor get behind later records of its key.
type memory struct {
	mu     sync.Mutex
	known  map[spot]verdict
	latest []spot // those settled, in a ring
	next   int    // where the next goes
}

// meet returns what is known of a message. One that is not known is held from now on.
func (m *memory) meet(at spot) verdict {
	m.mu.Lock()
	defer m.mu.Unlock()
	if v := m.known[at]; v != unknown {
		return v
	}
	if m.known == nil {
		m.known = map[spot]verdict{}
	}
	m.known[at] = held
	return unknown
}

// settle remembers that a message was acknowledged, for a while.
func (m *memory) settle(at spot) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[at] = settled
	if len(m.latest) < mostSettled {
		m.latest = append(m.latest, at)
		return
	}
	delete(m.known, m.latest[m.next])
	m.latest[m.next] = at
	m.next = (m.next + 1) % mostSettled
}
