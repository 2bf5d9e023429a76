package meter_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"keliu/streams/meter"
)

// Around the minute from which minutes are kept, every point is in one total and as precise as it can be.
func TestEachPointIsInOneTotal(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 34, 0, 0, time.UTC)
	m := open(t, t.TempDir(), meter.Options{Now: func() time.Time { return now }, Minutes: 3 * time.Hour})
	defer m.Close()
	var want float64
	for i := range 6 * 60 {
		at := now.Add(-time.Duration(i) * time.Minute)
		if err := m.Add(t.Context(), fmt.Sprint(i), []meter.Point{{Name: "n", Value: float64(i), At: at}}); err != nil {
			t.Fatal(err)
		}
		want += float64(i)
	}
	var sum float64
	var count int64
	ends := time.Time{}
	err := m.Each(t.Context(), func(total meter.Total) error {
		if total.From.Before(ends) {
			t.Errorf("%s begins before the one before it ends", total.From)
		}
		if whole := !total.From.Before(time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)); whole != (total.Span == time.Minute) {
			t.Errorf("%s is told by %s", total.From, total.Span)
		}
		ends, sum, count = total.From.Add(total.Span), sum+total.Sum, count+total.Count
		return nil
	})
	if err != nil || sum != want || count != 6*60 {
		t.Errorf("%d points of %v in sum (%v), want %d of %v", count, sum, err, 6*60, want)
	}
	stop := errors.New("enough")
	calls := 0
	if err := m.Each(t.Context(), func(meter.Total) error { calls++; return stop }); !errors.Is(err, stop) || calls != 1 {
		t.Errorf("after %d calls: %v, want the error of the first", calls, err)
	}
}
