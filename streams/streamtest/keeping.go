package streamtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/streamtest/trial"
)

func keeping() []trial.Clause {
	return []trial.Clause{
		{Name: "what was published is there after a restart", Test: survivesRestart},
		{Name: "a subscription keeps its place across restarts", Test: keepsPlace},
		{Name: "a subscription keeps its place while nobody handles it", Test: keepsPlaceMeanwhile},
		{Name: "the end of its context ends a subscription, and what was not acknowledged comes again", Test: comesAgain},
		{Name: "Close ends subscriptions and waits for handlers", Test: closeWaits},
		{Name: "a closed log says so", Test: closedSaysSo},
	}
}

func survivesRestart(t *trial.T) {
	want := trial.Series("k", 50)
	t.Publish("t", want...)
	for range 3 {
		t.Reopen()
		if diff := cmp.Diff(want, t.Read("t"), trial.Same()); diff != "" {
			t.Fatalf("records differ (-published +kept):\n%s", diff)
		}
	}
	more := trial.Series("l", 5)
	t.Publish("t", more...)
	if diff := cmp.Diff(append(trial.IDs(want), trial.IDs(more)...), trial.IDs(t.Read("t"))); diff != "" {
		t.Errorf("records differ (-published +kept):\n%s", diff)
	}
}

func keepsPlace(t *trial.T) {
	want := trial.Series("k", 30)
	t.Publish("t", want...)
	for from := 0; from < 30; from += 10 {
		taken := make(chan streams.Record)
		ready := make(chan struct{})
		stop := t.Subscribe("t", "s", func(ctx context.Context, r streams.Record) error {
			select {
			case <-ready: // ten were taken: this one is not acknowledged
				<-ctx.Done()
				return ctx.Err()
			default:
			}
			select {
			case taken <- r:
			case <-ctx.Done():
				return ctx.Err()
			}
			if r.ID == fmt.Sprintf("k-%d", from+9) {
				close(ready)
			}
			return nil
		})
		if diff := cmp.Diff(trial.IDs(want[from:from+10]), trial.IDs(trial.Collect(t, taken, 10))); diff != "" {
			t.Fatalf("from %d (-want +got):\n%s", from, diff)
		}
		trial.Wait(t, ready, "the tenth record to be acknowledged")
		stop()
		t.Reopen()
	}
	t.Publish("t", streams.Record{ID: "last", Key: "k"})
	arrived, _ := t.Follow("t", "s")
	if got := trial.Wait(t, arrived, "the last record"); got.ID != "last" {
		t.Errorf("%s came again, though it was acknowledged", got.ID)
	}
}

func keepsPlaceMeanwhile(t *trial.T) {
	want := trial.Series("k", 20)
	t.Publish("t", want[:10]...)
	arrived, stop := t.Follow("t", "s")
	trial.Collect(t, arrived, 10)
	stop()
	t.Publish("t", want[10:]...)
	arrived, _ = t.Follow("t", "s")
	if diff := cmp.Diff(trial.IDs(want[10:]), trial.IDs(trial.Collect(t, arrived, 10))); diff != "" {
		t.Errorf("after the break (-want +got):\n%s", diff)
	}
}

func comesAgain(t *trial.T) {
	begun := make(chan struct{}, 10)
	stop := t.Subscribe("t", "s", func(ctx context.Context, _ streams.Record) error {
		begun <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	})
	t.Publish("t", trial.Series("k", 1)...)
	trial.Wait(t, begun, "the handler")
	stop()
	t.Publish("t", streams.Record{ID: "later", Key: "k"}) // the log itself goes on
	t.Reopen()
	arrived, _ := t.Follow("t", "s")
	if got := trial.Wait(t, arrived, "the record again"); got.ID != "k-0" {
		t.Errorf("got %s, want k-0", got.ID)
	}
}

func closeWaits(t *trial.T) {
	begun, left := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	log := t.Subject
	go func() {
		ended <- log.Subscribe(t.Context(), "t", "s", func(ctx context.Context, _ streams.Record) error {
			close(begun)
			<-ctx.Done() // told to stop
			close(left)
			return nil
		})
	}()
	t.Publish("t", trial.Series("k", 1)...)
	trial.Wait(t, begun, "the handler")
	if err := log.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	select {
	case <-left:
	default:
		t.Error("Close returned before the handler did")
	}
	if err := trial.Wait(t, ended, "Subscribe to return"); !errors.Is(err, streams.ErrClosed) {
		t.Errorf("Subscribe returned %v, want %v", err, streams.ErrClosed)
	}
	t.Subject = t.Open(t.T)
	t.Publish("t", streams.Record{ID: "next", Key: "k"})
	arrived, _ := t.Follow("t", "s")
	if got := trial.Wait(t, arrived, "the next record"); got.ID != "next" {
		t.Errorf("%s came again, though it was acknowledged while the log was closed", got.ID)
	}
}

func closedSaysSo(t *trial.T) {
	t.Publish("t", trial.Series("k", 1)...)
	log := t.Subject
	if err := log.Close(); err != nil {
		t.Fatalf("Close: %v", err)
	}
	nobody := func(streams.Record) error { t.Error("a closed log hands out records"); return nil }
	for call, err := range map[string]error{
		"Publish":   log.Publish(t.Context(), "t", streams.Record{ID: "1"}),
		"Subscribe": log.Subscribe(t.Context(), "t", "s", func(_ context.Context, r streams.Record) error { return nobody(r) }),
		"Latest":    log.Latest(t.Context(), "t"+streams.StateSuffix, nobody),
		"Read":      log.Read(t.Context(), "t", nobody),
	} {
		if !errors.Is(err, streams.ErrClosed) {
			t.Errorf("%s returned %v, want %v", call, err, streams.ErrClosed)
		}
	}
	t.Subject = t.Open(t.T)
}
