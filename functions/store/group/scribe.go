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

	number int
	last   int64 // transaction that was marked
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
	if err != nil {
		return err
	}
	s.tx = &Tx{ctx: ctx, engine: &s.w.engine, connection: connection, statements: map[string]*sql.Stmt{}}
	if s.w.engine.Enrol == "" {
		return nil
	}
	if _, err := s.tx.exec(s.w.engine.Enrol, s.w.engine.Process, s.number); err != nil {
		return errors.Join(err, s.drop())
	}
	return nil
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
	marked := s.w.engine.Mark != "" && t.holds
	if marked {
		s.last++
		known, err := t.exec(s.w.engine.Mark, s.w.engine.Process, s.number, s.last)
		if err == nil && known == 0 {
			err = errGone
		}
		if err != nil {
			return s.undo(err)
		}
	}
	if _, err := t.exec("COMMIT"); err != nil {
		return s.unanswered(ctx, marked, err)
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

// errGone reports that others have taken this process for gone: it was away for long.
var errGone = errors.New("the writer was struck off")

// undo rolls the transaction back because of an error, or drops the connection when that does not go either.
func (s *scribe) undo(because error) error {
	_, err := s.tx.exec("ROLLBACK")
	if err != nil || errors.Is(because, errGone) { // a new connection is enrolled
		return lostError{errors.Join(because, err, s.drop())}
	}
	return because
}

// unanswered finds out what became of a transaction whose commit failed: the answer may have been lost, and not the commit.
func (s *scribe) unanswered(ctx context.Context, marked bool, because error) error {
	if _, err := s.tx.exec("ROLLBACK"); err == nil {
		return because
	}
	because = errors.Join(because, s.drop())
	for wait := 50 * time.Millisecond; marked && ctx.Err() == nil; wait = min(2*wait, 2*time.Second) {
		last, err := s.committed(ctx)
		switch {
		case err == nil && last == s.last:
			return nil
		case err == nil:
			return lostError{because}
		}
		because = errors.Join(because, s.drop())
		pause(ctx, wait)
	}
	return lostError{because} // when the writer was closed meanwhile it does nothing again
}

// committed returns the last transaction that is durable. It waits while the one before is under way: a server may be slow to find that
// nobody hears it any more.
func (s *scribe) committed(ctx context.Context) (last int64, err error) {
	if err := s.connect(ctx); err != nil {
		return 0, err
	}
	err = s.tx.connection.QueryRowContext(ctx, s.w.engine.Fate, s.w.engine.Process, s.number).Scan(&last)
	return last, err
}
