package step

import (
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// words are why a step is the next one, Chinese and English.
var words = map[string][2]string{
	"opted_out":     {"客户已拒绝营销，不再联系。", "They want no marketing; nothing is sent."},
	"policy":        {"公司规则不允许。", "The rules of the house do not allow it."},
	"closed":        {"已成交或已放弃，没有待办。", "Won or lost; there is nothing to do."},
	"sending":       {"正在发送，等平台答复。", "It is on its way; the platform has not answered yet."},
	"retry":         {"平台暂时不可用，稍后自动再试。", "The platform cannot take it now; it is tried again by itself."},
	"platform_full": {"平台回复额度已用完，请在平台 App 内人工跟进，或等客户再次发言。", "The platform's quota is used up: follow up in its own app, or wait until they write."},
	"refused":       {"平台没有接受上一条消息，请人工跟进。", "The platform refused what was said last; follow up by hand."},
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

// afterwards is what happens next with something that was said, Chinese and English.
var afterwards = map[string][2]string{
	"answer_awaited": {"已交给平台，等平台答复。", "The platform has it and has not answered yet."},
	"tried_again":    {"到时自动再试，不用处理。", "It is tried again by itself at that time."},
	"held":           {"没有交给平台，不会再发。", "It was not handed over and will not be."},
	"window_opens":   {"不会自动重发；急的话请在平台 App 内人工跟进。", "It is not sent again; if it is urgent, follow up in the platform's own app."},
	"by_hand":        {"不会自动重发，请人工跟进。", "It is not sent again; follow up by hand."},
	"look":           {"请到平台 App 内核实是否送达。", "Look in the platform's own app whether it arrived."},
	"unconfirmed":    {"平台说已接收却一直没有显示，可能没有送达；请到平台 App 内核实。", "The platform took it and never showed it, so it may not have arrived; look in its own app."},
	"shown_soon":     {"平台已接收，等它显示给客户。", "The platform took it and is to show it to them."},
	"their_turn":     {"等客户回应。", "It is their turn."},
}

// After returns the code of what happens next with something that was said, as of now.
func After(s leads.Sending, now time.Time) string {
	switch {
	case s.State == desk.Pending:
		return "answer_awaited"
	case s.State == desk.Failed && !s.Retry.IsZero():
		return "tried_again"
	case s.State == desk.Failed && s.Held:
		return "held"
	case s.State == desk.Failed && quota.Exhausted(s.Code):
		return "window_opens"
	case s.State == desk.Failed:
		return "by_hand"
	case s.State == desk.Uncertain:
		return "look"
	case Unconfirmed(s, now):
		return "unconfirmed"
	case s.State == desk.Sent && s.Kind != desk.PublicReply:
		return "shown_soon"
	}
	return "their_turn"
}

// Sentence says in words why a step is the next one; what the platform or the house say about it stands in its detail.
func Sentence(why string, lang desk.Lang) string { return in(words[why], lang) }

// Afterwards says in words what After returns.
func Afterwards(after string, lang desk.Lang) string { return in(afterwards[after], lang) }

func in(pair [2]string, lang desk.Lang) string {
	if lang == desk.English {
		return pair[1]
	}
	return pair[0]
}
