package streamtest

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/streamtest/trial"
)

func delivery() []trial.Clause {
	return []trial.Clause{
		{Name: "a record arrives as it was published", Test: arrivesWhole},
		{Name: "records of a key arrive in order", Test: inOrder},
		{Name: "records of many keys arrive in order of each", Test: manyKeysInOrder},
		{Name: "records of one key are handled one after the other", Test: oneAtATime},
		{Name: "records of different keys are handled at the same time", Test: atTheSameTime},
		{Name: "a slow key does not hold up another", Test: slowKeyHoldsNobodyUp},
		{Name: "every subscription gets every record", Test: everySubscription},
		{Name: "a new subscription starts with the oldest record", Test: startsWithOldest},
		{Name: "records of one call arrive in order", Test: batchInOrder},
		{Name: "concurrent publishers lose nothing", Test: concurrentPublishers},
		{Name: "topics are apart", Test: topicsApart},
		{Name: "records are copied, not shared", Test: copiedNotShared},
		{Name: "a handler may publish", Test: handlerPublishes},
	}
}

func arrivesWhole(t *trial.T) {
	want := []streams.Record{
		{ID: "1", Key: "k", Headers: map[string]string{"trace": "t1", "空": ""}, Body: []byte("客流\x00\xff")},
		{ID: "2", Key: "k"},
		{ID: "3", Key: "k", Body: slices.Repeat([]byte("0123456789abcdef"), 1<<10)},
	}
	t.Publish("t", want...)
	arrived, _ := t.Follow("t", "s")
	got := trial.Collect(t, arrived, len(want))
	if diff := cmp.Diff(want, got, trial.Same()); diff != "" {
		t.Errorf("records differ (-published +arrived):\n%s", diff)
	}
	for _, r := range got {
		if r.Attempt != 1 {
			t.Errorf("%s: Attempt %d on first delivery", r.ID, r.Attempt)
		}
		if age := time.Since(r.At); r.At.Location() != time.UTC || age < -time.Hour || age > time.Hour {
			t.Errorf("%s: At is %v, want about now, in UTC", r.ID, r.At)
		}
	}
	if got[1].Headers != nil {
		t.Errorf("headers of a record without any are %v, want nil", got[1].Headers)
	}
}

func inOrder(t *trial.T) {
	want := trial.Series("k", 300)
	t.Publish("t", want[:150]...)
	arrived, _ := t.Follow("t", "s")
	early := trial.Collect(t, arrived, 100)
	done := make(chan error, 1)
	go func() { done <- t.Subject.Publish(t.Context(), "t", want[150:]...) }()
	got := append(early, trial.Collect(t, arrived, 200)...)
	if err := trial.Wait(t, done, "Publish"); err != nil {
		t.Fatalf("Publish: %v", err)
	}
	if diff := cmp.Diff(trial.IDs(want), trial.IDs(got)); diff != "" {
		t.Errorf("order differs (-published +arrived):\n%s", diff)
	}
}

func manyKeysInOrder(t *trial.T) {
	const keys, rounds = 1000, 5
	next := map[string]int{}
	arrived, _ := t.Follow("t", "s")
	published := make(chan error, 1)
	go func() {
		var err error
		for round := range rounds {
			var batch []streams.Record
			for k := range keys {
				batch = append(batch, streams.Record{ID: fmt.Sprint(round), Key: fmt.Sprint(k)})
			}
			for part := range slices.Chunk(batch, 100) {
				if err == nil {
					err = t.Subject.Publish(t.Context(), "t", part...)
				}
			}
		}
		published <- err
	}()
	for range keys * rounds {
		r := trial.Wait(t, arrived, "a record")
		if want := fmt.Sprint(next[r.Key]); r.ID != want {
			t.Fatalf("key %s: record %s, want %s", r.Key, r.ID, want)
		}
		next[r.Key]++
	}
	if err := trial.Wait(t, published, "Publish"); err != nil {
		t.Fatalf("Publish: %v", err)
	}
}

