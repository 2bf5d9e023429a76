package upkeep_test

import (
	"fmt"
	"testing"
	"time"

	"keliu/functions/catalog/upkeep"
	"keliu/functions/store/company"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// What somebody does counts for the team they were in when they did it, and what is taken back later is taken from that team,
// however they change teams and whatever was read when.
func TestTeamsAreCounted(t *testing.T) {
	now := time.Date(2026, 11, 24, 10, 0, 0, 0, time.UTC)
	clock := func() time.Time { return now }
	s, m := open(t, clock)
	book, who := company.Open(s.DB), desk.Agent{ID: "one", Name: "One", Role: "admin", Changed: now}
	counting := upkeep.CountTeams(m, s.DB, clock)
	ids := 0
	add := func(agent string, value float64, at time.Time) {
		t.Helper()
		ids++
		points := []meter.Point{{Name: outcome.Busy, Value: value, At: at, Tags: meter.Tags{Agent: agent}}}
		if err := counting.Add(t.Context(), fmt.Sprint(ids), points); err != nil || points[0].Tags.Team != "" {
			t.Fatal(points, err)
		}
	}
	want := map[string]float64{}
	teams := []string{"day", "night", ""}
	if err := book.Hire(t.Context(), who, "day"); err != nil {
		t.Fatal(err)
	}
	now = now.Add(company.Lead)
	began := now
	add("", 1, now)
	for i := range 12 { // a change every five seconds, and something done every second
		team := teams[i%len(teams)]
		if err := book.Change(t.Context(), who, company.Standing{Team: team, Active: true}, now); err != nil {
			t.Fatal(err)
		}
		for range 5 {
			now = now.Add(time.Second)
			counts := "day" // until the first change counts
			if since := now.Sub(began) - company.Lead; since >= 0 {
				counts = teams[int(since/(5*time.Second))%len(teams)]
			}
			add("one", 1, now)
			want[counts]++
		}
	}
	all := func(check func(team string) float64) {
		t.Helper()
		for _, team := range teams[:2] {
			got, err := counting.Ask(t.Context(), meter.Question{
				Name: outcome.Busy, Statistic: meter.Sum, From: began.Add(-time.Hour), To: now.Add(time.Minute), Where: meter.Tags{Team: team},
			})
			if err != nil || got.Total != check(team) {
				t.Errorf("team %q: %v, want %v (%v)", team, got.Total, check(team), err)
			}
		}
	}
	all(func(team string) float64 { return want[team] })
	for at := began.Add(time.Second); !at.After(now); at = at.Add(time.Second) {
		add("one", -1, at)
	}
	all(func(string) float64 { return 0 })
}
