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

// freshTeams is how long somebody who changes teams is still counted for the former one, at most.
const freshTeams = 10 * time.Second

// Teams is a meter that counts what the staff do for the teams that they are in at the time, too.
type Teams struct {
	meter.Meter
	book *company.Book
	now  func() time.Time

	mu   sync.Mutex
	read time.Time
	of   map[desk.AgentID]company.Standing
}

// CountTeams returns a meter that counts into m.
func CountTeams(m meter.Meter, db *database.DB, now func() time.Time) *Teams {
	return &Teams{Meter: m, book: company.Open(db), now: now}
}

// Add implements meter.Meter. The points stay as they are.
func (t *Teams) Add(ctx context.Context, id string, points []meter.Point) error {
	of, err := t.standings(ctx)
	if err != nil {
		return err
	}
	points = slices.Clone(points)
	for i, p := range points {
		if p.Tags.Agent != "" && p.Tags.Team == "" {
			points[i].Tags.Team = of[desk.AgentID(p.Tags.Agent)].Team
		}
	}
	return t.Meter.Add(ctx, id, points)
}

func (t *Teams) standings(ctx context.Context) (map[desk.AgentID]company.Standing, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if now := t.now(); t.of == nil || now.Sub(t.read) > freshTeams {
		of, err := t.book.Standings(ctx)
		if err != nil {
			return nil, err
		}
		t.of, t.read = of, now
	}
	return t.of, nil
}
