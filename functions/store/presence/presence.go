// Package presence keeps who of the staff is there: what they say themselves, and when their screen last gave a sign of life.
package presence

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Register keeps who is there. It is safe for concurrent use.
type Register struct{ db *database.DB }

// Open opens the register of a store.
func Open(db *database.DB) *Register { return &Register{db} }

// A Sign is what is known of one of the staff.
type Sign struct {
	Agent  desk.AgentID
	Status string    // as it stands now
	Wish   string    // as they said it; empty for whoever was never connected
	Seen   time.Time // the last sign of life of their screen
}

// Signs lists everybody whose screen ever gave a sign of life.
func (r *Register) Signs(ctx context.Context) (all []Sign, err error) {
	err = r.db.Rows(ctx, `SELECT staff.id, staff.status, presence.wish, presence.seen FROM presence JOIN staff ON staff.id = presence.staff
		ORDER BY staff.id`, nil, func(scan func(...any) error) error {
		var s Sign
		var seen int64
		if err := scan(&s.Agent, &s.Status, &s.Wish, &seen); err != nil {
			return err
		}
		s.Seen = time.UnixMilli(seen).UTC()
		all = append(all, s)
		return nil
	})
	return all, database.Wrap(err, "presence")
}

// See records signs of life of screens, all at the same time. What somebody said of themselves before stays; whoever was never
// seen is taken to mean the status they have.
func (r *Register) See(ctx context.Context, at time.Time, who ...desk.AgentID) error {
	return database.Wrap(r.db.Change(ctx, func(t *group.Tx) error {
		for _, id := range who {
			if _, err := t.Exec(`INSERT INTO presence (staff, seen, wish) SELECT id, $1, status FROM staff WHERE id = $2
				ON CONFLICT (staff) DO UPDATE SET seen = CASE WHEN excluded.seen > presence.seen THEN excluded.seen ELSE presence.seen END`,
				at.UnixMilli(), id); err != nil {
				return err
			}
		}
		return nil
	}), "presence")
}

// Say records what somebody says of themselves: "online", "away" or "offline", together with the record that tells the queue.
// It counts as a sign of life. Whoever has no screen stays so until they say otherwise.
func (r *Register) Say(ctx context.Context, id desk.AgentID, status string, at time.Time, out desk.Outgoing) error {
	return r.change(ctx, id, status, at, out, `UPDATE presence SET wish = $1, seen = $2 WHERE staff = $3`, status, at.UnixMilli(), id)
}

// Shift changes the status of somebody whose screen fell silent or came back; what they said of themselves stays. Nothing
// happens when their status is not from any more.
func (r *Register) Shift(ctx context.Context, id desk.AgentID, from, to string, at time.Time, out desk.Outgoing) error {
	sealed, err := database.Seal([]desk.Outgoing{out})
	if err != nil {
		return database.Wrap(err, "presence of %s", id)
	}
	return database.Wrap(r.db.Change(ctx, func(t *group.Tx) error {
		changed, err := t.Exec(`UPDATE staff SET status = $1, changed = $2 WHERE id = $3 AND status = $4`, to, at.UnixMilli(), id, from)
		if err != nil || changed == 0 {
			return err
		}
		return r.db.Post(t, sealed)
	}), "presence of %s", id)
}

func (r *Register) change(ctx context.Context, id desk.AgentID, status string, at time.Time, out desk.Outgoing, statement string, args ...any) error {
	sealed, err := database.Seal([]desk.Outgoing{out})
	if err != nil {
		return database.Wrap(err, "presence of %s", id)
	}
	return database.Wrap(r.db.Change(ctx, func(t *group.Tx) error {
		if _, err := t.Exec(`UPDATE staff SET status = $1, changed = $2 WHERE id = $3`, status, at.UnixMilli(), id); err != nil {
			return err
		}
		if _, err := t.Exec(statement, args...); err != nil {
			return err
		}
		return r.db.Post(t, sealed)
	}), "presence of %s", id)
}
