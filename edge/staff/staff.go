// Package staff is the company's side of the API: login, conversations, knowledge, the cockpit, policies and the trail.
package staff

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions/knowledge"
	"keliu/functions/store"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// A Side is the staff's side. Its fields are set before use.
type Side struct {
	Store   *store.Store
	Inbound visitors.Publisher
	Rules   *policies.Engine
	Trail   *audit.Trail
	Library *knowledge.Library
	Meter   meter.Meter
	Now     func() time.Time
	Log     *slog.Logger

	attempts *visitors.Limiter
	hashing  chan struct{}
}

// New returns a side that is ready to serve.
func New(s Side) *Side {
	s.attempts = visitors.NewLimiter(loginsPerSecond, loginsAtOnce, s.Now)
	s.hashing = make(chan struct{}, hashesAtOnce)
	return &s
}

// The parts of the product that roles may read or write, as the rules name them.
const (
	conversations = "conversations"
	articles      = "knowledge"
	cockpit       = "cockpit"
	rules         = "policies"
	trail         = "audit"
	people        = "people"
)

// Routes are the calls of the staff.
func (s *Side) Routes() []wire.Route {
	limit := wire.Param{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}
	key := wire.Param{Name: "Idempotency-Key", Meaning: "the same key never counts twice"}
	at, one := "/api/v1/conversations", "/api/v1/conversations/:id"
	return []wire.Route{
		{Method: http.MethodPost, Path: "/api/v1/staff/login", Tag: "staff", Summary: "Log in", In: LoginRequest{}, Out: LoginAnswer{}, Serve: s.login},
		{Method: http.MethodPost, Path: "/api/v1/staff/logout", Tag: "staff", Summary: "Log out", Auth: wire.Staff, Serve: s.any(s.logout)},
		{Method: http.MethodGet, Path: "/api/v1/staff/me", Tag: "staff", Summary: "Who is logged in", Auth: wire.Staff, Out: Person{}, Serve: s.any(s.me)},
		{Method: http.MethodPut, Path: "/api/v1/staff/status", Tag: "staff", Summary: "Say whether you are there", Auth: wire.Staff, In: StatusRequest{}, Out: Person{}, Serve: s.any(s.status)},
		{Method: http.MethodGet, Path: "/api/v1/staff", Tag: "staff", Summary: "The staff", Auth: wire.Staff, Out: PeopleAnswer{}, Serve: s.may(people, "read", s.people)},

		{Method: http.MethodGet, Path: at, Tag: "conversations", Summary: "Conversations, the latest changed first", Auth: wire.Staff, Out: ConversationsAnswer{},
			Query: []wire.Param{{Name: "stage", Meaning: "ai, queued, human or closed"}, {Name: "agent", Meaning: "whose"}, {Name: "channel", Meaning: "from which channel"}, {Name: "before", Meaning: "changed before, RFC 3339 or ms"}, limit},
			Serve: s.may(conversations, "read", s.list)},
		{Method: http.MethodGet, Path: one, Tag: "conversations", Summary: "A conversation with its handoff package", Auth: wire.Staff, Out: ConversationAnswer{}, Serve: s.may(conversations, "read", s.show)},
		{Method: http.MethodGet, Path: one + "/messages", Tag: "conversations", Summary: "What was said and told, oldest first", Auth: wire.Staff, Out: MessagesAnswer{},
			Query: []wire.Param{{Name: "before", Meaning: "only what has a lower seq"}, limit}, Serve: s.may(conversations, "read", s.messages)},
		{Method: http.MethodPost, Path: one + "/messages", Tag: "conversations", Summary: "Answer the customer; whoever answers takes over", Auth: wire.Staff, Header: []wire.Param{key}, In: SayRequest{}, Out: SayAnswer{}, Serve: s.may(conversations, "write", s.say)},
		{Method: http.MethodPost, Path: one + "/accept", Tag: "conversations", Summary: "Take over", Auth: wire.Staff, Serve: s.may(conversations, "write", s.act(desk.Assigned))},
		{Method: http.MethodPost, Path: one + "/return", Tag: "conversations", Summary: "Hand back to the AI", Auth: wire.Staff, Serve: s.may(conversations, "write", s.act(desk.Returned))},
		{Method: http.MethodPost, Path: one + "/transfer", Tag: "conversations", Summary: "Put back into the queue, for another skill", Auth: wire.Staff, In: ActRequest{}, Serve: s.may(conversations, "write", s.act(desk.Transferred))},
		{Method: http.MethodPost, Path: one + "/close", Tag: "conversations", Summary: "Close, with a reason", Auth: wire.Staff, In: ActRequest{}, Serve: s.may(conversations, "write", s.act(desk.Ended))},
		{Method: http.MethodGet, Path: "/api/v1/queue", Tag: "conversations", Summary: "Who waits, next first", Auth: wire.Staff, Out: QueueAnswer{}, Serve: s.may(conversations, "read", s.queue)},
		{Method: http.MethodGet, Path: "/api/v1/callbacks", Tag: "conversations", Summary: "Numbers that customers left", Auth: wire.Staff, Query: []wire.Param{limit}, Out: CallbacksAnswer{}, Serve: s.may(conversations, "read", s.callbacks)},

		{Method: http.MethodGet, Path: "/api/v1/knowledge/articles", Tag: "knowledge", Summary: "The published articles", Auth: wire.Staff, Out: ArticlesAnswer{}, Serve: s.may(articles, "read", s.articles)},
		{Method: http.MethodPost, Path: "/api/v1/knowledge/articles", Tag: "knowledge", Summary: "Upload a document: md, txt, html, docx, pptx, xlsx, csv or pdf", Auth: wire.Staff, Body: "multipart/form-data", Out: ArticleAnswer{}, Serve: s.may(articles, "write", s.upload)},
		{Method: http.MethodGet, Path: "/api/v1/knowledge/articles/:id", Tag: "knowledge", Summary: "An article with its passages and versions", Auth: wire.Staff, Out: ArticleAnswer{}, Serve: s.may(articles, "read", s.article)},
		{Method: http.MethodPost, Path: "/api/v1/knowledge/articles/:id/publish", Tag: "knowledge", Summary: "Publish a version", Auth: wire.Staff, In: PublishRequest{}, Out: ArticleAnswer{}, Serve: s.may(articles, "write", s.publish)},
		{Method: http.MethodDelete, Path: "/api/v1/knowledge/articles/:id", Tag: "knowledge", Summary: "Take an article out", Auth: wire.Staff, Serve: s.may(articles, "write", s.remove)},
		{Method: http.MethodGet, Path: "/api/v1/knowledge/search", Tag: "knowledge", Summary: "What a question finds", Auth: wire.Staff, Query: []wire.Param{{Name: "q", Meaning: "the question"}}, Out: FoundAnswer{}, Serve: s.may(articles, "read", s.search)},

		{Method: http.MethodGet, Path: "/api/v1/cockpit", Tag: "cockpit", Summary: "The metrics", Auth: wire.Staff, Out: CockpitAnswer{},
			Query: []wire.Param{{Name: "from", Meaning: "RFC 3339 or ms; a day ago by default"}, {Name: "to", Meaning: "RFC 3339 or ms; now by default"}, {Name: "step", Meaning: "seconds, a multiple of 60; 3600 by default"}, {Name: "channel", Meaning: "one channel"}, {Name: "intent", Meaning: "one intent"}, {Name: "agent", Meaning: "one of the staff"}, {Name: "lang", Meaning: "zh or en"}},
			Serve: s.may(cockpit, "read", s.cockpit)},
		{Method: http.MethodGet, Path: "/api/v1/policies", Tag: "policies", Summary: "The rule sets, the one in force first", Auth: wire.Staff, Out: PoliciesAnswer{}, Serve: s.may(rules, "read", s.policies)},
		{Method: http.MethodPut, Path: "/api/v1/policies", Tag: "policies", Summary: "Publish a rule set", Auth: wire.Staff, In: PolicyRequest{}, Out: RevisionAnswer{}, Serve: s.may(rules, "write", s.publishPolicy)},
		{Method: http.MethodPost, Path: "/api/v1/policies/rollback", Tag: "policies", Summary: "Put an earlier rule set back into force", Auth: wire.Staff, In: RollbackRequest{}, Out: RevisionAnswer{}, Serve: s.may(rules, "write", s.rollback)},
		{Method: http.MethodGet, Path: "/api/v1/audit", Tag: "audit", Summary: "The trail, the latest first", Auth: wire.Staff, Query: []wire.Param{limit, {Name: "actor", Meaning: "whose"}, {Name: "action", Meaning: "what"}}, Out: TrailAnswer{}, Serve: s.may(trail, "read", s.audit)},
	}
}

