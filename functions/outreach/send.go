package outreach

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strconv"
	"time"

	"keliu/functions/outreach/profile"
	"keliu/functions/outreach/quota"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// mostTries is how often something is said again that the platform could not take at the time.
const mostTries = 5

// Carry is the subscription of desk.Sends: it hands to the channel what was decided, and keeps what became of it. What was handed
// over and never answered for goes to the channel under the same ID, which says what it knows.
func (d *Desk) Carry(ctx context.Context, r streams.Record, send desk.Send) error {
	was, err := d.o.Shelf.Sending(ctx, send.ID)
	if err != nil || was.State != desk.Pending {
		return err
	}
	if refusal, err := d.refusal(ctx, send); err != nil {
		return err
	} else if refusal.State != "" {
		was.Held = true
		return d.finish(ctx, was, refusal)
	}
	delivery, err := d.o.Senders[send.Channel].Send(ctx, send)
	switch {
	case err == nil:
	case ctx.Err() != nil, errors.Is(err, desk.ErrUnavailable), r.Attempt < streams.MaxAttempts:
		return fmt.Errorf("send %s: %w", send.ID, err)
	default:
		d.o.Log.Error("what became of a send is unknown", "send", send.ID, "error", err)
		delivery = desk.Delivery{State: desk.Uncertain, Because: "系统错误，不知道是否送达。It failed on our side; it may have arrived."}
	}
	if delivery.State == "" || delivery.State == desk.Pending {
		delivery.State = desk.Uncertain
	}
	return d.finish(ctx, was, delivery)
}

// refusal is what keeps a send back at the last moment; it has no state when nothing does.
func (d *Desk) refusal(ctx context.Context, send desk.Send) (desk.Delivery, error) {
	l, err := d.o.Shelf.Lead(ctx, send.Person)
	if err != nil {
		return desk.Delivery{}, err
	}
	q := policies.MayContact{Channel: send.Channel, Purpose: "reply", Consent: true, OptedOut: l.OptedOut(), Hour: d.now().In(beijing).Hour()}
	if send.Kind == desk.Push {
		q.Purpose, q.Consent = "marketing", l.MayPush(d.now())
	}
	ruling, err := d.o.Rules.MayContact(ctx, q)
	if err != nil {
		return desk.Delivery{}, err
	}
	refused := desk.Delivery{Send: send.ID, State: desk.Failed, At: d.now()}
	switch {
	case !ruling.Allow:
		refused.Because = ruling.Reason
		return refused, nil
	case d.o.Senders[send.Channel] == nil:
		refused.Because = "这个渠道没有接通发送。Nothing can be sent on this channel."
		return refused, nil
	}
	return desk.Delivery{}, nil
}

// finish puts an outcome on the trail and keeps it. The trail comes first: what was done is never missing there.
func (d *Desk) finish(ctx context.Context, was leads.Sending, delivery desk.Delivery) error {
	ctx = context.WithoutCancel(ctx) // what became of it is known only here
	if err := d.trail(ctx, "contact", was.Send, delivery); err != nil {
		return err
	}
	return d.settle(ctx, was, delivery)
}

// trail keeps who said what kind of thing to whom, by which rule, and what became of it.
func (d *Desk) trail(ctx context.Context, action string, send desk.Send, delivery desk.Delivery) error {
	e := audit.Entry{
		At: d.now(), Actor: "outreach", Action: action, Object: string(send.Person), Reason: delivery.Because,
		Details: map[string]string{"send": send.ID, "channel": send.Channel},
	}
	if send.By == desk.ByHuman {
		e.Actor = string(send.Agent)
	}
	maps.Copy(e.Details, filled(map[string]string{
		"kind": string(send.Kind), "rule": send.Rule, "campaign": send.Campaign, "variant": send.Variant, "comment": send.Comment,
		"state": string(delivery.State), "code": codeText(delivery.Code),
	}))
	return d.o.Trail.Append(ctx, e)
}

// filled drops what is empty.
func filled(details map[string]string) map[string]string {
	maps.DeleteFunc(details, func(_, v string) bool { return v == "" })
	return details
}

func codeText(code int) string {
	if code == 0 {
		return ""
	}
	return strconv.Itoa(code)
}

// settle keeps what became of something that was said, and thinks over what comes next.
func (d *Desk) settle(ctx context.Context, was leads.Sending, delivery desk.Delivery) error {
	now := d.now()
	r, err := d.rulings(ctx, was.Channel, now)
	if err != nil {
		return err
	}
	event := fmt.Sprintf("d_%s_%d_%s", was.ID, was.Tries, delivery.State)
	done, err := d.o.Shelf.Change(ctx, was.Person, event, func(c *leads.Change) error {
		s, known, err := c.Sending(was.ID)
		if err != nil || !known || s.State == desk.Arrived {
			return err
		}
		s.State, s.Code, s.Because, s.Retry = delivery.State, delivery.Code, delivery.Because, delivery.Retry
		s.Settled, s.Held = now, was.Held
		if s.Tries >= mostTries || s.State != desk.Failed {
			s.Retry = time.Time{}
		}
		c.Settled = &s
		before := maps.Clone(c.Lead.Stages)
		if s.State == desk.Sent || s.State == desk.Arrived {
			profile.Reach(&c.Lead, leads.Reached, s.At)
			profile.Settle(&c.Lead)
		}
		if c.Lead.Last == nil || c.Lead.Last.ID == s.ID {
			c.Lead.Last = &s
		}
		if s.Kind == desk.PublicReply && s.State == desk.Failed && s.Retry.IsZero() && c.Lead.Invited == s.Comment {
			c.Lead.Invited, c.Lead.InvitedAt = "", time.Time{} // nobody read it
		}
		c.Entries = append(c.Entries, leads.Entry{
			ID: event, Person: was.Person, Kind: "send", At: now, Channel: was.Channel, Text: was.Text, Comment: was.Comment, Item: was.Item,
			Rule: was.Rule, Campaign: was.Campaign, Touch: was.ID, By: was.Agent, Code: s.Code,
		})
		points := stages(c, before, event)
		if quota.Exhausted(s.Code) {
			points = append(points, meter.Point{Name: meter.QuotaExhausted, Value: 1, At: now})
		}
		if err := d.again(c, r, now); err != nil {
			return err
		}
		return measure(c, event, points)
	})
	if done {
		d.told(was.Person)
	}
	return err
}

// again thinks over the next step of a lead that is there.
func (d *Desk) again(c *leads.Change, r rulings, now time.Time) error {
	if c.Lead.Person == "" {
		return nil
	}
	next, err := d.next(c, d.InForce().Campaign(c.Lead.Campaign), r, now)
	if err != nil {
		return err
	}
	keep(c, next, now)
	return nil
}
