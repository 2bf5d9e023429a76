package knowledge

import (
	"regexp"

	"keliu/functions/knowledge/search"
)

const (
	likeness = 0.65 // how sure two questions have to be of each other, on average, to ask the same
	rivals   = 50   // questions that are looked at beside each
	asked    = "asked"
	known    = "known"
)

// hidden is what masking left of a number or an address. It asks nothing.
var hidden = regexp.MustCompile(`[\w.@+-]*\*{2,}[\w.@*+-]*`)

// Alike groups questions that ask the same, though in other words: each group holds places in questions, the one that came first
// leading it. Groups are in the order of their leaders. How much a word says is judged by the questions that the library answers.
func (l *Library) Alike(questions []string) (groups [][]int) {
	entries := make([]search.Entry, len(questions))
	for i, q := range questions {
		q = hidden.ReplaceAllString(q, " ")
		entries[i] = search.Entry{Audience: asked, Text: q, Phrasings: []string{q}}
	}
	for _, p := range l.state.Load().passages {
		if len(p.Phrasings) > 0 {
			entries = append(entries, search.Entry{Audience: known, Text: p.Phrasings[0], Phrasings: p.Phrasings[:1]})
		}
	}
	index, sure := search.New(entries), make([]map[int]float64, len(questions))
	for i := range questions {
		sure[i] = map[int]float64{}
		for _, hit := range index.Search(entries[i].Text, rivals, func(audience string) bool { return audience == asked }) {
			sure[i][hit.Entry] = hit.Confidence
		}
	}
	for i := range questions {
		joined := false
		for g := range groups {
			if leader := groups[g][0]; sure[i][leader]+sure[leader][i] >= 2*likeness {
				groups[g], joined = append(groups[g], i), true
				break
			}
		}
		if !joined {
			groups = append(groups, []int{i})
		}
	}
	return groups
}
