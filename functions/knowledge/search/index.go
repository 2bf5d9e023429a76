// Package search finds the entries of a knowledge base that answer a short question, and says how sure it is.
//
// It is lexical: characters and neighbouring characters of Chinese, words and neighbouring words of the rest, folded
// and read through a small lexicon of the trade. An entry is found by the questions it is known to answer (its
// phrasings and headings) and by its text; both are weighed into one confidence.
package search

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// An Entry is one thing that can be found.
type Entry struct {
	ID        string
	Audience  string   // who may find it
	Title     string   // of the document it belongs to
	Heading   string   // of the part it stands in
	Text      string   // what it says
	Phrasings []string // questions it is known to answer
}

// An Index finds entries. It never changes and is safe for concurrent use.
type Index struct {
	entries   []indexed
	audiences []string
	terms     map[uint64]int32 // by feature key
	idf       []float32        // by term
	unknown   float32          // idf of a term that no entry has
	common    float32
	phrases   postings // over units
	units     []unit
	bodies    postings  // over entries
	learnt    postings  // over entries
	scratch   sync.Pool // of *scratch
}

// indexed is an entry as the search needs it.
type indexed struct {
	id       string
	audience int32
	head     []int32 // terms of title, heading and phrasings, sorted
	body     []int32 // terms of the text, sorted
}

// A unit is one question an entry is known to answer, or its heading.
type unit struct {
	entry int32
	terms []int32 // sorted
	mass  float32 // weight of all its features
}

// postings lists, by term, where it stands and what it weighs there.
type postings [][]posting

type posting struct {
	at     int32
	weight float32
}

// BM25's constants: how soon repeats stop counting, and how much a long text is held against it.
const (
	repeats = 1.2
	length  = 0.6
)

// What features weigh beside each other.
const (
	pairWeight    = 0.7
	unknownPair   = 0.6
	headRepeats   = 2   // a word in the heading counts like this many in the text
	headingFactor = 0.9 // a heading is a little less than a question somebody asked
)

// New builds an index of entries.
func New(entries []Entry) *Index {
	x := &Index{entries: make([]indexed, len(entries)), terms: map[uint64]int32{}}
	heads := make([][][]feature, len(entries)) // by entry and unit
	bodies := make([][]feature, len(entries))
	for i, e := range entries {
		for _, p := range e.Phrasings {
			heads[i] = append(heads[i], features(p))
		}
		if e.Heading != "" || e.Title != "" {
			heads[i] = append(heads[i], features(e.Title+"\n"+e.Heading))
		}
		bodies[i] = features(e.Text)
	}
	x.count(heads, bodies)
	var samples []sample
	for i, e := range entries {
		x.entries[i].id, x.entries[i].audience = e.ID, x.audience(e.Audience)
		x.addUnits(int32(i), heads[i])
		for _, fs := range heads[i] {
			terms, mass := x.ask(fs)
			if mass > 0 {
				samples = append(samples, sample{int32(i), normal(terms)})
			}
		}
	}
	x.learnt = x.learn(samples)
	x.addBodies(heads, bodies)
	x.scratch.New = func() any {
		return &scratch{
			phrases: tally{sums: make([]float32, len(x.units))},
			bodies:  tally{sums: make([]float32, len(x.entries))},
			learnt:  tally{sums: make([]float32, len(x.entries))},
		}
	}
	return x
}

// Len returns how many entries the index has.
func (x *Index) Len() int { return len(x.entries) }

func (x *Index) audience(name string) int32 {
	if i := slices.Index(x.audiences, name); i >= 0 {
		return int32(i)
	}
	x.audiences = append(x.audiences, name)
	return int32(len(x.audiences) - 1)
}

// count gives every feature a term and weighs it by how few entries have it.
func (x *Index) count(heads [][][]feature, bodies [][]feature) {
	var having []int32
	var seen []int // the last entry that was counted, plus 1
	note := func(entry int, fs []feature) {
		for _, f := range fs {
			t, ok := x.terms[f.key]
			if !ok {
				t = int32(len(having))
				x.terms[f.key] = t
				having, seen = append(having, 0), append(seen, 0)
			}
			if seen[t] != entry+1 {
				seen[t] = entry + 1
				having[t]++
			}
		}
	}
	for i := range bodies {
		for _, fs := range heads[i] {
			note(i, fs)
		}
		note(i, bodies[i])
	}
	x.idf = make([]float32, len(having))
	for t, n := range having {
		x.idf[t] = x.rarity(float64(n))
	}
	x.unknown = 1.5 * x.rarity(0.5)
	x.common = x.rarity(float64(len(x.entries)) / 8)
	x.phrases, x.bodies = make(postings, len(having)), make(postings, len(having))
}

func (x *Index) rarity(having float64) float32 {
	n := float64(len(x.entries))
	return float32(math.Log(1 + (n-having+0.5)/(having+0.5)))
}

// weigh returns what a feature is worth in this index, and its term or -1.
func (x *Index) weigh(f feature) (term int32, weight float32) {
	term, ok := x.terms[f.key]
	switch {
	case ok:
		weight = x.idf[term]
	case f.weight <= littleWeight: // a little word that happens to stand nowhere
		term, weight = -1, x.common
	case f.pair:
		term, weight = -1, unknownPair*x.unknown
	default:
		term, weight = -1, x.unknown
	}
	if f.pair {
		weight *= pairWeight
	}
	return term, weight * f.weight
}

func (x *Index) addUnits(entry int32, heads [][]feature) {
	e := &x.entries[entry]
	for _, fs := range heads {
		u := unit{entry: entry}
		for _, f := range distinct(fs) {
			term, weight := x.weigh(f)
			u.terms = append(u.terms, term)
			u.mass += weight
		}
		slices.Sort(u.terms)
		for _, t := range u.terms {
			x.phrases[t] = append(x.phrases[t], posting{at: int32(len(x.units)), weight: 1})
		}
		x.units = append(x.units, u)
		e.head = append(e.head, u.terms...)
	}
	slices.Sort(e.head)
	e.head = slices.Compact(e.head)
}

func (x *Index) addBodies(heads [][][]feature, bodies [][]feature) {
	counts := make([]map[int32]int, len(bodies))
	sizes, total := make([]int, len(bodies)), 0
	for i, fs := range bodies {
		counts[i] = map[int32]int{}
		for _, f := range fs {
			counts[i][x.terms[f.key]]++
		}
		for t := range counts[i] {
			x.entries[i].body = append(x.entries[i].body, t)
		}
		slices.Sort(x.entries[i].body)
		for _, t := range x.entries[i].head {
			counts[i][t] += headRepeats
		}
		sizes[i] = len(fs) + headRepeats*len(x.entries[i].head)
		total += sizes[i]
	}
	mean := max(float64(total)/float64(max(len(bodies), 1)), 1)
	for i, count := range counts {
		stretch := repeats * (1 - length + length*float64(sizes[i])/mean)
		for t, n := range count {
			w := float64(n) / (float64(n) + stretch) // of 1, which endless repeats would reach
			x.bodies[t] = append(x.bodies[t], posting{at: int32(i), weight: float32(w)})
		}
	}
}

// distinct returns each feature once, in the order of its key.
func distinct(fs []feature) []feature {
	fs = slices.Clone(fs)
	slices.SortStableFunc(fs, func(a, b feature) int { return cmp.Compare(a.key, b.key) })
	return slices.CompactFunc(fs, func(a, b feature) bool { return a.key == b.key })
}
