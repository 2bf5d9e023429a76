package history_test

import (
	"slices"
	"testing"
	"time"

	"keliu/functions/catalog/history"
	"keliu/functions/store"
	"keliu/functions/store/census"
	"keliu/functions/store/goals"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
	"keliu/streams/meter/outcome"
)

var now = time.Date(2026, 11, 24, 10, 30, 0, 0, time.UTC)

func TestFiguresAgree(t *testing.T) {
	perDay := make([]map[string]float64, history.Days)
	for i := range perDay {
		day := history.Day(now, i)
		if !slices.Equal(day, history.Day(now, i)) {
			t.Fatal("made up anew")
		}
		perDay[i] = map[string]float64{}
		for _, p := range day {
			perDay[i][p.Name] += p.Value
		}
		n := perDay[i]
		for _, chain := range [][]string{
			{meter.SessionConfirmed, outcome.Assumed, meter.SessionContained, meter.SessionClosedAI, meter.SessionOpened},
			{outcome.Unaided, meter.SessionContained}, {outcome.Once, outcome.Resolved, meter.SessionOpened}, {outcome.Repeated, meter.SessionOpened}, {outcome.Assisted, meter.SessionHuman}, {meter.SessionClosedAI, meter.SessionAI, meter.SessionOpened},
			{meter.AICited, meter.AIAnswer, meter.QuestionAsked, meter.CustomerMessage}, {meter.SessionRecovered, meter.SessionNegative, meter.SessionOpened},
			{meter.LeadWon, meter.LeadContact, meter.LeadAnswered, meter.LeadReached, meter.CommentMatched, meter.Comment},
			{outcome.GoalMet, outcome.GoalDue}, {outcome.Busy, outcome.Available, outcome.LoggedIn}, {outcome.Busy, outcome.Holding},
			{meter.SessionHuman, meter.QueueEntered}, {meter.ModelError, meter.AIAnswer},
		} {
			for j := 1; j < len(chain); j++ {
				if n[chain[j-1]] > n[chain[j]] {
					t.Errorf("day %d: %s %v > %s %v", i, chain[j-1], n[chain[j-1]], chain[j], n[chain[j]])
				}
			}
		}
		if n[meter.SessionOpened] < 40 {
			t.Errorf("day %d: %v sessions", i, n[meter.SessionOpened])
		}
	}
	if perDay[20][meter.ModelError] == 0 || perDay[19][meter.ModelError] != 0 || perDay[13][meter.SessionOpened] < 1.3*perDay[6][meter.SessionOpened] {
		t.Error("there is no bad day, or no campaign")
	}
}

// However often the house starts, the history counts once, and what happened in the last day is real.
func TestWritesOnce(t *testing.T) {
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	m, err := meter.Open(t.TempDir(), meter.Options{Now: func() time.Time { return now }})
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
	shelf := goals.Open(s.DB)
	for _, later := range []time.Duration{0, 5 * time.Hour, 300 * time.Hour} {
		if err := history.Write(t.Context(), census.Gather(m, s.DB), shelf, now.Add(later)); err != nil {
			t.Fatal(err)
		}
	}
	made, err := shelf.MadeUp(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	want := 0.0
	for i := range history.Days {
		for _, p := range history.Day(made.From, i) {
			if p.Name == meter.SessionOpened {
				want++
			}
			if p.At.Before(made.From) || !p.At.Before(made.To) {
				t.Fatalf("%+v is not in %+v", p, made)
			}
		}
	}
	for from, want := range map[time.Time]float64{made.From: want, now.Add(-24 * time.Hour): 0} {
		values, err := catalogue.Evaluate(t.Context(), m, catalogue.Metrics(desk.English)[:1], from, now, 0, meter.Tags{})
		if err != nil || *values[0].Value != want {
			t.Errorf("%s: %v sessions, want %v (%v)", from, *values[0].Value, want, err)
		}
	}
	// Customers come again, so there are fewer of them than sessions.
	who, err := census.Gather(m, s.DB).Distinct(t.Context(), meter.Question{From: made.From, To: made.To})
	if err != nil || who.Total < want/3 || who.Total > want*0.9 {
		t.Errorf("%v customers in %v sessions (%v)", who.Total, want, err)
	}
	known := map[string]bool{}
	for _, m := range catalogue.Metrics(desk.English) {
		known[m.Key] = true
	}
	targets, err := shelf.Targets(t.Context())
	if err != nil || len(targets) == 0 {
		t.Fatal(targets, err)
	}
	for key := range targets {
		if !known[key] {
			t.Errorf("a target of %s, which is no metric", key)
		}
	}
}

// What a first start costs in the background.
func BenchmarkWrite(b *testing.B) {
	for b.Loop() {
		s, err := store.Open(b.Context(), "sqlite:", b.TempDir())
		if err != nil {
			b.Fatal(err)
		}
		m, err := meter.Open(b.TempDir(), meter.Options{Now: func() time.Time { return now }})
		if err != nil {
			b.Fatal(err)
		}
		if err := history.Write(b.Context(), census.Gather(m, s.DB), goals.Open(s.DB), now); err != nil {
			b.Fatal(err)
		}
		if err := m.Close(); err != nil { // folds
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}
