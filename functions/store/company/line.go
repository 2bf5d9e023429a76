package company

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
)

// A Queue is the conversations that wait, and who can take them.
type Queue interface {
	Ahead(ctx context.Context, rank int64) (int, error)
	Agent(context.Context, desk.AgentID) (desk.Agent, error)
}

// A Line is a queue whose people keep the hours of their teams.
type Line struct {
	Queue
	Book *Book
	Now  func() time.Time
}

// Staffed reports whether somebody is online, and not outside the hours of their team, to take a conversation. When
// nobody is, back is when the next team begins to work; zero when that is unknown, or when a team should be there now.
func (l Line) Staffed(ctx context.Context) (staffed bool, back time.Time, err error) {
	teams, err := l.Book.Teams(ctx)
	if err != nil {
		return false, time.Time{}, err
	}
	online, members, err := l.Book.takers(ctx)
	if err != nil {
		return false, time.Time{}, err
	}
	staffed, working := online[""] > 0, false
	for _, t := range teams {
		open, next := t.Hours.Open(l.Now())
		switch {
		case open:
			staffed = staffed || online[t.ID] > 0
			working = working || members[t.ID] > 0
		case members[t.ID] > 0 && !next.IsZero() && (back.IsZero() || next.Before(back)):
			back = next.UTC()
		}
	}
	if staffed || working {
		back = time.Time{}
	}
	return staffed, back, nil
}

// takers counts by team who can take conversations: those who are online, and all of them. Who is in no team counts as "".
func (b *Book) takers(ctx context.Context) (online, members map[string]int, err error) {
	online, members = map[string]int{}, map[string]int{}
	err = b.db.Rows(ctx, `SELECT team, COUNT(*), SUM(CASE WHEN status = 'online' THEN 1 ELSE 0 END) FROM staff
		WHERE active = 1 AND capacity > 0 GROUP BY team`, nil, func(scan func(...any) error) error {
		var team string
		var all, now int
		err := scan(&team, &all, &now)
		members[team], online[team] = all, now
		return err
	})
	return online, members, database.Wrap(err, "staff")
}
