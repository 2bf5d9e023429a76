package search

import (
	"cmp"
	"math"
	"slices"
)

// How the phrasings of an entry are learnt.
const (
	rounds   = 16
	margin   = 0.4  // by how much a phrasing should speak for its own entry rather than for any other
	boldness = 0.06 // the most that one correction changes
)

// A sample is a phrasing of an entry, its terms weighed so that their squares add up to 1.
type sample struct {
	entry int32
	terms []asked
}

// learn weighs what each term says for and against each entry. It starts from the mean of an entry's phrasings and
// corrects, phrasing by phrasing, wherever another entry comes too close: so that words which many phrasings
// of one entry share, and those of its neighbours lack, decide between them.
func (x *Index) learn(samples []sample) postings {
	weights := make(postings, len(x.idf))
	counts := make([]float32, len(x.entries))
	for _, s := range samples {
		counts[s.entry]++
	}
	for _, s := range samples {
		for _, a := range s.terms {
			weights[a.term] = adjust(weights[a.term], s.entry, a.weight/counts[s.entry])
		}
	}
	t := tally{sums: make([]float32, len(x.entries))}
	for range rounds {
		corrected := false
		for _, s := range samples {
			own, rival, at := t.rivals(weights, s)
			if at < 0 || own-rival >= margin {
				continue
			}
			corrected = true
			step := min(boldness, (margin-own+rival)/2)
			for _, a := range s.terms {
				weights[a.term] = adjust(weights[a.term], s.entry, step*a.weight)
				weights[a.term] = adjust(weights[a.term], at, -step*a.weight)
			}
		}
		if !corrected {
			break
		}
	}
	return weights
}

// rivals returns what the sample scores for its own entry and for the best other one, which is -1 when there is none.
func (t *tally) rivals(weights postings, s sample) (own, rival float32, at int32) {
	at = -1
	for _, a := range s.terms {
		for _, p := range weights[a.term] {
			if t.sums[p.at] == 0 {
				t.touched = append(t.touched, p.at)
			}
			t.sums[p.at] += a.weight * p.weight
		}
	}
	own = t.sums[s.entry]
	for _, e := range t.touched {
		if e != s.entry && t.sums[e] != 0 && (at < 0 || t.sums[e] > rival) {
			rival, at = t.sums[e], e
		}
		t.sums[e] = 0
	}
	t.touched = t.touched[:0]
	return own, rival, at
}

// adjust adds to the weight of a place in a list, which stays sorted.
func adjust(list []posting, at int32, by float32) []posting {
	i, ok := slices.BinarySearchFunc(list, at, func(p posting, at int32) int { return cmp.Compare(p.at, at) })
	if ok {
		list[i].weight += by
		return list
	}
	return slices.Insert(list, i, posting{at, by})
}

// normal scales terms so that their squares add up to 1; terms that no entry has count in the sum and are left out.
func normal(terms []asked) []asked {
	var sum float64
	for _, a := range terms {
		sum += float64(a.weight) * float64(a.weight)
	}
	scale := float32(1 / math.Sqrt(sum))
	var out []asked
	for _, a := range terms {
		if a.term >= 0 {
			out = append(out, asked{term: a.term, weight: a.weight * scale})
		}
	}
	return out
}
