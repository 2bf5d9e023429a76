package meter

import (
	"encoding/binary"
	"errors"
	"math"
	"slices"
)

// Values are told apart by bins whose bounds grow by growth, so that a quantile is wrong by at most accuracy of its
// value. What is below smallest counts as nothing.
const (
	accuracy = 0.01
	growth   = (1 + accuracy) / (1 - accuracy)
	smallest = 1e-3
)

// A bin counts the values that fall between two bounds.
type bin struct {
	index int32 // 0 for nothing
	count uint64
}

func binOf(v float64) int32 {
	if v < smallest {
		return 0
	}
	return 1 + int32(math.Ceil(math.Log(v/smallest)/math.Log(growth)))
}

// middle is the value that is nowhere in the bin off by more than accuracy.
func (b bin) middle() float64 {
	if b.index == 0 {
		return 0
	}
	return smallest * math.Pow(growth, float64(b.index-1)) * 2 / (1 + growth)
}

// A cell is all that is kept of the points of one series in one stretch of time.
type cell struct {
	count    uint64
	sum, max float64
	last     float64
	lastAt   int64 // ms since 1970
	bins     []bin // in order; nil while all values are the same
}

func cellOf(p Point) cell {
	return cell{count: 1, sum: p.Value, max: p.Value, last: p.Value, lastAt: p.At.UnixMilli()}
}

// merge adds o to c; without bins, quantiles of c mean nothing afterwards. It leaves o and its bins alone.
func (c *cell) merge(o *cell, bins bool) {
	switch {
	case o.count == 0:
		return
	case c.count == 0:
		*c = *o
		return
	case bins && (c.bins != nil || o.bins != nil || c.max != o.max):
		c.bins = mergeBins(c.distribution(), o.distribution())
	}
	c.count += o.count
	c.sum += o.sum
	c.max = max(c.max, o.max)
	if o.lastAt >= c.lastAt {
		c.last, c.lastAt = o.last, o.lastAt
	}
}

func (c *cell) distribution() []bin {
	if c.bins != nil {
		return c.bins
	}
	return []bin{{binOf(c.max), c.count}}
}

func mergeBins(a, b []bin) []bin {
	all := make([]bin, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		switch {
		case a[0].index < b[0].index:
			all, a = append(all, a[0]), a[1:]
		case a[0].index > b[0].index:
			all, b = append(all, b[0]), b[1:]
		default:
			all = append(all, bin{a[0].index, a[0].count + b[0].count})
			a, b = a[1:], b[1:]
		}
	}
	return append(append(all, a...), b...)
}

// quantile is the value at rank q of the sorted values, 0 < q ≤ 1.
func (c *cell) quantile(q float64) float64 {
	if c.bins == nil {
		return c.max
	}
	rank := uint64(math.Ceil(q * float64(c.count)))
	for _, b := range c.bins {
		if b.count >= rank {
			return min(b.middle(), c.max)
		}
		rank -= b.count
	}
	return c.max
}

// value is a statistic of the cell, 0 when it has no point.
func (c *cell) value(s Statistic) float64 {
	if c.count == 0 {
		return 0
	}
	switch s {
	case Sum:
		return c.sum
	case Count:
		return float64(c.count)
	case Mean:
		return c.sum / float64(c.count)
	case Last:
		return c.last
	case Max:
		return c.max
	}
	return c.quantile(quantiles[s])
}

var quantiles = map[Statistic]float64{P50: 0.5, P90: 0.9, P95: 0.95, P99: 0.99}

func (c *cell) append(b []byte) []byte {
	b = binary.AppendUvarint(b, c.count)
	for _, f := range [...]float64{c.sum, c.max, c.last} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	}
	b = binary.AppendVarint(b, c.lastAt)
	b = binary.AppendUvarint(b, uint64(len(c.bins)))
	before := int32(0)
	for _, n := range c.bins {
		b = binary.AppendUvarint(b, uint64(n.index-before))
		b = binary.AppendUvarint(b, n.count)
		before = n.index
	}
	return b
}

var errDamaged = errors.New("a stored cell is damaged")

// A reader takes numbers off the front of stored bytes; after the first that is not there, all are 0 and bad is set.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.b)
	r.skip(n)
	return v
}

func (r *reader) varint() int64 {
	v, n := binary.Varint(r.b)
	r.skip(n)
	return v
}

func (r *reader) float() float64 {
	if len(r.b) < 8 {
		r.skip(0)
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.b))
	r.skip(8)
	return v
}

func (r *reader) skip(n int) {
	if n <= 0 {
		r.bad, r.b = true, nil
		return
	}
	r.b = r.b[n:]
}

func (r *reader) cell() cell {
	c := cell{count: r.uvarint(), sum: r.float(), max: r.float(), last: r.float(), lastAt: r.varint()}
	n := r.uvarint()
	if n > uint64(len(r.b)) { // each bin takes two bytes or more
		r.skip(0)
		return c
	}
	c.bins = slices.Grow(c.bins, int(n))
	before := int32(0)
	for range n {
		before += int32(r.uvarint())
		c.bins = append(c.bins, bin{before, r.uvarint()})
	}
	return c
}

// readCell decodes what append encoded.
func readCell(b []byte) (cell, error) {
	r := reader{b: b}
	c := r.cell()
	if r.bad || len(r.b) > 0 {
		return cell{}, errDamaged
	}
	return c, nil
}
