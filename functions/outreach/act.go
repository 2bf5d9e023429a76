package outreach

import (
	"context"
	"strings"
	"time"

	"keliu/functions/outreach/profile"
	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/rules"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// Say says something to somebody for one of the staff, when that is a legal step now; otherwise it is refused with
// step_not_allowed and the reason. The same id is said once; a public reply has that of the comment.
func (d *Desk) Say(ctx context.Context, id string, p desk.PersonID, kind desk.SendKind, text string, by desk.AgentID) (said leads.Sending, err error) {
	if text = strings.TrimSpace(text); text == "" {
		return said, desk.Refuse(desk.ErrInvalid, "text_empty")
	}
	if err := rules.Said(text); err != nil {
		return said, err
	}
	now := d.now()
	err = d.change(ctx, p, "", func(c *leads.Change, r rulings) error {
		l := c.Lead
		send := desk.Send{
			ID: "s_" + id, Kind: kind, Channel: l.Channel, Person: p, Text: rules.Fill(text, l.Name), Rule: l.Rule, Campaign: l.Campaign,
			By: desk.ByHuman, Agent: by, At: now,
		}
		if kind == desk.PublicReply {
			send.ID, send.Comment, send.Item = replyID(l.Channel, l.Comment), l.Comment, l.Item
		}
		if kind == desk.Push {
			send.Scene = l.Scene
		}
		known := false
		if said, known, err = c.Sending(send.ID); err != nil {
			return err
		}
		if known && kind != desk.PublicReply {
			return nil
		}
		next, err := d.next(c, d.InForce().Campaign(l.Campaign), r, now)
		if err != nil {
			return err
		}
		ok, err := d.legal(c, next, kind, r, now)
		if err != nil {
			return err
		}
		if !ok || known {
			return desk.Refuse(desk.ErrConflict, "step_not_allowed", next.Why)
		}
		if err := say(c, send); err != nil {
			return err
		}
		said = *c.Lead.Last
		return d.again(c, r, now)
	})
	return said, err
}

// legal reports whether a kind of send is allowed now. A window that is open may be used though another step comes first.
func (d *Desk) legal(c *leads.Change, next leads.Next, kind desk.SendKind, r rulings, now time.Time) (bool, error) {
	if c.Lead.OptedOut() || !r.answer.Allow {
		return false, nil
	}
	steps := map[desk.SendKind]leads.Step{desk.PublicReply: leads.PublicReply, desk.DirectMessage: leads.DirectMessage, desk.Greeting: leads.Greet, desk.Push: leads.PushStep}
	if next.Step == steps[kind] {
		return next.Allowed, nil
	}
	if kind != desk.DirectMessage && kind != desk.Push || kind == desk.Push && (!r.market.Allow || !c.Lead.MayPush(now)) {
		return false, nil
	}
	scene := map[desk.SendKind]string{desk.DirectMessage: quota.Reply, desk.Push: quota.Authorised}[kind]
	left, err := c.Left(c.Lead.Channel, c.Lead.Person, now)
	for _, a := range left {
		if a.Scene == scene && a.Left > 0 {
			return true, err
		}
	}
	return false, err
}

// change runs do on the lead of somebody whom outreach knows, with the rulings about them, and says so.
func (d *Desk) change(ctx context.Context, p desk.PersonID, event string, do func(*leads.Change, rulings) error) error {
	done, err := d.quietly(ctx, p, event, do)
	if done {
		d.told(p)
	}
	return err
}

// quietly is change for what is no news.
func (d *Desk) quietly(ctx context.Context, p desk.PersonID, event string, do func(*leads.Change, rulings) error) (done bool, err error) {
	known, err := d.o.Shelf.Lead(ctx, p)
	if err != nil {
		return false, err
	}
	r, err := d.rulings(ctx, known.Channel, d.now())
	if err != nil {
		return false, err
	}
	return d.o.Shelf.Change(ctx, p, event, func(c *leads.Change) error { return do(c, r) })
}

// Note takes down something that one of the staff learnt about somebody: that they want no marketing any more, left a number, bought.
// It is published as what people do themselves. The same ID counts once.
func (d *Desk) Note(ctx context.Context, t desk.Touch) error {
	if _, err := d.o.Shelf.Lead(ctx, t.Person); err != nil {
		return err
	}
	switch t.Kind {
	case desk.OptedOut, desk.OptedIn, desk.Contacted, desk.Won, desk.Lost:
		return d.handle(ctx, t, true)
	}
	return desk.Refuse(desk.ErrInvalid, "touch_kind", string(t.Kind))
}

// Remark keeps a note of one of the staff in somebody's history. The same id counts once.
func (d *Desk) Remark(ctx context.Context, id string, p desk.PersonID, text string, by desk.AgentID) error {
	if text = strings.TrimSpace(text); text == "" {
		return desk.Refuse(desk.ErrInvalid, "text_empty")
	}
	return d.enter(ctx, leads.Entry{ID: "n_" + id, Person: p, Kind: "note", Text: profile.Hidden(text), By: by}, func(*leads.Lead) {})
}

// Assign gives somebody to one of the staff, who follows up; to nobody, when owner is empty. The same id counts once.
func (d *Desk) Assign(ctx context.Context, id string, p desk.PersonID, owner, by desk.AgentID) error {
	return d.enter(ctx, leads.Entry{ID: "a_" + id, Person: p, Kind: "assigned", Text: string(owner), By: by}, func(l *leads.Lead) { l.Owner = owner })
}

// Qualify notes that one of the staff found a lead worth following. The same id counts once.
func (d *Desk) Qualify(ctx context.Context, id string, p desk.PersonID, by desk.AgentID) error {
	return d.enter(ctx, leads.Entry{ID: "q_" + id, Person: p, Kind: string(leads.Qualified), By: by}, func(l *leads.Lead) {
		profile.Reach(l, leads.Qualified, d.now())
		profile.Settle(l)
	})
}

// enter keeps an entry of the history beside what it changes.
func (d *Desk) enter(ctx context.Context, e leads.Entry, do func(*leads.Lead)) error {
	return d.change(ctx, e.Person, e.ID, func(c *leads.Change, r rulings) error {
		e.At, e.Channel = d.now(), c.Lead.Channel
		do(&c.Lead)
		c.Entries = append(c.Entries, e)
		return d.again(c, r, e.At)
	})
}
