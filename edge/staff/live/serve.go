package live

import (
	"context"
	"errors"
	"sync"
	"time"

	"keliu/edge/staff/door"
	"keliu/streams/desk"
)

const (
	gather      = 40 * time.Millisecond  // rows that change in this time are read together
	figuresRest = 500 * time.Millisecond // between two frames that say that the figures moved
	mostRows    = 100                    // rows told at once: more are read anew by the screens
	rulesEvery  = 100 * time.Millisecond // at whether other rules are in force: what may be seen changes within the second
	lookEvery   = time.Second            // at who is there and whose login has ended
	sweepEvery  = 10 * time.Second       // at whose screen is silent
)

// changes gather what the screens are to be told in a moment.
type changes struct {
	mu    sync.Mutex
	rows  map[desk.ConversationID]bool
	queue bool
	moved bool
	bell  chan struct{} // holds a token when there may be changes
}

func (c *changes) row(id desk.ConversationID, queue bool) {
	c.mu.Lock()
	c.rows[id] = true
	c.queue = c.queue || queue
	c.mu.Unlock()
	c.ring()
}

func (c *changes) figures() {
	c.mu.Lock()
	c.moved = true
	c.mu.Unlock()
	c.ring()
}

func (c *changes) ring() {
	select {
	case c.bell <- struct{}{}:
	default:
	}
}

// take returns the changes so far; those of the figures only when they are due.
func (c *changes) take(figures bool) (rows []desk.ConversationID, queue, moved bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for id := range c.rows {
		rows = append(rows, id)
	}
	clear(c.rows)
	queue, c.queue = c.queue, false
	if moved = c.moved && figures; moved {
		c.moved = false
	} else if c.moved {
		c.ring()
	}
	return rows, queue, moved
}

// Serve tells the screens what changes and looks after who is there, until ctx is done.
func (h *Hub) Serve(ctx context.Context) error {
	var wg sync.WaitGroup
	wg.Go(func() { h.tell(ctx) })
	wg.Go(func() { h.every(ctx, rulesEvery, h.lookAtRules) })
	wg.Go(func() { h.every(ctx, lookEvery, h.Look) })
	wg.Go(func() { h.every(ctx, sweepEvery, h.Sweep) })
	wg.Wait()
	return ctx.Err()
}

func (h *Hub) lookAtRules(context.Context) error {
	h.mu.Lock()
	known := h.revision
	h.mu.Unlock()
	if revision := h.Door.Rules.Revision(); revision != known {
		h.Policy(revision)
	}
	return nil
}

func (h *Hub) every(ctx context.Context, interval time.Duration, do func(context.Context) error) {
	tick := time.NewTicker(interval)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if err := do(ctx); err != nil && ctx.Err() == nil {
				h.Log.Warn("the staff's presence is not known", "error", err)
			}
		case <-ctx.Done():
			return
		}
	}
}

// tell tells the screens what has changed, gathered.
func (h *Hub) tell(ctx context.Context) {
	var told time.Time
	wait := time.NewTimer(gather)
	defer wait.Stop()
	for {
		select {
		case <-h.changed.bell:
		case <-ctx.Done():
			return
		}
		wait.Reset(gather)
		select {
		case <-wait.C:
		case <-ctx.Done():
			return
		}
		rows, queue, moved := h.changed.take(time.Since(told) >= figuresRest)
		if moved {
			told = time.Now()
			h.spread(ctx, door.Cockpit, everyScreen, func(door.Hiding) any { return metricsFrame{"metrics", h.Now().UTC()} })
		}
		if err := h.flush(ctx, rows, queue); err != nil && ctx.Err() == nil {
			h.Log.Warn("screens are told to read anew", "error", err)
			h.readAnew(ctx)
		}
	}
}

// flush tells the rows that changed, and how many wait.
func (h *Hub) flush(ctx context.Context, rows []desk.ConversationID, queue bool) error {
	switch {
	case !h.anybody():
		return nil
	case len(rows) > mostRows:
		h.readAnew(ctx)
		rows = nil
	}
	for _, id := range rows {
		show, err := h.Rows.Listing(ctx, id)
		if errors.Is(err, desk.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		h.spread(ctx, door.Conversations, everyScreen, func(hide door.Hiding) any {
			return conversationFrame{"conversation", show(hide)}
		})
	}
	if !queue {
		return nil
	}
	waiting, err := h.People.Waiting(ctx)
	if err != nil {
		return err
	}
	h.spread(ctx, door.Conversations, everyScreen, func(door.Hiding) any { return queueFrame{"queue", len(waiting)} })
	return nil
}

func (h *Hub) readAnew(ctx context.Context) {
	h.spread(ctx, door.Conversations, everyScreen, func(door.Hiding) any { return refreshFrame{"refresh"} })
}
