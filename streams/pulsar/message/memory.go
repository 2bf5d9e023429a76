package message

import (
	"sync"

	"github.com/apache/pulsar-client-go/pulsar"
)

// mostSettled is how many settled messages are remembered. It covers what a broker that is killed had not written down.
const mostSettled = 1 << 16

// A spot is where a message stands in a topic.
type spot struct {
	partition int32
	Place
}

func spotOf(id pulsar.MessageID) spot { return spot{id.PartitionIdx(), PlaceOf(id)} }

// A Verdict is what is known of a message that was delivered.
type Verdict int

// The verdicts.
const (
	Unknown Verdict = iota // it comes for the first time, or its last time was long ago
	Held                   // it waits here, or is being handled
	Settled                // it was acknowledged
)

// A Memory knows which messages this process has: a broker that comes back delivers again what it does not know to be
// acknowledged, and that must neither be handled twice nor get behind later records of its key.
type Memory struct {
	mu     sync.Mutex
	known  map[spot]Verdict
	latest []spot // those settled, in a ring
	next   int    // where the next goes
}

// Meet returns what is known of a message. One that is not known is held from now on.
func (m *Memory) Meet(id pulsar.MessageID) Verdict {
	at := spotOf(id)
	m.mu.Lock()
	defer m.mu.Unlock()
	if v := m.known[at]; v != Unknown {
		return v
	}
	if m.known == nil {
		m.known = map[spot]Verdict{}
	}
	m.known[at] = Held
	return Unknown
}

// Settle remembers that a message was acknowledged, for a while.
func (m *Memory) Settle(id pulsar.MessageID) {
	at := spotOf(id)
	m.mu.Lock()
	defer m.mu.Unlock()
	m.known[at] = Settled
	if len(m.latest) < mostSettled {
		m.latest = append(m.latest, at)
		return
	}
	delete(m.known, m.latest[m.next])
	m.latest[m.next] = at
	m.next = (m.next + 1) % mostSettled
}
