// Package rules finds the comments that are worth an answer: all phrases of all rules in one pass over the text.
package rules

import (
	"cmp"
	"fmt"
	"slices"
	"unicode/utf8"

	"keliu/functions/store/leads"
	"keliu/streams/match"
)

// A Set is rules, compiled. It never changes and is safe for concurrent use.
type Set struct {
	rules   []leads.Rule
	machine *match.Machine // nil when there is nothing to look for
	uses    [][]use        // of each pattern
}

// A part is one of the lists of a rule.
type part uint8

const (
	anyOf part = iota
	allOf
	noneOf
)

// A use says that a pattern stands in a list of a rule.
type use struct {
	rule   int
	part   part
	phrase int // its place in the list
}

// Compile makes a set of the rules that are not off.
func Compile(all []leads.Rule) (*Set, error) {
	s := &Set{}
	type key struct {
		text   string
		sounds bool
	}
	known := map[key]int{}
	var patterns []match.Pattern
	for _, r := range all {
		if r.Off {
			continue
		}
		i := len(s.rules)
		s.rules = append(s.rules, r)
		for p, phrases := range [][]string{anyOf: r.Any, allOf: r.All, noneOf: r.None} {
			for j, phrase := range phrases {
				k := key{phrase, r.Sounds}
				id, ok := known[k]
				if !ok {
					id = len(patterns)
					known[k] = id
					patterns = append(patterns, match.Pattern{ID: id, Text: phrase, Pinyin: r.Sounds})
					s.uses = append(s.uses, nil)
				}
				s.uses[id] = append(s.uses[id], use{i, part(p), j})
			}
		}
	}
	if len(patterns) == 0 {
		return s, nil
	}
	var err error
	if s.machine, err = match.Compile(patterns); err != nil {
		return nil, fmt.Errorf("compile rules: %w", err)
	}
	return s, nil
}

// A find is an occurrence of a phrase, in bytes.
type find struct {
	use
	start, end int
}

// Match returns what the rules find in a text that stands on a channel under an item: the most points first. It returns nil when
// they find nothing.
func (s *Set) Match(text, channel, item string) []leads.Hit {
	if s.machine == nil {
		return nil
	}
	var finds []find
	s.machine.Each(text, func(id, start, end int) bool {
		for _, u := range s.uses[id] {
			finds = append(finds, find{u, start, end})
		}
		return true
	})
	slices.SortFunc(finds, func(a, b find) int {
		return cmp.Or(cmp.Compare(a.rule, b.rule), cmp.Compare(a.start, b.start), cmp.Compare(a.end, b.end))
	})
	var hits []leads.Hit
	for len(finds) > 0 {
		n := 1
		for n < len(finds) && finds[n].rule == finds[0].rule {
			n++
		}
		r := s.rules[finds[0].rule]
		if stands(r.Channels, channel) && stands(r.Items, item) && holds(r, text, finds[:n]) {
			hits = append(hits, hit(r, text, finds[:n]))
		}
		finds = finds[n:]
	}
	slices.SortStableFunc(hits, func(a, b leads.Hit) int { return cmp.Or(cmp.Compare(b.Points, a.Points), cmp.Compare(a.Rule, b.Rule)) })
	return hits
}

// stands reports whether a list that restricts a rule lets one through; an empty list restricts nothing.
func stands(list []string, one string) bool { return len(list) == 0 || slices.Contains(list, one) }

// holds reports whether a rule's conditions are met by what was found of it, in the order of the text.
func holds(r leads.Rule, text string, finds []find) bool {
	some := len(r.Any) == 0
	found := make([]bool, len(r.All))
	for _, f := range finds {
		switch f.part {
		case noneOf:
			return false
		case anyOf:
			some = true
		case allOf:
			found[f.phrase] = true
		}
	}
	return some && !slices.Contains(found, false) && (r.Near == 0 || near(r, text, finds))
}

// near reports whether all that must stand together does so somewhere.
func near(r leads.Rule, text string, finds []find) bool {
	for i, first := range finds {
		if first.part != allOf {
			continue
		}
		found, missing := make([]bool, len(r.All)), len(r.All)
		for _, f := range finds[i:] {
			if f.part == allOf && !found[f.phrase] && utf8.RuneCountInString(text[first.start:f.end]) <= r.Near {
				found[f.phrase] = true
				missing--
			}
		}
		if missing == 0 {
			return true
		}
	}
	return false
}

// hit tells what was found, in runes.
func hit(r leads.Rule, text string, finds []find) leads.Hit {
	h := leads.Hit{Rule: r.ID, Name: r.Name, Points: r.Score}
	for _, f := range finds {
		phrase := r.Any
		if f.part == allOf {
			phrase = r.All
		}
		start := utf8.RuneCountInString(text[:f.start])
		h.Spans = append(h.Spans, leads.Span{Start: start, End: start + utf8.RuneCountInString(text[f.start:f.end]), Phrase: phrase[f.phrase]})
	}
	return h
}

// Rule returns a rule of the set by its ID.
func (s *Set) Rule(id string) (leads.Rule, bool) {
	i := slices.IndexFunc(s.rules, func(r leads.Rule) bool { return r.ID == id })
	if i < 0 {
		return leads.Rule{}, false
	}
	return s.rules[i], true
}
