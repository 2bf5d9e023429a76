package classify

import (
	"strings"
	"unicode"

	"keliu/streams/desk"
)

// spokenEnglish are words that English sentences are made of, and Chinese ones with an "OK" or a product's name
// in them are not.
var spokenEnglish = wordSet(`a an the i my me mine you your it its is are am was were be do does did don't have has
	had can can't could will would should want need get got where when what which who why how not no and or
	of in on at to for from with this that these those there please help order refund return track`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for w := range strings.FieldsSeq(words) {
		set[w] = true
	}
	return set
}

// language is Chinese for a folded text with Chinese characters and English for one of Latin words. A text that
// shows neither, such as a number or an emoji, goes on in the language before; so does a Chinese
// conversation when the words do not make English ("ok", "iphone 15").
func language(text []rune, before desk.Lang) desk.Lang {
	if hasHan(text) {
		return desk.Chinese
	}
	words, english := 0, false
	for i := 0; i < len(text); i++ {
		start := i
		for i < len(text) && isLatin(text[i]) {
			i++
		}
		if start == i {
			continue
		}
		words++
		english = english || spokenEnglish[string(text[start:i])]
	}
	switch {
	case english, words > 0 && before == "":
		return desk.English
	case before == "":
		return desk.Chinese
	}
	return before
}

// hasHan reports whether a text holds Chinese characters.
func hasHan(text []rune) bool {
	for _, r := range text {
		if isHan(r) {
			return true
		}
	}
	return false
}

func isHan(r rune) bool { return r >= 0x2e80 && unicode.Is(unicode.Han, r) }

// isLatin reports whether a folded rune is part of a Latin word.
func isLatin(r rune) bool {
	return 'a' <= r && r <= 'z' || r == '\'' || 'à' <= r && r <= 'ÿ'
}

func isDigit(r rune) bool { return '0' <= r && r <= '9' }
