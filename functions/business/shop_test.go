package business

import (
	"context"
	"errors"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
)

func fixed() time.Time { return time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC) }

func TestDemoIsPlausible(t *testing.T) {
	books, err := read(demo, fixed())
	if err != nil {
		t.Fatal(err)
	}
	if len(books.members) < 6 || len(books.orders) < 24 || len(books.products) < 30 {
		t.Errorf("%d members, %d orders, %d products; want at least 6, 24 and 30", len(books.members), len(books.orders), len(books.products))
	}
	number := regexp.MustCompile(`^QH20[0-9]{10}$`)
	phone := regexp.MustCompile(`^1[3-9][0-9]{9}$`)
	states := map[desk.OrderStatus]int{}
	seen := map[desk.OrderNumber]bool{}
	for _, o := range books.orders {
		states[o.Status]++
		if !number.MatchString(string(o.Number)) || seen[o.Number] {
			t.Errorf("order number %q is malformed or taken", o.Number)
		}
		seen[o.Number] = true
		if !phone.MatchString(o.Phone) {
			t.Errorf("%s: phone %q", o.Number, o.Phone)
		}
		if len(o.Items) == 0 || o.Total <= 0 || o.Placed.After(fixed()) {
			t.Errorf("%s: %d items, %d fen, placed %v", o.Number, len(o.Items), o.Total, o.Placed)
		}
		checkWay(t, o)
	}
	for _, s := range statuses {
		if states[s] == 0 {
			t.Errorf("no order is %s", s)
		}
	}
}

// checkWay checks that an order's parcel tells the same story as its status.
func checkWay(t *testing.T, o desk.Order) {
	t.Helper()
	if o.Status == desk.Unpaid != o.Paid.IsZero() && o.Status != desk.Cancelled {
		t.Errorf("%s is %s and paid at %v", o.Number, o.Status, o.Paid)
	}
	if (o.Status == desk.Shipped || o.Status == desk.Delivered) && (o.Shipment == nil || len(o.Shipment.Steps) == 0) {
		t.Errorf("%s is %s without a scan", o.Number, o.Status)
		return
	}
	if o.Status == desk.Delivered && !o.Shipment.Steps[0].At.Equal(o.Delivered) {
		t.Errorf("%s was delivered at %v, its last scan is of %v", o.Number, o.Delivered, o.Shipment.Steps[0].At)
	}
	if o.Shipment == nil {
		return
	}
	for i, s := range o.Shipment.Steps {
		if s.At.Before(o.Paid) || s.At.After(fixed()) || i > 0 && s.At.After(o.Shipment.Steps[i-1].At) {
			t.Errorf("%s: scan %d at %v is out of order", o.Number, i, s.At)
		}
	}
}

func TestDemoMovesWithTime(t *testing.T) {
	now := fixed()
	shop := Demo(func() time.Time { return now })
	before, err := shop.OrdersOf(t.Context(), "lin")
	if err != nil {
		t.Fatal(err)
	}
	now = now.Add(30 * 24 * time.Hour)
	after, err := shop.OrdersOf(t.Context(), "lin")
	if err != nil {
		t.Fatal(err)
	}
	if len(before) != 5 || len(after) != 5 {
		t.Fatalf("%d orders, a month later %d", len(before), len(after))
	}
	for i := range after {
		if got := after[i].Placed.Sub(before[i].Placed); got != 30*24*time.Hour {
			t.Errorf("%s moved by %v", after[i].Number, got)
		}
		if i > 0 && after[i].Placed.After(after[i-1].Placed) {
			t.Errorf("%s is newer than the order before it", after[i].Number)
		}
	}
}

func TestNumbersStayTheSameAllDay(t *testing.T) {
	midnight := time.Date(2026, 11, 24, 0, 0, 0, 0, china)
	want, err := read(demo, midnight)
	if err != nil {
		t.Fatal(err)
	}
	for _, hour := range []int{1, 5, 12, 23} {
		got, err := read(demo, midnight.Add(time.Duration(hour)*time.Hour))
		if err != nil {
			t.Fatal(err)
		}
		for i, o := range got.orders {
			if o.Number != want.orders[i].Number {
				t.Errorf("at %d o'clock %s is called %s", hour, want.orders[i].Number, o.Number)
			}
		}
	}
}

