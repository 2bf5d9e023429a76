package influx

import (
	"context"
	"errors"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/influxdata/influxdb-client-go/v2/api/query"

	"keliu/streams/meter"
	"keliu/streams/meter/cells"
	"keliu/streams/meter/minutes"
)

// Ask implements meter.Meter. What this process has added before is counted.
func (m *Meter) Ask(ctx context.Context, q meter.Question) (meter.Series, error) {
	a, err := meter.NewAnswer(q)
	if err != nil {
		return meter.Series{}, err
	}
	if a.To <= a.From {
		return a.Series(q), nil
	}
	if err := m.bring(ctx); err != nil {
		return meter.Series{}, m.unavailable(err)
	}
	kept := m.kept()
	for _, s := range []stretch{
		{single, m.at.Name, max(a.From, kept), a.To},
		{single, m.at.Hours(), minutes.HourFrom(a.From), 60 * minutes.Hour(min(a.To, kept))}, // what came too late to be summed up
		{summed, m.at.Hours(), minutes.HourFrom(a.From), 60 * minutes.Hour(min(a.To, kept))},
	} {
		if s.from >= s.to {
			continue
		}
		steps, err := m.count(ctx, s.script(q, a), a)
		if err != nil {
			return meter.Series{}, m.unavailable(err)
		}
		for at, c := range steps {
			a.Add(at, c)
		}
	}
	return a.Series(q), nil
}

// kept is the first minute of the first hour whose points have all been kept.
func (m *Meter) kept() int64 {
	return minutes.HourFrom(minutes.Of(m.options.Now().Add(-m.options.Minutes)))
}

// A shape is how what is counted stands in a bucket: as single points, or summed up by the hour.
type shape int

const (
	single shape = iota
	summed
)

// A stretch is a part of the past that one bucket answers for in one shape, in minutes since 1970.
type stretch struct {
	shape    shape
	bucket   string
	from, to int64
}

// The results of a script.
const (
	resultCount = "count"
	resultSum   = "sum"
	resultMin   = "min"
	resultMax   = "max"
	resultLast  = "last"
	resultBins  = "bins" // how many fell into each bin
	resultEach  = "each" // every value
)

// results are what a statistic is made of.
func (s stretch) results(of meter.Statistic) []string {
	switch of {
	case meter.Count:
		return []string{resultCount}
	case meter.Sum, meter.Mean:
		return []string{resultCount, resultSum}
	case meter.Max:
		return []string{resultCount, resultMax}
	case meter.Last:
		return []string{resultCount, resultLast}
	}
	if s.shape == single { // to put values into bins takes the server many times as long as to tell them
		return []string{resultEach}
	}
	return []string{resultMin, resultMax, resultBins}
}

// script asks in Flux for the results of a question, one by one and each from the storage: so written, the storage does most of it.
func (s stretch) script(q meter.Question, a *meter.Answer) string {
	var b strings.Builder
	for _, result := range s.results(q.Statistic) {
		fmt.Fprintf(&b, "from(bucket: %q) |> range(start: %s, stop: %s) |> filter(fn: (r) => r._measurement == %q%s and %s)\n",
			s.bucket, moment(s.from), moment(s.to), plain(q.Name), where(q.Where), s.fields(result))
		b.WriteString(s.steps(result, a))
		fmt.Fprintf(&b, "|> yield(name: %q)\n", result)
	}
	return b.String()
}

// fields are those that a result is made of.
func (s stretch) fields(result string) string {
	switch {
	case s.shape == summed && result == resultLast:
		return `(r._field == "last" or r._field == "last_at")`
	case s.shape == summed && result == resultBins:
		return `r._field =~ /^b[0-9]+$/`
	case s.shape == summed:
		return fmt.Sprintf(`r._field == %q`, result)
	case result == resultLast:
		return fmt.Sprintf(`(r._field == %q or r._field == %q)`, fieldValue, fieldAt)
	}
	return fmt.Sprintf(`r._field == %q`, fieldValue)
}

