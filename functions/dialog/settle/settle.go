// Package settle counts how sessions turned out: at once when they are closed, and back when the customer returns in time.
package settle

import (
	"strings"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// solved is the reason with which a person closes what is solved.
const solved = "solved"

// Closed counts the outcome of the session that ends now, before the conversation lets go of whoever has it.
func Closed(c *desk.Conversation, reason string, now time.Time) []meter.Point {
	s := &c.Session
	e := desk.Ending{At: now, About: about(c), Intent: c.Intent, Lang: c.Lang, Agent: c.Agent}
	e.Assumed = s.AI && !s.ToHuman
	e.Unaided = e.Assumed
	e.Once = e.Assumed || s.Confirmed || reason == solved
	var points []meter.Point
	for _, p := range []struct {
		name   string
		counts bool
	}{{outcome.Assumed, e.Assumed}, {outcome.Unaided, e.Unaided}, {outcome.Resolved, e.Once}, {outcome.Once, e.Once}} {
		if p.counts {
			points = append(points, point(c, e, p.name, 1, ""))
		}
	}
	for _, g := range goals(s, now) {
		points = append(points, point(c, e, outcome.GoalDue, 1, g.reason))
		if g.met {
			points = append(points, point(c, e, outcome.GoalMet, 1, g.reason))
		}
	}
	if e.Once {
		c.Endings = append(recent(c, now), e)
	}
	return points
}

// about is what the session is about: courtesies, such as thanks at the end, are never tried.
func about(c *desk.Conversation) string {
	if len(c.Tried) == 0 {
		return c.Intent
	}
	intent, _, _ := strings.Cut(c.Tried[len(c.Tried)-1], ":")
	return intent
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
	return revoke(c, now, outcome.Assumed, outcome.AssumedAfter, func(e *desk.Ending) *bool { return &e.Assumed })
}

// Assigned takes back what is no longer so when a person gets the conversation.
func Assigned(c *desk.Conversation, now time.Time) []meter.Point {
	return revoke(c, now, outcome.Unaided, outcome.AssumedAfter, func(e *desk.Ending) *bool { return &e.Unaided })
}

// Heard takes back what is no longer so when the customer is about the conversation's intent again.
func Heard(c *desk.Conversation, now time.Time) []meter.Point {
	return revoke(c, now, outcome.Once, outcome.RepeatAfter, func(e *desk.Ending) *bool {
		if e.About != c.Intent {
			return new(bool)
		}
		return &e.Once
	})
}

// revoke takes back an outcome of the sessions that ended less than a time ago.
func revoke(c *desk.Conversation, now time.Time, name string, window time.Duration, stands func(*desk.Ending) *bool) (points []meter.Point) {
	all := recent(c, now)
	for i := range all {
		e := &all[i]
		if still := stands(e); *still && now.Sub(e.At) < window {
			*still = false
			points = append(points, point(c, *e, name, -1, ""))
		}
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
func point(c *desk.Conversation, e desk.Ending, name string, value float64, reason string) meter.Point {
	return meter.Point{Name: name, Value: value, At: e.At, Tags: meter.Tags{
		Channel: c.Channel, Intent: e.Intent, Agent: string(e.Agent), Lang: string(e.Lang), Reason: reason,
	}}
}
