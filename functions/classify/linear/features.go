// Package linear tells texts apart by the character n-grams they hold: hashed features, naive-Bayes-weighted
// linear support vector machines trained by dual coordinate descent, calibrated, and kept as bytes.
package linear

import (
	"slices"

	"keliu/functions/classify/text"
)

// Units that stand for more than a character, numbered where no script has its own.
const (
	unitEdge   = 0xE000 // before the first unit and after the last
	unitNumber = 0xE100 // plus the length of the number
	unitWord   = 1 << 24
	unitPart   = 2 << 24 // three letters of a word
)

// Longer numbers count as one of this length; shorter ones than minNumber are read digit by digit.
const (
	minNumber = 3
	maxNumber = 15
)

// Pairs and Triples say how many units in a row make a feature, at most.
const (
	Pairs   = 2
	Triples = 3
)

// Features appends the hashes of what a folded text holds to dst, sorted, each once: its units, up to n of them in
// a row, and the letter triples of its Latin words. A unit is a character, a Latin word or a number of three digits
// and more, of which only the length counts. Pairs learn more from few rows, Triples from many.
func Features(dst []uint32, folded []rune, n int) []uint32 {
	start := len(dst)
	var before, last uint32 = 0, unitEdge
	add := func(unit uint32) {
		dst = append(dst, hash(unit, 0, 0), hash(last, unit, 0))
		if n >= Triples && before != 0 {
			dst = append(dst, hash(before, last, unit))
		}
		before, last = last, unit
	}
	for i := 0; i < len(folded); {
		r := folded[i]
		end := i + 1
		switch {
		case r == ' ':
		case text.IsLatin(r):
			for end < len(folded) && text.IsLatin(folded[end]) {
				end++
			}
			dst = parts(dst, folded[i:end])
			add(word(folded[i:end]))
		case text.IsDigit(r):
			for end < len(folded) && text.IsDigit(folded[end]) {
				end++
			}
			if end-i >= minNumber {
				add(unitNumber + uint32(min(end-i, maxNumber)))
				break
			}
			for _, d := range folded[i:end] {
				add(uint32(d))
			}
		default:
			add(uint32(r))
		}
		i = end
	}
	if last != unitEdge {
		add(unitEdge)
	}
	slices.Sort(dst[start:])
	return dst[:start+len(slices.Compact(dst[start:]))]
}

// word is the unit of a Latin word.
func word(letters []rune) uint32 {
	var h uint32
	for _, r := range letters {
		h = h*31 + uint32(r)
	}
	return unitWord | hash(h, 0, 0)&(unitWord-1)
}

// parts appends the letter triples of a word, by which a misspelt or inflected one is known.
func parts(dst []uint32, letters []rune) []uint32 {
	if len(letters) < 4 {
		return dst
	}
	for i := 0; i+3 <= len(letters); i++ {
		dst = append(dst, hash(unitPart|uint32(letters[i]), uint32(letters[i+1]), uint32(letters[i+2])))
	}
	return dst
}

// hash mixes up to three units; every bit of the result depends on every bit of them.
func hash(a, b, c uint32) uint32 {
	h := a*0x9E3779B1 + 1
	h = (h^h>>15)*0x85EBCA77 + b
	h = (h^h>>13)*0xC2B2AE3D + c
	h ^= h >> 16
	h *= 0x7FEB352D
	h ^= h >> 15
	h *= 0x846CA68B
	return h ^ h>>16
}
