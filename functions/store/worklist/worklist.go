// Package worklist is the list of the workbench: which conversations there are, the most urgent first, who waits for whom,
// and how many there are of each kind.
package worklist

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"keliu/functions/store"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A List reads and marks the conversations of a store. It is safe for concurrent use.
type List struct{ db *database.DB }

// Open opens the list of a store.
func Open(db *database.DB) *List { return &List{db} }

// A Row is a conversation as the list shows it.
type Row struct {
	desk.Conversation
	WaitingSince time.Time `json:"waiting_since,omitzero"` // when the customer began to wait for somebody; left out when nobody does
	AgentName    string    `json:"agent_name,omitempty"`   // of whoever has it
	Position     int       `json:"position,omitempty"`     // in the queue; 1 is next
	Skill        string    `json:"skill,omitempty"`        // which kind of person it waits for
	Cursor       string    `json:"cursor"`                 // the place in the list, to go on after
}

// A Sort is an order of the list.
type Sort string

// The orders of the list.
const (
	ByUrgency Sort = "urgency" // who waits longest first, the unhappy with a head start; then the latest changed
	ByUpdate  Sort = "updated" // the latest changed first
)

// A Filter chooses conversations; empty fields choose all.
type Filter struct {
	Stages   []desk.Stage
	Agent    desk.AgentID
	Channel  string
	Customer desk.CustomerID
	Unhappy  bool                  // whose customers are
	Before   time.Time             // changed before this
	Among    []desk.ConversationID // or whose customer's name or last line holds Words
	Words    string
	Sort     Sort   // ByUpdate when it is empty
	After    string // the cursor of the last row seen
	Limit    int    // at most; 50 when it is 0
}

// columns are what row reads. Whatever was said after somebody looked is unread, and never more than since a person spoke.
const columns = `c.body, c.updated, c.urgency, COALESCE(staff.name, ''), COALESCE(queue.skill, ''), COALESCE(queue.place, 0),
	CASE WHEN looked.seq IS NULL THEN -1 ELSE (SELECT COUNT(*) FROM timeline WHERE timeline.conversation = c.id
		AND timeline.seq > looked.seq AND timeline.body LIKE '%"event":"message"%') END
	FROM conversations AS c LEFT JOIN staff ON staff.id = c.agent LEFT JOIN
	(SELECT conversation, skill, ROW_NUMBER() OVER (ORDER BY rank, conversation) AS place FROM queue) AS queue ON queue.conversation = c.id
	LEFT JOIN looked ON looked.conversation = c.id`

func row(scan func(...any) error, order Sort) (r Row, err error) {
	var body string
	var updated, urgency int64
	var unread int
	if err := scan(&body, &updated, &urgency, &r.AgentName, &r.Skill, &r.Position, &unread); err != nil {
		return r, err
	}
	if err := json.Unmarshal([]byte(body), &r.Conversation); err != nil {
		return r, err
	}
	if unread >= 0 {
		r.Unread = min(r.Unread, unread)
	}
	r.WaitingSince = store.WaitingSince(r.Conversation)
	place := updated
	if order == ByUrgency {
		place = urgency
	}
	r.Cursor = fmt.Sprintf("%d_%s", place, r.ID)
	return r, nil
}

// Rows lists conversations. It refuses with parameter_cursor a cursor that is none.
func (l *List) Rows(ctx context.Context, f Filter) (rows []Row, err error) {
	w, err := f.where()
	if err != nil {
		return nil, err
	}
	if f.Limit <= 0 {
		f.Limit = 50
	}
	order := "c.updated DESC"
	if f.Sort == ByUrgency {
		order = "c.urgency"
	}
	query := fmt.Sprintf(`SELECT %s WHERE %s ORDER BY %s, c.id LIMIT %s`, columns, strings.Join(w.conditions, " AND "), order, w.arg(f.Limit))
	err = l.db.Rows(ctx, query, w.args, func(scan func(...any) error) error {
		r, err := row(scan, f.Sort)
		rows = append(rows, r)
		return err
	})
	return rows, database.Wrap(err, "list conversations")
}

// Row returns one conversation as the list shows it.
func (l *List) Row(ctx context.Context, id desk.ConversationID) (r Row, err error) {
	err = desk.ErrNotFound
	read := l.db.Rows(ctx, `SELECT `+columns+` WHERE c.id = $1`, []any{id}, func(scan func(...any) error) error {
		r, err = row(scan, ByUrgency)
		return err
	})
	if read != nil {
		err = read
	}
	return r, database.Wrap(err, "conversation %s", id)
}

// A clause gathers the conditions of a query and their values.
type clause struct {
	conditions []string
	args       []any
}

