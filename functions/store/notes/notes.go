// Package notes keeps what the staff write for themselves: notes, canned answers and how they closed, and beside it the trail
// of pages that a customer was on.
package notes

import (
	"context"
	"encoding/json"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Book holds what the staff write. It is safe for concurrent use.
type Book struct{ db *database.DB }

// Open opens the book of a store.
func Open(db *database.DB) *Book { return &Book{db} }

// A Note (备注) is what one of the staff wrote about a conversation, for the others. The customer never sees it.
type Note struct {
	ID           string              `json:"id"`
	Conversation desk.ConversationID `json:"conversation"`
	By           desk.AgentID        `json:"by"`
	Name         string              `json:"name"` // of whoever wrote it
	Text         string              `json:"text"`
	At           time.Time           `json:"at"`
}

// Add keeps a note.
func (b *Book) Add(ctx context.Context, n Note) error {
	body, err := json.Marshal(n)
	if err != nil {
		return database.Wrap(err, "note")
	}
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO notes (id, conversation, at, body) VALUES ($1, $2, $3, $4)`, n.ID, n.Conversation, n.At.UnixMilli(), string(body))
		return err
	}), "note")
}

// Notes lists the notes about a conversation, the latest first.
func (b *Book) Notes(ctx context.Context, id desk.ConversationID) ([]Note, error) {
	return database.Bodies[Note](ctx, b.db, `SELECT body FROM notes WHERE conversation = $1 ORDER BY at DESC, id`, id)
}

// Note returns a note.
func (b *Book) Note(ctx context.Context, id string) (n Note, err error) {
	err = b.db.Body(ctx, &n, `SELECT body FROM notes WHERE id = $1`, id)
	return n, database.Wrap(err, "note %s", id)
}

// Strike removes a note.
func (b *Book) Strike(ctx context.Context, id string) error {
	return database.Wrap(b.remove(ctx, `DELETE FROM notes WHERE id = $1`, id), "note %s", id)
}

// remove runs a deletion and returns desk.ErrNotFound when there was nothing.
func (b *Book) remove(ctx context.Context, statement string, args ...any) error {
	return b.db.Change(ctx, func(t *group.Tx) error {
		removed, err := t.Exec(statement, args...)
		if err == nil && removed == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		return err
	})
}

// mostVisits is how many pages of a customer are kept.
const mostVisits = 50

// A Visit is a page that a customer was on.
type Visit struct {
	Page string    `json:"page"`
	At   time.Time `json:"at"`
}

// Visited keeps that a customer came to a page. To stay on a page, or to load it again, is no visit.
func (b *Book) Visited(ctx context.Context, id desk.ConversationID, page string, at time.Time) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("visits " + string(id)); err != nil {
			return err
		}
		var latest string
		if _, err := t.One(`SELECT page FROM visits WHERE conversation = $1 ORDER BY at DESC LIMIT 1`, []any{id}, &latest); err != nil || latest == page {
			return err
		}
		if _, err := t.Exec(`INSERT INTO visits (conversation, at, page) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`, id, at.UnixMilli(), page); err != nil {
			return err
		}
		_, err := t.Exec(`DELETE FROM visits WHERE conversation = $1 AND at <= (SELECT at FROM visits WHERE conversation = $1
			ORDER BY at DESC LIMIT 1 OFFSET $2)`, id, mostVisits)
		return err
	}), "visit of %s", id)
}

// Trail lists the pages that a customer was on, the latest first.
func (b *Book) Trail(ctx context.Context, id desk.ConversationID) (trail []Visit, err error) {
	err = b.db.Rows(ctx, `SELECT page, at FROM visits WHERE conversation = $1 ORDER BY at DESC`, []any{id}, func(scan func(...any) error) error {
		var v Visit
		var at int64
		if err := scan(&v.Page, &at); err != nil {
			return err
		}
		v.At = time.UnixMilli(at).UTC()
		trail = append(trail, v)
		return nil
	})
	return trail, database.Wrap(err, "trail of %s", id)
}

// A Closing says how one of the staff closed a session.
type Closing struct {
	Conversation desk.ConversationID `json:"conversation"`
	Session      int                 `json:"session"`
	By           desk.AgentID        `json:"by"`
	Name         string              `json:"name"`
	Reason       string              `json:"reason"`
	Summary      string              `json:"summary"`
	At           time.Time           `json:"at"`
}

// Closed keeps how a session was closed.
func (b *Book) Closed(ctx context.Context, c Closing) error {
	body, err := json.Marshal(c)
	if err != nil {
		return database.Wrap(err, "closing of %s", c.Conversation)
	}
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO closings (conversation, session, body) VALUES ($1, $2, $3)
			ON CONFLICT (conversation, session) DO UPDATE SET body = excluded.body`, c.Conversation, c.Session, string(body))
		return err
	}), "closing of %s", c.Conversation)
}

// Closings lists how the sessions of a customer's conversations were closed, the latest first.
func (b *Book) Closings(ctx context.Context, customer desk.CustomerID) ([]Closing, error) {
	return database.Bodies[Closing](ctx, b.db, `SELECT closings.body FROM closings JOIN conversations ON conversations.id = closings.conversation
		WHERE conversations.customer = $1 ORDER BY conversations.updated DESC, session DESC`, customer)
}