func oneAtATime(t *trial.T) {
	var mu sync.Mutex
	busy := map[string]bool{}
	done := make(chan string)
	t.Subscribe("t", "s", func(ctx context.Context, r streams.Record) error {
		mu.Lock()
		if busy[r.Key] {
			t.Errorf("two records of key %s are handled at the same time", r.Key)
		}
		busy[r.Key] = true
		mu.Unlock()
		select {
		case done <- r.ID: // the test takes it late, which gives others of the key the chance to come too early
		case <-ctx.Done():
		}
		mu.Lock()
		busy[r.Key] = false
		mu.Unlock()
		return nil
	})
	var all []streams.Record
	for k := range 5 {
		all = append(all, trial.Series(fmt.Sprint(k), 20)...)
	}
	t.Publish("t", all...)
	for range all {
		trial.Wait(t, done, "a record")
	}
}

func atTheSameTime(t *trial.T) {
	const keys = 8
	var together sync.WaitGroup
	together.Add(keys)
	handled := make(chan string, keys)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		together.Done()
		together.Wait() // for the handlers of all keys
		handled <- r.Key
		return nil
	})
	for k := range keys {
		t.Publish("t", streams.Record{ID: fmt.Sprint(k), Key: fmt.Sprint(k)})
	}
	for range keys {
		trial.Wait(t, handled, "handlers of all keys at the same time")
	}
}

func slowKeyHoldsNobodyUp(t *trial.T) {
	release := make(chan struct{})
	handled := make(chan string, 1000)
	t.Subscribe("t", "s", func(ctx context.Context, r streams.Record) error {
		if r.Key == "slow" {
			select {
			case <-release:
			case <-ctx.Done():
				return ctx.Err()
			}
		}
		handled <- r.Key
		return nil
	})
	if err := t.Subject.Publish(t.Context(), "t", trial.Series("slow", 500)...); err != nil {
		t.Fatalf("Publish: %v", err)
	}
	t.Publish("t", trial.Series("quick", 20)...)
	for range 20 {
		if key := trial.Wait(t, handled, "a record of the quick key"); key != "quick" {
			t.Fatalf("a record of key %s was handled before it was let go", key)
		}
	}
	close(release)
	for range 500 {
		trial.Wait(t, handled, "a record of the slow key")
	}
}

func everySubscription(t *trial.T) {
	want := trial.Series("k", 20)
	var all []<-chan streams.Record
	for _, name := range []string{"a", "b", "c"} {
		arrived, _ := t.Follow("t", name)
		all = append(all, arrived)
	}
	t.Publish("t", want...)
	for i, arrived := range all {
		if diff := cmp.Diff(trial.IDs(want), trial.IDs(trial.Collect(t, arrived, len(want)))); diff != "" {
			t.Errorf("subscription %d (-published +arrived):\n%s", i, diff)
		}
	}
}

func startsWithOldest(t *trial.T) {
	want := trial.Series("k", 20)
	t.Publish("t", want[:10]...)
	first, _ := t.Follow("t", "first")
	trial.Collect(t, first, 10)
	t.Publish("t", want[10:]...)
	late, _ := t.Follow("t", "late")
	if diff := cmp.Diff(trial.IDs(want), trial.IDs(trial.Collect(t, late, 20))); diff != "" {
		t.Errorf("late subscription (-published +arrived):\n%s", diff)
	}
}

func batchInOrder(t *trial.T) {
	var want []string
	for i := range 20 {
		batch := trial.Series(fmt.Sprint("k", i%3), 10)
		for j := range batch {
			batch[j].ID = fmt.Sprintf("%d.%d", i, j)
		}
		want = append(want, trial.IDs(batch)...)
		if err := t.Subject.Publish(t.Context(), "t", batch...); err != nil {
			t.Fatalf("Publish: %v", err)
		}
	}
	if err := t.Subject.Publish(t.Context(), "t"); err != nil {
		t.Errorf("Publish of nothing: %v", err)
	}
	if diff := cmp.Diff(want, trial.IDs(t.Read("t"))); diff != "" {
		t.Errorf("order differs (-published +read):\n%s", diff)
	}
}

