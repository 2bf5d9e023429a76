package database

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"sync"
	"time"
	"unicode/utf8"

	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A ticket is what one effect leaves in the outbox.
type ticket struct {
	n       int64
	out     []desk.Outgoing
	decided bool // whether its transaction has ended
	void    bool // without being committed
}

// A mailbag holds the tickets of this process that are not yet published, in the order in which they were written: of two effects of
// which one follows from the other the earlier has the lower number. It takes any number: a writer must never wait for the log,
// because crossing tickets off needs a writer.
type mailbag struct {
	mu      sync.Mutex
	last    int64 // number
	tickets []*ticket
	filled  chan struct{} // holds a token when the first ticket may be decided
}

func newMailbag(last int64) *mailbag {
	return &mailbag{last: last, filled: make(chan struct{}, 1)}
}

// add takes a ticket whose transaction is under way.
func (m *mailbag) add(out []desk.Outgoing) *ticket {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.last++
	t := &ticket{n: m.last, out: out}
	m.tickets = append(m.tickets, t)
	return t
}

// decide notes how the transaction of a ticket has ended.
func (m *mailbag) decide(t *ticket, committed bool) {
	m.mu.Lock()
	t.decided, t.void = true, !committed
	m.mu.Unlock()
	select {
	case m.filled <- struct{}{}:
	default:
	}
}

// next returns the committed tickets that nothing undecided comes before. They stay in the bag until they are dropped.
func (m *mailbag) next() (tickets []*ticket) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.tickets) > 0 && m.tickets[0].void {
		m.tickets = m.tickets[1:]
	}
	for _, t := range m.tickets {
		if !t.decided {
			break
		}
		if !t.void {
			tickets = append(tickets, t)
		}
	}
	return tickets
}

// drop forgets the tickets up to n.
func (m *mailbag) drop(n int64) {
	m.mu.Lock()
	defer m.mu.Unlock()
	for len(m.tickets) > 0 && m.tickets[0].n <= n {
		m.tickets = m.tickets[1:]
	}
}

// Sealed are outgoing records that were encoded outside the writer.
type Sealed struct {
	out  []desk.Outgoing
	key  string
	body []byte
}

// Seal encodes records for Post. Bodies are text.
func Seal(out []desk.Outgoing) (Sealed, error) {
	for _, o := range out {
		if !utf8.Valid(o.Record.Body) || bytes.IndexByte(o.Record.Body, 0) >= 0 {
			return Sealed{}, fmt.Errorf("outgoing %s is no text: %w", o.Record.ID, desk.ErrInvalid)
		}
	}
	body, err := pack(out)
	return Sealed{out, key(out), body}, err
}

// key is what the records are about. The queue's key is everybody's, and no order of what it wakes matters.
func key(out []desk.Outgoing) string {
	for _, o := range out {
		if k := o.Record.Key; k != desk.RoutingKey {
			return k
		}
	}
	return ""
}

// errUntold reports that another process has changed the same conversation or person and not yet published what goes out with that.
var errUntold = errors.New("what another process did before is not told yet")

const (
	postQuery = `INSERT INTO outbox (process, n, key, body) VALUES ($1, $2, $3, $4)`
	untold    = ` RETURNING (SELECT COUNT(*) FROM outbox AS theirs WHERE theirs.key = $3 AND theirs.key <> '' AND theirs.process <> $1)`
)

// Post writes outgoing records beside the state that a change writes, after it; they are published soon after it is durable, in the
// order of the commits.
func (db *DB) Post(t *group.Tx, sealed Sealed) error {
	if len(sealed.out) == 0 {
		return nil
	}
	posted := db.mail.add(sealed.out)
	t.OnEnd(func(committed bool) { db.mail.decide(posted, committed) })
	args := []any{db.process, posted.n, sealed.key, string(sealed.body)}
	if !db.d.shared {
		_, err := t.Exec(postQuery, args...)
		return err
	}
	var others int
	if err := t.Insert(postQuery+untold, args, &others); err != nil || others == 0 {
		return err
	}
	return fmt.Errorf("%s: %w", sealed.key, errUntold)
}

// unsent returns the tickets of a process up to a number that were never crossed off, oldest first: what its end has left between
// commit and publication.
func (db *DB) unsent(ctx context.Context, process string, last int64) (tickets []*ticket, err error) {
	err = db.Rows(ctx, `SELECT n, body FROM outbox WHERE process = $1 AND n <= $2 ORDER BY n`, []any{process, last},
		func(scan func(...any) error) error {
			t := &ticket{decided: true}
			var body string
			if err := scan(&t.n, &body); err != nil {
				return err
			}
			var err error
			if t.out, err = unpack([]byte(body)); err != nil {
				return fmt.Errorf("outbox %d: %w", t.n, err)
			}
			tickets = append(tickets, t)
			return nil
		})
	return tickets, err
}

// cross crosses off the tickets of a process up to a number.
func (db *DB) cross(ctx context.Context, process string, last int64) error {
	return db.writer.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`DELETE FROM outbox WHERE process = $1 AND n <= $2`, process, last)
		return err
	})
}

// pause waits a little before something is tried again.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
