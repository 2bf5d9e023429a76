package douyin

import (
	"context"
	"errors"
	"fmt"
	"math"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin/api"
	"keliu/functions/outreach/quota"
	"keliu/streams/desk"
)

// greeting is for how long somebody may be greeted who opened the direct messages. The platform's clock runs until the message is
// there, so the last seconds are not used.
const greeting = 27 * time.Second

// mostTries is how often a message is handed over that the platform could not take at the time.
const mostTries = 6

// errLater marks what may be tried again.
var errLater = errors.New("later")

// A call gives a message to the platform and returns the platform's ID of it. left is how many more the window takes.
type call func(ctx context.Context, left int) (remote string, err error)

// hand gives a message to the platform, once, and keeps what became of it. want is nil for what no quota counts. What may be tried
// again is returned with an error that is desk.ErrUnavailable.
func (c Channel) hand(ctx context.Context, s functions.Sending, want *quota.Want, do call) (functions.Sending, error) {
	if c.API == nil {
		return c.refused(ctx, s, "抖音接口没有配置（KELIU_DOUYIN_API）。The Douyin API is not set up (KELIU_DOUYIN_API).")
	}
	was, err := c.Deliveries.Sending(ctx, name, s.Send)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return s, err
	}
	if err == nil && was.State != desk.Pending && !again(was, s.At) {
		return was, later(was)
	}
	left := math.MaxInt
	if want != nil && was.State != desk.Pending {
		granted, err := c.Quota.Take(ctx, *want)
		if err != nil {
			return s, err
		}
		if !granted.OK {
			c.State.Held()
			return c.refused(ctx, s, granted.Because)
		}
		left = granted.Left
	}
	was, begun, err := c.Deliveries.Begin(ctx, name, s)
	switch {
	case err != nil:
		return s, err
	case !begun && was.State == desk.Uncertain && want != nil:
		return was, c.Quota.Settle(ctx, want.ID, was.Delivery)
	case !begun:
		return was, later(was)
	}
	s.Tries = was.Tries + 1
	// What was begun is finished, though whoever asked may be gone: its fate is known only here.
	ctx = context.WithoutCancel(ctx)
	remote, err := do(ctx, left)
	return c.settle(ctx, s, want, remote, err)
}

// settle keeps the outcome of a call.
func (c Channel) settle(ctx context.Context, s functions.Sending, want *quota.Want, remote string, err error) (functions.Sending, error) {
	fate := api.Fate(err, c.Now().UTC())
	fate.Send = s.Send
	s.Delivery, s.Remote = fate, remote
	if s.Tries >= mostTries {
		s.Retry = time.Time{}
	}
	c.State.Sent(s.Delivery, api.Shut(s.Code))
	settled, err := c.Deliveries.Settle(ctx, name, s)
	if want != nil {
		err = errors.Join(err, c.Quota.Settle(ctx, want.ID, s.Delivery))
	}
	if err != nil {
		return s, err
	}
	return settled, later(settled)
}

// refused keeps that a message was not sent, and why.
func (c Channel) refused(ctx context.Context, s functions.Sending, why string) (functions.Sending, error) {
	was, begun, err := c.Deliveries.Begin(ctx, name, s)
	if err != nil || !begun {
		return was, err
	}
	s.State, s.Because, s.Tries = desk.Failed, why, was.Tries
	c.State.Sent(s.Delivery, api.Shut(s.Code))
	return c.Deliveries.Settle(ctx, name, s)
}

// again reports whether a message that was handed over may be handed over once more.
func again(was functions.Sending, now time.Time) bool {
	return was.State == desk.Failed && !was.Retry.IsZero() && !now.Before(was.Retry)
}

// later is the error of what may be tried again.
func later(s functions.Sending) error {
	if s.State == desk.Failed && !s.Retry.IsZero() {
		return fmt.Errorf("%s, %w: %w", s.Because, errLater, desk.ErrUnavailable)
	}
	return nil
}
