package classify

import (
	_ "embed"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"keliu/functions/classify/text"
)

// serviceTalk is the list of words that count in a shop, one per line: kind, strength, word.
//
//go:embed service.txt
var serviceTalk string

// A kind is why a word counts.
type kind string

const (
	insult  kind = "insult"  // against the shop or its staff
	threat  kind = "threat"  // to take it outside
	anger   kind = "anger"   // said of oneself
	unhappy kind = "unhappy" // with goods or service
	urgent  kind = "urgent"
	praise  kind = "praise"
	plain   kind = "plain" // holds one of the others and means nothing by it (垃圾袋)
)

var kinds = []kind{insult, threat, anger, unhappy, urgent, praise, plain}

// A term is one word of the list.
type term struct {
	word     []rune
	kind     kind
	strength float64 // 0–1
}

// A lexicon finds the terms of the list in texts.
type lexicon struct {
	terms map[rune][]term // by first rune, longest first
}

func readLexicon(list string) (*lexicon, error) {
	l := &lexicon{terms: map[rune][]term{}}
	n := 0
	for line := range strings.Lines(list) {
		n++
		fields := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if fields[0] == "" || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if len(fields) != 3 || !slices.Contains(kinds, kind(fields[0])) {
			return nil, fmt.Errorf("service talk, line %d: want kind, strength and words", n)
		}
		strength, err := strconv.ParseFloat(fields[1], 64)
		if err != nil || strength < 0 || strength > 1 {
			return nil, fmt.Errorf("service talk, line %d: strength %q is not in 0–1", n, fields[1])
		}
		for word := range strings.SplitSeq(fields[2], ",") {
			runes := text.Fold(nil, word)
			if len(runes) == 0 {
				return nil, fmt.Errorf("service talk, line %d: an empty word", n)
			}
			l.terms[runes[0]] = append(l.terms[runes[0]], term{runes, kind(fields[0]), strength})
		}
	}
	for _, terms := range l.terms {
		slices.SortStableFunc(terms, func(a, b term) int { return len(b.word) - len(a.word) })
	}
	return l, nil
}

// at is the longest term that stands at a place of the text.
func (l *lexicon) at(said []rune, i int) (term, bool) {
	for _, t := range l.terms[said[i]] {
		if text.StandsAt(said, i, t.word) {
			return t, true
		}
	}
	return term{}, false
}

// heard is what the list found in a text.
type heard struct {
	good, bad float64  // 0–1
	words     []string // that made it bad or good, with the negation before them
}

// How much of a term's strength is left.
const (
	hedged  = 0.3  // asked about, supposed or quoted
	negated = 0.6  // of praise, as blame: "不满意"
	spared  = 0.15 // of blame, as praise: "没有不高兴"
	shouted = 0.15 // more of the way to furious, for blame that is shouted
)

// hear finds what counts in a folded text. Several terms add up, each by its share of what is left to 1.
func (l *lexicon) hear(said []rune, loud bool) heard {
	var h heard
	add := func(sum *float64, strength float64) { *sum += (1 - *sum) * strength }
	for i := 0; i < len(said); {
		t, ok := l.at(said, i)
		if !ok {
			i++
			continue
		}
		end := i + len(t.word)
		good := t.kind == praise
		strength := t.strength
		count, from := negations(said, i)
		switch {
		case count%2 == 0:
		case good:
			good, strength = false, strength*negated
		default:
			good, strength = true, strength*spared
		}
		if !good && isHedged(said, i, end, t.kind) {
			strength *= hedged
		}
		if strength > 0 {
			if good {
				add(&h.good, strength)
			} else {
				add(&h.bad, strength)
			}
			if word := string(said[from:end]); !slices.Contains(h.words, word) {
				h.words = append(h.words, word)
			}
		}
		i = end
	}
	if loud && h.bad > hedged {
		add(&h.bad, shouted)
	}
	return h
}
