package profile_test

import (
	"testing"

	"keliu/functions/outreach/profile"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

func TestSentence(t *testing.T) {
	many := []string{"一", "二", "三", "四", "五"}
	for _, c := range []struct {
		reason leads.Reason
		zh, en string
	}{
		{leads.Reason{Kind: "rule", Name: "问价", Words: []string{"多少钱", "价格"}}, "命中规则“问价”（多少钱、价格）", "Matched the rule “问价” (多少钱, 价格)"},
		{leads.Reason{Kind: "rule", Name: "问价"}, "命中规则“问价”", "Matched the rule “问价”"},
		{leads.Reason{Kind: "intent", Detail: "price", Words: many}, "购买意向：询问价格（一、二、三、四、…）", "Sounds like a buyer: asks for the price (一, 二, 三, 四, …)"},
		{leads.Reason{Kind: "history", Detail: "wrote"}, "主动发来私信", "Wrote a direct message"},
		{leads.Reason{Kind: "decay"}, "时间久了，每过 7 天分量减半", "Time passes: every 7 days it counts half as much"},
		{leads.Reason{Kind: "limit"}, "分数以 0 到 100 为限", "Scores end at 0 and 100"},
	} {
		if zh, en := profile.Sentence(c.reason, desk.Chinese), profile.Sentence(c.reason, desk.English); zh != c.zh || en != c.en {
			t.Errorf("%+v is said as\n%s\n%s", c.reason, zh, en)
		}
	}
	if many[4] != "五" {
		t.Errorf("the words of the reason were changed: %q", many)
	}
}
