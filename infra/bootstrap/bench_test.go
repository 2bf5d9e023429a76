package bootstrap_test

import (
	"slices"
	"testing"
	"time"

	"keliu/functions/functiontest"
	"keliu/functions/intents/refund"
	simulator "keliu/infra/simulators/lambda"
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

// BenchmarkWarmCall is one turn of a refund through the SDK, with all that it asks of the house on the way.
func BenchmarkWarmCall(b *testing.B) {
	aws := &simulator.Cloud{}
	house := cloud(b, aws)
	here := refund.Intent{Orders: functiontest.Orders{}, Rules: functiontest.Rules{}}
	for b.Loop() {
		if _, err := say(b, house, "refund", here, "我要退款"); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(aws.Calls()))/float64(b.N), "calls/op")
}
