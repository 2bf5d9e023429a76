// Package web is the channel of the chat widget on a company's own pages, whose customers are known by the widget's visitor ID or
// the shop's login.
package web

import "keliu/functions/session"

// Channel implements functions.Channel: messages with a session token and an idempotency key come in, and whoever listens over SSE
// or WebSocket is told.
type Channel struct{ session.Protocol }
