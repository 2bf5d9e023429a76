package order_test

import (
	"encoding/json"
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/order"
	"keliu/streams/desk"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		c := functiontest.Given(t, given)
		return order.Intent{Orders: c.Shop, Rules: c.Rules}
	})
}

func TestSecrets(t *testing.T) {
	functiontest.KeepsSecrets(t, func(orders functiontest.Orders) functions.Intent {
		return order.Intent{Orders: orders, Rules: functiontest.Rules{Limit: 50000}}
	})
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, order.Intent{Orders: functiontest.Orders{}, Rules: functiontest.Rules{}}, functiontest.AsksForOrder)
}

// BenchmarkAnswer is one turn about one's only order, on the wire.
func BenchmarkAnswer(b *testing.B) {
	only := desk.Order{Number: "QH202611200001", Member: "anna", Status: desk.Paid, Placed: functiontest.Now(), Items: []desk.Item{{Title: "台灯", Quantity: 1, Price: 18900}}, Total: 18900}
	handler := functions.ServeIntent(order.Intent{Orders: functiontest.Orders{only}, Rules: functiontest.Rules{}})
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
