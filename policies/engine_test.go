package policies_test

import (
	"bufio"
	"context"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/policies"
)

// open opens an engine that takes its time, because the machine may be busy with other tests.
func open(t testing.TB, o policies.Options) *policies.Engine {
	t.Helper()
	if o.Timeout == 0 {
		o.Timeout = 10 * time.Second
	}
	e, err := policies.Open(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// ask puts a question given as its name and attributes.
func ask(ctx context.Context, e *policies.Engine, name, attributes string) (policies.Ruling, error) {
	switch name {
	case "may_run":
		return put(ctx, e.MayRun, attributes)
	case "may_reveal":
		return put(ctx, e.MayReveal, attributes)
	case "may_retrieve":
		return put(ctx, e.MayRetrieve, attributes)
	case "may_contact":
		return put(ctx, e.MayContact, attributes)
	case "may_see":
		return put(ctx, e.MaySee, attributes)
	default:
		return put(ctx, e.KeepFor, attributes)
	}
}

func put[Q any](ctx context.Context, to func(context.Context, Q) (policies.Ruling, error), attributes string) (policies.Ruling, error) {
	var q Q
	if err := json.Unmarshal([]byte(attributes), &q); err != nil {
		return policies.Ruling{}, err
	}
	return to(ctx, q)
}

// outcome is a ruling as testdata writes it.
func outcome(r policies.Ruling) string {
	switch {
	case r.Action != "":
		return string(r.Action)
	case r.Days > 0:
		return strconv.Itoa(r.Days)
	case r.Allow:
		return "allow"
	}
	return "deny"
}

func TestRulings(t *testing.T) {
	file, err := os.Open("testdata/rulings.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	e := open(t, policies.Options{})
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := lines.Text()
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		question, want, _ := strings.Cut(line, " = ")
		name, attributes, _ := strings.Cut(question, " ")
		for _, from := range []string{"rules", "cache"} {
			r, err := ask(t.Context(), e, name, attributes)
			if err != nil {
				t.Fatalf("%s: %v", line, err)
			}
			if got := outcome(r) + " " + r.Rule; got != want {
				t.Errorf("%s: %s says %s", line, from, got)
			}
			if r.Allow != (r.Action == policies.Show || outcome(r) == "allow" || r.Days > 0) {
				t.Errorf("%s: Allow is %v", line, r.Allow)
			}
			if r.Reason == "" || r.Revision != e.Revision() {
				t.Errorf("%s: reason %q, revision %q", line, r.Reason, r.Revision)
			}
		}
	}
	if e.Failures() != 0 {
		t.Errorf("%d questions were not decided", e.Failures())
	}
}

// with is the embedded set with one file replaced.
func with(file, source string) policies.Set {
	s := policies.Embedded()
	s.Files[file] = source
	return s
}

// A rule that does not come to a decision refuses, says why, is counted, and is asked again next time.
func TestFailsClosed(t *testing.T) {
	cases := []struct{ name, source, rule string }{
		{"no rules at all", "package keliu.may_run\n", "keliu.may_run.default"},
		{"nothing but helpers", "package keliu.may_run\nlimit := 5\n", "keliu.may_run.default"},
		{"permit is no set of rules", "package keliu.may_run\npermit := true\n", "keliu.undecided.wrong_type"},
		{"a rule without a sentence", "package keliu.may_run\npermit.all := true\n", "keliu.undecided.wrong_type"},
		{"rules that contradict each other", "package keliu.may_run\npermit.all := \"a\"\npermit.all := \"b\" if input.known\n", "keliu.undecided.error"},
		{"a rule that goes through millions", "package keliu.may_run\nmany := [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16]\n" +
			"permit.all := \"x\" if {\n" + "\tsome a in many\n\tsome b in many\n\tsome c in many\n\tsome d in many\n\tsome e in many\n\tsome f in many\n\ta+b+c+d+e+f == input.amount - 1\n}\n", "keliu.undecided.timeout"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			e := open(t, policies.Options{Timeout: 200 * time.Millisecond})
			if _, err := e.Publish(t.Context(), with("may_run.rego", c.source)); err != nil {
				t.Fatal(err)
			}
			for range 2 {
				r, err := e.MayRun(t.Context(), policies.MayRun{Action: "answer", Known: true})
				if err != nil {
					t.Fatal(err)
				}
				if r.Allow || r.Rule != c.rule || r.Reason == "" {
					t.Errorf("got %+v", r)
				}
			}
			if undecided := strings.Contains(c.rule, "undecided"); undecided != (e.Failures() == 2) {
				t.Errorf("%d failures counted", e.Failures())
			}
		})
	}
}

func TestRetentionWithoutATermIsNoDecision(t *testing.T) {
	for _, source := range []string{
		"keep.all := 30", `keep.all := {"days": 0, "because": "x"}`, `keep.all := {"days": 1.5, "because": "x"}`,
		`keep.all := {"days": 30}`, `keep.all := {"days": 99999999999, "because": "x"}`,
	} {
		e := open(t, policies.Options{})
		if _, err := e.Publish(t.Context(), with("keep_for.rego", "package keliu.keep_for\n"+source+"\n")); err != nil {
			t.Fatal(err)
		}
		r, err := e.KeepFor(t.Context(), policies.KeepFor{Kind: "message"})
		if err != nil || r.Allow || r.Days != 0 || r.Rule != "keliu.undecided.wrong_type" {
			t.Errorf("%s: %+v, %v", source, r, err)
		}
	}
}

func TestAskerWhoGaveUpIsRefused(t *testing.T) {
	e := open(t, policies.Options{})
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	q := policies.MayReveal{Field: "order", Purpose: "customer", Own: true}
	r, err := e.MayReveal(ctx, q)
	if err != nil || r.Allow || r.Action != policies.Drop || r.Rule != "keliu.undecided.cancelled" {
		t.Errorf("got %+v, %v", r, err)
	}
	if r, err := e.MayReveal(t.Context(), q); err != nil || !r.Allow {
		t.Errorf("the refusal stuck: %+v, %v", r, err)
	}
}

func TestUnopenedEngine(t *testing.T) {
	var e policies.Engine
	if r, err := e.MayRun(t.Context(), policies.MayRun{Action: "answer"}); err == nil || r.Allow {
		t.Errorf("got %+v, %v", r, err)
	}
}

func TestRefusalsAreHeard(t *testing.T) {
	var heard []string
	e := open(t, policies.Options{OnDeny: func(question string, r policies.Ruling) {
		heard = append(heard, question+" "+r.Rule)
	}})
	for _, q := range []string{"may_run {}", "may_run {}", `may_run {"action":"answer"}`, `may_reveal {"field":"mobile","purpose":"model"}`, "may_reveal {}"} {
		name, attributes, _ := strings.Cut(q, " ")
		if _, err := ask(t.Context(), e, name, attributes); err != nil {
			t.Fatal(err)
		}
	}
	want := []string{"may_run keliu.may_run.default", "may_run keliu.may_run.default", "may_reveal keliu.may_reveal.default"}
	if diff := cmp.Diff(want, heard); diff != "" {
		t.Error(diff)
	}
}
