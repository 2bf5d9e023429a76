package refund

import (
	"testing"

	"keliu/functions/business/counter"
	"keliu/functions/functiontest"
	"keliu/streams/desk"
)

func TestSaid(t *testing.T) {
	for want, lines := range map[string][]string{
		"refund": {"我要退款", "把钱退给我", "还我钱", "退了吧", "不要换货要退款", "不换了直接退款", "I want my money back", "refund please", "don't exchange it, refund it"},
		"return": {"我要退货", "退货退款", "想寄回去", "I want to return this", "send it back"},
		"exchange": {"我要换货", "换个大一码的", "想换成L码", "不要退款，换一个", "please exchange it", "I'd like a replacement",
			"I don't want a refund, swap it"},
		"cancel": {"取消订单", "我不想买了", "cancel my order", "please cancel it"},
		"":       {"", "好的", "不退了", "不取消了", "到哪了", "yes", "don't cancel", "no refund"},
	} {
		for _, line := range lines {
			if got := said(line); got != want {
				t.Errorf("%q: %q, want %q", line, got, want)
			}
		}
	}
}

func TestPartial(t *testing.T) {
	for line, want := range map[string]bool{
		"两件里面退一件": true, "部分退款": true, "差价退给我": true, "邮费退给我": true, "退其中一件": true, "partial refund please": true,
		"refund the shipping fee": true, "I need to return one of the two items": true,
		"我要退款": false, "退一下": false, "退货退款": false, "我要退这双鞋": false, "refund it": false, "退货运费谁出": false,
	} {
		if got := partial.MatchString(line); got != want {
			t.Errorf("%q: %v, want %v", line, got, want)
		}
	}
}

// Only a plain yes, or the wish said again, may submit what was asked.
func TestConsented(t *testing.T) {
	for _, test := range []struct {
		asked, text string
		found       desk.Facts
		yes         bool
	}{
		{"refund", "好的", nil, true},
		{"refund", "退款吧", nil, true},
		{"refund", "取消吧", nil, true}, // the question offered to cancel and refund
		{"return", "退款", nil, true},
		{"cancel", "取消吧", nil, true},
		{"exchange", "换吧", nil, true},
		{"refund", "退款多久到", nil, false},
		{"refund", "可以退款吗", nil, false},
		{"refund", "不退款了", nil, false},
		{"refund", "好贵啊", nil, false},
		{"refund", "帮我查一下物流", nil, false},
		{"refund", "退款退到支付宝", nil, false},
		{"refund", "我上个月在你们另外一家店买的那个东西也一直没有给我退款我很生气", nil, false},
		{"return", "好的，退货", nil, true},
		{"refund", "ok refund it", nil, true},
		{"refund", "不，退款吧", nil, false},
		{"refund", "换货吧", nil, false},
		{"exchange", "退款", nil, false},
		{"cancel", "退款", nil, false},
		{"refund", "好的，另一个订单", desk.Facts{desk.FactOrder: "QH202611190002"}, false},
		{"refund", "", nil, false},
	} {
		turn := desk.Turn{Message: desk.Message{Text: test.text}, Found: test.found}
		if got := consented(turn, test.asked) == counter.Yes; got != test.yes {
			t.Errorf("asked %s, said %q: yes is %v", test.asked, test.text, got)
		}
	}
}

// Nearly all of the examples say what is wanted; the few that do not are treated as refunds.
func TestExamplesAreUnderstood(t *testing.T) {
	lines := functiontest.Lines(examples)
	unclear := 0
	for _, line := range lines {
		if said(line) == "" && !partial.MatchString(line) {
			unclear++
			t.Logf("not understood: %s", line)
		}
	}
	if unclear*10 > len(lines) {
		t.Errorf("%d of %d examples are not understood", unclear, len(lines))
	}
}
