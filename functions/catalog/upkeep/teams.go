package upkeep

import (
	"context"
	"slices"
	"sync"
	"time"

	"keliu/functions/store/company"
	"keliu/functions/store/database"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// Teams is a meter that counts what the staff do for the teams that they are in at the time, too. What is taken back is taken
// from the team that it was counted for, since both have the time of what happened.
type Teams struct {
	meter.Meter
	book *company.Book
	now  func() time.Time

	mu   sync.Mutex
	read time.Time
	of   map[desk.AgentID]company.Stints
}

// CountTeams returns a meter that counts into m.
func CountTeams(m meter.Meter, db *database.DB, now func() time.Time) *Teams {
	return &Teams{Meter: m, book: company.Open(db), now: now}
}

// Add implements meter.Meter. The points stay as they are.
func (t *Teams) Add(ctx context.Context, id string, points []meter.Point) error {
	points = slices.Clone(points)
	for i, p := range points {
		if p.Tags.Agent == "" || p.Tags.Team != "" {
			continue
		}
		of, err := t.stints(ctx, p.At)
		if err != nil {
			return err
		}
		points[i].Tags.Team = of[desk.AgentID(p.Tags.Agent)].At(p.At)
	}
	return t.Meter.Add(ctx, id, points)
}

// stints are those that count at a time.
func (t *Teams) stints(ctx context.Context, at time.Time) (map[desk.AgentID]company.Stints, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.now(); t.of == nil || at.Sub(t.read) >= company.Lead {
		of, err := t.book.Stints(ctx)
		if err != nil {
			return nil, err
		}
		t.of, t.read = of, now
	}
	return t.of, nil
}
