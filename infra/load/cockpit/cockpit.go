// Package cockpit measures how fast the cockpit's page is worked out over a long day, and holds it against a recount of every point.
package cockpit

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
	"keliu/streams/meter/outcome"
)

const (
	span = 7 * time.Hour
	step = 15 * time.Minute
)

// A Day is a meter with many points in seven hours.
type Day struct {
	from  time.Time
	size  int
	meter *meter.Embedded
}

// Open counts size points into a meter in dir.
func Open(ctx context.Context, dir string, size int) (*Day, error) {
	from := time.Now().UTC().Add(-span).Truncate(time.Minute)
	m, err := meter.Open(dir, meter.Options{})
	if err != nil {
		return nil, err
	}
	d := &Day{from: from, size: size, meter: m}
	record, n := make([]meter.Point, 0, perRecord), 0
	add := func() error {
		n++
		err := m.Add(ctx, strconv.Itoa(n), record)
		record = record[:0]
		return err
	}
	for p := range d.points() {
		if record = append(record, p); len(record) == perRecord {
			if err := add(); err != nil {
				return nil, errors.Join(err, m.Close())
			}
		}
	}
	if err := add(); err != nil {
		return nil, errors.Join(err, m.Close())
	}
	return d, nil
}

// perRecord is how many points are added at once: what one record carries does not matter here.
const perRecord = 20_000

// Close releases the meter.
func (d *Day) Close() error { return d.meter.Close() }

// Page works out every metric with its line.
func (d *Day) Page(ctx context.Context) ([]catalogue.Reading, error) {
	return catalogue.Evaluate(ctx, d.meter, catalogue.Metrics(desk.English), d.from, d.from.Add(span), step, meter.Tags{})
}

// happens is how often what happens in a hundred points; durations are in milliseconds.
var happens = []struct {
	name     string
	weight   int
	duration bool
}{
	{meter.SessionOpened, 8, false}, {meter.CustomerMessage, 20, false}, {meter.SessionAI, 7, false}, {meter.QuestionAsked, 12, false}, {meter.AIAnswer, 10, false},
	{meter.AICited, 8, false}, {meter.Unanswered, 1, false}, {meter.FirstReplyAny, 7, true}, {meter.NextReply, 12, true}, {meter.FirstReplyHuman, 1, true},
	{meter.QueueEntered, 1, false}, {outcome.Assisted, 1, false}, {meter.HandleTime, 1, true}, {meter.SessionClosed, 4, true}, {meter.SessionClosedAI, 4, false},
	{meter.SessionContained, 3, false},
}

// points makes the same points every time.
func (d *Day) points() iter.Seq[meter.Point] {
	return func(yield func(meter.Point) bool) {
		var names []int
		for i, h := range happens {
			names = append(names, slices.Repeat([]int{i}, h.weight)...)
		}
		r := rand.New(rand.NewPCG(1, 2))
		channels, intents := []string{"web", "app", "douyin"}, []string{"answer", "order", "refund", "logistics"}
		for i := range d.size {
			h := happens[names[r.IntN(len(names))]]
			p := meter.Point{
				Name: h.name, Value: 1, At: d.from.Add(time.Duration(float64(span) * float64(i) / float64(d.size))),
				Tags: meter.Tags{Channel: channels[r.IntN(len(channels))], Intent: intents[r.IntN(len(intents))], Lang: "zh"},
			}
			if h.duration {
				p.Value = float64(1 + r.IntN(60_000))
			}
			if !yield(p) {
				return
			}
		}
	}
}

// Recount works out some of the metrics from every point, one by one.
func (d *Day) Recount() map[string]float64 {
	sums, counts := map[string]float64{}, map[string]float64{}
	for p := range d.points() {
		sums[p.Name] += p.Value
		counts[p.Name]++
	}
	share := func(above, below string) float64 { return sums[above] / sums[below] }
	return map[string]float64{
		"sessions": sums[meter.SessionOpened], "customer_messages": sums[meter.CustomerMessage], "ai_involvement": share(meter.SessionAI, meter.SessionOpened),
		"containment": share(meter.SessionContained, meter.SessionClosedAI), "knowledge_hit": share(meter.AICited, meter.AIAnswer),
		"unanswered":             share(meter.Unanswered, meter.QuestionAsked),
		"net_self_service":       sums[meter.SessionContained] / (sums[outcome.Assisted] + sums[meter.SessionContained]),
		"first_reply_human_mean": sums[meter.FirstReplyHuman] / counts[meter.FirstReplyHuman] / 1000,
		"handle_time_mean":       sums[meter.HandleTime] / sums[outcome.Assisted] / 1000,
		"requester_wait_mean":    sums[meter.NextReply] / counts[meter.SessionClosed] / 1000,
		"callback_rate":          0, "transfer_rate": 0,
	}
}

// Check holds a page against a recount.
func Check(page []catalogue.Reading, recount map[string]float64) error {
	found := 0
	for _, v := range page {
		want, ok := recount[v.Key]
		if !ok {
			continue
		}
		found++
		if v.Value == nil || math.Abs(*v.Value-want) > 1e-9*math.Abs(want) {
			return fmt.Errorf("%s is not %v, which a recount tells", v.Key, want)
		}
	}
	if found != len(recount) {
		return fmt.Errorf("%d of %d metrics are on the page", found, len(recount))
	}
	return nil
}
