// Package profile makes of what people do what is known of them: how far they came, and a score with its reasons. It is pure; what
// comes late, doubled or in another order makes the same of them.
package profile

import (
	"cmp"
	"math"
	"slices"
	"time"

	"keliu/functions/store/leads"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

const (
	// halfLife is after how long what somebody did speaks half as loud.
	halfLife = 7 * 24 * time.Hour
	// memory is how many signals make a score.
	memory = 50
	// intentShare is what of the understanding of a text counts beside the rules.
	intentShare = 0.3
)

// history is what it says about a purchase that somebody did something beside commenting, in points.
var history = map[desk.TouchKind]float64{
	desk.Entered: 8, desk.Wrote: 15, desk.Authorised: 12, desk.Contacted: 30, desk.Won: 40, desk.Lost: -60,
}

// Apply notes on a lead what somebody did. Touches may come in any order: what is older than what is known changes only what it
// is the first or the last of.
func Apply(l *leads.Lead, t desk.Touch, event string, hits []leads.Hit, read lead.Reading, campaign string) {
	if !t.At.Before(l.At) {
		l.At, l.Name = t.At, cmp.Or(t.Name, l.Name)
	}
	l.Name, l.Conversation = cmp.Or(l.Name, t.Name), cmp.Or(t.Conversation, l.Conversation)
	switch t.Kind {
	case desk.Commented:
		comment(l, t, hits, campaign)
	case desk.Entered:
		l.Entered = latest(l.Entered, t.At)
	case desk.Wrote:
		l.Wrote = latest(l.Wrote, t.At)
	case desk.Authorised:
		if t.At.After(l.Agreed) {
			l.Agreed, l.Expires, l.Scene = t.At, t.Expires, t.Scene
		}
	case desk.Withdrew:
		l.Refused = latest(l.Refused, t.At)
	case desk.OptedOut:
		l.OptOut = latest(l.OptOut, t.At)
	case desk.OptedIn:
		l.OptIn = latest(l.OptIn, t.At)
	case desk.Contacted:
		Reach(l, leads.ContactLeft, t.At)
	case desk.Won:
		Reach(l, leads.Won, t.At)
		l.Amount += t.Amount
	case desk.Lost:
		Reach(l, leads.Lost, t.At)
	}
	signal(l, t, event, hits, read)
	Settle(l)
}

// comment notes a comment.
func comment(l *leads.Lead, t desk.Touch, hits []leads.Hit, campaign string) {
	if len(hits) > 0 {
		Reach(l, leads.Matched, t.At)
		if !t.At.Before(l.RuleAt) {
			l.Rule, l.Campaign, l.RuleAt = hits[0].Rule, campaign, t.At
		}
	}
	if t.At.Before(l.TextAt) {
		return
	}
	l.Text, l.TextAt, l.Comment, l.Item, l.Title, l.Hits = t.Text, t.At, t.Comment, t.Item, t.Title, hits
}

// Reach notes when somebody first came so far, and what follows from it is for Settle to compute.
func Reach(l *leads.Lead, s leads.State, at time.Time) {
	if l.Stages == nil {
		l.Stages = map[leads.State]time.Time{}
	}
	if was, ok := l.Stages[s]; !ok || at.Before(was) {
		l.Stages[s] = at
	}
}

func latest(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}

// Settle computes what follows from the rest: whether they answered us, the state and the score.
func Settle(l *leads.Lead) {
	if reached, ok := l.Stages[leads.Reached]; ok && l.Wrote.After(reached) {
		Reach(l, leads.Answered, l.Wrote)
	}
	l.State = stateOf(*l)
	l.Contact = !l.Stages[leads.ContactLeft].IsZero()
	l.Score, l.Reasons = score(l.Signals, l.At)
}

// stateOf is the furthest state; a purchase and its opposite go by which was last.
func stateOf(l leads.Lead) leads.State {
	won, lost := l.Stages[leads.Won], l.Stages[leads.Lost]
	switch {
	case !lost.IsZero() && !won.After(lost):
		return leads.Lost
	case !won.IsZero():
		return leads.Won
	}
	for _, s := range []leads.State{leads.Qualified, leads.ContactLeft, leads.Answered, leads.Reached, leads.Matched} {
		if _, ok := l.Stages[s]; ok {
			return s
		}
	}
	return leads.New
}

// signal adds what a touch says about a purchase.
func signal(l *leads.Lead, t desk.Touch, event string, hits []leads.Hit, read lead.Reading) {
	add := func(s leads.Signal) {
		if s.Points != 0 && !slices.ContainsFunc(l.Signals, func(known leads.Signal) bool { return known.ID == s.ID }) {
			l.Signals = append(l.Signals, s)
		}
	}
	for _, h := range hits {
		add(leads.Signal{ID: event + "/" + h.Rule, At: t.At, Reason: leads.Reason{Kind: "rule", Rule: h.Rule, Name: h.Name, Words: words(t.Text, h.Spans), Points: h.Points}})
	}
	if reasons := read.Lead.Reasons; len(reasons) > 0 {
		points := round(read.Lead.Value * intentShare)
		add(leads.Signal{ID: event + "/intent", At: t.At, Reason: leads.Reason{Kind: "intent", Detail: reasons[0].Code, Words: read.Keywords, Points: points}})
	}
	add(leads.Signal{ID: event, At: t.At, Reason: leads.Reason{Kind: "history", Detail: string(t.Kind), Points: history[t.Kind]}})
	slices.SortFunc(l.Signals, func(a, b leads.Signal) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	if n := len(l.Signals); n > memory {
		l.Signals = slices.Clone(l.Signals[n-memory:])
	}
}

// words are those of a text that stand in spans.
func words(text string, spans []leads.Span) (all []string) {
	runes := []rune(text)
	for _, s := range spans {
		if word := string(runes[s.Start:s.End]); !slices.Contains(all, word) {
			all = append(all, word)
		}
	}
	return all
}

// score sums up signals as of a time: each with its full points, the weightiest first; what time has taken off them, and what lies
// beyond 0 and 100, are reasons of their own behind them, so that all add up to the score.
func score(signals []leads.Signal, at time.Time) (float64, []leads.Reason) {
	reasons := []leads.Reason{}
	faded, sum := 0.0, 0.0
	for _, s := range signals {
		now := s.Points * math.Exp2(-max(0, float64(at.Sub(s.At))/float64(halfLife)))
		sum, faded = sum+now, faded+now-s.Points
		i := slices.IndexFunc(reasons, func(r leads.Reason) bool { return r.Kind == s.Kind && r.Rule == s.Rule && r.Detail == s.Detail })
		if i < 0 {
			reasons = append(reasons, leads.Reason{Kind: s.Kind, Rule: s.Rule, Detail: s.Detail})
			i = len(reasons) - 1
		}
		r := &reasons[i]
		r.Name, r.Points = s.Name, r.Points+s.Points
		for _, word := range s.Words {
			if !slices.Contains(r.Words, word) {
				r.Words = append(r.Words, word)
			}
		}
	}
	slices.SortStableFunc(reasons, func(a, b leads.Reason) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	value := round(min(100, max(0, sum)))
	for _, r := range []leads.Reason{{Kind: "decay", Points: faded}, {Kind: "limit", Points: value - sum}} {
		if round(r.Points) != 0 {
			reasons = append(reasons, r)
		}
	}
	for i := range reasons {
		reasons[i].Points = round(reasons[i].Points)
	}
	return value, reasons
}

func round(points float64) float64 { return math.Round(points*10) / 10 }
