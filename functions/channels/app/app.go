// Package app is the channel of a company's own app: the widget's protocol, whose customers are known by a device token or the
// shop's login.
package app

import "keliu/functions/session"

// Channel implements functions.Channel: messages with a session token and an idempotency key come in, and whoever listens over SSE
// or WebSocket is told.
type Channel struct{ session.Protocol }
