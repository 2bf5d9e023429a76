package search

import (
	"cmp"
	"slices"
)

// budget is how many postings are read to find candidates. Terms are read rarest first; those that would go beyond
// the budget nominate nobody and only add to what the others nominated.
const budget = 3_000

// A scratch holds the sums of one search, reused by the next.
type scratch struct {
	phrases, bodies, learnt tally
}

// A tally adds up the weights of a question's terms.
type tally struct {
	sums    []float32
	touched []int32
}

// best returns the places that value puts highest, best first, at most candidates; none has value 0.
func (t *tally) best(lists postings, terms []asked, value func(at int32, sum float32) float32) []posting {
	terms = slices.DeleteFunc(slices.Clone(terms), func(a asked) bool { return a.term < 0 || len(lists[a.term]) == 0 })
	slices.SortFunc(terms, func(a, b asked) int {
		return cmp.Or(cmp.Compare(len(lists[a.term]), len(lists[b.term])), cmp.Compare(a.term, b.term))
	})
	read, rest := 0, len(terms)
	for i, a := range terms {
		read += len(lists[a.term])
		if i > 0 && read > budget {
			rest = i
			break
		}
		for _, p := range lists[a.term] {
			if t.sums[p.at] == 0 {
				t.touched = append(t.touched, p.at)
			}
			t.sums[p.at] += a.weight * p.weight
		}
	}
	top := t.highest(2*candidates, value)
	if rest < len(terms) {
		for _, p := range top {
			t.sums[p.at] += addition(lists, terms[rest:], p.at)
		}
		for i, p := range top {
			top[i].weight = value(p.at, t.sums[p.at])
		}
		slices.SortFunc(top, higher)
	}
	for _, at := range t.touched {
		t.sums[at] = 0
	}
	t.touched = t.touched[:0]
	return top[:min(candidates, len(top))]
}

// highest returns the n places that value puts highest, best first.
func (t *tally) highest(n int, value func(at int32, sum float32) float32) []posting {
	top := make([]posting, 0, n+1)
	for _, at := range t.touched {
		p := posting{at: at, weight: value(at, t.sums[at])}
		if p.weight <= 0 || len(top) == n && higher(p, top[n-1]) >= 0 {
			continue
		}
		i, _ := slices.BinarySearchFunc(top, p, higher)
		top = slices.Insert(top, i, p)
		top = top[:min(n, len(top))]
	}
	return top
}

// higher orders by weight, heaviest first.
func higher(a, b posting) int {
	return cmp.Or(cmp.Compare(b.weight, a.weight), cmp.Compare(a.at, b.at))
}

// addition is what terms add at one place.
func addition(lists postings, terms []asked, at int32) (sum float32) {
	for _, a := range terms {
		list := lists[a.term]
		if i, ok := slices.BinarySearchFunc(list, at, func(p posting, at int32) int { return cmp.Compare(p.at, at) }); ok {
			sum += a.weight * list[i].weight
		}
	}
	return sum
}
