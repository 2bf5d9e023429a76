package notes

import (
	"context"
	"encoding/json"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Canned answer (快捷回复) is kept to be said again. Its text may hold {name} and {order}, which are filled in when it is used.
type Canned struct {
	ID    string       `json:"id"`
	Owner desk.AgentID `json:"owner,omitempty"` // whose it is; empty for the team's
	Group string       `json:"group,omitempty"` // under which it stands in the list
	Title string       `json:"title"`
	Text  string       `json:"text"`
	Lang  desk.Lang    `json:"lang"`
}

// Save keeps a canned answer.
func (b *Book) Save(ctx context.Context, c Canned) error {
	body, err := json.Marshal(c)
	if err != nil {
		return database.Wrap(err, "canned answer")
	}
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO canned (id, owner, body) VALUES ($1, $2, $3)
			ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, body = excluded.body`, c.ID, c.Owner, string(body))
		return err
	}), "canned answer")
}

// Canned lists the team's canned answers and those of one of the staff.
func (b *Book) Canned(ctx context.Context, who desk.AgentID) ([]Canned, error) {
	return database.Bodies[Canned](ctx, b.db, `SELECT body FROM canned WHERE owner = '' OR owner = $1 ORDER BY owner DESC, id`, who)
}

// Find returns a canned answer.
func (b *Book) Find(ctx context.Context, id string) (c Canned, err error) {
	err = b.db.Body(ctx, &c, `SELECT body FROM canned WHERE id = $1`, id)
	return c, database.Wrap(err, "canned answer %s", id)
}

// Discard removes a canned answer.
func (b *Book) Discard(ctx context.Context, id string) error {
	return database.Wrap(b.remove(ctx, `DELETE FROM canned WHERE id = $1`, id), "canned answer %s", id)
}
