package counter

import (
	"testing"
	"time"

	"keliu/streams/desk"
)

func TestHeard(t *testing.T) {
	for want, lines := range map[Consent][]string{
		Yes: {"是", "是的", "对", "好", "好的", "好的，确认", "嗯", "嗯嗯", "可以", "可以的", "行", "行吧", "确认", "确认提交", "提交吧", "没问题",
			"没错", "没有问题", "同意", "要的", "需要", "麻烦了", "就这样吧", "好的谢谢", "嗯嗯，麻烦您了", "那就提交吧", "可以可以", "我确认", "OK", "ok的", "yes", "Yes, please", "yep", "sure",
			"go ahead", "please do", "that's fine", "no problem", "of course", "当然", "yes, that's right", "OK, thanks", "是的！", "👌 好"},
		No: {"不", "不是", "不用", "不用了", "不要", "不了", "算了", "先不了", "先不退了", "不退了", "别", "不同意", "我再想想", "等等", "等一下", "不确认", "不可以",
			"不行", "好像不对", "暂时不需要", "no", "No thanks", "nope", "don't", "don’t do it", "never mind", "not now", "wait", "cancel that"},
		Unclear: {"", "   ", "多久到账", "可以吗？", "能便宜点吗", "怎么退", "how long does it take", "what?", "今天天气", "好贵", "好慢啊", "可以便宜点", "请问一下", "帮我查一下物流", "需要发票", "催一下", "取消吧", "退款吧",
			"对了运费谁出", "行李箱", "谢谢", "请", "please tell me the price", "is it right?", "是上周买的", "好不好", "要两个", "QH202611240004", "手机号是 138****5678",
			"我是昨天在你们店里买的那个耳机，右边没有声音，客服说可以退，我想问问运费"},
	} {
		for _, line := range lines {
			if got := Heard(line); got != want {
				t.Errorf("%q: %v, want %v", line, got, want)
			}
		}
	}
}

// A yes may cost money: what says no in it, or asks, must never be one.
func FuzzHeard(f *testing.F) {
	for _, seed := range []string{"", "好的", "可以的", "yes", "嗯，确认", "不用了", "ok?", "没问题", "\xff", "确认　"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		for _, doubt := range []string{"不用了，" + text, text + "，算了", "no, " + text, text + "吗", text + "?"} {
			if Heard(doubt) == Yes {
				t.Errorf("%q is heard as a yes", doubt)
			}
		}
	})
}

func TestAnswers(t *testing.T) {
	for _, test := range []struct {
		asked, text string
		want        bool
	}{
		{"confirm:refund", "好的", true},
		{"confirm:refund", "不用了", true},
		{"confirm:missing", "还是没有", true},
		{"confirm:refund", "多久到账？", false},
		{"callback", "可以", true},
		{"callback", "我想问运费", false},
		{desk.FactOrder, "第二个", true},
		{desk.FactOrder, "没有", true},
		{desk.FactOrder, "好的", false},
		{desk.FactPhoneTail, "好的", false},
		{"", "好的", false},
	} {
		if got := Answers(test.asked, test.text); got != test.want {
			t.Errorf("asked %q, said %q: %v, want %v", test.asked, test.text, got, test.want)
		}
	}
}

func TestOrdinal(t *testing.T) {
	for text, want := range map[string]int{
		"1": 1, "第一个": 1, "最近的那个": 1, "the first one": 1, "2": 2, "第二个": 2, "第2个": 2, "2.": 2, "the second one please": 2,
		"3": 3, "第三笔": 3, "第3个什么时候到": 3, "请问第 2 笔到哪了": 2, "第3天还没到": 0, "第13个": 0, "第4个": 4, "第五": 5, "the fifth": 5,
		"": 0, "12": 0, "6": 0, "订单": 0, "QH202611240004": 0, "2 天前买的耳机": 0,
	} {
		if got := ordinal(text); got != want {
			t.Errorf("%q: %d, want %d", text, got, want)
		}
	}
}

func TestOfferedTail(t *testing.T) {
	for _, test := range []struct {
		found, known desk.Facts
		want         string
	}{
		{nil, nil, ""},
		{desk.Facts{desk.FactPhoneTail: "1234"}, desk.Facts{desk.FactPhoneTail: "5678"}, "1234"},
		{desk.Facts{desk.FactPhone: "13800001234"}, desk.Facts{desk.FactPhoneTail: "5678"}, "1234"},
		{nil, desk.Facts{desk.FactPhone: "13800001234"}, "1234"},
		{desk.Facts{desk.FactPhoneTail: "34"}, nil, ""},
		{desk.Facts{desk.FactPhoneTail: "123４"}, nil, ""},
		{desk.Facts{desk.FactPhone: "1234"}, nil, ""},
		{desk.Facts{desk.FactPhone: "1380000****"}, nil, ""},
	} {
		if got := offeredTail(desk.Turn{Found: test.found, Facts: test.known}); got != test.want {
			t.Errorf("%v, %v: %q, want %q", test.found, test.known, got, test.want)
		}
	}
}

func TestWords(t *testing.T) {
	late := time.Date(2026, 11, 25, 17, 30, 0, 0, time.UTC) // the 26th in China
	for got, want := range map[string]string{
		Money(5900): "¥59.00", Money(5): "¥0.05", Money(123456): "¥1234.56",
		Day(desk.Chinese, late): "11月26日", Day(desk.English, late): "Nov 26",
		Clock(desk.Chinese, late): "11月26日 01:30", Clock(desk.English, late): "Nov 26, 01:30",
		Status("", desk.Shipped): "运输中", Status(desk.English, desk.Shipped): "on its way", Status(desk.English, "lost"): "lost",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestArrived(t *testing.T) {
	told, scanned := time.Unix(1000, 0), time.Unix(2000, 0)
	parcel := &desk.Shipment{Steps: []desk.Step{{At: scanned}, {At: told}}}
	for _, test := range []struct {
		order desk.Order
		want  time.Time
	}{
		{desk.Order{Delivered: told, Shipment: parcel}, told},
		{desk.Order{Shipment: parcel}, scanned},
		{desk.Order{Shipment: &desk.Shipment{}}, time.Time{}},
		{desk.Order{}, time.Time{}},
	} {
		if got := Arrived(test.order); !got.Equal(test.want) {
			t.Errorf("%+v: %v, want %v", test.order, got, test.want)
		}
	}
}
