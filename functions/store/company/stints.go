package company

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// Lead is how long after it was decided a team begins to count: whoever has read the stints at a time knows what counts until
// then plus Lead, however many processes change them. A team that was dropped counts for its members until they have another.
const Lead = 10 * time.Second

// Stints is from when somebody belongs to which team, in order.
type Stints []Stint

// A Stint begins at a time and lasts until the next.
type Stint struct {
	Since time.Time
	Team  string // the team's ID; empty for none
}

// At is the team at a time; none before the first stint.
func (s Stints) At(t time.Time) (team string) {
	for _, stint := range s {
		if !stint.Since.After(t) {
			team = stint.Team
		}
	}
	return team
}

// Stints returns the stints of everybody.
func (b *Book) Stints(ctx context.Context) (map[desk.AgentID]Stints, error) {
	all := map[desk.AgentID]Stints{}
	err := b.db.Rows(ctx, `SELECT staff, since, team FROM stints ORDER BY staff, since`, nil, func(scan func(...any) error) error {
		var id desk.AgentID
		var since int64
		var team string
		err := scan(&id, &since, &team)
		all[id] = append(all[id], Stint{time.UnixMilli(since).UTC(), team})
		return err
	})
	return all, database.Wrap(err, "stints")
}

// join begins a stint, unless somebody is in the team.
func join(t *group.Tx, id desk.AgentID, team string, since time.Time) error {
	_, err := t.Exec(`INSERT INTO stints (staff, since, team) SELECT CAST($1 AS TEXT), CAST($2 AS BIGINT), CAST($3 AS TEXT)
		WHERE COALESCE((SELECT team FROM stints WHERE staff = $1 ORDER BY since DESC LIMIT 1), '') <> $3
		ON CONFLICT (staff, since) DO UPDATE SET team = excluded.team`, id, since.UnixMilli(), team)
	return err
}
