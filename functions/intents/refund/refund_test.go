package refund_test

import (
	"context"
	"strings"
	"testing"

	"keliu/functions"
	"keliu/functions/business"
	"keliu/functions/functiontest"
	"keliu/functions/intents/refund"
	"keliu/policies"
	"keliu/streams/desk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		var books []string
		rules := rules{limit: 50000}
		var down requests
		for _, line := range given {
			switch line {
			case "nothing may be revealed":
				rules.silent = true
			case "the rules are down":
				rules.err = desk.ErrUnavailable
			case "nothing may be done":
				rules.limit = -1
			case "the shop is down":
				down.err = desk.ErrUnavailable
			default:
				books = append(books, line)
			}
		}
		shop, err := business.New(strings.Join(books, "\n"), functiontest.Now)
		if err != nil {
			t.Fatal(err)
		}
		shop.Requests = down
		return refund.Intent{Orders: shop, Rules: rules}
	})
}

func TestSecrets(t *testing.T) {
	functiontest.KeepsSecrets(t, func(orders functiontest.Orders) functions.Intent {
		return refund.Intent{Orders: orders, Rules: rules{limit: 50000}}
	})
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, refund.Intent{Orders: functiontest.Orders{}, Rules: rules{}}, func(t *testing.T, said string, reply desk.Reply) {
		if reply.Ask != desk.FactOrder {
			t.Errorf("%q from a stranger: asked for %q", said, reply.Ask)
		}
	})
}

// rules are a fake of the policies.
type rules struct {
	silent bool
	limit  int64 // fen
	err    error
}

func (r rules) MayReveal(_ context.Context, q policies.MayReveal) (policies.Ruling, error) {
	return policies.Ruling{Allow: q.Own && !r.silent}, r.err
}

func (r rules) MayRun(_ context.Context, q policies.MayRun) (policies.Ruling, error) {
	return policies.Ruling{Allow: q.Known && q.Amount <= r.limit}, r.err
}

// requests are a fake of the store.
type requests struct{ err error }

func (r requests) RequestsFor(context.Context, desk.OrderNumber) ([]desk.Request, error) {
	return nil, r.err
}
