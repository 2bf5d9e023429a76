package logistics_test

import (
	"testing"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/logistics"
)

func TestDialogues(t *testing.T) {
	functiontest.Dialogues(t, func(t *testing.T, given []string) functions.Intent {
		c := functiontest.Given(t, given)
		return logistics.Intent{Orders: c.Shop, Rules: c.Rules}
	})
}

func TestSecrets(t *testing.T) {
	functiontest.KeepsSecrets(t, func(orders functiontest.Orders) functions.Intent {
		return logistics.Intent{Orders: orders, Rules: functiontest.Rules{Limit: 50000}}
	})
}

func TestExamples(t *testing.T) {
	functiontest.Examples(t, logistics.Intent{Orders: functiontest.Orders{}, Rules: functiontest.Rules{}}, functiontest.AsksForOrder)
}
