// Package replay tells what other rules would have decided about recorded decisions.
package replay

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"

	"keliu/policies"
	"keliu/streams"
)

// A Change is a question that other rules would have answered differently.
type Change struct {
	Question string          `json:"question"`
	Input    json.RawMessage `json:"input"`
	Before   policies.Ruling `json:"before"`
	After    policies.Ruling `json:"after"`
	Times    uint64          `json:"times"` // how often it was asked
	Last     time.Time       `json:"last"`  // when it was asked last, as it was recorded
}

// A Result is what a set would have decided about recorded decisions.
type Result struct {
	Decisions uint64   `json:"decisions"` // looked at
	Different uint64   `json:"different"`
	Changes   []Change `json:"changes"` // the most frequent first
	Questions []Count  `json:"questions"`
	Roles     []Count  `json:"roles"`    // of those who asked; of questions in which a role is asked for
	Channels  []Count  `json:"channels"` // of questions in which a channel is asked for
}

// Run lets a set decide again what was decided since a time. It refuses policies.Mistakes.
func Run(ctx context.Context, e *policies.Engine, log streams.Log, s policies.Set, since time.Time) (Result, error) {
	out := Result{Changes: []Change{}}
	questions, roles, channels := tally{}, tally{}, tally{}
	draft, err := policies.Compile(ctx, s)
	if err != nil {
		return out, fmt.Errorf("replay: %w", err)
	}
	asked, err := sum(ctx, e, log, since)
	if err != nil {
		return out, fmt.Errorf("replay: %w", err)
	}
	for _, c := range asked {
		if c.After, err = draft.Decide(ctx, c.Question, c.Input); err != nil {
			return out, fmt.Errorf("replay %s: %w", c.Question, err)
		}
		var by struct{ Role, Channel string }
		if err := json.Unmarshal(c.Input, &by); err != nil {
			return out, fmt.Errorf("replay %s: %w", c.Question, err)
		}
		different := c.Before.Allow != c.After.Allow || c.Before.Action != c.After.Action || c.Before.Days != c.After.Days
		questions.add(c.Question, c.Times, different)
		roles.add(by.Role, c.Times, different)
		channels.add(by.Channel, c.Times, different)
		out.Decisions += c.Times
		if different {
			out.Different += c.Times
			out.Changes = append(out.Changes, c)
		}
	}
	out.Questions, out.Roles, out.Channels = questions.counts(), roles.counts(), channels.counts()
	slices.SortFunc(out.Changes, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(a.Question, b.Question), cmp.Compare(string(a.Input), string(b.Input)))
	})
	return out, nil
}

// Recent lists what was decided since a time, each question and ruling once, the most frequent first.
func Recent(ctx context.Context, e *policies.Engine, log streams.Log, since time.Time) ([]Change, error) {
	asked, err := sum(ctx, e, log, since)
	if err != nil {
		return nil, fmt.Errorf("recent decisions: %w", err)
	}
	slices.SortFunc(asked, func(a, b Change) int {
		return cmp.Or(cmp.Compare(b.Times, a.Times), cmp.Compare(string(a.Input), string(b.Input)))
	})
	return asked, nil
}

// sum adds up the decisions recorded since a time. What is not written yet is written first.
func sum(ctx context.Context, e *policies.Engine, log streams.Log, since time.Time) ([]Change, error) {
	if err := e.Write(ctx); err != nil {
		return nil, err
	}
	type key struct {
		question, input string
		allow           bool
		action          policies.Action
		days            int
	}
	at := map[key]int{}
	all := []Change{}
	err := log.Read(ctx, string(policies.Decisions), func(r streams.Record) error {
		if r.At.Before(since) {
			return nil
		}
		var some []recorded
		if err := json.Unmarshal(r.Body, &some); err != nil {
			return fmt.Errorf("decode %s: %w", r.ID, err)
		}
		for _, d := range some {
			k := key{d.Question, string(d.Input), d.Ruling.Allow, d.Ruling.Action, d.Ruling.Days}
			i, known := at[k]
			if !known {
				i = len(all)
				at[k], all = i, append(all, Change{Question: d.Question, Input: d.Input, Before: d.Ruling})
			}
			all[i].Times += d.Times
			all[i].Before, all[i].Last = d.Ruling, d.At // the reason as it was given last
		}
		return nil
	})
	return all, err
}

// A recorded decision is one as it is read back.
type recorded struct {
	policies.Decision
	Input json.RawMessage `json:"input"`
}
