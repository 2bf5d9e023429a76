package census_test

import (
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/census"
	"keliu/streams/desk"
	"keliu/streams/meter/outcome"
)

func TestCount(t *testing.T) {
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
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
}
