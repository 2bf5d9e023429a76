// Package interval says how sure a share is, and the difference of two: with 95 % confidence.
package interval

import "math"

const (
	z     = 1.959963984540054  // 95 %, both sides
	power = 0.8416212335729143 // a true difference is found in 80 % of all cases

	least = 30 // people of each from which a difference may be called one: of fewer the next one may turn it
)

// A Share is what part of some did something, and between which bounds it truly lies. All are 0 to 1.
type Share struct {
	Rate float64 `json:"rate"`
	Low  float64 `json:"low"`
	High float64 `json:"high"`
}

// Wilson is the share of hits among of, by Wilson's score interval. Of nothing it is between 0 and 1.
func Wilson(hits, of int) Share {
	if of <= 0 {
		return Share{0, 0, 1}
	}
	n, p := float64(of), float64(hits)/float64(of)
	middle := (p + z*z/(2*n)) / (1 + z*z/n)
	half := z / (1 + z*z/n) * math.Sqrt(p*(1-p)/n+z*z/(4*n*n))
	return Share{p, max(0, min(p, middle-half)), min(1, max(p, middle+half))}
}

// A Difference is by how much the second share exceeds the first, -1 to 1.
type Difference struct {
	Value  float64 `json:"value"`
	Low    float64 `json:"low"`
	High   float64 `json:"high"`
	Enough bool    `json:"enough"`           // it is not chance: zero lies outside of the bounds, and thirty people heard each
	Needed int     `json:"needed,omitempty"` // so many people of each would show a difference as large; 0: none is seen at all
}

// Between is the difference of two shares, by Newcombe's score interval.
func Between(hitsA, ofA, hitsB, ofB int) Difference {
	a, b := Wilson(hitsA, ofA), Wilson(hitsB, ofB)
	d := Difference{Value: b.Rate - a.Rate}
	d.Low = d.Value - math.Hypot(b.Rate-b.Low, a.High-a.Rate)
	d.High = d.Value + math.Hypot(b.High-b.Rate, a.Rate-a.Low)
	d.Low, d.High = max(-1, d.Low), min(1, d.High)
	d.Enough = min(ofA, ofB) >= least && (d.Low > 0 || d.High < 0)
	if d.Value != 0 && ofA > 0 && ofB > 0 {
		spread := a.Rate*(1-a.Rate) + b.Rate*(1-b.Rate)
		d.Needed = max(least, int(math.Ceil((z+power)*(z+power)*spread/(d.Value*d.Value))))
	}
	return d
}
