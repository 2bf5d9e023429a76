package outreach

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// few is how many leads one round of Tick looks at.
const few = 200

// Tick is called every few seconds: it tries again what platforms could not take, and thinks over the next steps whose time has
// come. What fails for one person keeps up nobody else.
func (d *Desk) Tick(ctx context.Context) error {
	now := d.now()
	retries, err := d.o.Shelf.Retries(ctx, now, few)
	if err != nil {
		return err
	}
	due, err := d.o.Shelf.Due(ctx, now, few)
	if err != nil {
		return err
	}
	var failed []error
	for _, s := range retries {
		failed = append(failed, d.retry(ctx, s, now))
	}
	for _, l := range due {
		failed = append(failed, d.review(ctx, l, now))
	}
	return errors.Join(append(failed, d.o.Shelf.Forget(ctx, now.Add(-7*24*time.Hour)))...)
}

// retry puts something on its way once more.
func (d *Desk) retry(ctx context.Context, s leads.Sending, now time.Time) error {
	r, err := d.rulings(ctx, s.Channel, now)
	if err != nil {
		return err
	}
	event := fmt.Sprintf("r_%s_%d", s.ID, s.Tries)
	_, err = d.o.Shelf.Change(ctx, s.Person, event, func(c *leads.Change) error {
		one, known, err := c.Sending(s.ID)
		if err != nil || !known || one.State != desk.Failed || one.Retry.IsZero() {
			return err
		}
		one.State, one.Retry = desk.Pending, time.Time{}
		one.Tries++
		c.Settled = &one
		if c.Lead.Last != nil && c.Lead.Last.ID == one.ID {
			c.Lead.Last = &one
		}
		if err := post(c, desk.Sends, fmt.Sprintf("%s#%d", one.ID, one.Tries), one.Send); err != nil {
			return err
		}
		return d.again(c, r, now)
	})
	return err
}

// review thinks over the next step of somebody, after a look at what became of what was said to them last.
func (d *Desk) review(ctx context.Context, l leads.Lead, now time.Time) error {
	unseen := false
	if last := l.Last; last != nil && last.State == desk.Sent && !last.Unseen && !now.Before(last.Settled.Add(step.Confirmed)) {
		shown, err := d.look(ctx, *last)
		if err != nil || shown {
			return err
		}
		if unseen, err = d.shows(ctx, *last); err != nil {
			return err
		}
	}
	return d.change(ctx, l.Person, "", func(c *leads.Change, r rulings) error {
		if last := c.Lead.Last; unseen && last != nil && last.ID == l.Last.ID && last.State == desk.Sent {
			last.Unseen, c.Settled = true, last
		}
		return d.again(c, r, now)
	})
}

// look asks the sender what it knows of something that it took: the same ID is not said again. It reports whether it is shown.
func (d *Desk) look(ctx context.Context, s leads.Sending) (shown bool, err error) {
	sender := d.o.Senders[s.Channel]
	if sender == nil {
		return false, nil
	}
	delivery, err := sender.Send(ctx, s.Send)
	if err != nil || delivery.State != desk.Arrived {
		return false, err
	}
	return true, d.settle(ctx, s, delivery)
}

// shows reports whether the platform shows replies of ours: of late it has shown one to somebody else.
func (d *Desk) shows(ctx context.Context, s leads.Sending) (bool, error) {
	if s.Kind != desk.PublicReply {
		return false, nil // of direct messages it is known
	}
	arrived, err := d.o.Shelf.Sendings(ctx, leads.SendQuery{State: desk.Arrived, From: s.At.Add(-24 * time.Hour)})
	return slices.ContainsFunc(arrived, func(other leads.Sending) bool { return other.Kind == desk.PublicReply && other.Channel == s.Channel }), err
}