// arg adds a value and returns its place.
func (w *clause) arg(v any) string {
	w.args = append(w.args, v)
	return fmt.Sprintf("$%d", len(w.args))
}

func (w *clause) add(format string, values ...any) {
	places := make([]any, len(values))
	for i, v := range values {
		places[i] = w.arg(v)
	}
	w.conditions = append(w.conditions, fmt.Sprintf(format, places...))
}

// in adds that a column is one of several values.
func in[T ~string](w *clause, column string, values []T) string {
	if len(values) == 0 {
		return "1 = 0" // no list is empty in SQL
	}
	places := make([]string, len(values))
	for i, v := range values {
		places[i] = w.arg(string(v))
	}
	return column + " IN (" + strings.Join(places, ", ") + ")"
}

func (f Filter) where() (*clause, error) {
	w := &clause{conditions: []string{"1 = 1"}}
	if len(f.Stages) > 0 {
		w.conditions = append(w.conditions, in(w, "c.stage", f.Stages))
	}
	if f.Agent != "" {
		w.add("c.agent = %s", f.Agent)
	}
	if f.Channel != "" {
		w.add("c.channel = %s", f.Channel)
	}
	if f.Customer != "" {
		w.add("c.customer = %s", f.Customer)
	}
	if f.Unhappy {
		w.add("c.mood > %s", desk.Calm)
	}
	if !f.Before.IsZero() {
		w.add("c.updated < %s", f.Before.UnixMilli())
	}
	if f.Words != "" {
		w.add(`(c.body ILIKE %s ESCAPE '!' OR c.body ILIKE %s ESCAPE '!' OR `+strings.ReplaceAll(in(w, "c.id", f.Among), "%", "%%")+`)`,
			`%"name":"%`+like(f.Words), `%"last":"%`+like(f.Words))
	}
	if f.After != "" {
		var place int64
		var id string
		if n, err := fmt.Sscanf(f.After, "%d_%s", &place, &id); err != nil || n != 2 {
			return nil, desk.Refuse(desk.ErrInvalid, "cursor")
		}
		beyond := "c.updated <= %s AND (c.updated < %s OR c.id > %s)"
		if f.Sort == ByUrgency {
			beyond = "c.urgency >= %s AND (c.urgency > %s OR c.id > %s)"
		}
		w.add(beyond, place, place, id)
	}
	return w, nil
}

// like is a pattern for what begins with anything and holds the words as they stand in JSON.
func like(words string) string {
	encoded, err := json.Marshal(words)
	if err != nil { // a string always marshals
		return "%"
	}
	inside := string(encoded[1 : len(encoded)-1])
	return strings.NewReplacer("!", "!!", "%", "!%", "_", "!_").Replace(inside) + "%"
}

// errEnough ends a search that has found enough.
var errEnough = errors.New("enough")

// Found searches what was said in the conversations that a filter chooses, the latest changed first, and returns the latest message
// of each that holds the words, of at most limit conversations. good may refuse a message, so that an earlier one counts. When the
// context ends before everything was searched it returns what was found, and an error.
func (l *List) Found(ctx context.Context, f Filter, limit int, good func(desk.Message) bool) (map[desk.ConversationID]desk.Message, error) {
	words := f.Words
	f.Words, f.After = "", ""
	w, err := f.where()
	if err != nil {
		return nil, err
	}
	w.add(`timeline.body ILIKE %s ESCAPE '!'`, `%"text":"%`+like(words))
	found := map[desk.ConversationID]desk.Message{}
	query := fmt.Sprintf(`SELECT timeline.body FROM conversations AS c JOIN timeline ON timeline.conversation = c.id WHERE %s
		ORDER BY c.updated DESC, timeline.seq DESC`, strings.Join(w.conditions, " AND "))
	err = l.db.Rows(ctx, query, w.args, func(scan func(...any) error) error {
		var body string
		if err := scan(&body); err != nil {
			return err
		}
		var n desk.Notice
		if err := json.Unmarshal([]byte(body), &n); err != nil {
			return err
		}
		if _, known := found[n.Conversation]; known || n.Message == nil || !good(*n.Message) {
			return nil
		}
		if len(found) == limit {
			return errEnough
		}
		found[n.Conversation] = *n.Message
		return nil
	})
	if errors.Is(err, errEnough) {
		err = nil
	}
	return found, database.Wrap(err, "search")
}

// Look records that somebody looked at a conversation up to a place.
func (l *List) Look(ctx context.Context, id desk.ConversationID, seq int64) error {
	return database.Wrap(l.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO looked (conversation, seq) VALUES ($1, $2)
			ON CONFLICT (conversation) DO UPDATE SET seq = excluded.seq WHERE looked.seq < excluded.seq`, id, seq)
		return err
	}), "look at %s", id)
}
