// Package cells sums up many values in few bytes: their count, sum, maximum, the latest, and how they are distributed.
package cells

import (
	"encoding/binary"
	"errors"
	"maps"
	"math"
	"slices"
)

// Accuracy is by which part of its value a quantile may be off. What is below Smallest counts as nothing.
const (
	Accuracy = 0.01
	Smallest = 1e-3
)

// growth is how the bounds of the bins grow.
const growth = (1 + Accuracy) / (1 - Accuracy)

// A bin counts the values that fall between two bounds.
type bin struct {
	index int32 // 0 for nothing
	count uint64
}

// BinOf is the number of the bin that v falls into. It stays the same for ever: it is stored.
func BinOf(v float64) int32 {
	if v < Smallest {
		return 0
	}
	return 1 + int32(math.Ceil(math.Log(v/Smallest)/math.Log(growth)))
}

// middle is the value that is nowhere in the bin off by more than Accuracy.
func (b bin) middle() float64 {
	if b.index == 0 {
		return 0
	}
	return Smallest * math.Pow(growth, float64(b.index-1)) * 2 / (1 + growth)
}

// A Cell is what is kept of values. The zero value has none.
type Cell struct {
	Count         uint64
	Sum, Min, Max float64
	Last          float64
	LastAt        int64 // when the last was, in ms since 1970

	bins []bin // in order, never changed; nil while all values are the same
}

// Of is the cell of one value.
func Of(v float64, at int64) Cell { return Cell{Count: 1, Sum: v, Min: v, Max: v, Last: v, LastAt: at} }

// Merge adds o to c.
func (c *Cell) Merge(o *Cell) {
	if c.Count > 0 && o.Count > 0 && (min(c.Min, o.Min) < max(c.Max, o.Max)) {
		c.bins = mergeBins(c.distribution(), o.distribution())
	}
	c.total(o)
}

// total is Merge without the distribution.
func (c *Cell) total(o *Cell) {
	switch {
	case o.Count == 0:
		return
	case c.Count == 0:
		*c = *o
		return
	}
	c.Count += o.Count
	c.Sum += o.Sum
	c.Min, c.Max = min(c.Min, o.Min), max(c.Max, o.Max)
	if o.LastAt >= c.LastAt {
		c.Last, c.LastAt = o.Last, o.LastAt
	}
}

func (c *Cell) distribution() []bin {
	if c.bins != nil {
		return c.bins
	}
	return []bin{{BinOf(c.Max), c.Count}}
}

// Distribute gives c, which has its minimum and maximum, as many values as were counted in each bin of BinOf.
func (c *Cell) Distribute(counts map[int32]uint64) {
	c.Count, c.bins = 0, nil
	for _, index := range slices.Sorted(maps.Keys(counts)) {
		c.Count += counts[index]
		c.bins = append(c.bins, bin{index, counts[index]})
	}
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

// Append appends the cell to b, as Reader.Cell reads it.
func (c *Cell) Append(b []byte) []byte {
	b = binary.AppendUvarint(b, c.Count)
	for _, f := range [...]float64{c.Sum, c.Min, c.Max, c.Last} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(f))
	}
	b = binary.AppendVarint(b, c.LastAt)
	b = binary.AppendUvarint(b, uint64(len(c.bins)))
	before := int32(0)
	for _, n := range c.bins {
		b = binary.AppendUvarint(b, uint64(n.index-before))
		b = binary.AppendUvarint(b, n.count)
		before = n.index
	}
	return b
}

// ErrDamaged is returned for bytes that hold no cell.
var ErrDamaged = errors.New("a stored cell is damaged")

// A Reader takes numbers and cells off the front of B. After the first that is not there all are 0, and Err is set.
type Reader struct {
	B   []byte
	Err error
}

// Varint reads a number as binary.AppendVarint wrote it.
func (r *Reader) Varint() int64 {
	v, n := binary.Varint(r.B)
	r.skip(n)
	return v
}

func (r *Reader) uvarint() uint64 {
	v, n := binary.Uvarint(r.B)
	r.skip(n)
	return v
}

func (r *Reader) float() float64 {
	if len(r.B) < 8 {
		r.skip(0)
		return 0
	}
	v := math.Float64frombits(binary.LittleEndian.Uint64(r.B))
	r.skip(8)
	return v
}

func (r *Reader) skip(n int) {
	if n <= 0 {
		r.Err, r.B = ErrDamaged, nil
		return
	}
	r.B = r.B[n:]
}

// Cell reads a cell as Append wrote it.
func (r *Reader) Cell() Cell {
	c := Cell{Count: r.uvarint(), Sum: r.float(), Min: r.float(), Max: r.float(), Last: r.float(), LastAt: r.Varint()}
	n := r.uvarint()
	if n > uint64(len(r.B)) { // each bin takes two bytes or more
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

// Read reads a cell that is all of b.
func Read(b []byte) (Cell, error) {
	r := Reader{B: b}
	c := r.Cell()
	if r.Err == nil && len(r.B) > 0 {
		r.Err = ErrDamaged
	}
	return c, r.Err
}
