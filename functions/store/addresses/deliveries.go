package addresses

import (
	"context"
	"encoding/json"

	"keliu/functions"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// Begin keeps a sending as about to be handed to a channel's network, unless there is one of its ID that is not to be tried again.
// It returns the sending as it was; begun says that it is to be handed over now. One that was begun and never settled has an unknown
// fate: it becomes desk.Uncertain.
func (b *Book) Begin(ctx context.Context, channel string, s functions.Sending) (was functions.Sending, begun bool, err error) {
	err = b.db.Change(ctx, func(t *group.Tx) error {
		was, begun = functions.Sending{}, false
		if err := t.Lock("delivery " + channel + " " + s.Send); err != nil {
			return err
		}
		found, err := line(t, `channel = $1 AND id = $2`, []any{channel, s.Send}, &was)
		if err != nil {
			return err
		}
		switch {
		case found && was.State == desk.Pending:
			was.State, was.Because, was.At = desk.Uncertain, unknownFate, s.At
			return write(t, channel, was)
		case found && (was.State != desk.Failed || was.Retry.IsZero() || s.At.Before(was.Retry)):
			return nil
		}
		begun, s.State = true, desk.Pending
		return write(t, channel, s)
	})
	return was, begun, database.Wrap(err, "begin %s", s.Send)
}

// unknownFate is why a sending is uncertain that was under way when the process ended.
const unknownFate = "系统在等待平台答复时中断，消息可能已送达，不会重复发送。The system stopped while it waited for the platform; the message may have arrived and is not sent again."

// Settle keeps what became of a sending and returns it as it stands: the network may have shown it already.
func (b *Book) Settle(ctx context.Context, channel string, s functions.Sending) (functions.Sending, error) {
	err := b.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("remote " + channel + " " + s.Remote); err != nil {
			return err
		}
		if s.State == desk.Sent {
			var at int64
			shown, err := t.One(`SELECT at FROM shown WHERE channel = $1 AND remote = $2`, []any{channel, s.Remote}, &at)
			if err != nil {
				return err
			}
			if shown {
				s.State = desk.Arrived
			}
		}
		return write(t, channel, s)
	})
	return s, database.Wrap(err, "settle %s", s.Send)
}

// Shown notes that a network shows a message of ours, and returns what it was handed over as; ErrNotFound when there is none
// yet.
func (b *Book) Shown(ctx context.Context, channel, remote string, at int64) (s functions.Sending, err error) {
	err = b.db.Change(ctx, func(t *group.Tx) error {
		s = functions.Sending{}
		if err := t.Lock("remote " + channel + " " + remote); err != nil {
			return err
		}
		if _, err := t.Exec(`INSERT INTO shown (channel, remote, at) VALUES ($1, $2, $3) ON CONFLICT (channel, remote) DO NOTHING`,
			channel, remote, at); err != nil {
			return err
		}
		found, err := line(t, `channel = $1 AND remote = $2`, []any{channel, remote}, &s)
		if err != nil || !found || s.State == desk.Arrived {
			return err
		}
		s.State, s.Because = desk.Arrived, ""
		return write(t, channel, s)
	})
	if err == nil && s.Send == "" {
		err = desk.ErrNotFound
	}
	return s, database.Wrap(err, "message %s", remote)
}

// Sending returns what became of one.
func (b *Book) Sending(ctx context.Context, channel, id string) (s functions.Sending, err error) {
	err = b.db.Body(ctx, &s, `SELECT body FROM deliveries WHERE channel = $1 AND id = $2`, channel, id)
	return s, database.Wrap(err, "delivery %s", id)
}

// Last returns the latest of what was handed over in a conversation on a channel; ErrNotFound when there is nothing.
func (b *Book) Last(ctx context.Context, channel string, c desk.ConversationID) (s functions.Sending, err error) {
	err = b.db.Body(ctx, &s, `SELECT body FROM deliveries WHERE conversation = $1 AND channel = $2 ORDER BY seq DESC, id DESC LIMIT 1`, c, channel)
	return s, database.Wrap(err, "deliveries of %s", c)
}

// Of lists what became of what was said in a conversation, in order.
func (b *Book) Of(ctx context.Context, c desk.ConversationID) ([]functions.Sending, error) {
	return database.Bodies[functions.Sending](ctx, b.db, `SELECT body FROM deliveries WHERE conversation = $1 ORDER BY seq, id`, c)
}

// line reads a sending within a change.
func line(t *group.Tx, where string, args []any, into *functions.Sending) (bool, error) {
	var body string
	found, err := t.One(`SELECT body FROM deliveries WHERE `+where, args, &body)
	if err != nil || !found {
		return found, err
	}
	return true, json.Unmarshal([]byte(body), into)
}

func write(t *group.Tx, channel string, s functions.Sending) error {
	body, err := json.Marshal(s)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO deliveries (channel, id, conversation, seq, remote, state, at, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (channel, id) DO UPDATE SET remote = excluded.remote, state = excluded.state, at = excluded.at, body = excluded.body`,
		channel, s.Send, s.Conversation, s.Seq, s.Remote, s.State, millis(s.At), string(body))
	return err
}
