// Package drafts keeps the rules that somebody of the staff writes on and has not published yet.
package drafts

import (
	"context"
	"encoding/json"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Draft is a set of rules on its way.
type Draft struct {
	Base  string            `json:"base"`  // the revision it was written from
	Files map[string]string `json:"files"` // that differ from the base, by name
	Note  string            `json:"note,omitempty"`
	At    time.Time         `json:"at"`

	// Recorded is when the trail was told last that the author writes on it. It is the server's.
	Recorded time.Time `json:"recorded,omitzero"`
}

// A Drawer holds one draft for each author.
type Drawer struct{ db *database.DB }

// Open opens the drawer of a database.
func Open(db *database.DB) *Drawer { return &Drawer{db} }

// Draft returns an author's draft, or desk.ErrNotFound.
func (d *Drawer) Draft(ctx context.Context, author desk.AgentID) (draft Draft, err error) {
	err = d.db.Body(ctx, &draft, `SELECT body FROM drafts WHERE author = $1`, author)
	return draft, database.Wrap(err, "draft of %s", author)
}

// Save keeps an author's draft in place of the one before.
func (d *Drawer) Save(ctx context.Context, author desk.AgentID, draft Draft) error {
	body, err := json.Marshal(draft)
	if err != nil {
		return database.Wrap(err, "draft of %s", author)
	}
	return database.Wrap(d.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO drafts (author, at, body) VALUES ($1, $2, $3)
			ON CONFLICT (author) DO UPDATE SET at = excluded.at, body = excluded.body`, author, draft.At.UnixMilli(), string(body))
		return err
	}), "draft of %s", author)
}

// Remove forgets an author's draft.
func (d *Drawer) Remove(ctx context.Context, author desk.AgentID) error {
	return database.Wrap(d.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`DELETE FROM drafts WHERE author = $1`, author)
		return err
	}), "draft of %s", author)
}
