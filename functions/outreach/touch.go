package outreach

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"time"

	"keliu/functions/outreach/profile"
	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/rules"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/score/lead"
)

// recent is how old what somebody did may be for an answer by itself: an older one is no answer any more.
const recent = 24 * time.Hour

// A scene is a touch with all that is found out about it before anything is changed.
type scene struct {
	touch    desk.Touch
	event    string // the same for the same thing, however often and by whichever webhook it comes
	hits     []leads.Hit
	read     lead.Reading
	contacts []leads.Contact
	campaign leads.Campaign // whose the comment is; without an ID nobody's
	rulings  rulings
	own      bool // one of the staff noted it: it is published with the change
	now      time.Time
}

// Handle is the subscription of desk.Touches: what somebody did becomes a lead, its next step, and what is said at once, in one
// commit. The same touch counts once.
func (d *Desk) Handle(ctx context.Context, _ streams.Record, t desk.Touch) error {
	return d.handle(ctx, t, false)
}

func (d *Desk) handle(ctx context.Context, t desk.Touch, own bool) error {
	if t.Kind == desk.Shown {
		return d.shown(ctx, t)
	}
	if t.ID == "" || t.Person == "" || t.Channel == "" || t.At.IsZero() {
		return fmt.Errorf("touch %q of %q names not who, where and when: %w", t.ID, t.Person, desk.ErrInvalid)
	}
	s, err := d.see(ctx, t)
	if err != nil {
		return err
	}
	s.own = own
	var blocked bool
	done, err := d.o.Shelf.Change(ctx, t.Person, s.event, func(c *leads.Change) error {
		blocked = false
		return d.take(c, s, &blocked)
	})
	if err != nil || !done {
		return err
	}
	d.told(t.Person)
	if blocked {
		return d.trail(ctx, "contact_blocked", desk.Send{ID: s.event, Person: t.Person, Channel: t.Channel, Rule: s.hits[0].Rule}, desk.Delivery{Because: "opted_out"})
	}
	return nil
}

// see finds out about a touch what can be found out without changing anything.
func (d *Desk) see(ctx context.Context, t desk.Touch) (s scene, err error) {
	s = scene{touch: t, event: "t_" + t.ID, now: d.now()}
	if t.Kind == desk.Commented && t.Comment != "" {
		s.event = "c_" + t.Channel + "_" + t.Comment
	}
	s.touch.At = t.At.UTC()
	if t.At.After(s.now.Add(time.Minute)) {
		s.touch.At = s.now // a clock that is ahead
	}
	if t.Kind == desk.Commented || t.Kind == desk.Wrote {
		s.contacts = profile.Contacts(t.Text, s.touch.At)
		s.touch.Text = profile.Hidden(t.Text)
		if d.o.Read != nil {
			s.read = d.o.Read(s.touch.Text)
		}
	}
	if t.Contact != "" {
		if s.contacts = append(s.contacts, profile.Contacts(t.Contact, s.touch.At)...); len(s.contacts) == 0 {
			s.contacts = []leads.Contact{{Kind: "other", Value: t.Contact, At: s.touch.At}}
		}
		s.touch.Contact = ""
	}
	if t.Kind == desk.Commented {
		b := d.InForce()
		s.hits = b.Rules.Match(s.touch.Text, t.Channel, t.Item)
		s.campaign = b.Meant(s.touch, s.hits)
	}
	s.rulings, err = d.rulings(ctx, t.Channel, s.now)
	return s, err
}

// take changes a lead by a touch, and says what may be said at once.
func (d *Desk) take(c *leads.Change, s scene, blocked *bool) error {
	l, t := &c.Lead, s.touch
	if l.Person == "" {
		*l = leads.Lead{Person: t.Person, Channel: t.Channel, State: leads.New}
	}
	before := maps.Clone(l.Stages)
	profile.Apply(l, t, s.event, s.hits, s.read, s.campaign.ID)
	if len(s.contacts) > 0 {
		profile.Reach(l, leads.ContactLeft, t.At)
		profile.Settle(l)
	}
	c.Contacts = s.contacts
	c.Openings = openings(t)
	entry := leads.Entry{
		ID: s.event, Person: t.Person, Kind: string(t.Kind), At: t.At, Channel: t.Channel, Name: t.Name, Text: t.Text, Comment: t.Comment,
		Item: t.Item, Title: t.Title, Campaign: s.campaign.ID, Amount: t.Amount, Touch: s.event,
	}
	c.Entries = append(c.Entries, entry)
	for _, h := range s.hits {
		matched := entry
		matched.ID, matched.Kind, matched.Rule = s.event+"/"+h.Rule, string(leads.Matched), h.Rule
		c.Entries = append(c.Entries, matched)
	}
	points := stages(c, before, s.event)
	if t.Kind == desk.Commented {
		points = append(points, meter.Point{Name: meter.Comment, Value: 1, At: t.At})
		if len(s.hits) > 0 {
			points = append(points, meter.Point{Name: meter.CommentMatched, Value: 1, At: t.At})
		}
	}
	if *blocked = l.OptedOut() && len(s.hits) > 0; *blocked {
		c.Entries = append(c.Entries, leads.Entry{ID: s.event + "/blocked", Person: t.Person, Kind: "blocked", At: t.At, Channel: t.Channel, Rule: s.hits[0].Rule, Touch: s.event})
	}
	if err := d.advance(c, s); err != nil {
		return err
	}
	if s.own {
		if err := post(c, desk.Touches, t.ID, t); err != nil {
			return err
		}
	}
	return measure(c, s.event, points)
}

