package catalog

import (
	"context"
	"errors"
	"fmt"
	"time"

	"golang.org/x/sync/errgroup"

	"keliu/functions/catalog/opening"
	"keliu/functions/catalog/upkeep"
	"keliu/functions/catalog/worktime"
	"keliu/functions/routing"
	"keliu/functions/store/census"
	"keliu/functions/store/company"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// Serve sets the house to work until ctx is done: which stream feeds what.
func (h *House) Serve(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	router := routing.Router{State: h.Store, Hours: h.line(), Now: h.now}
	watch := opening.Watch{Hours: h.line(), Streams: h.Streams, Now: h.now}
	crowd := census.Gather(&worktime.Meter{Meter: upkeep.CountTeams(h.Meter, h.Store.DB, h.now), Company: company.Open(h.Store.DB), Now: h.now}, h.Store.DB)

	g.Go(func() error { return desk.Inbound.Subscribe(ctx, h.Streams, "dialog", h.dialog.Handle) })
	g.Go(func() error { return desk.Routing.Subscribe(ctx, h.Streams, "routing", router.Handle) })
	g.Go(func() error {
		return desk.Outbound.Subscribe(ctx, h.Streams, "deliver", func(ctx context.Context, _ streams.Record, n desk.Notice) error {
			h.outside.Company.Told(ctx, n)
			channel, ok := h.reached[n.Channel]
			if !ok {
				return fmt.Errorf("channel %q: %w", n.Channel, desk.ErrNotFound)
			}
			return channel.Deliver(ctx, n)
		})
	})
	g.Go(func() error {
		return desk.Outbound.Subscribe(ctx, h.Streams, "scores", func(ctx context.Context, r streams.Record, n desk.Notice) error {
			return errors.Join(h.missed(ctx, r, n), h.Scores.Notice(ctx, r, n))
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
			return errors.Join(crowd.Seen(ctx, r.Key, points), crowd.Add(ctx, r.ID, points))
		})
	})
	g.Go(func() error {
		return h.Store.Relay(ctx, h.Streams, func(err error) { h.outside.Log.Error("the outbox waits", "error", err) })
	})
	g.Go(func() error { return h.Rules.Watch(ctx) })
	g.Go(func() error { return h.Rules.Record(ctx) })
	g.Go(func() error { return desk.Touches.Subscribe(ctx, h.Streams, "outreach", h.Outreach.Handle) })
	g.Go(func() error { return desk.Sends.Subscribe(ctx, h.Streams, "outreach", h.Outreach.Carry) })
	g.Go(func() error { return desk.Touches.Subscribe(ctx, h.Streams, "scores", h.Scores.Touch) })
	rounds := upkeep.Rounds{Store: h.Store, Streams: h.Streams, Meter: crowd, Idle: h.Config.Idle, Now: h.now}
	if h.Config.History {
		g.Go(func() error { rounds.History(ctx, h.outside.Log); return nil })
	}
	g.Go(func() error { return h.every(ctx, time.Minute/2, rounds.Sweep) })
	g.Go(func() error { return h.every(ctx, 10*time.Second, rounds.Gauge) })
	g.Go(func() error { return h.every(ctx, 5*time.Second, watch.Look) })
	g.Go(func() error { return h.every(ctx, census.Slot, rounds.Census) })
	g.Go(func() error { return h.every(ctx, time.Minute/6, rounds.Alarms) })
	g.Go(func() error { return h.every(ctx, 2*time.Second, h.Outreach.Tick) })

	if err := g.Wait(); !errors.Is(err, context.Canceled) && !errors.Is(err, streams.ErrClosed) {
		return err
	}
	return nil
}

// line is the queue, whose people keep their hours.
func (h *House) line() company.Line {
	return company.Line{Queue: h.Store, Book: company.Open(h.Store.DB), Now: h.now}
}

// every does something at once and at intervals. What fails is said and done again at the next time.
func (h *House) every(ctx context.Context, interval time.Duration, do func(context.Context) error) error {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		if err := do(ctx); err != nil && ctx.Err() == nil {
			h.outside.Log.Warn("a periodic task failed", "error", err)
		}
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}
