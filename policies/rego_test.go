package policies_test

import (
	"strings"
	"testing"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"

	"keliu/policies"
)

// The rules' own tests pass and reach at least nine lines in ten of every file.
func TestRules(t *testing.T) {
	modules := map[string]*ast.Module{}
	for name, source := range policies.Embedded().Files {
		module, err := ast.ParseModule(name, source)
		if err != nil {
			t.Fatal(err)
		}
		modules[name] = module
	}
	coverage := cover.New()
	results, err := tester.NewRunner().SetCoverageQueryTracer(coverage).Run(t.Context(), modules)
	if err != nil {
		t.Fatal(err)
	}
	ran := 0
	for r := range results {
		ran++
		if !r.Pass() {
			t.Errorf("%s: %v", r, r.Error)
		}
	}
	if ran < 30 {
		t.Errorf("only %d rule tests ran", ran)
	}
	report := coverage.Report(modules)
	for name, file := range report.Files {
		if !strings.HasSuffix(name, "_test.rego") && file.Coverage < 90 {
			t.Errorf("%s is covered to %.0f %%; not covered: %v", name, file.Coverage, file.NotCovered)
		}
	}
}
