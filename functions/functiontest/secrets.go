package functiontest

import (
	"context"
	"fmt"
	"maps"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions"
	"keliu/streams/desk"
)

// Orders is a shop that holds these orders and nothing else.
type Orders []desk.Order

// Order is the order of that number.
func (s Orders) Order(_ context.Context, number desk.OrderNumber) (desk.Order, error) {
	return s.first(func(o desk.Order) bool { return o.Number == number })
}

// OrderOfWaybill is the order that travels under a waybill number.
func (s Orders) OrderOfWaybill(_ context.Context, waybill string) (desk.Order, error) {
	return s.first(func(o desk.Order) bool { return o.Shipment != nil && o.Shipment.Waybill == waybill })
}

// OrdersOf are a member's orders, as they were written down.
func (s Orders) OrdersOf(_ context.Context, member desk.MemberID) ([]desk.Order, error) {
	return s.only(func(o desk.Order) bool { return o.Member == member }), nil
}

func (s Orders) first(is func(desk.Order) bool) (desk.Order, error) {
	for _, o := range s {
		if is(o) {
			return o, nil
		}
	}
	return desk.Order{}, fmt.Errorf("order: %w", desk.ErrNotFound)
}

func (s Orders) only(is func(desk.Order) bool) Orders {
	var some Orders
	for _, o := range s {
		if is(o) {
			some = append(some, o)
		}
	}
	return some
}

// KeepsSecrets checks, over random conversations, that an order which is not proven to be the customer's might as
// well not exist: the intent replies alike whether the shop holds it or not. An order is proven by the member it
// belongs to, or by its number or waybill together with the last four digits of its phone.
func KeepsSecrets(t *testing.T, prepare func(Orders) functions.Intent) {
	t.Helper()
	lines := []string{"是的", "确认", "不用了", "第二个", "2", "还是没有", "其他订单", "yes", "no", "坏了"}
	lines = append(lines, Lines(prepare(nil).Examples())...)
	rapid.Check(t, func(t *rapid.T) {
		shop := rapid.SliceOfNDistinct(rapid.Custom(drawOrder), 1, 6, func(o desk.Order) desk.OrderNumber { return o.Number }).Draw(t, "orders")
		k := newTalk(nil)
		for range rapid.IntRange(1, 5).Draw(t, "turns") {
			drawTurn(t, k, lines)
			told, err := prepare(shop).Answer(context.Background(), k.turn)
			if err != nil {
				t.Fatal(err)
			}
			blind, err := prepare(Orders(shop).only(func(o desk.Order) bool { return proven(k.turn, o) })).Answer(context.Background(), k.turn)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(blind, told); diff != "" {
				t.Fatalf("the reply to %q depends on orders that are not the customer's (-without +with)\n%s", k.turn.Message.Text, diff)
			}
			k.learn(told)
		}
	})
}

// proven is what KeepsSecrets takes for a proof, written without a look at how intents find one.
func proven(turn desk.Turn, o desk.Order) bool {
	if turn.Member != "" && turn.Member == o.Member {
		return true
	}
	named, matched := false, false
	for _, facts := range []desk.Facts{turn.Found, turn.Facts} {
		named = named || facts[desk.FactOrder] == string(o.Number) || o.Shipment != nil && facts[desk.FactWaybill] == o.Shipment.Waybill
		tail, phone := facts[desk.FactPhoneTail], facts[desk.FactPhone]
		matched = matched || len(tail) == 4 && strings.HasSuffix(o.Phone, tail) || len(phone) == 11 && strings.HasSuffix(o.Phone, phone[7:])
	}
	return named && matched
}

// The worlds are small, so that the numbers of a conversation often meet those of an order.
var (
	members = []desk.MemberID{"", "anna", "bo"}
	phones  = []string{"19900010001", "17000020001", "19900010002", ""} // two share a tail, one is missing
	numbers = []string{"QH202611200001", "QH202611200002", "QH202611200003", "QH202611200004", "QH202611200005", "QH202611200006"}
	tails   = []string{"0001", "0002", "0003", "001", "1", ""}
	states  = []desk.OrderStatus{desk.Unpaid, desk.Paid, desk.Shipped, desk.Delivered, desk.Cancelled, desk.Refunding, desk.Refunded}
)

func drawOrder(t *rapid.T) desk.Order {
	number := rapid.SampledFrom(numbers).Draw(t, "number")
	age := time.Duration(rapid.IntRange(1, 30).Draw(t, "days")) * 24 * time.Hour
	o := desk.Order{
		Number: desk.OrderNumber(number), Member: rapid.SampledFrom(members).Draw(t, "owner"), Phone: rapid.SampledFrom(phones).Draw(t, "phone"),
		Items: []desk.Item{{Title: "商品" + number, Quantity: 1, Price: 100}}, Total: rapid.Int64Range(1, 100000).Draw(t, "total"),
		Status: rapid.SampledFrom(states).Draw(t, "status"), Placed: Now().Add(-age), Paid: Now().Add(-age),
	}
	if o.Status == desk.Shipped || o.Status == desk.Delivered {
		o.Shipment = &desk.Shipment{Waybill: "SF" + number, Carrier: "顺丰速运", Expect: Now().Add(24*time.Hour - age),
			Steps: []desk.Step{{At: Now().Add(-age / 2), Place: "杭州", What: "已到达"}}}
	}
	if o.Status == desk.Delivered {
		o.Delivered = Now().Add(-age / 2)
	}
	return o
}

// drawTurn has the customer say something, with or without numbers in it.
func drawTurn(t *rapid.T, k *talk, lines []string) {
	k.turn.Message.Text = rapid.SampledFrom(lines).Draw(t, "said")
	k.turn.Member = rapid.SampledFrom(members).Draw(t, "member")
	k.turn.Lang = rapid.SampledFrom([]desk.Lang{desk.Chinese, desk.English, ""}).Draw(t, "lang")
	k.turn.Found = desk.Facts{}
	draw := func(name string, from []string) {
		if value := rapid.SampledFrom(append([]string{"", ""}, from...)).Draw(t, name); value != "" {
			k.turn.Found[name] = value
		}
	}
	draw(desk.FactOrder, numbers)
	draw(desk.FactPhoneTail, tails)
	draw(desk.FactPhone, phones)
	draw(desk.FactWaybill, []string{"SF" + numbers[0], "SF" + numbers[1]})
	maps.Copy(k.turn.Facts, k.turn.Found)
}
