package assist

import (
	"keliu/functions/dialog/words"
	"keliu/streams/desk"
)

// sentences are what the assistant itself says, Chinese and English, by key.
var sentences = map[string][2]string{
	"sorry": {"非常抱歉给您带来不好的体验，我是人工客服，已经看到您反映的情况，马上为您核实处理。", "I am very sorry about this. I am here in person, have read what happened and will look into it right away."},
	"here":  {"您好，我是人工客服，前面的对话我已经看过了，您的问题我来跟进。", "Hello, I am here in person. I have read the conversation and will take care of your question."},

	"wanted":   {"诉求：%s", "Wanted: %s"},
	"also":     {"还问到：%s", "Also asked: %s"},
	"order":    {"订单：%s", "Order: %s"},
	"ai":       {"AI 答复：%s", "The AI said: %s"},
	"answered": {"人工答复：%s", "We said: %s"},
	"nothing":  {"客户没有提出具体问题。", "The customer asked nothing in particular."},

	"result_confirmed": {"结果：客户表示已解决。", "Result: the customer said that it is solved."},
	"result_open":      {"结果：客户最后一条消息还没有答复。", "Result: the customer's last message has no answer yet."},
	"result_silent":    {"结果：已答复，客户未再回复。", "Result: answered; the customer has not replied since."},
	"mood":             {"情绪：%s", "Mood: %s"},
	"mood_changed":     {"情绪：最低时%s，结束时%s", "Mood: %s at its worst, %s at the end"},

	"conversation": {"会话记录", "The conversation"},
	"sum_up":       {"请写一份给同事看的会话小结，不超过五行：客户的诉求、涉及的订单等事实、我们怎样答复和处理、结果、客户的情绪。", "Sum up the conversation for a colleague in at most five lines: what the customer wanted, facts such as the order, what we answered and did, the result, and the customer's mood."},
	"by_customer":  {"客户：%s", "Customer: %s"},
	"by_ai":        {"AI：%s", "AI: %s"},
	"by_human":     {"客服：%s", "Agent: %s"},
	"by_system":    {"系统：%s", "System: %s"},

	"furious": {"愤怒", "furious"},
	"unhappy": {"不满", "unhappy"},
	"happy":   {"满意", "content"},
	"calm":    {"平静", "calm"},
}

// say returns a sentence in a language.
func say(lang desk.Lang, key string, args ...any) string {
	return words.From(sentences, lang, key, args...)
}

// mood names an emotion.
func mood(lang desk.Lang, e desk.Emotion) string {
	switch {
	case e.Furious():
		return say(lang, "furious")
	case e.Negative():
		return say(lang, "unhappy")
	case e > 0.4:
		return say(lang, "happy")
	}
	return say(lang, "calm")
}
