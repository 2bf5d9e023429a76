// Package database is the open database of the present state: one schema and one SQL for two databases (SQLite is the
// default), writes that share transactions, reads, and the outbox of what goes out with a change. The rooms of tables stand
// on it.
package database

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"keliu/functions/store/group"
	"keliu/streams/desk"
)

//go:embed migrations/*.sql
var migrations embed.FS

// A DB is an open database. It is safe for concurrent use.
type DB struct {
	process string // names this process in the outbox
	read    *sql.DB
	write   *sql.DB
	writer  *group.Writer
	posted  int64 // the last number in the outbox; the writer's
	mail    mailbag
}

// Open opens the database that address names and brings its schema up to date. The address is "sqlite:" for keliu.db in dir,
// or "sqlite:PATH".
func Open(ctx context.Context, address, dir string) (*DB, error) {
	path, ok := strings.CutPrefix(address, "sqlite:")
	if !ok {
		return nil, fmt.Errorf("store %q: write sqlite: or sqlite:PATH: %w", address, desk.ErrInvalid)
	}
	if strings.ContainsAny(path, "?#") {
		return nil, fmt.Errorf("store %q: sqlite takes a path and no parameters: %w", address, desk.ErrInvalid)
	}
	if path == "" {
		path = filepath.Join(dir, "keliu.db")
	}
	write, err := openSQLite(path, 1, "immediate")
	if err != nil {
		return nil, fmt.Errorf("open store: %w", err)
	}
	if err := migrate(ctx, write); err != nil {
		return nil, errors.Join(err, write.Close())
	}
	read, err := openSQLite(path, 8, "deferred")
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), write.Close())
	}
	writer, err := group.Open(ctx, write, "BEGIN IMMEDIATE")
	if err != nil {
		return nil, errors.Join(err, read.Close(), write.Close())
	}
	db := &DB{process: "embedded", read: read, write: write, writer: writer, mail: mailbag{filled: make(chan struct{}, 1)}}
	if err := db.One(ctx, `SELECT COALESCE(MAX(n), 0) FROM outbox WHERE process = $1`, []any{db.process}, &db.posted); err != nil {
		return nil, errors.Join(fmt.Errorf("open store: %w", err), db.Close())
	}
	return db, nil
}

func openSQLite(path string, connections int, lock string) (*sql.DB, error) {
	q := url.Values{"_txlock": {lock}, "_pragma": {
		"busy_timeout(10000)",
		"journal_mode(WAL)",
		"synchronous(FULL)", // an acknowledged record is forgotten by the log, so its effect must be on the disk
		"cache_size(-32000)",
		"wal_autocheckpoint(4000)",
		"temp_store(MEMORY)",
	}}
	db, err := sql.Open("sqlite", (&url.URL{Scheme: "file", Opaque: (&url.URL{Path: path}).EscapedPath(), RawQuery: q.Encode()}).String())
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db, nil
}

func migrate(ctx context.Context, db *sql.DB) error {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, db, files)
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// Close ends the database after the changes under way.
func (db *DB) Close() error { return errors.Join(db.writer.Close(), db.write.Close(), db.read.Close()) }

// Change runs do in the next group and returns once the group is durable. do may be run twice.
func (db *DB) Change(ctx context.Context, do func(*group.Tx) error) error {
	err := db.writer.Change(ctx, do)
	var broken group.Broken
	if errors.As(err, &broken) {
		return unavailable(err)
	}
	return err
}

// Ready reports whether the database answers.
func (db *DB) Ready(ctx context.Context) error {
	var one int
	return db.read.QueryRowContext(ctx, "SELECT 1").Scan(&one)
}

// Rows runs a query and hands each row's scan function to each.
func (db *DB) Rows(ctx context.Context, query string, args []any, each func(scan func(...any) error) error) error {
	rows, err := db.read.QueryContext(ctx, query, args...)
	if err != nil {
		return unavailable(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := each(rows.Scan); err != nil {
			return err
		}
	}
	return unavailable(rows.Err())
}

// One scans the only row of a query and turns its absence into desk.ErrNotFound.
func (db *DB) One(ctx context.Context, query string, args []any, into ...any) error {
	err := db.read.QueryRowContext(ctx, query, args...).Scan(into...)
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
