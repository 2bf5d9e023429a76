package functiontest

import (
	"context"
	"strings"
	"testing"

	"keliu/functions/business"
	"keliu/policies/ask"
	"keliu/streams/desk"
)

// A Counter is what an intent about orders stands on in a dialogue: a shop, and rules that are a fake of the policies.
type Counter struct {
	Shop  *business.Shop
	Rules Rules
}

// Given prepares a counter from the lines under "given": the shop's books, and what is out of order:
//
//	nothing may be revealed
//	nothing may be done
//	the rules are down
//	the shop is down
func Given(t *testing.T, given []string) Counter {
	t.Helper()
	c := Counter{Rules: Rules{Limit: 50000}}
	var books []string
	var asked requests
	for _, line := range given {
		switch line {
		case "nothing may be revealed":
			c.Rules.Silent = true
		case "the rules are down":
			c.Rules.Err = desk.ErrUnavailable
		case "nothing may be done":
			c.Rules.Limit = -1
		case "the shop is down":
			asked.err = desk.ErrUnavailable
		default:
			books = append(books, line)
		}
	}
	var err error
	if c.Shop, err = business.New(strings.Join(books, "\n"), Now); err != nil {
		t.Fatal(err)
	}
	c.Shop.Requests = asked
	return c
}

// Rules are a fake of the policies: what is proven is revealed, and what costs at most Limit is done.
type Rules struct {
	Silent bool  // nothing is revealed
	Limit  int64 // fen
	Err    error
}

// MayReveal implements the rules of every intent about orders.
func (r Rules) MayReveal(_ context.Context, q ask.MayReveal) (ask.Ruling, error) {
	return ask.Ruling{Allow: q.Own && !r.Silent}, r.Err
}

// MayRun implements the rules of intents that ask the shop to do something.
func (r Rules) MayRun(_ context.Context, q ask.MayRun) (ask.Ruling, error) {
	return ask.Ruling{Allow: q.Known && q.Amount <= r.Limit}, r.Err
}

// requests are a fake of the store.
type requests struct{ err error }

func (r requests) RequestsFor(context.Context, desk.OrderNumber) ([]desk.Request, error) {
	return nil, r.err
}

// AsksForOrder checks that a stranger is asked for the order number before anything is told.
func AsksForOrder(t *testing.T, said string, reply desk.Reply) {
	t.Helper()
	if reply.Ask != desk.FactOrder {
		t.Errorf("%q from a stranger: asked for %q", said, reply.Ask)
	}
}
