package profile_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/outreach/profile"
)

func TestContacts(t *testing.T) {
	for text, want := range map[string][2]string{
		"加我微信：fish_2026 谢谢":     {"wechat fish_2026", "加我微信：f******** 谢谢"},
		"vx fish2026，多少钱":       {"wechat fish2026", "vx f*******，多少钱"},
		"薇信是abc-defg":           {"wechat abc-defg", "薇信是a*******"},
		"电话13812345678":         {"mobile 13812345678", "电话138****5678"},
		"我的微信 13812345678":      {"mobile 13812345678", "我的微信 138****5678"},
		"微信支付可以吗":               {"", "微信支付可以吗"},
		"wechat payment please": {"", "wechat payment please"},
		"SVX series1234 真好":     {"", "SVX series1234 真好"},
		"微信号是 shopfriend":       {"wechat shopfriend", "微信号是 s*********"},
		"多少钱":                   {"", "多少钱"},
	} {
		got := ""
		for _, c := range profile.Contacts(text, time.Time{}) {
			got += c.Kind + " " + c.Value
		}
		if diff := cmp.Diff(want, [2]string{got, profile.Hidden(text)}); diff != "" {
			t.Errorf("%s:\n%s", text, diff)
		}
	}
}

// Whatever is written, what is hidden stays as long as it was, so that marks stay where they are, and no ID that was found is left.
func FuzzHidden(f *testing.F) {
	for _, seed := range []string{"微信fish_2026", "vx: abcdef微信abcdefg", "电话13812345678", "\xff微信a", ""} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		hidden := profile.Hidden(text)
		for _, c := range profile.Contacts(hidden, time.Time{}) {
			if c.Kind == "wechat" {
				t.Errorf("%q is left in %q", c.Value, hidden)
			}
		}
	})
}
