package catalogue

import (
	"fmt"
	"strings"

	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// A term is a statistic of the points of a name.
type term struct {
	name      string
	statistic meter.Statistic
	reason    string // only points with this reason; empty for all
	minus     bool   // taken off instead of added
}

// tags are those that the points of the term must have.
func (t term) tags(where meter.Tags) meter.Tags {
	if t.reason != "" {
		where.Reason = t.reason
	}
	return where
}

// text is the term as it is asked.
func (t term) text(where meter.Tags) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s(%s", t.statistic, t.name)
	where = t.tags(where)
	for _, tag := range []struct{ name, value string }{
		{"reason", where.Reason}, {"channel", where.Channel}, {"team", where.Team}, {"agent", where.Agent},
		{"intent", where.Intent}, {"lang", where.Lang}, {"model", where.Model},
	} {
		if tag.value != "" {
			fmt.Fprintf(&b, ", %s=%s", tag.name, tag.value)
		}
	}
	b.WriteByte(')')
	return b.String()
}

// source is the term whose series tells that of the term, too: a sum comes with how many points there are.
func (t term) source() term {
	if t.statistic == meter.Count || t.statistic == meter.Mean {
		t.statistic = meter.Sum
	}
	return t
}

// of is the series of the term, told by that of its source.
func (t term) of(s meter.Series) meter.Series {
	value := func(sum float64, points int64) float64 {
		switch {
		case t.statistic == meter.Count:
			return float64(points)
		case t.statistic == meter.Mean && points > 0:
			return sum / float64(points)
		}
		return sum
	}
	told := meter.Series{Total: value(s.Total, s.Count), Count: s.Count, Steps: make([]meter.Sample, len(s.Steps))}
	for i, step := range s.Steps {
		told.Steps[i] = meter.Sample{At: step.At, Value: value(step.Value, step.Count), Count: step.Count}
	}
	return told
}

// carries reports whether the points of the term carry every tag of where.
func (t term) carries(where meter.Tags) bool {
	if t.reason != "" && where.Reason != "" && t.reason != where.Reason {
		return false
	}
	lacks := func(tags ...string) bool { return strings.Join(tags, "") == "" }
	switch t.name {
	case meter.LiveSessions, meter.QueueLength, meter.QueueOldest, outcome.Backlog, meter.PolicyDenied:
		return where == (meter.Tags{Reason: where.Reason})
	case meter.ModelCall, meter.ModelTokens, meter.ModelCost, meter.ModelError:
		return lacks(where.Channel, where.Agent, where.Team, where.Lang)
	case meter.Comment, meter.CommentMatched, meter.LeadReached, meter.LeadAnswered, meter.LeadContact, meter.LeadWon, meter.QuotaExhausted:
		return lacks(where.Agent, where.Team, where.Intent, where.Lang, where.Model)
	case outcome.Customers:
		return lacks(where.Agent, where.Team, where.Intent, where.Model)
	case outcome.LoggedIn, outcome.Available, outcome.Busy, outcome.Holding:
		return lacks(where.Channel, where.Intent, where.Lang, where.Model)
	case meter.SessionOpened, meter.CustomerFirst, meter.SessionReopened, meter.SessionAI, meter.QuestionAsked, meter.AIAnswer, meter.AICited, meter.Unanswered,
		meter.Transfer, meter.HumanAsked, meter.QueueEntered, meter.QueueLeft, outcome.QueueWait, meter.FirstToken, meter.ModelFallback, meter.CallbackLeft:
		return lacks(where.Agent, where.Team, where.Model) // nobody has the session then
	}
	return where.Model == ""
}

// A formula is the sum of the terms above divided by that of the terms below, if there are any, times scale.
type formula struct {
	above, below []term
	scale        float64 // 0 for 1
}

// text is the formula as it is worked out of the points that have the tags of where.
func (f formula) text(where meter.Tags) string {
	side := func(terms []term) string {
		var b strings.Builder
		for i, t := range terms {
			switch {
			case t.minus:
				b.WriteString(" − ")
			case i > 0:
				b.WriteString(" + ")
			}
			b.WriteString(t.text(where))
		}
		if len(terms) > 1 && len(f.below) > 0 {
			return "(" + b.String() + ")"
		}
		return b.String()
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
			if !t.carries(where) {
				return false
			}
		}
	}
	return true
}

// distinct reports whether the formula asks who, not how often.
func (f formula) distinct() bool { return f.above[0].statistic == outcome.Distinct }

// value is the formula's, if it has one: a ratio needs something below, a statistic other than a total needs points.
func (f formula) value(above, below sum) (float64, bool) {
	v := above.value
	switch {
	case len(f.below) > 0:
		if below.value == 0 {
			return 0, false
		}
		v /= below.value
	case above.points == 0 && !f.above[0].adds():
		return 0, false
	}
	if f.scale != 0 {
		v *= f.scale
	}
	return v, true
}

// adds reports whether the term is 0, not unknown, when there are no points.
func (t term) adds() bool {
	return t.statistic == meter.Sum || t.statistic == meter.Count || t.statistic == outcome.Distinct
}
