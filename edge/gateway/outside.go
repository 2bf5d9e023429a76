package gateway

import (
	"context"
	"fmt"
	"sync/atomic"

	"keliu/edge/staff/live"
	"keliu/edge/visitors"
	"keliu/streams/desk"
)

// outside is the way to people who listen, from before there is one.
type outside struct {
	side    atomic.Pointer[visitors.Side] // the customers
	screens atomic.Pointer[live.Hub]      // the staff
}

// Tell implements session.Live.
func (o *outside) Tell(ctx context.Context, n desk.Notice) error {
	if side := o.side.Load(); side != nil {
		return side.Tell(ctx, n)
	}
	return fmt.Errorf("the door is not open yet: %w", desk.ErrUnavailable)
}

func (o *outside) pressed() bool {
	side := o.side.Load()
	return side != nil && side.Pressed()
}

// whisper tells the customer, and whoever of the staff looks on, that somebody writes.
func (o *outside) whisper(t desk.Typing) {
	if side := o.side.Load(); side != nil {
		side.Whisper(t)
	}
	o.overheard(t)
}

// overheard tells whoever of the staff looks on that somebody writes.
func (o *outside) overheard(t desk.Typing) {
	if screens := o.screens.Load(); screens != nil {
		screens.Typing(t)
	}
}

// Told implements catalog.Company.
func (o *outside) Told(ctx context.Context, n desk.Notice) {
	if screens := o.screens.Load(); screens != nil {
		screens.Told(ctx, n)
	}
}

// Lead implements catalog.Company.
func (o *outside) Lead(id desk.PersonID) {
	if screens := o.screens.Load(); screens != nil {
		screens.Lead(id)
	}
}

// Policy implements catalog.Company.
func (o *outside) Policy(revision string) {
	if screens := o.screens.Load(); screens != nil {
		screens.Policy(revision)
	}
}

// Moved implements catalog.Company.
func (o *outside) Moved() {
	if screens := o.screens.Load(); screens != nil {
		screens.Moved()
	}
}

// Changed implements inbox.Live and panel.Live.
func (o *outside) Changed(id desk.ConversationID) {
	if screens := o.screens.Load(); screens != nil {
		screens.Changed(id)
	}
}
