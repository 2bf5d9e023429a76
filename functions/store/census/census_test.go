package census_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/census"
	"keliu/functions/store/storetest"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func TestCount(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, err := store.Open(t.Context(), address, "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		for id, status := range map[desk.AgentID]string{"busy": "online", "free": "online", "away": "away", "gone": "offline"} {
			if err := s.SaveAgent(t.Context(), desk.Agent{ID: id, Name: string(id), Role: "agent", Status: status, Changed: now}); err != nil {
				t.Fatal(err)
			}
		}
		for i, c := range []struct {
			age   time.Duration
			stage desk.Stage
			agent desk.AgentID
		}{
			{time.Minute, desk.Human, "busy"}, {2 * time.Hour, desk.Human, "busy"}, {time.Minute, desk.Human, "away"},
			{25 * time.Hour, desk.WithAI, ""}, {time.Minute, desk.Closed, ""},
		} {
			id := strconv.Itoa(i)
			err := s.Commit(t.Context(), store.Effect{Record: id, Entries: []store.Entry{{ID: id, Seq: 1, Body: []byte("{}")}}, Conversation: desk.Conversation{
				ID: desk.ConversationID(id), Channel: "web", Stage: c.stage, Agent: c.agent, Version: 1, Updated: now, Session: desk.Session{Number: 1, Opened: now.Add(-c.age)},
			}})
			if err != nil {
				t.Fatal(err)
			}
		}
		points, err := census.Open(s.DB).Count(t.Context(), now)
		if err != nil {
			t.Fatal(err)
		}
		got := map[string]float64{}
		for _, p := range points {
			got[p.Name+" "+p.Tags.Agent+p.Tags.Reason] = p.Value
		}
		const slot = 60_000
		if diff := cmp.Diff(map[string]float64{
			outcome.Backlog + " " + outcome.UnderHour: 2, outcome.Backlog + " " + outcome.UnderDay: 1, outcome.Backlog + " " + outcome.Older: 1,
			outcome.LoggedIn + " busy": slot, outcome.LoggedIn + " free": slot, outcome.LoggedIn + " away": slot,
			outcome.Available + " busy": slot, outcome.Available + " free": slot, outcome.Busy + " busy": slot, outcome.Holding + " busy": 2 * slot,
		}, got); diff != "" {
			t.Error(diff)
		}
	})
}

// Customers count once in every part, for whichever channel they came by.
func TestDistinct(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, err := store.Open(t.Context(), address, "")
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			if err := s.Close(); err != nil {
				t.Error(err)
			}
		})
		noon, crowd := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC), census.Gather(nil, s.DB)
		for _, o := range []struct {
			who, channel string
			minute       int
		}{{"a", "web", 0}, {"a", "web", 0}, {"a", "app", 5}, {"b", "web", 9}, {"a", "web", 10}, {"c", "app", 29}, {"d", "web", 30}, {"e", "web", -1}} {
			points := []meter.Point{
				{Name: meter.CustomerMessage, At: noon}, {Name: meter.SessionOpened, At: noon.Add(time.Duration(o.minute) * time.Minute), Tags: meter.Tags{Channel: o.channel, Lang: "zh"}},
			}
			if err := crowd.Seen(t.Context(), o.who, points); err != nil {
				t.Fatal(err)
			}
		}
		q := meter.Question{From: noon.Add(-30 * time.Second), To: noon.Add(30 * time.Minute), Step: 10 * time.Minute}
		for channel, want := range map[string][]float64{"": {3, 2, 1, 1}, "web": {2, 2, 1, 0}, "app": {2, 1, 0, 1}, "fax": {0, 0, 0, 0}} {
			q.Where.Channel = channel
			got, err := crowd.Distinct(t.Context(), q)
			if err != nil {
				t.Fatal(err)
			}
			shown := []float64{got.Total}
			for _, step := range got.Steps {
				shown = append(shown, step.Value)
			}
			if diff := cmp.Diff(want, shown); diff != "" || !got.Steps[1].At.Equal(noon.Add(10*time.Minute)) {
				t.Errorf("%q: %s", channel, diff)
			}
		}
	})
}
