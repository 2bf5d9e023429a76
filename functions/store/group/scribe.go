package group

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"time"
)

// A scribe commits groups on a connection of its own: while one group becomes durable, the next gathers.
type scribe struct {
	w   *Writer
	db  *sql.DB
	tx  *Tx     // of the connection; nil without one
	put []*unit // off, until the next group
}

// A lostError is of a transaction whose connection broke before it was to be committed: nothing of it happened.
type lostError struct{ error }

func (l lostError) Unwrap() error { return l.error }

// connect takes a connection, unless the scribe has one.
func (s *scribe) connect(ctx context.Context) error {
	if s.tx != nil {
		return nil
	}
	connection, err := s.db.Conn(ctx)
	if err == nil {
		s.tx = &Tx{ctx: ctx, engine: &s.w.engine, connection: connection, statements: map[string]*sql.Stmt{}}
	}
	return err
}

// drop gives up a connection that broke. What was under way on it is undone by the database.
func (s *scribe) drop() error {
	if s.tx == nil {
		return nil
	}
	// The pool must not hand it out again: the answer to what was asked last may still be on its way.
	err := s.tx.connection.Raw(func(any) error { return driver.ErrBadConn })
	s.tx = nil
	if errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) {
		return nil
	}
	return err
}

func (s *scribe) serve(ctx context.Context) error {
	for {
		group := s.gather()
		if group == nil && s.tx != nil {
			return s.tx.connection.Close()
		}
		if group == nil {
			return nil
		}
		s.commit(ctx, group)
		for _, u := range group {
			if u.put {
				u.put = false
				s.put = append(s.put, u)
				continue
			}
			close(u.done)
		}
		if len(s.put) == len(group) {
			pause(ctx, 2*time.Millisecond) // until whoever has the locks may be done
		}
	}
}

// pause waits, at most until ctx is done.
func pause(ctx context.Context, wait time.Duration) {
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-ctx.Done():
	}
}

// gather returns what was put off and what waits; nil once the writer is closed. Writers share what waits among them.
func (s *scribe) gather() []*unit {
	group := s.put
	s.put = nil
	select {
	case <-s.w.stop:
		return nil
	default:
	}
	if len(group) == 0 {
		select {
		case u := <-s.w.units:
			group = append(group, u)
		case <-s.w.stop:
			return nil
		}
	}
	for most := max(1, maxGroup/s.w.engine.Writers); len(group) < most; {
		select {
		case u := <-s.w.units:
			group = append(group, u)
		default:
			return group
		}
	}
	return group
}

// most is how often a transaction is done again that failed without a fault of its own.
const most = 10

// commit decides every unit of the group, or puts it off. When one of them breaks the transaction, each gets its own.
func (s *scribe) commit(ctx context.Context, group []*unit) {
	err := s.transact(ctx, group)
	var lost lostError
	if errors.As(err, &lost) { // a connection that was idle breaks unnoticed
		err = s.transact(ctx, group)
	}
	for n := 1; err != nil && len(group) == 1 && n < most && s.w.engine.Again != nil && s.w.engine.Again(err); n++ {
		err = s.transact(ctx, group)
	}
	switch {
	case err == nil:
	case len(group) == 1 || errors.As(err, &lost):
		for _, u := range group {
			u.err, u.put = Broken{err}, false
		}
	default:
		for i := range group {
			s.commit(ctx, group[i:i+1])
		}
	}
}

// transact runs the units in one transaction. It fails when nothing of it happened.
func (s *scribe) transact(ctx context.Context, group []*unit) (err error) {
	if err := s.connect(ctx); err != nil {
		return lostError{err}
	}
	t := s.tx
	t.ended, t.failed, t.holds = t.ended[:0], nil, false
	defer func() {
		for _, told := range t.ended {
			told(err == nil)
		}
	}()
	if _, err := t.exec(s.w.engine.Begin); err != nil {
		return s.undo(err)
	}
	for _, u := range group {
		if err := t.run(u); err != nil {
			return s.undo(err)
		}
	}
	var mark string
	if query := s.w.engine.Mark; query != "" && t.holds {
		if _, err := t.one(query, nil, &mark); err != nil {
			return s.undo(err)
		}
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return s.unanswered(ctx, mark, err)
	}
	return nil
}

// run lets a unit do its change. It returns an error when the transaction has to be undone.
func (t *Tx) run(u *unit) error {
	t.locked, t.wrote, t.busy = false, false, false
	u.put = false
	u.err = u.do(t)
	var v verdict
	switch {
	case t.failed != nil:
		return t.failed
	case t.busy && t.wrote:
		return errBusy
	case t.busy:
		u.put = true
	case errors.As(u.err, &v):
		u.err = v.error
	case u.err != nil:
		return u.err
	}
	return nil
}

// undo rolls the transaction back because of an error, or drops the connection when that does not go either.
func (s *scribe) undo(because error) error {
	if _, err := s.tx.exec("ROLLBACK"); err != nil {
		return lostError{errors.Join(because, err, s.drop())}
	}
	return because
}

// unanswered finds out what became of a transaction whose commit failed: the answer may have been lost, and not the commit.
func (s *scribe) unanswered(ctx context.Context, mark string, because error) error {
	if _, err := s.tx.exec("ROLLBACK"); err == nil || mark == "" {
		return because
	}
	because = errors.Join(because, s.drop())
	for wait := 50 * time.Millisecond; ctx.Err() == nil; wait = min(2*wait, 2*time.Second) {
		switch fate, err := s.fate(ctx, mark); {
		case err == nil && fate == "committed":
			return nil
		case err == nil && fate == "aborted":
			return lostError{because}
		}
		pause(ctx, wait)
	}
	return lostError{errors.Join(because, ctx.Err())} // the writer was closed meanwhile, and does nothing again
}

// fate asks what became of a transaction.
func (s *scribe) fate(ctx context.Context, mark string) (fate string, err error) {
	if err := s.connect(ctx); err != nil {
		return "", err
	}
	err = s.tx.connection.QueryRowContext(ctx, s.w.engine.Fate, mark).Scan(&fate)
	if err == nil {
		return fate, nil
	}
	if s.tx.connection.PingContext(ctx) == nil { // it answers, and does not know the transaction
		return "aborted", nil
	}
	return "", errors.Join(err, s.drop())
}
