// Package failing is what a log promises of records that cannot be handled.
package failing

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/streamtest/trial"
)

// Clauses are the sentences.
func Clauses() []trial.Clause {
	return []trial.Clause{
		{Name: "a record that failed comes back", Test: comesBack},
		{Name: "a panic is a failure", Test: panicIsFailure},
		{Name: "records behind one that fails wait for it", Test: orderAcrossRetries},
		{Name: "a failing key never blocks the others", Test: failingKeyBlocksNobody},
		{Name: "a record that always fails moves to the dead letters", Test: movesToDeadLetters},
		{Name: "a key goes on after its dead letter", Test: goesOnAfterDeath},
		{Name: "a subscription that gives up does not concern another", Test: givesUpAlone},
		{Name: "unavailability is not counted", Test: unavailableIsNotCounted},
		{Name: "attempts are counted across restarts", Test: attemptsSurviveRestart},
		{Name: "dead letters are replayed once", Test: replayedOnce},
		{Name: "replay chooses", Test: replayChooses},
	}
}

var errBroken = errors.New("the shelf is broken")

func comesBack(t *trial.T) {
	fails(t, streams.MaxAttempts-1, func() error { return errBroken })
}

func panicIsFailure(t *trial.T) {
	fails(t, 1, func() error { panic("the shelf fell") })
}

// fails has a handler fail n times and wants the record to come back each time, and not to die.
func fails(t *trial.T, n int, fail func() error) {
	attempts := make(chan int, 10)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		attempts <- r.Attempt
		if r.Attempt <= n {
			return fail()
		}
		return nil
	})
	t.Publish("t", trial.Series("k", 1)...)
	for want := 1; want <= n+1; want++ {
		if got := trial.Wait(t, attempts, "an attempt"); got != want {
			t.Fatalf("Attempt is %d, want %d", got, want)
		}
	}
	if dead := t.Read("t" + streams.DeadSuffix); len(dead) > 0 {
		t.Errorf("a record that was handled at last is dead: %v", trial.IDs(dead))
	}
}

func orderAcrossRetries(t *trial.T) {
	const keys, each, fails = 5, 6, 2
	handled := make(chan streams.Record, keys*each)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		var n int
		if _, err := fmt.Sscanf(r.ID, r.Key+"-%d", &n); err != nil {
			return err
		}
		if n%2 == 0 && r.Attempt <= fails {
			return errBroken
		}
		handled <- r
		return nil
	})
	for k := range keys {
		if err := t.Subject.Publish(t.Context(), "t", trial.Series(fmt.Sprint("k", k), each)...); err != nil {
			t.Fatalf("Publish: %v", err)
		}
	}
	got := map[string][]string{}
	for _, r := range trial.Collect(t, handled, keys*each) {
		got[r.Key] = append(got[r.Key], r.ID)
	}
	for k := range keys {
		key := fmt.Sprint("k", k)
		if diff := cmp.Diff(trial.IDs(trial.Series(key, each)), got[key]); diff != "" {
			t.Errorf("key %s (-published +handled):\n%s", key, diff)
		}
	}
}

func failingKeyBlocksNobody(t *trial.T) {
	const behind, others = 5000, 200
	var healed atomic.Bool
	handled := make(chan streams.Record, behind+others)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		if r.Key == "bad" && !healed.Load() {
			return fmt.Errorf("the store is down: %w", streams.ErrUnavailable)
		}
		handled <- r
		return nil
	})
	bad := trial.Series("bad", behind)
	for len(bad) > 0 {
		if err := t.Subject.Publish(t.Context(), "t", bad[:500]...); err != nil {
			t.Fatalf("Publish: %v", err)
		}
		bad = bad[500:]
		t.Publish("t", streams.Record{ID: fmt.Sprint("between-", len(bad)), Key: fmt.Sprint("good-", len(bad))})
	}
	for i := range others - behind/500 {
		t.Publish("t", streams.Record{ID: fmt.Sprint(i), Key: fmt.Sprint("good-", i%7)})
	}
	for _, r := range trial.Collect(t, handled, others) {
		if r.Key == "bad" {
			t.Fatalf("%s was handled while its key fails", r.ID)
		}
	}
	healed.Store(true)
	seen := map[string]bool{}
	for _, r := range trial.Collect(t, handled, behind) {
		seen[r.ID] = true
	}
	if len(seen) != behind {
		t.Errorf("%d records of the key that failed were handled in the end, want %d", len(seen), behind)
	}
}

