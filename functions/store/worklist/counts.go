package worklist

import (
	"context"

	"keliu/functions/store"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// Counts are how many conversations there are of each kind.
type Counts struct {
	Mine        int `json:"mine"`         // that the caller has
	MineWaiting int `json:"mine_waiting"` // of these, whose customer waits for an answer
	Queued      int `json:"queued"`
	AI          int `json:"ai"`    // with the AI
	Human       int `json:"human"` // with a person, whoever it is
	Open        int `json:"open"`  // all but the closed
	Unhappy     int `json:"unhappy"`
	Closed      int `json:"closed"`
}

// Counts counts conversations, for one of the staff.
func (l *List) Counts(ctx context.Context, who desk.AgentID) (n Counts, err error) {
	err = l.db.Rows(ctx, `SELECT stage, agent = $1, urgency < $2, mood > 0, COUNT(*) FROM conversations
		WHERE stage IN ('ai', 'queued', 'human') GROUP BY 1, 2, 3, 4`, []any{who, store.NotWaiting}, func(scan func(...any) error) error {
		var stage desk.Stage
		var own, waits, unhappy bool
		var count int
		if err := scan(&stage, &own, &waits, &unhappy, &count); err != nil {
			return err
		}
		n.Open += count
		switch stage {
		case desk.WithAI:
			n.AI += count
		case desk.Queued:
			n.Queued += count
		case desk.Human:
			n.Human += count
		}
		if unhappy {
			n.Unhappy += count
		}
		if own && stage == desk.Human {
			n.Mine += count
			if waits {
				n.MineWaiting += count
			}
		}
		return nil
	})
	if err == nil {
		err = l.db.One(ctx, `SELECT COUNT(*) FROM conversations WHERE stage = 'closed'`, nil, &n.Closed)
	}
	return n, database.Wrap(err, "count conversations")
}

// Next gives one of the staff the next in the queue whom they may serve: a customer without a wish for a kind of person, or
// with one that they have. claim makes the record that goes out with it. It returns desk.ErrNotFound when there is nobody.
func (l *List) Next(ctx context.Context, who desk.Agent, claim func(desk.ConversationID) (desk.Outgoing, error)) (id desk.ConversationID, err error) {
	w := &clause{}
	may := in(w, "skill", append([]string{""}, who.Skills...))
	err = l.db.Change(ctx, func(t *group.Tx) error {
		if err := store.LockQueue(t); err != nil {
			return err
		}
		found, err := t.One(`SELECT conversation FROM queue WHERE agent = '' AND `+may+` ORDER BY rank, conversation LIMIT 1`, w.args, &id)
		if err != nil {
			return err
		}
		if !found {
			return group.Refuse(desk.ErrNotFound)
		}
		out, err := claim(id)
		if err != nil {
			return group.Refuse(err)
		}
		sealed, err := database.Seal([]desk.Outgoing{out})
		if err != nil {
			return group.Refuse(err)
		}
		if _, err := t.Exec(`UPDATE queue SET agent = $1 WHERE conversation = $2`, who.ID, id); err != nil {
			return err
		}
		return l.db.Post(t, sealed)
	})
	return id, database.Wrap(err, "next in the queue")
}
