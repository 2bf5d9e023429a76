package gateway

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/business"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// A demoMember is a member of the demo shop whom a visitor of the demo may play.
type demoMember struct {
	ID   desk.MemberID `json:"id"`
	Name string        `json:"name"`
	Hint string        `json:"hint"` // what a tester may ask about as this member, or without a login
}

func (e *Edge) demoMembers(ctx context.Context, c *app.RequestContext) error {
	members, err := e.House.DemoMembers(ctx)
	if err != nil {
		return err
	}
	orders, err := e.House.DemoOrders(ctx)
	if err != nil {
		return err
	}
	out := []demoMember{}
	for _, m := range members {
		out = append(out, demoMember{m.ID, m.Name, hint(wire.Lang(c), m, orders)})
	}
	return wire.Answer(c, map[string]any{"members": out})
}

// levels are the members' levels in English.
var levels = map[string]string{"银卡会员": "Silver member", "金卡会员": "Gold member", "钻石卡会员": "Diamond member"}

// hint is a member's level and one of their orders: one on its way, when there is one, with what proves whose it is.
func hint(lang desk.Lang, m business.Member, orders []desk.Order) string {
	level, form := m.Level, "%s · 订单 %s（手机尾号 %s）"
	if lang == desk.English {
		level, form = cmp.Or(levels[m.Level], m.Level), "%s · order %s (phone ends in %s)"
	}
	own := func(o desk.Order) bool { return o.Member == m.ID && len(o.Phone) >= 4 }
	i := slices.IndexFunc(orders, func(o desk.Order) bool { return own(o) && o.Status == desk.Shipped })
	if i < 0 {
		i = slices.IndexFunc(orders, own)
	}
	if i < 0 {
		return level
	}
	return fmt.Sprintf(form, level, orders[i].Number, orders[i].Phone[len(orders[i].Phone)-4:])
}

// demoLogin plays the shop's login: its server vouches for a member.
func (e *Edge) demoLogin(ctx context.Context, c *app.RequestContext) error {
	var in struct {
		Member desk.MemberID `json:"member"`
	}
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	members, err := e.House.DemoMembers(ctx)
	if err != nil {
		return err
	}
	i := slices.IndexFunc(members, func(m business.Member) bool { return m.ID == in.Member })
	if i < 0 {
		return desk.ErrNotFound
	}
	m := members[i]
	token, err := session.Vouch(e.House.MemberSecret, session.Vouched{Member: m.ID, Name: m.Name}, time.Now().Add(24*time.Hour))
	if err != nil {
		return err
	}
	return wire.Answer(c, map[string]string{"member": token, "name": m.Name})
}
