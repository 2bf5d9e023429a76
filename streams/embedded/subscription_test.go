package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/embedded/disktest"
)

// serve runs a subscription until the test ends or stop is called.
func serve(t *testing.T, log *embedded.Log, handle streams.Handler) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- log.Subscribe(ctx, "t", "s", handle) }()
	stop = func() {
		cancel()
		if err := <-ended; !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
			t.Errorf("Subscribe: %v", err)
		}
		ended <- context.Canceled // for the next call of stop
	}
	t.Cleanup(stop)
	return stop
}

func publish(t *testing.T, log *embedded.Log, records ...streams.Record) {
	t.Helper()
	if err := log.Publish(t.Context(), "t", records...); err != nil {
		t.Fatal(err)
	}
}

// TestFailedKeyKeepsItsOrder is more than the contract: those behind a failing record wait for it.
func TestFailedKeyKeepsItsOrder(t *testing.T) {
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New(), Backoff: func(int) time.Duration { return 0 }})
	defer log.Close()
	handled := make(chan string, 10)
	serve(t, log, func(_ context.Context, r streams.Record) error {
		if r.Attempt < 3 {
			return errors.New("not yet")
		}
		handled <- r.ID
		return nil
	})
	publish(t, log, streams.Record{ID: "1", Key: "k"}, streams.Record{ID: "2", Key: "k"}, streams.Record{ID: "3", Key: "k"})
	for _, want := range []string{"1", "2", "3"} {
		if got := <-handled; got != want {
			t.Errorf("handled %s, want %s", got, want)
		}
	}
}

// TestBackoff runs on a clock of its own and wants each attempt when it is due, also after a restart.
func TestBackoff(t *testing.T) {
	dir, d := t.TempDir(), disktest.New()
	synctest.Test(t, func(t *testing.T) {
		waits := []time.Duration{time.Second, time.Minute, time.Hour, 24 * time.Hour}
		o := embedded.Options{Disk: d, Backoff: func(attempt int) time.Duration { return waits[attempt-1] }}
		log := open(t, dir, o)
		start := time.Now()
		var tried []time.Duration
		fails := func(context.Context, streams.Record) error {
			tried = append(tried, time.Since(start))
			return errors.New("never")
		}
		ctx, cancel := context.WithCancel(t.Context())
		go log.Subscribe(ctx, "t", "s", fails)
		publish(t, log, streams.Record{ID: "1", Key: "k"})
		time.Sleep(10 * time.Minute) // of the test's own clock
		cancel()
		synctest.Wait()
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
		log = open(t, dir, o)
		ctx, cancel = context.WithCancel(t.Context())
		go log.Subscribe(ctx, "t", "s", fails)
		time.Sleep(48 * time.Hour)
		cancel()
		synctest.Wait()
		want := []time.Duration{0, time.Second, time.Minute + time.Second}
		want = append(want, want[2]+time.Hour, want[2]+25*time.Hour)
		if diff := cmp.Diff(want, tried); diff != "" {
			t.Errorf("tried at (-want +got):\n%s", diff)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	})
}

func TestBacklogs(t *testing.T) {
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New()})
	defer log.Close()
	var down atomic.Bool
	down.Store(true)
	stop := serve(t, log, func(_ context.Context, r streams.Record) error {
		if r.Key == "bad" && down.Load() {
			return streams.ErrUnavailable
		}
		return nil
	})
	for i := range 10 {
		publish(t, log, streams.Record{ID: fmt.Sprint(i), Key: "good"}, streams.Record{ID: fmt.Sprint("b", i), Key: "bad"})
	}
	backlog := func(pending, parked int64) func() bool {
		want := []streams.Backlog{{Topic: "t", Subscription: "s", Pending: pending, Parked: parked}}
		return func() bool { return cmp.Equal(want, log.Backlogs()) }
	}
	until(t, "ten records to be parked", backlog(10, 10))
	stop()
	until(t, "none to be parked while nobody handles", backlog(10, 0))
	down.Store(false)
	serve(t, log, func(context.Context, streams.Record) error { return nil })
	until(t, "none to be pending", backlog(0, 0))
}

func TestSubscribeTwice(t *testing.T) {
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New()})
	defer log.Close()
	begun := make(chan struct{})
	serve(t, log, func(context.Context, streams.Record) error { close(begun); return nil })
	publish(t, log, streams.Record{ID: "1"})
	<-begun
	err := log.Subscribe(t.Context(), "t", "s", func(context.Context, streams.Record) error { return nil })
	if err == nil || !strings.Contains(err.Error(), "running") {
		t.Errorf("the second Subscribe returned %v, want that it is running", err)
	}
}

