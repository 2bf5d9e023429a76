package database

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"

	"github.com/pressly/goose/v3"
	_ "modernc.org/sqlite" // the driver

	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// openSQLite opens the file at path, or keliu.db in dir. One process writes to it, one transaction at a time.
func openSQLite(path, dir string) (*dialect, error) {
	if strings.ContainsAny(path, "?#") {
		return nil, fmt.Errorf("store %q: sqlite takes a path and no parameters: %w", "sqlite:"+path, desk.ErrInvalid)
	}
	if path == "" {
		path = filepath.Join(dir, "keliu.db")
	}
	write, err := openFile(path, 1, "immediate")
	if err != nil {
		return nil, err
	}
	read, err := openFile(path, 8, "deferred")
	if err != nil {
		return nil, errors.Join(err, write.Close())
	}
	return &dialect{
		read: read, write: write,
		kind:    goose.DialectSQLite3,
		queries: strings.NewReplacer(" ILIKE ", " LIKE "), // which does not mind the case of ASCII letters, as ILIKE in collation "C"
		engine:  group.Engine{Begin: "BEGIN IMMEDIATE", Writers: 1},
	}, nil
}

func openFile(path string, connections int, lock string) (*sql.DB, error) {
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
