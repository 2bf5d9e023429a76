package lead

import (
	"strings"
	"unicode/utf8"
)

// A hit is a phrase in a text.
type hit struct {
	phrase     *phrase
	start, end int16
	counts     bool
}

// A sentence is a text with the phrases found in it and what they come to.
type sentence struct {
	Glance
	reader *Reader
	text   string
	hits   [maxHits]hit
	n      int
	shares [maxWordings]float64 // what each wording counts, 0 to 1
}

// weigh decides which phrases count and sums them up.
func (s *sentence) weigh() {
	for i := range s.hits[:s.n] {
		h := &s.hits[i]
		if (h.phrase.kind != wish && h.phrase.kind != doubt && h.phrase.kind != threat) || s.covered(h) {
			continue
		}
		wording, share := h.phrase.wording, s.reader.wordings[h.phrase.wording].share
		switch {
		case h.phrase.kind == wish && s.isDenied(h):
			wording, share = s.reader.refuse, denied
		case h.phrase.kind == wish && h.phrase.asked && !s.asks(h) && !bare(s.text):
			share *= unasked
		case h.phrase.kind == doubt && h.phrase.wording != s.reader.dear && s.isDenied(h):
			continue
		}
		s.shares[wording] = max(s.shares[wording], share)
		h.counts = true
	}
	if s.shares[s.reader.deal] >= s.reader.wordings[s.reader.deal].share {
		s.shares[s.reader.dear] *= bargain
	}
	s.plainly(s.reader.question, endsAsking(s.text))
	s.plainly(s.reader.contact, hasMobile(s.text))
	if strings.HasPrefix(strings.TrimSpace(s.text), "@") {
		s.shares[s.reader.tagging] = max(s.shares[s.reader.tagging], toFriend)
	}
	s.sum()
}

// plainly counts a wording that shows without a phrase of the lexicon.
func (s *sentence) plainly(wording int, shows bool) {
	if shows {
		s.shares[wording] = max(s.shares[wording], s.reader.wordings[wording].share)
	}
}

// endsAsking reports whether a text ends like a question without saying a word for it: 能用不, 到了没, 有线下班么.
func endsAsking(text string) bool {
	for len(text) > 9 {
		r, size := utf8.DecodeLastRuneInString(text)
		switch r {
		case '不', '没', '么':
			return true
		case ' ', '~', '～', '。', '！', '!', '？', '?', '啊', '呀':
			text = text[:len(text)-size]
		default:
			return false
		}
	}
	return false
}

// hasMobile reports whether a mobile number stands in a text.
func hasMobile(text string) bool {
	first, digits := strings.IndexByte(text, '1'), 0
	if first < 0 {
		return false
	}
	for i := first; i <= len(text); i++ {
		if i < len(text) && text[i] >= '0' && text[i] <= '9' {
			digits++
		} else if digits == 11 && text[i-11] == '1' && text[i-10] >= '3' {
			return true
		} else {
			digits = 0
		}
	}
	return false
}

// sum makes the two numbers of the shares.
func (s *sentence) sum() {
	best, against, calm, without := -1, 1.0, 1.0, 1.0
	for w, share := range s.shares[:len(s.reader.wordings)] {
		switch s.reader.wordings[w].kind {
		case wish:
			if share > 0 && (best < 0 || share > s.shares[best]) {
				best = w
			}
		case doubt:
			against *= 1 - share
		case threat:
			calm *= 1 - share
			against *= 1 - share
		}
	}
	for w, share := range s.shares[:len(s.reader.wordings)] {
		if s.reader.wordings[w].kind == wish {
			if w != best {
				share *= further
			}
			without *= 1 - share
		}
	}
	if best >= 0 {
		s.Intent = s.reader.wordings[best].code
	}
	s.Lead, s.Risk = round(100*(1-without)*against), round(100*(1-calm))
}

// covered reports whether a phrase is only a part of another that says something else.
func (s *sentence) covered(h *hit) bool {
	for i := range s.hits[:s.n] {
		o := &s.hits[i]
		longer := o.start <= h.start && o.end >= h.end && o.end-o.start > h.end-h.start
		if h.phrase.kind == not && o.phrase.kind == doubt {
			continue // what is said against goes on denying: 不要买
		}
		if longer && o.phrase.kind != not && (o.phrase.kind != ask || h.phrase.kind == not) && (h.phrase.kind != threat || o.phrase.kind == threat) && (o.phrase.kind != threat || h.phrase.kind == threat) {
			return true
		}
	}
	return false
}

// isDenied reports whether a denial stands shortly before a phrase, in its clause. Who asks whether something is not so
// (没有链接吗) denies nothing.
func (s *sentence) isDenied(h *hit) bool {
	for i := range s.hits[:s.n] {
		o := &s.hits[i]
		if o.phrase.kind != not || o.end > h.start || s.covered(o) {
			continue
		}
		between := s.text[o.end:h.start]
		if oneClause(between) && utf8.RuneCountInString(between) <= nearRunes {
			return !s.doubtful(h)
		}
	}
	return false
}

// doubtful reports whether the clause of a phrase ends as a question does.
func (s *sentence) doubtful(h *hit) bool {
	rest := s.text[h.end:]
	end := strings.IndexFunc(rest, endsClause)
	if end < 0 {
		end = len(rest)
	}
	clause := strings.TrimRight(s.text[h.start:int(h.end)+end], " ~啊呀")
	return strings.HasSuffix(clause, "吗") || strings.HasSuffix(clause, "么") ||
		strings.HasPrefix(rest[end:], "?") || strings.HasPrefix(rest[end:], "？")
}

// asks reports whether the clause of a phrase asks for something.
func (s *sentence) asks(h *hit) bool {
	for i := range s.hits[:s.n] {
		o := &s.hits[i]
		if o.phrase.kind != ask {
			continue
		}
		from, to := min(o.end, h.end), max(o.start, h.start)
		if from >= to || oneClause(s.text[from:to]) {
			return true
		}
	}
	return false
}
