package engine_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"keliu/streams"
	"keliu/streams/pulsar"
)

// While the broker is away, publishing says so in time, and what begins meanwhile waits. Afterwards all goes on by itself. Closing
// does not wait for it.
func TestOutage(t *testing.T) {
	b := start(t)
	address := b.pulsar.Setting()[len("KELIU_STREAMS="):]
	options := pulsar.Options{Patience: 2 * time.Second}
	log, err := pulsar.Open(t.Context(), address, options)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	handled := make(chan string, 10)
	subscribe := func(topic string) {
		go func() {
			_ = log.Subscribe(t.Context(), topic, "s", func(_ context.Context, r streams.Record) error { handled <- r.ID; return nil })
		}()
	}
	subscribe("t")
	until(t, "publishing", func() bool {
		err := log.Publish(t.Context(), "t", streams.Record{ID: "before", Key: "k"})
		return err == nil
	})
	if id := <-handled; id != "before" {
		t.Errorf("handled %s, want before", id)
	}
	if err := b.Kill(); err != nil {
		t.Fatal(err)
	}
	two := []streams.Record{{ID: "1", Key: "k"}, {ID: "2", Key: "l"}}
	for topic, records := range map[string][]streams.Record{"t": two[:1], "u": two} {
		if err := log.Publish(t.Context(), topic, records...); !errors.Is(err, streams.ErrUnavailable) {
			t.Errorf("Publish to %s while the broker is away: %v, want %v", topic, err, streams.ErrUnavailable)
		}
	}
	if err := log.Read(t.Context(), "t", func(streams.Record) error { return nil }); !errors.Is(err, streams.ErrUnavailable) {
		t.Errorf("Read while the broker is away: %v, want %v", err, streams.ErrUnavailable)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := pulsar.Open(ctx, address, options); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("Open while the broker is away: %v, want that it waits", err)
	}
	subscribe("later")
	opened := make(chan *pulsar.Log, 1)
	go func() {
		second, err := pulsar.Open(t.Context(), address, options)
		if err != nil {
			t.Error(err)
		}
		opened <- second
	}()
	b.run(t)
	second := <-opened
	defer second.Close()
	for _, topic := range []string{"t", "later"} {
		until(t, "publishing to "+topic, func() bool {
			err := second.Publish(t.Context(), topic, streams.Record{ID: "after on " + topic, Key: "m"})
			return err == nil
		})
	}
	until(t, "the first log to publish", func() bool {
		err := log.Publish(t.Context(), "t", streams.Record{ID: "last", Key: "n"})
		return err == nil
	})
	wanted := map[string]bool{"after on t": true, "after on later": true, "last": true}
	for len(wanted) > 0 {
		select {
		case id := <-handled:
			delete(wanted, id)
		case <-time.After(time.Minute):
			t.Fatalf("%v are not handled", wanted)
		}
	}
	if err := b.Kill(); err != nil {
		t.Fatal(err)
	}
	closed := make(chan error, 1)
	go func() { closed <- log.Close() }()
	select {
	case err := <-closed:
		if err != nil {
			t.Errorf("Close: %v", err)
		}
	case <-time.After(time.Minute):
		t.Error("Close waits for a broker that is away")
	}
}
