package counter

import (
	"fmt"
	"time"

	"keliu/streams/desk"
)

// china is where the shop's days begin and end.
var china = time.FixedZone("CST", 8*60*60)

// Money is an amount in fen as a customer reads it.
func Money(fen int64) string { return fmt.Sprintf("¥%d.%02d", fen/100, fen%100) }

// Day is a date as a customer reads it: 11月26日, Nov 26.
func Day(lang desk.Lang, t time.Time) string {
	if lang == desk.English {
		return t.In(china).Format("Jan 2")
	}
	return t.In(china).Format("1月2日")
}

// Clock is a date with the time of day: 11月26日 14:05, Nov 26, 14:05.
func Clock(lang desk.Lang, t time.Time) string {
	if lang == desk.English {
		return t.In(china).Format("Jan 2, 15:04")
	}
	return t.In(china).Format("1月2日 15:04")
}

// Arrived is when an order was delivered: as the shop says, or else by the last scan of its parcel; zero when neither
// is known.
func Arrived(o desk.Order) time.Time {
	if o.Delivered.IsZero() && o.Shipment != nil && len(o.Shipment.Steps) > 0 {
		return o.Shipment.Steps[0].At
	}
	return o.Delivered
}

// Status is the state of an order in words.
func Status(lang desk.Lang, s desk.OrderStatus) string {
	words, ok := statuses[s]
	switch {
	case !ok:
		return string(s)
	case lang == desk.English:
		return words[1]
	}
	return words[0]
}

var statuses = map[desk.OrderStatus][2]string{
	desk.Unpaid:    {"待付款", "awaiting payment"},
	desk.Paid:      {"已付款，待发货", "paid, not yet shipped"},
	desk.Shipped:   {"运输中", "on its way"},
	desk.Delivered: {"已签收", "delivered"},
	desk.Cancelled: {"已取消", "cancelled"},
	desk.Refunding: {"退款处理中", "refund in progress"},
	desk.Refunded:  {"已退款", "refunded"},
}
