package meter

import (
	"cmp"
	"context"
	"database/sql"
	_ "embed" // for the schema
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"net/url"
	"os"
	"path/filepath"
	"sync"
	"time"

	_ "modernc.org/sqlite" // the driver

	"keliu/streams/desk"
	"keliu/streams/meter/cells"
	"keliu/streams/meter/minutes"
)

//go:embed schema.sql
var schema string

// Options of an embedded meter; the zero value is ready for use.
type Options struct {
	Log     *slog.Logger     // nil is silent
	Now     func() time.Time // nil is time.Now
	Minutes time.Duration    // how long cells of a minute are kept; default 35 days
	Hours   time.Duration    // how long cells of an hour are kept; default 3 years
	Seen    time.Duration    // how long the same id is recognised; default 48 hours
	Recent  time.Duration    // how much is answered from memory; default 26 hours
	Fold    time.Duration    // how often what was added is folded into the cells; default 10 s
	Prune   time.Duration    // how often what is past its time is deleted; default 1 hour
}

func (o Options) withDefaults() Options {
	const day = 24 * time.Hour
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	o.Minutes = cmp.Or(o.Minutes, 35*day)
	o.Hours = cmp.Or(o.Hours, 3*365*day)
	o.Seen = cmp.Or(o.Seen, 2*day)
	o.Recent = cmp.Or(o.Recent, 26*time.Hour)
	o.Fold = cmp.Or(o.Fold, 10*time.Second)
	o.Prune = cmp.Or(o.Prune, time.Hour)
	return o
}

// Embedded is a Meter that keeps its cells in a SQLite database of its own. Adding appends to a journal, concurrent
// calls in one transaction; every few seconds the journal is folded into the cells. The last hours are answered from
// memory. Quantiles are off by at most one per cent of their value. A minute belongs to a range when it begins in
// it, and an hour older than Options.Minutes likewise; steps begin with the first minute of the range.
type Embedded struct {
	options Options
	write   *sql.DB // one connection, used by the goroutine of run
	read    *sql.DB

	adding  chan *addition
	folding chan chan error
	closing chan struct{} // closed by Close
	closed  chan struct{} // closed when run has ended
	once    sync.Once
	err     error // of run, after closed

	// Of run alone: what was added since the last folding.
	pending map[place]*cells.Cell

	mu     sync.RWMutex
	series map[identity]*series
	named  map[string][]*series
	since  int64 // the first minute in memory
	late   bool  // pending has older minutes
}

// An identity tells series apart.
type identity struct {
	name string
	tags Tags
}

// A series is the points of one name with the same tags.
type series struct {
	identity
	id     int64
	recent []dated // in order
}

// A dated cell is one of a minute.
type dated struct {
	minute int64
	cells.Cell
}

// A place is where a cell belongs.
type place struct {
	series *series
	at     int64 // minutes or hours since 1970
}

// readers is how many questions about the past are answered at the same time.
const readers = 4

// Open opens the meter kept in dir, or begins one.
func Open(dir string, o Options) (*Embedded, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("meter: %w", err)
	}
	dir, err := filepath.Abs(dir)
	if err != nil {
		return nil, fmt.Errorf("meter: %w", err)
	}
	query := url.Values{"_pragma": {"journal_mode(WAL)", "busy_timeout(5000)", "synchronous(FULL)"}, "_txlock": {"immediate"}}
	dsn := (&url.URL{Scheme: "file", OmitHost: true, Path: filepath.ToSlash(filepath.Join(dir, "metrics.db")), RawQuery: query.Encode()}).String()
	e := &Embedded{
		options: o.withDefaults(),
		adding:  make(chan *addition, maxGroup), folding: make(chan chan error),
		closing: make(chan struct{}), closed: make(chan struct{}),
		pending: map[place]*cells.Cell{}, series: map[identity]*series{}, named: map[string][]*series{},
	}
	if e.write, err = sql.Open("sqlite", dsn); err != nil {
		return nil, fmt.Errorf("meter: %w", err)
	}
	e.write.SetMaxOpenConns(1)
	if e.read, err = sql.Open("sqlite", dsn); err != nil {
		return nil, errors.Join(fmt.Errorf("meter: %w", err), e.write.Close())
	}
	e.read.SetMaxOpenConns(readers)
	if err := e.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("meter: %w", err), e.write.Close(), e.read.Close())
	}
	go e.run()
	return e, nil
}

// load makes the memory what the database says.
func (e *Embedded) load() error {
	if _, err := e.write.Exec(schema); err != nil {
		return err
	}
	ids := map[int64]*series{}
	err := each(context.Background(), e.write, `SELECT id, name, tags FROM series`, nil, func(rows *sql.Rows) error {
		var s series
		var tags []byte
		if err := rows.Scan(&s.id, &s.name, &tags); err != nil {
			return err
		}
		ids[s.id] = &s
		return json.Unmarshal(tags, &s.tags)
	})
	if err != nil {
		return err
	}
	for _, s := range ids {
		e.register(s)
	}
	err = each(context.Background(), e.write, `SELECT deltas FROM journal ORDER BY n`, nil, func(rows *sql.Rows) error {
		var deltas []byte
		if err := rows.Scan(&deltas); err != nil {
			return err
		}
		return e.replay(deltas, ids)
	})
	if err != nil {
		return err
	}
	if err := e.fold(); err != nil {
		return err
	}
	e.since = minutes.Of(e.options.Now().Add(-e.options.Recent))
	for _, s := range ids {
		err := e.stored(context.Background(), s, minute, e.since, math.MaxInt64, func(at int64, c cells.Cell) {
			s.recent = append(s.recent, dated{at, c})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (e *Embedded) register(s *series) {
	e.series[s.identity] = s
	e.named[s.name] = append(e.named[s.name], s)
}

// Check refuses points that cannot be counted: desk.ErrInvalid.
func Check(id string, points []Point) error {
	for _, p := range points {
		if p.Name == "" || p.At.IsZero() || math.IsNaN(p.Value) || math.IsInf(p.Value, 0) {
			return fmt.Errorf("meter: point %q of %s at %s has value %v: %w", p.Name, id, p.At, p.Value, desk.ErrInvalid)
		}
	}
	return nil
}

// Add implements Meter. An id is recognised for Options.Seen.
func (e *Embedded) Add(ctx context.Context, id string, points []Point) error {
	if err := Check(id, points); err != nil {
		return err
	}
	a := &addition{id: id, points: points, done: make(chan error, 1)}
	select {
	case e.adding <- a:
	case <-e.closing:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-a.done:
		return err
	case <-e.closed:
		select { // it may have been the last
		case err := <-a.done:
			return err
		default:
			return errClosed
		}
	case <-ctx.Done():
		return ctx.Err() // it may be counted; adding it again is harmless
	}
}

var errClosed = fmt.Errorf("meter is closed: %w", desk.ErrUnavailable)

// unavailable marks a failure of the database, which is no fault of what was added or asked.
func unavailable(err error) error { return fmt.Errorf("meter: %w: %w", desk.ErrUnavailable, err) }

// Close folds what was added and releases the database.
func (e *Embedded) Close() error {
	e.once.Do(func() { close(e.closing) })
	<-e.closed
	return e.err
}

// each visits the rows of a query.
func each(ctx context.Context, db *sql.DB, query string, args []any, visit func(*sql.Rows) error) error {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	for rows.Next() {
		if err := visit(rows); err != nil {
			return errors.Join(err, rows.Close())
		}
	}
	return errors.Join(rows.Err(), rows.Close())
}
