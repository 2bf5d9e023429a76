package goals_test

import (
	"os"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/goals"
	"keliu/functions/store/storetest"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func shelf(t *testing.T, address string) *goals.Shelf {
	t.Helper()
	s, err := store.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return goals.Open(s.DB)
}

// An alarm lasts for as long as it is raised again, and begins anew after it has ended.
func TestAlarmsBeginAndEnd(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := shelf(t, address)
		alarm := func(key string, minute int) goals.Alarm {
			return goals.Alarm{Key: key, Value: float64(minute), Limit: 1, Began: noon.Add(time.Duration(minute) * time.Minute)}
		}
		for minute, keys := range [][]string{{"a"}, {"a", "b"}, {"b"}, {"a", "b"}} {
			var raised []goals.Alarm
			for _, key := range keys {
				raised = append(raised, alarm(key, minute))
			}
			if err := s.Raise(t.Context(), raised, noon.Add(time.Duration(minute)*time.Minute)); err != nil {
				t.Fatal(err)
			}
		}
		first := alarm("a", 0)
		first.Ended = noon.Add(2 * time.Minute)
		got, err := s.Alarms(t.Context(), 10)
		if diff := cmp.Diff([]goals.Alarm{alarm("a", 3), alarm("b", 1), first}, got); diff != "" || err != nil {
			t.Error(diff, err)
		}
	})
}

func TestTargetsAndWhatIsMadeUp(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, half := shelf(t, address), 0.5
		for _, want := range [][]goals.Target{{{Key: "a", Target: &half}, {Key: "b", Alarm: &half}}, {{Key: "b", Target: &half}}, nil} {
			if err := s.SaveTargets(t.Context(), want); err != nil {
				t.Fatal(err)
			}
			byKey := map[string]goals.Target{}
			for _, target := range want {
				byKey[target.Key] = target
			}
			got, err := s.Targets(t.Context())
			if diff := cmp.Diff(byKey, got); diff != "" || err != nil {
				t.Error(diff, err)
			}
		}
		for _, want := range []goals.Stretch{{}, {From: noon, To: noon.Add(time.Hour)}, {From: noon, To: noon.Add(2 * time.Hour)}} {
			if !want.To.IsZero() {
				if err := s.SetMadeUp(t.Context(), want); err != nil {
					t.Fatal(err)
				}
			}
			if got, err := s.MadeUp(t.Context()); err != nil || got != want {
				t.Errorf("%+v, want %+v (%v)", got, want, err)
			}
		}
	})
}
