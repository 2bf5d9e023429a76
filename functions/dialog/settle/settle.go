// Package settle counts how sessions turned out: at once when they are closed, and back when the customer returns in time.
package settle

import (
	"slices"
	"strings"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

const (
	solved   = "solved"    // the reason with which a person closes what is solved
	courtesy = "smalltalk" // the intent of greetings and thanks: nobody comes again for them
)

// Closed counts the outcome of the session that ends now, before the conversation lets go of whoever has it.
func Closed(c *desk.Conversation, reason string, now time.Time) []meter.Point {
	s := &c.Session
	e := desk.Ending{At: now, About: about(c), Channel: c.Channel, Intent: c.Intent, Lang: c.Lang, Agent: c.Agent}
	e.Assumed = s.AI && !s.ToHuman
	e.Unaided = e.Assumed
	e.Once = e.Assumed || s.Confirmed || reason == solved
	var points []meter.Point
	for _, p := range []struct {
		name   string
		counts bool
	}{{outcome.Assisted, s.ToHuman}, {outcome.Assumed, e.Assumed}, {outcome.Unaided, e.Unaided}, {outcome.Resolved, e.Once}, {outcome.Once, e.Once}} {
		if p.counts {
			points = append(points, point(e, p.name, 1, ""))
		}
	}
	for _, g := range goals(s, now) {
		points = append(points, point(e, outcome.GoalDue, 1, g.reason))
		if g.met {
			points = append(points, point(e, outcome.GoalMet, 1, g.reason))
		}
	}
	c.Endings = append(recent(c, now), e)
	return points
}

// about is the intents that the session was about, with spaces between them: those that were tried, or the latest when none was.
func about(c *desk.Conversation) string {
	var all []string
	for _, line := range c.Tried {
		if intent, _, _ := strings.Cut(line, ":"); !slices.Contains(all, intent) {
			all = append(all, intent)
		}
	}
	if len(all) == 0 && c.Intent != courtesy {
		return c.Intent
	}
	return strings.Join(all, " ")
}

// A goal applied to a session.
type goal struct {
	reason string
	met    bool
}

func goals(s *desk.Session, now time.Time) []goal {
	all := []goal{{outcome.Closing, now.Sub(s.Opened) <= outcome.ClosingWithin}}
	if !s.FirstIn.IsZero() {
		all = append(all, goal{outcome.FirstReply, within(s.FirstIn, s.FirstOut, outcome.FirstReplyWithin)})
	}
	if !s.Asked.IsZero() {
		all = append(all, goal{outcome.Person, within(s.Asked, s.FirstHand, outcome.PersonWithin)})
	}
	return all
}

// within reports whether something happened, and in time.
func within(from, at time.Time, most time.Duration) bool { return !at.IsZero() && at.Sub(from) <= most }

// Returned takes back what is no longer so when the customer comes with a further request.
func Returned(c *desk.Conversation, now time.Time) []meter.Point {
	return review(c, now, func(e *desk.Ending, age time.Duration, count func(string, float64)) {
		if e.Assumed && age < outcome.AssumedAfter {
			e.Assumed = false
			count(outcome.Assumed, -1)
		}
	})
}

// Asked is Returned for a request whose intent is known, which is the conversation's now: it also counts the sessions that were about
// the same, each of them once, and takes back what is no longer so of those.
func Asked(c *desk.Conversation, now time.Time) []meter.Point {
	return append(Returned(c, now), review(c, now, func(e *desk.Ending, age time.Duration, count func(string, float64)) {
		if age >= outcome.RepeatAfter || !slices.Contains(strings.Fields(e.About), c.Intent) {
			return
		}
		e.About = "" // what has been repeated is not repeated again
		count(outcome.Repeated, 1)
		if e.Once {
			e.Once = false
			count(outcome.Once, -1)
		}
	})...)
}

// Assigned takes back what is no longer so when a person gets the conversation.
func Assigned(c *desk.Conversation, now time.Time) []meter.Point {
	return review(c, now, func(e *desk.Ending, age time.Duration, count func(string, float64)) {
		if e.Unaided && age < outcome.AssumedAfter {
			e.Unaided = false
			count(outcome.Unaided, -1)
		}
	})
}

// review looks at the sessions that ended lately: with each goes how long ago that was, and what counts in its minute.
func review(c *desk.Conversation, now time.Time, look func(*desk.Ending, time.Duration, func(string, float64))) (points []meter.Point) {
	all := recent(c, now)
	for i := range all {
		e := &all[i]
		look(e, now.Sub(e.At), func(name string, value float64) { points = append(points, point(*e, name, value, "")) })
	}
	if len(points) > 0 {
		c.Endings = all
	}
	return points
}

// recent is a copy of the endings that can still be taken back.
func recent(c *desk.Conversation, now time.Time) (all []desk.Ending) {
	for _, e := range c.Endings {
		if now.Sub(e.At) < outcome.RepeatAfter {
			all = append(all, e)
		}
	}
	return all
}

// point counts for an ending, under the tags that it had.
func point(e desk.Ending, name string, value float64, reason string) meter.Point {
	return meter.Point{Name: name, Value: value, At: e.At, Tags: meter.Tags{
		Channel: e.Channel, Intent: e.Intent, Agent: string(e.Agent), Lang: string(e.Lang), Reason: reason,
	}}
}
