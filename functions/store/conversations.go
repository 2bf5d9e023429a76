package store

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// Conversation returns the present state of a conversation.
func (s *Store) Conversation(ctx context.Context, id desk.ConversationID) (c desk.Conversation, err error) {
	err = s.Body(ctx, &c, `SELECT body FROM conversations WHERE id = $1`, id)
	return c, database.Wrap(err, "conversation %s", id)
}

// A Filter chooses conversations; empty fields choose all.
type Filter struct {
	Stage   desk.Stage
	Agent   desk.AgentID
	Channel string
	Before  time.Time // changed before this
	Limit   int       // at most; 50 when it is 0
}

// Conversations lists conversations, the latest changed first.
func (s *Store) Conversations(ctx context.Context, f Filter) ([]desk.Conversation, error) {
	where, args := []string{"1 = 1"}, []any{}
	add := func(condition string, value any) {
		args = append(args, value)
		where = append(where, fmt.Sprintf(condition, len(args)))
	}
	if f.Stage != "" {
		add("stage = $%d", f.Stage)
	}
	if f.Agent != "" {
		add("agent = $%d", f.Agent)
	}
	if f.Channel != "" {
		add("channel = $%d", f.Channel)
	}
	if !f.Before.IsZero() {
		add("updated < $%d", f.Before.UnixMilli())
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	args = append(args, f.Limit)
	query := fmt.Sprintf(`SELECT body FROM conversations WHERE %s ORDER BY updated DESC, id LIMIT $%d`, strings.Join(where, " AND "), len(args))
	return database.Bodies[desk.Conversation](ctx, s.DB, query, args...)
}

// Open returns how many conversations are not closed.
func (s *Store) Open(ctx context.Context) (n int, err error) {
	err = s.One(ctx, `SELECT COUNT(*) FROM conversations WHERE stage IN ('ai', 'queued', 'human')`, nil, &n)
	return n, database.Wrap(err, "open conversations")
}

// Idle lists the conversations in a stage that have not changed since a time, the longest first.
func (s *Store) Idle(ctx context.Context, stage desk.Stage, since time.Time, limit int) ([]desk.Conversation, error) {
	return database.Bodies[desk.Conversation](ctx, s.DB, `SELECT body FROM conversations WHERE stage = $1 AND updated < $2 ORDER BY updated LIMIT $3`,
		stage, since.UnixMilli(), limit)
}

// After returns what was said and told in a conversation after a place, in order.
func (s *Store) After(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error) {
	return database.Bodies[desk.Notice](ctx, s.DB, `SELECT body FROM timeline WHERE conversation = $1 AND seq > $2 ORDER BY seq LIMIT $3`, id, seq, limit)
}

// Before returns the latest of what was said and told in a conversation before a place (0: all of it), in order.
func (s *Store) Before(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error) {
	if seq <= 0 {
		seq = 1 << 62
	}
	return database.Bodies[desk.Notice](ctx, s.DB, `SELECT body FROM (SELECT seq, body FROM timeline WHERE conversation = $1 AND seq < $2
		ORDER BY seq DESC LIMIT $3) AS latest ORDER BY seq`, id, seq, limit)
}

// Said returns the latest messages of a conversation before a place (0: all of them), in order. Entries without a message do
// not count.
func (s *Store) Said(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error) {
	if seq <= 0 {
		seq = 1 << 62
	}
	// No text can look like the field: inside a JSON string a quotation mark has a backslash before it.
	return database.Bodies[desk.Notice](ctx, s.DB, `SELECT body FROM (SELECT seq, body FROM timeline
		WHERE conversation = $1 AND seq < $2 AND body LIKE '%"message":{%' ORDER BY seq DESC LIMIT $3) AS latest ORDER BY seq`, id, seq, limit)
}

// Entry returns one line of a timeline by its ID.
func (s *Store) Entry(ctx context.Context, id string) (n desk.Notice, err error) {
	err = s.Body(ctx, &n, `SELECT body FROM timeline WHERE id = $1`, id)
	return n, database.Wrap(err, "entry %s", id)
}

// Handoff returns the latest handoff package of a conversation.
func (s *Store) Handoff(ctx context.Context, id desk.ConversationID) (h desk.Handoff, err error) {
	err = s.Body(ctx, &h, `SELECT body FROM handoffs WHERE conversation = $1 ORDER BY at DESC LIMIT 1`, id)
	return h, database.Wrap(err, "handoff of %s", id)
}

// Callbacks lists the numbers that customers left, the latest first.
func (s *Store) Callbacks(ctx context.Context, limit int) ([]desk.Callback, error) {
	return database.Bodies[desk.Callback](ctx, s.DB, `SELECT body FROM callbacks ORDER BY at DESC, id LIMIT $1`, limit)
}

// SaveRequest keeps what the shop was asked to do, once per ID.
func (s *Store) SaveRequest(ctx context.Context, r desk.Request) error {
	body, err := json.Marshal(r)
	if err != nil {
		return database.Wrap(err, "request %s", r.ID)
	}
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO requests (id, order_no, at, body) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`,
			r.ID, r.Order, r.At.UnixMilli(), string(body))
		return err
	}), "request %s", r.ID)
}

// RequestsFor lists what the shop was asked to do about an order, in order.
func (s *Store) RequestsFor(ctx context.Context, order desk.OrderNumber) ([]desk.Request, error) {
	return database.Bodies[desk.Request](ctx, s.DB, `SELECT body FROM requests WHERE order_no = $1 ORDER BY at, id`, order)
}