func movesToDeadLetters(t *trial.T) {
	attempts := make(chan int, 100)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		attempts <- r.Attempt
		return errBroken
	})
	want := streams.Record{ID: "1", Key: "k", Headers: map[string]string{"trace": "t1"}, Body: []byte("body")}
	before := time.Now().Add(-time.Hour)
	t.Publish("t", want)
	dead := t.Eventually("t"+streams.DeadSuffix, 1)
	if len(dead) != 1 {
		t.Fatalf("dead letters: %v, want one", trial.IDs(dead))
	}
	for i := range streams.MaxAttempts {
		if got := trial.Wait(t, attempts, "an attempt"); got != i+1 {
			t.Errorf("Attempt is %d, want %d", got, i+1)
		}
	}
	if len(attempts) > 0 {
		t.Errorf("%d more attempts than %d", len(attempts), streams.MaxAttempts)
	}
	h := dead[0].Headers
	if !strings.Contains(h[streams.HeaderReason], errBroken.Error()) {
		t.Errorf("%s is %q, want the error %q", streams.HeaderReason, h[streams.HeaderReason], errBroken)
	}
	died, err := time.Parse(time.RFC3339, h[streams.HeaderDied])
	if err != nil || died.Before(before) || !strings.HasSuffix(h[streams.HeaderDied], "Z") {
		t.Errorf("%s is %q, want a time about now in RFC 3339, UTC", streams.HeaderDied, h[streams.HeaderDied])
	}
	delete(h, streams.HeaderReason)
	delete(h, streams.HeaderDied)
	want.Headers[streams.HeaderSubscription] = "s"
	want.Headers[streams.HeaderTopic] = "t"
	want.Headers[streams.HeaderAttempts] = strconv.Itoa(streams.MaxAttempts)
	if diff := cmp.Diff(want, dead[0], trial.Same()); diff != "" {
		t.Errorf("dead letter differs (-want +got):\n%s", diff)
	}
}

func goesOnAfterDeath(t *trial.T) {
	handled := make(chan string, 10)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		if r.ID == "k-0" {
			return errBroken
		}
		handled <- r.ID
		return nil
	})
	t.Publish("t", trial.Series("k", 2)...)
	if got := trial.Wait(t, handled, "the record behind the dead one"); got != "k-1" {
		t.Errorf("handled %s, want k-1", got)
	}
}

func givesUpAlone(t *trial.T) {
	t.Subscribe("t", "bad", func(context.Context, streams.Record) error { return errBroken })
	arrived, _ := t.Follow("t", "good")
	t.Publish("t", trial.Series("k", 3)...)
	trial.Collect(t, arrived, 3)
	for _, r := range t.Eventually("t"+streams.DeadSuffix, 3) {
		if got := r.Headers[streams.HeaderSubscription]; got != "bad" {
			t.Errorf("%s died of subscription %q, want bad", r.ID, got)
		}
	}
}

func unavailableIsNotCounted(t *trial.T) {
	const outage = streams.MaxAttempts + 3
	var calls atomic.Int64
	attempts := make(chan int, 100)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		attempts <- r.Attempt
		if calls.Add(1) <= outage {
			return fmt.Errorf("the store is down: %w", streams.ErrUnavailable)
		}
		return nil
	})
	t.Publish("t", trial.Series("k", 1)...)
	for range outage + 1 {
		if got := trial.Wait(t, attempts, "an attempt"); got != 1 {
			t.Errorf("Attempt is %d, want 1: none of those before counts", got)
		}
	}
	if dead := t.Read("t" + streams.DeadSuffix); len(dead) > 0 {
		t.Errorf("an outage made dead letters: %v", trial.IDs(dead))
	}
}

