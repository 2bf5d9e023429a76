package catalog

import (
	"context"
	"regexp"

	"keliu/functions/business"
	"keliu/policies"
	"keliu/streams/desk"
)

// A shop is what the house needs of the shop's own systems.
type shop interface {
	Customers
	OrderOfWaybill(ctx context.Context, waybill string) (desk.Order, error)
	Products(context.Context, business.Wish, int) ([]business.Product, error)
	Submit(context.Context, desk.Request) error
}

// keeper is the demo shop, whose requests the store keeps.
type keeper struct {
	*business.Shop
	save func(context.Context, desk.Request) error
}

// Submit keeps a request.
func (k keeper) Submit(ctx context.Context, r desk.Request) error { return k.save(ctx, r) }

// forCustomers finds what customers may be told.
func (h *House) forCustomers() finder { return finder{h} }

type finder struct{ h *House }

// hidden is what the mask leaves of a number or an address: no article speaks of it, so that looking for it only makes the
// search less sure.
var hidden = regexp.MustCompile(`[\w.@+-]*\*{2,}[\w.@*+-]*`)

// Find implements answer.Knowledge: only what the rules let a customer be answered with is searched at all.
func (f finder) Find(ctx context.Context, question string, limit int) ([]desk.Passage, error) {
	return f.h.Library.Find(ctx, hidden.ReplaceAllString(question, " "), limit, f.h.mayAnswerFrom(ctx))
}

// mayAnswerFrom says from which articles a customer may be answered.
func (h *House) mayAnswerFrom(ctx context.Context) func(audience string) bool {
	return func(audience string) bool {
		ruling, err := h.Rules.MayRetrieve(ctx, policies.MayRetrieve{Audience: audience, Purpose: "answer"})
		return err == nil && ruling.Allow
	}
}
