package text_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/channels/douyin/text"
	"keliu/streams/desk"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		name string
		m    desk.Message
		want string
	}{
		{"plain", desk.Message{Text: " 可以退的 "}, "可以退的"},
		{"options become a list", desk.Message{Text: "请问您要？", Options: []string{"查物流", "转人工"}}, "请问您要？\n您可以回复：\n1. 查物流\n2. 转人工"},
		{"in English too", desk.Message{Text: "What is it?", Options: []string{"My order"}}, "What is it?\nYou can reply:\n1. My order"},
		{
			"sources are named once", desk.Message{Text: "七天内可退。", Citations: []desk.Citation{{Title: "退货政策"}, {Title: "退货政策"}, {Title: "运费"}, {Title: "发票"}}},
			"七天内可退。\n（依据：《退货政策》、《运费》）",
		},
		{"and not when the answer names them", desk.Message{Text: "按《退货政策》，七天内可退。", Citations: []desk.Citation{{Title: "退货政策"}}}, "按《退货政策》，七天内可退。"},
	} {
		if diff := cmp.Diff(c.want, text.Of(c.m)); diff != "" {
			t.Errorf("%s:\n%s", c.name, diff)
		}
	}
}

func TestUnlinked(t *testing.T) {
	const hint = "（链接请在店铺主页查看）"
	for given, want := range map[string]string{
		"看这里https://a.example/x?y=1。谢谢":       "看这里" + hint + "。谢谢",
		"www.qinghe.cn/退货 和 Shop.Example.com": hint + "退货 和 " + hint,
		"售价 12.5 元，v2.0 版，A.B":                "售价 12.5 元，v2.0 版，A.B",
		"订单 20261101.0023 已发":                 "订单 20261101.0023 已发",
	} {
		got, found := text.Unlinked(given, desk.Chinese)
		if got != want || found != (got != given) {
			t.Errorf("%q became %q (%t), want %q", given, got, found, want)
		}
	}
}

// Pieces fit, and nothing that can be read is lost between them.
func FuzzSplit(f *testing.F) {
	f.Add(strings.Repeat("退货请在七天内申请。", 300))
	f.Add(strings.Repeat("x", 2500))
	f.Add("短\n\n文")
	f.Add(strings.Repeat(" \n", 900) + "end")
	f.Fuzz(func(t *testing.T, s string) {
		if !utf8.ValidString(s) {
			t.Skip()
		}
		squeeze := func(s string) string { return strings.Join(strings.Fields(s), "") }
		pieces := text.Split(s)
		for i, p := range pieces {
			if n := utf8.RuneCountInString(p); n > text.Max || n == 0 {
				t.Errorf("piece %d has %d characters", i, n)
			}
		}
		if squeeze(strings.Join(pieces, "")) != squeeze(s) {
			t.Errorf("%q became %q", s, pieces)
		}
		for _, cut := range []string{text.Cut(s), text.Ended(s)} {
			if n := utf8.RuneCountInString(cut); n > text.Max {
				t.Errorf("cut to %d characters", n)
			}
		}
	})
}
