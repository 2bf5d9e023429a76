package database

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"reflect"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/pressly/goose/v3"

	"keliu/functions/store/database/server"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// openPostgres opens a database of a PostgreSQL server. Several processes write to it, several transactions at a time.
func openPostgres(ctx context.Context, address string) (*dialect, error) {
	s, err := server.Parse(address)
	if err != nil {
		return nil, err
	}
	d := &dialect{
		read: s.Open(s.Readers), write: s.Open(s.Writers),
		kind: goose.DialectPostgres,
		// Texts are ordered by their bytes, as in SQLite, however the database was made.
		schema: strings.NewReplacer(" TEXT", ` TEXT COLLATE "C"`, "instr(", "strpos("),
		engine: group.Engine{
			Begin:   "BEGIN ISOLATION LEVEL READ COMMITTED",
			Writers: s.Writers,
			Lock:    "SELECT pg_advisory_xact_lock($1)",
			Try:     "SELECT pg_try_advisory_xact_lock($1)",
			// The server's own numbers of transactions tell nothing after a crash: it may have used them again.
			Enrol:   "INSERT INTO marks (process, writer, n) VALUES ($1, $2, 0) ON CONFLICT (process, writer) DO NOTHING",
			Mark:    "UPDATE marks SET n = $3 WHERE process = $1 AND writer = $2",
			Fate:    "SELECT n FROM marks WHERE process = $1 AND writer = $2 FOR UPDATE",
			Process: rand.Text(),
			Again:   again,
			Value:   value,
		},
		shared: true,
		lost:   lost,
	}
	d.write.SetMaxOpenConns(0) // writers have one each for good, and so have claims
	var schema sql.NullString
	if err := d.write.QueryRowContext(ctx, "SELECT current_schema()").Scan(&schema); err != nil {
		return nil, errors.Join(err, d.read.Close(), d.write.Close())
	}
	if !schema.Valid {
		return nil, errors.Join(fmt.Errorf("store: no schema of the search_path exists: create it, or leave search_path out: %w", desk.ErrInvalid),
			d.read.Close(), d.write.Close())
	}
	d.engine.Space = schema.String
	return d, nil
}

// again reports whether a transaction failed because of another one.
func again(err error) bool {
	var pg *pgconn.PgError
	return errors.As(err, &pg) && (pg.Code == "40001" || pg.Code == "40P01") // serialization_failure, deadlock_detected
}

// lost reports whether a connection broke, and not while it was made.
func lost(err error) bool {
	var pg *pgconn.PgError
	var refused *pgconn.ConnectError
	switch {
	case errors.As(err, &refused):
		return false
	case errors.As(err, &pg):
		return strings.HasPrefix(pg.Code, "57P") // the server ends
	}
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, net.ErrClosed) || errors.Is(err, syscall.ECONNRESET) ||
		errors.Is(err, syscall.EPIPE)
}

// value is an argument as PostgreSQL takes it: truth is 1 and 0, as in SQLite, and texts have no zero byte and no broken UTF-8, which
// strangers send.
func value(arg any) any {
	v := reflect.ValueOf(arg)
	switch v.Kind() {
	case reflect.Bool:
		if v.Bool() {
			return 1
		}
		return 0
	case reflect.String:
		if text := v.String(); !utf8.ValidString(text) || strings.IndexByte(text, 0) >= 0 {
			return strings.ReplaceAll(strings.ToValidUTF8(text, "\uFFFD"), "\x00", "\uFFFD")
		}
	}
	return arg
}
