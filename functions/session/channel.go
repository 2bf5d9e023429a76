package session

import (
	"context"
	"strings"
	"time"

	"keliu/functions"
	"keliu/streams/desk"
)

// A Live connection tells customers who are listening now.
type Live interface {
	Tell(ctx context.Context, n desk.Notice) error
}

// Opener checks the tokens that customers bring; Tokens does.
type Opener interface {
	Open(channel, token string, now time.Time) (Claims, error)
}

// Spoken marks the channels that speak this protocol: their customers come to the edge themselves.
type Spoken interface {
	Speaks() Protocol
}

// A Protocol is the house's own protocol on one channel. The leaves of web and app are this under a name.
type Protocol struct {
	Channel string
	Tokens  Opener
	Live    Live
	Now     func() time.Time
}

// Speaks implements Spoken.
func (p Protocol) Speaks() Protocol { return p }

// Receive implements functions.Channel for POST …/messages: Authorization: Bearer, Idempotency-Key, and a Speech. What the
// customer is answered is the edge's.
func (p Protocol) Receive(_ context.Context, hook functions.Webhook) (functions.Receipt, error) {
	now := p.Now()
	claims, err := p.Tokens.Open(p.Channel, Bearer(hook.Header["Authorization"]), now)
	if err != nil {
		return functions.Receipt{}, err
	}
	speech, err := Read(hook.Body)
	if err != nil {
		return functions.Receipt{}, err
	}
	event, err := claims.Event(speech, hook.Header["Idempotency-Key"], now)
	if err != nil {
		return functions.Receipt{}, err
	}
	return functions.Receipt{Events: []desk.Event{event}}, nil
}

// Deliver implements functions.Channel. Whoever is not listening now reads it on the next connection.
func (p Protocol) Deliver(ctx context.Context, n desk.Notice) error { return p.Live.Tell(ctx, n) }

// Bearer returns the token of an Authorization header.
func Bearer(header string) string {
	scheme, token, found := strings.Cut(header, " ")
	if !found || !strings.EqualFold(scheme, "bearer") {
		return ""
	}
	return strings.TrimSpace(token)
}
