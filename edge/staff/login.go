package staff

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/protocol"

	"keliu/edge/staff/password"
	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// Cookie is the name of the staff's login cookie.
const Cookie = "keliu_staff"

const (
	loginLife       = 12 * time.Hour
	loginsPerSecond = 0.1
	loginsAtOnce    = 8
	hashesAtOnce    = 2 // each takes 19 MiB
)

// A LoginRequest logs somebody in.
type LoginRequest struct {
	User     string `json:"user"`
	Password string `json:"password"`
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
	if err := sameSite(c); err != nil {
		return err
	}
	var in LoginRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	if err := s.attempts.Take(c.ClientIP() + "\x00" + in.User); err != nil {
		return wire.Later(desk.Refuse(desk.ErrUnavailable, "login_throttled"), wire.RetryAfter(err))
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
	if !ok {
		who.ID = desk.AgentID(in.User)
		if err := s.record(ctx, who, "login_failed", "staff/"+in.User, "", map[string]string{"address": c.ClientIP()}); err != nil {
			return err
		}
		return desk.Refuse(desk.ErrForbidden, "login_failed")
	}
	token, expires := rand.Text()+rand.Text(), s.Now().UTC().Add(loginLife).Truncate(time.Second)
	if err := s.Store.Login(ctx, tokenHash(token), who.ID, expires, s.Now()); err != nil {
		return err
	}
	if err := s.record(ctx, who, "login", "staff/"+string(who.ID), "", map[string]string{"address": c.ClientIP()}); err != nil {
		return err
	}
	c.SetCookie(Cookie, token, int(loginLife/time.Second), "/", "", protocol.CookieSameSiteStrictMode, secure(c), true)
	return wire.Answer(c, LoginAnswer{Token: token, Expires: expires, Staff: person(who)})
}

func secure(c *app.RequestContext) bool {
	return string(c.URI().Scheme()) == "https" || string(c.Request.Header.Peek("X-Forwarded-Proto")) == "https"
}

func tokenHash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// loggedIn tells who calls. A cookie counts only for calls from the house's own pages.
func (s *Side) loggedIn(ctx context.Context, c *app.RequestContext) (desk.Agent, error) {
	token := session.Bearer(string(c.Request.Header.Peek("Authorization")))
	if token == "" {
		if err := sameSite(c); err != nil {
			return desk.Agent{}, err
		}
		token = string(c.Cookie(Cookie))
	}
	if token == "" {
		return desk.Agent{}, desk.Refuse(desk.ErrForbidden, "login_needed")
	}
	who, err := s.Store.LoggedIn(ctx, tokenHash(token), s.Now())
	if errors.Is(err, desk.ErrNotFound) {
		return desk.Agent{}, desk.Refuse(desk.ErrForbidden, "login_needed")
	}
	return who, err
}

// sameSite refuses what a browser sends on behalf of another site.
func sameSite(c *app.RequestContext) error {
	if m := string(c.Method()); m == "GET" || m == "HEAD" {
		return nil
	}
	if site := string(c.Request.Header.Peek("Sec-Fetch-Site")); site == "cross-site" || site == "same-site" {
		return desk.Refuse(desk.ErrForbidden, "cross_site")
	}
	if origin := string(c.Request.Header.Peek("Origin")); origin != "" {
		u, err := url.Parse(origin)
		if err != nil || u.Host != string(c.Host()) {
			return desk.Refuse(desk.ErrForbidden, "cross_site")
		}
	}
	return nil
}

func (s *Side) logout(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	token := session.Bearer(string(c.Request.Header.Peek("Authorization")))
	if token == "" {
		token = string(c.Cookie(Cookie))
	}
	if err := s.Store.Logout(ctx, tokenHash(token)); err != nil {
		return err
	}
	if err := s.record(ctx, who, "logout", "staff/"+string(who.ID), "", nil); err != nil {
		return err
	}
	c.SetCookie(Cookie, "", -1, "/", "", protocol.CookieSameSiteStrictMode, secure(c), true)
	c.SetStatusCode(204)
	return nil
}

func (s *Side) me(_ context.Context, c *app.RequestContext, who desk.Agent) error {
	return wire.Answer(c, person(who))
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
