package metertest

import (
	"fmt"
	"testing"
	"time"

	"keliu/streams/meter"
)

// takesBack counts with negative values, as what was revoked is counted, also much later.
func takesBack(t *testing.T, open Opener) {
	m, start := at(t, open), begin()
	var points []meter.Point
	for i, value := range []float64{1, 1, -1, 1, -1, 2.5, -2.5, 40} {
		p := meter.Point{Name: "n", Value: value, At: start.Add(time.Duration(i) * 20 * time.Second), Tags: meter.Tags{Reason: "outcome"}}
		points = append(points, p)
		add(t, m, fmt.Sprint("back", i), p)
	}
	for _, s := range []meter.Statistic{meter.Sum, meter.Count, meter.Mean, meter.Last, meter.Max} {
		for _, step := range []time.Duration{0, time.Minute, time.Hour} {
			q := meter.Question{Name: "n", Statistic: s, From: start, To: start.Add(time.Hour), Step: step}
			same(t, q, ask(t, m, q), recount(points, q))
		}
	}
}

// takesWords tells series apart by tags that a database could take for something of its own.
func takesWords(t *testing.T, open Opener) {
	m, start := at(t, open), begin()
	words := []string{
		"退款 申请", "a b", "a,b", "a=b", `a"b`, `a\`, `a\\`, "a\nb", "a\tb", "%20", "a%20b", "${r}", "#", "_x", "' OR ''='", `") |> drop(columns: ["_value"]) //`, "a\x00b", "😀",
	}
	var points []meter.Point
	for i, word := range words {
		p := meter.Point{Name: "n", Value: float64(i + 1), At: start, Tags: meter.Tags{Reason: word, Intent: word}}
		points = append(points, p)
		add(t, m, fmt.Sprint("word", i), p)
	}
	for _, word := range words {
		q := meter.Question{Name: "n", Statistic: meter.Sum, From: start, To: start.Add(time.Hour), Where: meter.Tags{Reason: word}}
		same(t, q, ask(t, m, q), recount(points, q))
	}
}
