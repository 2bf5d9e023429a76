// Package staff is who of the company is logged in; what they do stands in the rooms beside it.
package staff

import (
	"net/http"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/staff/tries"
	"keliu/edge/wire"
	"keliu/functions/store"
	"keliu/functions/store/company"
)

// A Side is the staff's side. Its fields are set before use.
type Side struct {
	Door    *door.Door
	Store   *store.Store
	Company *company.Book
	Tries   *tries.Limits
	Now     func() time.Time

	hashing chan struct{}
}

// New returns a side that is ready to serve.
func New(s Side) *Side {
	s.hashing = make(chan struct{}, hashesAtOnce)
	return &s
}

// Routes are the calls of the staff.
func (s *Side) Routes() []wire.Route {
	return []wire.Route{
		{Method: http.MethodPost, Path: "/api/v1/staff/login", Tag: "staff", Summary: "Log in", In: LoginRequest{}, Out: LoginAnswer{}, Serve: s.login},
		{Method: http.MethodPost, Path: "/api/v1/staff/logout", Tag: "staff", Summary: "Log out", Auth: wire.Staff, Serve: s.Door.Person(s.logout)},
		{Method: http.MethodGet, Path: "/api/v1/staff/me", Tag: "staff", Summary: "Who is logged in, and what they may use", Auth: wire.Staff, Out: MeAnswer{}, Serve: s.Door.Any(s.me)},
		{Method: http.MethodPut, Path: "/api/v1/staff/status", Tag: "staff", Summary: "Say whether you are there", Auth: wire.Staff, In: StatusRequest{}, Out: Person{}, Serve: s.Door.Person(s.status)},
		{Method: http.MethodGet, Path: "/api/v1/staff", Tag: "staff", Summary: "The staff", Auth: wire.Staff, Out: PeopleAnswer{}, Serve: s.Door.May(door.People, "read", s.people)},
	}
}
