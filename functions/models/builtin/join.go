package builtin

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// join makes one text of sentences: items follow one another with semicolons, everything else with full stops.
func join(chosen []sentence) string {
	var b strings.Builder
	for i, s := range chosen {
		text := s.text
		last, _ := utf8.DecodeLastRuneInString(text)
		han, _ := script(text)
		stop, between, gap := "。", "；", ""
		if han == 0 {
			stop, between, gap = ".", ";", " "
		}
		follows := i+1 < len(chosen)
		switch listed := follows && s.item && chosen[i+1].item && chosen[i+1].passage == s.passage; {
		case listed:
			text = strings.TrimRight(text, "。；;.") + between
		case s.open() && !follows:
			text = strings.TrimRight(text, "：:") + stop
		case unicode.IsLetter(last) || unicode.IsDigit(last) || strings.ContainsRune("%％)）」”\"；;", last):
			text = strings.TrimRight(text, "；;") + stop
		}
		b.WriteString(text)
		if follows {
			b.WriteString(gap)
		}
	}
	return b.String()
}
