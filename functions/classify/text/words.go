package text

import (
	"slices"
	"strings"
	"unicode"
)

// IsDigit reports whether a folded rune is a digit.
func IsDigit(r rune) bool { return '0' <= r && r <= '9' }

// IsLatin reports whether a folded rune is part of a Latin word.
func IsLatin(r rune) bool {
	return 'a' <= r && r <= 'z' || r == '\'' || 'à' <= r && r <= 'ÿ'
}

// IsHan reports whether a rune is a Chinese character.
func IsHan(r rune) bool { return r >= 0x2e80 && unicode.Is(unicode.Han, r) }

// HasHan reports whether a text holds Chinese characters.
func HasHan(folded []rune) bool { return slices.ContainsFunc(folded, IsHan) }

// Words are words to look for in folded texts. A Latin word is found as a whole word only, a Chinese one
// anywhere. Of words that begin alike the first is found, so longer ones come first.
type Words [][]rune

// List makes Words of a list with bars in between.
func List(words string) Words {
	var list Words
	for w := range strings.SplitSeq(words, "|") {
		list = append(list, Fold(nil, w))
	}
	return list
}

// At returns the length of the word that stands at place i, 0 for none.
func (l Words) At(folded []rune, i int) int {
	for _, w := range l {
		if StandsAt(folded, i, w) {
			return len(w)
		}
	}
	return 0
}

// Ending returns the length of the word that the text ends with, 0 for none.
func (l Words) Ending(folded []rune) int {
	for _, w := range l {
		if StandsAt(folded, len(folded)-len(w), w) {
			return len(w)
		}
	}
	return 0
}

// In reports whether one of the words stands in the text.
func (l Words) In(folded []rune) bool {
	for i := range folded {
		if l.At(folded, i) > 0 {
			return true
		}
	}
	return false
}

// StandsAt reports whether word stands at place i, as a whole word if it is Latin.
func StandsAt(folded []rune, i int, word []rune) bool {
	end := i + len(word)
	if i < 0 || end > len(folded) || !slices.Equal(folded[i:end], word) {
		return false
	}
	if i > 0 && IsLatin(word[0]) && IsLatin(folded[i-1]) {
		return false
	}
	return end == len(folded) || !IsLatin(word[len(word)-1]) || !IsLatin(folded[end])
}
