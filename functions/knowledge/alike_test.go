package knowledge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions/knowledge"
)

func TestAlike(t *testing.T) {
	l := library(t)
	if err := l.Import(t.Context(), knowledge.Demo()); err != nil {
		t.Fatal(err)
	}
	questions := []string{
		"支持货到付款吗", "怎么退款", "有实体店么", "月球基地的门票多少钱", "可以货到付款么", "怎么退货", "能不能货到付款", "月球基地门票什么价格",
		"实体店在哪里", "Do you ship to Mars", "shipping to Mars?", "可以加微信吗", "可以刻字吗", "能刻字吗", "退款多久到账",
		"月球基地票价是多少，打138****8000",
	}
	var got [][]string
	for _, group := range l.Alike(questions) {
		var texts []string
		for _, i := range group {
			texts = append(texts, questions[i])
		}
		got = append(got, texts)
	}
	want := [][]string{ // 退款 and 退货 are not the same
		{"支持货到付款吗", "可以货到付款么", "能不能货到付款"}, {"怎么退款"}, {"有实体店么", "实体店在哪里"}, {"月球基地的门票多少钱", "月球基地门票什么价格", "月球基地票价是多少，打138****8000"},
		{"怎么退货"}, {"Do you ship to Mars", "shipping to Mars?"}, {"可以加微信吗"}, {"可以刻字吗", "能刻字吗"}, {"退款多久到账"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// Every question is in one group, which is led by the one that came first.
func TestAlikeProperties(t *testing.T) {
	l := library(t)
	rapid.Check(t, func(t *rapid.T) {
		questions := rapid.SliceOf(rapid.StringMatching(`[退货款运费到多久\w ？]{0,8}`)).Draw(t, "questions")
		seen, leader := map[int]bool{}, -1
		for _, group := range l.Alike(questions) {
			if group[0] < leader {
				t.Errorf("%d leads after %d", group[0], leader)
			}
			leader = group[0]
			for _, i := range group {
				if seen[i] || i < leader {
					t.Errorf("%d is in %v", i, group)
				}
				seen[i] = true
			}
		}
		if len(seen) != len(questions) {
			t.Errorf("%d of %d", len(seen), len(questions))
		}
	})
}
