// Package match finds all phrases of all rules in one pass over a text.
//
// Phrases and texts are compared folded (see Fold), and as people write who do not want to be found: spaces, invisible
// marks and light signs between the characters do not count, so that 多少钱 is found in "多 少.钱", but what ends a
// clause does (，。！？ and their like). A phrase that begins or ends with a Latin letter or a digit stands at the edge of a
// word or number: "vx" is not found in "tvxq". A phrase may ask to be found by its sound too; see Pattern.
//
// A Machine is a double-array Aho–Corasick automaton over the characters that occur in phrases. Searching allocates nothing.
package match

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"keliu/streams/desk"
)

// MaxRunes is how many characters a phrase may have, those that do not count left out.
const MaxRunes = 64

// A Pattern is a phrase to look for.
type Pattern struct {
	ID   int    // the caller's; several patterns may share one
	Text string // up to MaxRunes characters
	// Pinyin finds what is read like the phrase, tones left out: homophones (薇信 for 微信), pinyin ("weixin", "wei信") and
	// the signs that stand for syllables (❤ for xin, v for wei, + for jia).
	Pinyin bool
}

// A Machine looks for patterns. It never changes and is safe for concurrent use.
type Machine struct {
	plain  automaton
	codes  []uint16        // what a character of the basic plane is to the automaton: a symbol, skipped, or 0 for any other
	beyond map[rune]uint16 // the same for the other planes
	point  uint16          // the symbol of a decimal point; no other point counts
	edges  []edge          // of each pattern
	ids    []int
	sounds *sounds // nil without patterns that are found by sound
}

// skipped is the code of a character that does not count.
const skipped = 0xffff

// An edge says where a pattern wants the edge of a word or number.
type edge struct {
	first, last rune // folded
	length      int  // in characters
}

// Compile builds the machine of the patterns. A pattern without a character that counts, or with too many, or with bytes that
// are no UTF-8, is refused with desk.ErrInvalid.
func Compile(patterns []Pattern) (*Machine, error) {
	m := &Machine{codes: make([]uint16, 1<<16), beyond: map[rune]uint16{}}
	symbols := map[rune]uint16{}
	var plain trie
	var bySound []int
	for i, p := range patterns {
		runes, err := folded(p.Text)
		if err != nil {
			return nil, fmt.Errorf("pattern %d (%q): %w", i, p.Text, err)
		}
		m.ids = append(m.ids, p.ID)
		m.edges = append(m.edges, edge{first: runes[0], last: runes[len(runes)-1], length: len(runes)})
		if p.Pinyin {
			bySound = append(bySound, i)
			continue
		}
		word := make([]uint16, len(runes))
		for j, r := range runes {
			if symbols[r] == 0 {
				symbols[r] = uint16(len(symbols) + 1)
			}
			word[j] = symbols[r]
		}
		plain.add(word, i)
	}
	if len(symbols) >= skipped {
		return nil, fmt.Errorf("%d different characters: %w", len(symbols), desk.ErrInvalid)
	}
	m.encode(symbols)
	m.plain = plain.compile(len(symbols))
	if bySound != nil {
		m.sounds = compileSounds(patterns, bySound)
	}
	return m, nil
}

// encode notes what every character is to the automaton.
func (m *Machine) encode(symbols map[rune]uint16) {
	m.point = symbols['.']
	spread(m.codes, symbols)
	for _, plane := range dressed {
		for r := plane[0]; r <= plane[1]; r++ {
			if symbol := symbols[Fold(r)]; symbol != 0 {
				m.beyond[r] = symbol
			}
		}
	}
	for r, symbol := range symbols {
		if r >= 1<<16 {
			m.beyond[r] = symbol
		}
	}
}

// spread gives every character of the basic plane the code of its folded form.
func spread(codes []uint16, of map[rune]uint16) {
	direct := make([]uint16, len(codes))
	for form, code := range of {
		if int(form) < len(direct) {
			direct[form] = code
		}
	}
	for r, form := range folds() {
		switch {
		case form == notCounted:
			codes[r] = skipped
		case int(form) < len(direct):
			codes[r] = direct[form]
		default:
			codes[r] = of[form]
		}
	}
}

