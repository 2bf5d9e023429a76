package store

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// maxGroup is how many units share a transaction at most: it bounds how long the first of them waits.
const maxGroup = 256

// A unit is a change that happens whole or not at all. Many units share one transaction, and so one fsync.
type unit struct {
	do   func(*tx) error
	err  error
	done chan struct{}
}

// A tx is the running transaction of a group.
type tx struct {
	ctx        context.Context
	connection *sql.Conn
	statements map[string]*sql.Stmt // prepared once, of the connection
	tickets    []ticket             // what this transaction leaves in the outbox
}

// A verdict is an error that a unit returns before it has changed anything: the group goes on.
type verdict struct{ error }

func (v verdict) Unwrap() error { return v.error }

// change runs do in the next group and returns once the group is durable. do may be run twice.
func (s *Store) change(ctx context.Context, do func(*tx) error) error {
	u := &unit{do: do, done: make(chan struct{})}
	select {
	case s.units <- u:
	case <-s.stop:
		return fmt.Errorf("store is closed: %w", unavailable(sql.ErrConnDone))
	case <-ctx.Done():
		return ctx.Err()
	}
	// Once handed over the unit will be decided; leaving now would lose the outcome.
	select {
	case <-u.done:
		return u.err
	case <-s.done:
		select {
		case <-u.done:
			return u.err
		default:
			return fmt.Errorf("store is closed: %w", unavailable(sql.ErrConnDone))
		}
	}
}

// serveWrites commits units in groups: while one group becomes durable, the next gathers.
func (s *Store) serveWrites() {
	defer close(s.done)
	group := make([]*unit, 0, maxGroup)
	for {
		group = group[:0]
		select {
		case u := <-s.units:
			group = append(group, u)
		case <-s.stop:
			return
		}
	gather:
		for len(group) < maxGroup {
			select {
			case u := <-s.units:
				group = append(group, u)
			default:
				break gather
			}
		}
		s.commit(group)
		for _, u := range group {
			close(u.done)
		}
	}
}

// commit decides every unit of the group. When one of them breaks the transaction, each gets its own.
func (s *Store) commit(group []*unit) {
	err := s.transact(group)
	if err == nil {
		return
	}
	if len(group) == 1 {
		group[0].err = unavailable(err)
		return
	}
	for _, u := range group {
		u.err = unavailable(s.transact([]*unit{u}))
	}
}

func (s *Store) transact(group []*unit) (err error) {
	t := s.writer
	t.tickets = t.tickets[:0]
	if _, err := t.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, undone := t.exec("ROLLBACK")
			err = errors.Join(err, undone)
		}
	}()
	for _, u := range group {
		u.err = u.do(t)
		if u.err == nil {
			continue
		}
		var v verdict
		if !errors.As(u.err, &v) {
			return u.err
		}
		u.err = v.error
	}
	if _, err = t.exec("COMMIT"); err != nil {
		return err
	}
	s.mail.add(t.tickets)
	return nil
}

// exec runs a statement and returns how many rows it changed.
func (t *tx) exec(query string, args ...any) (int64, error) {
	statement, err := t.prepared(query)
	if err != nil {
		return 0, err
	}
	result, err := statement.ExecContext(t.ctx, args...)
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

// one scans the only row of a query, if there is one.
func (t *tx) one(query string, args []any, into ...any) (bool, error) {
	statement, err := t.prepared(query)
	if err != nil {
		return false, err
	}
	err = statement.QueryRowContext(t.ctx, args...).Scan(into...)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	return err == nil, err
}

func (t *tx) prepared(query string) (*sql.Stmt, error) {
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

// later runs do with some next group and does not wait for it. It is for changes that may be lost in a crash, because
// what they record will be found out again.
func (s *Store) later(do func(*tx) error) {
	select {
	case s.units <- &unit{do: do, done: make(chan struct{})}:
	case <-s.stop:
	}
}

// pause waits a little before something is tried again.
func pause(ctx context.Context) error {
	wait := time.NewTimer(50 * time.Millisecond)
	defer wait.Stop()
	select {
	case <-wait.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
