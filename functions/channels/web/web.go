// Package web is the channel of the chat widget on a company's own pages.
package web

import (
	"context"
	"time"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// Channel implements functions.Channel for customers in the browser, known by the widget's visitor ID or the shop's login.
type Channel struct {
	Tokens *session.Tokens
	Live   session.Live
	Now    func() time.Time
}

// Speaks implements session.Spoken.
func (c Channel) Speaks() session.Protocol {
	return session.Protocol{Channel: "web", Tokens: c.Tokens, Live: c.Live, Now: c.Now}
}

// Receive implements functions.Channel: one message of a customer, with a session token and an idempotency key.
func (c Channel) Receive(ctx context.Context, hook functions.Webhook) (functions.Receipt, error) {
	return c.Speaks().Receive(ctx, hook)
}

// Deliver implements functions.Channel: it tells whoever listens over SSE or WebSocket.
func (c Channel) Deliver(ctx context.Context, n desk.Notice) error {
	return c.Speaks().Deliver(ctx, n)
}
