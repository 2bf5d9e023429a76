package rules

import (
	"slices"
	"strings"

	"keliu/functions/store/leads"
)

// A Note is something about a rule that its writer may not have meant; its code and arguments become a sentence at the edge.
type Note struct {
	Code string
	Args []any
}

// signs are what people write who expect patterns.
const signs = "*?+|[]()^$\\"

// Advice tells what in a rule does not do what it looks like: phrases that are written twice, that look like a pattern, or that an
// exclusion always rules out. A rule that is refused gets none about exclusions.
func Advice(r leads.Rule) []Note {
	notes := []Note{}
	known := map[string]bool{}
	for _, phrase := range slices.Concat(r.Any, r.All, r.None) {
		phrase = strings.TrimSpace(phrase)
		switch {
		case known[phrase]:
			notes = append(notes, Note{"rule_phrase_twice", []any{phrase}})
		case strings.ContainsAny(phrase, signs):
			notes = append(notes, Note{"rule_phrase_pattern", []any{phrase}})
		}
		known[phrase] = true
	}
	out := excluded(r)
	for _, phrase := range tidy(r.Any) {
		if by := out.in(phrase); by != "" {
			notes = append(notes, Note{"rule_phrase_blocked", []any{phrase, by}})
		}
	}
	return notes
}

// An exclusion is what a rule excludes; its set is nil when that is nothing that can be looked for.
type exclusion struct{ set *Set }

func excluded(r leads.Rule) exclusion {
	set, err := Compile([]leads.Rule{{Any: r.None, Sounds: r.Sounds}})
	if err != nil {
		return exclusion{} // the rule is refused for that
	}
	return exclusion{set}
}

// in is what is excluded and stands in a phrase; empty when there is none.
func (e exclusion) in(phrase string) string {
	if e.set == nil {
		return ""
	}
	if hits := e.set.Match(phrase, "", ""); len(hits) > 0 {
		return hits[0].Spans[0].Phrase
	}
	return ""
}

// contradiction is a phrase because of which a rule never finds anything: one of All that is excluded, or the last of Any that is,
// when all of these are.
func contradiction(r leads.Rule) (phrase string, never bool) {
	out := excluded(r)
	for _, phrase := range r.All {
		if out.in(phrase) != "" {
			return phrase, true
		}
	}
	for _, phrase = range r.Any {
		if out.in(phrase) == "" {
			return "", false
		}
	}
	return phrase, len(r.Any) > 0
}
