package company

import (
	"context"
	"errors"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Key lets another program call the staff's API in a role.
type Key struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Role    string       `json:"role"`
	Scopes  []string     `json:"scopes"` // what of the role it is for, such as "conversations.read"; null is all of it
	By      desk.AgentID `json:"by"`     // who made it
	Made    time.Time    `json:"made"`
	Expires time.Time    `json:"expires,omitzero"` // zero: never
	Revoked time.Time    `json:"revoked,omitzero"`
	Used    time.Time    `json:"used,omitzero"` // last, to the minute
}

// everything is a key's scope that is all of its role. Such keys were made before there were scopes.
const everything = "*"

const keyColumns = `id, name, role, scopes, made_by, made, expires, revoked, used`

func scanKey(scan func(...any) error) (k Key, err error) {
	var made, expires, revoked, used int64
	var scopes string
	err = scan(&k.ID, &k.Name, &k.Role, &scopes, &k.By, &made, &expires, &revoked, &used)
	if scopes != everything {
		k.Scopes = strings.Fields(scopes)
	}
	k.Made, k.Expires, k.Revoked, k.Used = instant(made), instant(expires), instant(revoked), instant(used)
	return k, err
}

func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

// AddKey keeps a key under its hash. One without scopes may nothing.
func (b *Book) AddKey(ctx context.Context, hash string, k Key) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO api_keys (hash, id, name, role, scopes, made_by, made, expires) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
			hash, k.ID, k.Name, k.Role, strings.Join(k.Scopes, " "), k.By, millis(k.Made), millis(k.Expires))
		return err
	}), "key %s", k.ID)
}

// Keys lists the keys, the latest first, those that were revoked included.
func (b *Book) Keys(ctx context.Context) (all []Key, err error) {
	err = b.db.Rows(ctx, `SELECT `+keyColumns+` FROM api_keys ORDER BY made DESC, id`, nil, func(scan func(...any) error) error {
		k, err := scanKey(scan)
		all = append(all, k)
		return err
	})
	return all, database.Wrap(err, "keys")
}

// Revoke ends a key for good.
func (b *Book) Revoke(ctx context.Context, id string, at time.Time) error {
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		changed, err := t.Exec(`UPDATE api_keys SET revoked = $1 WHERE id = $2 AND revoked = 0`, at.UnixMilli(), id)
		if err == nil && changed == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		return err
	}), "key %s", id)
}

// Staff tells whose login a token's hash is.
type Staff interface {
	LoggedIn(ctx context.Context, hash string, now time.Time) (desk.Agent, error)
}

// Logins are the logins of people and the keys of programs.
type Logins struct {
	Staff
	Book *Book
}

// LoggedIn returns whose login or key a token's hash is. A program is known to the trail by its key: "key:ID".
func (l Logins) LoggedIn(ctx context.Context, hash string, now time.Time) (desk.Agent, error) {
	who, err := l.Staff.LoggedIn(ctx, hash, now)
	if !errors.Is(err, desk.ErrNotFound) {
		return who, err
	}
	k, err := l.Book.use(ctx, hash, now)
	return desk.Agent{ID: desk.AgentID("key:" + k.ID), Name: k.Name, Role: k.Role, Status: "offline", Program: true, Scopes: k.Scopes}, err
}

// use returns the key that is in force under a hash, and keeps to the minute that it was used.
func (b *Book) use(ctx context.Context, hash string, now time.Time) (k Key, err error) {
	k, err = scanKey(func(into ...any) error {
		return b.db.One(ctx, `SELECT `+keyColumns+` FROM api_keys WHERE hash = $1 AND revoked = 0 AND (expires = 0 OR expires > $2)`,
			[]any{hash, now.UnixMilli()}, into...)
	})
	if err != nil || now.Sub(k.Used) < time.Minute {
		return k, database.Wrap(err, "key")
	}
	return k, database.Wrap(b.db.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`UPDATE api_keys SET used = $1 WHERE hash = $2`, now.UnixMilli(), hash)
		return err
	}), "key %s", k.ID)
}
