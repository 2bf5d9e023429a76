package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"keliu/functions/store/group"
	"keliu/streams/desk"
)

const postgresForm = "postgres://USER:PASSWORD@HOST:PORT/DATABASE"

// parameters are those that an address may have. The last two are ours: how many connections write and read at a time.
var parameters = []string{"sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "application_name", "search_path", "writers", "readers"}

// settings are what every connection asks of the server. A process that is frozen in a transaction, or whose machine is gone, loses
// it and what it has locked; and what was acknowledged is on the server's disk, whatever the server's default is.
var settings = map[string]string{
	"synchronous_commit":                  "on",
	"idle_in_transaction_session_timeout": "30s",
	"tcp_keepalives_idle":                 "30",
	"tcp_keepalives_interval":             "10",
	"tcp_keepalives_count":                "3",
}

// A server is what an address says of a PostgreSQL server.
type server struct {
	config           *pgx.ConnConfig
	writers, readers int
}

// parse reads an address. What it says of a wrong one holds no password.
func parse(address string) (s server, err error) {
	refuse := func(format string, args ...any) (server, error) {
		return server{}, fmt.Errorf("store: %s: %w", fmt.Sprintf(format, args...), desk.ErrInvalid)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/") == "" {
		return refuse("write %s", postgresForm)
	}
	q := u.Query()
	for name := range q {
		if !slices.Contains(parameters, name) {
			return refuse("%s: unknown parameter %q; there are %s", u.Redacted(), name, strings.Join(parameters, ", "))
		}
	}
	count := func(name string, usual int) int {
		text := q.Get(name)
		q.Del(name)
		n, wrong := strconv.Atoi(text)
		switch {
		case text == "":
			return usual
		case wrong != nil || n < 1 || n > 64:
			err = fmt.Errorf("%s=%s: a number from 1 to 64", name, text)
		}
		return n
	}
	s.writers, s.readers = count("writers", 8), count("readers", 16)
	if err != nil {
		return refuse("%s: %s", u.Redacted(), err)
	}
	if !q.Has("connect_timeout") {
		q.Set("connect_timeout", "5")
	}
	u.RawQuery = q.Encode()
	if s.config, err = pgx.ParseConfig(u.String()); err != nil {
		return refuse("%s", err) // pgx hides the password
	}
	for name, value := range settings {
		s.config.RuntimeParams[name] = value
	}
	if s.config.RuntimeParams["application_name"] == "" {
		s.config.RuntimeParams["application_name"] = "keliu"
	}
	return s, nil
}

// openPostgres opens a database of a PostgreSQL server. Several processes write to it, several transactions at a time.
func openPostgres(ctx context.Context, address string) (*dialect, error) {
	s, err := parse(address)
	if err != nil {
		return nil, err
	}
	d := &dialect{
		read: s.open(s.readers), write: s.open(s.writers),
		kind: goose.DialectPostgres,
		// Texts are ordered by their bytes, as in SQLite, however the database was made.
		schema: strings.NewReplacer(" TEXT", ` TEXT COLLATE "C"`, "instr(", "strpos("),
		engine: group.Engine{
			Begin:   "BEGIN ISOLATION LEVEL READ COMMITTED",
			Writers: s.writers,
			Lock:    "SELECT pg_advisory_xact_lock($1)",
			Try:     "SELECT pg_try_advisory_xact_lock($1)",
			Mark:    "SELECT CAST(pg_current_xact_id() AS TEXT)",
			Fate:    "SELECT pg_xact_status(CAST(CAST($1 AS TEXT) AS XID8))",
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

func (s server) open(connections int) *sql.DB {
	db := stdlib.OpenDB(*s.config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}

// again reports whether a transaction failed because of another one, or because the schema was changed under it.
func again(err error) bool {
	var pg *pgconn.PgError
	if !errors.As(err, &pg) {
		return false
	}
	switch pg.Code {
	case "40001", "40P01", "0A000": // serialization_failure, deadlock_detected, cached plan must not change result type
		return true
	}
	return false
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
