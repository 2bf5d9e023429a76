package meter_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"keliu/streams/meter"
)

// turn is what one message of a customer gives to count.
func turn(random *rand.Rand, at time.Time) []meter.Point {
	tags := meter.Tags{
		Channel: "channel" + strconv.Itoa(random.IntN(6)), Intent: "intent" + strconv.Itoa(random.IntN(9)), Lang: []string{"zh", "en"}[random.IntN(2)],
	}
	point := func(name string, value float64) meter.Point {
		return meter.Point{Name: name, Value: value, At: at, Tags: tags}
	}
	took := math.Exp(2 + random.Float64()*8)
	return []meter.Point{
		point(meter.CustomerMessage, 1), point(meter.QuestionAsked, 1), point(meter.AIAnswer, 1), point(meter.AICited, 1),
		point(meter.FirstToken, took), point(meter.NextReply, took*2), point(meter.FirstReplyAny, took*2),
	}
}

// BenchmarkAdd measures durable calls of Add, each with the seven points of a turn, from many goroutines.
func BenchmarkAdd(b *testing.B) {
	m := open(b, b.TempDir(), meter.Options{})
	defer m.Close()
	var id atomic.Int64
	b.SetParallelism(128)
	b.ReportAllocs()
	b.RunParallel(func(pb *testing.PB) {
		random := rand.New(rand.NewPCG(1, uint64(id.Add(1))))
		for pb.Next() {
			if err := m.Add(b.Context(), strconv.FormatInt(id.Add(1), 10), turn(random, time.Now())); err != nil {
				b.Error(err)
			}
		}
	})
	b.ReportMetric(float64(7*b.N)/b.Elapsed().Seconds(), "points/s")
}

// BenchmarkAsk measures thirty questions over seven hours by the minute for one channel, as a cockpit asks them,
// with 3.5 million points behind.
func BenchmarkAsk(b *testing.B) {
	const points, hours = 3_500_000, 7
	dir := b.TempDir()
	m := open(b, dir, meter.Options{})
	now := time.Now()
	random := rand.New(rand.NewPCG(1, 1))
	for i := 0; i < points; {
		var batch []meter.Point
		for len(batch) < 7000 {
			batch = append(batch, turn(random, now.Add(-time.Duration(random.Int64N(int64(hours*time.Hour)))))...)
		}
		i += len(batch)
		if err := m.Add(b.Context(), fmt.Sprint("batch", i), batch); err != nil {
			b.Fatal(err)
		}
	}
	// Opened again it has folded everything, as it has a few seconds after such a flood.
	if err := m.Close(); err != nil {
		b.Fatal(err)
	}
	reopen := time.Now()
	m = open(b, dir, meter.Options{})
	defer m.Close()
	opened := time.Since(reopen)
	names := []string{meter.CustomerMessage, meter.QuestionAsked, meter.AIAnswer, meter.FirstToken, meter.NextReply, meter.FirstReplyAny}
	statistics := []meter.Statistic{meter.Sum, meter.Count, meter.Mean, meter.P90, meter.P99}
	var took []time.Duration
	b.ReportAllocs()
	for b.Loop() {
		start := time.Now()
		for _, name := range names {
			for _, statistic := range statistics {
				s, err := m.Ask(b.Context(), meter.Question{
					Name: name, Statistic: statistic, From: now.Add(-hours * time.Hour), To: now, Step: time.Minute, Where: meter.Tags{Channel: "channel3"},
				})
				if err != nil || s.Count == 0 {
					b.Fatal(s.Count, err)
				}
			}
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	b.ReportMetric(opened.Seconds()*1000, "ms-to-open")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1000, "p99-ms/30")
}
