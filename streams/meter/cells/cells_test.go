package cells_test

import (
	"math"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/streams/meter/cells"
)

func sumUp(values []float64) cells.Cell {
	var c cells.Cell
	for i, v := range values {
		one := cells.Of(v, int64(i))
		c.Merge(&one)
	}
	return c
}

// values are durations as they come: often the same, from nothing to weeks.
func values(t *rapid.T, label string) []float64 {
	return rapid.SliceOfN(rapid.OneOf(
		rapid.Just(1.0), rapid.Float64Range(0, 1e10), rapid.Float64Range(0, 0.01), rapid.Map(rapid.IntRange(0, 50), func(i int) float64 { return float64(i) }),
	), 1, 60).Draw(t, label)
}

func TestQuantilesAreWithinTheAccuracy(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var tally cells.Tally
		var all []float64
		for range rapid.IntRange(1, 5).Draw(t, "cells") {
			some := values(t, "values")
			all = append(all, some...)
			c := sumUp(some)
			var part cells.Tally
			part.Add(&c, true)
			if rapid.Bool().Draw(t, "by itself") {
				tally.Include(&part)
			} else {
				tally.Add(&c, true)
			}
		}
		slices.Sort(all)
		for _, q := range []float64{0.01, 0.5, 0.9, 0.95, 0.99, 1} {
			want := all[int(math.Ceil(q*float64(len(all))))-1]
			got := tally.Quantile(q)
			// The last digits of the bins' bounds are not exact.
			if allowed := max(want*cells.Accuracy*(1+1e-9), cells.Smallest); math.Abs(got-want) > allowed {
				t.Fatalf("quantile %v of %v is %v, want %v", q, all, got, want)
			}
		}
		if all[0] == all[len(all)-1] && tally.Quantile(0.5) != all[0] {
			t.Fatalf("quantile of %v is %v", all, tally.Quantile(0.5))
		}
	})
}

func TestMergingIsSummingUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := values(t, "a"), values(t, "b")
		whole := sumUp(slices.Concat(a, b))
		x, y := sumUp(a), sumUp(b)
		y.LastAt += int64(len(a))
		before := y.Append(nil)
		x.Merge(&y)
		if diff := cmp.Diff(y.Append(nil), before); diff != "" {
			t.Fatalf("merging changed what was merged: %s", diff)
		}
		if math.Abs(x.Sum-whole.Sum) > 1e-9*whole.Sum {
			t.Fatalf("sum %v, want %v", x.Sum, whole.Sum)
		}
		x.Sum = whole.Sum // the order of adding shows in the last digits
		if diff := cmp.Diff(x.Append(nil), whole.Append(nil)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestLatestIsLast(t *testing.T) {
	late, early := cells.Of(7, 2000), cells.Of(9, 1000)
	for name, c := range map[string]cells.Cell{"in order": early, "out of order": late} {
		c.Merge(&late)
		c.Merge(&early)
		if c.Last != 7 || c.Max != 9 {
			t.Errorf("%s: last %v, max %v", name, c.Last, c.Max)
		}
	}
}

// FuzzRead checks that whatever is read is written again as it was meant, and that rubbish is refused.
func FuzzRead(f *testing.F) {
	for _, v := range [][]float64{{1}, {1, 1, 1}, {0, 0.5, 3000, 1e9}} {
		c := sumUp(v)
		f.Add(c.Append(nil))
	}
	f.Add([]byte{})
	f.Add([]byte("\x010000000000000000000000000\xff\xff\xff\xff\xff\x0f"))
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := cells.Read(b)
		if err != nil {
			return
		}
		again, err := cells.Read(c.Append(nil))
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(again.Append(nil), c.Append(nil)); diff != "" {
			t.Error(diff)
		}
	})
}
