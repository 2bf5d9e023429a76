package gateway

import (
	"testing"

	"keliu/functions/business"
	"keliu/streams/desk"
)

func TestTakesGzip(t *testing.T) {
	for header, want := range map[string]bool{
		"": false, "identity": false, "br": false, "gzip": true, "GZIP": true, "gzip, deflate, br, zstd": true, "br;q=1, gzip;q=0.2": true,
		"gzip;q=0": false, "gzip; q=0.000": false, "gzip ; q = 0.5": true, "*": true, "*;q=0": false, "*, gzip;q=0": false,
		"*;q=0, gzip": true, "x-gzip": false, "gzip;q=much": false,
	} {
		if got := takesGzip(header); got != want {
			t.Errorf("Accept-Encoding %q: %v, want %v", header, got, want)
		}
	}
}

func TestHintNamesAnOrderThatCanBeAskedFor(t *testing.T) {
	gold := business.Member{ID: "lin", Level: "金卡会员"}
	orders := []desk.Order{
		{Number: "QH1", Member: "chen", Phone: "19900010002", Status: desk.Shipped},
		{Number: "QH2", Member: "lin", Phone: "19900010001", Status: desk.Paid},
		{Number: "QH3", Member: "lin", Phone: "19900010001", Status: desk.Shipped},
	}
	for _, c := range []struct {
		name   string
		lang   desk.Lang
		orders []desk.Order
		want   string
	}{
		{"on its way", desk.Chinese, orders, "金卡会员 · 订单 QH3（手机尾号 0001）"},
		{"in English", desk.English, orders, "Gold member · order QH3 (phone ends in 0001)"},
		{"none on its way", desk.Chinese, orders[:2], "金卡会员 · 订单 QH2（手机尾号 0001）"},
		{"none", desk.English, orders[:1], "Gold member"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := hint(c.lang, gold, c.orders); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}