func attemptsSurviveRestart(t *trial.T) {
	const before = 3
	reached := make(chan int, 100)
	stop := t.Subscribe("t", "s", func(ctx context.Context, r streams.Record) error {
		reached <- r.Attempt
		if r.Attempt > before {
			<-ctx.Done() // the attempts before are noted by now
		}
		return errBroken
	})
	t.Publish("t", trial.Series("k", 1)...)
	for range before + 1 {
		trial.Wait(t, reached, "an attempt")
	}
	stop()
	t.Reopen()
	again := make(chan int, 100)
	t.Subscribe("t", "s", func(_ context.Context, r streams.Record) error {
		again <- r.Attempt
		return errBroken
	})
	if got := trial.Wait(t, again, "an attempt after the restart"); got <= before {
		t.Errorf("Attempt is %d after the restart, want more than the %d there were", got, before)
	}
	dead := t.Eventually("t"+streams.DeadSuffix, 1)
	if got := dead[0].Headers[streams.HeaderAttempts]; got != strconv.Itoa(streams.MaxAttempts) {
		t.Errorf("%s is %s, want %d", streams.HeaderAttempts, got, streams.MaxAttempts)
	}
}

// kill publishes records and lets a subscription give up on them. It returns what cures its handler.
func kill(t *trial.T, topic string, records ...streams.Record) (cure func(), handled <-chan streams.Record) {
	var cured atomic.Bool
	c := make(chan streams.Record, 100)
	t.Subscribe(topic, "s", func(_ context.Context, r streams.Record) error {
		if !cured.Load() {
			return errBroken
		}
		c <- r
		return nil
	})
	t.Publish(topic, records...)
	t.Eventually(topic+streams.DeadSuffix, len(records))
	return func() { cured.Store(true) }, c
}

// replay replays and wants n letters to be.
func replay(t *trial.T, topic string, match func(streams.Record) bool, n int) {
	t.Helper()
	got, err := streams.Replay(t.Context(), t.Subject, topic, match)
	if err != nil {
		t.Fatalf("Replay: %v", err)
	}
	if got != n {
		t.Errorf("Replay replayed %d letters, want %d", got, n)
	}
}

func replayedOnce(t *trial.T) {
	want := streams.Record{ID: "1", Key: "k", Headers: map[string]string{"trace": "t1"}, Body: []byte("body")}
	cure, handled := kill(t, "t", want)
	cure()
	replay(t, "t", nil, 1)
	got := trial.Wait(t, handled, "the replayed record")
	if diff := cmp.Diff(want, got, trial.Same()); diff != "" {
		t.Errorf("replayed record differs (-want +got):\n%s", diff)
	}
	if got.Attempt != 1 {
		t.Errorf("Attempt of the replayed record is %d, want 1", got.Attempt)
	}
	replay(t, "t", nil, 0)
	t.Reopen()
	replay(t, "t", nil, 0)
}

func replayChooses(t *trial.T) {
	cure, handled := kill(t, "t", trial.Series("k", 3)...)
	cure()
	replay(t, "t", func(r streams.Record) bool { return r.ID == "k-1" }, 1)
	if got := trial.Wait(t, handled, "the replayed record"); got.ID != "k-1" {
		t.Errorf("replayed %s, want k-1", got.ID)
	}
	replay(t, "t", nil, 2)
	for i, want := range []string{"k-0", "k-2"} {
		if got := trial.Wait(t, handled, "a replayed record"); got.ID != want {
			t.Errorf("letter %d is %s, want %s", i, got.ID, want)
		}
	}
}
