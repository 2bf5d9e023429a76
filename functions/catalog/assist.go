package catalog

import (
	"context"

	"keliu/functions/business"
	"keliu/functions/dialog/assist"
	"keliu/streams/desk"
)

// Assistant thinks along with the staff. It hears, answers and words as the dialog does.
func (h *House) Assistant() *assist.Assistant {
	return &assist.Assistant{
		Intents: h, Understand: reader{h.classifier, h}, Writer: h.Models, Rules: h.Rules, State: h.Store, Library: h.Library, Mask: h.forModels().Text,
	}
}

// Customers is what the staff may ask the shop's own system about a customer.
func (h *House) Customers() Customers { return h.shop }

// Customers are the shop's members and what they bought.
type Customers interface {
	Member(context.Context, desk.MemberID) (business.Member, error)
	Order(context.Context, desk.OrderNumber) (desk.Order, error)
	OrdersOf(context.Context, desk.MemberID) ([]desk.Order, error)
}
