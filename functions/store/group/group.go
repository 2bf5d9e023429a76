// Package group writes to a database in groups: units of change that come at the same time share one transaction, and so
// one wait for the disk, and yet each happens whole or not at all.
package group

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
)

// maxGroup is how many units share a transaction at most: it bounds how long the first of them waits.
const maxGroup = 256

// A unit is a change that happens whole or not at all. Many units share one transaction, and so one fsync.
type unit struct {
	do   func(*Tx) error
	err  error
	done chan struct{}
}

// A Tx is the transaction of a group, as one of its units sees it. It is the unit's while it runs.
type Tx struct {
	ctx        context.Context
	connection *sql.Conn
	statements map[string]*sql.Stmt // prepared once, of the connection
	committed  []func()
}

// A Writer owns the one connection that every change of a database passes through. It is safe for concurrent use.
type Writer struct {
	begin   string
	tx      *Tx
	units   chan *unit
	stop    chan struct{} // closed: no further units
	done    chan struct{} // closed: the writer has ended
	closing sync.Once
}

// Open takes a connection of the database for a writer. begin is the statement that begins a transaction.
func Open(ctx context.Context, db *sql.DB, begin string) (*Writer, error) {
	// The writer outlives the context that opened it.
	ctx = context.WithoutCancel(ctx)
	connection, err := db.Conn(ctx)
	if err != nil {
		return nil, fmt.Errorf("open writer: %w", err)
	}
	w := &Writer{
		begin: begin,
		tx:    &Tx{ctx: ctx, connection: connection, statements: map[string]*sql.Stmt{}},
		units: make(chan *unit, maxGroup),
		stop:  make(chan struct{}),
		done:  make(chan struct{}),
	}
	go w.serve()
	return w, nil
}

// Close ends the writer after the changes under way.
func (w *Writer) Close() error {
	w.closing.Do(func() { close(w.stop) })
	<-w.done
	return w.tx.connection.Close()
}

// ErrClosed is returned by a writer that was closed.
var ErrClosed = errors.New("writer is closed")

// A verdict is an error that a unit returns before it has changed anything: the group goes on.
type verdict struct{ error }

func (v verdict) Unwrap() error { return v.error }

// Refuse marks the error of a unit that has changed nothing, so that the others of its group need not be done again.
func Refuse(err error) error { return verdict{err} }

// A Broken error is one of the database, and no unit's verdict.
type Broken struct{ error }

// Unwrap returns the database's error.
func (b Broken) Unwrap() error { return b.error }

// Change runs do in the next group and returns once the group is durable. do may be run twice.
func (w *Writer) Change(ctx context.Context, do func(*Tx) error) error {
	u := &unit{do: do, done: make(chan struct{})}
	select {
	case w.units <- u:
	case <-w.stop:
		return Broken{ErrClosed}
	case <-ctx.Done():
		return ctx.Err()
	}
	// Once handed over the unit will be decided; leaving now would lose the outcome.
	select {
	case <-u.done:
		return u.err
	case <-w.done:
		select {
		case <-u.done:
			return u.err
		default:
			return Broken{ErrClosed}
		}
	}
}

// serve commits units in groups: while one group becomes durable, the next gathers.
func (w *Writer) serve() {
	defer close(w.done)
	group := make([]*unit, 0, maxGroup)
	for {
		group = group[:0]
		select {
		case u := <-w.units:
			group = append(group, u)
		case <-w.stop:
			return
		}
	gather:
		for len(group) < maxGroup {
			select {
			case u := <-w.units:
				group = append(group, u)
			default:
				break gather
			}
		}
		w.commit(group)
		for _, u := range group {
			close(u.done)
		}
	}
}

// commit decides every unit of the group. When one of them breaks the transaction, each gets its own.
func (w *Writer) commit(group []*unit) {
	err := w.transact(group)
	if err == nil {
		return
	}
	if len(group) == 1 {
		group[0].err = Broken{err}
		return
	}
	for _, u := range group {
		if err := w.transact([]*unit{u}); err != nil {
			u.err = Broken{err}
		}
	}
}

func (w *Writer) transact(group []*unit) (err error) {
	t := w.tx
	t.committed = t.committed[:0]
	if _, err := t.Exec(w.begin); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			_, undone := t.Exec("ROLLBACK")
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
	if _, err = t.Exec("COMMIT"); err != nil {
		return err
	}
	for _, told := range t.committed {
		told()
	}
	return nil
}

// Exec runs a statement and returns how many rows it changed.
func (t *Tx) Exec(query string, args ...any) (int64, error) {
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

// One scans the only row of a query, if there is one.
func (t *Tx) One(query string, args []any, into ...any) (bool, error) {
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

// Later runs do with some next group and does not wait for it. It is for changes that may be lost in a crash, because
// what they record will be found out again.
func (w *Writer) Later(do func(*Tx) error) {
	select {
	case w.units <- &unit{do: do, done: make(chan struct{})}:
	case <-w.stop:
	}
}

// OnCommit calls told once the transaction is durable, before any unit of the next group is run.
func (t *Tx) OnCommit(told func()) { t.committed = append(t.committed, told) }
