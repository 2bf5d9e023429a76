package words_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/dialog/words"
	"keliu/streams/desk"
)

func TestSummary(t *testing.T) {
	c := desk.Conversation{
		Name: "王先生", Emotion: -0.5, Facts: desk.Facts{desk.FactOrder: "QH1"},
		Tried: []string{"answer: answered 《退货政策》", "logistics: declined", "something new: answered", "answer: dreamt"},
	}
	history := []desk.Line{{By: desk.ByCustomer, Text: "能退吗"}, {By: desk.ByAI, Text: "可以"}, {By: desk.ByCustomer, Text: "转人工"}}
	want := `客户：王**
订单：QH1
客户说：转人工
此前：能退吗
AI 已尝试：知识问答（已答复《退货政策》）；查询物流（没有找到答案）；something new: answered；answer: dreamt
情绪：不满`
	mask := func(text string) string {
		if text == "王先生" {
			return "王**"
		}
		return text
	}
	if diff := cmp.Diff(want, words.Summary(c, "转人工", history, mask)); diff != "" {
		t.Error(diff)
	}
}
