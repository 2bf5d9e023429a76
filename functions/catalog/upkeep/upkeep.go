// Package upkeep is what the house does by the clock: it closes what was left, and measures what is.
package upkeep

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"keliu/functions/catalog/history"
	"keliu/functions/store"
	"keliu/functions/store/census"
	"keliu/functions/store/goals"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// Rounds are made at intervals. The fields are set before use.
type Rounds struct {
	Store   *store.Store
	Streams streams.Log
	Meter   census.Crowd
	Idle    time.Duration // after which a silent conversation with the AI is closed
	Now     func() time.Time
}

// Census counts what there is. However many processes count, a minute counts once.
func (r *Rounds) Census(ctx context.Context) error {
	now := r.Now().UTC()
	points, err := census.Open(r.Store.DB).Count(ctx, now)
	if err != nil {
		return err
	}
	return r.Meter.Add(ctx, "census_"+strconv.FormatInt(now.Truncate(census.Slot).Unix(), 10), points)
}

// History makes up the figures of a demonstration. What fails is made good at the next start.
func (r *Rounds) History(ctx context.Context, log *slog.Logger) {
	if err := history.Write(ctx, r.Meter, goals.Open(r.Store.DB), r.Now()); err != nil && ctx.Err() == nil {
		log.Warn("the demo's history is not complete", "error", err)
	}
}

// Sweep closes conversations with the AI in which nothing was said for long.
func (r *Rounds) Sweep(ctx context.Context) error {
	idle, err := r.Store.Idle(ctx, desk.WithAI, r.Now().Add(-r.Idle), 500)
	if err != nil {
		return err
	}
	for _, c := range idle {
		e := idleEvent(c, r.Now())
		if err := desk.Inbound.Publish(ctx, r.Streams, string(e.ID), string(c.ID), e); err != nil {
			return err
		}
	}
	return nil
}

// Gauge measures what is, beside what happens.
func (r *Rounds) Gauge(ctx context.Context) error {
	now := r.Now().UTC()
	open, err := r.Store.Open(ctx)
	if err != nil {
		return err
	}
	waiting, err := r.Store.Waiting(ctx)
	if err != nil {
		return err
	}
	oldest := 0.0
	for _, p := range waiting {
		oldest = max(oldest, float64(now.Sub(p.Since).Milliseconds()))
	}
	return r.Meter.Add(ctx, "gauge_"+now.Format(time.RFC3339Nano), []meter.Point{
		{Name: meter.LiveSessions, Value: float64(open), At: now},
		{Name: meter.QueueLength, Value: float64(len(waiting)), At: now},
		{Name: meter.QueueOldest, Value: oldest, At: now},
	})
}

// idleEvent closes a conversation in which nothing was said for long. The same state makes the same event.
func idleEvent(c desk.Conversation, now time.Time) desk.Event {
	return desk.Event{
		ID: desk.MessageID(string(c.ID) + "_idle_" + strconv.FormatInt(c.Version, 10)), Kind: desk.Ended, Conversation: c.ID, Customer: c.Customer,
		Channel: c.Channel, Reason: "idle", At: now.UTC(),
	}
}
