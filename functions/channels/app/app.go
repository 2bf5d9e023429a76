// Package app is the channel of a company's own app: the widget's protocol, with a device token for a visitor.
package app

import (
	"context"
	"time"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// Channel implements functions.Channel for customers in the app, known by the device token or the shop's login.
type Channel struct {
	Tokens *session.Tokens
	Live   session.Live
	Now    func() time.Time
}

// Speaks implements session.Spoken.
func (c Channel) Speaks() session.Protocol {
	return session.Protocol{Channel: "app", Tokens: c.Tokens, Live: c.Live, Now: c.Now}
}

// Receive implements functions.Channel: one message of a customer, with a session token and an idempotency key.
func (c Channel) Receive(ctx context.Context, hook functions.Webhook) (functions.Receipt, error) {
	return c.Speaks().Receive(ctx, hook)
}

// Deliver implements functions.Channel: it tells whoever listens over SSE or WebSocket.
func (c Channel) Deliver(ctx context.Context, n desk.Notice) error {
	return c.Speaks().Deliver(ctx, n)
}
