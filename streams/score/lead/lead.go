// Package lead reads in a comment or message how likely its writer wants to buy, and how likely trouble is.
//
// A lexicon (lexicon.txt) says which words speak for and against; a small grammar says when they count: a denial before the words
// turns them, unless it only looks like one (能不能, 不知道多少钱); a noun such as 价格 counts fully in a question or as the whole
// text; a bargain (太贵了，能便宜点吗) is no refusal; what is said to a friend (@小王 …) is not said to the shop. Everything is
// found in one pass over the text by streams/match, so that evasions of its kind are read through.
package lead

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"keliu/streams/desk"
	"keliu/streams/match"
)

const (
	maxWordings = 32   // that a lexicon may have
	maxHits     = 48   // of phrases that are read in a text
	maxText     = 2000 // bytes of a text that are read
	nearRunes   = 3    // characters between a denial and what it denies
	bareRunes   = 7    // a text so short asks by naming the thing

	unasked  = 0.4  // of a noun's points outside a question
	further  = 0.5  // of the points of every wish but the weightiest
	denied   = 0.85 // taken off by a wish that is denied
	toFriend = 0.55 // taken off by speaking to a friend
	bargain  = 0.2  // of what dearness takes off when the writer asks for a better price
)

// A Reader reads texts. It is safe for concurrent use.
type Reader struct {
	wordings []wording
	phrases  []phrase
	rules    []int // the IDs of the rules' phrases, which the machine numbers after those of the lexicon
	machine  *match.Machine
	refuse   int // the wordings that the grammar speaks of
	dear     int
	deal     int
	tagging  int
	question int
	contact  int
}

// New builds a reader with the lexicon of the house. The phrases of rules are found in the same pass; see Find.
func New(rules ...match.Pattern) (*Reader, error) {
	wordings, phrases, err := parse(lexiconFile)
	if err != nil {
		return nil, err
	}
	machine, ids, err := compile(phrases, rules)
	if err != nil {
		return nil, err
	}
	at := func(code string) int {
		return slices.IndexFunc(wordings, func(w wording) bool { return w.code == code })
	}
	return &Reader{
		wordings: wordings, phrases: phrases, rules: ids, machine: machine,
		refuse: at("refuse"), dear: at("dear"), deal: at("deal"), tagging: at("tagging"),
		question: at("question"), contact: at("contact"),
	}, nil
}

// A Reading is what a text says.
type Reading struct {
	Lead     desk.Score // how likely its writer wants to buy, 0 to 100; the points of the reasons add up to it
	Risk     desk.Score // how likely a complaint goes outside
	Intent   string     // the weightiest wish: "price", "buy", "link", "contact", "book" … or ""
	Keywords []string   // what was read, as it stands in the text
}

// A Glance is the numbers of a reading.
type Glance struct {
	Lead, Risk float64 // 0 to 100
	Intent     string  // as in Reading
}

// Glance reads the numbers of a text, without allocating.
func (r *Reader) Glance(text string) Glance {
	var s sentence
	r.read(text, &s, nil)
	return s.Glance
}

// Find is Glance and hands every place of a rule's phrase to visit, as match.Machine.Each does.
func (r *Reader) Find(text string, visit func(id, start, end int)) Glance {
	var s sentence
	r.read(text, &s, visit)
	return s.Glance
}

// read finds the phrases of a text and weighs those of the lexicon.
func (r *Reader) read(text string, s *sentence, visit func(id, start, end int)) {
	s.reader, s.text = r, text
	r.machine.Each(text, func(id, start, end int) bool {
		switch {
		case id >= len(r.phrases):
			if visit != nil {
				visit(r.rules[id-len(r.phrases)], start, end)
			}
		case s.n < maxHits && end <= maxText:
			s.hits[s.n] = hit{phrase: &r.phrases[id], start: int16(start), end: int16(end)}
			s.n++
		}
		return true
	})
	s.weigh()
}

// Read reads a text.
func (r *Reader) Read(text string) Reading {
	var s sentence
	r.read(text, &s, nil)
	reading := Reading{
		Lead:   desk.Score{Value: s.Lead, Reasons: r.explain(&s)},
		Risk:   desk.Score{Value: s.Risk, Reasons: r.explainRisk(&s)},
		Intent: s.Intent, Keywords: []string{},
	}
	for _, h := range s.hits[:s.n] {
		if word := text[h.start:h.end]; h.counts && !slices.Contains(reading.Keywords, word) {
			reading.Keywords = append(reading.Keywords, word)
		}
	}
	return reading
}

// explain says what every wording adds to the score or takes off it.
func (r *Reader) explain(s *sentence) []desk.Reasoning {
	reasons := []desk.Reasoning{}
	order := r.byShare(s, wish)
	value := 0.0
	add := func(w int, to float64) {
		points := round(round(to) - round(value))
		reasons = append(reasons, desk.Reasoning{Code: r.wordings[w].code, Why: Name(r.wordings[w].code, desk.Chinese), Points: points})
		value = to
	}
	for i, w := range order {
		share := s.shares[w]
		if i > 0 {
			share *= further
		}
		add(w, 100-(100-value)*(1-share))
	}
	for _, w := range append(r.byShare(s, doubt), r.byShare(s, threat)...) {
		add(w, value*(1-s.shares[w]))
	}
	return reasons
}

// explainRisk says what every wording adds to the risk.
func (r *Reader) explainRisk(s *sentence) []desk.Reasoning {
	reasons := []desk.Reasoning{}
	value := 0.0
	for _, w := range r.byShare(s, threat) {
		to := 100 - (100-value)*(1-s.shares[w])
		reasons = append(reasons, desk.Reasoning{Code: r.wordings[w].code, Why: Name(r.wordings[w].code, desk.Chinese), Points: round(round(to) - round(value))})
		value = to
	}
	return reasons
}

// byShare are the wordings of a kind that were read, the weightiest first.
func (r *Reader) byShare(s *sentence, k kind) []int {
	var order []int
	for w := range r.wordings {
		if r.wordings[w].kind == k && s.shares[w] > 0 {
			order = append(order, w)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(s.shares[b], s.shares[a]) })
	return order
}

// round keeps a tenth of a point.
func round(points float64) float64 { return math.Round(points*10) / 10 }

// endsClause reports whether a sign ends a clause.
func endsClause(r rune) bool {
	switch r {
	case '，', '。', '！', '？', '；', ',', '!', '?', ';', '\n':
		return true
	}
	return false
}

// oneClause reports whether a stretch of text ends no clause.
func oneClause(between string) bool { return strings.IndexFunc(between, endsClause) < 0 }

// bare reports whether a text is so short that naming a thing asks for it.
func bare(text string) bool { return utf8.RuneCountInString(text) <= bareRunes }
