package group

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"errors"
)

// A Tx is the transaction of a group, as one of its units sees it. It is the unit's while it runs.
type Tx struct {
	ctx        context.Context
	engine     *Engine
	connection *sql.Conn
	statements map[string]*sql.Stmt // prepared once, of the connection
	ended      []func(committed bool)
	failed     error // of a statement: the transaction cannot be used any more
	holds      bool  // locks, or changed rows

	// of the unit that runs
	locked, wrote, busy bool
}

// errBusy reports that a lock is held by somebody else.
var errBusy = errors.New("somebody else has the lock")

// Mistakes of a unit.
var (
	errLate     = errors.New("a unit locks before it changes anything")
	errUnlocked = errors.New("a unit locks what it reads before it changes anything: other processes write, too")
)

// Lock makes everybody who locks the same key wait until the group is durable, in other processes, too. A unit that decides by what
// it reads locks first. What Lock returns is returned by the unit, which is then done later.
func (t *Tx) Lock(key string) error {
	if t.wrote {
		return errLate
	}
	t.locked = true
	if t.engine.Lock == "" {
		return nil
	}
	number := Number(t.engine.Space, key)
	if !t.holds { // whoever holds nothing may wait: nobody can be waiting for them
		t.holds = true
		_, err := t.exec(t.engine.Lock, number)
		return err
	}
	var ok bool
	if _, err := t.one(t.engine.Try, []any{number}, &ok); err != nil {
		return err
	}
	if !ok {
		t.busy = true
		return errBusy
	}
	return nil
}

// Number names the lock of a key in a space. Two keys of one number merely wait for each other.
func Number(space, key string) int64 {
	sum := sha256.Sum256([]byte(space + "\x00" + key))
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// Exec runs a statement and returns how many rows it changed.
func (t *Tx) Exec(query string, args ...any) (int64, error) {
	t.wrote, t.holds = true, true
	return t.exec(query, args...)
}

// One scans the only row of a query, if there is one.
func (t *Tx) One(query string, args []any, into ...any) (bool, error) {
	if !t.locked && !t.wrote {
		return false, errUnlocked
	}
	return t.one(query, args, into...)
}

// Insert is Exec for a statement that returns a row.
func (t *Tx) Insert(query string, args []any, into ...any) error {
	t.wrote, t.holds = true, true
	_, err := t.one(query, args, into...)
	return err
}

// OnEnd tells once the transaction is durable, or will never be.
func (t *Tx) OnEnd(told func(committed bool)) { t.ended = append(t.ended, told) }

func (t *Tx) exec(query string, args ...any) (int64, error) {
	statement, err := t.prepared(query)
	if err != nil {
		return 0, t.fail(err)
	}
	result, err := statement.ExecContext(t.ctx, t.engine.Values(args)...)
	if err != nil {
		return 0, t.fail(err)
	}
	return result.RowsAffected()
}

func (t *Tx) one(query string, args []any, into ...any) (bool, error) {
	statement, err := t.prepared(query)
	if err != nil {
		return false, t.fail(err)
	}
	err = statement.QueryRowContext(t.ctx, t.engine.Values(args)...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, t.fail(err)
}

// fail keeps the first error of the transaction.
func (t *Tx) fail(err error) error {
	if t.failed == nil {
		t.failed = err
	}
	return err
}

func (t *Tx) prepared(query string) (*sql.Stmt, error) {
	if statement := t.statements[query]; statement != nil {
		return statement, nil
	}
	statement, err := t.connection.PrepareContext(t.ctx, query)
	if err != nil {
		return nil, err
	}
	t.statements[query] = statement
	return statement, nil
}
