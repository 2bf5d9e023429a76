package catalog

import (
	"context"
	"crypto/rand"
	"errors"
	"strings"

	"keliu/functions/business"
	"keliu/functions/knowledge"
	"keliu/functions/store/notes"
	"keliu/streams/desk"
)

// demoStaff are the accounts of the demo, by user name.
var demoStaff = []desk.Agent{
	{ID: "admin", Name: "管理员", Role: "admin", Capacity: 0},
	{ID: "agent", Name: "小禾", Role: "agent", Skills: []string{"aftersales", "complaint", "presales"}, Capacity: 8},
	{ID: "compliance", Name: "合规专员", Role: "compliance"},
	{ID: "executive", Name: "负责人", Role: "executive"},
	{ID: "marketing", Name: "营销专员", Role: "marketing"},
}

// openDemo brings the demo's staff, articles and canned answers. What is there already stays; the password is set anew at every start.
func (h *House) openDemo(ctx context.Context) error {
	password := h.Config.DemoPassword
	if password == "" {
		password = freshPassword()
		h.FreshPassword = password
	}
	hash := h.outside.Hash(password)
	for _, a := range demoStaff {
		known, err := h.Store.Agent(ctx, a.ID)
		if err != nil && !errors.Is(err, desk.ErrNotFound) {
			return err
		}
		a.Status, a.Changed = "offline", h.now()
		if err == nil {
			a = known
		}
		a.Password = hash
		if err := h.Store.SaveAgent(ctx, a); err != nil {
			return err
		}
	}
	if err := notes.Open(h.Store.DB).Import(ctx, notes.Demo()); err != nil {
		return err
	}
	if len(h.Library.Articles()) > 0 {
		return nil
	}
	return h.Library.Import(ctx, knowledge.Demo())
}

// openStaff makes the first administrator when there is nobody who could log in.
func (h *House) openStaff(ctx context.Context) error {
	all, err := h.Store.Agents(ctx)
	if err != nil || len(all) > 0 {
		return err
	}
	h.FreshPassword = freshPassword()
	return h.Store.SaveAgent(ctx, desk.Agent{
		ID: "admin", Name: "管理员", Role: "admin", Status: "offline", Password: h.outside.Hash(h.FreshPassword), Changed: h.now(),
	})
}

func freshPassword() string { return strings.ToLower(rand.Text()[:16]) }

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
