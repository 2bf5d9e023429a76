package classify

import (
	"strings"

	"keliu/functions/classify/text"
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
// shows neither, such as an order number or an emoji, goes on in the language before; so does a Chinese
// conversation when the words do not make English ("ok", "iphone 15").
func language(said []rune, before desk.Lang) desk.Lang {
	if text.HasHan(said) {
		return desk.Chinese
	}
	words, english := 0, false
	for i := 0; i < len(said); i++ {
		start, code := i, false
		for ; i < len(said) && (text.IsLatin(said[i]) || text.IsDigit(said[i])); i++ {
			code = code || text.IsDigit(said[i])
		}
		if start == i || code {
			continue
		}
		words++
		english = english || spokenEnglish[string(said[start:i])]
	}
	switch {
	case english, words > 0 && before == "":
		return desk.English
	case before == "":
		return desk.Chinese
	}
	return before
}
