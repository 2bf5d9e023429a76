package influx_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync/atomic"
	"testing"
	"time"

	"keliu/streams/meter"
	"keliu/streams/meter/influx"
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

// both runs a benchmark on the embedded meter and on the server, one after the other.
func both(b *testing.B, run func(*testing.B, meter.Meter)) {
	b.Run("embedded", func(b *testing.B) { run(b, embedded(b, meter.Options{})) })
	b.Run("influx", func(b *testing.B) {
		m, err := influx.Open(b.Context(), b.TempDir(), bucket(b, b.TempDir()), influx.Options{Timeout: time.Minute})
		if err != nil {
			b.Fatal(err)
		}
		defer shut(b, m)
		run(b, m)
	})
}

// BenchmarkAdd measures durable calls of Add, each with the seven points of a turn, from many goroutines, until the last can be
// asked for.
func BenchmarkAdd(b *testing.B) {
	both(b, func(b *testing.B, m meter.Meter) {
		var id atomic.Int64
		b.SetParallelism(128)
		b.RunParallel(func(pb *testing.PB) {
			random := rand.New(rand.NewPCG(1, uint64(id.Add(1))))
			for pb.Next() {
				if err := m.Add(b.Context(), strconv.FormatInt(id.Add(1), 10), turn(random, time.Now())); err != nil {
					b.Error(err)
				}
			}
		})
		b.ReportMetric(float64(7*b.N)/b.Elapsed().Seconds(), "points/s")
		now := time.Now()
		s, err := m.Ask(b.Context(), meter.Question{Name: meter.AIAnswer, Statistic: meter.Count, From: now.Add(-time.Hour), To: now.Add(time.Hour)})
		if err != nil || s.Count != int64(b.N) {
			b.Errorf("counted %d of %d (%v)", s.Count, b.N, err)
		}
		b.ReportMetric(float64(7*b.N)/b.Elapsed().Seconds(), "points-there/s")
	})
}

// BenchmarkPage measures thirty questions over seven hours by the minute for one channel, as a cockpit asks them, with 350,000
// points behind.
func BenchmarkPage(b *testing.B) {
	const points, hours, each = 350_000, 7, 1000
	both(b, func(b *testing.B, m meter.Meter) {
		now := time.Now()
		random := rand.New(rand.NewPCG(1, 1))
		for i := 0; i < points; {
			var batch []meter.Point
			for len(batch) < 7*each {
				batch = append(batch, turn(random, now.Add(-time.Duration(random.Int64N(int64(hours*time.Hour)))))...)
			}
			i += len(batch)
			add(b, m, record{strconv.Itoa(i), batch})
		}
		page := func() {
			for _, name := range []string{meter.CustomerMessage, meter.QuestionAsked, meter.AIAnswer, meter.FirstToken, meter.NextReply, meter.FirstReplyAny} {
				for _, statistic := range []meter.Statistic{meter.Sum, meter.Count, meter.Mean, meter.P90, meter.P99} {
					s, err := m.Ask(b.Context(), meter.Question{
						Name: name, Statistic: statistic, From: now.Add(-hours * time.Hour), To: now, Step: time.Minute, Where: meter.Tags{Channel: "channel3"},
					})
					if err != nil || s.Count == 0 {
						b.Fatal(s.Count, err)
					}
				}
			}
		}
		page() // brings all of it to the server
		var took []time.Duration
		for b.Loop() {
			start := time.Now()
			page()
			took = append(took, time.Since(start))
		}
		slices.Sort(took)
		b.ReportMetric(float64(took[len(took)/2].Microseconds())/1000, "p50-ms/30")
	})
}
