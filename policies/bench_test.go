package policies_test

import (
	"encoding/json"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"

	"keliu/policies"
)

var refund = policies.MayRun{Function: "intents/refund", Action: "refund", Channel: "web", Stage: "ai", Known: true, Amount: 5900}

// BenchmarkPlainOPA is the same decision by a prepared query and nothing around it.
func BenchmarkPlainOPA(b *testing.B) {
	p := newPlain(b, "may_run")
	text, err := json.Marshal(refund)
	if err != nil {
		b.Fatal(err)
	}
	var input any
	if err := json.Unmarshal(text, &input); err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		results, err := p.query.Eval(b.Context(), rego.EvalInput(input))
		if err != nil || len(results) != 1 {
			b.Fatal(results, err)
		}
	}
}

// BenchmarkCompiled is a decision that is not in the cache: the amounts are all different.
func BenchmarkCompiled(b *testing.B) {
	e := open(b, policies.Options{})
	q := refund
	b.ReportAllocs()
	for b.Loop() {
		q.Amount++
		if _, err := e.MayRun(b.Context(), q); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCached is a decision that was taken before.
func BenchmarkCached(b *testing.B) {
	e := open(b, policies.Options{})
	b.ReportAllocs()
	for b.Loop() {
		if r, err := e.MayRun(b.Context(), refund); err != nil || !r.Allow {
			b.Fatal(r, err)
		}
	}
}

// BenchmarkOpen is what the rules cost at the start of a process.
func BenchmarkOpen(b *testing.B) {
	for b.Loop() {
		open(b, policies.Options{})
	}
}
