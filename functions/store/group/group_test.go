package group_test

import (
	"database/sql"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	_ "modernc.org/sqlite" // the driver

	"keliu/functions/store/group"
)

func open(t *testing.T) (*group.Writer, *sql.DB) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+filepath.Join(t.TempDir(), "g.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	if _, err := db.Exec("CREATE TABLE marks (id INTEGER PRIMARY KEY)"); err != nil {
		t.Fatal(err)
	}
	w, err := group.Open(t.Context(), db, group.Engine{Begin: "BEGIN IMMEDIATE", Writers: 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := w.Close(); err != nil {
			t.Error(err)
		}
	})
	return w, db
}

func insert(t *group.Tx, id int) error {
	_, err := t.Exec("INSERT INTO marks (id) VALUES ($1)", id)
	return err
}

func count(t *testing.T, db *sql.DB) (n int) {
	t.Helper()
	if err := db.QueryRow("SELECT COUNT(*) FROM marks").Scan(&n); err != nil {
		t.Fatal(err)
	}
	return n
}

// A unit that reads before it locks, or locks after it wrote, is wrong whatever the database: it fails where nobody else writes, too.
func TestAUnitLocksFirst(t *testing.T) {
	w, db := open(t)
	var n int
	for name, c := range map[string]struct {
		do   func(*group.Tx) error
		want string
	}{
		"reads and did not lock": {func(t *group.Tx) error { _, err := t.One("SELECT 1", nil, &n); return err }, "locks what it reads"},
		"locks late":             {func(t *group.Tx) error { return errors.Join(insert(t, 1), t.Lock("a")) }, "before it changes"},
		"locks, reads and writes": {func(t *group.Tx) error {
			_, err := t.One("SELECT 1", nil, &n)
			return errors.Join(t.Lock("a"), t.Lock("b"), err, insert(t, 2))
		}, "locks what it reads"},
		"in order": {func(t *group.Tx) error {
			if err := t.Lock("a"); err != nil {
				return err
			}
			_, err := t.One("SELECT 1", nil, &n)
			return errors.Join(err, insert(t, 3))
		}, ""},
		"reads what it wrote": {func(t *group.Tx) error {
			err := insert(t, 4)
			_, wrong := t.One("SELECT 1", nil, &n)
			return errors.Join(err, wrong)
		}, ""},
	} {
		err := w.Change(t.Context(), c.do)
		if (err == nil) != (c.want == "") || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: %v, want %q", name, err, c.want)
		}
	}
	if n := count(t, db); n != 2 {
		t.Errorf("%d rows are left of two units", n)
	}
}

// A unit may not go on as if nothing was after a statement has failed.
func TestAFailureCannotBeSwallowed(t *testing.T) {
	w, db := open(t)
	err := w.Change(t.Context(), func(t *group.Tx) error {
		if err := insert(t, 1); err != nil {
			return err
		}
		insert(t, 1) // twice: the error is forgotten
		return nil
	})
	var broken group.Broken
	if !errors.As(err, &broken) {
		t.Errorf("%v, want the database's error", err)
	}
	if n := count(t, db); n != 0 {
		t.Errorf("%d rows", n)
	}
}

// Units of one group: what is refused and what fails leaves the others alone, and everybody is told how it ended.
func TestAGroupIsManyUnits(t *testing.T) {
	w, db := open(t)
	refused := errors.New("refused")
	var mu sync.Mutex
	var committed, undone int
	var units sync.WaitGroup
	for i := range 90 {
		units.Go(func() {
			err := w.Change(t.Context(), func(t *group.Tx) error {
				if i%3 == 0 {
					return group.Refuse(refused)
				}
				t.OnEnd(func(ok bool) {
					mu.Lock()
					defer mu.Unlock()
					if ok {
						committed++
					} else {
						undone++
					}
				})
				if err := insert(t, i); err != nil {
					return err
				}
				if i%30 == 1 {
					return fmt.Errorf("unit %d fails", i)
				}
				return nil
			})
			switch {
			case i%3 == 0 && errors.Is(err, refused), i%30 == 1 && err != nil, i%3 != 0 && i%30 != 1 && err == nil:
			default:
				t.Errorf("unit %d: %v", i, err)
			}
		})
	}
	units.Wait()
	if n := count(t, db); n != 57 || committed != 57 || undone < 3 {
		t.Errorf("%d rows, %d were told that they are durable and %d that they are undone; want 57 and at least 3", n, committed, undone)
	}
}

func TestAClosedWriterRefuses(t *testing.T) {
	w, _ := open(t)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if err := w.Change(t.Context(), func(*group.Tx) error { return nil }); !errors.Is(err, group.ErrClosed) {
		t.Error(err)
	}
}
