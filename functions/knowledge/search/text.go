package search

import (
	_ "embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

//go:embed lexicon.txt
var lexiconText string

// lexicon is read once and never written again.
var lexicon = parseLexicon(lexiconText)

// A feature is something two texts can have in common: a character, two neighbours, or a word.
type feature struct {
	key    uint64
	pair   bool    // two neighbouring characters or words
	weight float32 // 1, or less for what says little
}

// A surface is how the lexicon reads a word.
type surface struct {
	to     []rune  // what it is read as
	weight float32 // of each rune of to
}

// words is the lexicon: surfaces by spelling, and the longest spelling by first rune.
type words struct {
	surfaces map[string]surface
	longest  map[rune]int
	simple   map[rune]rune
}

// What words count for that say little, and names of products.
const (
	littleWeight  = 0.35
	productWeight = 0.6
)

func parseLexicon(text string) words {
	w := words{surfaces: map[string]surface{}, longest: map[rune]int{}, simple: map[rune]rune{}}
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) < 2 || fields[0] == "#" {
			continue
		}
		entries := fields[1:]
		for _, entry := range entries {
			spelling := strings.ReplaceAll(entry, "_", " ")
			switch fields[0] {
			case "=":
				w.add(spelling, surface{to: []rune(strings.ReplaceAll(entries[0], "_", "")), weight: 1})
			case "~":
				w.add(spelling, surface{to: []rune(spelling), weight: productWeight})
			case "-":
				w.add(spelling, surface{to: []rune(spelling), weight: littleWeight})
			case "t":
				pair := []rune(entry)
				w.simple[pair[0]] = pair[1]
			}
		}
	}
	return w
}

// add keeps the first reading of a spelling.
func (w words) add(spelling string, s surface) {
	if _, ok := w.surfaces[spelling]; ok {
		return
	}
	w.surfaces[spelling] = s
	runes := []rune(spelling)
	w.longest[runes[0]] = max(w.longest[runes[0]], len(runes))
}

// match returns the longest surface that starts at text[i] and how many runes it spans.
func (w words) match(text []rune, i int) (surface, int) {
	for n := min(w.longest[text[i]], len(text)-i); n > 0; n-- {
		if !isHan(text[i]) && (i > 0 && isWord(text[i-1]) || i+n < len(text) && isWord(text[i+n])) {
			continue // a Latin word is matched whole or not at all
		}
		if s, ok := w.surfaces[string(text[i:i+n])]; ok {
			return s, n
		}
	}
	return surface{}, 0
}

// fold brings a text to one form: half-width, lower case, simplified characters.
func fold(text string) []rune {
	folded := []rune(norm.NFKC.String(text))
	for i, r := range folded {
		r = unicode.ToLower(r)
		if simple, ok := lexicon.simple[r]; ok {
			r = simple
		}
		folded[i] = r
	}
	return folded
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// isWord reports whether r belongs to a word written with spaces around it.
func isWord(r rune) bool {
	return r < unicode.MaxASCII && (r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '\'') ||
		r > unicode.MaxASCII && !isHan(r) && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// features reads a text. Repeats stay in: a body counts them.
func features(text string) []feature {
	runes := fold(text)
	out := make([]feature, 0, 2*len(runes))
	var last feature // the neighbour to the left, zero after a break
	push := func(key uint64, weight float32) {
		unit := feature{key: key, weight: weight}
		out = append(out, unit)
		if last.key != 0 {
			out = append(out, feature{key: join(last.key, key), pair: true, weight: min(last.weight, weight)})
		}
		last = unit
	}
	for i := 0; i < len(runes); {
		if s, n := lexicon.match(runes, i); n > 0 {
			if isHan(s.to[0]) && s.weight > littleWeight {
				for _, r := range s.to {
					push(uint64(r), s.weight)
				}
			} else {
				push(wordKey(string(s.to)), s.weight)
			}
			i += n
			continue
		}
		switch r := runes[i]; {
		case isHan(r):
			push(uint64(r), 1)
			i++
		case isWord(r):
			end := i + 1
			for end < len(runes) && isWord(runes[end]) {
				end++
			}
			push(wordKey(stem(string(runes[i:end]))), 1)
			i = end
		default:
			if r != ' ' {
				last = feature{}
			}
			i++
		}
	}
	return out
}

// stem takes the plural and the possessive off an English word.
func stem(word string) string {
	word = strings.TrimSuffix(word, "'s")
	switch {
	case len(word) > 4 && strings.HasSuffix(word, "ies"):
		return word[:len(word)-3] + "y"
	case len(word) > 4 && (strings.HasSuffix(word, "xes") || strings.HasSuffix(word, "ches") || strings.HasSuffix(word, "shes") || strings.HasSuffix(word, "sses")):
		return word[:len(word)-2]
	case len(word) > 3 && strings.HasSuffix(word, "s") && !strings.HasSuffix(word, "ss") && !strings.HasSuffix(word, "us"):
		return word[:len(word)-1]
	}
	return word
}

// Keys of characters are the characters; keys of words have the top bit, of pairs the one below it.
func wordKey(word string) uint64 {
	h := uint64(14695981039346656037) // FNV-1a
	for i := range len(word) {
		h = (h ^ uint64(word[i])) * 1099511628211
	}
	return h | 1<<63
}

func join(a, b uint64) uint64 {
	h := a*0x9e3779b97f4a7c15 + b
	h ^= h >> 29
	return h*0xbf58476d1ce4e5b9&^(3<<62) | 1<<62
}
