// Package counter is the shop's counter (柜台), where the intents about orders meet the customer: it finds out whose an
// order is, understands a yes or no, and says amounts, dates and states in words.
package counter

import (
	"context"

	"keliu/policies/ask"
	"keliu/streams/desk"
)

// Orders knows what was bought. Unknown numbers and members are desk.ErrNotFound.
type Orders interface {
	Order(context.Context, desk.OrderNumber) (desk.Order, error)
	// OrderOfWaybill is the order that travels under a waybill number.
	OrderOfWaybill(ctx context.Context, waybill string) (desk.Order, error)
	// OrdersOf are a member's orders, newest first.
	OrdersOf(context.Context, desk.MemberID) ([]desk.Order, error)
}

// Rules says what of an order may be told.
type Rules interface {
	MayReveal(context.Context, ask.MayReveal) (ask.Ruling, error)
}
