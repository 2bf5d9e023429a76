package counter

import (
	"testing"

	"keliu/streams/desk"
)

func TestNamed(t *testing.T) {
	order := func(number string, titles ...string) desk.Order {
		o := desk.Order{Number: desk.OrderNumber(number)}
		for _, title := range titles {
			o.Items = append(o.Items, desk.Item{Title: title})
		}
		return o
	}
	own := []desk.Order{
		order("1", "星野 Pro 降噪耳机"), order("2", "星野 Air 真无线耳机", "禾织 纯棉T恤"), order("3", "暖川 手冲咖啡套装"),
	}
	for text, want := range map[string]string{
		"我要退那个咖啡套装":  "3",
		"降噪耳机到哪了":    "1",
		"纯棉的那件T恤能换吗": "2",
		"耳机到哪了":      "", // two orders have some
		"我的快递到哪了":    "",
		"退货":         "",
		"":           "",
	} {
		got, found := named(own, text)
		if string(got.Number) != want && found || found != (want != "") {
			t.Errorf("%q names %q (%v), want %q", text, got.Number, found, want)
		}
	}
}
