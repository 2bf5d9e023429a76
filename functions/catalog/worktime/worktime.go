// Package worktime counts what is told by points as they come: how long waits in the queue were, however they ended, and how much of
// a duration fell into the hours of the company.
package worktime

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"time"

	"keliu/functions/store/company/hours"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// fresh is how long changed hours take, at most, until they count.
const fresh = 10 * time.Second

// A Company tells when it works.
type Company interface {
	Hours(context.Context) (hours.Hours, error)
}

// A Meter counts into another one. Its fields are set before use.
type Meter struct {
	meter.Meter
	Company Company
	Now     func() time.Time

	mu       sync.Mutex
	read     time.Time // when the hours were
	hours    hours.Hours
	calendar *Calendar
}

// Add implements meter.Meter. The points stay as they are.
func (m *Meter) Add(ctx context.Context, id string, points []meter.Point) error {
	m.mu.Lock()
	calendar, err := m.known(ctx)
	if err == nil {
		points = Told(calendar, points)
	}
	m.mu.Unlock()
	if err != nil {
		return err
	}
	return m.Meter.Add(ctx, id, points)
}

// known is the calendar as it is now.
func (m *Meter) known(ctx context.Context) (*Calendar, error) {
	now := m.Now()
	if m.calendar != nil && now.Sub(m.read) <= fresh {
		return m.calendar, nil
	}
	read, err := m.Company.Hours(ctx)
	if err != nil {
		return nil, err
	}
	if m.calendar == nil || !reflect.DeepEqual(read, m.hours) {
		m.hours, m.calendar = read, NewCalendar(read)
	}
	m.read = now
	return m.calendar, nil
}

// Told returns points with those that they tell.
func Told(c *Calendar, points []meter.Point) []meter.Point {
	all := slices.Clone(points)
	for _, p := range points {
		switch p.Name {
		case meter.QueueAccepted, meter.QueueLeft:
			p.Name, p.Tags.Reason = outcome.QueueWait, ""
			all = append(all, p, worked(c, p))
		case meter.FirstReplyHuman, meter.FirstReplyAny, meter.NextReply, meter.SessionClosed:
			all = append(all, worked(c, p))
		}
	}
	return all
}

// worked is a duration by the calendar; it ended when the point was counted.
func worked(c *Calendar, p meter.Point) meter.Point {
	lasted := time.Duration(p.Value * float64(time.Millisecond))
	p.Name = outcome.Worktime(p.Name)
	if worked := c.Worked(p.At.Add(-lasted), p.At); worked < lasted {
		p.Value = float64(worked) / float64(time.Millisecond)
	}
	return p
}
