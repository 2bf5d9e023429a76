package policies_test

import (
	"testing"

	"keliu/policies"
	"keliu/policies/trial"
)

// The rules' own tests pass and reach at least nine lines in ten of every file.
func TestRules(t *testing.T) {
	r, err := trial.Run(t.Context(), policies.Embedded())
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range r.Tests {
		if !test.Pass {
			t.Errorf("%s:%d %s: %s\n%s", test.File, test.Line, test.Name, test.Error, test.Trace)
		}
	}
	if ran := len(r.Tests); ran < 30 {
		t.Errorf("only %d rule tests ran", ran)
	}
	for name, covered := range r.Coverage {
		if covered < 90 {
			t.Errorf("%s is covered to %.0f %%; not covered: %v", name, covered, r.Missed[name])
		}
	}
}
