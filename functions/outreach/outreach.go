// Package outreach takes leads further (触达): from a comment on a platform to a person who was answered, by what the platform and
// the rules allow. It is the conductor of its rooms: rules finds, step decides, quota counts, and the store keeps it all in one
// commit.
package outreach

import (
	"cmp"
	"context"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"keliu/functions/outreach/rules"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
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
	Scores   func(text string) desk.Score // what a text says about buying; nil knows nothing
	Greeting string                       // said to whoever opens the direct messages; {name} is who it is; empty takes one that suits everybody
	Told     func(desk.PersonID)          // something changed about a lead; may be nil
	Now      func() time.Time
	Log      *slog.Logger
}

// A Desk is outreach at work. It is safe for concurrent use.
type Desk struct {
	o       Options
	book    atomic.Pointer[book]
	reading sync.Mutex // one reads rules and campaigns at a time
}

// A book is the rules and campaigns in force.
type book struct {
	rules     *rules.Set
	campaigns []leads.Campaign
}

// greeting is said to whoever has just opened the direct messages.
const greeting = "{name}您好，欢迎～想了解价格、功能还是售后？直接告诉我，马上为您解答。"

// Open reads the rules and campaigns of the shelf.
func Open(ctx context.Context, o Options) (*Desk, error) {
	o.Greeting = cmp.Or(o.Greeting, greeting)
	d := &Desk{o: o}
	return d, d.reload(ctx)
}

// reload puts what the shelf holds in force.
func (d *Desk) reload(ctx context.Context) error {
	d.reading.Lock()
	defer d.reading.Unlock()
	all, err := d.o.Shelf.Rules(ctx)
	if err != nil {
		return err
	}
	set, err := rules.Compile(all)
	if err != nil {
		return fmt.Errorf("open outreach: %w", err)
	}
	campaigns, err := d.o.Shelf.Campaigns(ctx)
	if err != nil {
		return err
	}
	d.book.Store(&book{set, campaigns})
	return nil
}

// told says that something changed about somebody.
func (d *Desk) told(p desk.PersonID) {
	if d.o.Told != nil {
		d.o.Told(p)
	}
}

func (d *Desk) now() time.Time { return d.o.Now().UTC() }
