package bootstrap_test

import (
	"slices"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/functiontest"
	"keliu/functions/intents/refund"
	simulator "keliu/infra/simulators/lambda"
	"keliu/streams/desk"
)

// BenchmarkColdStart is how long each function takes from its start until it asks for work, on a warm page cache; the median and
// the worst of the function's starts. What Amazon adds around it cannot be measured here.
func BenchmarkColdStart(b *testing.B) {
	all, err := programs()
	if err != nil {
		b.Fatal(err)
	}
	for name, path := range all {
		b.Run(name, func(b *testing.B) {
			var took []time.Duration
			for b.Loop() {
				start, err := simulator.Boot(simulator.Program{Path: path, Handler: name})
				if err != nil {
					b.Fatal(err)
				}
				took = append(took, start)
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "ms-p50")
			b.ReportMetric(float64(took[len(took)-1].Microseconds())/1000, "ms-max")
		})
	}
}

// BenchmarkWarmCall is one turn through the SDK: a member asks for a refund of their only order, and the function asks the house for
// the orders and the rules.
func BenchmarkWarmCall(b *testing.B) {
	aws := &simulator.Cloud{}
	house := cloud(b, aws)
	only := desk.Order{Number: "QH202611200001", Member: "anna", Status: desk.Paid, Placed: functiontest.Now(), Paid: functiontest.Now(), Items: []desk.Item{{Title: "台灯", Quantity: 1, Price: 18900}}, Total: 18900}
	there := one{house.Function("intents/refund", refund.Intent{Orders: functiontest.Orders{only}, Rules: functiontest.Rules{Limit: 50000}})}
	turn := desk.Turn{Message: desk.Message{Text: "我要退款", At: functiontest.Now()}, Member: "anna"}
	for b.Loop() {
		if _, err := functions.Call[desk.Turn, desk.Reply](b.Context(), there, "intents/refund", turn); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(aws.Calls()))/float64(b.N), "calls/op")
}
