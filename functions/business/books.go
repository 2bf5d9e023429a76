package business

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"
	"time"

	"keliu/streams/desk"
)

// books are what a shop's text says.
type books struct {
	members  []Member
	products []Product
	orders   []desk.Order
}

// read reads a text, one thing a line: "order QH*0003; member lin; status shipped; placed 3d2h ago". Fields are a
// word and a value; parcel, scan and request lines belong to the order above them. # starts a comment.
func read(text string, now time.Time) (*books, error) {
	b := &books{}
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		if err := b.line(fields(line), now); err != nil {
			return nil, fmt.Errorf("line %d, %q: %w", i+1, line, err)
		}
	}
	slices.SortStableFunc(b.orders, func(a, c desk.Order) int { return cmp.Compare(a.Number, c.Number) })
	return b, nil
}

var statuses = []desk.OrderStatus{desk.Unpaid, desk.Paid, desk.Shipped, desk.Delivered, desk.Cancelled, desk.Refunding, desk.Refunded}

// A field is a word and what follows it.
type field struct{ name, value string }

func fields(line string) []field {
	var all []field
	for part := range strings.SplitSeq(line, ";") {
		name, value, _ := strings.Cut(strings.TrimSpace(part), " ")
		all = append(all, field{name, strings.TrimSpace(value)})
	}
	return all
}

func (b *books) line(all []field, now time.Time) error {
	head := all[0]
	switch head.name {
	case "member":
		return b.member(head.value, all[1:])
	case "product":
		return b.product(head.value, all[1:])
	case "order":
		return b.order(head.value, all[1:], now)
	}
	if len(b.orders) == 0 {
		return fmt.Errorf("%q belongs to an order: %w", head.name, desk.ErrInvalid)
	}
	o := &b.orders[len(b.orders)-1]
	switch head.name {
	case "parcel":
		return parcel(o, head.value, all[1:], now)
	case "scan":
		return scan(o, head.value, all[1:], now)
	case "request":
		return request(o, head.value, all[1:], now)
	}
	return unknown(head)
}

func unknown(f field) error { return fmt.Errorf("unknown word %q: %w", f.name, desk.ErrInvalid) }

func (b *books) member(id string, more []field) error {
	m := Member{ID: desk.MemberID(id)}
	for _, f := range more {
		switch f.name {
		case "name":
			m.Name = f.value
		case "phone":
			m.Phone = f.value
		case "level":
			m.Level = f.value
		default:
			return unknown(f)
		}
	}
	b.members = append(b.members, m)
	return nil
}

func (b *books) product(sku string, more []field) (err error) {
	p := Product{SKU: sku}
	for _, f := range more {
		switch f.name {
		case "name":
			p.Name = f.value
		case "english":
			p.English = f.value
		case "kinds":
			p.Kinds = words(f.value)
		case "uses":
			p.Uses = words(f.value)
		case "price":
			p.Price, err = fen(f.value)
		case "stock":
			p.Stock, err = strconv.Atoi(f.value)
		case "fact":
			zh, en, _ := strings.Cut(f.value, "/")
			p.Facts = append(p.Facts, Fact{strings.TrimSpace(zh), strings.TrimSpace(en)})
		default:
			err = unknown(f)
		}
		if err != nil {
			return err
		}
	}
	b.products = append(b.products, p)
	return nil
}

// words splits at commas, so that a word may be two: "desk lamp".
func words(list string) []string {
	var all []string
	for w := range strings.SplitSeq(list, ",") {
		all = append(all, strings.TrimSpace(w))
	}
	return all
}

// order adds an order. A * in its number stands for the day it was placed, counted in whole days from today, so that
// the number stays the same all day.
func (b *books) order(number string, more []field, now time.Time) (err error) {
	var o desk.Order
	for _, f := range more {
		switch f.name {
		case "member":
			o.Member = desk.MemberID(f.value)
		case "phone":
			o.Phone = f.value
		case "status":
			o.Status = desk.OrderStatus(f.value)
			if !slices.Contains(statuses, o.Status) {
				err = fmt.Errorf("unknown status: %w", desk.ErrInvalid)
			}
		case "placed":
			o.Placed, err = when(f.value, now)
		case "paid":
			o.Paid, err = when(f.value, now)
		case "delivered":
			o.Delivered, err = when(f.value, now)
		case "item":
			err = b.item(&o, f.value)
		default:
			err = unknown(f)
		}
		if err != nil {
			return err
		}
	}
	for _, m := range b.members {
		if m.ID == o.Member && o.Phone == "" {
			o.Phone = m.Phone
		}
	}
	o.Number = desk.OrderNumber(strings.ReplaceAll(number, "*", now.In(china).AddDate(0, 0, -int(now.Sub(o.Placed)/(24*time.Hour))).Format("20060102")))
	b.orders = append(b.orders, o)
	return nil
}

