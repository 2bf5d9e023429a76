package catalog

import (
	"context"

	"keliu/functions/business"
	"keliu/functions/catalog/accounts"
	"keliu/functions/knowledge"
	"keliu/functions/store/company"
	"keliu/functions/store/notes"
	"keliu/streams/desk"
)

// openStaff makes who can log in: the demo's staff, or the first administrator when there is nobody.
func (h *House) openStaff(ctx context.Context) (err error) {
	d := accounts.Desk{Store: h.Store, Book: company.Open(h.Store.DB), Hash: h.outside.Hash, Now: h.now}
	if !h.Config.Demo {
		h.FreshPassword, err = d.First(ctx)
		return err
	}
	password, err := d.Demo(ctx, h.Config.DemoPassword)
	if err != nil {
		return err
	}
	if h.Config.DemoPassword == "" {
		h.FreshPassword = password
	}
	return h.openDemo(ctx)
}

// openDemo brings the demo's articles and canned answers. What is there already stays.
func (h *House) openDemo(ctx context.Context) error {
	if err := notes.Open(h.Store.DB).Import(ctx, notes.Demo()); err != nil {
		return err
	}
	if len(h.Library.Articles()) > 0 {
		return nil
	}
	return h.Library.Import(ctx, knowledge.Demo())
}

// DemoMembers are the members of the demo shop, and nil without one.
func (h *House) DemoMembers(ctx context.Context) ([]business.Member, error) {
	if k, ok := h.shop.(keeper); ok && h.Config.Demo {
		return k.Members(ctx)
	}
	return nil, nil
}

// DemoOrders are the orders of the demo shop's members, and nil without one.
func (h *House) DemoOrders(ctx context.Context) (all []desk.Order, err error) {
	members, err := h.DemoMembers(ctx)
	if err != nil {
		return nil, err
	}
	for _, m := range members {
		orders, err := h.shop.OrdersOf(ctx, m.ID)
		if err != nil {
			return nil, err
		}
		all = append(all, orders...)
	}
	return all, nil
}
