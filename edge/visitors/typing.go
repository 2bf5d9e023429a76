package visitors

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/functions/session"
	"keliu/streams/desk"
)

// How often the staff hear that a customer writes. Clients say it every few seconds; what is more is not passed on.
const (
	typingPerSecond = 1
	typingAtOnce    = 2
)

// typing hears that the customer writes. It is a passing sign: nothing of it is kept, and what is written is not told.
func (s *Side) typing(_ context.Context, c *app.RequestContext, claims session.Claims) error {
	s.writes(claims)
	c.SetStatusCode(204)
	return nil
}

// writes passes on that a customer writes, unless it was passed on just now.
func (s *Side) writes(claims session.Claims) {
	if s.Overheard != nil && s.limits.typing.Take(string(claims.Conversation)) == nil {
		s.Overheard(desk.Typing{Conversation: claims.Conversation, By: desk.ByCustomer})
	}
}
