// Package visitors is the customers' side of the API: sessions, messages, what they hear, pictures.
package visitors

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/live"
	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/session"
	"keliu/functions/store"
	"keliu/streams"
	"keliu/streams/desk"
)

// People is what the desk has to know about who comes in.
type People interface {
	Identify(ctx context.Context, id store.Identity, fresh desk.Customer) (desk.Customer, error)
	Vouch(ctx context.Context, c, fresh desk.Customer) (desk.Customer, error)
	Said(ctx context.Context, id desk.ConversationID, before int64, limit int) ([]desk.Notice, error)
	Agent(context.Context, desk.AgentID) (desk.Agent, error)
}

// Trail keeps on which pages a customer was.
type Trail interface {
	Visited(ctx context.Context, id desk.ConversationID, page string, at time.Time) error
}

// Publisher makes events durable.
type Publisher interface {
	Publish(ctx context.Context, topic string, records ...streams.Record) error
}

// A Side is the customers' side. Its fields are set before use.
type Side struct {
	Channels     map[string]functions.Channel // those that speak the session protocol
	Inbound      Publisher
	People       People
	Trail        Trail // nil keeps none
	Hub          *live.Hub
	Tokens       *session.Tokens
	MemberSecret []byte // signs the shop's member tokens
	Brand        func(desk.Lang) string
	Pictures     *Album
	Rate         int               // messages a second per customer
	Overheard    func(desk.Typing) // hears that a customer writes; nil where nobody listens
	Now          func() time.Time
	Log          *slog.Logger

	accepted  *accepted
	limits    *limits
	accepting atomic.Int64 // messages that are not durable yet
}

// New returns a side that is ready to serve.
func New(s *Side) *Side {
	s.accepted = newAccepted()
	s.limits = newLimits(s.Rate, s.Now)
	return s
}

// pressed is how many customers wait at the same time when the house should do little else than accept; infra/load tells.
const pressed = 24

// Pressed reports whether many customers wait for their message to be accepted.
func (s *Side) Pressed() bool { return s.accepting.Load() > pressed }

// sessionLife is how long a token is good. The widget takes a new one with the same visitor.
const sessionLife = 7 * 24 * time.Hour

// Routes are the calls of every channel that speaks the session protocol.
func (s *Side) Routes() []wire.Route {
	var routes []wire.Route
	for name := range s.Channels {
		routes = append(routes, s.routes(name)...)
	}
	return routes
}

func (s *Side) routes(channel string) []wire.Route {
	at := "/api/v1/" + channel
	resume := wire.Param{Name: "Last-Event-ID", Meaning: "the last event that was seen; without it the conversation is told from its beginning"}
	token := wire.Param{Name: "token", Meaning: "the session token, for clients that cannot set headers"}
	page := wire.Param{Name: "page", Meaning: "where the customer is, for the staff"}
	with := func(serve func(context.Context, *app.RequestContext, session.Claims) error) wire.Serve {
		return func(ctx context.Context, c *app.RequestContext) error {
			claims, err := s.Tokens.Open(channel, bearer(c), s.Now())
			if err != nil {
				return err
			}
			return serve(ctx, c, claims)
		}
	}
	return []wire.Route{
		{Method: http.MethodPost, Path: at + "/sessions", Tag: channel, Summary: "Open a session, or take one up again", In: SessionRequest{}, Out: SessionAnswer{},
			Serve: func(ctx context.Context, c *app.RequestContext) error { return s.open(ctx, c, channel) }},
		{Method: http.MethodPost, Path: at + "/messages", Tag: channel, Summary: "Say something; answered once it is durable", Auth: wire.Session,
			Header: []wire.Param{{Name: "Idempotency-Key", Meaning: "the same key never counts twice"}}, In: MessageRequest{}, Out: MessageAnswer{},
			Serve: func(ctx context.Context, c *app.RequestContext) error { return s.say(ctx, c, channel) }},
		{Method: http.MethodGet, Path: at + "/messages", Tag: channel, Summary: "What was said so far, oldest first", Auth: wire.Session,
			Query: []wire.Param{{Name: "before", Meaning: "only what has a lower seq"}, {Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}}, Out: HistoryAnswer{}, Serve: with(s.history)},
		{Method: http.MethodGet, Path: at + "/events", Tag: channel, Summary: "What the customer hears, as server-sent events: reply, message, typing, handoff, closed", Auth: wire.Session,
			Header: []wire.Param{resume}, Query: []wire.Param{token, page}, Content: "text/event-stream", Serve: with(s.events)},
		{Method: http.MethodGet, Path: at + "/live", Tag: channel, Summary: "The same events and messages both ways, as a WebSocket", Auth: wire.Session,
			Query: []wire.Param{token, page, {Name: "after", Meaning: "the last event that was seen"}}, Content: "application/json", Serve: with(func(ctx context.Context, c *app.RequestContext, claims session.Claims) error {
				return s.socket(ctx, c, channel, claims)
			})},
		{Method: http.MethodPost, Path: at + "/typing", Tag: channel, Summary: "Tell whoever answers that the customer writes; every few seconds, nothing of it is kept", Auth: wire.Session, Serve: with(s.typing)},
		{Method: http.MethodPost, Path: at + "/leave", Tag: channel, Summary: "Leave the queue and go on with the AI", Auth: wire.Session, Serve: with(s.leave)},
		{Method: http.MethodPost, Path: at + "/pictures", Tag: channel, Summary: "Upload a picture for a message", Auth: wire.Session, Body: "image/*", Out: PictureAnswer{}, Serve: with(s.upload)},
		{Method: http.MethodGet, Path: at + "/pictures/:id", Tag: channel, Summary: "A picture of this conversation", Auth: wire.Session, Query: []wire.Param{token}, Content: "image/*", Serve: with(s.picture)},
	}
}

// bearer takes the token from the header or, for an EventSource, a WebSocket or an image, from the address.
func bearer(c *app.RequestContext) string {
	if token := session.Bearer(string(c.Request.Header.Peek("Authorization"))); token != "" {
		return token
	}
	if string(c.Method()) == http.MethodGet {
		return c.Query("token")
	}
	return ""
}
