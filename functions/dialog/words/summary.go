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
		fmt.Fprintf(&b, "AI 已尝试：%s\n", strings.Join(c.Tried, "；"))
	}
	fmt.Fprintf(&b, "情绪：%s", Mood(c.Emotion))
	return b.String()
}
