// Package words is what the dialog itself says, in both languages, and which sources an answer names.
package words

import (
	"fmt"
	"regexp"

	"keliu/functions/business/counter"
	"keliu/streams/desk"
)

// sentences are what the dialog itself says: everything else the intents say.
var sentences = map[string][2]string{
	"picture": {
		"图片收到了，谢谢！请用一两句话告诉我您想咨询什么（例如订单号和遇到的问题），我马上帮您看；需要人工请回复“转人工”。",
		"Thanks, the picture has arrived. Please tell me in a sentence or two what it is about (the order number and the problem, for example). For a person, reply “Talk to a person”.",
	},
	"policy": {
		"这件事需要同事来为您确认，我已经把情况转交给人工客服。",
		"This needs one of my colleagues to decide, so I am passing it on to a person.",
	},
	"error": {
		"抱歉，我这边暂时查不到需要的信息，已为您转给人工客服继续处理。",
		"I am sorry, I cannot reach the information I need right now. I am passing you on to a person.",
	},
	"callback_refused": {
		"抱歉，目前不能登记回电，请继续在这里留言，客服上线后会第一时间回复您。",
		"I am sorry, a call back cannot be arranged at the moment. Please leave a message here and we will reply as soon as somebody is back.",
	},
	"gone":     {"抱歉，接待您的客服暂时离开了，已为您优先安排。", "I am sorry, the person who was helping you had to leave, so you go to the front. "},
	"left":     {"已为您退出排队，我继续为您服务；需要人工随时说“转人工”。", "You have left the queue and I am here for you. Say “Talk to a person” whenever you want one."},
	"accepted": {"人工客服%s已接入，请直接描述您的问题。", "%s has joined the conversation."},
	"returned": {"人工服务已结束，接下来由智能助手继续为您服务。", "The assistant is taking over again. Say “Talk to a person” whenever you want one."},
	"next":     {"已为您转接人工客服，您是下一位，请稍候。", "You are next: a person will be with you shortly."},
	"ahead":    {"已为您转接人工客服，您前面还有 %d 位，请稍候。", "You are in the queue for a person; %d ahead of you."},
	"closed": {
		"现在是非工作时间，客服将于 %s 上线，您排在第 %d 位。您可以留下手机号，我们上线后给您回电；也可以继续问我。",
		"We are closed right now and back on %s; you are number %d in the queue. Leave your phone number for a call back, or go on with me meanwhile.",
	},
	"nobody": {
		"现在没有客服在线，您排在第 %d 位。您可以留下手机号，我们上线后给您回电；也可以继续问我。",
		"Nobody is online right now; you are number %d in the queue. Leave your phone number for a call back, or go on with me meanwhile.",
	},
}

// Say returns a sentence of the dialog by its key.
func Say(lang desk.Lang, key string, args ...any) string { return From(sentences, lang, key, args...) }

// From returns a sentence of a table, which holds each in Chinese and in English.
func From(table map[string][2]string, lang desk.Lang, key string, args ...any) string {
	text := table[key][0]
	if lang == desk.English {
		text = table[key][1]
	}
	if len(args) == 0 {
		return text
	}
	return fmt.Sprintf(text, args...)
}

// Queue tells how long the way to a person is.
func Queue(lang desk.Lang, w desk.Waiting) string {
	switch {
	case !w.Staffed && !w.Back.IsZero():
		return Say(lang, "closed", counter.Clock(lang, w.Back), w.Ahead+1)
	case !w.Staffed:
		return Say(lang, "nobody", w.Ahead+1)
	case w.Ahead == 0:
		return Say(lang, "next")
	}
	return Say(lang, "ahead", w.Ahead)
}

// Mood names an emotion for the staff.
func Mood(e desk.Emotion) string {
	switch {
	case e.Furious():
		return "愤怒"
	case e.Negative():
		return "不满"
	case e > 0.4:
		return "满意"
	}
	return "平静"
}

// Short cuts a text to a number of runes.
func Short(text string, most int) string {
	runes := 0
	for i := range text {
		if runes == most-1 && len(text)-i > 4 {
			return text[:i] + "…"
		}
		runes++
	}
	return text
}

// wordless stands in place of what an outside network did not hand over: a picture, a video, a sticker.
var wordless = regexp.MustCompile(`^\[(?:图片|视频|表情|语音|留资卡片|消息)\]$`)

// Spoken is what a text says in words: nothing, when it only stands for a picture or the like.
func Spoken(text string) string {
	if wordless.MatchString(text) {
		return ""
	}
	return text
}
