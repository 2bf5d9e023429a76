package routing_test

import (
	"context"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions/routing"
	"keliu/streams"
	"keliu/streams/desk"
)

var skills = []string{"", "aftersales", "complaint"}

func staffOf(t *rapid.T) []desk.Agent {
	staff := make([]desk.Agent, rapid.IntRange(0, 5).Draw(t, "staff"))
	for i := range staff {
		capacity := rapid.IntRange(0, 4).Draw(t, "capacity")
		staff[i] = desk.Agent{
			ID:       desk.AgentID(fmt.Sprint("a", i)),
			Status:   rapid.SampledFrom([]string{"online", "away", "offline"}).Draw(t, "status"),
			Capacity: capacity,
			Load:     rapid.IntRange(0, capacity+1).Draw(t, "load"),
			Skills:   rapid.SliceOfDistinct(rapid.SampledFrom(skills[1:]), rapid.ID[string]).Draw(t, "skills"),
		}
	}
	return staff
}

func queueOf(t *rapid.T) []desk.Place {
	queue := make([]desk.Place, rapid.IntRange(0, 30).Draw(t, "queue"))
	for i := range queue {
		queue[i] = desk.Place{
			Conversation: desk.ConversationID(fmt.Sprint("c", i)),
			Skill:        rapid.SampledFrom(skills).Draw(t, "skill"),
			Position:     rapid.IntRange(0, 40).Draw(t, "position"),
		}
		if rapid.IntRange(0, 4).Draw(t, "chosen") == 0 {
			queue[i].Agent = "a9"
		}
	}
	return queue
}

// Nobody gets more than they can take or what they have no skill for, nobody is given twice, no free place stays empty
// while somebody waits who may take it, and whoever comes first is served first.
func TestAssignProperties(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		staff, queue := staffOf(t), queueOf(t)
		changed := routing.Assign(queue, staff)
		given := map[desk.ConversationID]desk.AgentID{}
		load := map[desk.AgentID]int{}
		for _, a := range staff {
			load[a.ID] = a.Load
		}
		for _, p := range changed {
			if _, twice := given[p.Conversation]; twice {
				t.Fatalf("%s changed twice", p.Conversation)
			}
			given[p.Conversation] = p.Agent
			if p.Agent != "" {
				load[p.Agent]++
			}
		}
		able := func(a desk.Agent, skill string) bool {
			return a.Status == "online" && (skill == "" || slices.Contains(a.Skills, skill))
		}
		for _, a := range staff {
			if load[a.ID] > max(a.Capacity, a.Load) {
				t.Errorf("%s has %d, capacity %d", a.ID, load[a.ID], a.Capacity)
			}
		}
		for _, p := range queue {
			agent := given[p.Conversation]
			if p.Agent != "" {
				if agent != "" {
					t.Errorf("%s was chosen for %s and given to %s", p.Conversation, p.Agent, agent)
				}
				continue
			}
			for _, a := range staff {
				switch {
				case agent == a.ID && !able(a, p.Skill):
					t.Errorf("%s (%q) went to %+v", p.Conversation, p.Skill, a)
				case agent == "" && able(a, p.Skill) && load[a.ID] < a.Capacity:
					t.Errorf("%s waits although %s is free", p.Conversation, a.ID)
				}
			}
		}
	})
}

// The queue as a whole drains: every customer is given to somebody exactly once while capacity frees one by one.
func TestQueueDrains(t *testing.T) {
	state := &desks{agents: []desk.Agent{{ID: "a", Status: "online", Capacity: 2}, {ID: "b", Status: "online", Capacity: 1}}}
	for i := range 50 {
		state.queue = append(state.queue, desk.Place{Conversation: desk.ConversationID(fmt.Sprint("c", i))})
	}
	router := routing.Router{State: state, Hours: off{}, Now: time.Now}
	var order []desk.ConversationID
	for shift := 0; len(state.queue) > 0; shift++ {
		if shift > 200 {
			t.Fatalf("%d still wait", len(state.queue))
		}
		if err := router.Handle(t.Context(), streams.Record{ID: fmt.Sprint(shift)}, desk.Shift{}); err != nil {
			t.Fatal(err)
		}
		order = append(order, state.begin()...)
	}
	if len(order) != 50 || order[0] != "c0" || order[49] != "c49" {
		t.Errorf("served %v", order)
	}
}

// Whoever is outside their hours gets nobody, though they are online and free.
func TestNobodyIsGivenOutsideHours(t *testing.T) {
	state := &desks{
		agents: []desk.Agent{{ID: "early", Status: "online", Capacity: 9}, {ID: "late", Status: "online", Capacity: 1}},
		queue:  []desk.Place{{Conversation: "c1"}, {Conversation: "c2"}},
	}
	hours := off{"early": true}
	router := routing.Router{State: state, Hours: hours, Now: time.Now}
	chosen := func() (all []desk.AgentID) {
		if err := router.Handle(t.Context(), streams.Record{ID: "r"}, desk.Shift{}); err != nil {
			t.Fatal(err)
		}
		for _, p := range state.queue {
			all = append(all, p.Agent)
		}
		return all
	}
	if diff := cmp.Diff([]desk.AgentID{"late", ""}, chosen()); diff != "" {
		t.Error(diff)
	}
	delete(hours, "early")
	if diff := cmp.Diff([]desk.AgentID{"late", "early"}, chosen()); diff != "" {
		t.Error(diff)
	}
}

func TestTheLeastBusyIsChosen(t *testing.T) {
	got := routing.Assign([]desk.Place{{Conversation: "c"}}, []desk.Agent{
		{ID: "half", Status: "online", Capacity: 4, Load: 2},
		{ID: "third", Status: "online", Capacity: 3, Load: 1},
		{ID: "none", Status: "away", Capacity: 5},
	})
	if diff := cmp.Diff([]desk.Place{{Conversation: "c", Agent: "third"}}, got); diff != "" {
		t.Error(diff)
	}
}

// off are those who are outside their hours.
type off map[desk.AgentID]bool

func (o off) Off(context.Context) (map[desk.AgentID]bool, error) { return o, nil }

// desks is a State in memory; begin lets the chosen conversations begin and ends the oldest one of each person.
type desks struct {
	queue  []desk.Place
	agents []desk.Agent
}

func (d *desks) Waiting(context.Context) ([]desk.Place, error) { return slices.Clone(d.queue), nil }
func (d *desks) Agents(context.Context) ([]desk.Agent, error)  { return slices.Clone(d.agents), nil }

func (d *desks) Choose(_ context.Context, changed []desk.Place, out []desk.Outgoing) error {
	if len(changed) != len(out) {
		return fmt.Errorf("%d places and %d records", len(changed), len(out))
	}
	for _, p := range changed {
		i := slices.IndexFunc(d.queue, func(q desk.Place) bool { return q.Conversation == p.Conversation })
		d.queue[i] = p
	}
	return nil
}

func (d *desks) begin() (begun []desk.ConversationID) {
	d.queue = slices.DeleteFunc(d.queue, func(p desk.Place) bool {
		if p.Agent != "" {
			begun = append(begun, p.Conversation)
		}
		return p.Agent != ""
	})
	return begun
}
