package live

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/coder/websocket"

	"keliu/edge/staff/door"
	"keliu/edge/visitors"
	"keliu/functions/routing"
	"keliu/functions/store"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// Look tells the screens who is there when that has changed, closes those whose login has ended, and forgets who has stopped
// writing without a word.
func (h *Hub) Look(ctx context.Context) error {
	if !h.anybody() {
		return nil
	}
	h.stopComposing()
	if err := h.checkLogins(ctx); err != nil {
		return err
	}
	all, err := h.People.Here(ctx)
	if err != nil {
		return err
	}
	there := presences(all)
	h.mu.Lock()
	same := slices.Equal(there, h.there)
	h.there = there
	h.mu.Unlock()
	if !same {
		h.spread(ctx, door.Conversations, everyScreen, func(door.Hiding) any { return presenceFrame{"presence", there} })
	}
	return nil
}

func presences(all []desk.Agent) []Presence {
	there := []Presence{}
	for _, a := range all {
		there = append(there, Presence{a.ID, a.Name, a.Status, a.Load, a.Capacity})
	}
	return there
}

// stopComposing tells of those whose last sign of writing is too old.
func (h *Hub) stopComposing() {
	var stopped []desk.ConversationID
	now := h.Now()
	h.mu.Lock()
	for s := range h.screens {
		if !s.composing.IsZero() && !now.Before(s.composing) {
			s.composing = time.Time{}
			stopped = append(stopped, s.viewing)
		}
	}
	h.mu.Unlock()
	for _, id := range stopped {
		h.tellViewers(id)
	}
}

// checkLogins closes the screens whose login has ended, and takes over what changed about the others.
func (h *Hub) checkLogins(ctx context.Context) error {
	for _, s := range h.all() {
		who, err := h.Door.Logins.LoggedIn(ctx, s.token, h.Now())
		switch {
		case errors.Is(err, desk.ErrNotFound):
			go s.end(loginEnded, "login_needed")
		case err != nil:
			return err
		default:
			h.mu.Lock()
			s.who = who
			h.mu.Unlock()
		}
	}
	return nil
}

func (h *Hub) all() []*screen {
	h.mu.Lock()
	defer h.mu.Unlock()
	all := make([]*screen, 0, len(h.screens))
	for s := range h.screens {
		all = append(all, s)
	}
	return all
}

// end says goodbye to a screen.
func (s *screen) end(code websocket.StatusCode, reason string) {
	s.conn.Close(code, reason) // a screen that does not answer is gone all the same
	s.cancel()
}

// Sweep records the signs of life, changes the status of those whose screens fell silent or came back, and gives the customers who
// wait for somebody who has gone to the others.
func (h *Hub) Sweep(ctx context.Context) error {
	now := h.Now().UTC().Truncate(time.Millisecond)
	h.mu.Lock()
	seen := h.seen
	h.seen = map[desk.AgentID]time.Time{}
	h.mu.Unlock()
	for id, at := range seen {
		if err := h.Register.See(ctx, at, id); err != nil {
			return err
		}
	}
	signs, err := h.Register.Signs(ctx)
	if err != nil {
		return err
	}
	for _, s := range signs {
		status, took := routing.Settle(routing.Sign(s), now)
		if status == s.Status {
			continue
		}
		out, err := desk.Out(desk.Routing, "pr_"+string(s.Agent)+"_"+rand.Text(), desk.RoutingKey, desk.Shift{Kind: "agent", Agent: s.Agent, At: now})
		if err != nil {
			return err
		}
		if err := h.Register.Change(ctx, s, status, took, now, out); err != nil {
			return err
		}
	}
	if err := h.countOnline(ctx, now); err != nil {
		return err
	}
	deserted, err := h.Register.Deserted(ctx, now.Add(-routing.OfflineAfter), store.NotWaiting)
	if err != nil {
		return err
	}
	for _, c := range deserted {
		if err := visitors.Send(ctx, h.Inbound, routing.Gone(c, now)); err != nil {
			return err
		}
	}
	return nil
}

// countOnline counts the time that the staff are online, a slot at a time. The record of a slot has one name, so that it counts once
// however many processes look.
func (h *Hub) countOnline(ctx context.Context, now time.Time) error {
	staff, err := h.People.Here(ctx)
	if err != nil {
		return err
	}
	slot := now.Truncate(sweepEvery)
	var points []meter.Point
	for _, a := range staff {
		if a.Status == "online" {
			points = append(points, meter.Point{Name: meter.AgentOnline, Value: float64(sweepEvery.Milliseconds()), At: slot, Tags: meter.Tags{Agent: string(a.ID)}})
		}
	}
	if len(points) == 0 {
		return nil
	}
	record, err := meter.Points.Record("online_"+strconv.FormatInt(slot.Unix(), 10), "staff", points)
	if err != nil {
		return err
	}
	return h.Inbound.Publish(ctx, string(meter.Points), record)
}

// Close ends every screen and lets no more in.
func (h *Hub) Close() {
	h.mu.Lock()
	h.closed = true
	h.mu.Unlock()
	var wg sync.WaitGroup
	for _, s := range h.all() {
		wg.Go(func() { s.end(websocket.StatusGoingAway, "closing") })
	}
	wg.Wait()
}

func (h *Hub) join(s *screen) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.closed {
		return false
	}
	h.screens[s] = struct{}{}
	h.seen[s.who.ID] = h.Now()
	return true
}

func (h *Hub) part(s *screen) {
	h.mu.Lock()
	delete(h.screens, s)
	viewing := s.viewing
	h.mu.Unlock()
	h.tellViewers(viewing)
}

// sign is a sign of life.
func (h *Hub) sign(s *screen) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.seen[s.who.ID] = h.Now()
}

// greet gives somebody back the status that silence took, and tells a new screen who is there and how many wait.
func (h *Hub) greet(ctx context.Context, s *screen) error {
	if err := h.Sweep(ctx); err != nil {
		return err
	}
	if h.parts(ctx, s.person())[door.Conversations] == "" {
		return nil
	}
	staff, err := h.People.Here(ctx)
	if err != nil {
		return err
	}
	waiting, err := h.People.Waiting(ctx)
	if err != nil {
		return err
	}
	for _, frame := range []any{presenceFrame{"presence", presences(staff)}, queueFrame{"queue", len(waiting)}} {
		body, err := json.Marshal(frame)
		if err != nil {
			return err
		}
		s.box.put(body)
	}
	return nil
}
