package database

import (
	"context"
	"database/sql"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/pressly/goose/v3"

	"keliu/functions/store/database/server"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A dialect is an open database of one of the two kinds, and what sets it apart from the other.
type dialect struct {
	read    reader
	write   *sql.DB
	kind    goose.Dialect
	schema  *strings.Replacer // says the migrations in its words
	queries *strings.Replacer // says the queries in its words; nil when they are its own
	engine  group.Engine
	shared  bool             // other processes write to it, too
	lost    func(error) bool // whether a connection broke; nil where there is none
}

// A reader answers queries. It is a *sql.DB.
type reader interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	Close() error
}

// open opens the database that an address names.
func open(ctx context.Context, address, dir string) (*dialect, error) {
	switch scheme, rest, _ := strings.Cut(address, ":"); scheme {
	case "sqlite":
		return openSQLite(rest, dir)
	case "postgres", "postgresql":
		return openPostgres(ctx, address)
	}
	return nil, fmt.Errorf("store %q: write sqlite:, sqlite:PATH or %s: %w", address, server.Form, desk.ErrInvalid)
}

// said is a query in the words of the dialect.
func (d *dialect) said(query string) string {
	if d.queries == nil {
		return query
	}
	return d.queries.Replace(query)
}

// reading reads, again for as long as it meets connections that broke while they were idle, and no row has been read.
func (d *dialect) reading(read func() (begun bool, err error)) error {
	for n := 0; ; n++ {
		begun, err := read()
		if err == nil || begun || n > server.Most || d.lost == nil || !d.lost(err) {
			return err
		}
	}
}

// migrate brings the schema up to date. Whoever does it in a shared database has it to themselves.
func (d *dialect) migrate(ctx context.Context) (err error) {
	if d.shared {
		c, err := d.wait(ctx, "migrations")
		if err != nil {
			return fmt.Errorf("migrate: %w", err)
		}
		defer c.release(ctx)
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(d.kind, d.write, translated{files, d.schema})
	if err != nil {
		return fmt.Errorf("migrations: %w", err)
	}
	if _, err := p.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	return nil
}

// translated are the migrations in the words of a dialect.
type translated struct {
	fs.FS
	words *strings.Replacer
}

// Open opens a migration.
func (t translated) Open(name string) (fs.File, error) {
	file, err := t.FS.Open(name)
	if err != nil || t.words == nil || !strings.HasSuffix(name, ".sql") {
		return file, err
	}
	text, err := io.ReadAll(file)
	if err != nil {
		return nil, err
	}
	return script{file, strings.NewReader(t.words.Replace(string(text)))}, nil
}

// A script is a migration that was translated.
type script struct {
	fs.File
	text io.Reader
}

// Read reads the translation.
func (s script) Read(p []byte) (int, error) { return s.text.Read(p) }
