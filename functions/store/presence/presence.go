// Package presence keeps when the screens of the staff last gave a sign of life, and what their silence took from them.
package presence

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Register keeps signs of life. It is safe for concurrent use.
type Register struct{ db *database.DB }

// Open opens the register of a store.
func Open(db *database.DB) *Register { return &Register{db} }

// A Sign is what is known of somebody whose screen once gave a sign of life.
type Sign struct {
	Agent   desk.AgentID
	Status  string    // as it stands: "online", "away" or "offline"
	Changed time.Time // when it became that
	Seen    time.Time // the last sign of life
	Took    string    // the status that silence took from them; empty when they have it back, or never lost it
	TookAt  time.Time // when it was taken or given back last
}

// Signs lists everybody whose screen ever gave a sign of life.
func (r *Register) Signs(ctx context.Context) (all []Sign, err error) {
	err = r.db.Rows(ctx, `SELECT staff.id, status, changed, seen, took, took_at FROM presence JOIN staff ON staff.id = presence.staff
		WHERE seen > 0 ORDER BY staff.id`, nil, func(scan func(...any) error) error {
		var s Sign
		var changed, seen, took int64
		if err := scan(&s.Agent, &s.Status, &changed, &seen, &s.Took, &took); err != nil {
			return err
		}
		s.Changed, s.Seen, s.TookAt = time.UnixMilli(changed).UTC(), time.UnixMilli(seen).UTC(), time.UnixMilli(took).UTC()
		all = append(all, s)
		return nil
	})
	return all, database.Wrap(err, "presence")
}

// See records signs of life of some of the staff. An older one than is known changes nothing.
func (r *Register) See(ctx context.Context, at time.Time, who ...desk.AgentID) error {
	return database.Wrap(r.db.Change(ctx, func(t *group.Tx) error {
		for _, id := range who {
			if _, err := t.Exec(`INSERT INTO presence (staff, seen) VALUES ($1, $2)
				ON CONFLICT (staff) DO UPDATE SET seen = excluded.seen WHERE presence.seen < excluded.seen`, id, at.UnixMilli()); err != nil {
				return err
			}
		}
		return nil
	}), "presence")
}

// Act records that one of the staff did something for a customer, with or without a screen.
func (r *Register) Act(ctx context.Context, at time.Time, who desk.AgentID) error {
	return database.Wrap(r.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO presence (staff, acted) VALUES ($1, $2) ON CONFLICT (staff) DO UPDATE SET acted = excluded.acted`, who, at.UnixMilli())
		return err
	}), "presence")
}

// Change changes a status because a screen fell silent or came back, together with the record that tells the queue. took is
// the status to come back to; empty when they have it back. Nothing happens when the status is not as s says any more.
func (r *Register) Change(ctx context.Context, s Sign, to, took string, at time.Time, out desk.Outgoing) error {
	sealed, err := database.Seal([]desk.Outgoing{out})
	if err != nil {
		return database.Wrap(err, "presence of %s", s.Agent)
	}
	return database.Wrap(r.db.Change(ctx, func(t *group.Tx) error {
		changed, err := t.Exec(`UPDATE staff SET status = $1, changed = $2 WHERE id = $3 AND status = $4 AND changed = $5`,
			to, at.UnixMilli(), s.Agent, s.Status, s.Changed.UnixMilli())
		if err != nil || changed == 0 {
			return err
		}
		if _, err := t.Exec(`UPDATE presence SET took = $1, took_at = $2 WHERE staff = $3`, took, at.UnixMilli(), s.Agent); err != nil {
			return err
		}
		return r.db.Post(t, sealed)
	}), "presence of %s", s.Agent)
}

// Deserted lists the conversations whose customers wait for somebody who is offline and has given no sign of life since a time, the
// longest first. Whoever has an urgency below waiting waits.
func (r *Register) Deserted(ctx context.Context, since time.Time, waiting int64) ([]desk.Conversation, error) {
	return database.Bodies[desk.Conversation](ctx, r.db, `SELECT body FROM conversations JOIN staff ON staff.id = conversations.agent
		LEFT JOIN presence ON presence.staff = staff.id
		WHERE stage = 'human' AND status = 'offline' AND (changed <= $1 OR changed = took_at) AND COALESCE(seen, 0) <= $1 AND COALESCE(acted, 0) <= $1 AND urgency < $2 ORDER BY urgency LIMIT 200`,
		since.UnixMilli(), waiting)
}
