package trial_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"

	"keliu/policies"
	"keliu/policies/trial"
	"keliu/streams/desk"
)

// with is the embedded set with lines added to a file.
func with(name, lines string) policies.Set {
	s := policies.Embedded()
	s.Files[name] += "\n" + lines
	return s
}

// run runs the tests of a set and finds one of them by the end of its name.
func run(t *testing.T, s policies.Set, name string) (trial.Result, trial.Test) {
	t.Helper()
	got, err := trial.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	i := slices.IndexFunc(got.Tests, func(one trial.Test) bool { return strings.HasSuffix(one.Name, name) })
	if i < 0 {
		t.Fatalf("%s was not run", name)
	}
	return got, got.Tests[i]
}

func TestTheEmbeddedRulesPassAndAreCovered(t *testing.T) {
	got, err := trial.Run(t.Context(), policies.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	if got.Failed != 0 || got.Skipped != 0 || got.Passed < 30 || got.Covered < 90 || got.Covered > 100 {
		t.Errorf("%d passed, %d failed, %d skipped, %.1f %% covered", got.Passed, got.Failed, got.Skipped, got.Covered)
	}
	for _, one := range got.Tests {
		if !one.Pass || one.Trace != "" || one.File == "" || one.Line == 0 || !strings.HasPrefix(one.Name, "data.keliu.") {
			t.Errorf("%+v", one)
		}
	}
	if _, ok := got.Coverage["may_see_test.rego"]; ok {
		t.Error("the tests themselves count as covered")
	}
}

func TestAFailedTestSaysWhereAndWhatItPrinted(t *testing.T) {
	got, failed := run(t, with("may_see_test.rego", `
test_wrong if {
	print("asked by", "nobody")
	1 == 1
	count(data.keliu.may_see.permit) == 7 with input as {"role": "nobody", "part": "audit", "action": "read"}
}`), "test_wrong")
	lines := strings.Split(policies.Embedded().Files["may_see_test.rego"], "\n")
	if got.Failed != 1 || failed.Pass || got.Tests[0] != failed {
		t.Fatalf("%d failed, the first is %+v", got.Failed, got.Tests[0])
	}
	if want := len(lines) + 5; failed.FailAt != want || failed.Line != want-3 {
		t.Errorf("failed at line %d of a test at %d, want %d", failed.FailAt, failed.Line, want)
	}
	if failed.Output != "asked by nobody\n" || !strings.Contains(failed.Trace, "Fail") || !strings.Contains(failed.Trace, "may_see_test.rego") || failed.Micros <= 0 {
		t.Errorf("%+v", failed)
	}
}

func TestWhatNoTestReachesIsNamed(t *testing.T) {
	s := with("may_see.rego", "permit.unheard if {\n\tinput.role == \"nobody\"\n}")
	lines := strings.Split(policies.Embedded().Files["may_see.rego"], "\n")
	got, err := trial.Run(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if missed := got.Missed["may_see.rego"]; !slices.Contains(missed, len(lines)+1) || !slices.IsSorted(missed) || got.Coverage["may_see.rego"] >= 100 {
		t.Errorf("missed %v, %.1f %%", missed, got.Coverage["may_see.rego"])
	}
}

func TestTestsThatAreLeftOutDoNotFail(t *testing.T) {
	got, left := run(t, with("may_see_test.rego", "todo_test_later if false"), "todo_test_later")
	if got.Failed != 0 || got.Skipped != 1 || left.Pass || !left.Skip {
		t.Errorf("%d failed, %d skipped: %+v", got.Failed, got.Skipped, left)
	}
}

// A test that would go on for ever fails, and leaves the others alone.
func TestAnEndlessTestFails(t *testing.T) {
	got, endless := run(t, with("may_see_test.rego", `
test_endless if {
	ten := [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
	some a in ten
	some b in ten
	some c in ten
	some d in ten
	some e in ten
	some f in ten
	some g in ten
	some h in ten
	some i in ten
	(((((((a + b) + c) + d) + e) + f) + g) + h) + i == 1000
}`), "test_endless")
	if got.Failed != 1 || endless.Pass || endless.Error == "" || got.Passed < 30 {
		t.Errorf("%d passed, %d failed: %+v", got.Passed, got.Failed, endless)
	}
}

func TestSetsThatCannotBeTestedAreRefused(t *testing.T) {
	for name, s := range map[string]policies.Set{
		"a rule that does not compile":  with("may_see.rego", "permit.x := if {"),
		"a test that does not compile":  with("may_see_test.rego", "test_broken if {"),
		"a test that means nothing":     with("may_see_test.rego", "test_unsafe if y > 1"),
		"a test that goes to the net":   with("may_see_test.rego", `test_net if http.send({"method": "get", "url": "http://127.0.0.1"}).status_code == 200`),
		"a rule that reads the machine": with("may_see.rego", `permit.x := "x" if opa.runtime().env.HOME`),
		"a set without its questions":   {Files: map[string]string{"may_see.rego": "package keliu.may_see"}},
		"a set of nothing":              {},
	} {
		_, err := trial.Run(t.Context(), s)
		var mistakes policies.Mistakes
		if !errors.As(err, &mistakes) || !errors.Is(err, desk.ErrInvalid) || mistakes[0].File == "" {
			t.Errorf("%s: %v", name, err)
		}
		if checked := trial.Check(t.Context(), s); checked == nil || checked.Error() != err.Error() {
			t.Errorf("%s: checked %v, run %v", name, checked, err)
		}
	}
	if err := trial.Check(t.Context(), policies.Embedded()); err != nil {
		t.Error(err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := trial.Run(ctx, policies.Embedded()); !errors.Is(err, context.Canceled) {
		t.Errorf("a run that was called off: %v", err)
	}
}

// What tests print is heard in a trial alone: rules in force neither print nor change by it.
func TestPrintingDecidesNothing(t *testing.T) {
	s := with("may_see.rego", `permit.loud := "Said aloud." if {
	print("role", input.role)
	input.role == "loud"
}`)
	draft, err := policies.Compile(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for role, allowed := range map[string]bool{"loud": true, "quiet": false} {
		ruling, err := draft.Decide(t.Context(), "may_see", []byte(`{"role": "`+role+`", "part": "x", "action": "read"}`))
		if err != nil || ruling.Allow != allowed {
			t.Errorf("%s: %+v, %v", role, ruling, err)
		}
	}
}
