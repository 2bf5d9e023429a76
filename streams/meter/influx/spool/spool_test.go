package spool_test

import (
	"errors"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/influx/spool"
)

func open(t *testing.T, dir string) *spool.Spool {
	t.Helper()
	s, err := spool.Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func point(value float64) []meter.Point {
	return []meter.Point{{Name: "n", Value: value, At: time.Date(2026, 11, 24, 12, 0, 0, 1e6, time.UTC), Tags: meter.Tags{Agent: "周"}}}
}

func oldest(t *testing.T, s *spool.Spool, most int) []spool.Entry {
	t.Helper()
	all, err := s.Oldest(t.Context(), most)
	if err != nil {
		t.Fatal(err)
	}
	return all
}

func TestKeepsTheOrderAndWhatIsNotRemoved(t *testing.T) {
	dir := t.TempDir()
	s := open(t, dir)
	var want []spool.Entry
	for i := range 5 {
		e := spool.Entry{N: int64(i + 1), ID: "r" + strconv.Itoa(i), Points: point(float64(i))}
		want = append(want, e)
		if err := s.Add(t.Context(), e.ID, e.Points); err != nil {
			t.Fatal(err)
		}
	}
	if diff := cmp.Diff(want, oldest(t, s, 1<<20)); diff != "" {
		t.Error(diff)
	}
	if err := s.Remove(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	s = open(t, dir)
	if diff := cmp.Diff(want[2:], oldest(t, s, 1<<20)); diff != "" {
		t.Errorf("opened again: %s", diff)
	}
	if s.Waiting() != 3 || s.Last() != 5 {
		t.Errorf("%d wait up to %d, want 3 up to 5", s.Waiting(), s.Last())
	}
	if err := s.Remove(t.Context(), 5); err != nil {
		t.Fatal(err)
	}
	if err := s.Add(t.Context(), "after", point(1)); err != nil {
		t.Fatal(err)
	}
	if s.Last() != 6 || s.Waiting() != 1 {
		t.Errorf("%d wait up to %d, want 1 up to 6: a number is never used twice", s.Waiting(), s.Last())
	}
}

func TestOldestIsAsLargeAsItMayBe(t *testing.T) {
	s := open(t, t.TempDir())
	for i := range 6 {
		if err := s.Add(t.Context(), strconv.Itoa(i), point(1)); err != nil {
			t.Fatal(err)
		}
	}
	if got := len(oldest(t, s, 1)); got != 1 {
		t.Errorf("%d entries, want the first, however large it is", got)
	}
	const one = len(`[{"n":"n","v":1,"t":"2026-11-24T12:00:00.001Z","d":{"agent":"周"}}]`)
	if got := len(oldest(t, s, 3*one)); got != 3 {
		t.Errorf("%d entries in the room for 3", got)
	}
}

func TestRefusedIsKeptApart(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.Add(t.Context(), "bad", point(1)); err != nil {
		t.Fatal(err)
	}
	for range 2 { // also when the removing fails and it comes again
		if err := s.Refuse(t.Context(), 1, "field type conflict"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Remove(t.Context(), 1); err != nil {
		t.Fatal(err)
	}
	if n, err := s.Refused(t.Context()); n != 1 || err != nil || s.Waiting() != 0 {
		t.Errorf("%d refused (%v), %d waiting", n, err, s.Waiting())
	}
}

func TestConcurrentCallsAreAllKept(t *testing.T) {
	const callers, calls = 16, 50
	s := open(t, t.TempDir())
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			for call := range calls {
				if err := s.Add(t.Context(), strings.Repeat("c", caller)+strconv.Itoa(call), point(1)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	select {
	case <-s.News():
	default:
		t.Error("no news of what was added")
	}
	if got := len(oldest(t, s, 1<<30)); got != callers*calls || s.Waiting() != callers*calls {
		t.Errorf("%d entries, %d waiting, want %d", got, s.Waiting(), callers*calls)
	}
}

func TestClosedTakesNothing(t *testing.T) {
	s := open(t, t.TempDir())
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if err := s.Add(t.Context(), "late", point(1)); !errors.Is(err, desk.ErrUnavailable) {
		t.Errorf("add to a closed spool: %v", err)
	}
}