func TestWorkersAreBounded(t *testing.T) {
	const workers = 3
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New(), Workers: workers})
	defer log.Close()
	var busy, most atomic.Int64
	handled := make(chan struct{})
	serve(t, log, func(ctx context.Context, r streams.Record) error {
		now := busy.Add(1)
		defer busy.Add(-1)
		for seen := most.Load(); now > seen && !most.CompareAndSwap(seen, now); seen = most.Load() {
		}
		select {
		case handled <- struct{}{}:
		case <-ctx.Done():
		}
		return nil
	})
	for i := range 100 {
		publish(t, log, streams.Record{ID: fmt.Sprint(i), Key: fmt.Sprint(i)})
	}
	until(t, "all workers to be busy", func() bool { return busy.Load() == workers })
	for range 100 {
		<-handled
	}
	if got := most.Load(); got != workers {
		t.Errorf("%d handlers at the same time, want %d", got, workers)
	}
}

// TestLargestDeadLetter buries a record that has the most bytes already, without the headers of its death.
func TestLargestDeadLetter(t *testing.T) {
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New(), Backoff: func(int) time.Duration { return 0 }})
	defer log.Close()
	serve(t, log, func(context.Context, streams.Record) error {
		return errors.New(strings.Repeat("reason 原因 ", 1<<12))
	})
	publish(t, log, streams.Record{ID: "1", Body: make([]byte, streams.MaxRecord)})
	until(t, "the dead letter", func() bool {
		n := 0
		err := log.Read(t.Context(), "t"+streams.DeadSuffix, func(r streams.Record) error {
			n++
			if reason := r.Headers[streams.HeaderReason]; len(reason) > 2<<10 || !strings.HasPrefix(reason, "reason 原因") {
				t.Errorf("the reason has %d bytes and begins with %.20q", len(reason), reason)
			}
			return nil
		})
		return err == nil && n == 1
	})
	if got, err := streams.Replay(t.Context(), log, "t", nil); got != 1 || err != nil {
		t.Errorf("Replay: %d, %v", got, err)
	}
}

// TestFullDiskHoldsTheBurial has no room for the dead letter for a while.
func TestFullDiskHoldsTheBurial(t *testing.T) {
	d := disktest.New()
	log := open(t, t.TempDir(), embedded.Options{Disk: d, Backoff: func(int) time.Duration { return time.Millisecond }})
	defer log.Close()
	var attempts atomic.Int64
	serve(t, log, func(_ context.Context, r streams.Record) error {
		if attempts.Add(1) == streams.MaxAttempts {
			d.Limit(0)
		}
		return errors.New("never")
	})
	publish(t, log, streams.Record{ID: "1"})
	until(t, "the last attempt", func() bool { return attempts.Load() == streams.MaxAttempts })
	until(t, "the record to be parked", func() bool { return log.Backlogs()[0].Parked == 1 })
	d.Limit(-1)
	until(t, "the burial", func() bool { return log.Backlogs()[0].Pending == 0 })
	if got := attempts.Load(); got != streams.MaxAttempts {
		t.Errorf("%d attempts, want %d", got, streams.MaxAttempts)
	}
}

// TestMemoryIsBounded has every key fail, and wants the subscription to stop reading at some number of them.
func TestMemoryIsBounded(t *testing.T) {
	const most = 1 << 16
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New(), Backoff: func(int) time.Duration { return time.Hour }})
	defer log.Close()
	var calls atomic.Int64
	serve(t, log, func(context.Context, streams.Record) error { calls.Add(1); return streams.ErrUnavailable })
	for i := range 80 {
		batch := make([]streams.Record, 1000)
		for j := range batch {
			batch[j] = streams.Record{ID: "1", Key: fmt.Sprint(i, "/", j)}
		}
		publish(t, log, batch...)
	}
	until(t, "as many keys to fail as may", func() bool { return calls.Load() >= most })
	until(t, "no handler to run", func() bool { return log.Backlogs()[0].Parked == calls.Load() })
	publish(t, log, streams.Record{ID: "more", Key: "more"})
	if b := log.Backlogs()[0]; b.Parked > most+64 || b.Pending != 80_001 {
		t.Errorf("backlog is %+v, want some %d parked", b, most)
	}
}
