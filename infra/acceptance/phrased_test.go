package acceptance_test

import "testing"

// A question that an article answers in these very words is answered from it, whatever else it sounds like. A person is still one
// word away.
func TestAPublishedQuestionIsAnswered(t *testing.T) {
	h := open(t)
	admin := h.staff("admin")
	questions := []string{"订单超过一年还能查到吗", "快递柜超时费谁出", "生鲜坏了怎么赔"}
	text := "# 补充说明\n"
	for _, q := range questions {
		text += "\n## " + q + "？\n\n这件事请看会员中心的公告，我们会在两个工作日内处理。\n"
	}
	a := h.upload(form(t, admin.Token, "补充说明.md", []byte(text)))
	for _, q := range questions {
		if l := h.said(q); !cites(l, a.Article.ID) {
			t.Errorf("%s: %q (%s)", q, l.Text, l.Intent)
		}
	}
	if l := h.said("转人工"); l.Intent != "handoff" {
		t.Errorf("转人工 is answered by %s", l.Intent)
	}
}
