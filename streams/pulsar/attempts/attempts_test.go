package attempts_test

import (
	"context"
	"errors"
	"maps"
	"testing"
	"testing/synctest"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"
	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/pulsar/attempts"
	"keliu/streams/pulsar/message"
)

// A notebook is a state topic that several books are kept on, in the order of their notes.
type notebook struct {
	latest  map[string]streams.Record
	readers []chan streams.Record
	broken  error
}

func (n *notebook) Latest(_ context.Context, _ string, visit func(streams.Record) error) error {
	for r := range maps.Values(n.latest) {
		if err := visit(r); err != nil {
			return err
		}
	}
	return n.broken
}

func (n *notebook) Publish(_ context.Context, _ string, records ...streams.Record) error {
	if n.broken != nil {
		return n.broken
	}
	for _, r := range records {
		if n.latest[r.Key] = r; len(r.Body) == 0 {
			delete(n.latest, r.Key)
		}
		for _, reader := range n.readers {
			reader <- r
		}
	}
	return nil
}

// A reader hands out what was noted since it was opened.
type reader chan streams.Record

func (r reader) Next(ctx context.Context) (pulsar.Message, error) {
	select {
	case record := <-r:
		return delivered{published: message.Encode(&record, 1)}, nil
	case <-ctx.Done():
		return nil, ctx.Err()
	}
}

func (r reader) Close() { close(r) }

type delivered struct {
	pulsar.Message
	published *pulsar.ProducerMessage
}

func (d delivered) ID() pulsar.MessageID          { return pulsar.NewMessageID(1, 1, 0, 0) }
func (d delivered) Key() string                   { return d.published.Key }
func (d delivered) Payload() []byte               { return d.published.Payload }
func (d delivered) Properties() map[string]string { return d.published.Properties }
func (d delivered) PublishTime() time.Time        { return time.UnixMilli(1) }

func (n *notebook) follow(t *testing.T) *attempts.Book {
	t.Helper()
	r := make(reader, 100)
	n.readers = append(n.readers, r)
	b, err := attempts.Follow(t.Context(), n, attempts.Topic("t", "s"), r, func(err error) { t.Error(err) })
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestProcessesKnowWhatTheOthersTried(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &notebook{latest: map[string]streams.Record{}}
		first, second := n.follow(t), n.follow(t)
		failure := attempts.Failure{Attempts: 2, Reason: "broken"}
		if err := first.Note(t.Context(), "1:2:0", failure); err != nil {
			t.Fatal(err)
		}
		late := n.follow(t)
		synctest.Wait()
		for name, b := range map[string]*attempts.Book{"the one": first, "the other": second, "a later one": late} {
			if diff := cmp.Diff(failure, b.Of("1:2:0")); diff != "" {
				t.Errorf("%s (-noted +known):\n%s", name, diff)
			}
		}
		if err := second.Forget(t.Context(), "1:2:0"); err != nil {
			t.Fatal(err)
		}
		synctest.Wait()
		for _, b := range []*attempts.Book{first, second, late} {
			if f := b.Of("1:2:0"); f != (attempts.Failure{}) {
				t.Errorf("a settled message has %+v", f)
			}
			b.Close()
		}
		if len(n.latest) > 0 {
			t.Errorf("left behind: %v", n.latest)
		}
	})
}

// What this process has tried counts also while nothing can be kept, and an older note does not take it back.
func TestOwnAttemptsCount(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		n := &notebook{latest: map[string]streams.Record{}}
		b := n.follow(t)
		defer b.Close()
		if err := b.Note(t.Context(), "m", attempts.Failure{Attempts: 1}); err != nil {
			t.Fatal(err)
		}
		n.broken = errors.New("away")
		if err := b.Note(t.Context(), "m", attempts.Failure{Attempts: 2}); !errors.Is(err, n.broken) {
			t.Errorf("Note: %v, want %v", err, n.broken)
		}
		synctest.Wait()
		if got := b.Of("m").Attempts; got != 2 {
			t.Errorf("%d attempts, want 2", got)
		}
		if err := b.Forget(t.Context(), "never failed"); err != nil {
			t.Errorf("a message that never failed left something to forget: %v", err)
		}
	})
}
