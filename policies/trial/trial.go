// Package trial runs the tests that travel with a set of rules.
package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"

	"keliu/policies"
	"keliu/policies/language"
)

// trialTime is how long all tests of a set may take.
const trialTime = 10 * time.Second

// A Result is how a set's own tests went.
type Result struct {
	Passed   int                `json:"passed"`
	Failed   int                `json:"failed"`
	Tests    []Test             `json:"tests"`    // failed ones first, then by file and name
	Coverage map[string]float64 `json:"coverage"` // of each file that decides, 0 to 100
}

// A Test is how one test went.
type Test struct {
	File  string `json:"file"`
	Line  int    `json:"line"`
	Name  string `json:"name"`
	Pass  bool   `json:"pass"`
	Error string `json:"error,omitempty"` // when it could not be run
}

// Run runs the tests of a set. It refuses policies.Mistakes, in the tests as well.
func Run(ctx context.Context, s policies.Set) (Result, error) {
	out := Result{Tests: []Test{}, Coverage: map[string]float64{}}
	if _, err := policies.Compile(ctx, s); err != nil {
		return out, err
	}
	modules := map[string]*ast.Module{}
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		module, err := ast.ParseModuleWithOpts(name, s.Files[name], ast.ParserOptions{Capabilities: language.Capabilities()})
		if err != nil {
			return out, language.MistakesOf(name, err)
		}
		modules[name] = module
	}
	ctx, cancel := context.WithTimeout(ctx, trialTime)
	defer cancel()
	compiler := ast.NewCompiler().WithCapabilities(language.Capabilities())
	coverage := cover.New()
	results, err := tester.NewRunner().SetCompiler(compiler).SetCoverageQueryTracer(coverage).SetTimeout(time.Second).Run(ctx, modules)
	var found ast.Errors
	if errors.As(err, &found) {
		return out, language.MistakesOf("", found)
	}
	if err != nil {
		return out, fmt.Errorf("test policies: %w", err)
	}
	for r := range results {
		one := Test{Name: r.Name, Pass: r.Pass()}
		if r.Location != nil {
			one.File, one.Line = r.Location.File, r.Location.Row
		}
		if r.Error != nil {
			one.Error = r.Error.Error()
		}
		if one.Pass {
			out.Passed++
		} else {
			out.Failed++
		}
		out.Tests = append(out.Tests, one)
	}
	if err := ctx.Err(); err != nil {
		return out, fmt.Errorf("test policies: the tests took longer than %s: %w", trialTime, err)
	}
	slices.SortFunc(out.Tests, func(a, b Test) int {
		switch {
		case a.Pass != b.Pass && b.Pass:
			return -1
		case a.Pass != b.Pass:
			return 1
		}
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line))
	})
	for name, file := range coverage.Report(modules).Files {
		if !strings.HasSuffix(name, "_test.rego") {
			out.Coverage[name] = file.Coverage
		}
	}
	return out, nil
}
