package meter

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"time"

	"keliu/streams/meter/cells"
	"keliu/streams/meter/minutes"
)

// maxGroup is how many calls of Add share a transaction.
const maxGroup = 1024

// maxPending is how many cells are held before they are folded early: much that is added at once, as from a past, is folded
// while it comes.
const maxPending = 10_000

// An addition is a call of Add on its way.
type addition struct {
	id     string
	points []Point
	done   chan error
}

// run commits and folds until the meter is closed. It alone writes.
func (e *Embedded) run() {
	defer close(e.closed)
	fold, prune := time.NewTicker(e.options.Fold), time.NewTicker(e.options.Prune)
	defer fold.Stop()
	defer prune.Stop()
	report := func(what string, err error) {
		if err != nil {
			e.options.Log.Error("meter cannot "+what, "error", err)
		}
	}
	for {
		select {
		case a := <-e.adding:
			e.commit(e.group(a))
			if len(e.pending) >= maxPending {
				report("fold", e.fold())
			}
		case done := <-e.folding:
			done <- e.fold()
		case <-fold.C:
			report("fold", e.fold())
			e.forget()
		case <-prune.C:
			report("prune", e.prune())
		case <-e.closing:
			for len(e.adding) > 0 {
				e.commit(e.group(<-e.adding))
			}
			e.err = errors.Join(e.fold(), e.write.Close(), e.read.Close())
			return
		}
	}
}

// group returns a with all that wait behind it.
func (e *Embedded) group(a *addition) []*addition {
	all := []*addition{a}
	for len(all) < maxGroup && len(e.adding) > 0 {
		all = append(all, <-e.adding)
	}
	return all
}

// commit makes the additions durable in one transaction and then counts them in memory.
func (e *Embedded) commit(group []*addition) {
	deltas, err := e.journal(group)
	if err != nil {
		err = unavailable(err)
	} else {
		e.count(deltas)
	}
	for _, a := range group {
		a.done <- err
	}
}

// journal writes what the additions count, but for those whose id has been seen, and returns it.
func (e *Embedded) journal(group []*addition) (map[place]*cells.Cell, error) {
	deltas, fresh := map[place]*cells.Cell{}, map[identity]*series{}
	err := e.transaction(func(tx *sql.Tx) error {
		see, err := tx.Prepare(`INSERT INTO seen (id, at) VALUES (?, ?) ON CONFLICT DO NOTHING`)
		if err != nil {
			return err
		}
		now := e.options.Now().Unix()
		for _, a := range group {
			id := sha256.Sum256([]byte(a.id))
			result, err := see.Exec(id[:16], now)
			if err != nil {
				return err
			}
			n, err := result.RowsAffected()
			if err != nil {
				return err
			}
			if n == 0 {
				continue
			}
			for _, p := range a.points {
				s, err := e.seriesOf(tx, fresh, identity{p.Name, p.Tags})
				if err != nil {
					return err
				}
				c := cells.Of(p.Value, p.At.UnixMilli())
				merge(deltas, place{s, minutes.Of(p.At)}, &c)
			}
		}
		if len(deltas) > 0 {
			_, err = tx.Exec(`INSERT INTO journal (deltas) VALUES (?)`, encode(deltas))
		}
		return errors.Join(err, see.Close())
	})
	if err != nil {
		return nil, err
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for _, s := range fresh {
		e.register(s)
	}
	return deltas, nil
}

// seriesOf returns the series of an identity; one that begins is added to fresh.
func (e *Embedded) seriesOf(tx *sql.Tx, fresh map[identity]*series, i identity) (*series, error) {
	if s := cmp.Or(e.series[i], fresh[i]); s != nil { // only the goroutine of run writes the map
		return s, nil
	}
	tags, err := json.Marshal(i.tags)
	if err != nil {
		return nil, err
	}
	s := &series{identity: i}
	fresh[i] = s
	return s, tx.QueryRow(`INSERT INTO series (name, tags) VALUES (?, ?) RETURNING id`, i.name, string(tags)).Scan(&s.id)
}

// count adds durable deltas to memory.
func (e *Embedded) count(deltas map[place]*cells.Cell) {
	e.mu.Lock()
	defer e.mu.Unlock()
	for p, c := range deltas {
		merge(e.pending, p, c)
		if p.at < e.since {
			e.late = true
			continue
		}
		s := p.series
		i, found := slices.BinarySearchFunc(s.recent, p.at, func(d dated, at int64) int { return int(d.minute - at) })
		if !found {
			s.recent = slices.Insert(s.recent, i, dated{minute: p.at})
		}
		s.recent[i].Merge(c)
	}
}

// fold moves the journal into the cells.
func (e *Embedded) fold() error {
	if len(e.pending) == 0 {
		return nil
	}
	hours := map[place]*cells.Cell{}
	for p, c := range e.pending {
		merge(hours, place{p.series, minutes.Hour(p.at)}, c)
	}
	err := e.transaction(func(tx *sql.Tx) error {
		if err := upsert(tx, minute, e.pending); err != nil {
			return err
		}
		if err := upsert(tx, hour, hours); err != nil {
			return err
		}
		_, err := tx.Exec(`DELETE FROM journal`)
		return err
	})
	if err != nil {
		return fmt.Errorf("fold: %w", err)
	}
	clear(e.pending)
	e.mu.Lock()
	defer e.mu.Unlock()
	e.late = false
	return nil
}

func upsert(tx *sql.Tx, r resolution, deltas map[place]*cells.Cell) (err error) {
	old, err := tx.Prepare(`SELECT cell FROM ` + string(r) + ` WHERE series = ? AND at = ?`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, old.Close()) }()
	put, err := tx.Prepare(`INSERT OR REPLACE INTO ` + string(r) + ` (series, at, cell) VALUES (?, ?, ?)`)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, put.Close()) }()
	for p, delta := range deltas {
		var stored []byte
		var sum cells.Cell
		switch err := old.QueryRow(p.series.id, p.at).Scan(&stored); {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return err
		default:
			if sum, err = cells.Read(stored); err != nil {
				return err
			}
		}
		sum.Merge(delta)
		if _, err := put.Exec(p.series.id, p.at, sum.Append(nil)); err != nil {
			return err
		}
	}
	return nil
}

