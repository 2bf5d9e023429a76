// Package door is the door of every call of the staff: who calls, what the rules let them do, what of it is recorded and what
// of a person's data they get to see. The rooms beside it stand behind it.
package door

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"net/url"
	"slices"
	"strconv"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
)

// Cookie is the name of the staff's login cookie.
const Cookie = "keliu_staff"

// Logins tell whose login a token is.
type Logins interface {
	LoggedIn(ctx context.Context, hash string, now time.Time) (desk.Agent, error)
}

// A Door lets the staff in. Its fields are set before use.
type Door struct {
	Logins Logins
	Rules  *policies.Engine
	Trail  *audit.Trail
	Now    func() time.Time
}

// A Call is a request of somebody of the staff who is logged in.
type Call func(ctx context.Context, c *app.RequestContext, who desk.Agent) error

// Any serves whoever is logged in.
func (d *Door) Any(serve Call) wire.Serve {
	return func(ctx context.Context, c *app.RequestContext) error {
		who, err := d.Who(ctx, c)
		if err != nil {
			return err
		}
		return serve(ctx, c, who)
	}
}

// Person serves whoever is logged in and is a person, not another program by its key.
func (d *Door) Person(serve Call) wire.Serve {
	return d.Any(func(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
		if who.Program {
			return desk.Refuse(desk.ErrForbidden, "person_only")
		}
		return serve(ctx, c, who)
	})
}

// May serves whoever the rules let use a part of the product, and a program only within its scopes. A refusal is in the trail.
func (d *Door) May(part, action string, serve Call) wire.Serve {
	return d.Any(func(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
		ruling, err := d.Rules.MaySee(ctx, policies.MaySee{Role: who.Role, Part: part, Action: action})
		if err != nil {
			return err
		}
		if !ruling.Allow {
			if err := d.Record(ctx, who, "refused", part+"/"+action, ruling.Reason, nil); err != nil {
				return err
			}
			return desk.Refuse(desk.ErrForbidden, "role", wire.Half(wire.Lang(c), ruling.Reason))
		}
		if !scoped(who, part, action) {
			if err := d.Record(ctx, who, "refused", part+"/"+action, "scope", nil); err != nil {
				return err
			}
			return desk.Refuse(desk.ErrForbidden, "scope", part+"."+action)
		}
		return serve(ctx, c, who)
	})
}

// scoped reports whether somebody's scopes, if they have any, hold an action. Whoever may write may read.
func scoped(who desk.Agent, part, action string) bool {
	return who.Scopes == nil || slices.Contains(who.Scopes, part+"."+action) || action == "read" && slices.Contains(who.Scopes, part+".write")
}

// The parts of the product that roles may read or write, as the rules name them.
const (
	Conversations = "conversations"
	Knowledge     = "knowledge"
	Outreach      = "outreach"
	Cockpit       = "cockpit"
	Policies      = "policies"
	Audit         = "audit"
	People        = "people"
	Channels      = "channels"
	Settings      = "settings"
)

// parts are all of them.
var parts = []string{Conversations, Knowledge, Outreach, Cockpit, Policies, Audit, People, Channels, Settings}

// Parts returns what somebody may use: "read" or "write" by part. What they may not use is left out.
func (d *Door) Parts(ctx context.Context, who desk.Agent) (map[string]string, error) {
	open := map[string]string{}
	for _, part := range parts {
		for _, action := range []string{"read", "write"} {
			ruling, err := d.Rules.MaySee(ctx, policies.MaySee{Role: who.Role, Part: part, Action: action})
			if err != nil {
				return nil, err
			}
			if ruling.Allow && scoped(who, part, action) {
				open[part] = action
			}
		}
	}
	return open, nil
}

// Record puts into the trail what somebody did.
func (d *Door) Record(ctx context.Context, who desk.Agent, action, object, reason string, details map[string]string) error {
	return d.Trail.Append(ctx, audit.Entry{
		At: d.Now().UTC(), Actor: string(who.ID), Role: who.Role, Action: action, Object: object, Reason: reason, Details: details, Revision: d.Rules.Revision(),
	})
}

// Who tells who calls. A cookie counts only for calls from the house's own pages.
func (d *Door) Who(ctx context.Context, c *app.RequestContext) (desk.Agent, error) {
	token := Token(c)
	if session.Bearer(string(c.Request.Header.Peek("Authorization"))) == "" {
		if err := SameSite(c); err != nil {
			return desk.Agent{}, err
		}
	}
	if token == "" {
		return desk.Agent{}, desk.Refuse(desk.ErrForbidden, "login_needed")
	}
	who, err := d.Logins.LoggedIn(ctx, Hash(token), d.Now())
	if errors.Is(err, desk.ErrNotFound) {
		return desk.Agent{}, desk.Refuse(desk.ErrForbidden, "login_needed")
	}
	return who, err
}

// Token is what a call logs in with: a bearer token, or the cookie.
func Token(c *app.RequestContext) string {
	if token := session.Bearer(string(c.Request.Header.Peek("Authorization"))); token != "" {
		return token
	}
	return string(c.Cookie(Cookie))
}

// Hash is the form in which a login's token is kept.
func Hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return hex.EncodeToString(sum[:])
}

// SameSite refuses what a browser sends on behalf of another site.
func SameSite(c *app.RequestContext) error {
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

// Limit reads how many are asked for: 1 to 200, 50 by default.
func Limit(c *app.RequestContext) (int, error) {
	n, err := wire.Number(c, "limit", 50, 1, 200)
	return int(n), err
}

// Time reads a time from the query: RFC 3339 or milliseconds.
func Time(c *app.RequestContext, name string, fallback time.Time) (time.Time, error) {
	text := c.Query(name)
	if text == "" {
		return fallback, nil
	}
	if ms, err := strconv.ParseInt(text, 10, 64); err == nil && ms > 0 && ms < 1<<46 {
		return time.UnixMilli(ms).UTC(), nil
	}
	t, err := time.Parse(time.RFC3339, text)
	if err != nil {
		return time.Time{}, desk.Refuse(desk.ErrInvalid, "time_parameter", name)
	}
	return t.UTC(), nil
}
