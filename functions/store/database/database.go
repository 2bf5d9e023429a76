// Package database is the open database of the present state: one schema and one SQL for two databases, SQLite and PostgreSQL,
// writes that share transactions, reads, and the outbox of what goes out with a change. The rooms of tables stand on it. The SQL is
// PostgreSQL's as far as SQLite has it; file dialect.go translates what little is left.
package database

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"keliu/functions/store/database/tickets"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

//go:embed migrations/*.sql
var migrations embed.FS

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	d       *dialect
	process string // names this process in the outbox
	writer  *group.Writer
	opened  int64 // the last number in the outbox that an earlier process of the name has left
	mail    *tickets.Bag
	leave   func() // ends what says that the process is there
}

// Open opens the database that address names and brings its schema up to date. The address is "sqlite:" for keliu.db in dir,
// "sqlite:PATH" or "postgres://USER:PASSWORD@HOST:PORT/DATABASE", which several processes may share. Await waits for the latter.
func Open(ctx context.Context, address, dir string) (*DB, error) {
	d, err := open(ctx, address, dir)
	if errors.Is(err, desk.ErrInvalid) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("open store: %w", unavailable(err))
	}
	db := &DB{d: d, process: "embedded", leave: func() {}}
	if err := db.open(ctx); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), db.Close())
	}
	return db, nil
}

func (db *DB) open(ctx context.Context) (err error) {
	if err := db.d.migrate(ctx); err != nil {
		return err
	}
	if db.d.shared {
		db.process = db.d.engine.Process
		if db.leave, err = db.d.attend(ctx, db.process); err != nil {
			return err
		}
	}
	if err := db.One(ctx, `SELECT COALESCE(MAX(n), 0) FROM outbox WHERE process = $1`, []any{db.process}, &db.opened); err != nil {
		return err
	}
	db.mail = tickets.New(db.opened)
	db.writer, err = group.Open(ctx, db.d.write, db.d.engine)
	return err
}

// Await waits until the database that address names can be opened, and says to waiting why it cannot yet. It fails with
// desk.ErrInvalid at once when it never can be.
func Await(ctx context.Context, address string, waiting func(error)) error {
	if !strings.HasPrefix(address, "postgres") {
		return nil // a file is there or is made
	}
	for wait := time.Second; ; wait = min(2*wait, 15*time.Second) {
		d, err := open(ctx, address, "")
		switch {
		case err == nil:
			return errors.Join(d.read.Close(), d.write.Close())
		case errors.Is(err, desk.ErrInvalid):
			return err
		case ctx.Err() == nil:
			waiting(err)
		}
		if err := pause(ctx, wait); err != nil {
			return err
		}
	}
}

// Close ends the database after the changes under way.
func (db *DB) Close() error {
	var err error
	if db.writer != nil {
		err = db.writer.Close()
	}
	db.leave()
	return errors.Join(err, db.d.write.Close(), db.d.read.Close())
}

// Change runs do in some next group and returns once the group is durable. do may be run several times.
func (db *DB) Change(ctx context.Context, do func(*group.Tx) error) error {
	err := db.writer.Change(ctx, do)
	for n := 1; errors.Is(err, errUntold) && n < 60; n++ {
		if err := pause(ctx, 50*time.Millisecond); err != nil {
			return err
		}
		err = db.writer.Change(ctx, do)
	}
	var broken group.Broken
	if errors.As(err, &broken) {
		return unavailable(err)
	}
	return err
}

// answer is how long a database that is ready takes to answer at most.
const answer = 5 * time.Second

// Ready reports whether the database answers.
func (db *DB) Ready(ctx context.Context) error {
	ctx, cancel := context.WithTimeout(ctx, answer)
	defer cancel()
	var one int
	return db.d.read.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// Rows runs a query and hands each row's scan function to each.
func (db *DB) Rows(ctx context.Context, query string, args []any, each func(scan func(...any) error) error) error {
	var wrong error // with what a row says
	err := db.d.reading(func() (begun bool, err error) {
		rows, err := db.d.read.QueryContext(ctx, db.d.said(query), db.d.engine.Values(args)...)
		if err != nil {
			return false, err
		}
		defer rows.Close()
		for rows.Next() {
			begun = true
			if wrong = each(rows.Scan); wrong != nil {
				return true, nil
			}
		}
		return begun, rows.Err()
	})
	if wrong != nil {
		return wrong
	}
	return unavailable(err)
}

// One scans the only row of a query and turns its absence into desk.ErrNotFound.
func (db *DB) One(ctx context.Context, query string, args []any, into ...any) error {
	err := db.d.reading(func() (bool, error) {
		return false, db.d.read.QueryRowContext(ctx, db.d.said(query), db.d.engine.Values(args)...).Scan(into...)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return desk.ErrNotFound
	}
	return unavailable(err)
}

// unavailable marks an error of the database, which is no fault of what was asked of it.
func unavailable(err error) error {
	if err == nil || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: store: %w", desk.ErrUnavailable, err)
}
