package platform

import (
	"strings"
	"time"
	"unicode/utf8"
)

// What the platform lets an account say in its direct messages.
const (
	replyWindow = 24 * time.Hour
	replyLimit  = 6
	enterWindow = 30 * time.Second
	enterLimit  = 3 // messages, and greetings a day
	pushLimit   = 3 // messages of the one push a day
	pushPeople  = 5000
	maxText     = 1000 // characters
)

// Codes of errors that the platform gives.
const (
	codeToken     = 2190008  // the access token has expired
	codeParameter = 28001007 // something is missing or unknown
	codeContent   = 28001038 // the text holds what is not allowed
	codeRate      = 28003018
	codeQuota     = 28003070 // the window's messages are used up
	codeOld       = 28003080 // the message that is answered is older than the window
	codePeer      = 28003082 // that message was somebody else's
	codeConsent   = 28003081 // there is no window at all
)

// descriptions are what the platform says beside its codes.
var descriptions = map[int]string{
	0: "", 2190002: "access_token无效", codeToken: "access_token过期", codeParameter: "参数不合法", codeContent: "消息内容不合法", codeRate: "操作过于频繁，请稍后再试",
	codeQuota: "会话窗口内可发送的消息条数已用完", codeOld: "消息已超过24小时，不可回复", codePeer: "消息接收方与回复的消息不匹配", codeConsent: "会话已超过24小时，不可回复",
	28003095: "互动经营工作台存在生效中的私信策略", 28029003: "仅支持认证企业号及员工号", 28001005: "系统内部错误", 45015: "response out of time limit or subscription is canceled",
}

// A letter is a message that the app wants to send.
type letter struct {
	MsgID        string    `json:"msg_id"`
	Conversation string    `json:"conversation_id"`
	To           string    `json:"to_user_id"`
	Scene        string    `json:"scene"`
	Content      *content  `json:"content"`
	List         []content `json:"content_list"`
}

// A content is one message of a letter: text when msg_type is 1, a card when it is 10.
type content struct {
	Type int `json:"msg_type"`
	Text struct {
		Text string `json:"text"`
	} `json:"text"`
	Card struct {
		Template string `json:"card_template_id"`
	} `json:"applet_card"`
}

// messages are what the user would see.
func (l letter) messages() []content {
	if l.Content != nil {
		return append([]content{*l.Content}, l.List...)
	}
	return l.List
}

// judge says with which code a letter is refused, and counts it when it is not. The caller holds the lock.
func (p *Platform) judge(l letter) (code int, to *user) {
	u := p.users[l.To]
	all := l.messages()
	if u == nil || len(all) == 0 {
		return codeParameter, nil
	}
	for _, c := range all {
		if c.Type == 1 && (c.Text.Text == "" || utf8.RuneCountInString(c.Text.Text) > maxText || hasLink(c.Text.Text)) {
			return codeContent, nil
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

func (p *Platform) judgeReply(u *user, l letter, now time.Time, n int) int {
	answered, whose := p.inbound(l.MsgID)
	switch {
	case whose == nil:
		return codeParameter
	case whose != u || l.Conversation != u.thread:
		return codePeer
	case now.Sub(answered.At) >= replyWindow:
		return codeOld
	case now.Sub(u.lastIn.At) >= replyWindow:
		return codeConsent
	case u.replies+n > replyLimit:
		return codeQuota
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

func judgeEntry(u *user, l letter, now time.Time, n int) int {
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
		return codePeer
	case now.Sub(current.at) >= enterWindow:
		return codeOld
	case current.sent+n > enterLimit || greeted >= enterLimit:
		return codeQuota
	}
	current.sent += n
	return 0
}

func (p *Platform) judgePush(u *user, l letter, now time.Time, all []content) int {
	day := dayOf(now)
	card := false
	for _, c := range all {
		card = card || c.Type == 10 && c.Card.Template != ""
	}
	switch {
	case u.source == "" || u.source != l.Scene || !now.Before(u.allowed):
		return codeConsent
	case !card || len(all) > pushLimit:
		return codeParameter
	case u.pushes[day] > 0 || len(p.pushed[day]) >= pushPeople:
		return codeQuota
	}
	u.pushes[day]++
	if p.pushed[day] == nil {
		p.pushed[day] = map[string]bool{}
	}
	p.pushed[day][u.OpenID] = true
	return 0
}

// hasLink reports whether a text leads out of the platform.
func hasLink(text string) bool {
	lower := strings.ToLower(text)
	return strings.Contains(lower, "http://") || strings.Contains(lower, "https://") || strings.Contains(lower, "www.")
}

// dayOf is the day by which the platform counts: China's.
func dayOf(t time.Time) string { return t.In(time.FixedZone("CST", 8*3600)).Format(time.DateOnly) }

func sameDay(a, b time.Time) bool { return dayOf(a) == dayOf(b) }