// openings are the windows that a touch opens or closes.
func openings(t desk.Touch) []leads.Opening {
	switch t.Kind {
	case desk.Wrote:
		return []leads.Opening{{Scene: quota.Reply, At: t.At}}
	case desk.Entered:
		if _, _, ok := quota.Find(t.Channel, t.Scene); ok && t.Scene != quota.Reply && t.Scene != quota.Authorised {
			return []leads.Opening{{Scene: t.Scene, At: t.At}}
		}
		return []leads.Opening{{Scene: quota.Enter, At: t.At}}
	case desk.Authorised:
		return []leads.Opening{{Scene: quota.Authorised, At: t.At, Expires: t.Expires}}
	case desk.Withdrew:
		return []leads.Opening{{Scene: quota.Authorised, At: t.At, Closed: true}}
	}
	return nil
}

// advance computes the next step and, where a rule or a campaign says so, takes it.
func (d *Desk) advance(c *leads.Change, s scene) error {
	next, err := d.next(c, s.campaign, s.rulings, s.now)
	if err != nil {
		return err
	}
	c.Lead.Next = next
	if send, ok := d.atOnce(c, s, next); ok {
		if _, known, err := c.Sending(send.ID); err != nil {
			return err
		} else if !known {
			if err := say(c, send); err != nil {
				return err
			}
			if next, err = d.next(c, s.campaign, s.rulings, s.now); err != nil {
				return err
			}
		}
	}
	keep(c, next, s.now)
	return nil
}

// keep notes a next step, and when it is to be thought over again.
func keep(c *leads.Change, next leads.Next, now time.Time) {
	c.Lead.Next, c.Due = next, next.Until
	last := c.Lead.Last
	if last != nil && last.State == desk.Sent {
		if sure := last.Settled.Add(step.Confirmed); sure.After(now) && (c.Due.IsZero() || sure.Before(c.Due)) {
			c.Due = sure
		}
	}
}

// say puts something on its way: it becomes durable with the change.
func say(c *leads.Change, send desk.Send) error {
	sending := leads.Sending{Send: send, State: desk.Pending}
	c.Sendings = append(c.Sendings, sending)
	c.Lead.Last = &sending
	if send.Kind == desk.PublicReply {
		c.Lead.Invited, c.Lead.InvitedAt = send.Comment, send.At
	}
	return post(c, desk.Sends, send.ID, send)
}

// next computes the next step of the person of a change.
func (d *Desk) next(c *leads.Change, campaign leads.Campaign, r rulings, now time.Time) (leads.Next, error) {
	l := c.Lead
	left, err := c.Left(l.Channel, l.Person, now)
	if err != nil {
		return leads.Next{}, err
	}
	_, replies := d.o.Senders[l.Channel]
	s := step.Situation{Lead: l, Left: left, Replies: replies, Answer: r.answer, Market: r.market, Now: now}
	if s.Rest, s.Resting, err = rest(c, campaign, now); err != nil {
		return leads.Next{}, err
	}
	return step.Of(s), nil
}

// atOnce is what is said without anybody's asking: the answer under a comment in which a rule found something, and the greeting of
// whoever opens the direct messages.
func (d *Desk) atOnce(c *leads.Change, s scene, next leads.Next) (desk.Send, bool) {
	t := s.touch
	send := desk.Send{Channel: t.Channel, Person: t.Person, By: desk.ByAI, At: s.now}
	if s.now.Sub(t.At) > recent {
		return send, false
	}
	switch {
	case t.Kind == desk.Entered && next.Step == leads.Greet:
		send.ID, send.Kind, send.Text = "s_"+s.event, desk.Greeting, rules.Fill(d.o.Greeting, t.Name)
		send.Rule, send.Campaign = c.Lead.Rule, c.Lead.Campaign
		return send, true
	case t.Kind == desk.Commented && len(s.hits) > 0 && next.Step == leads.PublicReply && next.Allowed && c.Lead.Comment == t.Comment:
		send.ID, send.Kind, send.Comment, send.Item = replyID(t.Channel, t.Comment), desk.PublicReply, t.Comment, t.Item
		send.Rule, send.Campaign = s.hits[0].Rule, s.campaign.ID
		send.Text, send.Variant = d.InForce().Text(s.hits[0].Rule, s.campaign, t.Person)
		send.Text = rules.Fill(send.Text, t.Name)
		return send, send.Text != ""
	}
	return send, false
}

// replyID is that of the one public answer to a comment.
func replyID(channel, comment string) string { return "s_" + channel + "_" + comment }

// shown notes that a platform shows what we sent.
func (d *Desk) shown(ctx context.Context, t desk.Touch) error {
	was, err := d.o.Shelf.Sending(ctx, t.Sent)
	if errors.Is(err, desk.ErrNotFound) {
		return nil // somebody said it in the conversation, or in the platform's own app
	}
	if err != nil || was.State == desk.Arrived {
		return err
	}
	return d.settle(ctx, was, desk.Delivery{Send: was.ID, State: desk.Arrived, At: t.At})
}
