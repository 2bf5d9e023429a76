package worktime

import (
	"slices"
	"sort"
	"time"

	"keliu/functions/store/company/hours"
)

// A Calendar knows when the company works. It is for use by one goroutine at a time.
type Calendar struct {
	hours    hours.Hours
	from, to time.Time // what is known so far: nothing when both are zero
	open     []stretch // in it, in order and apart from one another
}

// A stretch is a part of time.
type stretch struct{ from, to time.Time }

// NewCalendar returns the calendar of a company's hours.
func NewCalendar(h hours.Hours) *Calendar { return &Calendar{hours: h} }

// Worked is how much of [from, to) the company worked.
func (c *Calendar) Worked(from, to time.Time) (sum time.Duration) {
	if !from.Before(to) {
		return 0
	}
	c.learn(from, to)
	i := sort.Search(len(c.open), func(i int) bool { return c.open[i].to.After(from) })
	for _, s := range c.open[i:] {
		if !s.from.Before(to) {
			break
		}
		sum += earlier(s.to, to).Sub(later(s.from, from))
	}
	return sum
}

// reach is how much is learnt at once.
const reach = 7 * 24 * time.Hour

// learn makes known what is needed for [from, to).
func (c *Calendar) learn(from, to time.Time) {
	if c.from.IsZero() {
		c.from = from.UTC().Truncate(reach)
		c.to = c.from
	}
	for c.to.Before(to) {
		next := c.to.Add(reach)
		c.open, c.to = join(c.open, c.works(c.to, next)), next
	}
	for from.Before(c.from) {
		before := c.from.Add(-reach)
		c.open, c.from = join(c.works(before, c.from), c.open), before
	}
}

// works are the stretches of [from, to) in which the company works.
func (c *Calendar) works(from, to time.Time) (all []stretch) {
	for at := from; at.Before(to); {
		open, next := c.hours.Open(at)
		if next.IsZero() || next.After(to) {
			next = to
		}
		if open {
			all = append(all, stretch{at, next})
		}
		at = next
	}
	return all
}

// join puts what is later behind what is earlier; what touches becomes one.
func join(before, after []stretch) []stretch {
	if len(before) > 0 && len(after) > 0 && before[len(before)-1].to.Equal(after[0].from) {
		after = slices.Clone(after)
		after[0].from = before[len(before)-1].from
		before = before[:len(before)-1]
	}
	return append(before[:len(before):len(before)], after...)
}

func earlier(a, b time.Time) time.Time {
	if a.Before(b) {
		return a
	}
	return b
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}
