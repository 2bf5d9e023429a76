package words

import (
	"fmt"
	"strings"

	"keliu/streams/desk"
)

// labels are the facts that a person wants to know, in the order they are told.
var labels = []struct{ fact, label string }{
	{desk.FactOrder, "订单"}, {desk.FactWaybill, "运单"}, {desk.FactPhone, "手机"}, {desk.FactPhoneTail, "手机尾号"},
	{desk.FactProduct, "商品"}, {desk.FactReason, "原因"},
}

// Summary says in a few lines what a person should know of a conversation: who, which facts, what was said last (said now, and
// the history, both masked), what the AI tried, and the mood. mask hides personal data in the rest.
func Summary(c desk.Conversation, said string, history []desk.Line, mask func(string) string) string {
	var b strings.Builder
	if c.Name != "" {
		fmt.Fprintf(&b, "客户：%s\n", mask(c.Name))
	}
	for _, l := range labels {
		if v := c.Facts[l.fact]; v != "" {
			fmt.Fprintf(&b, "%s：%s\n", l.label, mask(v))
		}
	}
	if said != "" {
		fmt.Fprintf(&b, "客户说：%s\n", Short(said, 120))
	}
	earlier := 0
	for i := len(history) - 1; i >= 0 && earlier < 2; i-- {
		if line := history[i]; line.By == desk.ByCustomer && line.Text != said {
			fmt.Fprintf(&b, "此前：%s\n", Short(line.Text, 120))
			earlier++
		}
	}
	if len(c.Tried) > 0 {
		fmt.Fprintf(&b, "AI 已尝试：%s\n", strings.Join(tried(c.Tried), "；"))
	}
	fmt.Fprintf(&b, "情绪：%s", Mood(c.Emotion))
	return b.String()
}

// intents and outcomes name what the AI tried, for the staff.
var (
	intents = map[string]string{
		"answer": "知识问答", "order": "查询订单", "logistics": "查询物流", "refund": "退款退货", "guide": "商品推荐", "complaint": "投诉",
	}
	outcomes = map[desk.Outcome]string{desk.Answered: "已答复", desk.Declined: "没有找到答案"}
)

// tried puts what the AI tried, such as "answer: answered 《退货政策》", into the staff's words. What it does not know stays as it is.
func tried(lines []string) []string {
	said := make([]string, len(lines))
	for i, line := range lines {
		intent, rest, _ := strings.Cut(line, ": ")
		outcome, title, _ := strings.Cut(rest, " ")
		name, known := intents[intent]
		how, understood := outcomes[desk.Outcome(outcome)]
		if said[i] = line; known && understood {
			said[i] = name + "（" + how + title + "）"
		}
	}
	return said
}
