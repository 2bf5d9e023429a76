// Package goals keeps what belongs to the metrics beside their values: targets, alarms, and of which stretch of time the figures
// are made up for demonstration.
package goals

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Shelf holds them. It is safe for concurrent use.
type Shelf struct{ db *database.DB }

// Open opens the shelf of a store.
func Open(db *database.DB) *Shelf { return &Shelf{db} }

// A Target is what a metric should reach, in the metric's unit.
type Target struct {
	Key    string   `json:"key"`              // the metric's
	Target *float64 `json:"target,omitempty"` // what is wanted
	Alarm  *float64 `json:"alarm,omitempty"`  // what is worse than this raises an alarm
}

// Targets returns the targets by the metric's key.
func (s *Shelf) Targets(ctx context.Context) (map[string]Target, error) {
	all, err := database.Bodies[Target](ctx, s.db, `SELECT body FROM targets`)
	byKey := make(map[string]Target, len(all))
	for _, t := range all {
		byKey[t.Key] = t
	}
	return byKey, err
}

// SaveTargets puts targets in the place of those there are.
func (s *Shelf) SaveTargets(ctx context.Context, targets []Target) error {
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("targets"); err != nil {
			return err
		}
		if _, err := t.Exec(`DELETE FROM targets`); err != nil {
			return err
		}
		for _, target := range targets {
			body, err := json.Marshal(target)
			if err != nil {
				return err
			}
			if _, err := t.Exec(`INSERT INTO targets (metric, body) VALUES ($1, $2)`, target.Key, string(body)); err != nil {
				return err
			}
		}
		return nil
	}), "targets")
}

// A Stretch is a part of time.
type Stretch struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
}

// MadeUp returns the stretch whose figures are made up; zero when none are.
func (s *Shelf) MadeUp(ctx context.Context) (Stretch, error) {
	var from, to int64
	err := s.db.One(ctx, `SELECT began, ended FROM made_up WHERE id = 1`, nil, &from, &to)
	if errors.Is(err, desk.ErrNotFound) {
		return Stretch{}, nil
	}
	return Stretch{time.UnixMilli(from).UTC(), time.UnixMilli(to).UTC()}, database.Wrap(err, "made up")
}

// SetMadeUp keeps of which stretch the figures are made up.
func (s *Shelf) SetMadeUp(ctx context.Context, made Stretch) error {
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO made_up (id, began, ended) VALUES (1, $1, $2)
			ON CONFLICT (id) DO UPDATE SET began = excluded.began, ended = excluded.ended`, made.From.UnixMilli(), made.To.UnixMilli())
		return err
	}), "made up")
}
