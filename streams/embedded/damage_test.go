package embedded_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/disktest"
)

var mutations = flag.Int("mutations", 1500, "how many logs TestBitFlips damages")

// fill publishes n records, one by one, to topic t of a disk and returns their bodies by ID.
func fill(t *testing.T, d *disktest.Disk, dir string, n int, segment int64) map[string]string {
	t.Helper()
	log := open(t, dir, embedded.Options{Disk: d, SegmentBytes: segment})
	bodies := map[string]string{}
	for i := range n {
		id := fmt.Sprintf("%04d", i)
		bodies[id] = strings.Repeat(id, i%40)
		r := streams.Record{ID: id, Key: fmt.Sprint(i % 5), Headers: map[string]string{"n": id}, Body: []byte(bodies[id])}
		if err := log.Publish(t.Context(), "t", r); err != nil {
			t.Fatal(err)
		}
	}
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	return bodies
}

// logs returns the segments of topic t, oldest first.
func logs(d *disktest.Disk) []string {
	var names []string
	for name := range d.Files() {
		if strings.HasSuffix(name, ".log") && strings.Contains(name, "/t/") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// TestBitFlips turns bits over anywhere on the disk and wants that nothing wrong is served, nothing else is lost, and
// what is lost is reported.
func TestBitFlips(t *testing.T) {
	whole, dir := disktest.New(), t.TempDir()
	bodies := fill(t, whole, dir, 100, 3<<10)
	for seed := range *mutations {
		chance := rand.New(rand.NewPCG(uint64(seed), 2))
		d := whole.Copy()
		names := slices.DeleteFunc(slices.Sorted(maps.Keys(d.Files())), func(n string) bool { return strings.HasSuffix(n, ".format") })
		flips := 1 + chance.IntN(3)
		for range flips {
			name := names[chance.IntN(len(names))]
			d.Flip(name, chance.Int64N(d.Files()[name]), chance.IntN(8))
		}
		log := open(t, dir, embedded.Options{Disk: d, SegmentBytes: 3 << 10})
		for range 2 {
			seen := map[string]bool{}
			last := ""
			err := log.Read(t.Context(), "t", func(r streams.Record) error {
				want, published := bodies[r.ID]
				if !published || want != string(r.Body) || r.Headers["n"] != r.ID || r.ID <= last {
					t.Errorf("seed %d: served %+v after %s", seed, r, last)
				}
				seen[r.ID], last = true, r.ID
				return nil
			})
			lost := len(bodies) - len(seen)
			if err != nil || lost > flips || lost > 0 && len(log.Damage()) == 0 {
				t.Fatalf("seed %d: %d flips: Read: %v, lost %d, damage reported %v", seed, flips, err, lost, log.Damage())
			}
		}
		if err := log.Publish(t.Context(), "t", streams.Record{ID: "after"}); err != nil {
			t.Errorf("seed %d: Publish: %v", seed, err)
		}
		if err := log.Close(); err != nil {
			t.Errorf("seed %d: Close: %v", seed, err)
		}
		if t.Failed() {
			t.FailNow()
		}
	}
}

// TestTornTail ends the last segment at every byte of its last frames.
func TestTornTail(t *testing.T) {
	whole, dir := disktest.New(), t.TempDir()
	fill(t, whole, dir, 6, 4<<10)
	name := logs(whole)[0]
	log := open(t, dir, embedded.Options{Disk: whole, SegmentBytes: 4 << 10})
	all := read(t, log)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	for size := whole.Files()[name]; size >= 0; size-- {
		d := whole.Copy()
		d.Cut(name, size)
		log := open(t, dir, embedded.Options{Disk: d, SegmentBytes: 4 << 10})
		kept := read(t, log)
		if len(kept) > len(all) || !slices.Equal(kept, all[:len(kept)]) {
			t.Fatalf("cut at %d: kept %v", size, kept)
		}
		rest := d.Files()[name]
		damage := log.Damage()
		switch torn := size - rest; {
		case torn == 0 && len(damage) > 0:
			t.Fatalf("cut at %d, between frames: damage %v", size, damage)
		case torn > 0:
			want := embedded.Damage{Topic: "t"}
			want.Segment, want.At, want.Bytes, want.Torn = name, rest, torn, true
			if diff := cmp.Diff([]embedded.Damage{want}, damage); diff != "" {
				t.Fatalf("cut at %d: damage (-want +got):\n%s", size, diff)
			}
		}
		if err := log.Publish(t.Context(), "t", streams.Record{ID: "next"}); err != nil {
			t.Fatal(err)
		}
		if got := read(t, log); !slices.Equal(got, append(kept, "next")) {
			t.Fatalf("cut at %d: after publishing: %v", size, got)
		}
		if err := log.Close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestTornButSettled loses a record that was handled, and wants the record in its stead to be handled all the same.
func TestTornButSettled(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	fill(t, d, dir, 3, 1<<20)
	log := open(t, dir, embedded.Options{Disk: d})
	handle(t, log, "t", "s", 3)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	name := logs(d)[0]
	d.Cut(name, d.Files()[name]-1)
	log = open(t, dir, embedded.Options{Disk: d})
	defer log.Close()
	if err := log.Publish(t.Context(), "t", streams.Record{ID: "new"}); err != nil {
		t.Fatal(err)
	}
	if got := handle(t, log, "t", "s", 1); got[0] != "new" {
		t.Errorf("handled %v, want new", got)
	}
}

// handle lets a subscription handle n records and returns their IDs.
func handle(t *testing.T, log *embedded.Log, topic, name string, n int) []string {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	var got []string
	handled := make(chan string, n)
	ended := make(chan error, 1)
	go func() {
		ended <- log.Subscribe(ctx, topic, name, func(ctx context.Context, r streams.Record) error {
			select {
			case handled <- r.ID:
				return nil
			case <-ctx.Done():
				return ctx.Err()
			}
		})
	}()
	for range n {
		select {
		case id := <-handled:
			got = append(got, id)
		case <-ctx.Done():
			t.Fatalf("handled %v, want %d records", got, n)
		}
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Fatalf("Subscribe: %v", err)
	}
	return got
}

func TestBrokenPlace(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	fill(t, d, dir, 10, 1<<20)
	log := open(t, dir, embedded.Options{Disk: d})
	handle(t, log, "t", "s", 10)
	if err := log.Close(); err != nil {
		t.Fatal(err)
	}
	d.Flip(filepath.Join(dir, "t", "s.place"), 6, 1)
	log = open(t, dir, embedded.Options{Disk: d})
	defer log.Close()
	if got := handle(t, log, "t", "s", 10); len(got) != 10 {
		t.Errorf("a subscription whose place is broken handled %v, want all again", got)
	}
}

func TestLostIndex(t *testing.T) {
	d, dir := disktest.New(), t.TempDir()
	bodies := fill(t, d, dir, 100, 2<<10)
	indexes := 0
	for name := range d.Files() {
		if strings.HasSuffix(name, ".index") {
			indexes++
			if err := d.Remove(name); err != nil {
				t.Fatal(err)
			}
		}
	}
	log := open(t, dir, embedded.Options{Disk: d})
	defer log.Close()
	if got := read(t, log); len(got) != len(bodies) {
		t.Errorf("without indexes %d records are read, want %d", len(got), len(bodies))
	}
	rebuilt := 0
	for name := range d.Files() {
		if strings.HasSuffix(name, ".index") {
			rebuilt++
		}
	}
	if rebuilt != indexes || indexes == 0 {
		t.Errorf("%d indexes were rebuilt, want %d", rebuilt, indexes)
	}
}

func TestOneProcess(t *testing.T) {
	dir := t.TempDir()
	first := open(t, dir, embedded.Options{})
	if _, err := embedded.Open(dir, embedded.Options{}); !errors.Is(err, disk.ErrLocked) {
		t.Errorf("the second Open of a folder returned %v, want %v", err, disk.ErrLocked)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir, embedded.Options{}).Close(); err != nil {
		t.Error(err)
	}
}

func TestUnknownFormat(t *testing.T) {
	dir := t.TempDir()
	if err := open(t, dir, embedded.Options{}).Close(); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".format"), []byte("keliu log 7\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	_, err := embedded.Open(dir, embedded.Options{})
	if err == nil || !strings.Contains(err.Error(), "keliu log 7") {
		t.Errorf("Open of another format returned %v, want a sentence that names it", err)
	}
	if err := os.WriteFile(filepath.Join(dir, ".format"), []byte("keliu log 1\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir, embedded.Options{}).Close(); err != nil {
		t.Errorf("after a refusal: %v", err)
	}
}

func TestNames(t *testing.T) {
	log := open(t, t.TempDir(), embedded.Options{})
	defer log.Close()
	for _, name := range []string{"", ".", "..", "../t", "a/b", ".hidden", `a\b`, "a\x00b", strings.Repeat("x", 201)} {
		if err := log.Publish(t.Context(), name, streams.Record{ID: "1"}); err == nil {
			t.Errorf("a topic can be called %q", name)
		}
		if err := log.Subscribe(t.Context(), "t", name, nil); err == nil {
			t.Errorf("a subscription can be called %q", name)
		}
	}
}
