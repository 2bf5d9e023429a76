package embedded_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/embedded/disktest"
)

func TestRetention(t *testing.T) {
	day := 24 * time.Hour
	for _, c := range []struct {
		name string
		keep embedded.Keep
		age  time.Duration // of all records when the log is tidied
		less bool
	}{
		{"old", embedded.Keep{Age: day}, 2 * day, true},
		{"young", embedded.Keep{Age: day}, day / 2, false},
		{"much", embedded.Keep{Bytes: 5 << 10}, 0, true},
		{"little", embedded.Keep{Bytes: 1 << 20}, 0, false},
		{"for ever", embedded.Keep{}, 1000 * day, false},
	} {
		t.Run(c.name, func(t *testing.T) {
			now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
			var mu sync.Mutex
			o := embedded.Options{
				Disk: disktest.New(), SegmentBytes: 2 << 10,
				Now:       func() time.Time { mu.Lock(); defer mu.Unlock(); return now },
				Retention: func(string) embedded.Keep { return c.keep },
			}
			dir := t.TempDir()
			log := open(t, dir, o)
			if err := log.Publish(t.Context(), "t", streams.Record{ID: "0"}); err != nil {
				t.Fatal(err)
			}
			handle(t, log, "t", "behind", 1) // has seen one, and nothing more
			for i := 1; i < 100; i++ {
				if err := log.Publish(t.Context(), "t", streams.Record{ID: fmt.Sprint(i), Body: make([]byte, 200)}); err != nil {
					t.Fatal(err)
				}
			}
			mu.Lock()
			now = now.Add(c.age)
			mu.Unlock()
			log.Tidy()
			if got := read(t, log); len(got) != 100 {
				t.Errorf("%d records are left, want 100: a subscription has not passed them", len(got))
			}
			if got := handle(t, log, "t", "behind", 99); got[0] != "1" {
				t.Errorf("the subscription behind went on with %s, want 1", got[0])
			}
			log.Tidy()
			got := read(t, log)
			if less := len(got) < 100; less != c.less {
				t.Errorf("%d of 100 records are left, want fewer: %v", len(got), c.less)
			}
			if len(got) == 0 || got[len(got)-1] != "99" {
				t.Errorf("left are %v, want the newest", got)
			}
			if err := log.Close(); err != nil {
				t.Fatal(err)
			}
			log = open(t, dir, o)
			defer log.Close()
			if diff := cmp.Diff(got, read(t, log)); diff != "" {
				t.Errorf("opened again (-before +after):\n%s", diff)
			}
			if got, oldest := handle(t, log, "t", "new", len(got)), got[0]; got[0] != oldest {
				t.Errorf("a new subscription starts with %s, want the oldest kept, %s", got[0], oldest)
			}
		})
	}
}

const state = "t" + streams.StateSuffix

// churn publishes n changes of few keys and applies them to want; of four changes one removes its key.
func churn(t *testing.T, log *embedded.Log, chance *rand.Rand, n int, want map[string]string) error {
	t.Helper()
	for range n {
		r := streams.Record{ID: fmt.Sprint(chance.Uint64()), Key: fmt.Sprint(chance.IntN(12))}
		if chance.IntN(4) > 0 {
			r.Body = []byte(strings.Repeat(r.ID, 1+chance.IntN(5)))
		}
		if err := log.Publish(t.Context(), state, r); err != nil {
			return err
		}
		if want[r.Key] = string(r.Body); len(r.Body) == 0 {
			delete(want, r.Key)
		}
	}
	return nil
}

func latest(t *testing.T, log *embedded.Log) map[string]string {
	t.Helper()
	got := map[string]string{}
	if err := log.Latest(t.Context(), state, func(r streams.Record) error { got[r.Key] = string(r.Body); return nil }); err != nil {
		t.Fatal(err)
	}
	return got
}

func TestCompaction(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	o := embedded.Options{Disk: d, SegmentBytes: 2 << 10}
	log := open(t, dir, o)
	chance := rand.New(rand.NewPCG(1, 1))
	want := map[string]string{}
	for range 5 {
		if err := churn(t, log, chance, 300, want); err != nil {
			t.Fatal(err)
		}
		log.Tidy()
		if diff := cmp.Diff(want, latest(t, log)); diff != "" {
			t.Fatalf("after compaction (-want +got):\n%s", diff)
		}
	}
	if used := d.Used(); used > 40<<10 { // of some 150 KiB that were written
		t.Errorf("%d bytes are used by the state of %d keys", used, len(want))
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, dir, o)
	defer log.Close()
	if diff := cmp.Diff(want, latest(t, log)); diff != "" || len(log.Damage()) > 0 {
		t.Errorf("opened again, damage %v (-want +got):\n%s", log.Damage(), diff)
	}
}

