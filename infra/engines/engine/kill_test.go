package engine_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/infra/engines/engine"
	"keliu/streams"
	"keliu/streams/pulsar"
)

// A broker is a Pulsar of a test's own, which the test may kill.
type broker struct {
	pulsar engine.Pulsar
	log    string
	*engine.Process
}

// start starts a broker with a data folder of its own.
func start(t *testing.T) *broker {
	t.Helper()
	if os.Getenv("KELIU_TEST_PULSAR") == "" {
		t.Skip("needs Pulsar: make test-engines")
	}
	cache, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	binary, web := ports(t)
	b := &broker{
		pulsar: engine.Pulsar{Cache: filepath.Join(cache, "keliu", "engines"), Data: filepath.Join(dir, "data"), Port: binary, Web: web, Partitions: 3},
		log:    filepath.Join(dir, "log"),
	}
	if err := b.pulsar.Install(t.Context(), func(string) {}); err != nil {
		t.Fatal(err)
	}
	b.run(t)
	t.Cleanup(func() {
		if err := b.Kill(); err != nil {
			t.Error(err)
		}
	})
	return b
}

// run starts the broker and waits until it is ready.
func (b *broker) run(t *testing.T) {
	t.Helper()
	cmd, err := b.pulsar.Command(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if b.Process, err = engine.Start(cmd, b.log); err != nil {
		t.Fatal(err)
	}
	until(t, "the broker", func() bool { return b.pulsar.Ready(t.Context()) == nil })
}

// ports are two that nobody listens on, below those that the system hands out.
func ports(t *testing.T) (int, int) {
	t.Helper()
	var found []int
	for p := 20000 + os.Getpid()%5000; len(found) < 2 && p < 32768; p++ {
		if l, err := net.Listen("tcp", fmt.Sprintf("127.0.0.1:%d", p)); err == nil {
			found = append(found, p)
			l.Close()
		}
	}
	if len(found) < 2 {
		t.Fatal("no two ports are free")
	}
	return found[0], found[1]
}

func until(t *testing.T, what string, holds func() bool) {
	t.Helper()
	for deadline := time.Now().Add(3 * time.Minute); !holds(); <-time.After(20 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("waited three minutes for %s", what)
		}
	}
}

// A ledger is what a test has published and what came of it.
type ledger struct {
	mu     sync.Mutex
	acked  map[string]int // per key, how many records were acknowledged; their IDs count from 0
	next   map[string]int // per key, which is to be handled next
	twice  int            // records that were handled again
	handed int            // records that were handled once
	bad    map[string]int // attempts at records that always fail
	dying  int            // how many of them were acknowledged
}

func (l *ledger) acknowledge(key string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.acked[key]++
}

func (l *ledger) total() (acked, handed int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, n := range l.acked {
		acked += n
	}
	return acked, l.handed
}

var errBroken = errors.New("broken")

// handle handles records in order. Those of keys that begin with bad fail.
func (l *ledger) handle(t *testing.T) streams.Handler {
	return func(_ context.Context, r streams.Record) error {
		l.mu.Lock()
		defer l.mu.Unlock()
		if r.Body[0] == 'b' {
			l.bad[r.ID]++
			return errBroken
		}
		var n int
		if _, err := fmt.Sscanf(r.ID, r.Key+"/%d", &n); err != nil {
			t.Errorf("record %s: %v", r.ID, err)
		}
		switch want := l.next[r.Key]; {
		case n == want:
			l.next[r.Key]++
			l.handed++
		case n < want:
			l.twice++
		default:
			t.Errorf("key %s: record %d is handled before record %d", r.Key, n, want)
		}
		return nil
	}
}

// A broker that is killed while records are published, handled, fail and die, loses nothing: what was acknowledged is there once
// and in order, each subscription handles it, what fails dies once, and the latest of each key is what it was.
func TestKilledBrokerLosesNothing(t *testing.T) {
	b := start(t)
	address := b.pulsar.Setting()[len("KELIU_STREAMS="):]
	options := pulsar.Options{Patience: 2 * time.Minute, Log: slog.New(slog.DiscardHandler)}
	log, err := pulsar.Open(t.Context(), address, options)
	if err != nil {
		t.Fatal(err)
	}
	book := &ledger{acked: map[string]int{}, next: map[string]int{}, bad: map[string]int{}}
	subscribed := make(chan error, 1)
	go func() { subscribed <- log.Subscribe(t.Context(), "facts", "first", book.handle(t)) }()
	var stop atomic.Bool
	var publishers sync.WaitGroup
	for p := range 8 {
		publishers.Go(func() { publish(t, log, book, p, stop.Load) })
	}
	for range 2 {
		before, _ := book.total()
		until(t, "500 records more", func() bool { now, _ := book.total(); return now >= before+500 })
		if err := b.Kill(); err != nil {
			t.Fatal(err)
		}
		b.run(t)
	}
	before, _ := book.total()
	until(t, "500 records after the last kill", func() bool { now, _ := book.total(); return now >= before+500 })
	stop.Store(true)
	publishers.Wait()
	until(t, "every record to be handled", func() bool { acked, handed := book.total(); return handed == acked })
	check(t, log, book)
	if err := log.Close(); err != nil {
		t.Errorf("Close: %v", err)
	}
	if err := <-subscribed; !errors.Is(err, streams.ErrClosed) {
		t.Errorf("Subscribe: %v", err)
	}
	handleAgain(t, address, options, book)
	if acked, _ := book.total(); book.twice > 0 {
		t.Errorf("of %d records %d were handled twice", acked, book.twice)
	}
}

