package business

import (
	"cmp"
	"context"
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"keliu/streams/desk"
)

// Requests knows what a shop was asked to do about an order.
type Requests interface {
	RequestsFor(context.Context, desk.OrderNumber) ([]desk.Request, error)
}

// A Shop keeps a shop's books in memory. Its text tells times relative to now, and is read anew every day, so that
// something is always on its way; the order numbers of a day are the same after a restart. It is safe for
// concurrent use.
type Shop struct {
	Requests Requests // what customers asked for in this house; nil knows of nothing

	text string
	now  func() time.Time

	mu    sync.Mutex
	books *books
	day   string // the day the books were read for
}

//go:embed demo.txt
var demo string

// Demo is the shop 青禾优选 (Qinghe Select) with members, orders in every state and a catalogue.
func Demo(now func() time.Time) *Shop {
	shop, err := New(demo, now)
	if err != nil {
		panic(fmt.Sprintf("the demo shop: %v", err)) // demo.txt is part of the program
	}
	return shop
}

// New reads a shop from its text; see demo.txt for what a text may say.
func New(text string, now func() time.Time) (*Shop, error) {
	s := &Shop{text: text, now: now}
	if _, err := s.open(); err != nil {
		return nil, err
	}
	return s, nil
}

// open returns today's books.
func (s *Shop) open() (*books, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	day := now.In(china).Format(time.DateOnly)
	if s.books != nil && s.day == day {
		return s.books, nil
	}
	b, err := read(s.text, now.Truncate(time.Minute))
	if err != nil {
		return nil, err
	}
	s.books, s.day = b, day
	return b, nil
}

// Member is the member of that ID.
func (s *Shop) Member(_ context.Context, id desk.MemberID) (Member, error) {
	b, err := s.open()
	if err != nil {
		return Member{}, err
	}
	for _, m := range b.members {
		if m.ID == id {
			return m, nil
		}
	}
	return Member{}, fmt.Errorf("member %s: %w", id, desk.ErrNotFound)
}

// Members are all the members, for a demo page to choose from.
func (s *Shop) Members(context.Context) ([]Member, error) {
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	return slices.Clone(b.members), nil
}

// Order is the order of that number.
func (s *Shop) Order(ctx context.Context, number desk.OrderNumber) (desk.Order, error) {
	return s.order(ctx, func(o desk.Order) bool { return o.Number == number })
}

// OrderOfWaybill is the order that travels under a waybill number.
func (s *Shop) OrderOfWaybill(ctx context.Context, waybill string) (desk.Order, error) {
	return s.order(ctx, func(o desk.Order) bool { return o.Shipment != nil && strings.EqualFold(o.Shipment.Waybill, waybill) })
}

func (s *Shop) order(ctx context.Context, is func(desk.Order) bool) (desk.Order, error) {
	b, err := s.open()
	if err != nil {
		return desk.Order{}, err
	}
	i := slices.IndexFunc(b.orders, is)
	if i < 0 {
		return desk.Order{}, fmt.Errorf("order: %w", desk.ErrNotFound)
	}
	return s.current(ctx, b.orders[i])
}

// OrdersOf are a member's orders, newest first; a stranger has none.
func (s *Shop) OrdersOf(ctx context.Context, member desk.MemberID) ([]desk.Order, error) {
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	var own []desk.Order
	for _, o := range b.orders {
		if member == "" || o.Member != member {
			continue
		}
		if o, err = s.current(ctx, o); err != nil {
			return nil, err
		}
		own = append(own, o)
	}
	slices.SortStableFunc(own, func(a, b desk.Order) int { return b.Placed.Compare(a.Placed) })
	return own, nil
}

// current is an order with what was asked for in this house; the books stay as they are.
func (s *Shop) current(ctx context.Context, o desk.Order) (desk.Order, error) {
	o.Items = slices.Clone(o.Items)
	o.Requests = slices.Clone(o.Requests)
	if o.Shipment != nil {
		shipment := *o.Shipment
		shipment.Steps = slices.Clone(shipment.Steps)
		o.Shipment = &shipment
	}
	if s.Requests == nil {
		return o, nil
	}
	asked, err := s.Requests.RequestsFor(ctx, o.Number)
	if err != nil {
		return desk.Order{}, fmt.Errorf("requests for order %s: %w", o.Number, err)
	}
	for _, r := range asked {
		o.Requests = append(o.Requests, r)
		o.Status = after(o.Status, r)
	}
	return o, nil
}

// after is the state of an order once a request has reached the shop.
func after(status desk.OrderStatus, r desk.Request) desk.OrderStatus {
	switch {
	case r.Status == "rejected":
		return status
	case r.Kind == "cancel":
		return desk.Cancelled
	case r.Kind != "refund" && r.Kind != "return":
		return status
	case r.Status == "done":
		return desk.Refunded
	}
	return desk.Refunding
}

// Products finds what fits a wish, best first and what is in stock before what is not.
func (s *Shop) Products(_ context.Context, wish Wish, limit int) ([]Product, error) {
	b, err := s.open()
	if err != nil {
		return nil, err
	}
	type hit struct {
		Product
		points int
	}
	var hits []hit
	best := 0
	said := strings.ToLower(wish.Words)
	for _, p := range b.products {
		points := fit(p, said)
		if p.Price < wish.Min || wish.Max > 0 && p.Price > wish.Max || said != "" && points == 0 {
			continue
		}
		best = max(best, points)
		hits = append(hits, hit{p, points})
	}
	hits = slices.DeleteFunc(hits, func(h hit) bool { return h.points < tier(best) })
	slices.SortStableFunc(hits, func(a, b hit) int {
		return cmp.Or(b.points-a.points, min(b.Stock, 1)-min(a.Stock, 1))
	})
	found := make([]Product, 0, limit)
	for _, h := range hits[:min(limit, len(hits))] {
		found = append(found, h.Product)
	}
	return found, nil
}
