// Package addresses keeps where channels reach people, and what became of what was handed to their networks.
package addresses

import (
	"context"
	"time"

	"keliu/functions"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Book is the addresses and deliveries of one database. It is safe for concurrent use.
type Book struct{ db *database.DB }

// Open returns the book of a database.
func Open(db *database.DB) *Book { return &Book{db} }

const columns = `channel, person, customer, conversation, account, thread, message, wrote, entry, entered`

// Note keeps what is known of somebody's address. What is older than what is known changes nothing, so that events may come late
// and twice.
func (b *Book) Note(ctx context.Context, a functions.Address) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO addresses (`+columns+`) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
			ON CONFLICT (channel, person) DO UPDATE SET customer = excluded.customer, conversation = excluded.conversation,
			account = CASE WHEN excluded.account = '' THEN addresses.account ELSE excluded.account END,
			thread  = CASE WHEN excluded.thread = '' THEN addresses.thread ELSE excluded.thread END,
			message = CASE WHEN excluded.wrote > addresses.wrote THEN excluded.message ELSE addresses.message END,
			wrote   = CASE WHEN excluded.wrote > addresses.wrote THEN excluded.wrote ELSE addresses.wrote END,
			entry   = CASE WHEN excluded.entered > addresses.entered THEN excluded.entry ELSE addresses.entry END,
			entered = CASE WHEN excluded.entered > addresses.entered THEN excluded.entered ELSE addresses.entered END`,
			a.Channel, a.Person, a.Customer, a.Conversation, a.Account, a.Thread, a.Message, millis(a.Wrote), a.Entry, millis(a.Entered))
		return err
	}), "address of %s:%s", a.Channel, a.Person)
}

// Person returns where a channel reaches somebody by the network's ID.
func (b *Book) Person(ctx context.Context, channel, person string) (functions.Address, error) {
	a, err := b.find(ctx, `channel = $1 AND person = $2`, channel, person)
	return a, database.Wrap(err, "address of %s:%s", channel, person)
}

// Conversation returns where a channel reaches whoever spoke last in a conversation.
func (b *Book) Conversation(ctx context.Context, channel string, c desk.ConversationID) (functions.Address, error) {
	a, err := b.find(ctx, `channel = $1 AND conversation = $2 ORDER BY wrote DESC LIMIT 1`, channel, c)
	return a, database.Wrap(err, "%s address of %s", channel, c)
}

func (b *Book) find(ctx context.Context, where string, args ...any) (a functions.Address, err error) {
	var wrote, entered int64
	err = b.db.One(ctx, `SELECT `+columns+` FROM addresses WHERE `+where, args,
		&a.Channel, &a.Person, &a.Customer, &a.Conversation, &a.Account, &a.Thread, &a.Message, &wrote, &a.Entry, &entered)
	a.Wrote, a.Entered = moment(wrote), moment(entered)
	return a, err
}

// millis is a time in ms since 1970; no time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func moment(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}
