// Package routing decides who of the staff takes which waiting customer.
//
// Every change of the queue or the staff is a record on desk.Routing under one key, so one decision follows the other and
// no customer is given to two people. Nobody polls: a place that falls free is filled by the record that frees it.
package routing

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"time"

	"keliu/streams"
	"keliu/streams/desk"
)

// State is the queue and the staff as they are.
type State interface {
	Waiting(context.Context) ([]desk.Place, error) // next first
	Agents(context.Context) ([]desk.Agent, error)
	Choose(ctx context.Context, changed []desk.Place, out []desk.Outgoing) error
}

// Hours are those of the staff.
type Hours interface {
	// Off returns those who are outside their hours.
	Off(context.Context) (map[desk.AgentID]bool, error)
}

// mostTold is how far back in the queue customers are told of every step forward.
const mostTold = 20

// A Router fills free places. Its fields are set before use.
type Router struct {
	State State
	Hours Hours
	Now   func() time.Time
}

// Handle looks at the queue after a change. It is the subscription of the router on desk.Routing.
func (r Router) Handle(ctx context.Context, record streams.Record, _ desk.Shift) error {
	waiting, err := r.State.Waiting(ctx)
	if err != nil {
		return err
	}
	if len(waiting) == 0 {
		return nil
	}
	staff, err := r.State.Agents(ctx)
	if err != nil {
		return err
	}
	off, err := r.Hours.Off(ctx)
	if err != nil {
		return err
	}
	staff = slices.DeleteFunc(staff, func(a desk.Agent) bool { return off[a.ID] })
	changed := Assign(waiting, staff)
	out := make([]desk.Outgoing, 0, len(changed))
	for _, p := range changed {
		e := desk.Event{
			ID:           eventID(record.ID, p),
			Kind:         desk.Moved,
			Conversation: p.Conversation,
			Agent:        p.Agent,
			Position:     p.Position,
			At:           r.Now().UTC(),
		}
		if p.Agent != "" {
			e.Kind, e.Reason = desk.Assigned, desk.ByQueue
		}
		o, err := desk.Out(desk.Inbound, string(e.ID), string(e.Conversation), e)
		if err != nil {
			return err
		}
		out = append(out, o)
	}
	if len(changed) == 0 {
		return nil
	}
	return r.State.Choose(ctx, changed, out)
}

// eventID names what a record decided about one customer. A record that comes again may find another queue and decide about
// others: those are other events.
func eventID(record string, p desk.Place) desk.MessageID {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\x00%s\x00%s\x00%d", record, p.Conversation, p.Agent, p.Position))
	return desk.MessageID("q_" + hex.EncodeToString(sum[:13]))
}

// Assign returns the places that change: those that get a person, and those of the others that move forward. waiting is next
// first. It fills every free place that somebody waiting may take, never more than anybody's capacity, and gives a
// customer to whoever is least busy in proportion.
func Assign(waiting []desk.Place, staff []desk.Agent) (changed []desk.Place) {
	staff = slices.Clone(staff)
	position := 0
	for _, p := range waiting {
		if p.Agent != "" {
			continue // chosen before, and on the way
		}
		if who := free(staff, p.Skill); who >= 0 {
			staff[who].Load++
			p.Agent, p.Position = staff[who].ID, 0
			changed = append(changed, p)
			continue
		}
		position++
		if position != p.Position {
			told := position < p.Position && position <= mostTold
			p.Position = position
			if told {
				changed = append(changed, p)
			}
		}
	}
	return changed
}

// free returns the index of the person who takes the next customer of a skill, or -1.
func free(staff []desk.Agent, skill string) int {
	best := -1
	for i, a := range staff {
		if a.Status != "online" || a.Load >= a.Capacity || skill != "" && !slices.Contains(a.Skills, skill) {
			continue
		}
		if best < 0 || a.Load*staff[best].Capacity < staff[best].Load*a.Capacity {
			best = i
		}
	}
	return best
}
