// Package group writes to a database in groups: units of change that come at the same time share a transaction, and so one wait
// for the disk, and yet each happens whole or not at all.
package group

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync"
	"time"

	"golang.org/x/sync/errgroup"
)

// maxGroup is how many units are under way at most: it bounds how long the first of a group waits.
const maxGroup = 256

// grace is how long the last groups may take once a writer is closed.
const grace = 10 * time.Second

// An Engine is what a writer has to know of its database. The statements of a database in which one transaction at a time writes,
// in this process, are empty but for the first.
type Engine struct {
	Begin   string           // begins a transaction
	Writers int              // how many transactions are under way at a time
	Lock    string           // waits until the number $1 is locked, until the transaction ends
	Try     string           // the same without waiting: returns whether it was
	Space   string           // sets the locks apart from those of others on the same server
	Enrol   string           // keeps that the process $1 has a writer $2, unless that is known
	Mark    string           // keeps that its last transaction is $3
	Fate    string           // returns that number, once the writer has no transaction under way
	Process string           // names this process for marks
	Value   func(any) any    // an argument as the database takes it; may be nil
	Again   func(error) bool // whether what a transaction failed with is no fault of what it did, so that it is done again; may be nil
}

// Values are arguments as the database takes them.
func (e *Engine) Values(args []any) []any {
	if e.Value == nil {
		return args
	}
	values := make([]any, len(args))
	for i, arg := range args {
		values[i] = e.Value(arg)
	}
	return values
}

// A unit is a change that happens whole or not at all.
type unit struct {
	do   func(*Tx) error
	err  error
	put  bool // off: a lock was held by somebody else
	done chan struct{}
}

// A Writer is what every change of a database passes through. It is safe for concurrent use.
type Writer struct {
	engine  Engine
	units   chan *unit
	stop    chan struct{} // closed: no further units
	done    chan struct{} // closed: the writer has ended
	ended   error         // how
	cancel  context.CancelFunc
	closing sync.Once
}

// Open takes connections of the database for a writer.
func Open(ctx context.Context, db *sql.DB, engine Engine) (*Writer, error) {
	// The writer outlives the context that opened it.
	inner, cancel := context.WithCancel(context.WithoutCancel(ctx))
	w := &Writer{
		engine: engine,
		units:  make(chan *unit, maxGroup),
		stop:   make(chan struct{}),
		done:   make(chan struct{}),
		cancel: cancel,
	}
	scribes := make([]*scribe, engine.Writers)
	for i := range scribes {
		scribes[i] = &scribe{w: w, db: db, number: i}
		if err := scribes[i].connect(inner); err != nil {
			cancel()
			for _, s := range scribes[:i] {
				err = errors.Join(err, s.drop())
			}
			return nil, fmt.Errorf("open writer: %w", err)
		}
	}
	var writing errgroup.Group
	for _, s := range scribes {
		writing.Go(func() error { return s.serve(inner) })
	}
	go func() { w.ended = writing.Wait(); close(w.done) }()
	return w, nil
}

// Close ends the writer after the changes under way. What a database does not answer in time stays undecided.
func (w *Writer) Close() error {
	w.closing.Do(func() { close(w.stop) })
	defer w.cancel()
	last := time.AfterFunc(grace, w.cancel)
	defer last.Stop()
	<-w.done
	return w.ended
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

// Change runs do in some next group and returns once the group is durable. do may be run several times.
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
