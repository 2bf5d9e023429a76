package company

import (
	"testing"
	"time"

	"keliu/functions/store"
	"keliu/functions/store/company/hours"
	"keliu/streams/desk"
)

// Somebody is there when they are online within the hours of their team; otherwise it is told when the next team begins.
func TestStaffedByHours(t *testing.T) {
	const night, dayTime = "2026-10-01T22:00:00+08:00", "2026-10-01T10:00:00+08:00"
	week := func(from, to string) hours.Hours {
		spans := make([][]hours.Span, 7)
		for i := range spans {
			spans[i] = []hours.Span{{From: from, To: to}}
		}
		return hours.Hours{Week: spans}
	}
	type people map[string]string // the team of each, "early", "late", "always" or none; with a "!" they are online
	for name, c := range map[string]struct {
		people
		at, back string // RFC 3339; no back is unknown
		staffed  bool
	}{
		"nobody works here":             {people{}, dayTime, "", false},
		"at work":                       {people{"a": "early!"}, dayTime, "", true},
		"should be there and is not":    {people{"a": "early"}, dayTime, "", false},
		"online after work":             {people{"a": "early!"}, night, "2026-10-02T08:00:00+08:00", false},
		"offline after work":            {people{"a": "early"}, night, "2026-10-02T08:00:00+08:00", false},
		"the first team to be back":     {people{"a": "early", "b": "late!"}, night, "2026-10-02T08:00:00+08:00", false},
		"only teams that have anybody":  {people{"b": "late"}, night, "2026-10-02T12:00:00+08:00", false},
		"one team covers for the other": {people{"a": "early!", "b": "always!"}, night, "", true},
		"always, but nobody online":     {people{"a": "early!", "b": "always"}, night, "", false},
		"in no team":                    {people{"a": "early!", "b": "!"}, night, "", true},
		"in no team, offline":           {people{"a": "early!", "b": ""}, night, "2026-10-02T08:00:00+08:00", false},
	} {
		t.Run(name, func(t *testing.T) {
			each(t, func(t *testing.T, address string) {
				s, err := store.Open(t.Context(), address, "")
				if err != nil {
					t.Fatal(err)
				}
				defer s.Close()
				at := moment(t, c.at)
				line := Line{Queue: s, Book: Open(s.DB), Now: func() time.Time { return at }}
				for _, team := range []Team{
					{ID: "early", Name: "早班", Hours: week("08:00", "18:00")}, {ID: "late", Name: "晚班", Hours: week("12:00", "20:00")}, {ID: "always", Name: "全天"},
				} {
					if err := line.Book.SaveTeam(t.Context(), team); err != nil {
						t.Fatal(err)
					}
				}
				for id, team := range c.people {
					online := len(team) > 0 && team[len(team)-1] == '!'
					if online {
						team = team[:len(team)-1]
					}
					if err := line.Book.Hire(t.Context(), desk.Agent{ID: desk.AgentID(id), Name: id, Role: "agent", Capacity: 3}, team); err != nil {
						t.Fatal(err)
					}
					if !online {
						continue
					}
					if err := s.SetStatus(t.Context(), desk.AgentID(id), "online", at); err != nil {
						t.Fatal(err)
					}
				}
				staffed, back, err := line.Staffed(t.Context(), "")
				if err != nil || staffed != c.staffed || (c.back == "") != back.IsZero() || c.back != "" && !back.Equal(moment(t, c.back)) {
					t.Errorf("staffed %v, back %s (%v)", staffed, back, err)
				}
			})
		})
	}
}

// Whoever has left or takes no conversations is nobody to wait for.
func TestStaffedByThoseWhoTake(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b := book(t, address)
		line := Line{Book: b, Now: time.Now}
		for _, a := range []desk.Agent{{ID: "gone", Role: "agent", Capacity: 3}, {ID: "lead", Role: "admin"}, {ID: "boss", Role: "admin", Capacity: 1}} {
			a.Name = string(a.ID)
			if err := b.Hire(t.Context(), a, ""); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Change(t.Context(), desk.Agent{ID: "gone", Name: "gone", Role: "agent", Capacity: 3}, Standing{}, time.Now()); err != nil {
			t.Fatal(err)
		}
		takers, err := b.takers(t.Context())
		if err != nil || len(takers) != 1 || takers[0].id != "boss" {
			t.Errorf("%+v (%v)", takers, err)
		}
		if staffed, _, err := line.Staffed(t.Context(), ""); err != nil || staffed {
			t.Errorf("staffed %v (%v)", staffed, err)
		}
	})
}

// Whoever waits for a skill waits for the people who have it, and whoever is outside their hours is off.
func TestStaffedBySkill(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, err := store.Open(t.Context(), address, "")
		if err != nil {
			t.Fatal(err)
		}
		defer s.Close()
		now := moment(t, "2026-10-01T22:00:00+08:00")
		line := Line{Queue: s, Book: Open(s.DB), Now: func() time.Time { return now }}
		day := hours.Hours{Week: make([][]hours.Span, 7)}
		for i := range day.Week {
			day.Week[i] = []hours.Span{{From: "09:00", To: "18:00"}}
		}
		night := hours.Hours{Week: make([][]hours.Span, 7)}
		for i := range night.Week {
			night.Week[i] = []hours.Span{{From: "00:00", To: "24:00"}}
		}
		if err := line.Book.SaveTeam(t.Context(), Team{ID: "night", Name: "夜班", Hours: night}); err != nil {
			t.Fatal(err)
		}
		if err := line.Book.SetHours(t.Context(), day); err != nil {
			t.Fatal(err)
		}
		for _, a := range []struct{ id, team, skill string }{{"early", "", "complaint"}, {"late", "night", "presales"}} {
			if err := line.Book.Hire(t.Context(), desk.Agent{ID: desk.AgentID(a.id), Name: a.id, Role: "agent", Skills: []string{a.skill}, Capacity: 3}, a.team); err != nil {
				t.Fatal(err)
			}
			if err := s.SetStatus(t.Context(), desk.AgentID(a.id), "online", now); err != nil {
				t.Fatal(err)
			}
		}
		for skill, want := range map[string]struct {
			staffed bool
			back    string
		}{"": {true, ""}, "presales": {true, ""}, "complaint": {false, "2026-10-02T09:00:00+08:00"}, "juggling": {false, ""}} {
			staffed, back, err := line.Staffed(t.Context(), skill)
			if err != nil || staffed != want.staffed || (want.back == "") != back.IsZero() || want.back != "" && !back.Equal(moment(t, want.back)) {
				t.Errorf("%q: staffed %v, back %s (%v)", skill, staffed, back, err)
			}
		}
		if off, err := line.Off(t.Context()); err != nil || len(off) != 1 || !off["early"] {
			t.Errorf("off are %v (%v)", off, err)
		}
		if working, err := line.Working(t.Context()); err != nil || len(working) != 1 || working[0] != "night" {
			t.Errorf("working are %v (%v)", working, err)
		}
		now = moment(t, "2026-10-02T09:00:00+08:00")
		if off, err := line.Off(t.Context()); err != nil || len(off) != 0 {
			t.Errorf("in the morning %v are off (%v)", off, err)
		}
	})
}

func moment(t *testing.T, text string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, text)
	if err != nil {
		t.Fatal(err)
	}
	return at
}
