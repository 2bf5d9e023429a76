// Package order tells customers what they bought and how far it has come.
package order

import (
	"context"
	_ "embed"
	"fmt"
	"strings"

	"keliu/functions/business/counter"
	"keliu/streams/desk"
)

//go:embed examples.txt
var examples string

// Intent implements functions.Intent.
type Intent struct {
	Orders counter.Orders
	Rules  counter.Rules
}

// Examples implements functions.Intent.
func (Intent) Examples() string { return examples }

// Answer tells the facts of an order that is proven to be the customer's.
func (i Intent) Answer(ctx context.Context, turn desk.Turn) (desk.Reply, error) {
	order, reply, err := counter.Identify(ctx, i.Orders, i.Rules, turn, nil)
	if err != nil {
		return desk.Reply{}, err
	}
	if reply != nil {
		return *reply, nil
	}
	told := turn.Say(describe(turn, order) + "\n" + next(turn, order))
	told.Options = options(turn, order)
	return counter.About(order, told), nil
}

// describe says what the order is.
func describe(turn desk.Turn, o desk.Order) string {
	var text strings.Builder
	fmt.Fprintf(&text, turn.Pick("订单 %s：%s。\n下单时间：%s", "Order %s: %s.\nPlaced: %s"),
		o.Number, counter.Status(turn.Lang, o.Status), counter.Clock(turn.Lang, o.Placed))
	for _, item := range o.Items {
		title := strings.TrimSpace(item.Title + " " + item.Variant)
		fmt.Fprintf(&text, turn.Pick("\n商品：%s × %d，%s", "\nItem: %s × %d, %s"), title, item.Quantity, counter.Money(item.Price))
	}
	fmt.Fprintf(&text, turn.Pick("\n合计：%s", "\nTotal: %s"), counter.Money(o.Total))
	return text.String()
}

// next says what the customer can expect, or do, now.
func next(turn desk.Turn, o desk.Order) string {
	switch o.Status {
	case desk.Unpaid:
		return turn.Pick("付款后我们会尽快安排发货；不想要了也可以直接告诉我取消。",
			"We prepare it as soon as it is paid. If you no longer want it, just tell me to cancel it.")
	case desk.Paid:
		return turn.Pick("已经付款，仓库正在备货，发出后就能查到物流。", "It is paid and being packed; you can track it once it has left.")
	case desk.Shipped:
		return shipped(turn, o)
	case desk.Delivered:
		return delivered(turn, o)
	case desk.Refunding:
		return turn.Pick("退款正在处理，完成后款项会原路退回。", "The refund is in progress; the money goes back the way you paid.")
	case desk.Refunded:
		return turn.Pick("款项已经原路退回，请留意到账通知。", "The money went back the way you paid; please check your account.")
	}
	return turn.Pick("这笔订单已经取消，需要的话可以重新下单。", "This order was cancelled; you are welcome to order again.")
}

func delivered(turn desk.Turn, o desk.Order) string {
	at := counter.Arrived(o)
	if at.IsZero() {
		return turn.Pick("有问题可以随时告诉我。", "Tell me if anything is wrong.")
	}
	return fmt.Sprintf(turn.Pick("已于%s签收。有问题可以随时告诉我。", "It was delivered on %s. Tell me if anything is wrong."), counter.Day(turn.Lang, at))
}

func shipped(turn desk.Turn, o desk.Order) string {
	switch {
	case o.Shipment == nil:
		return turn.Pick("已经发出，物流信息还在更新中。", "It has left; tracking will follow.")
	case o.Shipment.Expect.IsZero():
		return fmt.Sprintf(turn.Pick("由%s配送，运单号 %s。", "Carried by %s, waybill %s."), o.Shipment.Carrier, o.Shipment.Waybill)
	}
	return fmt.Sprintf(turn.Pick("由%s配送，运单号 %s，预计%s送达。", "Carried by %s, waybill %s, expected on %s."),
		o.Shipment.Carrier, o.Shipment.Waybill, counter.Day(turn.Lang, o.Shipment.Expect))
}

// options offers what customers usually want next.
func options(turn desk.Turn, o desk.Order) []string {
	switch o.Status {
	case desk.Paid:
		return []string{turn.Pick("催一下发货", "Please hurry up my order"), turn.Pick("我要退款", "I want a refund")}
	case desk.Shipped:
		return []string{turn.Pick("快递到哪了", "Where is my parcel")}
	case desk.Delivered:
		return []string{turn.Pick("我要退货", "I want to return it"), turn.Pick("我要换货", "I want to exchange it")}
	}
	return nil
}