// A call is a request of somebody of the staff who is logged in.
type call func(ctx context.Context, c *app.RequestContext, who desk.Agent) error

// any serves whoever is logged in.
func (s *Side) any(serve call) wire.Serve {
	return func(ctx context.Context, c *app.RequestContext) error {
		who, err := s.loggedIn(ctx, c)
		if err != nil {
			return err
		}
		return serve(ctx, c, who)
	}
}

// may serves whoever the rules let use a part of the product. A refusal is in the trail.
func (s *Side) may(part, action string, serve call) wire.Serve {
	return s.any(func(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
		ruling, err := s.Rules.MaySee(ctx, policies.MaySee{Role: who.Role, Part: part, Action: action})
		if err != nil {
			return err
		}
		if !ruling.Allow {
			if err := s.record(ctx, who, "refused", part+"/"+action, ruling.Reason, nil); err != nil {
				return err
			}
			return desk.Refuse(desk.ErrForbidden, "role", wire.Half(wire.Lang(c), ruling.Reason))
		}
		return serve(ctx, c, who)
	})
}

// record puts into the trail what somebody did.
func (s *Side) record(ctx context.Context, who desk.Agent, action, object, reason string, details map[string]string) error {
	return s.Trail.Append(ctx, audit.Entry{
		At: s.Now().UTC(), Actor: string(who.ID), Role: who.Role, Action: action, Object: object, Reason: reason, Details: details, Revision: s.Rules.Revision(),
	})
}
