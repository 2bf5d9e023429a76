package streamtest

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/streamtest/trial"
)

func reading() []trial.Clause {
	return []trial.Clause{
		{Name: "Read hands out what is kept, oldest first", Test: readsInOrder},
		{Name: "Read moves no subscription", Test: readMovesNothing},
		{Name: "Read ends with what was published before", Test: readEnds},
		{Name: "Read and Latest stop when told", Test: readStops},
		{Name: "Read and Latest of nothing find nothing", Test: nothingToRead},
		{Name: "Latest hands out the latest record of each key", Test: latestOfEachKey},
		{Name: "Latest forgets a key whose record is empty", Test: latestForgets},
		{Name: "Latest ends with what was published before", Test: latestEnds},
		{Name: "a record may have the most bytes and no more", Test: mostBytes},
		{Name: "a record that is too large keeps its whole call out", Test: allOrNothing},
		{Name: "a cancelled call publishes nothing", Test: cancelledPublishesNothing},
	}
}

func readsInOrder(t *trial.T) {
	var want []streams.Record
	for i := range 100 {
		want = append(want, streams.Record{ID: fmt.Sprint(i), Key: fmt.Sprint(i % 9), Body: []byte{byte(i)}})
	}
	t.Publish("t", want...)
	if diff := cmp.Diff(want, t.Read("t"), trial.Same()); diff != "" {
		t.Errorf("records differ (-published +read):\n%s", diff)
	}
}

func readMovesNothing(t *trial.T) {
	want := trial.Series("k", 10)
	t.Publish("t", want...)
	t.Read("t")
	arrived, _ := t.Follow("t", "s")
	trial.Collect(t, arrived, 5)
	t.Read("t")
	if diff := cmp.Diff(trial.IDs(want[5:]), trial.IDs(trial.Collect(t, arrived, 5))); diff != "" {
		t.Errorf("after reading (-want +got):\n%s", diff)
	}
}

func readEnds(t *trial.T) {
	t.Publish("t", trial.Series("k", 10)...)
	n := 0
	err := t.Subject.Read(t.Context(), "t", func(r streams.Record) error {
		n++
		return t.Subject.Publish(t.Context(), "t", streams.Record{ID: "re " + r.ID, Key: r.Key})
	})
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	if n != 10 {
		t.Errorf("Read handed out %d records, want the 10 published before", n)
	}
	if got := len(t.Read("t")); got != 20 {
		t.Errorf("the topic holds %d records, want 20", got)
	}
}

var errBroken = errors.New("the shelf is broken")

