package refund_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/refund"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		c := functiontest.Given(t, given)
		return refund.Intent{Orders: c.Shop, Rules: c.Rules}
	})
}

func TestSecrets(t *testing.T) {
	functiontest.KeepsSecrets(t, func(orders functiontest.Orders) functions.Intent {
		return refund.Intent{Orders: orders, Rules: functiontest.Rules{Limit: 50000}}
	})
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, refund.Intent{Orders: functiontest.Orders{}, Rules: functiontest.Rules{}}, functiontest.AsksForOrder)
}
