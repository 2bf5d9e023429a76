package facts

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/classify/text"
	"keliu/streams/desk"
)

func TestFacts(t *testing.T) {
	const order, waybill, phone, tail, amount = desk.FactOrder, desk.FactWaybill, desk.FactPhone, desk.FactPhoneTail, desk.FactAmount
	tests := []struct {
		text, asked string
		want        desk.Facts
		bare        bool
	}{
		{text: "QH202611110001", want: desk.Facts{order: "QH202611110001"}, bare: true},
		{text: "我的订单号是qh202611110001", want: desk.Facts{order: "QH202611110001"}, bare: true},
		{text: "ＱＨ２０２６１１１１０００１到哪了", want: desk.Facts{order: "QH202611110001"}},
		{text: "订单 QH 2026 1111 0001 退款", want: desk.Facts{order: "QH202611110001"}},
		{text: "QH-202611110001 和 QH202611110002", want: desk.Facts{order: "QH202611110001"}, bare: true},
		{text: "QH20261111000", want: nil},
		{text: "QH2026111100012", want: nil},
		{text: "XQH202611110001", want: nil},
		{text: "订单1234567890123456什么情况", want: desk.Facts{order: "1234567890123456"}},
		{text: "1234567890123456", want: nil},
		{text: "1234567890123456", asked: order, want: desk.Facts{order: "1234567890123456"}, bare: true},
		{text: "123456789012345这个快递到哪了", want: desk.Facts{waybill: "123456789012345"}},
		{text: "快递单号773012345678901", want: desk.Facts{waybill: "773012345678901"}, bare: true},
		{text: "订单的快递单号是773012345678901", want: desk.Facts{waybill: "773012345678901"}, bare: true},
		{text: "订单里的身份证号110101199003070011填错了", want: nil},
		{text: "SF1029384756123到哪了", want: desk.Facts{waybill: "SF1029384756123"}},
		{text: "yt 8765432109876", want: desk.Facts{waybill: "YT8765432109876"}, bare: true},
		{text: "JDVA01234567890", want: desk.Facts{waybill: "JDVA01234567890"}, bare: true},
		{text: "EA123456789CN", want: desk.Facts{waybill: "EA123456789CN"}, bare: true},
		{text: "ISBN1234567890123", want: nil},
		{text: "13812345678", want: desk.Facts{phone: "13812345678"}, bare: true},
		{text: "打我电话138 1234 5678", want: desk.Facts{phone: "13812345678"}},
		{text: "手机１３８－１２３４－５６７８", want: desk.Facts{phone: "13812345678"}, bare: true},
		{text: "+86 138-1234-5678", want: desk.Facts{phone: "13812345678"}, bare: true},
		{text: "8613812345678", want: desk.Facts{phone: "13812345678"}, bare: true},
		{text: "12812345678", want: nil},
		{text: "9138123456780", want: nil},
		{text: "卡号6222 1381 2345 6789 012", want: nil},
		{text: "6222 138 1234 5678", want: nil},
		{text: "尾号1234", want: desk.Facts{tail: "1234"}, bare: true},
		{text: "手机后四位是 5678。", want: desk.Facts{tail: "5678"}, bare: true},
		{text: "后4位8866", want: desk.Facts{tail: "8866"}, bare: true},
		{text: "the last four digits are 1234", want: desk.Facts{tail: "1234"}, bare: true},
		{text: "it ends in 0007", want: desk.Facts{tail: "0007"}},
		{text: "1234", want: nil},
		{text: "1234", asked: tail, want: desk.Facts{tail: "1234"}, bare: true},
		{text: "是1234呢", asked: tail, want: desk.Facts{tail: "1234"}, bare: true},
		{text: "2026年", asked: tail, want: nil},
		{text: "1234元", asked: tail, want: desk.Facts{amount: "123400"}, bare: true},
		{text: "13812345678", asked: tail, want: desk.Facts{phone: "13812345678", tail: "5678"}, bare: true},
		{text: "QH202611110001 1234", want: desk.Facts{order: "QH202611110001", tail: "1234"}, bare: true},
		{text: "1234，QH202611110001", want: desk.Facts{order: "QH202611110001", tail: "1234"}, bare: true},
		{text: "2026-11-11下的QH202611110001", want: desk.Facts{order: "QH202611110001"}},
		{text: "QH202611110001手机13812345678", want: desk.Facts{order: "QH202611110001", phone: "13812345678", tail: "5678"}, bare: true},
		{text: "退我128.5元", want: desk.Facts{amount: "12850"}},
		{text: "花了1,299块钱", want: desk.Facts{amount: "129900"}},
		{text: "￥99", want: desk.Facts{amount: "9900"}, bare: true},
		{text: "¥ 0.05", want: desk.Facts{amount: "5"}, bare: true},
		{text: "多收了3块5", want: desk.Facts{amount: "350"}},
		{text: "1.5万元", want: desk.Facts{amount: "1500000"}, bare: true},
		{text: "200 yuan", want: desk.Facts{amount: "20000"}, bare: true},
		{text: "买了3件", want: nil},
		{text: "128GB的还有吗", want: nil},
		{text: "你好", want: nil},
		{text: "", want: nil},
	}
	for _, tt := range tests {
		got, bare := Find(text.Fold(nil, tt.text), tt.asked)
		if diff := cmp.Diff(tt.want, got); diff != "" {
			t.Errorf("Find(%q, asked %q) (-want +got):\n%s", tt.text, tt.asked, diff)
		}
		if bare != tt.bare {
			t.Errorf("Find(%q, asked %q): bare is %v", tt.text, tt.asked, bare)
		}
	}
}

func FuzzFind(f *testing.F) {
	for _, s := range []string{"QH202611110001 1234", "+86 138-1234-5678", "￥1,299.5万元", "尾号1234", "SF 123456789", "3块5", "订单1234567890123456"} {
		f.Add(s, "")
		f.Add(s, desk.FactPhoneTail)
	}
	f.Fuzz(func(t *testing.T, raw, asked string) {
		said := text.Fold(nil, raw)
		digits := strings.Map(func(r rune) rune {
			if text.IsDigit(r) {
				return r
			}
			return -1
		}, string(said))
		found, bare := Find(said, asked)
		if bare && len(found) == 0 {
			t.Error("bare without a fact")
		}
		for fact, value := range found {
			if !wellFormed(fact, value) {
				t.Errorf("%s is %q", fact, value)
			}
			if fact != desk.FactAmount && !strings.Contains(digits, strings.Trim(value, "ABCDEFGHIJKLMNOPQRSTUVWXYZ")) {
				t.Errorf("%s %q does not stand in %q", fact, value, raw)
			}
		}
	})
}

// wellFormed reports whether a fact has its normal form.
func wellFormed(fact, value string) bool {
	digits := strings.Trim(value, "0123456789") == ""
	switch fact {
	case desk.FactOrder:
		rest, ours := strings.CutPrefix(value, "QH")
		return ours && len(rest) == 12 && strings.Trim(rest, "0123456789") == "" || digits && len(value) >= 12 && len(value) <= 20
	case desk.FactWaybill:
		return len(value) >= 11 && len(value) <= 20 && strings.Trim(value, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ") == ""
	case desk.FactPhone:
		return digits && len(value) == 11 && value[0] == '1'
	case desk.FactPhoneTail:
		return digits && len(value) == 4
	case desk.FactAmount:
		return digits && value != "" && len(value) < 19
	}
	return false
}
