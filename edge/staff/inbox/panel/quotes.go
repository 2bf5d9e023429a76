package panel

import (
	"cmp"
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// A Quote is something that the customer said and that speaks for a complaint or for a purchase: the words behind a score.
type Quote struct {
	About   string       `json:"about"` // "risk" or "lead", as the scores are called
	Seq     int64        `json:"seq"`   // its place in the thread
	Text    string       `json:"text"`  // as the caller's role may read it, shortened
	Reasons []string     `json:"reasons"`
	Emotion desk.Emotion `json:"emotion"` // −1 to 1
	At      time.Time    `json:"at"`
}

const (
	mostRead   = 200 // messages that are looked at for quotes
	mostQuotes = 3   // of each kind
	mostQuoted = 120 // characters of a message
	angerShare = 20  // points towards a complaint of the most negative emotion
	leastLead  = 15  // points from which a message speaks for a purchase
)

// quotes finds what speaks for a complaint and for a purchase in what was said, the weightiest first.
func quotes(reader *lead.Reader, said []desk.Notice, lang desk.Lang) []Quote {
	type weighed struct {
		Quote
		points float64
	}
	var risk, wishes []weighed
	for _, n := range said {
		m := n.Message
		if m == nil || m.By != desk.ByCustomer {
			continue
		}
		reading := reader.Read(m.Text)
		q := Quote{Seq: n.Seq, Text: m.Text, Emotion: m.Emotion, At: m.At}
		points := reading.Risk.Value
		if m.Emotion.Negative() {
			points += -angerShare * float64(m.Emotion)
		}
		switch { // nobody threatens and buys with the same words
		case points > 0:
			q.About, q.Reasons = "risk", names(reading.Risk, lang)
			risk = append(risk, weighed{q, points})
		case reading.Lead.Value >= leastLead:
			q.About, q.Reasons = "lead", names(reading.Lead, lang)
			wishes = append(wishes, weighed{q, reading.Lead.Value})
		}
	}
	all := []Quote{}
	for _, kind := range [][]weighed{risk, wishes} {
		slices.SortStableFunc(kind, func(a, b weighed) int { return cmp.Or(cmp.Compare(b.points, a.points), cmp.Compare(b.Seq, a.Seq)) })
		for _, w := range kind[:min(len(kind), mostQuotes)] {
			all = append(all, w.Quote)
		}
	}
	return all
}

// names are the reasons that speak for a score, in words.
func names(s desk.Score, lang desk.Lang) []string {
	all := []string{}
	for _, r := range s.Reasons {
		if r.Points > 0 {
			all = append(all, lead.Name(r.Code, lang))
		}
	}
	return all
}

// short is the beginning of a text.
func short(text string) string {
	if utf8.RuneCountInString(text) <= mostQuoted {
		return text
	}
	return string([]rune(text)[:mostQuoted]) + "…"
}

// quoted adds what was said that speaks for the scores.
func (r *Room) quoted(ctx context.Context, c desk.Conversation, lang desk.Lang, out *CustomerAnswer) error {
	said, err := r.Store.Said(ctx, c.ID, 0, mostRead)
	if err != nil {
		return err
	}
	out.Quotes = quotes(r.Reader, said, lang)
	return nil
}
