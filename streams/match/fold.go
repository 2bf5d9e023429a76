package match

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

//go:embed traditional.txt
var traditionalFile string

// traditional is the simplified form of each character of the file.
var traditional = sync.OnceValue(func() map[rune]rune {
	forms := map[rune]rune{}
	for line := range strings.Lines(traditionalFile) {
		if line[0] == '#' {
			continue
		}
		for pair := []rune(strings.TrimSpace(line)); len(pair) > 1; pair = pair[2:] {
			forms[pair[0]] = pair[1]
		}
	}
	return forms
})

// Fold is the form in which a character is compared: lower case, full-width, circled and otherwise dressed forms as the
// plain one, traditional characters as simplified ones. It knows the some 750 traditional characters that are common in trade.
func Fold(r rune) rune {
	switch {
	case r < utf8.RuneSelf || r >= '！' && r <= '～':
		return narrow(r)
	case r >= 0x3400 && r <= 0x9fff:
		if simple, ok := traditional()[r]; ok {
			return simple
		}
		return r
	}
	plain := norm.NFKC.String(string(r))
	if f, size := utf8.DecodeRuneInString(plain); size == len(plain) && f != utf8.RuneError && f != r {
		return Fold(f)
	}
	return unicode.ToLower(r)
}

// notCounted stands in the table of folds for what does not count.
const notCounted = -1

// folds is the form in which each character of the basic plane is compared, or notCounted.
var folds = sync.OnceValue(func() []rune {
	table := make([]rune, 1<<16)
	for r := range table {
		if table[r] = Fold(rune(r)); ignored(rune(r)) {
			table[r] = notCounted
		}
	}
	return table
})

// dressed are the letters and digits beyond the basic plane that Fold undresses: mathematical, and in circles and squares.
var dressed = [][2]rune{{0x1d400, 0x1d7ff}, {0x1f100, 0x1f1ff}}

// narrow folds what has an ASCII form: full-width forms and capitals.
func narrow(r rune) rune {
	if r >= '！' && r <= '～' {
		r += '!' - '！'
	}
	if 'A' <= r && r <= 'Z' {
		r += 'a' - 'A'
	}
	return r
}

// lightSigns are written between characters to part them and end no clause.
const lightSigns = ".·・•‧∙_-—–~～〜*＊/\\|｜`'’‘\"“”^…＿－．"

// ignored reports whether a character does not count: white space, invisible marks, light signs.
func ignored(r rune) bool {
	if r < utf8.RuneSelf {
		return r <= ' ' || r == 0x7f || strings.IndexByte(lightSigns, byte(r)) >= 0
	}
	switch {
	case r >= 0x3400 && r <= 0x9fff || r == utf8.RuneError:
		return false
	case r >= 1<<16:
		return r >= 0xe0000 && r <= 0xe0fff // tags and variants of emoji
	}
	return strings.ContainsRune(lightSigns, r) || unicode.IsSpace(r) || unicode.IsControl(r) ||
		unicode.In(r, unicode.Cf, unicode.Mn, unicode.Variation_Selector)
}

// decimal reports whether the character at i is a point between two digits, which counts: 3.5 is not 35.
func decimal(text string, i int, r rune) bool {
	return r == '.' && i > 0 && i+1 < len(text) && digit(rune(text[i-1])) && digit(rune(text[i+1]))
}
