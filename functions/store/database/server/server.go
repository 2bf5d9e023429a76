// Package server reads what an address says of a PostgreSQL server.
package server

import (
	"database/sql"
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"

	"keliu/streams/desk"
)

// Form is what an address looks like.
const Form = "postgres://USER:PASSWORD@HOST:PORT/DATABASE"

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

// Most is how many connections there may be for reading, and for writing.
const Most = 64

// A Server is what an address says of a PostgreSQL server.
type Server struct {
	config           *pgx.ConnConfig
	Writers, Readers int // how many connections write and read at a time
}

// Parse reads an address. What it says of a wrong one holds no password.
func Parse(address string) (s Server, err error) {
	refuse := func(format string, args ...any) (Server, error) {
		return Server{}, fmt.Errorf("store: %s: %w", fmt.Sprintf(format, args...), desk.ErrInvalid)
	}
	u, err := url.Parse(address)
	if err != nil || u.Hostname() == "" || strings.Trim(u.Path, "/") == "" {
		return refuse("write %s", Form)
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
		case wrong != nil || n < 1 || n > Most:
			err = fmt.Errorf("%s=%s: a number from 1 to %d", name, text, Most)
		}
		return n
	}
	s.Writers, s.Readers = count("writers", 8), count("readers", 16)
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

// Open returns so many connections at most; they are made when they are needed.
func (s Server) Open(connections int) *sql.DB {
	db := stdlib.OpenDB(*s.config)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return db
}
