// Package catalogue names the metrics of customer service and works them out from what the meter counted. The formula
// that a metric shows is the one that is worked out.
package catalogue

import (
	"context"
	"fmt"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// A Metric is a figure with a name and a definition, in one language.
type Metric struct {
	Key        string `json:"key"`          // stable
	Row        int    `json:"row"`          // of the trade's list of metrics, where several keys can be of one row; 0 for one that is not in it
	Of         string `json:"of,omitempty"` // the key of the metric that it belongs to: another statistic of the same, or a part of it
	Group      string `json:"group"`        // volume, resolution, service, queue, satisfaction, growth, cost or risk
	Good       string `json:"good"`         // up or down: which way is better; empty when neither is
	Name       string `json:"name"`         //
	Unit       string `json:"unit"`         // count, ratio (0–1), seconds, milliseconds or CNY
	Definition string `json:"definition"`   // what exactly is counted or timed
	Query      string `json:"query"`        // the formula over the points of the meter, as it is worked out, filters included

	formula formula
}

// A Reading is a metric worked out.
type Reading struct {
	Metric
	Applies bool         `json:"applies"` // false when what is counted does not say what it is filtered by, as live sessions do not say their team
	Value   *float64     `json:"value"`   // nil when there is nothing to tell it from: no question, so no share of answers
	Series  [][2]float64 `json:"series"`  // ms since 1970 and value, without the steps that have none
}

// Metrics returns every metric, in the order they are shown.
func Metrics(lang desk.Lang) []Metric {
	entries := entries()
	all := make([]Metric, 0, len(entries))
	for _, e := range entries {
		m := Metric{
			Key: e.key, Row: e.row, Of: e.of, Group: e.group, Good: e.good, Name: e.zh, Unit: e.unit, Definition: e.definitionZH,
			Query: e.formula.text(meter.Tags{}), formula: e.formula,
		}
		if lang == desk.English {
			m.Name, m.Definition = e.en, e.definitionEN
		}
		all = append(all, m)
	}
	return all
}

// A Crowd is a meter that knows whom its points do not name: it answers the statistic outcome.Distinct.
type Crowd interface {
	Distinct(ctx context.Context, q meter.Question) (meter.Series, error)
}

// Evaluate works out metrics over [from, to) as a whole and per step, of the points that have the tags of where. A
// ratio is that of two totals, never a mean of ratios. A metric whose points do not carry a tag of where has no value, nor has one that
// takes a Crowd when m is none.
func Evaluate(ctx context.Context, m meter.Meter, metrics []Metric, from, to time.Time, step time.Duration, where meter.Tags) ([]Reading, error) {
	asked := map[term]meter.Series{}
	ask := func(t term) (meter.Series, error) {
		source := t.source()
		s, ok := asked[source]
		if ok {
			return t.of(s), nil
		}
		answer := m.Ask
		if crowd, ok := m.(Crowd); ok && t.statistic == outcome.Distinct {
			answer = crowd.Distinct
		}
		s, err := answer(ctx, meter.Question{Name: t.name, Statistic: source.statistic, From: from, To: to, Step: step, Where: t.tags(where)})
		if err != nil {
			return s, fmt.Errorf("evaluate %s: %w", t.text(where), err)
		}
		asked[source] = s
		return t.of(s), nil
	}
	_, knows := m.(Crowd)
	values := make([]Reading, 0, len(metrics))
	for _, metric := range metrics {
		v := Reading{Metric: metric, Series: [][2]float64{}}
		v.Query = metric.formula.text(where)
		if v.Applies = metric.formula.answers(where) && (knows || !metric.formula.distinct()); v.Applies {
			if err := v.workOut(ask); err != nil {
				return nil, err
			}
		}
		values = append(values, v)
	}
	return values, nil
}

// workOut fills in the value and the series.
func (v *Reading) workOut(ask func(term) (meter.Series, error)) error {
	above, err := gather(v.formula.above, ask)
	if err != nil {
		return err
	}
	below, err := gather(v.formula.below, ask)
	if err != nil {
		return err
	}
	if value, ok := v.formula.value(above.whole, below.whole); ok {
		v.Value = &value
	}
	for i, at := range above.at {
		var under sum
		if len(v.formula.below) > 0 {
			under = below.steps[i]
		}
		if value, ok := v.formula.value(above.steps[i], under); ok {
			v.Series = append(v.Series, [2]float64{float64(at.UnixMilli()), value})
		}
	}
	return nil
}

// A sum is that of one or more terms.
type sum struct {
	value  float64
	points int64
}

// sums are those of the whole range and of each step.
type sums struct {
	whole sum
	steps []sum
	at    []time.Time
}

func gather(terms []term, ask func(term) (meter.Series, error)) (sums, error) {
	var all sums
	for _, t := range terms {
		sign := 1.0
		if t.minus {
			sign, t.minus = -1, false // asked for once, however often it is used
		}
		s, err := ask(t)
		if err != nil {
			return all, err
		}
		all.whole.value += sign * s.Total
		all.whole.points += s.Count
		if all.steps == nil {
			all.steps, all.at = make([]sum, len(s.Steps)), make([]time.Time, len(s.Steps))
		}
		for i, step := range s.Steps {
			all.steps[i].value += sign * step.Value
			all.steps[i].points += step.Count
			all.at[i] = step.At
		}
	}
	return all, nil
}

// Alarms reports whether value is worse than a limit; nil is no limit. A metric of which neither way is better alarms above it.
func (m Metric) Alarms(value float64, limit *float64) bool {
	if limit == nil {
		return false
	}
	if m.Good == up {
		return value < *limit
	}
	return value > *limit
}
