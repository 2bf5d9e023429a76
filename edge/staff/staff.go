// Package staff is the company's side of the API: login, the cockpit, policies and the trail.
package staff

import (
	"log/slog"
	"net/http"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions/store"
	"keliu/functions/store/company"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/meter"
)

// A Side is the staff's side. Its fields are set before use.
type Side struct {
	Door    *door.Door
	Store   *store.Store
	Company *company.Book
	Rules   *policies.Engine
	Trail   *audit.Trail
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

// Routes are the calls of the staff.
func (s *Side) Routes() []wire.Route {
	limit := wire.Param{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}
	return []wire.Route{
		{Method: http.MethodPost, Path: "/api/v1/staff/login", Tag: "staff", Summary: "Log in", In: LoginRequest{}, Out: LoginAnswer{}, Serve: s.login},
		{Method: http.MethodPost, Path: "/api/v1/staff/logout", Tag: "staff", Summary: "Log out", Auth: wire.Staff, Serve: s.Door.Any(s.logout)},
		{Method: http.MethodGet, Path: "/api/v1/staff/me", Tag: "staff", Summary: "Who is logged in, and what they may use", Auth: wire.Staff, Out: MeAnswer{}, Serve: s.Door.Any(s.me)},
		{Method: http.MethodPut, Path: "/api/v1/staff/status", Tag: "staff", Summary: "Say whether you are there", Auth: wire.Staff, In: StatusRequest{}, Out: Person{}, Serve: s.Door.Any(s.status)},
		{Method: http.MethodGet, Path: "/api/v1/staff", Tag: "staff", Summary: "The staff", Auth: wire.Staff, Out: PeopleAnswer{}, Serve: s.Door.May(door.People, "read", s.people)},

		{Method: http.MethodGet, Path: "/api/v1/cockpit", Tag: "cockpit", Summary: "The metrics", Auth: wire.Staff, Out: CockpitAnswer{},
			Query: []wire.Param{{Name: "from", Meaning: "RFC 3339 or ms; a day ago by default"}, {Name: "to", Meaning: "RFC 3339 or ms; now by default"}, {Name: "step", Meaning: "seconds, a multiple of 60; 3600 by default"}, {Name: "channel", Meaning: "one channel"}, {Name: "intent", Meaning: "one intent"}, {Name: "agent", Meaning: "one of the staff"}, {Name: "lang", Meaning: "zh or en"}},
			Serve: s.Door.May(door.Cockpit, "read", s.cockpit)},
		{Method: http.MethodGet, Path: "/api/v1/policies", Tag: "policies", Summary: "The rule sets, the one in force first", Auth: wire.Staff, Out: PoliciesAnswer{}, Serve: s.Door.May(door.Policies, "read", s.policies)},
		{Method: http.MethodPut, Path: "/api/v1/policies", Tag: "policies", Summary: "Publish a rule set", Auth: wire.Staff, In: PolicyRequest{}, Out: RevisionAnswer{}, Serve: s.Door.May(door.Policies, "write", s.publishPolicy)},
		{Method: http.MethodPost, Path: "/api/v1/policies/rollback", Tag: "policies", Summary: "Put an earlier rule set back into force", Auth: wire.Staff, In: RollbackRequest{}, Out: RevisionAnswer{}, Serve: s.Door.May(door.Policies, "write", s.rollback)},
		{Method: http.MethodGet, Path: "/api/v1/audit", Tag: "audit", Summary: "The trail, the latest first", Auth: wire.Staff, Query: []wire.Param{limit, {Name: "actor", Meaning: "whose"}, {Name: "action", Meaning: "what"}}, Out: TrailAnswer{}, Serve: s.Door.May(door.Audit, "read", s.audit)},
	}
}
