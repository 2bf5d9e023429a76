package replay_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/policies"
	"keliu/policies/replay"
	"keliu/streams/embedded"
)

// open returns an engine over a log of its own.
func open(t *testing.T) (*policies.Engine, *embedded.Log) {
	t.Helper()
	log, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := log.Close(); err != nil {
			t.Error(err)
		}
	})
	e, err := policies.Open(t.Context(), policies.Options{Streams: log})
	if err != nil {
		t.Fatal(err)
	}
	return e, log
}

// shown is the set in which agents see phone numbers as they are.
func shown(t *testing.T) policies.Set {
	t.Helper()
	s := policies.Embedded()
	before := s.Files["may_reveal.rego"]
	s.Files["may_reveal.rego"] = strings.Replace(before, "exceptions := {\n}", "exceptions := {\n\t\"agent\": {\"mobile\": \"show\"},\n}", 1)
	if s.Files["may_reveal.rego"] == before {
		t.Fatal("the rule to change was not found")
	}
	return s
}

func TestReplayTellsWhatWouldBeDecidedDifferently(t *testing.T) {
	e, log := open(t)
	start := time.Now().Add(-time.Second)
	ask := func(field, role string, times int) {
		for range times {
			if _, err := e.MayReveal(t.Context(), policies.MayReveal{Field: field, Purpose: "staff", Role: role}); err != nil {
				t.Fatal(err)
			}
		}
	}
	ask("mobile", "agent", 5)
	ask("email", "agent", 3)
	ask("mobile", "admin", 2)
	for _, channel := range []string{"web", "douyin"} {
		if _, err := e.MayContact(t.Context(), policies.MayContact{Channel: channel, Purpose: "reply"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := e.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask("mobile", "agent", 2) // not written yet
	got, err := replay.Run(t.Context(), e, log, shown(t), start)
	if err != nil {
		t.Fatal(err)
	}
	if got.Decisions != 14 || got.Different != 7 || len(got.Changes) != 1 {
		t.Fatalf("%+v", got)
	}
	c := got.Changes[0]
	if c.Before.Action != policies.Mask || c.After.Action != policies.Show || c.Times != 7 || !strings.Contains(string(c.Input), `"mobile"`) {
		t.Errorf("%+v", c)
	}
	for what, counted := range map[string]struct{ got, want []replay.Count }{
		"questions": {got.Questions, []replay.Count{{"may_reveal", 12, 7}, {"may_contact", 2, 0}}},
		"roles":     {got.Roles, []replay.Count{{"agent", 10, 7}, {"admin", 2, 0}}},
		"channels":  {got.Channels, []replay.Count{{"douyin", 1, 0}, {"web", 1, 0}}},
	} {
		if diff := cmp.Diff(counted.want, counted.got); diff != "" {
			t.Errorf("%s: %s", what, diff)
		}
	}
	if e.Revision() != policies.Embedded().Revision {
		t.Error("a replay put its set into force")
	}
	later, err := replay.Run(t.Context(), e, log, shown(t), time.Now().Add(time.Hour))
	if err != nil || later.Decisions != 0 {
		t.Errorf("after all of them: %+v, %v", later, err)
	}
}

func TestBrokenDraftsAreRefused(t *testing.T) {
	e, log := open(t)
	s := policies.Embedded()
	s.Files["may_see.rego"] += "\npermit.x if {"
	_, err := replay.Run(t.Context(), e, log, s, time.Time{})
	var mistakes policies.Mistakes
	if !errors.As(err, &mistakes) || mistakes[0].File != "may_see.rego" || mistakes[0].Line < 2 {
		t.Errorf("replay: %v", err)
	}
}

func TestRecentSumsUp(t *testing.T) {
	e, log := open(t)
	for range 4 {
		if _, err := e.MaySee(t.Context(), policies.MaySee{Role: "agent", Part: "cockpit", Action: "read"}); err != nil {
			t.Fatal(err)
		}
	}
	got, err := replay.Recent(t.Context(), e, log, time.Time{})
	if err != nil || len(got) != 1 || got[0].Times != 4 || got[0].Question != "may_see" || got[0].Before.Allow {
		t.Errorf("%+v, %v", got, err)
	}
}

// A draft that decides nothing, or decides in a shape that is none, refuses what was allowed, and the replay says so.
func TestDraftsWithoutADecisionRefuse(t *testing.T) {
	e, log := open(t)
	if ruling, err := e.MaySee(t.Context(), policies.MaySee{Role: "agent", Part: "conversations", Action: "read"}); err != nil || !ruling.Allow {
		t.Fatalf("%+v, %v", ruling, err)
	}
	for rules, rule := range map[string]string{
		"package keliu.may_see":                                 "keliu.may_see.default",
		"package keliu.may_see\npermit.role := 7":               "keliu.undecided.wrong_type",
		"package keliu.may_see\npermit := true":                 "keliu.undecided.wrong_type",
		"package keliu.may_see\nx := 1\npermit.a := x if x > 1": "keliu.may_see.default",
	} {
		s := policies.Embedded()
		s.Files["may_see.rego"] = rules
		got, err := replay.Run(t.Context(), e, log, s, time.Time{})
		if err != nil || got.Different != 1 || len(got.Changes) != 1 {
			t.Fatalf("%q: %+v, %v", rules, got, err)
		}
		if after := got.Changes[0].After; after.Allow || after.Rule != rule {
			t.Errorf("%q: %+v", rules, after)
		}
	}
}
