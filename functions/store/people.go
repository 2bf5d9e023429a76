package store

import (
	"context"
	"errors"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// An Identity is one way a customer is known: a kind, such as "visitor", "member" or a channel's name, and the value
// there. Secrets are stored as hashes by the caller.
type Identity struct{ Kind, Value string }

// Identify returns the customer known by an identity, and makes fresh that customer when nobody is.
func (s *Store) Identify(ctx context.Context, id Identity, fresh desk.Customer) (c desk.Customer, err error) {
	err = s.One(ctx, `SELECT customers.id, customers.member, customers.name FROM identities JOIN customers ON customers.id = identities.customer
		WHERE kind = $1 AND value = $2`, []any{id.Kind, id.Value}, &c.ID, &c.Member, &c.Name)
	if err == nil || !errors.Is(err, desk.ErrNotFound) {
		return c, database.Wrap(err, "customer")
	}
	err = s.Change(ctx, func(t *group.Tx) error {
		c = fresh
		if err := t.Lock("identity " + id.Kind + " " + id.Value); err != nil {
			return err
		}
		known, err := t.One(`SELECT customers.id, customers.member, customers.name FROM identities JOIN customers ON customers.id = identities.customer
			WHERE kind = $1 AND value = $2`, []any{id.Kind, id.Value}, &c.ID, &c.Member, &c.Name)
		if err != nil || known {
			return err
		}
		if _, err := t.Exec(`INSERT INTO customers (id, member, name, seen) VALUES ($1, $2, $3, $4)`, c.ID, c.Member, c.Name, c.Seen.UnixMilli()); err != nil {
			return err
		}
		return identify(t, id, c.ID)
	})
	return c, database.Wrap(err, "customer")
}

func identify(t *group.Tx, id Identity, c desk.CustomerID) error {
	_, err := t.Exec(`INSERT INTO identities (kind, value, customer) VALUES ($1, $2, $3)
		ON CONFLICT (kind, value) DO UPDATE SET customer = excluded.customer`, id.Kind, id.Value, c)
	return err
}

// Vouch makes a customer the shop's member, unless one of the two is taken: a member who is known as another customer is that
// one, and on a device where another member was before, the member is fresh.
func (s *Store) Vouch(ctx context.Context, given, fresh desk.Customer) (c desk.Customer, err error) {
	err = s.Change(ctx, func(t *group.Tx) error {
		c = given
		if err := t.Lock("member " + string(fresh.Member)); err != nil {
			return err
		}
		known := fresh
		found, err := t.One(`SELECT id, name FROM customers WHERE member = $1`, []any{fresh.Member}, &known.ID, &known.Name)
		switch {
		case err != nil:
			return err
		case found:
			c = known
			return nil
		case c.Member != "":
			c = fresh
			_, err = t.Exec(`INSERT INTO customers (id, member, name, seen) VALUES ($1, $2, $3, $4)`, c.ID, c.Member, c.Name, c.Seen.UnixMilli())
			return err
		}
		c.Member, c.Name = fresh.Member, fresh.Name
		_, err = t.Exec(`UPDATE customers SET member = $1, name = $2 WHERE id = $3`, c.Member, c.Name, c.ID)
		return err
	})
	return c, database.Wrap(err, "member %s", fresh.Member)
}

// agentColumns are what scanAgent reads. Whoever is chosen for a waiting customer counts as busy with them.
const agentColumns = `staff.id, staff.name, role, password, skills, capacity, status, changed,
	(SELECT COUNT(*) FROM conversations WHERE conversations.agent = staff.id AND stage = 'human')
	+ (SELECT COUNT(*) FROM queue WHERE queue.agent = staff.id)`

// Here lists those of the staff who work here now, by ID, with the conversations they have.
func (s *Store) Here(ctx context.Context) ([]desk.Agent, error) {
	return s.agents(ctx, `WHERE active = 1`)
}

// Agents lists the staff by ID, those who have left included, with the conversations they have now.
func (s *Store) Agents(ctx context.Context) ([]desk.Agent, error) { return s.agents(ctx, "") }

func (s *Store) agents(ctx context.Context, where string) (all []desk.Agent, err error) {
	err = s.Rows(ctx, `SELECT `+agentColumns+` FROM staff `+where+` ORDER BY id`, nil, func(scan func(...any) error) error {
		a, err := scanAgent(scan)
		all = append(all, a)
		return err
	})
	return all, database.Wrap(err, "staff")
}

// Agent returns one of the staff.
func (s *Store) Agent(ctx context.Context, id desk.AgentID) (a desk.Agent, err error) {
	a, err = scanAgent(func(into ...any) error {
		return s.One(ctx, `SELECT `+agentColumns+` FROM staff WHERE id = $1`, []any{id}, into...)
	})
	return a, database.Wrap(err, "staff %s", id)
}

func scanAgent(scan func(...any) error) (a desk.Agent, err error) {
	var skills string
	var changed int64
	err = scan(&a.ID, &a.Name, &a.Role, &a.Password, &skills, &a.Capacity, &a.Status, &changed, &a.Load)
	a.Skills, a.Changed = strings.Fields(skills), time.UnixMilli(changed).UTC()
	return a, err
}

// SaveAgent keeps one of the staff.
func (s *Store) SaveAgent(ctx context.Context, a desk.Agent) error {
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`INSERT INTO staff (id, name, role, password, skills, capacity, status, changed) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, role = excluded.role, password = excluded.password, skills = excluded.skills,
			capacity = excluded.capacity, status = excluded.status, changed = excluded.changed`,
			a.ID, a.Name, a.Role, a.Password, strings.Join(a.Skills, " "), a.Capacity, a.Status, a.Changed.UnixMilli())
		return err
	}), "staff %s", a.ID)
}