// publish publishes records of five keys in turn, the latest of each to a state topic, and now and then one that fails.
func publish(t *testing.T, log *pulsar.Log, book *ledger, publisher int, stop func() bool) {
	for n := 0; !stop(); n++ {
		for k := range 5 {
			key := fmt.Sprintf("%d.%d", publisher, k)
			r := streams.Record{ID: fmt.Sprintf("%s/%d", key, n), Key: key, Body: []byte("good")}
			if err := log.Publish(t.Context(), "facts", r); err != nil {
				t.Errorf("Publish: %v", err)
				return
			}
			book.acknowledge(key)
			if r.Body = []byte(r.ID); n%10 != 0 {
				continue
			}
			if err := log.Publish(t.Context(), "facts"+streams.StateSuffix, r); err != nil {
				t.Errorf("Publish: %v", err)
			}
			if k > 0 {
				continue
			}
			r.Key, r.Body = "bad "+key, []byte("bad")
			if err := log.Publish(t.Context(), "facts", r); err != nil {
				t.Errorf("Publish: %v", err)
			}
			book.mu.Lock()
			book.dying++
			book.mu.Unlock()
		}
	}
}

// check compares what the log holds with what was acknowledged.
func check(t *testing.T, log *pulsar.Log, book *ledger) {
	got, state := map[string]int{}, map[string]string{}
	err := log.Read(t.Context(), "facts", func(r streams.Record) error {
		if r.Body[0] == 'b' {
			return nil
		}
		if want := fmt.Sprintf("%s/%d", r.Key, got[r.Key]); r.ID != want {
			t.Errorf("key %s holds %s, want %s", r.Key, r.ID, want)
		}
		got[r.Key]++
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(book.acked, got); diff != "" {
		t.Errorf("records of each key (-acknowledged +read):\n%s", diff)
	}
	if err := log.Latest(t.Context(), "facts"+streams.StateSuffix, func(r streams.Record) error { state[r.Key] = string(r.Body); return nil }); err != nil {
		t.Fatal(err)
	}
	for key, n := range book.acked {
		if want := fmt.Sprintf("%s/%d", key, (n-1)/10*10); state[key] != want {
			t.Errorf("the latest of %s is %q, want %q", key, state[key], want)
		}
	}
	book.mu.Lock()
	wanted := book.dying
	book.mu.Unlock()
	dead := map[string]int{}
	until(t, "every failing record to die", func() bool {
		clear(dead)
		err := log.Read(t.Context(), "facts"+streams.DeadSuffix, func(r streams.Record) error { dead[r.ID]++; return nil })
		return err == nil && len(dead) == wanted
	})
	book.mu.Lock()
	defer book.mu.Unlock()
	for id, n := range dead {
		if n != 1 || book.bad[id] != streams.MaxAttempts {
			t.Errorf("%s died %d times after %d attempts", id, n, book.bad[id])
		}
	}
}

// handleAgain opens the log anew: the subscription goes on where it was, a new one begins at the beginning.
func handleAgain(t *testing.T, address string, o pulsar.Options, book *ledger) {
	log, err := pulsar.Open(t.Context(), address, o)
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	again := make(chan string, 1000)
	go func() {
		_ = log.Subscribe(t.Context(), "facts", "first", func(_ context.Context, r streams.Record) error { again <- r.ID; return nil })
	}()
	if err := log.Publish(t.Context(), "facts", streams.Record{ID: "end", Key: "end", Body: []byte("good")}); err != nil {
		t.Fatal(err)
	}
	if id := <-again; id != "end" {
		t.Errorf("%s came again, though it was acknowledged", id)
	}
	late := &ledger{acked: book.acked, next: map[string]int{}, bad: map[string]int{}}
	handle := late.handle(t)
	go func() {
		_ = log.Subscribe(t.Context(), "facts", "late", func(ctx context.Context, r streams.Record) error {
			if r.ID == "end" || r.Body[0] == 'b' {
				return nil
			}
			return handle(ctx, r)
		})
	}()
	until(t, "a new subscription to get every record", func() bool { acked, handed := late.total(); return handed == acked })
}
