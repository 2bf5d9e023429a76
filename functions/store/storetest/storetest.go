// Package storetest lets a test run on every database that the store can be kept in.
package storetest

import (
	"crypto/rand"
	"database/sql"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// A T is a test or a benchmark.
type T[of any] interface {
	testing.TB
	Run(name string, do func(of)) bool
}

// Each runs a test on SQLite, in a folder of its own, and, when server is the address of a PostgreSQL database, on that, in a schema of
// its own.
func Each[B T[B]](t B, server string, do func(t B, address string)) {
	t.Helper()
	t.Run("sqlite", func(t B) { do(t, Address(t, "")) })
	if server != "" {
		t.Run("postgres", func(t B) { do(t, Address(t, server)) })
	}
}

// Processes opens a store as often as processes may share it: once in a file, and three times on a server.
func Processes[S any](address string, open func() S) []S {
	all := []S{open()}
	for strings.HasPrefix(address, "postgres") && len(all) < 3 {
		all = append(all, open())
	}
	return all
}

// Address is where a test may keep a store: in a schema of its own on the server, or in a file when that is none.
func Address(t testing.TB, server string) string {
	t.Helper()
	if !strings.HasPrefix(server, "postgres") {
		return "sqlite:" + filepath.Join(t.TempDir(), "keliu.db")
	}
	u, err := url.Parse(server)
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("pgx", server)
	if err != nil {
		t.Fatal(err)
	}
	schema := "test_" + strings.ToLower(rand.Text())
	if _, err := db.ExecContext(t.Context(), "CREATE SCHEMA "+schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if _, err := db.Exec("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	q := u.Query()
	q.Set("search_path", schema)
	u.RawQuery = q.Encode()
	return u.String()
}
