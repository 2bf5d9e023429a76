// Package handoff brings customers to a person: it tells the place in the queue, takes a number to call back, and lets
// them go on with the AI.
package handoff

import (
	"context"
	_ "embed"
	"fmt"
	"regexp"
	"time"

	"keliu/functions/business/counter"
	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// Intent implements functions.Intent.
type Intent struct{}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// askCallback is what the desk asked when it offered to call back.
const askCallback = "callback"

// enough is how many turns in a row may fail before a person is the answer.
const enough = 3

var (
	staying = regexp.MustCompile(`(?i)(不用|不要|不需要|不想|别)再?(转|找|等|叫)?了?(人工|真人|客服)|(不|别)(转|等|排)了|(取消|退出|离开)(排队|转接|转人工|人工)|(继续|接着|先|还是|就)(问|用|跟|和|找)?\s*(ai|机器人|智能)|` +
		`\b((no|don'?t) need (for )?(a |any )?(human|person|agent)|(stay|continue|go on|keep going|keep talking) with (the )?(bot|ai|robot|assistant)|leave the queue|stop waiting|back to the (bot|ai)|ask the ai)\b`)
	// against looks like staying and asks for a person: 别让机器人, 不要机器人.
	against = regexp.MustCompile(`(?i)(不要|别|不想|不是)[^，。,.]{0,4}(机器人|自动回复|ai)|\b(no more|not a|don'?t want) [a-z ]{0,12}(bot|robot|ai)\b`)
	calling = regexp.MustCompile(`(?i)电话|热线|回电|打给我|联系我|留(下|个)?(手机|电话|号)|\b(call me|call back|callback|phone|hotline|leave (my|a) number)\b`)
	digits  = regexp.MustCompile(`[0-9０-９*]{3}`)
	mobile  = regexp.MustCompile(`^1[3-9][0-9]{9}$`)
)

// Answer takes the customer one step nearer to a person, or back.
func (Intent) Answer(_ context.Context, turn desk.Turn) (desk.Reply, error) {
	text := turn.Message.Text
	waits := turn.Stage == desk.Queued || turn.Waiting != nil && turn.Waiting.In
	switch {
	case turn.Stage == desk.Human:
		return turn.Say(turn.Pick("人工客服已经在为您服务了，请直接说明您的问题。", "A colleague is already with you. Please go ahead.")), nil
	case staying.MatchString(text) && !against.MatchString(text):
		return stay(turn, waits), nil
	case number(turn) != "" && (turn.Asked == askCallback || waits || calling.MatchString(text)):
		return callback(turn, number(turn)), nil
	case turn.Asked == askCallback && counter.Heard(text) == counter.No:
		return turn.Say(turn.Pick("好的，不留号码也没关系。您可以继续问我，有同事在线时会马上接待您。", "That's fine. You can go on asking me; a colleague will see to you as soon as one is here.")), nil
	case turn.Asked == askCallback && (digits.MatchString(text) || counter.Heard(text) == counter.Yes), waits && calling.MatchString(text):
		return askNumber(turn), nil
	case waits:
		return place(turn), nil
	}
	return enter(turn), nil
}

// number is the mobile this message gave or, when the customer agrees to be called, the one known already.
func number(turn desk.Turn) string {
	phone := turn.Found[desk.FactPhone]
	if phone == "" && turn.Asked == askCallback && counter.Heard(turn.Message.Text) == counter.Yes {
		phone = turn.Facts[desk.FactPhone]
	}
	if !mobile.MatchString(phone) {
		return ""
	}
	return phone
}

func callback(turn desk.Turn, phone string) desk.Reply {
	reply := turn.Say(fmt.Sprintf(turn.Pick(
		"好的，已记下您的号码 %s，同事会尽快给您回电。等待期间您也可以继续问我。",
		"Thanks, I've noted %s. A colleague will call you back as soon as possible; meanwhile you can go on asking me."), phone[:3]+"****"+phone[7:]))
	reply.Callback = phone
	return reply
}

func askNumber(turn desk.Turn) desk.Reply {
	return turn.Ask(askCallback, turn.Pick("请把 11 位手机号发给我，同事会尽快给您回电。", "Please send me your 11-digit mobile number and a colleague will call you back."))
}

func stay(turn desk.Turn, waits bool) desk.Reply {
	reply := turn.Say(turn.Pick("好的，我继续为您服务，请说您的问题。", "All right, I'll go on helping you. What is it about?"))
	if waits {
		reply.Text = turn.Pick("好的，已为您退出排队，我继续为您服务，请说您的问题。", "All right, you've left the queue and I'll go on helping you. What is it about?")
		reply.Leave = true
	}
	return reply
}

// enter puts the customer into the queue and says what to expect there.
func enter(turn desk.Turn) desk.Reply {
	reason, sorry := why(turn)
	reply := turn.Handoff(reason, sorry+queue(turn))
	switch {
	case turn.Waiting != nil && !turn.Waiting.Staffed:
		reply.Ask = askCallback
	case calling.MatchString(turn.Message.Text):
		reply.Ask = askCallback
		reply.Text += turn.Pick("想接电话的话，把手机号发给我，同事给您回电。", " If you prefer a call, send me your mobile number.")
	}
	reply.Options = choices(turn)
	return reply
}

// why is the reason for the handoff, with the words that fit it.
func why(turn desk.Turn) (desk.Reason, string) {
	switch {
	case turn.Emotion.Furious():
		return desk.ReasonEmotion, turn.Pick("非常抱歉让您这么不愉快，这就请同事来处理。", "I'm very sorry about this experience. I'm getting a colleague. ")
	case turn.Failed >= enough:
		return desk.ReasonFailed, turn.Pick("抱歉，我几次都没能帮到您，这就请同事来解决。", "I'm sorry that I couldn't help so far. I'm getting a colleague. ")
	}
	return desk.ReasonAsked, turn.Pick("好的，为您转人工客服。", "Sure, I'm getting you a colleague. ")
}

// place tells somebody in the queue where they stand.
func place(turn desk.Turn) desk.Reply {
	reply := turn.Say(turn.Pick("您已经在排队了。", "You are already in the queue. ") + queue(turn))
	if turn.Waiting != nil && !turn.Waiting.Staffed {
		reply.Ask = askCallback
	}
	reply.Options = choices(turn)
	return reply
}

// queue says how long the way is.
func queue(turn desk.Turn) string {
	w := turn.Waiting
	switch {
	case w == nil:
		return turn.Pick("请稍候，接通后会马上通知您。", "I'll tell you as soon as somebody is here.")
	case !w.Staffed && !w.Back.IsZero():
		return fmt.Sprintf(turn.Pick("现在是非工作时间，同事将于 %s 上线，您排在第 %d 位。您可以留下手机号，我们尽快给您回电；也可以继续问我。",
			"We are closed right now and back on %s; you are number %d in line. You can leave your mobile number and we'll call you back, or go on asking me."),
			counter.Clock(turn.Lang, w.Back), w.Ahead+1)
	case !w.Staffed:
		return fmt.Sprintf(turn.Pick("现在没有同事在线，您排在第 %d 位。您可以留下手机号，我们尽快给您回电；也可以继续问我。",
			"Nobody is here at the moment; you are number %d in line. You can leave your mobile number and we'll call you back, or go on asking me."), w.Ahead+1)
	case w.Ahead <= 0:
		return turn.Pick("您是下一位，请稍候。", "You are next.")
	}
	text := fmt.Sprintf(turn.Pick("您前面还有 %d 位", "Customers ahead of you: %d"), w.Ahead)
	if minutes := int((w.Expect + time.Minute - 1) / time.Minute); minutes > 0 {
		text += fmt.Sprintf(turn.Pick("，预计等待约 %d 分钟", ", about %d min to wait"), minutes)
	}
	return text + turn.Pick("。", ".")
}

func choices(turn desk.Turn) []string {
	return []string{turn.Pick("给我回个电话", "Call me back"), turn.Pick("不用人工了", "I don't need a human")}
}
