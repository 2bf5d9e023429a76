package database

import (
	"context"
	"errors"
	"fmt"
	"math"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"keliu/functions/store/database/tickets"
	"keliu/streams"
	"keliu/streams/desk"
)

// retry is how long it is at least until something is tried again.
const retry = 50 * time.Millisecond

// A relay publishes what effects leave in the outbox.
type relay struct {
	db        *DB
	log       streams.Log
	failed    func(error)
	published atomic.Int64  // the last of this process's tickets that was published
	progress  chan struct{} // holds a token when there may be tickets to cross off
}

// Relay publishes what effects leave in the outbox until ctx is done: first what an earlier process has left, then what
// comes, in the order of the commits; and what other processes have left that are not there any more. What cannot be published is
// reported to failed and tried again. Every process that changes a store has one relay at a time.
func (db *DB) Relay(ctx context.Context, log streams.Log, failed func(error)) error {
	r := &relay{db: db, log: log, failed: failed, progress: make(chan struct{}, 1)}
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return r.forward(ctx) })
	g.Go(func() error { return r.crossOff(ctx) })
	if db.d.shared {
		g.Go(func() error { return r.adopt(ctx) })
	}
	return g.Wait()
}

// forward publishes the tickets of this process.
func (r *relay) forward(ctx context.Context) error {
	var left []*tickets.Ticket
	var torn error
	err := r.until(ctx, func() (err error) {
		left, err = r.db.unsent(ctx, r.db.process, r.db.opened)
		if !errors.Is(err, desk.ErrUnavailable) {
			torn, err = err, nil // it will be no better next time
		}
		return err
	})
	if err = errors.Join(err, torn); err != nil {
		return fmt.Errorf("relay: %w", err)
	}
	for some := left; ; some = r.db.mail.Next() {
		if n := len(some); n > 0 {
			if err := r.until(ctx, func() error { return r.publish(ctx, some) }); err != nil {
				return err
			}
			last := some[n-1].N
			r.db.mail.Drop(last)
			r.published.Store(last)
			select {
			case r.progress <- struct{}{}:
			default:
			}
		}
		select {
		case <-r.db.mail.Filled():
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// crossOff forgets what was published, all that there is at a time.
func (r *relay) crossOff(ctx context.Context) error {
	for {
		select {
		case <-r.progress:
		case <-ctx.Done():
			return ctx.Err()
		}
		if err := r.until(ctx, func() error { return r.db.cross(ctx, r.db.process, r.published.Load()) }); err != nil {
			return err
		}
	}
}

// until does something until it succeeds, or ctx is done.
func (r *relay) until(ctx context.Context, do func() error) error {
	for wait := retry; ; wait = min(2*wait, time.Second) {
		err := do()
		if err == nil {
			return nil
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		r.failed(err)
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}

// publish sends the tickets' records topic by topic, at the same time.
func (r *relay) publish(ctx context.Context, some []*tickets.Ticket) error {
	byTopic := map[string][]streams.Record{}
	for _, t := range some {
		for _, o := range t.Out {
			byTopic[o.Topic] = append(byTopic[o.Topic], o.Record)
		}
	}
	errs := make(chan error, len(byTopic))
	for topic, records := range byTopic {
		go func() { errs <- r.log.Publish(ctx, topic, records...) }()
	}
	var failures []error
	for range byTopic {
		failures = append(failures, <-errs)
	}
	if err := errors.Join(failures...); err != nil {
		return fmt.Errorf("publish the outbox: %w", err)
	}
	return nil
}

// adopt publishes what processes have left that were not there twice when it looked: one that has merely lost its connection is back by
// then.
func (r *relay) adopt(ctx context.Context) error {
	missed := map[string]bool{}
	for {
		gone, err := r.adoptFrom(ctx, missed)
		if err != nil && ctx.Err() == nil {
			r.failed(fmt.Errorf("adopt: %w", err))
		} else {
			missed = gone
		}
		if err := pause(ctx, look); err != nil {
			return err
		}
	}
}

// adoptFrom publishes what those of the processes have left that were missed before, and returns those that are missed now.
func (r *relay) adoptFrom(ctx context.Context, missed map[string]bool) (gone map[string]bool, err error) {
	var left []string
	err = r.db.Rows(ctx, `SELECT process FROM outbox WHERE process <> $1 UNION SELECT process FROM marks WHERE process <> $1`, []any{r.db.process}, func(scan func(...any) error) error {
		var process string
		err := scan(&process)
		left = append(left, process)
		return err
	})
	if err != nil {
		return nil, err
	}
	gone = map[string]bool{}
	for _, process := range left {
		c, err := r.db.d.claim(ctx, attending+process)
		if err != nil {
			return nil, err
		}
		if c == nil {
			continue
		}
		if gone[process] = true; missed[process] {
			err = r.adoptAll(ctx, process)
		}
		c.release(ctx)
		if err != nil {
			return nil, err
		}
	}
	return gone, nil
}

// adoptAll publishes what a process has left. Its marks go first: that waits for what the server has still under way for it, so that
// nothing is added while its tickets are read.
func (r *relay) adoptAll(ctx context.Context, process string) error {
	if err := r.db.strike(ctx, process); err != nil {
		return err
	}
	left, err := r.db.unsent(ctx, process, math.MaxInt64)
	if err != nil || len(left) == 0 {
		return err
	}
	if err := r.publish(ctx, left); err != nil {
		return err
	}
	return r.db.cross(ctx, process, left[len(left)-1].N)
}

// attending is what the claims begin with by which processes say that they are there.
const attending = "process:"

// attend says that a process is there until leave is called, or the process ends.
func (d *dialect) attend(ctx context.Context, process string) (leave func(), err error) {
	c, err := d.wait(ctx, attending+process)
	if err != nil {
		return nil, err
	}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	left := make(chan struct{})
	go func() {
		defer close(left)
		d.stay(ctx, c, attending+process)
	}()
	return func() { cancel(); <-left }, nil
}

// stay holds a claim until ctx is done, and takes it again when it was lost with its connection.
func (d *dialect) stay(ctx context.Context, c *claim, name string) {
	for {
		if c != nil {
			c.hold(ctx)
			c.discard()
		}
		if pause(ctx, retry) != nil {
			return
		}
		c, _ = d.wait(ctx, name) // there is none for as long as the database is away
	}
}
