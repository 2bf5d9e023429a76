package platform

import (
	"time"

	"keliu/infra/simulators/douyin/wire"
)

// What the platform lets an account say in its direct messages.
const (
	replyWindow = 24 * time.Hour
	replyLimit  = 6
	enterWindow = 30 * time.Second
	enterLimit  = 3 // messages, and greetings a day
	pushLimit   = 3 // messages of the one push a day
	pushPeople  = 5000
)

// judge says with which code a letter is refused, and counts it when it is not. The caller holds the lock.
func (p *Platform) judge(l wire.Letter) (code int, to *user) {
	u := p.users[l.To]
	all := l.Parts()
	if u == nil || len(all) == 0 {
		return wire.Parameter, nil
	}
	for _, c := range all {
		if c.Type == 1 && !wire.Acceptable(c.Text.Text) {
			return wire.Content, nil
		}
	}
	now := p.o.Now()
	switch l.Scene {
	case "", "im_reply_msg", "im_replay_msg":
		code = p.judgeReply(u, l, now, len(all))
	case "im_enter_direct_msg":
		code = judgeEntry(u, l, now, len(all))
	default: // the source of an authorisation
		code = p.judgePush(u, l, now, all)
	}
	return code, u
}

func (p *Platform) judgeReply(u *user, l wire.Letter, now time.Time, n int) int {
	answered, whose := p.inbound(l.MsgID)
	switch {
	case whose == nil:
		return wire.Parameter
	case whose != u || l.Conversation != u.thread:
		return wire.Peer
	case now.Sub(answered.At) >= replyWindow:
		return wire.Old
	case now.Sub(u.lastIn.At) >= replyWindow:
		return wire.Shut
	case u.replies+n > replyLimit:
		return wire.Quota
	}
	u.replies += n
	return 0
}

// inbound finds a message that a user wrote.
func (p *Platform) inbound(id string) (Message, *user) {
	for _, u := range p.users {
		for _, m := range u.said {
			if m.ID == id && !m.Own {
				return m, u
			}
		}
	}
	return Message{}, nil
}

func judgeEntry(u *user, l wire.Letter, now time.Time, n int) int {
	greeted := 0
	var current *entry
	for i := range u.entries {
		e := &u.entries[i]
		if e.id == l.MsgID {
			current = e
		}
		if e.sent > 0 && e.id != l.MsgID && sameDay(e.at, now) {
			greeted++
		}
	}
	switch {
	case current == nil || l.Conversation != u.thread:
		return wire.Peer
	case now.Sub(current.at) >= enterWindow:
		return wire.Old
	case current.sent+n > enterLimit || greeted >= enterLimit:
		return wire.Quota
	}
	current.sent += n
	return 0
}

func (p *Platform) judgePush(u *user, l wire.Letter, now time.Time, all []wire.Part) int {
	day := dayOf(now)
	card := false
	for _, c := range all {
		card = card || c.Type == 10 && c.Card.Template != ""
	}
	switch {
	case u.source == "" || u.source != l.Scene || !now.Before(u.allowed):
		return wire.Shut
	case !card || len(all) > pushLimit:
		return wire.Parameter
	case u.pushes[day] > 0 || len(p.pushed[day]) >= pushPeople:
		return wire.Quota
	}
	u.pushes[day]++
	if p.pushed[day] == nil {
		p.pushed[day] = map[string]bool{}
	}
	p.pushed[day][u.OpenID] = true
	return 0
}

// dayOf is the day by which the platform counts: China's.
func dayOf(t time.Time) string { return t.In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly) }

func sameDay(a, b time.Time) bool { return dayOf(a) == dayOf(b) }
