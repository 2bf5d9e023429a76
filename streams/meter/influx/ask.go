package influx

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/influxdata/influxdb-client-go/v2/api/query"

	"keliu/streams/meter"
	"keliu/streams/meter/cells"
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
	kept := hourFrom(floor(m.options.Now().Add(-m.options.Minutes).UnixMilli(), time.Minute.Milliseconds()))
	for _, s := range []stretch{
		{single, m.at.Name, max(a.From, kept), a.To},
		{single, m.at.Hours(), hourFrom(a.From), 60 * floor(min(a.To, kept), 60)}, // what came too late to be summed up
		{summed, m.at.Hours(), hourFrom(a.From), 60 * floor(min(a.To, kept), 60)},
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

// hourFrom is the first minute of an hour that is minute or later.
func hourFrom(minute int64) int64 { return -60 * floor(-minute, 60) }

func floor(a, b int64) int64 {
	q := a / b
	if a%b < 0 {
		q--
	}
	return q
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
	resultBins  = "bins"
)

// results are what a statistic is made of.
func results(s meter.Statistic) []string {
	switch s {
	case meter.Count:
		return []string{resultCount}
	case meter.Sum, meter.Mean:
		return []string{resultCount, resultSum}
	case meter.Max:
		return []string{resultCount, resultMax}
	case meter.Last:
		return []string{resultCount, resultLast}
	}
	return []string{resultMin, resultMax, resultBins}
}

// script asks in Flux for the results of a question, one by one: so written, the storage counts, and not the language.
func (s stretch) script(q meter.Question, a *meter.Answer) string {
	var b strings.Builder
	for _, result := range results(q.Statistic) {
		fmt.Fprintf(&b, "from(bucket: %q) |> range(start: %s, stop: %s) |> filter(fn: (r) => r._measurement == %q%s and %s)\n",
			s.bucket, moment(s.from), moment(s.to), plain(q.Name), where(q.Where), s.fields(result))
		switch result {
		case resultLast:
			at, value := fieldAt, fieldValue
			if s.shape == summed {
				at, value = "last_at", "last"
			}
			fmt.Fprintf(&b, "|> pivot(rowKey: [\"_time\"], columnKey: [\"_field\"], valueColumn: \"_value\") |> group()%s |> max(column: %q)\n", window(a), at)
			fmt.Fprintf(&b, "|> map(fn: (r) => ({_time: r._start, _value: r.%s, at: r.%s}))\n", value, at)
		case resultBins:
			s.bins(&b, a)
		default:
			fn, merge := s.functions(result)
			if a.Step > 0 {
				fmt.Fprintf(&b, "|> aggregateWindow(every: %dm, offset: %dm, fn: %s, createEmpty: false, timeSrc: \"_start\") |> group(columns: [\"_time\"])", a.Step, offset(a), fn)
			} else {
				fmt.Fprintf(&b, "|> %s() |> group()", fn)
			}
			fmt.Fprintf(&b, " |> %s()\n", merge)
		}
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
	case result == resultBins:
		return fmt.Sprintf(`r._field == %q`, fieldBin)
	}
	return fmt.Sprintf(`r._field == %q`, fieldValue)
}

// functions are what makes a result within a series, and then of all of them.
func (s stretch) functions(result string) (fn, merge string) {
	switch {
	case result == resultCount && s.shape == single:
		return "count", "sum"
	case result == resultCount:
		return "sum", "sum"
	}
	return result, result
}

// bins counts by bin.
func (s stretch) bins(b *strings.Builder, a *meter.Answer) {
	if s.shape == summed {
		fmt.Fprintf(b, "|> duplicate(column: \"_field\", as: \"bin\") |> group(columns: [\"bin\"])%s |> sum()\n", window(a))
	} else {
		fmt.Fprintf(b, "|> duplicate(column: \"_value\", as: \"bin\") |> group(columns: [\"bin\"])%s |> count()\n", window(a))
	}
	b.WriteString("|> map(fn: (r) => ({_time: r._start, _value: r._value, bin: string(v: r.bin)})) |> group()\n")
}

func window(a *meter.Answer) string {
	if a.Step == 0 {
		return ""
	}
	return fmt.Sprintf(" |> window(every: %dm, offset: %dm)", a.Step, offset(a))
}

// offset is where steps begin, counted from where Flux would begin them.
func offset(a *meter.Answer) int64 { return a.From - a.Step*floor(a.From, a.Step) }

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

// count runs a script and returns the cells of the steps that have points, by a minute within each step.
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
			at = floor(r.Time().Unix(), 60)
		}
		c := steps[at]
		if c == nil {
			c, bins[at] = &cells.Cell{}, map[int32]uint64{}
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

// read reads a row of a result into the cell and the bins of its step.
func read(r *query.FluxRecord, c *cells.Cell, bins map[int32]uint64) error {
	whole, _ := r.Value().(int64)
	value, float := r.Value().(float64)
	switch r.Result() {
	case resultCount:
		c.Count = uint64(whole)
	case resultSum:
		c.Sum = value
	case resultMin:
		c.Min = value
	case resultMax:
		c.Max = value
	case resultLast:
		c.Last = value
		c.LastAt, _ = r.ValueByKey("at").(int64)
	case resultBins:
		text, _ := r.ValueByKey("bin").(string)
		bin, err := strconv.ParseInt(strings.TrimPrefix(text, "b"), 10, 32)
		if err != nil {
			return fmt.Errorf("a row of bin %q: %w", text, err)
		}
		bins[int32(bin)] += uint64(whole)
		return nil
	}
	if float == (r.Result() == resultCount) {
		return fmt.Errorf("a row of %s says %v", r.Result(), r.Value())
	}
	return nil
}