func TestLookUps(t *testing.T) {
	shop := Demo(fixed)
	ctx := t.Context()
	o, err := shop.OrderOfWaybill(ctx, "sf1090000000003")
	if err != nil || o.Number != "QH202611220003" || o.Status != desk.Shipped {
		t.Errorf("by waybill: %v, %v", o, err)
	}
	o.Items[0].Title, o.Shipment.Steps[0].Place = "scribbled", "scribbled"
	again, err := shop.Order(ctx, "QH202611220003")
	if err != nil || again.Items[0].Title == "scribbled" || again.Shipment.Steps[0].Place == "scribbled" {
		t.Errorf("the books are shared with callers: %v, %v", again, err)
	}
	for name, err := range map[string]error{
		"order":   second(shop.Order(ctx, "QH202611220099")),
		"waybill": second(shop.OrderOfWaybill(ctx, "")),
		"member":  second(shop.Member(ctx, "nobody")),
	} {
		if !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("unknown %s: %v", name, err)
		}
	}
	if m, err := shop.Member(ctx, "lin"); err != nil || m.Name != "林晓彤" {
		t.Errorf("member lin: %v, %v", m, err)
	}
	if all, err := shop.Members(ctx); err != nil || len(all) != 8 || all[0].ID != "lin" {
		t.Errorf("members: %v, %v", all, err)
	}
	if none, err := shop.OrdersOf(ctx, ""); err != nil || len(none) != 0 {
		t.Errorf("a stranger owns %v, %v", none, err)
	}
}

func second[T any](_ T, err error) error { return err }

// asked is a fake of the store.
type asked struct {
	requests []desk.Request
	err      error
}

func (a asked) RequestsFor(_ context.Context, n desk.OrderNumber) ([]desk.Request, error) {
	var of []desk.Request
	for _, r := range a.requests {
		if r.Order == n {
			of = append(of, r)
		}
	}
	return of, a.err
}

func TestRequestsChangeAnOrder(t *testing.T) {
	const number = "QH202611240004"
	for _, test := range []struct {
		name   string
		status string
		kind   string
		want   desk.OrderStatus
	}{
		{"a refund asked for", "submitted", "refund", desk.Refunding},
		{"a return approved", "approved", "return", desk.Refunding},
		{"a refund done", "done", "refund", desk.Refunded},
		{"a refund rejected", "rejected", "refund", desk.Paid},
		{"cancelled", "submitted", "cancel", desk.Cancelled},
		{"urged", "submitted", "urge", desk.Paid},
	} {
		t.Run(test.name, func(t *testing.T) {
			shop := Demo(fixed)
			request := desk.Request{ID: "r1", Kind: test.kind, Order: number, Status: test.status}
			shop.Requests = asked{requests: []desk.Request{request}}
			for range 2 { // the second look must not find it doubled
				o, err := shop.Order(t.Context(), number)
				if err != nil {
					t.Fatal(err)
				}
				if o.Status != test.want {
					t.Errorf("the order is %s, want %s", o.Status, test.want)
				}
				if diff := cmp.Diff([]desk.Request{request}, o.Requests); diff != "" {
					t.Error(diff)
				}
			}
		})
	}
	shop := Demo(fixed)
	shop.Requests = asked{err: desk.ErrUnavailable}
	if _, err := shop.Order(t.Context(), number); !errors.Is(err, desk.ErrUnavailable) {
		t.Errorf("with the store down: %v", err)
	}
}

func TestProducts(t *testing.T) {
	for _, test := range []struct {
		wish Wish
		want []string
	}{
		{Wish{Words: "想买个跑步用的耳机"}, []string{"QH-HP-03", "QH-HP-01", "QH-HP-02"}},
		{Wish{Words: "headphones for commuting", Max: 30000}, []string{"QH-HP-02", "QH-HP-04"}},
		{Wish{Words: "星野 Air 真无线耳机"}, []string{"QH-HP-02"}},
		{Wish{Words: "音箱"}, []string{"QH-SP-01", "QH-SP-02"}}, // out of stock goes last
		{Wish{Words: "do you sell a fantastic thing"}, nil},   // fan is no part of fantastic
		{Wish{Words: "two fans please"}, []string{"QH-HM-05"}},
		{Wish{Words: "笔记本电脑"}, nil},
		{Wish{Min: 80000}, []string{"QH-HM-02"}},
		{Wish{Words: "耳机", Max: 5000}, nil},
	} {
		found, err := Demo(fixed).Products(t.Context(), test.wish, 3)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range found {
			got = append(got, p.SKU)
		}
		if diff := cmp.Diff(test.want, got); diff != "" {
			t.Errorf("%+v (-want +got)\n%s", test.wish, diff)
		}
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{
		"nonsense 1",
		"scan 3h ago; place 杭州",
		"order A; placed yesterday",
		"order A; placed 3d",
		"order A; placed -3d ago",
		"order A; status lost",
		"order A; item nothing",
		"order A; item 台灯 @1e99",
		"order A; item 台灯 @10 x两个",
		"order A; colour red",
		"order A\nscan 3h ago; place 杭州",
		"order A\nparcel B; expect soon",
		"order A\nrequest refund; at noon",
		"product A; stock many",
		"member a; age 3",
	} {
		if _, err := New(text, fixed); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}