// SetStatus records whether one of the staff is there, together with the records that tell the queue.
func (s *Store) SetStatus(ctx context.Context, id desk.AgentID, status string, at time.Time, out ...desk.Outgoing) error {
	sealed, err := database.Seal(out)
	if err != nil {
		return database.Wrap(err, "status of %s", id)
	}
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		if _, err := t.Exec(`UPDATE staff SET status = $1, changed = $2 WHERE id = $3`, status, at.UnixMilli(), id); err != nil {
			return err
		}
		return s.Post(t, sealed)
	}), "status of %s", id)
}

// Login keeps a login of one of the staff under the hash of its token.
func (s *Store) Login(ctx context.Context, hash string, id desk.AgentID, expires, now time.Time) error {
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		if _, err := t.Exec(`DELETE FROM logins WHERE expires < $1`, now.UnixMilli()); err != nil {
			return err
		}
		_, err := t.Exec(`INSERT INTO logins (token, staff, expires) VALUES ($1, $2, $3)`, hash, id, expires.UnixMilli())
		return err
	}), "login of %s", id)
}

// LoggedIn returns whose login a token's hash is. Whoever has left is not logged in.
func (s *Store) LoggedIn(ctx context.Context, hash string, now time.Time) (a desk.Agent, err error) {
	a, err = scanAgent(func(into ...any) error {
		return s.One(ctx, `SELECT `+agentColumns+` FROM logins JOIN staff ON staff.id = logins.staff
			WHERE token = $1 AND expires > $2 AND active = 1`, []any{hash, now.UnixMilli()}, into...)
	})
	return a, database.Wrap(err, "login")
}

// Logout ends a login.
func (s *Store) Logout(ctx context.Context, hash string) error {
	return database.Wrap(s.Change(ctx, func(t *group.Tx) error {
		_, err := t.Exec(`DELETE FROM logins WHERE token = $1`, hash)
		return err
	}), "logout")
}

// Setting returns a setting, and keeps fresh() under its key when there is none.
func (s *Store) Setting(ctx context.Context, key string, fresh func() string) (value string, err error) {
	err = s.One(ctx, `SELECT value FROM settings WHERE key = $1`, []any{key}, &value)
	if err == nil || !errors.Is(err, desk.ErrNotFound) {
		return value, database.Wrap(err, "setting %s", key)
	}
	err = s.Change(ctx, func(t *group.Tx) error {
		value = fresh()
		if _, err := t.Exec(`INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO NOTHING`, key, value); err != nil {
			return err
		}
		_, err := t.One(`SELECT value FROM settings WHERE key = $1`, []any{key}, &value)
		return err
	})
	return value, database.Wrap(err, "setting %s", key)
}
