// Package streamtest holds every streams.Log to the same promise, sentence by sentence.
package streamtest

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"keliu/streams"
)

// An Opener opens the log of one test. Called again after that log was closed, it opens the same log again.
type Opener func(t *testing.T) streams.Log

// patience bounds how long anything that was promised may take.
const patience = 60 * time.Second

// Run runs the whole contract as subtests. Each calls start for a log that holds nothing yet.
func Run(t *testing.T, start func(t *testing.T) Opener) {
	for _, part := range [][]clause{delivery, failing, keeping, reading, limits} {
		for _, c := range part {
			t.Run(c.name, func(t *testing.T) {
				t.Parallel()
				r := &trial{T: t, open: start(t)}
				r.log = r.open(t)
				t.Cleanup(func() {
					if err := r.log.Close(); err != nil {
						t.Errorf("Close: %v", err)
					}
				})
				c.test(r)
			})
		}
	}
}

// A clause is one sentence of the contract.
type clause struct {
	name string
	test func(*trial)
}

// A trial is a test with its log.
type trial struct {
	*testing.T
	open Opener
	log  streams.Log
}

// reopen closes the log and opens it again.
func (t *trial) reopen() {
	t.Helper()
	if err := t.log.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	t.log = t.open(t.T)
}

// publish publishes each record by a call of its own.
func (t *trial) publish(topic string, records ...streams.Record) {
	t.Helper()
	for _, r := range records {
		if err := t.log.Publish(t.Context(), topic, r); err != nil {
			t.Fatalf("Publish %s: %v", r.ID, err)
		}
	}
}

// series returns n records of a key with the IDs key-0, key-1 …
func series(key string, n int) []streams.Record {
	records := make([]streams.Record, n)
	for i := range records {
		id := fmt.Sprintf("%s-%d", key, i)
		records[i] = streams.Record{ID: id, Key: key, Body: []byte("body of " + id)}
	}
	return records
}

// ids returns the IDs of records.
func ids(records []streams.Record) []string {
	all := make([]string, len(records))
	for i, r := range records {
		all[i] = r.ID
	}
	return all
}

// subscribe runs a subscription until the returned function is called, or the test ends.
func (t *trial) subscribe(topic, name string, handle streams.Handler) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	log := t.log
	go func() { ended <- log.Subscribe(ctx, topic, name, handle) }()
	stopped := false
	stop = func() {
		t.Helper()
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := wait(t, ended, "Subscribe to return"); !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
			t.Errorf("Subscribe %s to %s returned %v", name, topic, err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// follow subscribes and hands what is delivered to a channel, acknowledging it.
func (t *trial) follow(topic, name string) (arrived <-chan streams.Record, stop func()) {
	c := make(chan streams.Record)
	stop = t.subscribe(topic, name, func(ctx context.Context, r streams.Record) error {
		select {
		case c <- r:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	return c, stop
}

// wait returns the next value of c.
func wait[T any](t *trial, c <-chan T, what string) T {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("waited %v for %s", patience, what)
		panic("unreachable")
	}
}

// collect returns the next n records.
func collect(t *trial, c <-chan streams.Record, n int) []streams.Record {
	t.Helper()
	records := make([]streams.Record, n)
	for i := range records {
		records[i] = wait(t, c, fmt.Sprintf("record %d of %d", i+1, n))
	}
	return records
}

// read returns what a topic keeps.
func (t *trial) read(topic string) []streams.Record {
	t.Helper()
	var records []streams.Record
	err := t.log.Read(t.Context(), topic, func(r streams.Record) error {
		records = append(records, r)
		return nil
	})
	if err != nil {
		t.Fatalf("Read %s: %v", topic, err)
	}
	return records
}

// eventually waits until a topic keeps n records.
func (t *trial) eventually(topic string, n int) []streams.Record {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		records := t.read(topic)
		if len(records) >= n {
			return records
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s holds %v after %v, want %d records", topic, ids(records), patience, n)
		}
		pause := time.NewTimer(5 * time.Millisecond)
		<-pause.C
	}
}
