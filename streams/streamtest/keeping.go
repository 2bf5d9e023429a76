package streamtest

import (
	"context"
	"errors"
	"fmt"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
)

var keeping = []clause{
	{"what was published is there after a restart", survivesRestart},
	{"a subscription keeps its place across restarts", keepsPlace},
	{"a subscription keeps its place while nobody handles it", keepsPlaceMeanwhile},
	{"places are apart", placesApart},
	{"what was not acknowledged comes again", comesAgain},
	{"Close ends subscriptions and waits for handlers", closeWaits},
	{"the end of its context ends a subscription", contextEnds},
	{"a closed log says so", closedSaysSo},
}

func survivesRestart(t *trial) {
	want := series("k", 50)
	t.publish("t", want...)
	for range 3 {
		t.reopen()
		if diff := cmp.Diff(want, t.read("t"), sameRecord); diff != "" {
			t.Fatalf("records differ (-published +kept):\n%s", diff)
		}
	}
	more := series("l", 5)
	t.publish("t", more...)
	if diff := cmp.Diff(append(ids(want), ids(more)...), ids(t.read("t"))); diff != "" {
		t.Errorf("records differ (-published +kept):\n%s", diff)
	}
}

func keepsPlace(t *trial) {
	want := series("k", 30)
	t.publish("t", want...)
	for from := 0; from < 30; from += 10 {
		taken := make(chan streams.Record)
		ready := make(chan struct{})
		stop := t.subscribe("t", "s", func(ctx context.Context, r streams.Record) error {
			select {
			case <-ready: // ten were taken: this one is not acknowledged
				<-ctx.Done()
				return ctx.Err()
			default:
			}
			taken <- r
			if r.ID == fmt.Sprintf("k-%d", from+9) {
				close(ready)
			}
			return nil
		})
		if diff := cmp.Diff(ids(want[from:from+10]), ids(collect(t, taken, 10))); diff != "" {
			t.Fatalf("from %d (-want +got):\n%s", from, diff)
		}
		wait(t, ready, "the tenth record to be acknowledged")
		stop()
		t.reopen()
	}
	t.publish("t", streams.Record{ID: "last", Key: "k"})
	arrived, _ := t.follow("t", "s")
	if got := wait(t, arrived, "the last record"); got.ID != "last" {
		t.Errorf("%s came again, though it was acknowledged", got.ID)
	}
}

func keepsPlaceMeanwhile(t *trial) {
	want := series("k", 20)
	t.publish("t", want[:10]...)
	arrived, stop := t.follow("t", "s")
	collect(t, arrived, 10)
	stop()
	t.publish("t", want[10:]...)
	arrived, _ = t.follow("t", "s")
	if diff := cmp.Diff(ids(want[10:]), ids(collect(t, arrived, 10))); diff != "" {
		t.Errorf("after the break (-want +got):\n%s", diff)
	}
}

func placesApart(t *trial) {
	want := series("k", 10)
	t.publish("t", want...)
	ahead, stop := t.follow("t", "ahead")
	collect(t, ahead, 10)
	stop()
	t.reopen()
	behind, _ := t.follow("t", "behind")
	if diff := cmp.Diff(ids(want), ids(collect(t, behind, 10))); diff != "" {
		t.Errorf("the subscription behind (-want +got):\n%s", diff)
	}
}

func comesAgain(t *trial) {
	begun := make(chan struct{}, 10)
	stop := t.subscribe("t", "s", func(ctx context.Context, _ streams.Record) error {
		begun <- struct{}{}
		<-ctx.Done()
		return ctx.Err()
	})
	t.publish("t", series("k", 1)...)
	wait(t, begun, "the handler")
	stop()
	t.reopen()
	arrived, _ := t.follow("t", "s")
	if got := wait(t, arrived, "the record again"); got.ID != "k-0" {
		t.Errorf("got %s, want k-0", got.ID)
	}
}

func closeWaits(t *trial) {
	begun, left := make(chan struct{}), make(chan struct{})
	ended := make(chan error, 1)
	log := t.log
	go func() {
		ended <- log.Subscribe(t.Context(), "t", "s", func(ctx context.Context, _ streams.Record) error {
			close(begun)
			<-ctx.Done() // told to stop
			close(left)
			return nil
		})
	}()
	t.publish("t", series("k", 1)...)
	wait(t, begun, "the handler")
	if err := log.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	select {
	case <-left:
	default:
		t.Error("Close returned before the handler did")
	}
	if err := wait(t, ended, "Subscribe to return"); !errors.Is(err, streams.ErrClosed) {
		t.Errorf("Subscribe returned %v, want %v", err, streams.ErrClosed)
	}
	t.log = t.open(t.T)
	t.publish("t", streams.Record{ID: "next", Key: "k"})
	arrived, _ := t.follow("t", "s")
	if got := wait(t, arrived, "the next record"); got.ID != "next" {
		t.Errorf("%s came again, though it was acknowledged while the log was closed", got.ID)
	}
}

func contextEnds(t *trial) {
	ctx, cancel := context.WithCancel(t.Context())
	begun := make(chan struct{})
	ended := make(chan error, 1)
	go func() {
		ended <- t.log.Subscribe(ctx, "t", "s", func(ctx context.Context, _ streams.Record) error {
			close(begun)
			<-ctx.Done()
			return ctx.Err()
		})
	}()
	t.publish("t", series("k", 1)...)
	wait(t, begun, "the handler")
	cancel()
	if err := wait(t, ended, "Subscribe to return"); !errors.Is(err, context.Canceled) {
		t.Errorf("Subscribe returned %v, want %v", err, context.Canceled)
	}
	t.publish("t", streams.Record{ID: "later", Key: "k"}) // the log itself goes on
}

func closedSaysSo(t *trial) {
	t.publish("t", series("k", 1)...)
	log := t.log
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
	t.log = t.open(t.T)
}
