package douyin

import (
	"context"
	"time"

	"keliu/functions"
	"keliu/functions/outreach/quota"
	"keliu/streams/desk"
)

// A Quota lets messages out within what the platform allows, and hears what became of them.
type Quota interface {
	Take(context.Context, quota.Want) (quota.Grant, error)
	Settle(ctx context.Context, id string, d desk.Delivery) error
}

// A way is the right by which a message may be sent now.
type way struct {
	scene   string // the platform's name of it
	window  string // the ledger's
	message string // that is answered
	opened  time.Time
}

// window finds the window that is open for a letter.
func (c Channel) window(to functions.Address, l letter) (way, bool) {
	now := c.Now()
	switch {
	case l.kind == desk.Push:
		return way{scene: l.from, window: quota.Authorised}, l.from != ""
	case l.kind != desk.Greeting && to.Message != "" && now.Before(to.Wrote.Add(window)):
		return way{"im_reply_msg", quota.Reply, to.Message, to.Wrote}, true
	case to.Entry != "" && now.Before(to.Entered.Add(greeting)):
		return way{"im_enter_direct_msg", quota.Enter, to.Entry, to.Entered}, true
	}
	return way{}, false
}

// want is what the ledger is asked for a letter.
func (w way) want(s functions.Sending, to functions.Address, l letter) *quota.Want {
	want := &quota.Want{ID: s.Send, Channel: name, Scene: w.window, Person: to.Person, By: l.by, Messages: 1, Opened: w.opened, At: s.At}
	if l.card != "" {
		want.Messages = 2
	}
	return want
}
