package embedded_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/disktest"
)

var seeds = flag.Int("seeds", 500, "how many power cuts TestPowerLoss tries")

// TestPowerLoss cuts the power at a random moment of random work, again and again, and wants of every record that
// was acknowledged that it is there, once, in order, and that calls are whole or not there at all.
func TestPowerLoss(t *testing.T) {
	dir := t.TempDir() // for the lock
	for seed := range *seeds {
		chance := rand.New(rand.NewPCG(uint64(seed), 1))
		w := &world{T: t, dir: dir, disk: disktest.New(), seed: seed, acknowledged: map[string]bool{}, published: map[string]int{}}
		for range 1 + chance.IntN(6) {
			w.disk.CutAfter(1 + chance.IntN([]int{8, 120}[chance.IntN(2)]))
			w.work(chance)
			if chance.IntN(3) > 0 {
				w.disk = w.disk.Survivor(chance)
			} else {
				w.disk.Revive() // the process died alone: what was written is there, durable or not
			}
			w.check()
		}
		if t.Failed() {
			t.Fatalf("seed %d", seed)
		}
	}
}

// A world is a disk, and what was promised of it.
type world struct {
	*testing.T
	dir  string
	disk *disktest.Disk
	seed int

	mu           sync.Mutex
	acknowledged map[string]bool // calls
	published    map[string]int  // calls, and of how many records; acknowledged or not
	calls        int
}

func (w *world) open() (*embedded.Log, error) {
	return embedded.Open(w.dir, embedded.Options{Disk: w.disk, SegmentBytes: 2 << 10})
}

// work publishes from several goroutines and lets a subscription handle it, until the power goes.
func (w *world) work(chance *rand.Rand) {
	log, err := w.open()
	if err != nil {
		return // the power went while it opened
	}
	ctx, cancel := context.WithCancel(w.Context())
	var all sync.WaitGroup
	all.Go(func() {
		err := log.Subscribe(ctx, "t", "s", func(context.Context, streams.Record) error { return nil })
		if !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrUnavailable) {
			w.Errorf("seed %d: Subscribe: %v", w.seed, err)
		}
	})
	var publishers sync.WaitGroup
	for p := range 3 {
		own := rand.New(rand.NewPCG(chance.Uint64(), uint64(p)))
		publishers.Go(func() {
			for w.publish(log, fmt.Sprint(p), 1+own.IntN(4), own.IntN(700)) {
			}
		})
	}
	publishers.Wait()
	cancel()
	all.Wait()
	if err := log.Close(); err != nil && !errors.Is(err, disktest.ErrPower) {
		w.Errorf("seed %d: Close: %v", w.seed, err)
	}
}

