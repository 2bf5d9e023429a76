package replay_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"keliu/policies"
	"keliu/policies/replay"
	"keliu/policies/trial"
	"keliu/streams/desk"
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
	if err := e.Write(t.Context()); err != nil {
		t.Fatal(err)
	}
	ask("mobile", "agent", 2) // not written yet
	got, err := replay.Run(t.Context(), e, log, shown(t), start)
	if err != nil {
		t.Fatal(err)
	}
	if got.Decisions != 12 || got.Different != 7 || len(got.Changes) != 1 {
		t.Fatalf("%+v", got)
	}
	c := got.Changes[0]
	if c.Before.Action != policies.Mask || c.After.Action != policies.Show || c.Times != 7 || !strings.Contains(string(c.Input), `"mobile"`) {
		t.Errorf("%+v", c)
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
	if _, err := trial.Run(t.Context(), s); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("trial: %v", err)
	}
}

func TestTheTestsOfASetAreRun(t *testing.T) {
	good, err := trial.Run(t.Context(), policies.Embedded())
	if err != nil || good.Failed > 0 || good.Passed < 30 || good.Coverage["may_reveal.rego"] < 90 {
		t.Fatalf("%d passed, %d failed, %v: %v", good.Passed, good.Failed, good.Coverage, err)
	}
	narrow := policies.Embedded()
	narrow.Files["may_see.rego"] = strings.ReplaceAll(narrow.Files["may_see.rego"], `"policies": {"read", "write"}`, `"policies": {"read"}`)
	changed, err := trial.Run(t.Context(), narrow)
	if err != nil || changed.Failed == 0 {
		t.Fatalf("%d failed: %v", changed.Failed, err)
	}
	first := changed.Tests[0]
	if first.Pass || first.File != "may_see_test.rego" || first.Line == 0 || !strings.Contains(first.Name, "compliance_writes") {
		t.Errorf("the failed test is not first: %+v", first)
	}
	s := policies.Embedded()
	s.Files["may_see_test.rego"] += "\ntest_broken if {"
	if _, err := trial.Run(t.Context(), s); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("a test that does not compile: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := trial.Run(ctx, policies.Embedded()); err == nil {
		t.Error("a run that was called off has a result")
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
