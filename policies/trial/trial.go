// Package trial runs the tests that travel with a set of rules.
package trial

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/cover"
	"github.com/open-policy-agent/opa/v1/tester"

	"keliu/policies"
	"keliu/policies/language"
	"keliu/streams/desk"
)

const (
	testTime = time.Second      // how long one test may take
	allTime  = 10 * time.Second // how long all tests of a set may take
)

// A Result is how a set's own tests went.
type Result struct {
	Passed   int                `json:"passed"`
	Failed   int                `json:"failed"`
	Skipped  int                `json:"skipped"`  // those whose names begin with todo_
	Tests    []Test             `json:"tests"`    // failed ones first, then by file and line
	Covered  float64            `json:"covered"`  // of the lines of all files that decide, 0 to 100
	Coverage map[string]float64 `json:"coverage"` // of each file that decides, 0 to 100
	Missed   map[string][]int   `json:"missed"`   // the lines that no test reaches, in order, of each file that decides
}

// A Test is how one test went.
type Test struct {
	File   string `json:"file"`
	Line   int    `json:"line"`
	Name   string `json:"name"`
	Pass   bool   `json:"pass"`
	Skip   bool   `json:"skip,omitempty"`
	Micros int64  `json:"micros"`              // how long it took
	Error  string `json:"error,omitempty"`     // when it could not be run
	Output string `json:"output,omitempty"`    // what it printed
	FailAt int    `json:"failed_at,omitempty"` // the line of the test that did not hold
	Trace  string `json:"trace,omitempty"`     // of a failed one: what did not hold on the way
}

// Check refuses policies.Mistakes, in the tests as well, without running them.
func Check(ctx context.Context, s policies.Set) error {
	if _, err := policies.Compile(ctx, s); err != nil {
		return err
	}
	modules, err := parse(s)
	if err != nil {
		return err
	}
	compiler := newCompiler()
	if compiler.Compile(modules); compiler.Failed() {
		return language.MistakesOf("", compiler.Errors)
	}
	return nil
}

// Run runs the tests of a set. It refuses policies.Mistakes, in the tests as well, and tests that take too long together.
func Run(ctx context.Context, s policies.Set) (Result, error) {
	out := Result{Tests: []Test{}, Coverage: map[string]float64{}, Missed: map[string][]int{}}
	if _, err := policies.Compile(ctx, s); err != nil {
		return out, err
	}
	limited, cancel := context.WithTimeout(ctx, allTime)
	defer cancel()
	coverage := cover.New()
	modules, results, err := run(limited, s, tester.NewRunner().SetCoverageQueryTracer(coverage).SetCoverageRuns(nil))
	if err != nil {
		return out, err
	}
	out.add(results)
	out.measure(coverage.Report(modules))
	if err := out.explain(limited, s); err != nil {
		return out, err
	}
	if err := ctx.Err(); err != nil {
		return out, fmt.Errorf("test policies: %w", err)
	}
	if limited.Err() != nil {
		return out, desk.Refuse(desk.ErrInvalid, "rules_tests_slow", int(allTime.Seconds()))
	}
	return out, nil
}

// parse reads all files of a set.
func parse(s policies.Set) (map[string]*ast.Module, error) {
	modules := map[string]*ast.Module{}
	var mistakes language.Mistakes
	for _, name := range slices.Sorted(maps.Keys(s.Files)) {
		module, err := ast.ParseModuleWithOpts(name, s.Files[name], ast.ParserOptions{Capabilities: language.Capabilities()})
		if err != nil {
			mistakes = append(mistakes, language.MistakesOf(name, err)...)
			continue
		}
		modules[name] = module
	}
	if len(mistakes) > 0 {
		return nil, mistakes
	}
	return modules, nil
}

// newCompiler returns the compiler of rules with their tests.
func newCompiler() *ast.Compiler {
	return ast.NewCompiler().WithCapabilities(language.Capabilities()).WithEnablePrintStatements(true)
}

// run reads a set anew, which running changes, and lets a runner run its tests.
func run(ctx context.Context, s policies.Set, runner *tester.Runner) (map[string]*ast.Module, []*tester.Result, error) {
	modules, err := parse(s)
	if err != nil {
		return nil, nil, err
	}
	ran, err := runner.SetCompiler(newCompiler()).SetModules(modules).SetTimeout(testTime).RunTests(ctx, nil)
	var found ast.Errors
	if errors.As(err, &found) {
		return nil, nil, language.MistakesOf("", found)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("test policies: %w", err)
	}
	var results []*tester.Result
	for r := range ran {
		results = append(results, r)
	}
	return modules, results, nil
}

// add takes what a runner found.
func (r *Result) add(results []*tester.Result) {
	for _, one := range results {
		t := Test{Name: one.Package + "." + one.Name, Pass: one.Pass(), Skip: one.Skip, Micros: one.Duration.Microseconds(), Output: clipped(string(one.Output))}
		if one.Location != nil {
			t.File, t.Line = one.Location.File, one.Location.Row
		}
		if one.Error != nil {
			t.Error = one.Error.Error()
		}
		switch {
		case t.Skip:
			r.Skipped++
		case t.Pass:
			r.Passed++
		default:
			r.Failed++
		}
		r.Tests = append(r.Tests, t)
	}
	slices.SortFunc(r.Tests, func(a, b Test) int {
		return cmp.Or(cmp.Compare(rank(a), rank(b)), cmp.Compare(a.File, b.File), cmp.Compare(a.Line, b.Line), cmp.Compare(a.Name, b.Name))
	})
}

// rank orders tests: those that failed, those that were left out, the others.
func rank(t Test) int {
	switch {
	case t.Pass:
		return 2
	case t.Skip:
		return 1
	}
	return 0
}

// measure takes how much of the files that decide was reached.
func (r *Result) measure(report cover.Report) {
	reached, missed := 0, 0
	for name, file := range report.Files {
		if strings.HasSuffix(name, "_test.rego") {
			continue
		}
		r.Coverage[name], r.Missed[name] = file.Coverage, []int{}
		reached, missed = reached+file.CoveredLines, missed+file.NotCoveredLines
		for _, part := range file.NotCovered {
			for line := part.Start.Row; line <= part.End.Row; line++ {
				r.Missed[name] = append(r.Missed[name], line)
			}
		}
		slices.Sort(r.Missed[name])
		r.Missed[name] = slices.Compact(r.Missed[name])
	}
	if reached+missed > 0 {
		r.Covered = 100 * float64(reached) / float64(reached+missed)
	}
}

// mostExplained is how many failed tests are run once more to see why: the first are enough to begin with.
const mostExplained = 20

// explain runs failed tests again, step by step.
func (r *Result) explain(ctx context.Context, s policies.Set) error {
	var names []string
	at := map[string]int{}
	for i, t := range r.Tests {
		if rank(t) == 0 && t.Error == "" && len(names) < mostExplained {
			names = append(names, regexp.QuoteMeta(t.Name))
			at[t.Name] = i
		}
	}
	if len(names) == 0 {
		return nil
	}
	_, results, err := run(ctx, s, tester.NewRunner().EnableTracing(true).Filter("^(?:"+strings.Join(names, "|")+")$"))
	if err != nil {
		return err
	}
	for _, one := range results {
		if i, asked := at[one.Package+"."+one.Name]; asked {
			r.Tests[i].Trace, r.Tests[i].FailAt = steps(one.Trace, r.Tests[i])
		}
	}
	return nil
}
