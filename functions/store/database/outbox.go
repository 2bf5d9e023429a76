package database

import (
	"context"
	"errors"
	"fmt"
	"time"

	"keliu/functions/store/database/tickets"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// Sealed are outgoing records that were encoded outside the writer.
type Sealed struct {
	out  []desk.Outgoing
	key  string
	body []byte
}

// Seal encodes records for Post. Bodies are text.
func Seal(out []desk.Outgoing) (Sealed, error) {
	body, err := tickets.Pack(out)
	return Sealed{out, tickets.Key(out), body}, err
}

// errUntold reports that another process has changed the same conversation or person and not yet published what goes out with that.
var errUntold = errors.New("what another process did before is not told yet")

const (
	postQuery = `INSERT INTO outbox (process, n, key, body) VALUES ($1, $2, $3, $4)`
	untold    = ` RETURNING (SELECT COUNT(*) FROM outbox AS theirs WHERE theirs.key = $3 AND theirs.key <> '' AND theirs.process <> $1)`
)

// Post writes outgoing records beside the state that a change writes, after it; they are published soon after it is durable, in the
// order of the commits.
func (db *DB) Post(t *group.Tx, sealed Sealed) error {
	if len(sealed.out) == 0 {
		return nil
	}
	posted := db.mail.Add(sealed.out)
	t.OnEnd(func(committed bool) { db.mail.Decide(posted, committed) })
	args := []any{db.process, posted.N, sealed.key, string(sealed.body)}
	if !db.d.shared {
		_, err := t.Exec(postQuery, args...)
		return err
	}
	var others int
	if err := t.Insert(postQuery+untold, args, &others); err != nil || others == 0 {
		return err
	}
	return fmt.Errorf("%s: %w", sealed.key, errUntold)
}

// unsent returns the tickets of a process up to a number that were never crossed off, oldest first: what its end has left between
// commit and publication.
func (db *DB) unsent(ctx context.Context, process string, last int64) (left []*tickets.Ticket, err error) {
	err = db.Rows(ctx, `SELECT n, body FROM outbox WHERE process = $1 AND n <= $2 ORDER BY n`, []any{process, last},
		func(scan func(...any) error) error {
			t := &tickets.Ticket{}
			var body string
			if err := scan(&t.N, &body); err != nil {
				return err
			}
			var err error
			if t.Out, err = tickets.Unpack([]byte(body)); err != nil {
				return fmt.Errorf("outbox %d: %w", t.N, err)
			}
			left = append(left, t)
			return nil
		})
	return left, err
}

// cross crosses off the tickets of a process up to a number.
func (db *DB) cross(ctx context.Context, process string, last int64) error {
	return db.writer.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`DELETE FROM outbox WHERE process = $1 AND n <= $2`, process, last)
		return err
	})
}

// strike forgets the marks of a process that is not there any more.
func (db *DB) strike(ctx context.Context, process string) error {
	return db.writer.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`DELETE FROM marks WHERE process = $1`, process)
		return err
	})
}

// pause waits a little before something is tried again.
func pause(ctx context.Context, wait time.Duration) error {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
