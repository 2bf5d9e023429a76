package knowledge_test

import (
	"testing"

	"keliu/functions/knowledge"
)

func TestPhrased(t *testing.T) {
	l, err := knowledge.Open(t.Context(), knowledge.Options{Shelf: &knowledge.MemoryShelf{}})
	if err != nil {
		t.Fatal(err)
	}
	err = l.Import(t.Context(), []knowledge.Upload{
		{Name: "查询.md", Body: []byte("# 订单查询\n\n## 订单超过一年还能查到吗？\n\n可以，订单保留三年。\n")},
		{Name: "内部.md", Audience: knowledge.Staff, Body: []byte("# 内部\n\n## 赔付上限是多少？\n\n两百元。\n")},
	})
	if err != nil {
		t.Fatal(err)
	}
	public := func(audience string) bool { return audience == knowledge.Public }
	for question, want := range map[string]bool{
		"订单超过一年还能查到吗":     true,
		" 订单 超过一年还能查到吗？！": true,
		"订单还能查到吗":         false,
		"赔付上限是多少":         false, // not for customers
		"？！":              false,
		"":                false,
	} {
		if got := l.Phrased(question, public); got != want {
			t.Errorf("%q: %v, want %v", question, got, want)
		}
	}
	if l.Phrased("订单超过一年还能查到吗", nil) {
		t.Error("without an audience something is answered")
	}
}
