package order_test

import (
	"context"
	"encoding/json"
	"strings"
	"testing"

	"keliu/functions"
	"keliu/functions/business"
	"keliu/functions/functiontest"
	"keliu/functions/intents/order"
	"keliu/policies"
	"keliu/streams/desk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		var books []string
		var rules rules
		var down requests
		for _, line := range given {
			switch line {
			case "nothing may be revealed":
				rules.silent = true
			case "the rules are down":
				rules.err = desk.ErrUnavailable
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
		return order.Intent{Orders: shop, Rules: rules}
	})
}

func TestSecrets(t *testing.T) {
	functiontest.KeepsSecrets(t, func(orders functiontest.Orders) functions.Intent {
		return order.Intent{Orders: orders, Rules: rules{}}
	})
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, order.Intent{Orders: functiontest.Orders{}, Rules: rules{}}, func(t *testing.T, said string, reply desk.Reply) {
		if reply.Ask != desk.FactOrder {
			t.Errorf("%q from a stranger: asked for %q", said, reply.Ask)
		}
	})
}

// rules are a fake of the policies.
type rules struct {
	silent bool
	err    error
}

func (r rules) MayReveal(_ context.Context, q policies.MayReveal) (policies.Ruling, error) {
	return policies.Ruling{Allow: q.Own && !r.silent}, r.err
}

// requests are a fake of the store.
type requests struct{ err error }

func (r requests) RequestsFor(context.Context, desk.OrderNumber) ([]desk.Request, error) {
	return nil, r.err
}

// BenchmarkAnswer is one turn about one's only order, on the wire.
func BenchmarkAnswer(b *testing.B) {
	only := desk.Order{Number: "QH202611200001", Member: "anna", Status: desk.Paid, Placed: functiontest.Now(), Items: []desk.Item{{Title: "台灯", Quantity: 1, Price: 18900}}, Total: 18900}
	handler := functions.ServeIntent(order.Intent{Orders: functiontest.Orders{only}, Rules: rules{}})
	payload, err := json.Marshal(desk.Turn{Message: desk.Message{Text: "我的订单到哪了"}, Member: "anna"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := handler.Invoke(b.Context(), payload); err != nil {
			b.Fatal(err)
		}
	}
}
