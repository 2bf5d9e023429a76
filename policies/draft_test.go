package policies_test

import (
	"errors"
	"testing"

	"keliu/policies"
	"keliu/streams/desk"
)

func TestDraftsRefuseWhatTheyCannotDecide(t *testing.T) {
	s := policies.Embedded()
	s.Files["may_see.rego"] += `
permit.endless := "Never reached." if {
	input.part == "endless"
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
}`
	draft, err := policies.Compile(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ question, input, rule string }{
		{"may_see", `{"role": "agent", "part": "endless", "action": "read"}`, "keliu.undecided.timeout"},
		{"may_fly", `{}`, "keliu.undecided.undefined"},
		{"may_see", `{}`, "keliu.may_see.default"},
	} {
		ruling, err := draft.Decide(t.Context(), c.question, []byte(c.input))
		if err != nil || ruling.Allow || ruling.Rule != c.rule || ruling.Reason == "" {
			t.Errorf("%s %s: %+v, %v", c.question, c.input, ruling, err)
		}
	}
	if _, err := draft.Decide(t.Context(), "may_see", []byte(`{"role": 7}`)); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("a question in another shape: %v", err)
	}
}
