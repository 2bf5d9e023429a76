package staff

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/protocol"

	"keliu/edge/staff/admin"
	"keliu/edge/staff/door"
	"keliu/edge/staff/password"
	"keliu/edge/wire"
	"keliu/functions/store/company"
	"keliu/streams/desk"
)

const (
	loginLife    = 12 * time.Hour
	hashesAtOnce = 2 // each takes 19 MiB
)

// A LoginRequest logs somebody in.
type LoginRequest struct {
	User     string `json:"user"`
	Password string `json:"password"`
	New      string `json:"new_password,omitempty"` // needed once, with a password that an administrator handed out
}

// A LoginAnswer is a login: the token is in the cookie, too.
type LoginAnswer struct {
	Token   string    `json:"token"`
	Expires time.Time `json:"expires_at"`
	Staff   Person    `json:"staff"`
}

// A Person is one of the staff.
type Person struct {
	ID       desk.AgentID `json:"id"`
	Name     string       `json:"name"`
	Role     string       `json:"role"`
	Status   string       `json:"status"`
	Skills   []string     `json:"skills"`
	Capacity int          `json:"capacity"`
	Load     int          `json:"load"`
}

// A MeAnswer is whoever is logged in.
type MeAnswer struct {
	Person
	Parts map[string]string `json:"parts"` // "read" or "write" by the part of the product; what is left out may not be used
}

// A PeopleAnswer is the staff.
type PeopleAnswer struct {
	Staff []Person `json:"staff"`
}

// A StatusRequest says whether somebody is there: "online", "away" or "offline".
type StatusRequest struct {
	Status string `json:"status"`
}

func person(a desk.Agent) Person {
	return Person{ID: a.ID, Name: a.Name, Role: a.Role, Status: a.Status, Skills: a.Skills, Capacity: a.Capacity, Load: a.Load}
}

func (s *Side) login(ctx context.Context, c *app.RequestContext) error {
	if err := door.SameSite(c); err != nil {
		return err
	}
	var in LoginRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	right, err := s.Tries.Take(in.User, c.ClientIP())
	if err != nil {
		return err
	}
	who, err := s.Store.Agent(ctx, desk.AgentID(in.User))
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	select {
	case s.hashing <- struct{}{}:
	case <-ctx.Done():
		return ctx.Err()
	}
	ok := password.Matches(who.Password, in.Password)
	<-s.hashing
	standing := company.Standing{}
	if ok {
		if standing, err = s.Company.Standing(ctx, who.ID); err != nil {
			return err
		}
	}
	if !standing.Active {
		who.ID = desk.AgentID(in.User)
		if err := s.Door.Record(ctx, who, "login_failed", "staff/"+in.User, "", map[string]string{"address": c.ClientIP()}); err != nil {
			return err
		}
		return desk.Refuse(desk.ErrForbidden, "login_failed")
	}
	right()
	if standing.Initial {
		if err := s.replaceInitial(ctx, who, in); err != nil {
			return err
		}
	}
	token, expires := rand.Text()+rand.Text(), s.Now().UTC().Add(loginLife).Truncate(time.Second)
	if err := s.Store.Login(ctx, door.Hash(token), who.ID, expires, s.Now()); err != nil {
		return err
	}
	if err := s.Door.Record(ctx, who, "login", "staff/"+string(who.ID), "", map[string]string{"address": c.ClientIP()}); err != nil {
		return err
	}
	c.SetCookie(door.Cookie, token, int(loginLife/time.Second), "/", "", protocol.CookieSameSiteStrictMode, secure(c), true)
	return wire.Answer(c, LoginAnswer{Token: token, Expires: expires, Staff: person(who)})
}

// replaceInitial changes a password that was handed out: nobody works with one that somebody else knows.
func (s *Side) replaceInitial(ctx context.Context, who desk.Agent, in LoginRequest) error {
	if in.New == "" {
		return desk.Refuse(desk.ErrForbidden, "password_initial")
	}
	if err := admin.NewPassword(in.Password, in.New); err != nil {
		return err
	}
	if err := s.Company.SetPassword(ctx, who.ID, password.Hash(in.New), false); err != nil {
		return err
	}
	return s.Door.Record(ctx, who, "password_changed", "staff/"+string(who.ID), "", nil)
}

func secure(c *app.RequestContext) bool {
	return string(c.URI().Scheme()) == "https" || string(c.Request.Header.Peek("X-Forwarded-Proto")) == "https"
}

func (s *Side) logout(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	if err := s.Store.Logout(ctx, door.Hash(door.Token(c))); err != nil {
		return err
	}
	if err := s.Door.Record(ctx, who, "logout", "staff/"+string(who.ID), "", nil); err != nil {
		return err
	}
	c.SetCookie(door.Cookie, "", -1, "/", "", protocol.CookieSameSiteStrictMode, secure(c), true)
	c.SetStatusCode(204)
	return nil
}

func (s *Side) me(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	parts, err := s.Door.Parts(ctx, who)
	if err != nil {
		return err
	}
	return wire.Answer(c, MeAnswer{person(who), parts})
}

func (s *Side) people(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := s.Store.Agents(ctx)
	if err != nil {
		return err
	}
	out := PeopleAnswer{Staff: []Person{}}
	for _, a := range all {
		out.Staff = append(out.Staff, person(a))
	}
	return wire.Answer(c, out)
}

// status says whether somebody is there; the queue looks at once.
func (s *Side) status(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in StatusRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	switch in.Status {
	case "online", "away", "offline":
	default:
		return desk.Refuse(desk.ErrInvalid, "status_unknown")
	}
	now := s.Now().UTC()
	shift, err := desk.Out(desk.Routing, fmt.Sprintf("st_%s_%s", who.ID, rand.Text()), desk.RoutingKey,
		desk.Shift{Kind: "agent", Agent: who.ID, At: now})
	if err != nil {
		return err
	}
	if err := s.Store.SetStatus(ctx, who.ID, in.Status, now, shift); err != nil {
		return err
	}
	who.Status = in.Status
	return wire.Answer(c, person(who))
}
