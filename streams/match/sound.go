package match

import (
	_ "embed"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed syllables.txt
var syllablesFile string

const (
	// maxSpellings is how many sequences of syllables a phrase is looked for by; the characters after that are taken in their
	// first reading only.
	maxSpellings = 64
	// maxStates is how many readings of a text are followed at the same time.
	maxStates = 32
	// maxRun is how long a run of Latin letters may be to be read as pinyin.
	maxRun = 48
	// maxSyllable is the length of "zhuang".
	maxSyllable = 6
)

// readings are the syllables, and which of them each character is read as, first the usual one.
type readings struct {
	of    map[rune][]string
	valid map[string]bool
}

// known reads the file of syllables.
var known = sync.OnceValue(func() readings {
	k := readings{of: map[rune][]string{}, valid: map[string]bool{}}
	others := map[rune][]string{}
	for line := range strings.Lines(syllablesFile) {
		if line[0] == '#' {
			continue
		}
		syllable, chars, _ := strings.Cut(strings.TrimSpace(line), " ")
		k.valid[syllable] = true
		first, more, _ := strings.Cut(chars, "|")
		for _, r := range first {
			k.of[r] = append(k.of[r], syllable)
		}
		for _, r := range more {
			others[r] = append(others[r], syllable)
		}
	}
	for r, more := range others {
		k.of[r] = append(k.of[r], more...)
	}
	for syllable, signs := range map[string]string{"xin": "❤♥♡💗💖💕💓", "jia": "+➕", "wei": "v"} {
		for _, r := range signs {
			k.of[r] = append(k.of[r], syllable)
		}
	}
	return k
})

// sounds finds patterns by their sound.
type sounds struct {
	automaton automaton
	lengths   []int               // of each pattern, in syllables and signs
	index     []uint16            // of a character of the basic plane into sets; 0 for one that is in no pattern
	sets      [][]uint16          // the symbols a character can be read as
	beyond    map[rune]uint16     // index for the other planes
	point     uint16              // index of a decimal point; no other point counts
	syllables map[string][]uint16 // the symbol of a syllable; none for one that is in no pattern
}

// compileSounds builds the automaton of the patterns that are found by sound. Their texts were checked.
func compileSounds(patterns []Pattern, which []int) *sounds {
	s := &sounds{
		lengths: make([]int, len(patterns)), index: make([]uint16, 1<<16), sets: make([][]uint16, 1),
		beyond: map[rune]uint16{}, syllables: map[string][]uint16{},
	}
	for syllable := range known().valid {
		s.syllables[syllable] = nil
	}
	symbols := map[string]uint16{}
	var t trie
	for _, p := range which {
		spellings, length := spell(patterns[p].Text)
		s.lengths[p] = length
		for _, spelling := range spellings {
			word := make([]uint16, length)
			for i, syllable := range spelling {
				if symbols[syllable] == 0 {
					symbols[syllable] = uint16(len(symbols) + 1)
				}
				word[i] = symbols[syllable]
			}
			t.add(word, p)
		}
	}
	for spelled, symbol := range symbols {
		if known().valid[spelled] {
			s.syllables[spelled] = []uint16{symbol}
		}
	}
	s.read(symbols)
	s.automaton = t.compile(len(symbols))
	return s
}

// read notes as which symbols each character can be read.
func (s *sounds) read(symbols map[string]uint16) {
	alike := map[string]uint16{} // characters that are read alike share a set
	of := map[rune]uint16{}
	note := func(form rune) {
		var set []uint16
		key := ""
		for _, spelled := range append([]string{signed(form)}, known().of[form]...) {
			if symbol := symbols[spelled]; symbol != 0 {
				set, key = append(set, symbol), key+string(rune(symbol))
			}
		}
		if set == nil {
			return
		}
		if alike[key] == 0 {
			s.sets = append(s.sets, set)
			alike[key] = uint16(len(s.sets) - 1)
		}
		of[form] = alike[key]
	}
	for form := range known().of {
		note(form)
	}
	for spelled := range symbols {
		if form, size := utf8.DecodeRuneInString(spelled); spelled[size:] == mark {
			note(form)
		}
	}
	spread(s.index, of)
	s.point = of['.']
	for form, index := range of {
		if form >= 1<<16 {
			s.beyond[form] = index
		}
	}
}

// mark keeps the letter a from the syllable a.
const mark = "."

// signed is how a character that is no syllable is spelled.
func signed(r rune) string { return string(r) + mark }

// spell is the ways a phrase is read, each length syllables and signs long.
func spell(text string) (spellings [][]string, length int) {
	spellings = [][]string{nil}
	var pinyin run
	for i := 0; i < len(text); {
		var options []string
		if n := pinyin.syllable(text, i); n > 0 {
			options = []string{strings.ToLower(text[i : i+n])}
			i += n
		} else {
			r, size := utf8.DecodeRuneInString(text[i:])
			counts := !ignored(r) || decimal(text, i, r)
			i += size
			if !counts {
				continue
			}
			r = Fold(r)
			if options = known().of[r]; len(options) == 0 || r < utf8.RuneSelf {
				options = []string{signed(r)}
			}
		}
		if len(spellings)*len(options) > maxSpellings {
			options = options[:1]
		}
		longer := make([][]string, 0, len(spellings)*len(options))
		for _, s := range spellings {
			for _, o := range options {
				longer = append(longer, append(s[:len(s):len(s)], o))
			}
		}
		spellings = longer
		length++
	}
	return spellings, length
}
