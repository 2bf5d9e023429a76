package catalog

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"keliu/functions/routing"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// Serve sets the house to work until ctx is done: which stream feeds what.
func (h *House) Serve(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	router := routing.Router{State: h.Store, Now: h.now}
	channels := h.channels()

	g.Go(func() error { return desk.Inbound.Subscribe(ctx, h.Streams, "dialog", h.dialog.Handle) })
	g.Go(func() error { return desk.Routing.Subscribe(ctx, h.Streams, "routing", router.Handle) })
	g.Go(func() error {
		return desk.Outbound.Subscribe(ctx, h.Streams, "deliver", func(ctx context.Context, _ streams.Record, n desk.Notice) error {
			h.outside.Company.Told(ctx, n)
			channel, ok := channels[n.Channel]
			if !ok {
				return fmt.Errorf("channel %q: %w", n.Channel, desk.ErrNotFound)
			}
			return channel.Deliver(ctx, n)
		})
	})
	g.Go(func() error {
		return desk.Requests.Subscribe(ctx, h.Streams, "shop", func(ctx context.Context, _ streams.Record, r desk.Request) error {
			return h.shop.Submit(ctx, r)
		})
	})
	g.Go(func() error {
		return meter.Points.Subscribe(ctx, h.Streams, "meter", func(ctx context.Context, r streams.Record, points []meter.Point) error {
			defer h.outside.Company.Moved()
			return h.Meter.Add(ctx, r.ID, points)
		})
	})
	g.Go(func() error {
		return h.Store.Relay(ctx, h.Streams, func(err error) { h.outside.Log.Error("the outbox waits", "error", err) })
	})
	g.Go(func() error { return h.Rules.Watch(ctx) })
	g.Go(func() error { return h.every(ctx, time.Minute/2, h.sweep) })
	g.Go(func() error { return h.every(ctx, 10*time.Second, h.gauge) })

	if err := g.Wait(); !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
		return err
	}
	return nil
}

// every does something at intervals. What fails is said and done again at the next time.
func (h *House) every(ctx context.Context, interval time.Duration, do func(context.Context) error) error {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				h.outside.Log.Warn("a periodic task failed", "error", err)
			}
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// sweep closes conversations with the AI in which nothing was said for long.
func (h *House) sweep(ctx context.Context) error {
	idle, err := h.Store.Idle(ctx, desk.WithAI, h.now().Add(-h.Config.Idle), 500)
	if err != nil {
		return err
	}
	for _, c := range idle {
		e := idleEvent(c, h.now())
		if err := desk.Inbound.Publish(ctx, h.Streams, string(e.ID), string(c.ID), e); err != nil {
			return err
		}
	}
	return nil
}

// gauge measures what is, beside what happens.
func (h *House) gauge(ctx context.Context) error {
	now := h.now().UTC()
	open, err := h.Store.Open(ctx)
	if err != nil {
		return err
	}
	waiting, err := h.Store.Waiting(ctx)
	if err != nil {
		return err
	}
	oldest := 0.0
	for _, p := range waiting {
		oldest = max(oldest, float64(now.Sub(p.Since).Milliseconds()))
	}
	return h.Meter.Add(ctx, "gauge_"+now.Format(time.RFC3339Nano), []meter.Point{
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