// item adds "SKU xN", sold at today's price, or "title @price xN" for what is not in the catalogue.
func (b *books) item(o *desk.Order, text string) (err error) {
	it := desk.Item{Quantity: 1}
	if title, count, ok := strings.Cut(text, " x"); ok {
		text = title
		if it.Quantity, err = strconv.Atoi(count); err != nil {
			return err
		}
	}
	if title, price, ok := strings.Cut(text, " @"); ok {
		it.Title = title
		it.Price, err = fen(price)
	} else if i := slices.IndexFunc(b.products, func(p Product) bool { return p.SKU == text }); i >= 0 {
		it.SKU, it.Title, it.Price = text, b.products[i].Name, b.products[i].Price
	} else {
		err = fmt.Errorf("no product %q: %w", text, desk.ErrInvalid)
	}
	if err != nil {
		return err
	}
	o.Items = append(o.Items, it)
	o.Total += it.Price * int64(it.Quantity)
	return nil
}

func parcel(o *desk.Order, waybill string, more []field, now time.Time) (err error) {
	o.Shipment = &desk.Shipment{Waybill: waybill}
	for _, f := range more {
		switch f.name {
		case "carrier":
			o.Shipment.Carrier = f.value
		case "expect":
			o.Shipment.Expect, err = when(f.value, now)
		default:
			err = unknown(f)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func scan(o *desk.Order, at string, more []field, now time.Time) (err error) {
	if o.Shipment == nil {
		return fmt.Errorf("a scan belongs to a parcel: %w", desk.ErrInvalid)
	}
	var step desk.Step
	if step.At, err = when(at, now); err != nil {
		return err
	}
	for _, f := range more {
		switch f.name {
		case "place":
			step.Place = f.value
		case "what":
			step.What = f.value
		default:
			return unknown(f)
		}
	}
	o.Shipment.Steps = append(o.Shipment.Steps, step)
	slices.SortStableFunc(o.Shipment.Steps, func(a, b desk.Step) int { return b.At.Compare(a.At) })
	return nil
}

func request(o *desk.Order, kind string, more []field, now time.Time) (err error) {
	r := desk.Request{Kind: kind, Order: o.Number, Amount: o.Total, Status: "submitted"}
	for _, f := range more {
		switch f.name {
		case "at":
			r.At, err = when(f.value, now)
		case "status":
			r.Status = f.value
		case "reason":
			r.Reason = f.value
		default:
			err = unknown(f)
		}
		if err != nil {
			return err
		}
	}
	r.ID = fmt.Sprintf("%s-%s-%d", o.Number, kind, len(o.Requests)+1)
	o.Requests = append(o.Requests, r)
	return nil
}

// when reads "3d2h ago" and "in 4h".
func when(text string, now time.Time) (time.Time, error) {
	span, ago := strings.CutSuffix(text, " ago")
	ahead := false
	if !ago {
		span, ahead = strings.CutPrefix(text, "in ")
	}
	days, rest, hasDays := strings.Cut(span, "d")
	if !hasDays {
		days, rest = "0", span
	}
	n, err := strconv.ParseUint(days, 10, 16)
	var d time.Duration
	if err == nil && rest != "" {
		d, err = time.ParseDuration(rest)
	}
	if err != nil || ago == ahead || d < 0 {
		return time.Time{}, fmt.Errorf("no time %q: %w", text, desk.ErrInvalid)
	}
	d += time.Duration(n) * 24 * time.Hour
	if ago {
		d = -d
	}
	return now.Add(d).UTC(), nil
}

// fen reads yuan, "299.00".
func fen(text string) (int64, error) {
	yuan, err := strconv.ParseFloat(text, 64)
	if err != nil || yuan < 0 || yuan > 1e9 {
		return 0, fmt.Errorf("no price %q: %w", text, desk.ErrInvalid)
	}
	return int64(math.Round(yuan * 100)), nil
}
