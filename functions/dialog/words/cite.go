package words

import (
	"strings"
	"unicode"

	"keliu/streams/desk"
)

// A run of so many characters that an answer shares with a passage shows that it rests on it.
const (
	sharedHan   = 6
	sharedLatin = 18
)

// Cited keeps the citations that the answer rests on. An answer that words everything anew rests on the best passage.
func Cited(answer string, all []desk.Citation) []desk.Citation {
	var kept []desk.Citation
	for _, c := range all {
		if shares(answer, c.Passage) {
			kept = append(kept, c)
		}
	}
	if len(kept) == 0 && len(all) > 0 {
		kept = all[:1]
	}
	return kept
}

// shares reports whether two texts have a long enough run in common, whatever its spacing.
func shares(a, b string) bool {
	tight := func(text string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsSpace(r) {
				return -1
			}
			return unicode.ToLower(r)
		}, text)
	}
	runes, b := []rune(tight(a)), tight(b)
	for i := range runes {
		n := sharedLatin
		if unicode.Is(unicode.Han, runes[i]) {
			n = sharedHan
		}
		if i+n <= len(runes) && strings.Contains(b, string(runes[i:i+n])) {
			return true
		}
	}
	return false
}
