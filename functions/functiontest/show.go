package functiontest

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"keliu/streams/desk"
)

// show writes a reply as a dialogue has it: what is said, then a line for all that it does.
func show(r desk.Reply) string {
	var lines []string
	line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if r.Text != "" {
		line("%s", r.Text)
	}
	if r.Draft != nil {
		line("(to be written: %s)", r.Draft.Question)
		for _, p := range r.Draft.Passages {
			line("(from %s: %s)", p.Title, p.Text)
		}
	}
	if flaw := flawed(r); flaw != "" {
		line("→ FLAW: %s", flaw)
	}
	if r.Ask != "" {
		line("→ %s: %s", r.Outcome, r.Ask)
	} else {
		line("→ %s", r.Outcome)
	}
	for _, c := range r.Citations {
		line("→ cites %s (%s): %s", c.Title, c.Article, c.Passage)
	}
	if len(r.Options) > 0 {
		line("→ offers %s", strings.Join(r.Options, " / "))
	}
	for _, name := range slices.Sorted(maps.Keys(r.Learned)) {
		line("→ keeps %s=%s", name, r.Learned[name])
	}
	return strings.Join(append(lines, effects(r)...), "\n")
}

// effects are the lines for what a reply sets in motion.
func effects(r desk.Reply) []string {
	var lines []string
	line := func(format string, args ...any) { lines = append(lines, fmt.Sprintf(format, args...)) }
	if r.Handoff != "" {
		line("→ to a person: %s", strings.TrimSuffix(string(r.Handoff)+", "+r.Skill, ", "))
	}
	if q := r.Request; q != nil {
		line("→ request %s %s, %d fen, reason %q", q.Kind, q.Order, q.Amount, q.Reason)
	}
	if r.Callback != "" {
		line("→ callback %s", r.Callback)
	}
	if r.Confirmed {
		line("→ solved")
	}
	if r.Leave {
		line("→ leaves the queue")
	}
	return lines
}

// told names an error by its sentinel, as a caller may rely on it.
func told(err error) string {
	for _, kind := range []error{desk.ErrNotFound, desk.ErrForbidden, desk.ErrInvalid, desk.ErrConflict, desk.ErrUnavailable} {
		if errors.Is(err, kind) {
			return "→ error: " + kind.Error()
		}
	}
	return "→ error: " + err.Error()
}
