package search

import (
	"cmp"
	"math"
	"slices"
)

// A Hit is an entry that was found.
type Hit struct {
	Entry      int    // its place in what New was given
	ID         string // its name
	Ev         [6]float32
	Confidence float64 // 0–1, how sure the search is that it answers
}

// candidates is how many of the best by phrasing, and as many by text, are looked at closely.
const candidates = 24

// An asked is a term of the question.
type asked struct {
	term   int32 // -1 when no entry has it
	weight float32
}

// Search returns the entries that answer best, best first. Only entries whose audience may allows are looked at;
// nil allows all.
func (x *Index) Search(question string, limit int, may func(audience string) bool) []Hit {
	terms, mass := x.ask(features(question))
	if mass == 0 || limit <= 0 {
		return nil
	}
	allowed := make([]bool, len(x.audiences))
	for i, a := range x.audiences {
		allowed[i] = may == nil || may(a)
	}
	found := x.nominate(terms, mass, allowed)
	hits := make([]Hit, 0, len(found))
	for e, ev := range found {
		ev.covered = x.entries[e].covers(terms) / mass
		hits = append(hits, Hit{Entry: int(e), ID: x.entries[e].id, Confidence: ev.confidence()})
	}
	slices.SortFunc(hits, func(a, b Hit) int {
		return cmp.Or(cmp.Compare(b.Confidence, a.Confidence), cmp.Compare(a.Entry, b.Entry))
	})
	return hits[:min(limit, len(hits))]
}

// ask returns the terms of a question and what they weigh together.
func (x *Index) ask(question []feature) (terms []asked, mass float32) {
	for _, f := range distinct(question) {
		term, weight := x.weigh(f)
		terms = append(terms, asked{term, weight})
		mass += weight
	}
	return terms, mass
}

// nominate returns the entries worth a close look.
func (x *Index) nominate(terms []asked, mass float32, allowed []bool) map[int32]evidence {
	s := x.scratch.Get().(*scratch)
	defer x.scratch.Put(s)
	found := make(map[int32]evidence, 2*candidates)
	for _, p := range s.phrases.best(x.phrases, terms, func(at int32, shared float32) float32 {
		u := x.units[at]
		if !allowed[x.entries[u.entry].audience] {
			return 0
		}
		return 2 * shared / (mass + u.mass)
	}) {
		e := x.units[p.at].entry
		if ev := found[e]; p.weight > ev.alike {
			ev.alike = p.weight
			found[e] = ev
		}
	}
	for _, p := range s.bodies.best(x.bodies, terms, func(at int32, sum float32) float32 {
		if !allowed[x.entries[at].audience] {
			return 0
		}
		return sum / mass
	}) {
		ev := found[p.at]
		ev.said = p.weight
		found[p.at] = ev
	}
	for _, p := range s.learnt.best(x.learnt, normal(terms), func(at int32, sum float32) float32 {
		if !allowed[x.entries[at].audience] {
			return 0
		}
		return sum
	}) {
		ev := found[p.at]
		ev.learnt = p.weight
		found[p.at] = ev
	}
	return found
}

// covers returns how much of the question's weight the entry knows.
func (e *indexed) covers(terms []asked) (weight float32) {
	for _, t := range terms {
		if t.term < 0 {
			continue
		}
		if _, ok := slices.BinarySearch(e.head, t.term); ok {
			weight += t.weight
		} else if _, ok := slices.BinarySearch(e.body, t.term); ok {
			weight += bodyFactor * t.weight
		}
	}
	return weight
}

// bodyFactor is what a word of the question counts for when only the text has it.
const bodyFactor = 0.8

// An evidence is why an entry may answer.
type evidence struct {
	alike   float32 // likeness of the question to the closest phrasing, 0–1
	learnt  float32 // what the question says for the entry, by all its phrasings
	said    float32 // how much the text speaks of what is asked, 0–1
	covered float32 // share of the question's weight that the entry knows at all, 0–1
}

// confidence weighs the evidence as a logistic regression over the demo's questions learnt it, with the threshold that
// tells what is held from what is not moved to 0.5.
func (e evidence) confidence() float64 {
	z := 1.6*e.alike + 2.6*min(max(e.learnt, 0), 1.2) + 2.9*e.said + 2.9*e.covered - 4
	return 1 / (1 + math.Exp(-float64(z)))
}