// forget lets go of the minutes that are no longer recent. It follows a folding.
func (e *Embedded) forget() {
	if len(e.pending) > 0 {
		return // the folding failed, so memory alone has them
	}
	since := minutes.Of(e.options.Now().Add(-e.options.Recent))
	e.mu.Lock()
	defer e.mu.Unlock()
	if since <= e.since {
		return
	}
	e.since = since
	for _, s := range e.series {
		i, _ := slices.BinarySearchFunc(s.recent, since, func(d dated, at int64) int { return int(d.minute - at) })
		if i > 0 {
			s.recent = slices.Clone(s.recent[i:])
		}
	}
}

// prune deletes what is past its time, in small transactions.
func (e *Embedded) prune() error {
	now := e.options.Now()
	oldest := map[resolution]int64{
		minute: minutes.Of(now.Add(-e.options.Minutes)), hour: minutes.Hour(minutes.Of(now.Add(-e.options.Hours))),
	}
	for _, s := range e.series {
		for r, at := range oldest {
			if _, err := e.write.Exec(`DELETE FROM `+string(r)+` WHERE series = ? AND at < ?`, s.id, at); err != nil {
				return err
			}
		}
	}
	const step = 10_000
	for {
		// The numbers rise with the time, so what is to go stands at the beginning.
		result, err := e.write.Exec(`DELETE FROM seen WHERE at < ? AND n < (SELECT min(n) FROM seen) + ?`, now.Add(-e.options.Seen).Unix(), step)
		if err != nil {
			return err
		}
		if n, err := result.RowsAffected(); err != nil || n == 0 {
			return err
		}
	}
}

func (e *Embedded) transaction(do func(*sql.Tx) error) error {
	tx, err := e.write.Begin()
	if err != nil {
		return err
	}
	if err := do(tx); err != nil {
		return errors.Join(err, tx.Rollback())
	}
	return tx.Commit()
}

func merge(into map[place]*cells.Cell, p place, delta *cells.Cell) {
	c := into[p]
	if c == nil {
		c = &cells.Cell{}
		into[p] = c
	}
	c.Merge(delta)
}

func encode(deltas map[place]*cells.Cell) []byte {
	var b []byte
	for p, c := range deltas {
		b = binary.AppendVarint(b, p.series.id)
		b = binary.AppendVarint(b, p.at)
		b = c.Append(b)
	}
	return b
}

// replay counts the deltas of a journal whose folding was cut off.
func (e *Embedded) replay(deltas []byte, ids map[int64]*series) error {
	r := cells.Reader{B: deltas}
	for len(r.B) > 0 {
		s, at := ids[r.Varint()], r.Varint()
		c := r.Cell()
		if r.Err != nil || s == nil {
			return cells.ErrDamaged
		}
		merge(e.pending, place{s, at}, &c)
	}
	return nil
}
