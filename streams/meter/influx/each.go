package influx

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"math"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/influxdata/influxdb-client-go/v2/api/query"

	"keliu/streams/meter"
	"keliu/streams/meter/minutes"
)

// Each hands everything that is kept to visit: first the hours of which not every minute is kept any more, then the minutes after
// them. Every point is in one total.
func (m *Meter) Each(ctx context.Context, visit func(meter.Total) error) error {
	if err := m.bring(ctx); err != nil {
		return m.unavailable(err)
	}
	const day, month = 24 * 60, 30 * 24 * 60 // in minutes: so much is held in memory at once
	now := m.options.Now()
	oldest, kept, end := minutes.HourFrom(minutes.Of(now.Add(-m.options.Hours))), m.kept(), minutes.Of(now)+day
	for from := oldest; from < kept; from += month {
		to := min(from+month, kept)
		if err := m.eachOf(ctx, time.Hour, visit, stretch{summed, m.at.Hours(), from, to}, stretch{single, m.at.Hours(), from, to}); err != nil {
			return err
		}
	}
	for from := kept; from < end; from += day {
		if err := m.eachOf(ctx, time.Minute, visit, stretch{single, m.at.Name, from, min(from+day, end)}); err != nil {
			return err
		}
	}
	return nil
}

// A spot is where a total belongs.
type spot struct {
	name string
	tags meter.Tags
	from time.Time
}

// eachOf visits what stretches of the same time say together, by series.
func (m *Meter) eachOf(ctx context.Context, span time.Duration, visit func(meter.Total) error, stretches ...stretch) error {
	totals := map[spot]*meter.Total{}
	for _, s := range stretches {
		rows, err := m.query.Query(ctx, s.everything(span))
		if err != nil {
			return m.unavailable(err)
		}
		for rows.Next() {
			if err := include(totals, rows.Record(), span); err != nil {
				return m.unavailable(errors.Join(err, rows.Close()))
			}
		}
		if err := errors.Join(rows.Err(), rows.Close()); err != nil {
			return m.unavailable(err)
		}
	}
	all := make([]*meter.Total, 0, len(totals))
	for _, t := range totals {
		all = append(all, t)
	}
	slices.SortFunc(all, func(a, b *meter.Total) int {
		return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(fmt.Sprint(a.Tags), fmt.Sprint(b.Tags)), a.From.Compare(b.From))
	})
	for _, t := range all {
		if err := visit(*t); err != nil {
			return err
		}
	}
	return nil
}

// everything asks for the totals of all series.
func (s stretch) everything(span time.Duration) string {
	var b strings.Builder
	steps := &meter.Answer{From: s.from, To: s.to, Step: int64(span / time.Minute)}
	for _, result := range []string{resultCount, resultSum, resultMin, resultMax} {
		fmt.Fprintf(&b, "from(bucket: %q) |> range(start: %s, stop: %s) |> filter(fn: (r) => %s)%s |> yield(name: %q)\n",
			s.bucket, moment(s.from), moment(s.to), s.fields(result), each(steps, s.function(result)), result)
	}
	return b.String()
}

// include adds a row to the total that it belongs to.
func include(totals map[spot]*meter.Total, r *query.FluxRecord, span time.Duration) error {
	var wrong error
	word := func(label string) string {
		text, _ := r.ValueByKey(label).(string)
		word, err := url.PathUnescape(text)
		wrong = errors.Join(wrong, err)
		return word
	}
	at := spot{word("_measurement"), meter.Tags{
		Channel: word("channel"), Intent: word("intent"), Agent: word("agent"), Team: word("team"), Model: word("model"), Lang: word("lang"), Reason: word("reason"),
	}, r.Time().UTC().Truncate(span)}
	t := totals[at]
	if t == nil {
		t = &meter.Total{Name: at.name, Tags: at.tags, From: at.from, Span: span, Min: math.Inf(1), Max: math.Inf(-1)}
		totals[at] = t
	}
	whole, isWhole := r.Value().(int64)
	value, isValue := r.Value().(float64)
	switch result := r.Result(); {
	case result == resultCount && isWhole:
		t.Count += whole
	case result == resultSum && isValue:
		t.Sum += value
	case result == resultMin && isValue:
		t.Min = min(t.Min, value)
	case result == resultMax && isValue:
		t.Max = max(t.Max, value)
	default:
		return fmt.Errorf("a row of %s says %v", result, r.Value())
	}
	return wrong
}