// steps makes the rows of a result from its fields: _time is in the step, _value what it says.
func (s stretch) steps(result string, a *meter.Answer) string {
	switch {
	case result == resultEach:
		return `|> group() |> keep(columns: ["_time", "_value"])`
	case result == resultBins:
		return `|> group() |> keep(columns: ["_time", "_value", "_field"])`
	case result == resultLast:
		value, at := fieldValue, fieldAt
		if s.shape == summed {
			value, at = "last", "last_at"
		}
		window := ""
		if a.Step > 0 {
			window = fmt.Sprintf("|> window(every: %dm, offset: %dm)", a.Step, offset(a))
		}
		return `|> pivot(rowKey: ["_time"], columnKey: ["_field"], valueColumn: "_value") |> group()` + window +
			fmt.Sprintf("|> max(column: %q) |> map(fn: (r) => ({_time: r._start, _value: r.%s, at: r.%s}))", at, value, at)
	}
	together := ""
	if result == resultCount || result == resultSum { // the others are found faster in one series after the other
		together = "|> group()"
	}
	return together + each(a, s.function(result)) + `|> keep(columns: ["_time", "_value"])`
}

// function makes a result of its field.
func (s stretch) function(result string) string {
	if s.shape == summed && result == resultCount {
		return "sum"
	}
	return result
}

// each applies a function to each step.
func each(a *meter.Answer, fn string) string {
	if a.Step == 0 {
		return "|> " + fn + "()"
	}
	return fmt.Sprintf("|> aggregateWindow(every: %dm, offset: %dm, fn: %s, createEmpty: false, timeSrc: \"_start\")", a.Step, offset(a), fn)
}

// offset is where steps begin, counted from where Flux would begin them.
func offset(a *meter.Answer) int64 { return a.From - a.Step*minutes.Floor(a.From, a.Step) }

// where narrows down to points with all tags that are named.
func where(t meter.Tags) string {
	var b strings.Builder
	for _, label := range labels(t) {
		if label[1] != "" {
			fmt.Fprintf(&b, " and r.%s == %q", label[0], plain(label[1]))
		}
	}
	return b.String()
}

func moment(minute int64) string { return time.Unix(60*minute, 0).UTC().Format(time.RFC3339) }

// count runs a script and returns the cells of the steps that have points, by the first minute of each.
func (m *Meter) count(ctx context.Context, script string, a *meter.Answer) (map[int64]*cells.Cell, error) {
	rows, err := m.query.Query(ctx, script)
	if err != nil {
		return nil, err
	}
	steps, bins := map[int64]*cells.Cell{}, map[int64]map[int32]uint64{}
	for rows.Next() {
		r := rows.Record()
		at := a.From
		if a.Step > 0 {
			at += a.Step * minutes.Floor(minutes.Of(r.Time())-a.From, a.Step)
		}
		c := steps[at]
		if c == nil {
			c, bins[at] = &cells.Cell{Min: math.Inf(1), Max: math.Inf(-1)}, map[int32]uint64{}
			steps[at] = c
		}
		if err := read(r, c, bins[at]); err != nil {
			return nil, errors.Join(err, rows.Close())
		}
	}
	for at, counts := range bins {
		if len(counts) > 0 {
			steps[at].Distribute(counts)
		}
	}
	return steps, errors.Join(rows.Err(), rows.Close())
}

// read adds a row of a result to the cell and the bins of its step.
func read(r *query.FluxRecord, c *cells.Cell, bins map[int32]uint64) error {
	whole, isWhole := r.Value().(int64)
	value, isValue := r.Value().(float64)
	switch result := r.Result(); {
	case result == resultCount && isWhole:
		c.Count += uint64(whole)
	case result == resultSum && isValue:
		c.Sum += value
	case result == resultMin && isValue:
		c.Min = min(c.Min, value)
	case result == resultMax && isValue:
		c.Max = max(c.Max, value)
	case result == resultLast && isValue:
		c.Last = value
		c.LastAt, _ = r.ValueByKey("at").(int64)
	case result == resultEach && isValue:
		c.Min, c.Max = min(c.Min, value), max(c.Max, value)
		bins[cells.BinOf(value)]++
	case result == resultBins && isWhole:
		bin, err := strconv.ParseInt(strings.TrimPrefix(r.Field(), "b"), 10, 32)
		if err != nil {
			return fmt.Errorf("a row of bin %q: %w", r.Field(), err)
		}
		bins[int32(bin)] += uint64(whole)
	default:
		return fmt.Errorf("a row of %s says %v", result, r.Value())
	}
	return nil
}