// publish makes one call of n records and reports whether it was acknowledged.
func (w *world) publish(log *embedded.Log, key string, n, size int) bool {
	w.mu.Lock()
	call := fmt.Sprintf("%08d", w.calls)
	w.calls++
	w.published[call] = n
	w.mu.Unlock()
	records := make([]streams.Record, n)
	for i := range records {
		records[i] = streams.Record{ID: fmt.Sprint(call, "/", i), Key: key, Body: make([]byte, size)}
	}
	err := log.Publish(w.Context(), "t", records...)
	if err != nil && !errors.Is(err, streams.ErrUnavailable) {
		w.Errorf("seed %d: Publish: %v, want %v", w.seed, err, streams.ErrUnavailable)
	}
	if err != nil {
		return false
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.acknowledged[call] = true
	return true
}

// check opens the log and compares it with what was promised.
func (w *world) check() {
	log, err := w.open()
	if err != nil {
		w.Fatalf("seed %d: Open after the power was gone: %v", w.seed, err)
	}
	found := map[string]int{}
	last := map[string]string{}
	err = log.Read(w.Context(), "t", func(r streams.Record) error {
		call := r.ID[:8]
		if want := fmt.Sprint(call, "/", found[call]); r.ID != want {
			w.Errorf("seed %d: read %s, want %s", w.seed, r.ID, want)
		}
		found[call]++
		if r.ID <= last[r.Key] {
			w.Errorf("seed %d: key %s: %s after %s", w.seed, r.Key, r.ID, last[r.Key])
		}
		last[r.Key] = r.ID
		return nil
	})
	if err != nil {
		w.Errorf("seed %d: Read: %v", w.seed, err)
	}
	for call, n := range found {
		if n != w.published[call] {
			w.Errorf("seed %d: call %s: %d of its %d records are there", w.seed, call, n, w.published[call])
		}
	}
	for call := range w.acknowledged {
		if found[call] == 0 {
			w.Errorf("seed %d: call %s was acknowledged or served and is lost", w.seed, call)
		}
	}
	for call := range found { // what was served must stay
		w.acknowledged[call] = true
	}
	if err := log.Close(); err != nil {
		w.Errorf("seed %d: Close: %v", w.seed, err)
	}
}

func TestDiskFull(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	log := open(t, dir, embedded.Options{Disk: d, SegmentBytes: 4 << 10})
	var want []string
	publish := func(i int) error {
		id := fmt.Sprint(i)
		err := log.Publish(t.Context(), "t", streams.Record{ID: id, Key: "k", Body: make([]byte, 300)})
		if err == nil {
			want = append(want, id)
		}
		return err
	}
	for i := range 20 {
		if err := publish(i); err != nil {
			t.Fatal(err)
		}
	}
	for room := range int64(700) { // every way in which a write can be short
		d.Limit(d.Used() + room)
		err := publish(1000 + int(room))
		if err != nil && (!errors.Is(err, streams.ErrUnavailable) || !errors.Is(err, syscall.ENOSPC)) {
			t.Fatalf("Publish on a full disk: %v, want %v and %v", err, streams.ErrUnavailable, syscall.ENOSPC)
		}
		if diff := cmp.Diff(want, read(t, log)); diff != "" {
			t.Fatalf("full disk with room for %d (-acknowledged +read):\n%s", room, diff)
		}
	}
	d.Limit(0)
	if err := publish(5000); !errors.Is(err, streams.ErrUnavailable) {
		t.Errorf("Publish with no room at all: %v, want %v", err, streams.ErrUnavailable)
	}
	d.Limit(-1)
	if err := publish(6000); err != nil {
		t.Errorf("Publish when there is room again: %v", err)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, dir, embedded.Options{Disk: d})
	defer log.Close()
	if diff := cmp.Diff(want, read(t, log)); diff != "" || len(log.Damage()) > 0 {
		t.Errorf("opened again, damage %v (-acknowledged +read):\n%s", log.Damage(), diff)
	}
}

func TestSyncFails(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	log := open(t, dir, embedded.Options{Disk: d})
	publish := func(topic, id string) error {
		return log.Publish(t.Context(), topic, streams.Record{ID: id, Key: "k"})
	}
	for _, topic := range []string{"t", "other"} {
		if err := publish(topic, "before"); err != nil {
			t.Fatal(err)
		}
	}
	d.FailSync(syscall.EIO)
	if err := publish("t", "during"); !errors.Is(err, streams.ErrUnavailable) || !errors.Is(err, syscall.EIO) {
		t.Errorf("Publish while sync fails: %v, want %v and %v", err, streams.ErrUnavailable, syscall.EIO)
	}
	d.FailSync(nil)
	if err := publish("t", "after"); !errors.Is(err, streams.ErrUnavailable) {
		t.Errorf("Publish after a sync failed: %v, want %v until the log is opened again", err, streams.ErrUnavailable)
	}
	if err := publish("other", "after"); err != nil {
		t.Errorf("Publish to a topic whose sync did not fail: %v", err)
	}
	if diff := cmp.Diff([]string{"before"}, read(t, log)); diff != "" {
		t.Errorf("records (-want +got):\n%s", diff)
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, dir, embedded.Options{Disk: d})
	defer log.Close()
	if err := publish("t", "again"); err != nil {
		t.Errorf("Publish when the log was opened again: %v", err)
	}
	if diff := cmp.Diff([]string{"before", "again"}, read(t, log)); diff != "" {
		t.Errorf("records after opening again (-want +got):\n%s", diff)
	}
}

// TestReadFails has the disk refuse to be read for a while.
func TestReadFails(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	fill(t, d, dir, 10, 1<<20)
	log := open(t, dir, embedded.Options{Disk: d, Backoff: func(int) time.Duration { return time.Millisecond }})
	defer log.Close()
	d.FailRead(syscall.EIO)
	if err := log.Read(t.Context(), "t", func(streams.Record) error { return nil }); !errors.Is(err, syscall.EIO) {
		t.Errorf("Read returned %v, want %v", err, syscall.EIO)
	}
	handled := make(chan string, 10)
	serve(t, log, func(_ context.Context, r streams.Record) error { handled <- r.ID; return nil })
	d.FailRead(nil)
	seen := map[string]bool{}
	for range 10 {
		seen[<-handled] = true
	}
	if len(seen) != 10 {
		t.Errorf("handled %d records once the disk could be read again, want 10", len(seen))
	}
}

// TestPlaceNotSaved has the disk fill up while a place is kept, and wants the record again rather than never.
func TestPlaceNotSaved(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	log := open(t, dir, embedded.Options{Disk: d})
	if err := log.Publish(t.Context(), "t", streams.Record{ID: "1", Key: "k"}); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	handled := make(chan string, 10)
	ended := make(chan error, 1)
	go func() {
		ended <- log.Subscribe(ctx, "t", "s", func(_ context.Context, r streams.Record) error {
			d.Limit(0)
			handled <- r.ID
			return nil
		})
	}()
	<-handled
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) || !errors.Is(err, syscall.ENOSPC) {
		t.Errorf("Subscribe returned %v, want %v and %v", err, context.Canceled, syscall.ENOSPC)
	}
	d.Limit(-1)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	log = open(t, dir, embedded.Options{Disk: d})
	defer log.Close()
	ctx, cancel = context.WithCancel(t.Context())
	go func() {
		ended <- log.Subscribe(ctx, "t", "s", func(_ context.Context, r streams.Record) error {
			handled <- r.ID
			return nil
		})
	}()
	if got := <-handled; got != "1" {
		t.Errorf("handled %s, want 1 again", got)
	}
	cancel()
	<-ended
}

// read returns the IDs of what topic t keeps.
func read(t testing.TB, log *embedded.Log) []string {
	t.Helper()
	var ids []string
	err := log.Read(t.Context(), "t", func(r streams.Record) error { ids = append(ids, r.ID); return nil })
	if err != nil {
		t.Fatalf("Read: %v", err)
	}
	return ids
}

var _ disk.FS = (*disktest.Disk)(nil)
