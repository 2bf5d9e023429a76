package meter_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/metertest"
)

func open(t testing.TB, dir string, o meter.Options) *meter.Embedded {
	t.Helper()
	m, err := meter.Open(dir, o)
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func TestContract(t *testing.T) {
	for name, o := range map[string]meter.Options{
		"from memory":             {},
		"from the database":       {Recent: time.Nanosecond},
		"from both":               {Recent: 4 * time.Hour},
		"folding all the time":    {Recent: time.Nanosecond, Fold: time.Millisecond},
		"from hours for the most": {Recent: 2 * time.Hour, Fold: 3 * time.Millisecond},
	} {
		t.Run(name, func(t *testing.T) {
			metertest.Run(t, func(t *testing.T, place string) meter.Meter { return open(t, place, o) })
		})
	}
}

// snapshot copies what a crash at this moment would leave.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	for _, name := range []string{"metrics.db", "metrics.db-wal"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil {
			err = os.WriteFile(filepath.Join(to, name), b, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return to
}

func TestCrashLosesAndDoublesNothing(t *testing.T) {
	for name, folded := range map[string]bool{"nothing folded": false, "half of it folded": true} {
		t.Run(name, func(t *testing.T) {
			at := time.Now().Truncate(time.Minute).Add(-time.Hour)
			point := []meter.Point{{Name: "n", Value: 1, At: at}}
			q := meter.Question{Name: "n", Statistic: meter.Sum, From: at, To: at.Add(time.Minute)}
			dir := t.TempDir()
			// Nothing is recent, so that a question makes the meter fold.
			before := open(t, dir, meter.Options{Fold: time.Hour, Recent: time.Nanosecond})
			const n = 100
			for i := range n {
				if err := before.Add(t.Context(), fmt.Sprint(i), point); err != nil {
					t.Fatal(err)
				}
				if folded && i == n/2 {
					if s, err := before.Ask(t.Context(), q); err != nil || s.Total != n/2+1 {
						t.Fatal(s.Total, err)
					}
				}
			}
			left := snapshot(t, dir)
			if err := before.Close(); err != nil {
				t.Fatal(err)
			}
			after := open(t, left, meter.Options{})
			defer after.Close()
			for i := range n + 1 { // all come again, and one more
				s, err := after.Ask(t.Context(), q)
				if err != nil || s.Total != n {
					t.Fatalf("before %d comes again: %v %v, want %d", i, s.Total, err, n)
				}
				if err := after.Add(t.Context(), fmt.Sprint(i), point); err != nil {
					t.Fatal(err)
				}
			}
			if s, err := after.Ask(t.Context(), q); err != nil || s.Total != n+1 {
				t.Errorf("in the end %v %v, want %d", s.Total, err, n+1)
			}
		})
	}
}

func TestMinuteBelongsToTheRangeItBeginsIn(t *testing.T) {
	m := open(t, t.TempDir(), meter.Options{})
	defer m.Close()
	at := time.Now().Truncate(time.Minute).Add(-time.Hour)
	if err := m.Add(t.Context(), "1", []meter.Point{{Name: "n", Value: 1, At: at.Add(40 * time.Second)}}); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		from, to time.Duration
		want     int64
	}{
		{0, time.Minute, 1}, {0, time.Second, 1}, {time.Second, time.Minute, 0}, {-time.Second, 0, 0}, {-time.Minute, time.Millisecond, 1},
	} {
		s, err := m.Ask(t.Context(), meter.Question{Name: "n", Statistic: meter.Sum, From: at.Add(c.from), To: at.Add(c.to)})
		if err != nil || s.Count != c.want {
			t.Errorf("[%s, %s): %d %v, want %d", c.from, c.to, s.Count, err, c.want)
		}
	}
}

func TestKeepsHoursLongerThanMinutes(t *testing.T) {
	dir := t.TempDir()
	start := time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC)
	var now atomic.Pointer[time.Time]
	set := func(at time.Time) { now.Store(&at) }
	set(start)
	o := meter.Options{Now: func() time.Time { return *now.Load() }, Prune: time.Millisecond, Fold: time.Millisecond}
	m := open(t, dir, o)
	defer m.Close()
	for i := range 48 * 4 { // every quarter of an hour
		at := start.Add(time.Duration(i) * 15 * time.Minute)
		if err := m.Add(t.Context(), fmt.Sprint(i), []meter.Point{{Name: "n", Value: float64(i + 1), At: at}}); err != nil {
			t.Fatal(err)
		}
	}
	sum := func(step time.Duration) (float64, int) {
		s, err := m.Ask(t.Context(), meter.Question{Name: "n", Statistic: meter.Sum, From: start, To: start.Add(48 * time.Hour), Step: step})
		if err != nil {
			t.Fatal(err)
		}
		filled := 0
		for _, step := range s.Steps {
			if step.Count > 0 {
				filled++
			}
		}
		return s.Total, filled
	}
	const all = 192 * 193 / 2
	for _, c := range []struct {
		name    string
		after   time.Duration
		total   float64
		quarter int // steps of a quarter of an hour that have points
	}{
		{"in minutes", 3 * 24 * time.Hour, all, 192},
		{"in hours", 40 * 24 * time.Hour, all, 48},
		{"not at all", 4 * 365 * 24 * time.Hour, 0, 0},
	} {
		set(start.Add(c.after))
		deadline := time.Now().Add(20 * time.Second)
		for { // the pruning goes on beside
			total, quarters := sum(15 * time.Minute)
			whole, _ := sum(0)
			if total == c.total && quarters == c.quarter && whole == c.total {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: %v in %d quarters, %v as a whole, want %v in %d", c.name, total, quarters, whole, c.total, c.quarter)
			}
		}
	}
}

func TestClosedMeter(t *testing.T) {
	m := open(t, t.TempDir(), meter.Options{})
	for range 2 {
		if err := m.Close(); err != nil {
			t.Fatal(err)
		}
	}
	err := m.Add(t.Context(), "1", []meter.Point{{Name: "n", Value: 1, At: time.Now()}})
	if !errors.Is(err, desk.ErrUnavailable) {
		t.Errorf("add to a closed meter: %v", err)
	}
}

func TestOpenFails(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "metrics.db"), []byte("this is no database, whatever its name says; it is long enough to be read as one"), 0o600); err != nil {
		t.Fatal(err)
	}
	if m, err := meter.Open(dir, meter.Options{}); err == nil {
		t.Errorf("opened rubbish: %v", m.Close())
	}
}
