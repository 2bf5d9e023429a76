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
	// Confirmed is how long a platform takes at most to show a direct message that it took.
	Confirmed = 10 * time.Minute
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
		n.Because, n.BecauseEN = s.Answer.Because, s.Answer.Because
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
		n.Because += last.Because
		n.BecauseEN += last.Because
		return n, true
	case last.State == desk.Uncertain:
		return next(leads.AgentTask, true, "uncertain", time.Time{}), true
	case last.State == desk.Sent && last.Kind != desk.PublicReply && !s.Now.Before(last.Settled.Add(Confirmed)):
		return next(leads.AgentTask, true, "unconfirmed", time.Time{}), true
	}
	return leads.Next{}, false
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
		n.Because, n.BecauseEN = s.Market.Because, s.Market.Because
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

// words are the reasons, Chinese and English.
var words = map[string][2]string{
	"opted_out":     {"客户已拒绝营销，不再联系。", "They want no marketing; nothing is sent."},
	"policy":        {"公司规则不允许。", "The rules of the house do not allow it."},
	"closed":        {"已成交或已放弃，没有待办。", "Won or lost; there is nothing to do."},
	"sending":       {"正在发送，等平台答复。", "It is on its way; the platform has not answered yet."},
	"retry":         {"平台暂时不可用，稍后自动再试。", "The platform cannot take it now; it is tried again by itself."},
	"platform_full": {"平台回复额度已用完，请在平台 App 内人工跟进，或等客户再次发言。", "The platform's quota is used up: follow up in its own app, or wait until they write."},
	"refused":       {"平台没有接受上一条消息，请人工跟进。", "The platform refused what was said last; follow up by hand. "},
	"uncertain":     {"平台没有答复，消息可能已送达，不会重发；请到平台 App 内核实。", "The platform gave no answer: it may have arrived and is not sent again. Look in its own app."},
	"unconfirmed":   {"平台已接收但一直没有显示，可能未送达，请人工核实。", "The platform took it and never showed it: it may not have arrived. Look in its own app."},
	"used_up":       {"本窗口的条数已用完，请在平台 App 内跟进，或等客户再次发言。", "The messages of this window are used up: follow up in the platform's app, or wait until they write."},
	"kept":          {"剩余条数只留给人工回复和结束语。", "What is left is kept for a person and for closing."},
	"window":        {"客户发来私信，可在窗口内回复。", "They wrote to us; we may answer within the window."},
	"entered":       {"客户刚打开私信，可以问候。", "They have just opened the direct messages; we may greet them."},
	"quiet":         {"现在是免打扰时段。", "Nobody is disturbed at this hour."},
	"pushed":        {"今天的主动私信已发过，明天再发。", "Today's push was sent; tomorrow again."},
	"authorised":    {"客户同意接收主动私信，今天可发一次。", "They agreed to be written to; one push may go out today."},
	"silent":        {"客户还没有留言或评论。", "They have written nothing yet."},
	"window_shut":   {"回复窗口已关闭，只能在平台 App 内由人工跟进。", "The window is shut; a person may follow up in the platform's app."},
	"invited":       {"已公开回复并邀请私信，等客户回应。", "We answered in public and invited them; it is their turn."},
	"no_scope":      {"没有评论回复权限，请在平台 App 内人工回复。", "There is no right to answer comments; a person answers in the platform's app."},
	"rest_person":   {"刚回复过这位客户，冷却期内不重复打扰。", "This person was answered a short while ago."},
	"rest_item":     {"这个视频下的自动回复已达每小时上限。", "As many answers as an hour allows stand under this video."},
	"rest_campaign": {"活动今天的发送量已达上限。", "The campaign has said as much as it may today."},
	"comment":       {"客户在我们的作品下评论，可以公开回复并邀请私信。", "They commented on something of ours; we may answer in public and invite them."},
}

func next(s leads.Step, allowed bool, why string, until time.Time) leads.Next {
	w := words[why]
	return leads.Next{Step: s, Allowed: allowed, Why: why, Because: w[0], BecauseEN: w[1], Until: until}
}
