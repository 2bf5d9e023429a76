package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// ErrDone reports that the effect of this record is already there.
var ErrDone = errors.New("already done")

// An Effect is all that one record changes. It happens whole, once, or not at all.
type Effect struct {
	Record       string            // the record's ID; the first entry carries it, so there is at least one
	Conversation desk.Conversation // the new state, one version above the state it was made from
	Entries      []Entry           // what was said and told, in order
	Enter        *desk.Place       // enters the queue
	Leave        bool              // leaves the queue
	Handoff      *desk.Handoff
	Callback     *desk.Callback
	Outgoing     []desk.Outgoing // to be published once the effect is durable
}

// An Entry is one line of the timeline.
type Entry struct {
	ID   string
	Seq  int64  // of the notice
	Body []byte // the notice as JSON
}

// Commit makes an effect durable; what goes out with it is published soon after, in the order of the commits. It
// returns ErrDone when the record had its effect before, and desk.ErrConflict when the conversation has changed since it
// was read.
func (s *Store) Commit(ctx context.Context, e Effect) error {
	rows, err := encode(e)
	if len(e.Entries) == 0 || e.Entries[0].ID != e.Record {
		err = fmt.Errorf("no entry carries the record: %w", desk.ErrInvalid)
	}
	if err == nil {
		err = s.Change(ctx, func(t *group.Tx) error {
			if err := keep(t, e, rows); err != nil {
				return err
			}
			return s.Post(t, rows.outgoing)
		})
	}
	if err != nil {
		return fmt.Errorf("commit %s: %w", e.Record, err)
	}
	return nil
}

// encoded is an effect's JSON, made outside the writer.
type encoded struct {
	conversation, handoff, callback string
	outgoing                        database.Sealed
}

func encode(e Effect) (rows encoded, err error) {
	enc := func(v any) string {
		if err != nil {
			return ""
		}
		var b []byte
		b, err = json.Marshal(v)
		return string(b)
	}
	rows.conversation = enc(e.Conversation)
	if e.Handoff != nil {
		rows.handoff = enc(e.Handoff)
	}
	if e.Callback != nil {
		rows.callback = enc(e.Callback)
	}
	if err == nil {
		rows.outgoing, err = database.Seal(e.Outgoing)
	}
	return rows, err
}

// keep writes an effect. The first entry comes first: where it stands already the record had its effect, and nothing was changed.
func keep(t *group.Tx, e Effect, rows encoded) error {
	c := e.Conversation
	if e.Enter != nil || e.Leave {
		if err := LockQueue(t); err != nil {
			return err
		}
	}
	for i, entry := range e.Entries {
		kept, err := t.Exec(`INSERT INTO timeline (id, conversation, seq, body) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			entry.ID, c.ID, entry.Seq, string(entry.Body))
		if err != nil {
			return err
		}
		if kept == 0 && i == 0 {
			return taken(t, e.Record)
		}
		if kept == 0 {
			return desk.ErrConflict
		}
	}
	changed, err := t.Exec(`INSERT INTO conversations (id, customer, channel, stage, agent, updated, version, body, urgency, mood)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
		ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, stage = excluded.stage, agent = excluded.agent,
			updated = excluded.updated, version = excluded.version, body = excluded.body, urgency = excluded.urgency, mood = excluded.mood
		WHERE conversations.version = excluded.version - 1`,
		c.ID, c.Customer, c.Channel, c.Stage, c.Agent, c.Updated.UnixMilli(), c.Version, rows.conversation, Urgency(c), Mood(c.Emotion))
	if err != nil {
		return err
	}
	if changed == 0 {
		return desk.ErrConflict // not a verdict: the entries must go, too
	}
	return keepQueue(t, e, rows)
}

// taken says why the first entry of an effect could not be written: the effect is there, or another one in its place.
func taken(t *group.Tx, record string) error {
	var one int
	done, err := t.One(`SELECT 1 FROM timeline WHERE id = $1`, []any{record}, &one)
	switch {
	case err != nil:
		return err
	case done:
		return group.Refuse(ErrDone)
	}
	return group.Refuse(desk.ErrConflict)
}

func keepQueue(t *group.Tx, e Effect, rows encoded) error {
	if e.Leave {
		if _, err := t.Exec(`DELETE FROM queue WHERE conversation = $1`, e.Conversation.ID); err != nil {
			return err
		}
	}
	if p := e.Enter; p != nil {
		if _, err := t.Exec(`INSERT INTO queue (conversation, skill, priority, since, rank, position) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (conversation) DO UPDATE SET priority = excluded.priority, rank = excluded.rank,
				skill = CASE WHEN excluded.skill = '' THEN queue.skill ELSE excluded.skill END`,
			p.Conversation, p.Skill, p.Priority, p.Since.UnixMilli(), p.Rank(), p.Position); err != nil {
			return err
		}
	}
	if h := e.Handoff; h != nil {
		if _, err := t.Exec(`INSERT INTO handoffs (conversation, at, body) VALUES ($1, $2, $3)
			ON CONFLICT (conversation, at) DO UPDATE SET body = excluded.body`,
			h.Conversation, h.At.UnixMilli(), rows.handoff); err != nil {
			return err
		}
	}
	if c := e.Callback; c != nil {
		if _, err := t.Exec(`INSERT INTO callbacks (id, customer, at, body) VALUES ($1, $2, $3, $4)`,
			c.ID, c.Customer, c.At.UnixMilli(), rows.callback); err != nil {
			return err
		}
	}
	return nil
}
