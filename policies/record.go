package policies

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"keliu/streams"
)

// Decisions is the stream of recorded decisions: what was asked and answered in a stretch of time, each question once with how
// often. Questions hold categories and roles and nothing personal.
const Decisions streams.Topic[[]Decision] = "desk.decisions"

// recordEvery is how long decisions are counted before they are written.
const recordEvery = 10 * time.Second

// A Decision is a question that was answered, by the name of its package.
type Decision struct {
	Question string    `json:"question"`
	Input    any       `json:"input"` // the question's attributes
	Ruling   Ruling    `json:"ruling"`
	Times    uint64    `json:"times"` // how often within the stretch
	At       time.Time `json:"at"`    // its end
}

// mostKept is how many sums wait for a stream that takes nothing; more are lost, and counted.
const mostKept = 20_000

// Record writes the decisions of this process to the stream until ctx is done. Deciding never waits for it.
func (e *Engine) Record(ctx context.Context) error {
	tick := time.NewTicker(recordEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return errors.Join(ctx.Err(), e.Write(context.WithoutCancel(ctx)))
		}
		if err := e.Write(ctx); err != nil && ctx.Err() == nil {
			e.options.Log.Warn("decisions wait to be recorded", "error", err)
		}
	}
}

// Unrecorded is how many decisions are not and will not be recorded.
func (e *Engine) Unrecorded() uint64 {
	lost := e.lost.Load()
	if r := e.rules.Load(); r != nil {
		lost += r.lost()
	}
	return lost
}

// enforce puts rules in the place of those in force, whose decisions are kept.
func (e *Engine) enforce(next *rules) {
	if before := e.rules.Swap(next); before != nil {
		e.collect(before)
		e.lost.Add(before.lost())
	}
}

// collect takes what was decided since the last time into what waits to be written.
func (e *Engine) collect(r *rules) {
	e.keeping.Lock()
	defer e.keeping.Unlock()
	r.drain(e.options.Now().UTC(), func(d Decision) {
		if len(e.kept) < mostKept {
			e.kept = append(e.kept, d)
		} else {
			e.lost.Add(d.Times)
		}
	})
}

// Write writes what was decided since the last time. What the stream does not take waits for the next time.
func (e *Engine) Write(ctx context.Context) error {
	if r := e.rules.Load(); r != nil {
		e.collect(r)
	}
	e.keeping.Lock()
	all := e.kept
	e.kept = nil
	e.keeping.Unlock()
	if e.options.Streams == nil {
		return nil // nobody reads them
	}
	for len(all) > 0 {
		part := all[:min(len(all), 1000)]
		if err := Decisions.Publish(ctx, e.options.Streams, "dec_"+rand.Text(), e.options.Process, part); err != nil {
			e.keeping.Lock()
			e.kept = append(e.kept, all...)
			e.keeping.Unlock()
			return fmt.Errorf("record decisions: %w", err)
		}
		all = all[len(part):]
	}
	return nil
}

// drain hands over what was decided since the last time, question by question.
func (r *rules) drain(at time.Time, visit func(Decision)) {
	r.mayRun.known.drain("may_run", at, visit)
	r.mayReveal.known.drain("may_reveal", at, visit)
	r.mayRetrieve.known.drain("may_retrieve", at, visit)
	r.mayContact.known.drain("may_contact", at, visit)
	r.maySee.known.drain("may_see", at, visit)
	r.keepFor.known.drain("keep_for", at, visit)
}

// lost is how many answers went uncounted under these rules.
func (r *rules) lost() uint64 {
	return r.mayRun.known.lost.Load() + r.mayReveal.known.lost.Load() + r.mayRetrieve.known.lost.Load() +
		r.mayContact.known.lost.Load() + r.maySee.known.lost.Load() + r.keepFor.known.lost.Load()
}
