package database

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"keliu/functions/store/group"
	"keliu/streams"
	"keliu/streams/desk"
)

// A ticket is what one effect left in the outbox.
type ticket struct {
	n   int64
	out []desk.Outgoing
}

// A mailbag holds tickets that are committed and not yet published, in the order of their commits. It takes any number:
// the writer must never wait for the log, because crossing tickets off needs the writer.
type mailbag struct {
	mu      sync.Mutex
	tickets []ticket
	filled  chan struct{} // holds a token when there may be tickets
}

func (m *mailbag) add(t ticket) {
	m.mu.Lock()
	m.tickets = append(m.tickets, t)
	m.mu.Unlock()
	select {
	case m.filled <- struct{}{}:
	default:
	}
}

func (m *mailbag) take() []ticket {
	m.mu.Lock()
	defer m.mu.Unlock()
	tickets := m.tickets
	m.tickets = nil
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
	body []byte
}

// Seal encodes records for Post.
func Seal(out []desk.Outgoing) (Sealed, error) {
	body, err := pack(out)
	return Sealed{out, body}, err
}

// Post writes outgoing records beside the state that a change writes; they are published soon after it is durable, in the
// order of the commits.
func (db *DB) Post(t *group.Tx, sealed Sealed) error {
	if len(sealed.out) == 0 {
		return nil
	}
	db.posted++ // the writer alone comes here
	posted := ticket{n: db.posted, out: sealed.out}
	t.OnCommit(func() { db.mail.add(posted) })
	_, err := t.Exec(`INSERT INTO outbox (process, n, body) VALUES ($1, $2, $3)`, db.process, db.posted, string(sealed.body))
	return err
}

// unsent returns the tickets that were never crossed off, oldest first: what a crash has left between commit and
// publication.
func (db *DB) unsent(ctx context.Context) (tickets []ticket, err error) {
	err = db.Rows(ctx, `SELECT n, body FROM outbox WHERE process = $1 ORDER BY n`, []any{db.process}, func(scan func(...any) error) error {
		var t ticket
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

// Relay publishes what effects leave in the outbox until ctx is done: first what an earlier process has left, then what
// comes, in the order of the commits. What cannot be published is reported to failed and tried again. A store has one
// relay at a time.
func (db *DB) Relay(ctx context.Context, log streams.Log, failed func(error)) error {
	left, err := db.unsent(ctx)
	if err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	if n := len(left); n > 0 {
		db.mail.drop(left[n-1].n) // committed since the store was opened: it is in both
	}
	for group := left; ; group = db.mail.take() {
		for err := db.publish(ctx, log, group); err != nil; err = db.publish(ctx, log, group) {
			if ctx.Err() != nil {
				return ctx.Err()
			}
			failed(err)
			if err := pause(ctx); err != nil {
				return err
			}
		}
		select {
		case <-db.mail.filled:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// publish sends the tickets' records topic by topic, at the same time, and crosses the tickets off.
func (db *DB) publish(ctx context.Context, log streams.Log, tickets []ticket) error {
	if len(tickets) == 0 {
		return nil
	}
	byTopic := map[string][]streams.Record{}
	for _, t := range tickets {
		for _, o := range t.out {
			byTopic[o.Topic] = append(byTopic[o.Topic], o.Record)
		}
	}
	errs := make(chan error, len(byTopic))
	for topic, records := range byTopic {
		go func() { errs <- log.Publish(ctx, topic, records...) }()
	}
	var failures []error
	for range byTopic {
		failures = append(failures, <-errs)
	}
	if err := errors.Join(failures...); err != nil {
		return fmt.Errorf("publish the outbox: %w", err)
	}
	last := tickets[len(tickets)-1].n
	db.writer.Later(func(t *group.Tx) error {
		_, err := t.Exec(`DELETE FROM outbox WHERE process = $1 AND n <= $2`, db.process, last)
		return err
	})
	return nil
}

// pause waits a little before something is tried again.
func pause(ctx context.Context) error {
	wait := time.NewTimer(50 * time.Millisecond)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