func readStops(t *trial.T) {
	t.Publish("t", trial.Series("k", 10)...)
	t.Publish("t"+streams.StateSuffix, trial.Series("k", 1)...)
	for _, c := range []struct{ stop, want error }{{streams.ErrStop, nil}, {errBroken, errBroken}} {
		n := 0
		err := t.Subject.Read(t.Context(), "t", func(streams.Record) error {
			if n++; n == 3 {
				return c.stop
			}
			return nil
		})
		if !errors.Is(err, c.want) || n != 3 {
			t.Errorf("Read after %v: %d records and error %v, want 3 and %v", c.stop, n, err, c.want)
		}
	}
	err := t.Subject.Latest(t.Context(), "t"+streams.StateSuffix, func(streams.Record) error { return errBroken })
	if !errors.Is(err, errBroken) {
		t.Errorf("Latest returned %v, want %v", err, errBroken)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	err = t.Subject.Read(ctx, "t", func(streams.Record) error { return nil })
	if !errors.Is(err, context.Canceled) {
		t.Errorf("Read in a cancelled context returned %v, want %v", err, context.Canceled)
	}
}

func nothingToRead(t *trial.T) {
	if got := t.Read("never"); len(got) > 0 {
		t.Errorf("a topic nobody published to holds %v", trial.IDs(got))
	}
	if got := latest(t, "never"+streams.StateSuffix); len(got) > 0 {
		t.Errorf("a state topic nobody published to holds %v", got)
	}
}

// latest returns the body of each key.
func latest(t *trial.T, topic string) map[string]string {
	t.Helper()
	state := map[string]string{}
	err := t.Subject.Latest(t.Context(), topic, func(r streams.Record) error {
		if _, twice := state[r.Key]; twice {
			t.Errorf("Latest hands out key %s twice", r.Key)
		}
		state[r.Key] = string(r.Body)
		return nil
	})
	if err != nil {
		t.Fatalf("Latest %s: %v", topic, err)
	}
	return state
}

func latestOfEachKey(t *trial.T) {
	const topic = "t" + streams.StateSuffix
	want := map[string]string{}
	for i := range 200 {
		key, body := fmt.Sprint(i%17), fmt.Sprint("v", i)
		t.Publish(topic, streams.Record{ID: fmt.Sprint(i), Key: key, Body: []byte(body)})
		want[key] = body
	}
	if diff := cmp.Diff(want, latest(t, topic)); diff != "" {
		t.Errorf("state differs (-want +got):\n%s", diff)
	}
	t.Reopen()
	if diff := cmp.Diff(want, latest(t, topic)); diff != "" {
		t.Errorf("state after a restart differs (-want +got):\n%s", diff)
	}
}

func latestForgets(t *trial.T) {
	const topic = "t" + streams.StateSuffix
	t.Publish(topic,
		streams.Record{ID: "1", Key: "a", Body: []byte("a1")},
		streams.Record{ID: "2", Key: "b", Body: []byte("b1")},
		streams.Record{ID: "3", Key: "a"},
		streams.Record{ID: "4", Key: "c"},
		streams.Record{ID: "5", Key: "c", Body: []byte("c2")})
	if diff := cmp.Diff(map[string]string{"b": "b1", "c": "c2"}, latest(t, topic)); diff != "" {
		t.Errorf("state differs (-want +got):\n%s", diff)
	}
}

func latestEnds(t *trial.T) {
	const topic = "t" + streams.StateSuffix
	t.Publish(topic, trial.Series("a", 3)...)
	t.Publish(topic, trial.Series("b", 3)...)
	var seen []string
	err := t.Subject.Latest(t.Context(), topic, func(r streams.Record) error {
		seen = append(seen, r.ID)
		return t.Subject.Publish(t.Context(), topic, streams.Record{ID: "new " + r.ID, Key: "new " + r.Key, Body: r.Body})
	})
	if err != nil {
		t.Fatalf("Latest: %v", err)
	}
	slices.Sort(seen)
	if diff := cmp.Diff([]string{"a-2", "b-2"}, seen); diff != "" {
		t.Errorf("Latest differs (-want +got):\n%s", diff)
	}
	want := []string{"a", "b", "new a", "new b"}
	if diff := cmp.Diff(want, slices.Sorted(maps.Keys(latest(t, topic)))); diff != "" {
		t.Errorf("keys afterwards (-want +got):\n%s", diff)
	}
}

func mostBytes(t *trial.T) {
	most := streams.Record{ID: "most", Key: "k", Headers: map[string]string{"h": "v"}}
	most.Body = []byte(strings.Repeat("x", streams.MaxRecord-len(most.Key)-len("hv")))
	t.Publish("t", most)
	more := most
	more.ID, more.Key = "more", "kk"
	if err := t.Subject.Publish(t.Context(), "t", more); !errors.Is(err, streams.ErrTooLarge) {
		t.Errorf("Publish of a record over MaxRecord returned %v, want %v", err, streams.ErrTooLarge)
	}
	arrived, _ := t.Follow("t", "s")
	t.Publish("t", streams.Record{ID: "end", Key: "k"})
	got := trial.Collect(t, arrived, 2)
	if diff := cmp.Diff([]string{"most", "end"}, trial.IDs(got)); diff != "" {
		t.Errorf("records differ (-want +got):\n%s", diff)
	}
	if len(got[0].Body) != len(most.Body) {
		t.Errorf("the body has %d bytes, want %d", len(got[0].Body), len(most.Body))
	}
}

func allOrNothing(t *trial.T) {
	batch := trial.Series("k", 3)
	batch[2].Body = make([]byte, streams.MaxRecord)
	if err := t.Subject.Publish(t.Context(), "t", batch...); !errors.Is(err, streams.ErrTooLarge) {
		t.Errorf("Publish returned %v, want %v", err, streams.ErrTooLarge)
	}
	if got := t.Read("t"); len(got) > 0 {
		t.Errorf("a call that failed published %v", trial.IDs(got))
	}
}

func cancelledPublishesNothing(t *trial.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := t.Subject.Publish(ctx, "t", trial.Series("k", 1)...); !errors.Is(err, context.Canceled) {
		t.Errorf("Publish in a cancelled context returned %v, want %v", err, context.Canceled)
	}
	if got := t.Read("t"); len(got) > 0 {
		t.Errorf("a cancelled call published %v", trial.IDs(got))
	}
}
