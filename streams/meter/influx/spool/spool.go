// Package spool keeps what is on its way to a server on disk: an outage of the server, or of this process, loses none of it.
package spool

import (
	"context"
	"database/sql"
	_ "embed" // for the schema
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"sync/atomic"

	_ "modernc.org/sqlite" // the driver

	"keliu/streams/desk"
	"keliu/streams/meter"
)

//go:embed schema.sql
var schema string

// maxGroup is how many calls of Add share a transaction.
const maxGroup = 1024

// maxEntries is how many entries Oldest returns.
const maxEntries = 5000

// An Entry is what one call of Add left. Entries are numbered upwards from 1 in the order they came.
type Entry struct {
	N      int64
	ID     string
	Points []meter.Point
}

// A Spool is a queue on disk. Any number of goroutines add; one takes off.
type Spool struct {
	db      *sql.DB
	adding  chan addition
	closing chan struct{} // closed by Close
	closed  chan struct{} // closed when run has ended
	once    sync.Once
	err     error // of closing the database, after closed

	last    atomic.Int64 // the number of the latest entry
	waiting atomic.Int64 // how many there are
	news    chan struct{}
}

// An addition is a call of Add on its way.
type addition struct {
	id, points string
	done       chan<- error
}

// Open opens the spool in dir, or begins one.
func Open(dir string) (*Spool, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	query := url.Values{"_pragma": {"journal_mode(WAL)", "busy_timeout(5000)", "synchronous(FULL)"}, "_txlock": {"immediate"}}
	dsn := (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(filepath.Join(dir, "spool.db")), RawQuery: query.Encode()}).String()
	db, err := sql.Open("sqlite", dsn)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	db.SetMaxOpenConns(1)
	s := &Spool{
		db: db, adding: make(chan addition, maxGroup), news: make(chan struct{}, 1),
		closing: make(chan struct{}), closed: make(chan struct{}),
	}
	if err := s.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("spool: %w", err), db.Close())
	}
	go s.run()
	return s, nil
}

func (s *Spool) load() error {
	if _, err := s.db.Exec(schema); err != nil {
		return err
	}
	var last, waiting int64
	if err := s.db.QueryRow(`SELECT count(*), coalesce(max(n), 0) FROM waiting`).Scan(&waiting, &last); err != nil {
		return err
	}
	s.last.Store(last)
	s.waiting.Store(waiting)
	return nil
}

// Add appends an entry and returns once it is durable.
func (s *Spool) Add(ctx context.Context, id string, points []meter.Point) error {
	text, err := json.Marshal(points)
	if err != nil {
		return fmt.Errorf("spool: %s: %w", id, err)
	}
	done := make(chan error, 1)
	select {
	case s.adding <- addition{id, string(text), done}:
	case <-s.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-s.closed:
		select { // it may have been the last
		case err := <-done:
			return err
		default:
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err() // it may be kept; adding it again is harmless
	}
}

var errClosed = fmt.Errorf("spool is closed: %w", desk.ErrUnavailable)

// run makes additions durable, those that wait in one transaction, until the spool is closed.
func (s *Spool) run() {
	defer close(s.closed)
	for {
		select {
		case a := <-s.adding:
			s.commit(s.group(a))
		case <-s.closing:
			for len(s.adding) > 0 {
				s.commit(s.group(<-s.adding))
			}
			return
		}
	}
}

// group returns a with all that wait behind it.
func (s *Spool) group(a addition) []addition {
	all := []addition{a}
	for len(all) < maxGroup && len(s.adding) > 0 {
		all = append(all, <-s.adding)
	}
	return all
}

func (s *Spool) commit(group []addition) {
	last, err := s.insert(group)
	if err != nil {
		err = fmt.Errorf("spool: %w: %w", desk.ErrUnavailable, err)
	} else {
		s.last.Store(last)
		s.waiting.Add(int64(len(group)))
	}
	for _, a := range group {
		a.done <- err
	}
	select {
	case s.news <- struct{}{}:
	default:
	}
}

// insert returns the number of the last.
func (s *Spool) insert(group []addition) (last int64, err error) {
	tx, err := s.db.Begin()
	if err != nil {
		return 0, err
	}
	for _, a := range group {
		r, err := tx.Exec(`INSERT INTO waiting (id, points) VALUES (?, ?)`, a.id, a.points)
		if err == nil {
			last, err = r.LastInsertId()
		}
		if err != nil {
			return 0, errors.Join(err, tx.Rollback())
		}
	}
	return last, tx.Commit()
}

// News is ready after something was added.
func (s *Spool) News() <-chan struct{} { return s.news }

// Last is the number of the latest entry, 0 before the first.
func (s *Spool) Last() int64 { return s.last.Load() }

// Waiting is how many entries there are.
func (s *Spool) Waiting() int64 { return s.waiting.Load() }

// Oldest returns the first entries: one, and more while their points have no more than so many bytes as they are kept.
func (s *Spool) Oldest(ctx context.Context, most int) ([]Entry, error) {
	rows, err := s.db.QueryContext(ctx, `SELECT n, id, points FROM waiting ORDER BY n LIMIT ?`, maxEntries)
	if err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	var all []Entry
	for size := 0; rows.Next(); {
		var e Entry
		var points sql.RawBytes
		err := rows.Scan(&e.N, &e.ID, &points)
		if size += len(points); err == nil && size > most && len(all) > 0 {
			break
		}
		if err == nil {
			err = json.Unmarshal(points, &e.Points)
		}
		if err != nil {
			return nil, errors.Join(fmt.Errorf("spool: entry %d: %w", e.N, err), rows.Close())
		}
		all = append(all, e)
	}
	if err := errors.Join(rows.Err(), rows.Close()); err != nil {
		return nil, fmt.Errorf("spool: %w", err)
	}
	return all, nil
}

// Remove takes the entries off whose number is at most n.
func (s *Spool) Remove(ctx context.Context, n int64) error {
	r, err := s.db.ExecContext(ctx, `DELETE FROM waiting WHERE n <= ?`, n)
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	gone, err := r.RowsAffected()
	s.waiting.Add(-gone)
	return err
}

// Refuse keeps an entry apart, with the reason why it will never be taken. It stays in the queue until it is removed.
func (s *Spool) Refuse(ctx context.Context, n int64, reason string) error {
	_, err := s.db.ExecContext(ctx, `INSERT OR REPLACE INTO refused (n, id, points, reason) SELECT n, id, points, ? FROM waiting WHERE n = ?`, reason, n)
	if err != nil {
		return fmt.Errorf("spool: %w", err)
	}
	return nil
}

// Refused is how many entries are kept apart.
func (s *Spool) Refused(ctx context.Context) (n int64, err error) {
	if err := s.db.QueryRowContext(ctx, `SELECT count(*) FROM refused`).Scan(&n); err != nil {
		return 0, fmt.Errorf("spool: %w", err)
	}
	return n, nil
}

// Close keeps what is being added and releases the database. Nothing may be taken off any more.
func (s *Spool) Close() error {
	s.once.Do(func() {
		close(s.closing)
		<-s.closed
		s.err = s.db.Close()
	})
	return s.err
}
