// Package catalogue names the metrics of customer service and works them out from what the meter counted. The formula
// that a metric shows is the one that is worked out.
package catalogue

import (
	"context"
	"fmt"
	"strings"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// A Metric is a figure with a name and a definition, in one language.
type Metric struct {
	Key        string `json:"key"`        // stable
	Row        int    `json:"row"`        // of the trade's list of metrics, where several keys can be of one row; 0 for one that is not in it
	Group      string `json:"group"`      // volume, resolution, service, queue, satisfaction, growth, cost or risk
	Good       string `json:"good"`       // up or down: which way is better; empty when neither is
	Name       string `json:"name"`       //
	Unit       string `json:"unit"`       // count, ratio (0–1), seconds, milliseconds or CNY
	Definition string `json:"definition"` // what exactly is counted or timed
	Query      string `json:"query"`      // the formula over the points of the meter, as it is worked out

	formula formula
}

// A Value is a metric worked out.
type Value struct {
	Metric
	Value  *float64     `json:"value"`  // nil when there is nothing to tell it from: no question, so no share of answers
	Series [][2]float64 `json:"series"` // ms since 1970 and value, without the steps that have none
}

// Metrics returns every metric, in the order they are shown.
func Metrics(lang desk.Lang) []Metric {
	all := make([]Metric, 0, len(entries))
	for _, e := range entries {
		m := Metric{
			Key: e.key, Row: e.row, Group: e.group, Good: e.good, Name: e.zh, Unit: e.unit, Definition: e.definitionZH,
			Query: e.formula.String(), formula: e.formula,
		}
		if lang == desk.English {
			m.Name, m.Definition = e.en, e.definitionEN
		}
		all = append(all, m)
	}
	return all
}

// Evaluate works out metrics over [from, to) as a whole and per step, of the points that have the tags of where. A
// ratio is that of two totals, never a mean of ratios. A metric whose points do not carry a tag of where has no value.
func Evaluate(ctx context.Context, m meter.Meter, metrics []Metric, from, to time.Time, step time.Duration, where meter.Tags) ([]Value, error) {
	asked := map[term]meter.Series{}
	ask := func(t term) (meter.Series, error) {
		if s, ok := asked[t]; ok {
			return s, nil
		}
		tags := where
		if t.reason != "" {
			tags.Reason = t.reason
		}
		s, err := m.Ask(ctx, meter.Question{Name: t.name, Statistic: t.statistic, From: from, To: to, Step: step, Where: tags})
		if err != nil {
			return s, fmt.Errorf("evaluate %s: %w", t, err)
		}
		asked[t] = s
		return s, nil
	}
	values := make([]Value, 0, len(metrics))
	for _, metric := range metrics {
		v := Value{Metric: metric, Series: [][2]float64{}}
		if metric.formula.answers(where) {
			if err := v.workOut(ask); err != nil {
				return nil, err
			}
		}
		values = append(values, v)
	}
	return values, nil
}

// workOut fills in the value and the series.
func (v *Value) workOut(ask func(term) (meter.Series, error)) error {
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

// A term is a statistic of the points of a name.
type term struct {
	name      string
	statistic meter.Statistic
	reason    string // only points with this reason; empty for all
}

// String is the term as it is shown.
func (t term) String() string {
	if t.reason == "" {
		return fmt.Sprintf("%s(%s)", t.statistic, t.name)
	}
	return fmt.Sprintf("%s(%s, reason=%s)", t.statistic, t.name, t.reason)
}

// A formula is the sum of the terms above divided by that of the terms below, if there are any, times scale.
type formula struct {
	above, below []term
	scale        float64 // 0 for 1
}

// String is the formula as it is shown.
func (f formula) String() string {
	side := func(terms []term) string {
		words := make([]string, len(terms))
		for i, t := range terms {
			words[i] = t.String()
		}
		if len(words) > 1 && len(f.below) > 0 {
			return "(" + strings.Join(words, " + ") + ")"
		}
		return strings.Join(words, " + ")
	}
	s := side(f.above)
	if len(f.below) > 0 {
		s += " / " + side(f.below)
	}
	if f.scale != 0 {
		s += fmt.Sprintf(" × %g", f.scale)
	}
	return s
}

// answers reports whether the points of the formula carry every tag of where.
func (f formula) answers(where meter.Tags) bool {
	for _, terms := range [][]term{f.above, f.below} {
		for _, t := range terms {
			if t.reason != "" && where.Reason != "" && t.reason != where.Reason {
				return false
			}
			customer := where.Channel != "" || where.Agent != "" || where.Team != "" || where.Lang != ""
			switch t.name {
			case meter.ModelCall, meter.ModelTokens, meter.ModelCost, meter.ModelError:
				if customer {
					return false
				}
			case meter.PolicyDenied:
				if customer || where.Intent != "" || where.Model != "" {
					return false
				}
			case meter.LiveSessions, meter.QueueLength, meter.QueueOldest, outcome.Backlog:
				if where != (meter.Tags{}) {
					return false
				}
			case outcome.LoggedIn, outcome.Available, outcome.Busy, outcome.Holding:
				if where.Channel != "" || where.Intent != "" || where.Lang != "" || where.Model != "" {
					return false
				}
			default:
				if where.Model != "" {
					return false
				}
			}
		}
	}
	return true
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
		s, err := ask(t)
		if err != nil {
			return all, err
		}
		all.whole.value += s.Total
		all.whole.points += s.Count
		if all.steps == nil {
			all.steps, all.at = make([]sum, len(s.Steps)), make([]time.Time, len(s.Steps))
		}
		for i, step := range s.Steps {
			all.steps[i].value += step.Value
			all.steps[i].points += step.Count
			all.at[i] = step.At
		}
	}
	return all, nil
}

// value is the formula's, if it has one: a ratio needs something below, a statistic other than a total needs points.
func (f formula) value(above, below sum) (float64, bool) {
	v := above.value
	switch {
	case len(f.below) > 0:
		if below.value == 0 {
			return 0, false
		}
		v /= below.value
	case above.points == 0 && f.above[0].statistic != meter.Sum && f.above[0].statistic != meter.Count:
		return 0, false
	}
	if f.scale != 0 {
		v *= f.scale
	}
	return v, true
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
