// Package tickets holds what effects send out between their commit and its publication, in memory and as text.
package tickets

import (
	"sync"

	"keliu/streams/desk"
)

// A Ticket is what one effect sends out.
type Ticket struct {
	N       int64 // its place
	Out     []desk.Outgoing
	decided bool // whether its transaction has ended
	void    bool // without being committed
}

// A Bag holds the tickets of this process that are not yet published, in the order in which they were written: of two effects of
// which one follows from the other the earlier has the lower number. It takes any number: a writer must never wait for the log,
// because crossing tickets off needs a writer.
type Bag struct {
	mu      sync.Mutex
	last    int64 // number
	tickets []*Ticket
	filled  chan struct{} // holds a token when the first ticket may be decided
}

// New returns a bag whose tickets are counted on from last.
func New(last int64) *Bag { return &Bag{last: last, filled: make(chan struct{}, 1)} }

// Filled gives a token when there may be tickets.
func (b *Bag) Filled() <-chan struct{} { return b.filled }

// Add takes a ticket whose transaction is under way.
func (b *Bag) Add(out []desk.Outgoing) *Ticket {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.last++
	t := &Ticket{N: b.last, Out: out}
	b.tickets = append(b.tickets, t)
	return t
}

// Decide notes how the transaction of a ticket has ended.
func (b *Bag) Decide(t *Ticket, committed bool) {
	b.mu.Lock()
	t.decided, t.void = true, !committed
	b.mu.Unlock()
	select {
	case b.filled <- struct{}{}:
	default:
	}
}

// Next returns the committed tickets that nothing undecided comes before. They stay in the bag until they are dropped.
func (b *Bag) Next() (tickets []*Ticket) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.tickets) > 0 && b.tickets[0].void {
		b.tickets = b.tickets[1:]
	}
	for _, t := range b.tickets {
		if !t.decided {
			break
		}
		if !t.void {
			tickets = append(tickets, t)
		}
	}
	return tickets
}

// Drop forgets the tickets up to n.
func (b *Bag) Drop(n int64) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for len(b.tickets) > 0 && b.tickets[0].N <= n {
		b.tickets = b.tickets[1:]
	}
}

// Key is what the records are about. The queue's key is everybody's, and no order of what it wakes matters.
func Key(out []desk.Outgoing) string {
	for _, o := range out {
		if k := o.Record.Key; k != desk.RoutingKey {
			return k
		}
	}
	return ""
}
