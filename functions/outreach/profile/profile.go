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
)

const (
	// halfLife is after how long what somebody did speaks half as loud.
	halfLife = 7 * 24 * time.Hour
	// memory is how many signals make a score.
	memory = 50
	// intentShare is what of the understanding of a text counts beside the rules.
	intentShare = 0.3
)

// history is what it says about a purchase that somebody did something beside commenting.
var history = map[desk.TouchKind]leads.Signal{
	desk.Entered:    {Code: "history", Why: "打开过私信。Opened the direct messages.", Points: 8},
	desk.Wrote:      {Code: "history", Why: "主动发来私信。Wrote a direct message.", Points: 15},
	desk.Authorised: {Code: "history", Why: "同意接收主动私信。Agreed to be written to.", Points: 12},
	desk.Contacted:  {Code: "history", Why: "留下了联系方式。Left a way to be reached.", Points: 30},
	desk.Won:        {Code: "history", Why: "已经下单。Bought.", Points: 40},
	desk.Lost:       {Code: "history", Why: "明确表示不买。Said they will not buy.", Points: -60},
}

// Apply notes on a lead what somebody did. Touches may come in any order: what is older than what is known changes only what it
// is the first or the last of.
func Apply(l *leads.Lead, t desk.Touch, event string, hits []leads.Hit, read desk.Score, campaign string) {
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
func signal(l *leads.Lead, t desk.Touch, event string, hits []leads.Hit, read desk.Score) {
	add := func(s leads.Signal) {
		if s.Points != 0 && !slices.ContainsFunc(l.Signals, func(known leads.Signal) bool { return known.ID == s.ID }) {
			l.Signals = append(l.Signals, s)
		}
	}
	for _, h := range hits {
		add(leads.Signal{ID: event + "/" + h.Rule, Code: "rule", Why: "命中规则“" + h.Name + "”", Points: h.Points, At: t.At})
	}
	if len(read.Reasons) > 0 {
		why := "购买意向：" + read.Reasons[0].Why
		add(leads.Signal{ID: event + "/intent", Code: "intent", Why: why, Points: round(read.Value * intentShare), At: t.At})
	}
	if h, ok := history[t.Kind]; ok {
		h.ID, h.At = event, t.At
		add(h)
	}
	slices.SortFunc(l.Signals, func(a, b leads.Signal) int { return cmp.Or(a.At.Compare(b.At), cmp.Compare(a.ID, b.ID)) })
	if n := len(l.Signals); n > memory {
		l.Signals = slices.Clone(l.Signals[n-memory:])
	}
}

// score sums up signals as of a time: each with its full points, and what time has taken off them as a reason of its own.
func score(signals []leads.Signal, at time.Time) (float64, []desk.Reasoning) {
	reasons := []desk.Reasoning{}
	faded, sum := 0.0, 0.0
	for _, s := range signals {
		now := s.Points * math.Exp2(-max(0, float64(at.Sub(s.At))/float64(halfLife)))
		sum, faded = sum+now, faded+now-s.Points
		i := slices.IndexFunc(reasons, func(r desk.Reasoning) bool { return r.Code == s.Code && r.Why == s.Why })
		if i < 0 {
			reasons = append(reasons, desk.Reasoning{Code: s.Code, Why: s.Why})
			i = len(reasons) - 1
		}
		reasons[i].Points += s.Points
	}
	if round(faded) != 0 {
		reasons = append(reasons, desk.Reasoning{Code: "decay", Why: "时间久了，分量减半（每 7 天）。Time halves what something says, every 7 days.", Points: faded})
	}
	for i := range reasons {
		reasons[i].Points = round(reasons[i].Points)
	}
	slices.SortStableFunc(reasons, func(a, b desk.Reasoning) int { return cmp.Compare(math.Abs(b.Points), math.Abs(a.Points)) })
	return round(min(100, max(0, sum))), reasons
}

func round(points float64) float64 { return math.Round(points*10) / 10 }
