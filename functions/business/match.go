package business

import (
	"strings"
	"unicode/utf8"
)

// What a word of a wish is worth: the very product, its brand, its kind, its use.
const (
	namePoints  = 1000
	brandPoints = 100
	kindPoints  = 10
	usePoints   = 1
)

// tier is the least that a product must fit when another fits with best points: somebody who names a thing does not
// want another one of the same use.
func tier(best int) int {
	for _, least := range []int{namePoints, brandPoints + kindPoints, brandPoints, kindPoints} {
		if best >= least {
			return least
		}
	}
	return 0
}

// fit says how well a product fits what was said, in lower case.
func fit(p Product, said string) int {
	points := 0
	if says(said, p.SKU) || says(said, p.Name) || says(said, p.English) {
		points += namePoints
	}
	if says(said, brand(p.Name)) || says(said, brand(p.English)) {
		points += brandPoints
	}
	for _, kind := range p.Kinds {
		if says(said, kind) {
			points += kindPoints
			break
		}
	}
	for _, use := range p.Uses {
		if says(said, use) {
			points += usePoints
		}
	}
	return points
}

// brand is the first word of a name of several.
func brand(name string) string {
	if first, _, more := strings.Cut(name, " "); more {
		return first
	}
	return ""
}

// says reports whether a text in lower case holds a word; Latin words as wholes, in singular or plural.
func says(text, word string) bool {
	word = strings.ToLower(word)
	if word == "" {
		return false
	}
	for from := 0; ; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return false
		}
		start, end := from+i, from+i+len(word)
		if !isLatin(word) || !latinAt(text, start-1) && !latinAt(strings.TrimPrefix(strings.TrimPrefix(text[end:], "es"), "s"), 0) {
			return true
		}
		from = start + 1
	}
}

func isLatin(word string) bool { return utf8.RuneCountInString(word) == len(word) }

func latinAt(text string, i int) bool {
	return i >= 0 && i < len(text) && (text[i] >= 'a' && text[i] <= 'z' || text[i] >= '0' && text[i] <= '9')
}
