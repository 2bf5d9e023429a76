package company

import (
	"context"
	"slices"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
)

// A Queue is the conversations that wait, and who can take them.
type Queue interface {
	Ahead(ctx context.Context, rank int64) (int, error)
	Agent(context.Context, desk.AgentID) (desk.Agent, error)
}

// A Line is a queue whose people keep the hours of their teams. Whoever is in no team keeps the company's.
type Line struct {
	Queue
	Book *Book
	Now  func() time.Time
}

// Staffed reports whether somebody with a skill is online, and not outside their hours, to take a conversation; any skill when it
// is empty. When nobody is, back is when the next of them begins to work; zero when that is unknown, or when somebody should be
// there now.
func (l Line) Staffed(ctx context.Context, skill string) (staffed bool, back time.Time, err error) {
	at, err := l.openings(ctx)
	if err != nil {
		return false, time.Time{}, err
	}
	takers, err := l.Book.takers(ctx)
	if err != nil {
		return false, time.Time{}, err
	}
	working := false
	for _, t := range takers {
		if skill != "" && !slices.Contains(t.skills, skill) {
			continue
		}
		switch o := at.of(t.team); {
		case o.open:
			staffed = staffed || t.online
			working = working || t.team != "" || !o.next.IsZero() // whoever keeps no hours at all is not missed
		case !o.next.IsZero() && (back.IsZero() || o.next.Before(back)):
			back = o.next.UTC()
		}
	}
	if staffed || working {
		back = time.Time{}
	}
	return staffed, back, nil
}

// Off returns those of the staff who are outside their hours.
func (l Line) Off(ctx context.Context) (map[desk.AgentID]bool, error) {
	at, err := l.openings(ctx)
	if err != nil {
		return nil, err
	}
	takers, err := l.Book.takers(ctx)
	if err != nil {
		return nil, err
	}
	off := map[desk.AgentID]bool{}
	for _, t := range takers {
		if !at.of(t.team).open {
			off[t.id] = true
		}
	}
	return off, nil
}

// Working names the teams that work now, in order; "" is whoever is in none. It changes when somebody's work begins or ends.
func (l Line) Working(ctx context.Context) ([]string, error) {
	at, err := l.openings(ctx)
	if err != nil {
		return nil, err
	}
	var working []string
	for team, o := range at {
		if o.open {
			working = append(working, team)
		}
	}
	slices.Sort(working)
	return working, nil
}

// An opening says whether a team works, and when that changes.
type opening struct {
	open bool
	next time.Time
}

// openings are those of the teams, by their ID; "" is the company's.
type openings map[string]opening

// of is a team's. A team that is gone keeps the company's hours.
func (o openings) of(team string) opening {
	if own, ok := o[team]; ok {
		return own
	}
	return o[""]
}

func (l Line) openings(ctx context.Context) (openings, error) {
	common, err := l.Book.Hours(ctx)
	if err != nil {
		return nil, err
	}
	teams, err := l.Book.Teams(ctx)
	if err != nil {
		return nil, err
	}
	now, all := l.Now(), openings{}
	open, next := common.Open(now)
	all[""] = opening{open, next}
	for _, t := range teams {
		open, next := t.Hours.Within(common).Open(now)
		all[t.ID] = opening{open, next}
	}
	return all, nil
}

// A taker is somebody who works here and takes conversations.
type taker struct {
	id     desk.AgentID
	team   string // empty for none
	skills []string
	online bool
}

func (b *Book) takers(ctx context.Context) (all []taker, err error) {
	err = b.db.Rows(ctx, `SELECT id, team, skills, status FROM staff WHERE active = 1 AND capacity > 0 ORDER BY id`, nil, func(scan func(...any) error) error {
		var t taker
		var skills, status string
		err := scan(&t.id, &t.team, &skills, &status)
		t.skills, t.online = strings.Fields(skills), status == "online"
		all = append(all, t)
		return err
	})
	return all, database.Wrap(err, "staff")
}
