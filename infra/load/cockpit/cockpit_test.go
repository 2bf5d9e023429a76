package cockpit

import (
	"slices"
	"testing"
	"time"
)

func open(t testing.TB, size int) *Day {
	t.Helper()
	d, err := Open(t.Context(), t.TempDir(), size)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := d.Close(); err != nil {
			t.Error(err)
		}
	})
	return d
}

func TestThePageEqualsARecount(t *testing.T) {
	d := open(t, 50_000)
	page, err := d.Page(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	recount := d.Recount()
	if err := Check(page, recount); err != nil {
		t.Error(err)
	}
	recount["sessions"]++
	if Check(page, recount) == nil {
		t.Error("a wrong figure is not noticed")
	}
}

func BenchmarkPage(b *testing.B) {
	d := open(b, 3_500_000)
	var took []time.Duration
	for b.Loop() {
		began := time.Now()
		if _, err := d.Page(b.Context()); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(began))
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)*99/100].Milliseconds()), "p99-ms")
}
