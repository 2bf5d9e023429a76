package upkeep_test

import (
	"testing"
	"time"

	"keliu/functions/catalog/upkeep"
	"keliu/functions/store"
	"keliu/functions/store/census"
	"keliu/functions/store/goals"
	"keliu/streams/meter"
)

// What is worse than its alarm over the last hour is recorded, once, until it is so no more.
func TestAlarmsAreRecorded(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, m := open(t, clock)
	shelf, limit, never := goals.Open(s.DB), 1.0, 9.0
	if err := shelf.SaveTargets(t.Context(), []goals.Target{{Key: "mask_hits", Alarm: &limit}, {Key: "sessions", Alarm: &never}}); err != nil {
		t.Fatal(err)
	}
	began := now
	points := []meter.Point{{Name: meter.MaskHit, Value: 2, At: now}, {Name: meter.SessionOpened, Value: 2, At: now}}
	if err := m.Add(t.Context(), "1", points); err != nil {
		t.Fatal(err)
	}
	rounds := upkeep.Rounds{Store: s, Meter: census.Gather(m, s.DB), Now: clock}
	for _, later := range []time.Duration{time.Second, time.Minute, 2 * time.Hour, time.Minute} {
		now = now.Add(later)
		if err := rounds.Alarms(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all, err := shelf.Alarms(t.Context(), 10)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v (%v)", all, err)
	}
	if a := all[0]; a.Key != "mask_hits" || a.Value != 2 || !a.Began.Equal(began.Add(time.Second)) || !a.Ended.Equal(now.Add(-time.Minute)) {
		t.Errorf("%+v", a)
	}
}

// open returns a store and a meter of their own.
func open(t *testing.T, clock func() time.Time) (*store.Store, *meter.Embedded) {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m, err := meter.Open(t.TempDir(), meter.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s, m
}
