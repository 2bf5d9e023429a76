// Package trial is what the tests of a log have at hand: a log that is fresh, and waiting that ends.
package trial

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keliu/streams"
)

// patience bounds how long anything that was promised may take.
const patience = 60 * time.Second

// A Clause is one sentence of the promise, and what holds a log to it.
type Clause struct {
	Name string
	Test func(*T)
}

// A T is a test with the log it is about.
type T struct {
	*testing.T
	Open    func(t *testing.T) streams.Log // opens the subject again once it is closed
	Subject streams.Log
}

// New opens a log for a test. It is closed when the test ends.
func New(t *testing.T, open func(t *testing.T) streams.Log) *T {
	r := &T{T: t, Open: open, Subject: open(t)}
	t.Cleanup(r.close)
	return r
}

// close closes the log, which must not take for ever even after a test that failed.
func (t *T) close() {
	t.Helper()
	closed := make(chan error, 1)
	log := t.Subject
	go func() { closed <- log.Close() }()
	if err := Wait(t, closed, "Close to return"); err != nil {
		t.Errorf("Close: %v", err)
	}
}

// Reopen closes the log and opens it again.
func (t *T) Reopen() {
	t.Helper()
	t.close()
	t.Subject = t.Open(t.T)
}

// Publish publishes each record by a call of its own.
func (t *T) Publish(topic string, records ...streams.Record) {
	t.Helper()
	for _, r := range records {
		if err := t.Subject.Publish(t.Context(), topic, r); err != nil {
			t.Fatalf("Publish %s: %v", r.ID, err)
		}
	}
}

// Same compares records and ignores what the log sets.
func Same() cmp.Options {
	return cmp.Options{cmpopts.IgnoreFields(streams.Record{}, "At", "Attempt"), cmpopts.EquateEmpty()}
}

// Series returns n records of a key with the IDs key-0, key-1 …
func Series(key string, n int) []streams.Record {
	records := make([]streams.Record, n)
	for i := range records {
		id := fmt.Sprintf("%s-%d", key, i)
		records[i] = streams.Record{ID: id, Key: key, Body: []byte("body of " + id)}
	}
	return records
}

// IDs returns the IDs of records.
func IDs(records []streams.Record) []string {
	all := make([]string, len(records))
	for i, r := range records {
		all[i] = r.ID
	}
	return all
}

// Subscribe runs a subscription until the returned function is called, or the test ends.
func (t *T) Subscribe(topic, name string, handle streams.Handler) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	log := t.Subject
	go func() { ended <- log.Subscribe(ctx, topic, name, handle) }()
	stopped := false
	stop = func() {
		t.Helper()
		if stopped {
			return
		}
		stopped = true
		cancel()
		if err := Wait(t, ended, "Subscribe to return"); !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
			t.Errorf("Subscribe %s to %s returned %v", name, topic, err)
		}
	}
	t.Cleanup(stop)
	return stop
}

// Follow subscribes and hands what is delivered to a channel, acknowledging it.
func (t *T) Follow(topic, name string) (arrived <-chan streams.Record, stop func()) {
	c := make(chan streams.Record)
	stop = t.Subscribe(topic, name, func(ctx context.Context, r streams.Record) error {
		select {
		case c <- r:
			return nil
		case <-ctx.Done():
			return ctx.Err()
		}
	})
	return c, stop
}

// Wait returns the next value of c.
func Wait[V any](t *T, c <-chan V, what string) V {
	t.Helper()
	select {
	case v := <-c:
		return v
	case <-time.After(patience):
		t.Fatalf("waited %v for %s", patience, what)
		panic("unreachable")
	}
}

// Collect returns the next n records.
func Collect(t *T, c <-chan streams.Record, n int) []streams.Record {
	t.Helper()
	records := make([]streams.Record, n)
	for i := range records {
		records[i] = Wait(t, c, fmt.Sprintf("record %d of %d", i+1, n))
	}
	return records
}

// Read returns what a topic keeps.
func (t *T) Read(topic string) []streams.Record {
	t.Helper()
	var records []streams.Record
	err := t.Subject.Read(t.Context(), topic, func(r streams.Record) error {
		records = append(records, r)
		return nil
	})
	if err != nil {
		t.Fatalf("Read %s: %v", topic, err)
	}
	return records
}

// Eventually waits until a topic keeps n records.
func (t *T) Eventually(topic string, n int) []streams.Record {
	t.Helper()
	for deadline := time.Now().Add(patience); ; {
		records := t.Read(topic)
		if len(records) >= n {
			return records
		}
		if time.Now().After(deadline) {
			t.Fatalf("%s holds %v after %v, want %d records", topic, IDs(records), patience, n)
		}
		pause := time.NewTimer(5 * time.Millisecond)
		<-pause.C
	}
}
