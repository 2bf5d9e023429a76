package cells

import "math"

// A Tally sums up many cells at once. The zero value has none.
type Tally struct {
	Cell            // the totals, without a distribution
	low    int32    // the bin that counts begins with
	counts []uint64 // by bin
}

// margin is by how many bins counts grows beyond what is needed.
const margin = 32

// Add adds a cell; its distribution only when it will be asked for.
func (t *Tally) Add(c *Cell, distribution bool) {
	if c.Count == 0 {
		return
	}
	t.total(c)
	switch {
	case !distribution:
	case c.bins == nil:
		b := BinOf(c.Max)
		t.cover(b, b)
		t.counts[b-t.low] += c.Count
	default:
		t.cover(c.bins[0].index, c.bins[len(c.bins)-1].index)
		for _, b := range c.bins {
			t.counts[b.index-t.low] += b.count
		}
	}
}

// Include adds what another tally has.
func (t *Tally) Include(o *Tally) {
	t.total(&o.Cell)
	if n := int32(len(o.counts)); n > 0 {
		t.cover(o.low, o.low+n-1)
		for i, n := range o.counts {
			t.counts[o.low-t.low+int32(i)] += n
		}
	}
}

// cover makes room for the bins from first to last.
func (t *Tally) cover(first, last int32) {
	end := t.low + int32(len(t.counts))
	if len(t.counts) == 0 {
		t.low, end = first, first
	}
	if first >= t.low && last < end {
		return
	}
	low := min(first-margin, t.low)
	if first >= t.low {
		low = t.low
	}
	wider := make([]uint64, max(last+margin, end)-low)
	copy(wider[t.low-low:], t.counts)
	t.low, t.counts = low, wider
}

// Quantile is the value at rank q of the sorted values, 0 < q ≤ 1, off by at most Accuracy of itself.
func (t *Tally) Quantile(q float64) float64 {
	rank := uint64(math.Ceil(q * float64(t.Count)))
	for i, n := range t.counts {
		if n >= rank {
			return min(max(bin{index: t.low + int32(i)}.middle(), t.Min), t.Max)
		}
		rank -= n
	}
	return t.Max
}