// folded is a phrase as it is compared.
func folded(text string) ([]rune, error) {
	if strings.ContainsRune(text, utf8.RuneError) {
		return nil, fmt.Errorf("not UTF-8: %w", desk.ErrInvalid)
	}
	var runes []rune
	for i, r := range text {
		if !ignored(r) || decimal(text, i, r) {
			runes = append(runes, Fold(r))
		}
	}
	if len(runes) == 0 || len(runes) > MaxRunes {
		return nil, fmt.Errorf("%d characters that count, want 1 to %d: %w", len(runes), MaxRunes, desk.ErrInvalid)
	}
	return runes, nil
}

// Each hands every place where a pattern stands to visit, until it returns false: the pattern's ID and the bytes of text from
// start to before end. Places come in the order of their ends, those found by sound after the others. Places overlap when
// patterns do.
func (m *Machine) Each(text string, visit func(id, start, end int) bool) {
	if m.eachPlain(text, visit) && m.sounds != nil {
		m.eachSound(text, visit)
	}
}

func (m *Machine) eachPlain(text string, visit func(id, start, end int) bool) bool {
	cells, first, codes := m.plain.cells, m.plain.first, (*[1 << 16]uint16)(m.codes)
	state := int32(root)
	for i := 0; i < len(text); {
		r, size := three(text, i), 3
		if r == 0 {
			r, size = utf8.DecodeRuneInString(text[i:])
		}
		var code uint16
		if r < 1<<16 {
			code = codes[r]
		} else {
			code = m.wide(r)
		}
		at := i
		i += size
		if code == skipped {
			if r != '.' || !decimal(text, at, r) {
				continue
			}
			code = m.point
		}
		if code == 0 {
			state = root
			continue
		}
		for {
			if state == root {
				state = first[code]
				break
			}
			c := &cells[state]
			if next := c.base + int32(code); cells[next].check == state {
				state = next
				break
			}
			state = c.fail
		}
		if cells[state].out != 0 && !m.report(state, text, i, visit) {
			return false
		}
	}
	return true
}

// wide is the code of a character beyond the basic plane.
func (m *Machine) wide(r rune) uint16 {
	if ignored(r) {
		return skipped
	}
	return m.beyond[r]
}

// three decodes the three bytes of a Chinese character at i, or returns 0. It is short so that it is inlined.
func three(text string, i int) rune {
	if i+2 >= len(text) || text[i]-0xe1 >= 0xed-0xe1 || (text[i+1]^0x80)|(text[i+2]^0x80) >= 0x40 {
		return 0
	}
	return rune(text[i]&0x0f)<<12 | rune(text[i+1]^0x80)<<6 | rune(text[i+2]^0x80)
}

// report hands the patterns that end with a state to visit.
func (m *Machine) report(state int32, text string, end int, visit func(id, start, end int) bool) bool {
	for out := m.plain.cells[state].out; out != 0; out = m.plain.outs[out].next {
		p := m.plain.outs[out].pattern
		start := before(text, end, m.edges[p].length)
		if m.fits(int(p), text, start, end) && !visit(m.ids[p], start, end) {
			return false
		}
	}
	return true
}

// before is where the last characters that count begin, n of them, up to end.
func before(text string, end, n int) int {
	for n > 0 {
		r, size := utf8.DecodeLastRuneInString(text[:end])
		end -= size
		if !ignored(r) || decimal(text, end, r) {
			n--
		}
	}
	return end
}

// fits reports whether a word or number that a pattern begins or ends with begins and ends there.
func (m *Machine) fits(pattern int, text string, start, end int) bool {
	e := m.edges[pattern]
	if start > 0 {
		if r, _ := utf8.DecodeLastRuneInString(text[:start]); together(narrow(r), e.first) {
			return false
		}
	}
	if end < len(text) {
		if r, _ := utf8.DecodeRuneInString(text[end:]); together(e.last, narrow(r)) {
			return false
		}
	}
	return true
}

// together reports whether two neighbours are of one word or number.
func together(a, b rune) bool { return latin(a) && latin(b) || digit(a) && digit(b) }

func latin(r rune) bool { return 'a' <= r && r <= 'z' }

func digit(r rune) bool { return '0' <= r && r <= '9' }
