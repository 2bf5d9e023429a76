package catalogue

import (
	"slices"

	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// The units.
const (
	count        = "count"
	ratio        = "ratio"
	seconds      = "seconds"
	milliseconds = "milliseconds"
	yuan         = "CNY"
)

// The groups in which metrics are shown.
const (
	volume       = "volume"
	resolution   = "resolution"
	service      = "service"
	queue        = "queue"
	satisfaction = "satisfaction"
	growth       = "growth"
	cost         = "cost"
	risk         = "risk"
)

// Which way is better.
const (
	up   = "up"
	down = "down"
)

// An entry is a metric in both languages.
type entry struct {
	key                        string
	row                        int    // of the list of metrics that the trade knows
	of                         string // the key of the metric it belongs to
	group, good, unit          string
	formula                    formula
	zh, en                     string
	definitionZH, definitionEN string
}

// total counts points, or adds up what they carry.
func total(names ...string) []term { return terms(meter.Sum, names) }

// times counts the points of durations.
func times(names ...string) []term { return terms(meter.Count, names) }

func terms(s meter.Statistic, names []string) []term {
	all := make([]term, len(names))
	for i, name := range names {
		all[i] = term{name: name, statistic: s}
	}
	return all
}

func sumOf(name string) formula              { return formula{above: total(name)} }
func share(above, below string) formula      { return formula{above: total(above), below: total(below)} }
func of(s meter.Statistic, n string) formula { return formula{above: terms(s, []string{n})} }

// inSeconds is a statistic of a duration, whose points are in milliseconds.
func inSeconds(s meter.Statistic, name string) formula {
	return formula{above: terms(s, []string{name}), scale: 1e-3}
}

// waits counts the points of a name by how long somebody waited.
func waits(name string, how ...string) []term {
	all := make([]term, len(how))
	for i, reason := range how {
		all[i] = term{name: name, statistic: meter.Count, reason: reason}
	}
	return all
}

// less takes off the points of a name by how long somebody waited.
func less(name, how string) term {
	return term{name: name, statistic: meter.Count, reason: how, minus: true}
}

// because counts the transfers for one reason among the sessions the AI took part in.
func because(reason string) formula {
	return formula{above: totalOf(meter.Transfer, reason), below: total(meter.SessionAI)}
}

// goal is how often a goal of service was met where it was due.
func goal(reason string) formula {
	return formula{above: totalOf(outcome.GoalMet, reason), below: totalOf(outcome.GoalDue, reason)}
}

// totalOf counts the points with a reason.
func totalOf(name, reason string) []term {
	return []term{{name: name, statistic: meter.Sum, reason: reason}}
}

// backlog is the sessions open now, of an age.
func backlog(age string) formula {
	return formula{above: []term{{name: outcome.Backlog, statistic: meter.Last, reason: age}}}
}

// entries are the metrics, in the order they are shown.
func entries() []entry {
	var durations []entry
	for _, l := range lastings {
		durations = append(durations, l.entries()...)
	}
	return slices.Concat(volumes, resolutions, durations, services, queues, satisfactions, growths, costs, risks)
}
