package main

import (
	"encoding/json"
	"errors"
	"io"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

func TestRunRefuses(t *testing.T) {
	for _, args := range [][]string{{"--fast"}, {"accept"}, {"--only", "accept,everything"}, {"--only", ","}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); !errors.Is(err, errUse) {
			t.Errorf("%q: %v", args, err)
		}
	}
	if err := run(t.Context(), []string{"--help"}, io.Discard, io.Discard); err != nil {
		t.Errorf("--help: %v", err)
	}
}

// TestReport measures what needs no product, briefly, and reads the report as a program would.
func TestReport(t *testing.T) {
	b := &bench{quick: true, rounds: 1, slice: time.Millisecond, dir: t.TempDir(), progress: io.Discard}
	report, err := b.measure(t.Context(), []string{"log", "score", "understand", "cockpit"})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := report.json(&out); err != nil {
		t.Fatal(err)
	}
	var got struct {
		Results []struct {
			Name                   string
			Ours, Reference, Ratio float64
			Unit                   string
		}
		Machine struct{ CPUs int }
	}
	if err := json.Unmarshal([]byte(out.String()), &got); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, r := range got.Results {
		names = append(names, r.Name)
		if r.Ours <= 0 || r.Reference <= 0 || r.Ratio != r.Ours/r.Reference || r.Unit == "" {
			t.Errorf("%+v", r)
		}
	}
	if diff := cmp.Diff([]string{"log", "score", "understand", "cockpit"}, names); diff != "" || got.Machine.CPUs < 1 {
		t.Errorf("names (-want +got):\n%s\n%+v", diff, got.Machine)
	}
	out.Reset()
	if err := report.table(&out); err != nil || strings.Count(out.String(), "\n") != 7 {
		t.Errorf("%v:\n%s", err, out.String())
	}
}

func TestTakeTurns(t *testing.T) {
	var order []string
	values := map[string][]float64{"ours": {3, 1, 2}, "theirs": {30, 10, 20}}
	next := func(who string) func() (float64, error) {
		return func() (float64, error) {
			order = append(order, who)
			v := values[who][0]
			values[who] = values[who][1:]
			return v, nil
		}
	}
	ours, theirs, err := (&bench{rounds: 3}).takeTurns(next("ours"), next("theirs"))
	if err != nil || ours != 2 || theirs != 20 {
		t.Errorf("%v and %v, %v", ours, theirs, err)
	}
	if got := strings.Join(order, " "); got != "ours theirs ours theirs ours theirs" {
		t.Errorf("turns: %s", got)
	}
	broken := errors.New("broken")
	if _, _, err := (&bench{rounds: 3}).takeTurns(func() (float64, error) { return 1, nil }, func() (float64, error) { return 0, broken }); !errors.Is(err, broken) {
		t.Errorf("a broken reference: %v", err)
	}
}
