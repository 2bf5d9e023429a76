package policies

import (
	"context"
	"crypto/rand"
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

// Record writes the decisions of this process to the stream until ctx is done. What cannot be written stays uncounted and is
// said; deciding never waits for it.
func (e *Engine) Record(ctx context.Context) error {
	if e.options.Streams == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	tick := time.NewTicker(recordEvery)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := e.Write(ctx); err != nil && ctx.Err() == nil {
				e.options.Log.Warn("decisions were not recorded", "error", err)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// Write writes what was decided since the last time.
func (e *Engine) Write(ctx context.Context) error {
	if e.options.Streams == nil {
		return nil
	}
	var all []Decision
	e.rules.Load().drain(e.options.Now().UTC(), func(d Decision) { all = append(all, d) })
	for len(all) > 0 {
		part := all[:min(len(all), 1000)]
		all = all[len(part):]
		if err := Decisions.Publish(ctx, e.options.Streams, "dec_"+rand.Text(), e.options.Process, part); err != nil {
			return fmt.Errorf("record decisions: %w", err)
		}
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
