// Package census counts what there is at a moment: open sessions by their age, and what the staff have at hand.
package census

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// A Census counts the conversations and the staff of a store. It is safe for concurrent use.
type Census struct{ db *database.DB }

// Open opens the census of a store.
func Open(db *database.DB) *Census { return &Census{db} }

// Slot is how long what is counted of the staff stands for.
const Slot = time.Minute

// Count returns the points of the slot that now is in.
func (c *Census) Count(ctx context.Context, now time.Time) ([]meter.Point, error) {
	open, err := database.Bodies[desk.Conversation](ctx, c.db, `SELECT body FROM conversations WHERE stage IN ('ai', 'queued', 'human')`)
	if err != nil {
		return nil, err
	}
	ages, held := map[string]int{outcome.UnderHour: 0, outcome.UnderDay: 0, outcome.Older: 0}, map[desk.AgentID]int{}
	for _, c := range open {
		ages[age(now.Sub(c.Session.Opened))]++
		if c.Stage == desk.Human {
			held[c.Agent]++
		}
	}
	var points []meter.Point
	for reason, n := range ages {
		points = append(points, meter.Point{Name: outcome.Backlog, Value: float64(n), At: now, Tags: meter.Tags{Reason: reason}})
	}
	err = c.db.Rows(ctx, `SELECT id, status FROM staff WHERE status <> 'offline'`, nil, func(scan func(...any) error) error {
		var id desk.AgentID
		var status string
		if err := scan(&id, &status); err != nil {
			return err
		}
		count := func(name string, times int) {
			value := float64(times) * float64(Slot.Milliseconds())
			points = append(points, meter.Point{Name: name, Value: value, At: now, Tags: meter.Tags{Agent: string(id)}})
		}
		count(outcome.LoggedIn, 1)
		if status == "online" {
			count(outcome.Available, 1)
			if n := held[id]; n > 0 {
				count(outcome.Busy, 1)
				count(outcome.Holding, n)
			}
		}
		return nil
	})
	return points, database.Wrap(err, "census")
}

// age names how old a session is.
func age(d time.Duration) string {
	switch {
	case d < time.Hour:
		return outcome.UnderHour
	case d < 24*time.Hour:
		return outcome.UnderDay
	}
	return outcome.Older
}
