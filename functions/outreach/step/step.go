// Package step computes what may legally be done next for somebody: from what they did, from what the platform still allows, and
// from what became of what we said last. It is pure.
package step

import (
	"slices"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

const (
	// Confirmed is how long a platform takes at most to show what it took.
	Confirmed = 10 * time.Minute
	// PerItem is how many answers an hour stand under one video; more looks like a machine's.
	PerItem = 30
	// cooling is for how long somebody is not answered in public again.
	cooling = 24 * time.Hour
)

// A Situation is all that decides the next step.
type Situation struct {
	Lead    leads.Lead
	Left    []desk.Allowance // the open windows
	Replies bool             // we may answer under comments there
	Answer  Ruling           // may we answer what they did?
	Market  Ruling           // may we write first?
	Rest    time.Time        // until when nothing is said under this item or for this campaign; zero: now
	Resting string           // why: "rest_item" or "rest_campaign"
	Now     time.Time
}

// A Ruling is what the rules of the house say, in words.
type Ruling struct {
	Allow   bool
	Because string
	Until   time.Time // when it may be otherwise
}

// Of returns the next step.
func Of(s Situation) leads.Next {
	l := s.Lead
	switch {
	case l.OptedOut():
		return next(leads.Nothing, false, "opted_out", time.Time{})
	case !s.Answer.Allow:
		n := next(leads.Nothing, false, "policy", s.Answer.Until)
		n.Detail = s.Answer.Because
		return n
	case (l.State == leads.Won || l.State == leads.Lost) && !l.At.After(l.Stages[l.State]):
		return next(leads.Nothing, false, "closed", time.Time{})
	}
	if n, ok := s.afterLast(); ok {
		return n
	}
	if w, ok := s.window(quota.Reply); ok && !l.Wrote.IsZero() {
		switch {
		case w.Left == 0:
			return next(leads.AgentTask, true, "used_up", time.Time{})
		case w.Left <= w.Kept:
			return next(leads.DirectMessage, true, "kept", w.Until)
		}
		return next(leads.DirectMessage, true, "window", w.Until)
	}
	if w, ok := s.entered(); ok && w.Left > 0 && !s.greeted() {
		return next(leads.Greet, true, "entered", w.Until)
	}
	if l.MayPush(s.Now) {
		return s.push()
	}
	return s.public()
}

// theirs is when they did something last that we may answer.
func theirs(l leads.Lead) time.Time {
	return slices.MaxFunc([]time.Time{l.TextAt, l.Entered, l.Wrote, l.Agreed}, time.Time.Compare)
}

// afterLast is the step that follows from what became of what we said last, unless they did something since.
func (s Situation) afterLast() (leads.Next, bool) {
	last := s.Lead.Last
	if last == nil {
		return leads.Next{}, false
	}
	switch {
	case last.State == desk.Pending:
		return next(leads.Wait, false, "sending", time.Time{}), true
	case last.State == desk.Failed && s.Now.Before(last.Retry):
		return next(leads.Wait, false, "retry", last.Retry), true
	case theirs(s.Lead).After(last.At):
		return leads.Next{}, false
	case last.State == desk.Failed && quota.Exhausted(last.Code):
		return next(leads.AgentTask, true, "platform_full", time.Time{}), true
	case last.State == desk.Failed:
		n := next(leads.AgentTask, true, "refused", time.Time{})
		n.Detail = last.Because
		return n, true
	case last.State == desk.Uncertain:
		return next(leads.AgentTask, true, "uncertain", time.Time{}), true
	case Unconfirmed(*last, s.Now):
		return next(leads.AgentTask, true, "unconfirmed", time.Time{}), true
	}
	return leads.Next{}, false
}

// Unconfirmed reports whether a platform has taken something and should have shown it by now. Not every platform shows replies.
func Unconfirmed(s leads.Sending, now time.Time) bool {
	return s.State == desk.Sent && (s.Unseen || s.Kind != desk.PublicReply && !now.Before(s.Settled.Add(Confirmed)))
}

func (s Situation) window(scene string) (desk.Allowance, bool) {
	i := slices.IndexFunc(s.Left, func(a desk.Allowance) bool { return a.Scene == scene })
	if i < 0 {
		return desk.Allowance{}, false
	}
	return s.Left[i], true
}

// entered is the window of whoever came without writing.
func (s Situation) entered() (desk.Allowance, bool) {
	for _, scene := range []string{quota.Enter, quota.Menu, quota.Follow, quota.Scan} {
		if w, ok := s.window(scene); ok {
			return w, true
		}
	}
	return desk.Allowance{}, false
}

// greeted reports whether they were greeted since they came.
func (s Situation) greeted() bool {
	last := s.Lead.Last
	return last != nil && last.Kind == desk.Greeting && !last.At.Before(s.Lead.Entered)
}

// push is the step for somebody who agreed to be written to first.
func (s Situation) push() leads.Next {
	w, ok := s.window(quota.Authorised)
	switch {
	case !s.Market.Allow:
		n := next(leads.Wait, false, "quiet", s.Market.Until)
		n.Detail = s.Market.Because
		return n
	case !ok || w.Left == 0:
		return next(leads.Wait, false, "pushed", quota.Tomorrow(s.Now))
	}
	return next(leads.PushStep, true, "authorised", w.Until)
}

// public is the step for somebody whom only their comment lets us answer.
func (s Situation) public() leads.Next {
	l := s.Lead
	switch {
	case l.Comment == "" && l.Wrote.IsZero() && l.Entered.IsZero():
		return next(leads.Wait, false, "silent", time.Time{})
	case l.Comment == "" || l.Wrote.After(l.TextAt):
		return next(leads.AgentTask, true, "window_shut", time.Time{})
	case l.Invited == l.Comment:
		return next(leads.Wait, false, "invited", time.Time{})
	case !s.Replies:
		return next(leads.AgentTask, true, "no_scope", time.Time{})
	case l.InvitedAt.Add(cooling).After(s.Now):
		return next(leads.Wait, false, "rest_person", l.InvitedAt.Add(cooling))
	case s.Rest.After(s.Now):
		return next(leads.Wait, false, s.Resting, s.Rest)
	}
	return next(leads.PublicReply, true, "comment", time.Time{})
}

func next(s leads.Step, allowed bool, why string, until time.Time) leads.Next {
	return leads.Next{Step: s, Allowed: allowed, Why: why, Until: until}
}
