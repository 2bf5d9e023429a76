package policies_test

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"

	"github.com/open-policy-agent/opa/v1/rego"

	"keliu/policies"
)

var inputs = flag.Int("inputs", 100_000, "how many random questions TestCacheAgreesWithRules asks")

// words are the attributes' values that the rules know, and some that they do not.
var words = map[string][]string{
	"function": {"intents/refund", "models/write", "routing/assign"},
	"action":   {"answer", "refund", "return", "exchange", "cancel", "write", "read", "urge", "steal", "", "\xff"},
	"channel":  {"web", "app"},
	"stage":    {"ai", "queued", "human", "closed", ""},
	"field":    {"mobile", "id_card", "bank_card", "email", "order", "address", "otp", "logistics", "name", "shoe_size"},
	"purpose":  {"customer", "model", "log", "metric", "staff", "export", "answer", "assist", "callback", "followup", "marketing"},
	"role":     {"", "agent", "admin", "marketing", "compliance", "executive", "intern"},
	"audience": {"public", "staff", "board"},
	"part":     {"conversations", "knowledge", "cockpit", "policies", "audit", "people", "outreach", "vault"},
	"kind":     {"message", "picture", "audit", "stream", "metric", "rumour"},
}

// random fills a question.
func random(rng *rand.Rand, question reflect.Value) {
	for i := range question.NumField() {
		switch field := question.Field(i); field.Kind() {
		case reflect.String:
			choice := words[question.Type().Field(i).Tag.Get("json")]
			field.SetString(choice[rng.IntN(len(choice))])
		case reflect.Bool:
			field.SetBool(rng.IntN(2) == 0)
		case reflect.Int: // an hour
			field.SetInt(int64(rng.IntN(26) - 1))
		case reflect.Int64: // fen
			field.SetInt([]int64{-1, 0, 1, 5900, 49999, 50000, 50001, 1 << 40}[rng.IntN(8)])
		}
	}
}

// plain asks OPA itself: the source as it stands, a fresh query, the question as JSON, and the order of outcomes in the
// words of the documentation.
type plain struct {
	name    string
	query   rego.PreparedEvalQuery
	outcome []string // strictest first
}

func newPlain(t testing.TB, name string, outcome ...string) plain {
	t.Helper()
	query, err := rego.New(
		rego.Query("data.keliu."+name),
		rego.Module(name+".rego", policies.Embedded().Files[name+".rego"]),
	).PrepareForEval(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return plain{name, query, outcome}
}

// decide returns the outcome and the rule.
func (p plain) decide(t testing.TB, question any) (outcome, rule string) {
	t.Helper()
	text, err := json.Marshal(question)
	if err != nil {
		t.Fatal(err)
	}
	var input any
	if err := json.Unmarshal(text, &input); err != nil {
		t.Fatal(err)
	}
	results, err := p.query.Eval(context.Background(), rego.EvalInput(input))
	if err != nil {
		t.Fatal(err)
	}
	verdict := results[0].Expressions[0].Value.(map[string]any)
	for _, outcome := range p.outcome {
		var rules []string
		if named, ok := verdict[outcome].(map[string]any); ok {
			for rule := range named {
				rules = append(rules, rule)
			}
		}
		if len(rules) > 0 {
			return outcome, fmt.Sprintf("keliu.%s.%s.%s", p.name, outcome, slices.Min(rules))
		}
	}
	return "", fmt.Sprintf("keliu.%s.default", p.name)
}

// compare asks n random questions of one kind twice, of the rules and of the cache.
func compare[Q any](t *testing.T, n int, p plain, ask func(context.Context, Q) (policies.Ruling, error)) {
	t.Helper()
	t.Run(p.name, func(t *testing.T) {
		rng := rand.New(rand.NewPCG(7, uint64(len(p.name))))
		for range n {
			var q Q
			random(rng, reflect.ValueOf(&q).Elem())
			outcome, rule := p.decide(t, q)
			for range 2 {
				r, err := ask(t.Context(), q)
				if err != nil {
					t.Fatal(err)
				}
				agree := r.Rule == rule && r.Allow == slices.Contains([]string{"permit", "show", "keep"}, outcome)
				if p.outcome[0] == "drop" {
					agree = agree && (string(r.Action) == outcome || outcome == "" && r.Action == policies.Drop)
				}
				if !agree {
					t.Fatalf("%+v: plain OPA says %s %s, the engine %+v", q, outcome, rule, r)
				}
			}
		}
	})
}

// The engine answers as plain OPA does, from the rules and from the cache: go test -run Agrees -inputs 1000000.
func TestCacheAgreesWithRules(t *testing.T) {
	e := open(t, policies.Options{})
	n := *inputs / 6
	compare(t, n, newPlain(t, "may_run", "refuse", "permit"), e.MayRun)
	compare(t, n, newPlain(t, "may_reveal", "drop", "mask", "show"), e.MayReveal)
	compare(t, n, newPlain(t, "may_retrieve", "refuse", "permit"), e.MayRetrieve)
	compare(t, n, newPlain(t, "may_contact", "refuse", "permit"), e.MayContact)
	compare(t, n, newPlain(t, "may_see", "refuse", "permit"), e.MaySee)
	compare(t, *inputs-5*n, newPlain(t, "keep_for", "keep"), e.KeepFor)
	if e.Failures() != 0 {
		t.Errorf("%d questions were not decided", e.Failures())
	}
}
