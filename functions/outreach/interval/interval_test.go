package interval_test

import (
	"math"
	"math/rand/v2"
	"testing"

	"keliu/functions/outreach/interval"
)

// The figures are those of Newcombe (1998), tables I and II.
func TestPublishedIntervals(t *testing.T) {
	for _, c := range []struct {
		hits, of  int
		low, high float64
	}{{81, 263, .2553, .3662}, {15, 148, .0624, .1605}, {0, 20, 0, .1611}, {1, 29, .0061, .1718}} {
		got := interval.Wilson(c.hits, c.of)
		if math.Abs(got.Low-c.low) > 6e-5 || math.Abs(got.High-c.high) > 6e-5 {
			t.Errorf("%d of %d: %+v, want %v to %v", c.hits, c.of, got, c.low, c.high)
		}
	}
	for _, c := range []struct {
		a, ofA, b, ofB int
		low, high      float64
	}{{48, 80, 56, 70, .0524, .3339}, {3, 10, 9, 10, .1705, .8090}, {0, 29, 5, 56, -.0381, .1926}} {
		got := interval.Between(c.a, c.ofA, c.b, c.ofB)
		if math.Abs(got.Low-c.low) > 6e-5 || math.Abs(got.High-c.high) > 6e-5 {
			t.Errorf("%+v: %+v", c, got)
		}
	}
}

// A true share lies within the bounds about nineteen times of twenty, and what is no difference is rarely called one.
func TestCoverage(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	draw := func(n int, p float64) (k int) {
		for range n {
			if r.Float64() < p {
				k++
			}
		}
		return k
	}
	const rounds = 4000
	covered, wrong := 0, 0
	for range rounds {
		a, b := draw(200, .12), draw(200, .12)
		if s := interval.Wilson(a, 200); s.Low <= .12 && .12 <= s.High {
			covered++
		}
		if interval.Between(a, 200, b, 200).Enough {
			wrong++
		}
	}
	if share := float64(covered) / rounds; share < .93 || share > .97 {
		t.Errorf("the bounds hold the truth %.3f of the time", share)
	}
	if share := float64(wrong) / rounds; share > .06 {
		t.Errorf("chance is called a difference %.3f of the time", share)
	}
}

func TestNotEnoughYet(t *testing.T) {
	d := interval.Between(2, 20, 4, 20)
	if d.Enough || d.Needed < 150 || d.Needed > 250 {
		t.Errorf("2 and 4 of 20: %+v", d)
	}
	if d := interval.Between(100, 1000, 160, 1000); !d.Enough {
		t.Errorf("100 and 160 of 1000: %+v", d)
	}
	for _, d := range []interval.Difference{interval.Between(0, 0, 0, 0), interval.Between(0, 0, 3, 4), interval.Between(1, 2, 1, 2)} {
		if d.Enough || d.Needed != 0 {
			t.Errorf("nothing to compare: %+v", d)
		}
	}
}
