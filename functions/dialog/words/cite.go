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

// shares reports whether two texts have a long enough run in common, whatever its spacing. It looks at every third place: a run
// that is a little longer is as good.
func shares(a, b string) bool {
	a, b = tight(a), tight(b)
	skip := 0
	for i, r := range a {
		if skip--; skip > 0 {
			continue
		}
		n := sharedLatin
		if unicode.Is(unicode.Han, r) {
			n = sharedHan
		}
		if run := head(a[i:], n); run != "" && strings.Contains(b, run) {
			return true
		}
		skip = 3
	}
	return false
}

// head returns the first n runes, or "" when there are fewer.
func head(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	if n == 0 {
		return text
	}
	return ""
}

// tight is a text in lower case without its spaces.
func tight(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, text)
}
