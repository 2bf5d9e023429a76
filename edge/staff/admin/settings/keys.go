package settings

import (
	"context"
	"crypto/rand"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/admin"
	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/company"
	"keliu/streams/desk"
)

// A KeyRequest makes a key.
type KeyRequest struct {
	Name   string   `json:"name"`
	Role   string   `json:"role"`   // what it may see is what the role may
	Scopes []string `json:"scopes"` // what it is for, such as "conversations.read"; "….write" reads, too
	Days   int      `json:"days"`   // until it expires, 0 to 3650; 0 is never
}

// A KeyAnswer is a key that was made, with its secret. It is shown this once.
type KeyAnswer struct {
	Key    company.Key `json:"key"`
	Secret string      `json:"secret"`
}

// A KeysAnswer is the keys, the latest first.
type KeysAnswer struct {
	Keys []company.Key `json:"keys"`
}

const longestKey = 3650 // days

func (r *Room) keys(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Book.Keys(ctx)
	if err != nil {
		return err
	}
	return wire.Answer(c, KeysAnswer{append([]company.Key{}, all...)})
}

func (r *Room) addKey(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in KeyRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	title, err := admin.Name("name", in.Name)
	if err != nil {
		return err
	}
	if err := admin.KnownRole(in.Role); err != nil {
		return err
	}
	if in.Days < 0 || in.Days > longestKey {
		return desk.Refuse(desk.ErrInvalid, "parameter", "days", 0, longestKey)
	}
	scopes, err := r.scopes(ctx, in)
	if err != nil {
		return err
	}
	now := r.Now().UTC().Truncate(time.Millisecond)
	k := company.Key{ID: strings.ToLower(rand.Text()[:12]), Name: title, Role: in.Role, Scopes: scopes, By: who.ID, Made: now}
	if in.Days > 0 {
		k.Expires = now.AddDate(0, 0, in.Days)
	}
	secret := "kl_" + rand.Text() + rand.Text()
	if err := r.Book.AddKey(ctx, door.Hash(secret), k); err != nil {
		return err
	}
	details := map[string]string{"name": k.Name, "role": k.Role, "scopes": strings.Join(scopes, " "), "days": strconv.Itoa(in.Days)}
	if err := r.Door.Record(ctx, who, "key_added", "key/"+k.ID, "", details); err != nil {
		return err
	}
	return wire.Answer(c, KeyAnswer{k, secret})
}

// scopes are those of a key, in order; each is one that its role has.
func (r *Room) scopes(ctx context.Context, in KeyRequest) ([]string, error) {
	if len(in.Scopes) == 0 {
		return nil, desk.Refuse(desk.ErrInvalid, "scopes_empty")
	}
	parts, err := r.Door.Parts(ctx, desk.Agent{Role: in.Role})
	if err != nil {
		return nil, err
	}
	for _, s := range in.Scopes {
		part, action, _ := strings.Cut(s, ".")
		if most := parts[part]; most == "" || action != most && action != "read" {
			return nil, desk.Refuse(desk.ErrInvalid, "scope_unknown", s)
		}
	}
	slices.Sort(in.Scopes)
	return slices.Compact(in.Scopes), nil
}

func (r *Room) revoke(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := c.Param("id")
	if err := r.Book.Revoke(ctx, id, r.Now()); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "key_revoked", "key/"+id, "", nil)
}
