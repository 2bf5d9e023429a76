// Package text gives what customers write the one form that everything in classify reads, and finds words in it.
package text

import (
	"unicode"
	"unicode/utf8"
)

// MaxRunes is how much of a text is read: of a longer one its first and its last half of this.
const MaxRunes = 2000

// maxRepeat is how often a character other than a digit may follow itself; more of it says nothing new.
const maxRepeat = 3

// Fold appends a raw text to dst in the form that everything here reads: lower case, full-width forms as
// ASCII, one space for any run of white space and control characters, nothing for bytes that are no UTF-8 and
// for invisible marks, no character but a digit more than three times in a row, at most MaxRunes in all.
func Fold(dst []rune, raw string) []rune {
	start := len(dst)
	dst, rest := foldPart(dst, start, raw, MaxRunes/2)
	tail := len(rest)
	for i := 0; i < MaxRunes/2 && tail > 0; i++ {
		_, size := utf8.DecodeLastRuneInString(rest[:tail])
		tail -= size
	}
	dst, _ = foldPart(dst, start, rest[tail:], MaxRunes/2)
	if n := len(dst); n > start && dst[n-1] == ' ' {
		dst = dst[:n-1]
	}
	return dst
}

// Align appends the folded form of each rune of a raw text to dst: rune for rune, so that places in one are places in the other. What
// Fold drops becomes a space, and nothing is cut off.
func Align(dst []rune, raw string) []rune {
	for _, r := range raw {
		if r = foldRune(r); r == 0 {
			r = ' '
		}
		dst = append(dst, r)
	}
	return dst
}

// foldPart folds a piece of the text that begins at start in dst until it has added limit runes, and returns what
// is left of the piece.
func foldPart(dst []rune, start int, raw string, limit int) ([]rune, string) {
	limit += len(dst)
	for i, r := range raw {
		r = foldRune(r)
		n := len(dst)
		switch {
		case r == 0:
			continue
		case r == ' ' && (n == start || dst[n-1] == ' '):
			continue
		case n-start >= maxRepeat && !IsDigit(r) && dst[n-1] == r && dst[n-2] == r && dst[n-3] == r:
			continue
		case n == limit:
			return dst, raw[i:]
		}
		dst = append(dst, r)
	}
	return dst, ""
}

// foldRune is the folded form of one rune; 0 drops it.
func foldRune(r rune) rune {
	switch {
	case r < utf8.RuneSelf:
		if r <= ' ' || r == 0x7f {
			return ' '
		}
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	case r >= 0x4e00 && r <= 0x9fff:
		return r
	case r >= '！' && r <= '～':
		return foldRune(r - '！' + '!')
	case r == utf8.RuneError, unicode.In(r, unicode.Cf, unicode.Variation_Selector):
		return 0
	case unicode.IsSpace(r), unicode.IsControl(r):
		return ' '
	}
	return unicode.ToLower(r)
}