// TestCompactionForSubscriptions wants a subscription that was behind to end with the same state.
func TestCompactionForSubscriptions(t *testing.T) {
	dir := t.TempDir()
	log := open(t, dir, embedded.Options{Disk: disktest.New(), SegmentBytes: 1 << 10})
	defer log.Close()
	if err := log.Publish(t.Context(), state, streams.Record{ID: "first", Key: "gone", Body: []byte("here")}); err != nil {
		t.Fatal(err)
	}
	got := map[string]string{"gone": "here"}
	handle(t, log, state, "behind", 1)
	want := map[string]string{}
	if err := churn(t, log, rand.New(rand.NewPCG(2, 2)), 200, want); err != nil {
		t.Fatal(err)
	}
	if err := log.Publish(t.Context(), state, streams.Record{ID: "remove", Key: "gone"}); err != nil {
		t.Fatal(err)
	}
	if err := churn(t, log, rand.New(rand.NewPCG(3, 3)), 200, want); err != nil {
		t.Fatal(err)
	}
	log.Tidy()
	if err := log.Publish(t.Context(), state, streams.Record{ID: "end", Key: "end", Body: []byte("end")}); err != nil {
		t.Fatal(err)
	}
	want["end"] = "end"
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	var mu sync.Mutex
	go func() {
		ended <- log.Subscribe(ctx, state, "behind", func(_ context.Context, r streams.Record) error {
			mu.Lock()
			defer mu.Unlock()
			if got[r.Key] = string(r.Body); len(r.Body) == 0 {
				delete(got, r.Key)
			}
			return nil
		})
	}()
	until(t, "the subscription to be through", func() bool { return log.Backlogs()[0].Pending == 0 })
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("Subscribe: %v", err)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("state of the subscription (-want +got):\n%s", diff)
	}
	_ = ctx
}

// TestCompactionPowerLoss cuts the power while a topic is compacted.
func TestCompactionPowerLoss(t *testing.T) {
	dir := t.TempDir()
	for seed := range 200 {
		chance := rand.New(rand.NewPCG(uint64(seed), 3))
		d := disktest.New()
		log := open(t, dir, embedded.Options{Disk: d, SegmentBytes: 1 << 10})
		want := map[string]string{}
		if err := churn(t, log, chance, 150, want); err != nil {
			t.Fatal(err)
		}
		d.CutAfter(1 + chance.IntN(60))
		log.Tidy()
		_ = log.Close() // the power may be gone
		log = open(t, dir, embedded.Options{Disk: d.Survivor(chance), SegmentBytes: 1 << 10})
		if diff := cmp.Diff(want, latest(t, log)); diff != "" || len(log.Damage()) > 0 {
			t.Fatalf("seed %d: damage %v (-want +got):\n%s", seed, log.Damage(), diff)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestCompactionWhileRead reads and writes a state topic while it is compacted.
func TestCompactionWhileRead(t *testing.T) {
	log := open(t, t.TempDir(), embedded.Options{Disk: disktest.New(), SegmentBytes: 1 << 10})
	defer log.Close()
	const keys = 10
	publish := func(round int) {
		for k := range keys {
			r := streams.Record{ID: fmt.Sprint(round), Key: fmt.Sprint(k), Body: fmt.Append(nil, "value ", round)}
			if err := log.Publish(t.Context(), state, r); err != nil {
				t.Error(err)
			}
		}
	}
	publish(0)
	done := make(chan struct{})
	var all sync.WaitGroup
	all.Go(func() {
		defer close(done)
		for round := range 200 {
			publish(round)
		}
	})
	all.Go(func() {
		for {
			select {
			case <-done:
				return
			default:
				log.Tidy()
			}
		}
	})
	for range 100 {
		if got := latest(t, log); len(got) != keys {
			t.Errorf("Latest found %d keys while the topic was compacted, want %d", len(got), keys)
		}
	}
	all.Wait()
}
