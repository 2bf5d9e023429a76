package database

import (
	"context"
	"database/sql"
)

// Spy tells every query that is read.
func (db *DB) Spy(told func(query string, args []any)) { db.d.read = spy{db.d.read, told} }

type spy struct {
	reader
	told func(query string, args []any)
}

func (s spy) QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error) {
	s.told(query, args)
	return s.reader.QueryContext(ctx, query, args...)
}

func (s spy) QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row {
	s.told(query, args)
	return s.reader.QueryRowContext(ctx, query, args...)
}

// Kind names the database's kind.
func (db *DB) Kind() string {
	if db.d.shared {
		return "postgres"
	}
	return "sqlite"
}
