package upkeep_test

import (
	"testing"
	"time"

	"keliu/functions/catalog/upkeep"
	"keliu/functions/store/company"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// What somebody does counts for the team they were in when they did it.
func TestTeamsAreCounted(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, m := open(t, clock)
	book, who := company.Open(s.DB), desk.Agent{ID: "one", Name: "One", Role: "admin", Changed: now}
	counting := upkeep.CountTeams(m, s.DB, clock)
	if err := book.Hire(t.Context(), who, "day"); err != nil {
		t.Fatal(err)
	}
	add := func(id, agent string) {
		t.Helper()
		points := []meter.Point{{Name: outcome.Busy, Value: 1, At: now, Tags: meter.Tags{Agent: agent}}}
		if err := counting.Add(t.Context(), id, points); err != nil || points[0].Tags.Team != "" {
			t.Fatal(points, err)
		}
	}
	add("1", "one")
	add("2", "")
	if err := book.Change(t.Context(), who, company.Standing{Team: "night", Active: true}, now); err != nil {
		t.Fatal(err)
	}
	now = now.Add(time.Minute)
	add("3", "one")
	add("4", "one")
	for team, want := range map[string]float64{"day": 1, "night": 2, "": 4} {
		got, err := counting.Ask(t.Context(), meter.Question{
			Name: outcome.Busy, Statistic: meter.Sum, From: now.Add(-time.Hour), To: now.Add(time.Minute), Where: meter.Tags{Team: team},
		})
		if err != nil || got.Total != want {
			t.Errorf("team %q: %v, want %v (%v)", team, got.Total, want, err)
		}
	}
}
