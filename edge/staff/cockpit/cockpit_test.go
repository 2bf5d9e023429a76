package cockpit

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store/goals"
)

// Nothing is drawn of the time before the figures that are made up, nor of that between them and the first start; a step that only
// partly lies there is.
func TestWhatIsKnown(t *testing.T) {
	noon := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	made := goals.Stretch{From: noon.Add(90 * time.Minute), To: noon.Add(150 * time.Minute)}
	series := func(hours ...int) (all [][2]float64) {
		for _, h := range hours {
			all = append(all, [2]float64{float64(noon.Add(time.Duration(h) * time.Hour).UnixMilli()), 1})
		}
		return all
	}
	began := 2 + int(goals.Quiet/time.Hour)
	all := series(0, 1, 2, 3, 4, began-1, began, began+1)
	if diff := cmp.Diff(all, known(series(0, 1, 2, 3, 4, began-1, began, began+1), time.Hour, goals.Stretch{})); diff != "" {
		t.Errorf("without a demonstration: %s", diff)
	}
	if diff := cmp.Diff(series(1, 2, began, began+1), known(all, time.Hour, made)); diff != "" {
		t.Error(diff)
	}
}

func TestChange(t *testing.T) {
	n := func(v float64) *float64 { return &v }
	for _, c := range []struct{ before, now, want *float64 }{
		{n(2), n(3), n(0.5)}, {n(-2), n(-1), n(0.5)}, {n(4), n(0), n(-1)}, {n(0), n(3), nil}, {nil, n(3), nil}, {n(3), nil, nil},
	} {
		if diff := cmp.Diff(c.want, change(c.before, c.now)); diff != "" {
			t.Error(diff)
		}
	}
}

func TestStep(t *testing.T) {
	for text, want := range map[string]int64{"": 3600, "900": 900, "60s": 60, "15m": 900, "1h": 3600, "1d": 86400, "90d": 90 * 86400} {
		if got, err := stepOf(text); err != nil || got != want {
			t.Errorf("%q: %d, %v, want %d", text, got, err, want)
		}
	}
	for _, text := range []string{"59", "91d", "m", "1w", "-1h", "1.5h", "١٥m", "99999999999"} {
		if got, err := stepOf(text); err == nil {
			t.Errorf("%q is taken for %d", text, got)
		}
	}
}
