// Package outreach takes leads further (触达): from a comment on a platform to a person who was answered, by what the platform and
// the rules allow. It is the conductor of its rooms: rules finds, step decides, quota counts, and the store keeps it all in one
// commit.
package outreach

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"time"

	"keliu/functions/outreach/book"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// A Sender says something on a channel. The same ID is said once: what became of it is returned again. What the platform may still
// take is a failure with a time; an error is one of ours.
type Sender interface {
	Send(context.Context, desk.Send) (desk.Delivery, error)
}

// Rules decide who may be contacted.
type Rules interface {
	MayContact(context.Context, policies.MayContact) (policies.Ruling, error)
}

// A Trail keeps what was done, for ever.
type Trail interface {
	Append(context.Context, audit.Entry) error
}

// Options of a desk.
type Options struct {
	Shelf    *leads.Shelf
	Rules    Rules
	Senders  map[string]Sender // by channel; one without answers nothing by itself
	Trail    Trail
	Read     func(text string) lead.Reading // what a text says about buying; nil knows nothing
	Greeting string                         // said to whoever opens the direct messages; {name} is who it is; empty takes one that suits everybody
	Told     func(desk.PersonID)            // something changed about a lead; may be nil
	Now      func() time.Time
	Log      *slog.Logger
}

// A Desk is outreach at work, with its book of rules and campaigns. It is safe for concurrent use.
type Desk struct {
	*book.Book
	o Options
}

// greeting is said to whoever has just opened the direct messages.
const greeting = "{name}您好，欢迎～想了解价格、功能还是售后？直接告诉我，马上为您解答。"

// Open reads the rules and campaigns of the shelf.
func Open(ctx context.Context, o Options) (*Desk, error) {
	o.Greeting = cmp.Or(o.Greeting, greeting)
	d := &Desk{o: o}
	var err error
	if d.Book, err = book.Open(ctx, o.Shelf, o.Now, d.ask); err != nil {
		return nil, fmt.Errorf("open outreach: %w", err)
	}
	return d, nil
}

// Lead is somebody as they stand, with the next legal step as of now.
func (d *Desk) Lead(ctx context.Context, p desk.PersonID) (l leads.Lead, err error) {
	_, err = d.quietly(ctx, p, "", func(c *leads.Change, r rulings) error {
		err := d.again(c, r, d.now())
		l = c.Lead
		return err
	})
	return l, err
}

// ask is how somebody on a channel may be contacted at a time, whoever it is.
func (d *Desk) ask(ctx context.Context, channel string, at time.Time) (step.Situation, error) {
	r, err := d.rulings(ctx, channel, at)
	_, replies := d.o.Senders[channel]
	return step.Situation{Replies: replies, Answer: r.answer, Market: r.market}, err
}

// told says that something changed about somebody.
func (d *Desk) told(p desk.PersonID) {
	if d.o.Told != nil {
		d.o.Told(p)
	}
}

func (d *Desk) now() time.Time { return d.o.Now().UTC() }