func concurrentPublishers(t *trial.T) {
	const publishers, each = 64, 20
	failed := make(chan error, publishers)
	for p := range publishers {
		go func() {
			var err error
			for _, r := range trial.Series(fmt.Sprint(p), each) {
				if err == nil {
					err = t.Subject.Publish(t.Context(), "t", r)
				}
			}
			failed <- err
		}()
	}
	arrived, _ := t.Follow("t", "s")
	got := map[string][]string{}
	for _, r := range trial.Collect(t, arrived, publishers*each) {
		got[r.Key] = append(got[r.Key], r.ID)
	}
	for range publishers {
		if err := trial.Wait(t, failed, "a publisher"); err != nil {
			t.Fatalf("Publish: %v", err)
		}
	}
	for p := range publishers {
		if diff := cmp.Diff(trial.IDs(trial.Series(fmt.Sprint(p), each)), got[fmt.Sprint(p)]); diff != "" {
			t.Errorf("publisher %d (-published +arrived):\n%s", p, diff)
		}
	}
}

func topicsApart(t *trial.T) {
	const topics = 20
	var all []<-chan streams.Record
	for i := range topics {
		name := fmt.Sprint("topic.", i)
		arrived, _ := t.Follow(name, "s")
		all = append(all, arrived)
		t.Publish(name, streams.Record{ID: name + "/1", Key: "k"}, streams.Record{ID: name + "/2", Key: "k"})
	}
	for i, arrived := range all {
		name := fmt.Sprint("topic.", i)
		if diff := cmp.Diff([]string{name + "/1", name + "/2"}, trial.IDs(trial.Collect(t, arrived, 2))); diff != "" {
			t.Errorf("%s (-published +arrived):\n%s", name, diff)
		}
	}
}

func copiedNotShared(t *trial.T) {
	want := streams.Record{ID: "1", Key: "k", Headers: map[string]string{"h": "v"}, Body: []byte("body")}
	mine := streams.Record{ID: "1", Key: "k", Headers: map[string]string{"h": "v"}, Body: []byte("body")}
	spoil := func(r streams.Record) {
		r.Headers["h"] = "spoilt"
		copy(r.Body, "....")
	}
	t.Publish("t", mine)
	spoil(mine)
	arrived := make(chan streams.Record, 4)
	for _, name := range []string{"a", "b"} {
		t.Subscribe("t", name, func(_ context.Context, r streams.Record) error {
			arrived <- streams.Record{ID: r.ID, Key: r.Key, Headers: map[string]string{"h": r.Headers["h"]}, Body: slices.Clone(r.Body)}
			spoil(r)
			if r.Attempt == 1 {
				return fmt.Errorf("once more")
			}
			return nil
		})
	}
	for _, got := range trial.Collect(t, arrived, 4) {
		if diff := cmp.Diff(want, got, trial.Same()); diff != "" {
			t.Errorf("somebody else's change is seen (-want +got):\n%s", diff)
		}
	}
}

func handlerPublishes(t *trial.T) {
	t.Subscribe("questions", "s", func(ctx context.Context, r streams.Record) error {
		return t.Subject.Publish(ctx, "answers", streams.Record{ID: "re " + r.ID, Key: r.Key})
	})
	arrived, _ := t.Follow("answers", "s")
	t.Publish("questions", trial.Series("k", 50)...)
	for i, r := range trial.Collect(t, arrived, 50) {
		if want := fmt.Sprintf("re k-%d", i); r.ID != want {
			t.Fatalf("answer %d is %s, want %s", i, r.ID, want)
		}
	}
}
