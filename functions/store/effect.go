package store

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// ErrDone reports that the effect of this record is already there.
var ErrDone = errors.New("already done")

// An Effect is all that one record changes. It happens whole, once, or not at all.
type Effect struct {
	Record       string            // the record's ID; the first entry carries it
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
	ID string
	desk.Notice
}

// Commit makes an effect durable; what goes out with it is published soon after, in the order of the commits. It
// returns ErrDone when the record had its effect before, and desk.ErrConflict when the conversation has changed since it
// was read.
func (s *Store) Commit(ctx context.Context, e Effect) error {
	rows, err := encode(e)
	if err == nil {
		err = s.change(ctx, func(t *group.Tx) error {
			if err := keep(t, e, rows); err != nil {
				return err
			}
			return s.post(t, e.Outgoing, rows.outgoing)
		})
	}
	if err != nil {
		return fmt.Errorf("commit %s: %w", e.Record, err)
	}
	return nil
}

// encoded is an effect's JSON, made outside the writer.
type encoded struct {
	conversation, handoff, callback, outgoing string
	entries                                   []string
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
	for _, entry := range e.Entries {
		rows.entries = append(rows.entries, enc(entry.Notice))
	}
	if e.Handoff != nil {
		rows.handoff = enc(e.Handoff)
	}
	if e.Callback != nil {
		rows.callback = enc(e.Callback)
	}
	if len(e.Outgoing) > 0 {
		rows.outgoing = enc(e.Outgoing)
	}
	return rows, err
}

func keep(t *group.Tx, e Effect, rows encoded) error {
	var one int
	if done, err := t.One(`SELECT 1 FROM timeline WHERE id = $1`, []any{e.Record}, &one); err != nil {
		return err
	} else if done {
		return group.Refuse(ErrDone)
	}
	c := e.Conversation
	changed, err := t.Exec(`INSERT INTO conversations (id, customer, channel, stage, agent, updated, version, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET channel = excluded.channel, stage = excluded.stage, agent = excluded.agent,
			updated = excluded.updated, version = excluded.version, body = excluded.body
		WHERE conversations.version = excluded.version - 1`,
		c.ID, c.Customer, c.Channel, c.Stage, c.Agent, c.Updated.UnixMilli(), c.Version, rows.conversation)
	if err != nil {
		return err
	}
	if changed == 0 {
		return group.Refuse(desk.ErrConflict)
	}
	for i, entry := range e.Entries {
		if _, err := t.Exec(`INSERT INTO timeline (id, conversation, seq, body) VALUES ($1, $2, $3, $4)`,
			entry.ID, c.ID, entry.Seq, rows.entries[i]); err != nil {
			return err
		}
	}
	return keepQueue(t, e, rows)
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
		if _, err := t.Exec(`INSERT INTO callbacks (id, at, body) VALUES ($1, $2, $3)`, c.ID, c.At.UnixMilli(), rows.callback); err != nil {
			return err
		}
	}
	return nil
}
