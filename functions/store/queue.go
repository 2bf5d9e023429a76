package store

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// LockQueue keeps the queue as it is for a change that decides by it, or moves many in it.
func LockQueue(t *group.Tx) error { return t.Lock("queue") }

// Waiting lists the queue, next first.
func (s *Store) Waiting(ctx context.Context) (places []desk.Place, err error) {
	err = s.Rows(ctx, `SELECT conversation, skill, priority, since, agent, position FROM queue ORDER BY rank, conversation`, nil,
		func(scan func(...any) error) error {
			var p desk.Place
			var since int64
			if err := scan(&p.Conversation, &p.Skill, &p.Priority, &since, &p.Agent, &p.Position); err != nil {
				return err
			}
			p.Since = time.UnixMilli(since).UTC()
			places = append(places, p)
			return nil
		})
	return places, database.Wrap(err, "queue")
}

// Ahead returns how many wait who would be served before a place of this rank.
func (s *Store) Ahead(ctx context.Context, rank int64) (n int, err error) {
	err = s.One(ctx, `SELECT COUNT(*) FROM queue WHERE rank < $1`, []any{rank}, &n)
	return n, database.Wrap(err, "queue")
}

// Choose records for whom of the staff waiting conversations are meant and where the others stand, together with the
// records that tell them.
func (s *Store) Choose(ctx context.Context, changed []desk.Place, out []desk.Outgoing) error {
	sealed, err := database.Seal(out)
	if err != nil {
		return database.Wrap(err, "queue")
	}
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		if err := LockQueue(t); err != nil {
			return err
		}
		for _, p := range changed {
			if _, err := t.Exec(`UPDATE queue SET agent = $1, position = $2 WHERE conversation = $3`, p.Agent, p.Position, p.Conversation); err != nil {
				return err
			}
		}
		return s.Post(t, sealed)
	}), "queue")
}
