package leads

import (
	"context"
	"strings"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

const accountQuery = `SELECT body FROM quota_accounts WHERE channel = $1 AND person = $2 AND scene = $3`

// network is the platform's ID of somebody.
func network(channel string, p desk.PersonID) string {
	return strings.TrimPrefix(string(p), channel+":")
}

// lockPerson keeps what is known of somebody as it is for a change that decides by it.
func lockPerson(t *group.Tx, p desk.PersonID) error { return t.Lock("person " + string(p)) }

// lockWindow does so for a window of somebody, and for how many people it was used for on a day.
func lockWindow(t *group.Tx, channel, person, scene, day string) error {
	if err := lockPerson(t, desk.PersonID(channel+":"+person)); err != nil {
		return err
	}
	return t.Lock("window " + channel + " " + scene + " " + day)
}

// on notes an opening in the account of a scene.
func (o Opening) on(a *quota.Account, scene string) {
	switch {
	case o.Scene != scene:
	case o.Closed:
		a.Close(o.At)
	default:
		a.Open(o.At, o.Expires)
	}
}

// open keeps an opening of somebody. What no platform counts is not kept.
func open(t *group.Tx, channel, person string, o Opening) error {
	if _, _, counted := quota.Find(channel, o.Scene); !counted {
		return nil
	}
	var a quota.Account
	if _, err := body(t, &a, accountQuery, channel, person, o.Scene); err != nil {
		return err
	}
	o.on(&a, o.Scene)
	return keepAccount(t, channel, person, o.Scene, a)
}

func keepAccount(t *group.Tx, channel, person, scene string, a quota.Account) error {
	text, err := encode(a)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO quota_accounts (channel, person, scene, body) VALUES ($1, $2, $3, $4)
		ON CONFLICT (channel, person, scene) DO UPDATE SET body = excluded.body`, channel, person, scene, text)
	return err
}

// met reports whether a window was used for somebody on a day.
func met(t *group.Tx, channel, person, scene, day string) (bool, error) {
	return exists(t, `SELECT 1 FROM quota_grants WHERE channel = $1 AND person = $2 AND scene = $3 AND day = $4 LIMIT 1`, channel, person, scene, day)
}

// others counts the other people for whom a window was used on a day; 0 for windows that do not limit them.
func others(t *group.Tx, w quota.Window, person, day string) (n int, err error) {
	if w.People == 0 {
		return 0, nil
	}
	if _, err = t.One(`SELECT people FROM quota_days WHERE channel = $1 AND scene = $2 AND day = $3`, []any{w.Channel, w.Scene, day}, &n); err != nil {
		return 0, err
	}
	known, err := met(t, w.Channel, person, w.Scene, day)
	if known {
		n--
	}
	return n, err
}

// grant keeps that somebody has a grant, and counts them when it is their first of the day.
func grant(t *group.Tx, want quota.Want) error {
	day := quota.Day(want.At)
	known, err := met(t, want.Channel, want.Person, want.Scene, day)
	if err != nil {
		return err
	}
	if !known {
		if _, err := t.Exec(`INSERT INTO quota_days (channel, scene, day, people) VALUES ($1, $2, $3, 1)
			ON CONFLICT (channel, scene, day) DO UPDATE SET people = quota_days.people + 1`, want.Channel, want.Scene, day); err != nil {
			return err
		}
	}
	_, err = t.Exec(`INSERT INTO quota_grants (id, channel, person, scene, day, at) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (id) DO UPDATE SET scene = excluded.scene, day = excluded.day, at = excluded.at`,
		want.ID, want.Channel, want.Person, want.Scene, day, millis(want.At))
	return err
}

// free takes a grant back, and the person from the count of the day when it was their last.
func free(t *group.Tx, id, channel, person, scene, day string) error {
	if _, err := t.Exec(`DELETE FROM quota_grants WHERE id = $1`, id); err != nil {
		return err
	}
	left, err := met(t, channel, person, scene, day)
	if err != nil || left {
		return err
	}
	_, err = t.Exec(`UPDATE quota_days SET people = people - 1 WHERE channel = $1 AND scene = $2 AND day = $3`, channel, scene, day)
	return err
}

// Take asks for a message to go out within what the platform allows: exactly, whoever asks at the same time. Whoever is granted it
// makes the call at once and settles it.
func (s *Shelf) Take(ctx context.Context, want quota.Want) (g quota.Grant, err error) {
	w, free, counted := quota.Find(want.Channel, want.Scene)
	switch {
	case free:
		return quota.Grant{OK: true}, nil
	case !counted:
		return quota.Unknown(), nil
	}
	err = s.db.Change(ctx, func(t *group.Tx) error {
		if err := lockWindow(t, want.Channel, want.Person, want.Scene, quota.Day(want.At)); err != nil {
			return err
		}
		var a quota.Account
		if _, err := body(t, &a, accountQuery, want.Channel, want.Person, want.Scene); err != nil {
			return err
		}
		n, err := others(t, w, want.Person, quota.Day(want.At))
		if err != nil {
			return err
		}
		if g = a.Take(w, want, n); !g.OK || g.Again {
			return nil
		}
		if err := grant(t, want); err != nil {
			return err
		}
		return keepAccount(t, want.Channel, want.Person, want.Scene, a)
	})
	return g, database.Wrap(err, "quota of %s:%s", want.Channel, want.Person)
}

// Settle notes what became of a granted message. What was never granted is let pass.
func (s *Shelf) Settle(ctx context.Context, id string, d desk.Delivery) error {
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("grant " + id); err != nil {
			return err
		}
		var channel, person, scene, day string
		found, err := t.One(`SELECT channel, person, scene, day FROM quota_grants WHERE id = $1`, []any{id}, &channel, &person, &scene, &day)
		if err != nil || !found {
			return err
		}
		if err := lockWindow(t, channel, person, scene, day); err != nil {
			return err
		}
		var a quota.Account
		if _, err := body(t, &a, accountQuery, channel, person, scene); err != nil {
			return err
		}
		if a.Settle(id, d) {
			if err := free(t, id, channel, person, scene, day); err != nil {
				return err
			}
		}
		if err := keepAccount(t, channel, person, scene, a); err != nil {
			return err
		}
		_, err = t.Exec(`UPDATE leads SET due = 1 WHERE person = $1`, channel+":"+person) // what is left decides the next step
		return err
	}), "settle %s", id)
}

// Left lists what a platform still lets us say to somebody: the open windows.
func (s *Shelf) Left(ctx context.Context, person desk.PersonID, channel string, now time.Time) (all []desk.Allowance, err error) {
	err = s.db.Change(ctx, func(t *group.Tx) error {
		if err := lockPerson(t, person); err != nil {
			return err
		}
		all, err = (&Change{tx: t}).Left(channel, person, now)
		return err
	})
	return all, database.Wrap(err, "quota of %s", person)
}

// Forget drops what the ledger knows of grants before a time; no window is that old.
func (s *Shelf) Forget(ctx context.Context, before time.Time) error {
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		if _, err := t.Exec(`DELETE FROM quota_days WHERE day < $1`, quota.Day(before)); err != nil {
			return err
		}
		_, err := t.Exec(`DELETE FROM quota_grants WHERE at < $1`, millis(before))
		return err
	}), "forget grants")
}
