package douyin

import (
	"context"
	"errors"
	"fmt"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin/api"
	"keliu/streams/desk"
)

// greeting is for how long somebody may be greeted who opened the direct messages. The platform's clock runs until the message is
// there, so the last seconds are not used.
const greeting = 27 * time.Second

// mostTries is how often a message is handed over that the platform could not take at the time.
const mostTries = 6

// errLater marks what may be tried again.
var errLater = errors.New("later")

// hand gives a message to the platform, once, and keeps what became of it. want is nil for what no quota counts. What may be tried
// again is returned with an error that is desk.ErrUnavailable.
func (c Channel) hand(ctx context.Context, s functions.Sending, want *Want, call func(context.Context) (string, error)) (functions.Sending, error) {
	if c.API == nil {
		return c.refused(ctx, s, "抖音接口没有配置（KELIU_DOUYIN_API）。The Douyin API is not set up (KELIU_DOUYIN_API).")
	}
	if was, err := c.Deliveries.Sending(ctx, name, s.Send); err == nil && !again(was, s.At) {
		return was, later(was)
	} else if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return s, err
	}
	if want != nil && c.Quota != nil {
		granted, err := c.Quota.Take(ctx, *want)
		if err != nil {
			return s, err
		}
		if !granted.OK {
			return c.refused(ctx, s, granted.Because)
		}
	}
	was, begun, err := c.Deliveries.Begin(ctx, name, s)
	if err != nil || !begun {
		return was, errors.Join(err, later(was))
	}
	s.Tries = was.Tries + 1
	// What was begun is finished, though whoever asked may be gone: its fate is known only here.
	return c.finish(context.WithoutCancel(ctx), s, want, call)
}

// finish makes the call and keeps its outcome.
func (c Channel) finish(ctx context.Context, s functions.Sending, want *Want, call func(context.Context) (string, error)) (functions.Sending, error) {
	id, err := call(ctx)
	fate := api.Fate(err, c.Now().UTC())
	fate.Send = s.Send
	s.Delivery, s.Remote = fate, id
	if s.Tries >= mostTries {
		s.Retry = time.Time{}
	}
	c.State.sent(s.Delivery)
	if want != nil && c.Quota != nil {
		err = c.Quota.Settle(ctx, want.ID, s.Delivery)
	} else {
		err = nil
	}
	settled, keeping := c.Deliveries.Settle(ctx, name, s)
	if err := errors.Join(err, keeping); err != nil {
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
	c.State.sent(s.Delivery)
	return c.Deliveries.Settle(ctx, name, s)
}

// again reports whether a message that was handed over may be handed over once more.
func again(was functions.Sending, now time.Time) bool {
	return was.State == desk.Pending || was.State == desk.Failed && !was.Retry.IsZero() && !now.Before(was.Retry)
}

// later is the error of what may be tried again.
func later(s functions.Sending) error {
	if s.State == desk.Failed && !s.Retry.IsZero() {
		return fmt.Errorf("%s, %w: %w", s.Because, errLater, desk.ErrUnavailable)
	}
	return nil
}
