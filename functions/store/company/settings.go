package company

import (
	"context"
	"encoding/json"
	"errors"

	"keliu/functions/store/company/hours"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// demoPassword is the key of the demo's password among the settings. It opens accounts that are there to be tried, and is printed
// at every start.
const demoPassword = "demo_password"

// DemoPassword keeps the password that the demo's staff begin with: the one that is given, or else the one that was kept, or
// else a fresh one.
func (b *Book) DemoPassword(ctx context.Context, given string, fresh func() string) (password string, err error) {
	err = b.db.Change(ctx, func(t *group.Tx) error {
		password = given
		if err := t.Lock("setting " + demoPassword); err != nil {
			return err
		}
		if given == "" {
			known, err := t.One(`SELECT value FROM settings WHERE key = $1`, []any{demoPassword}, &password)
			if err != nil || known {
				return err
			}
			password = fresh()
		}
		return keep(t, demoPassword, password)
	})
	return password, database.Wrap(err, "demo password")
}

// companyHours is the key of the company's hours among the settings.
const companyHours = "company_hours"

// Hours returns the company's hours, which are those of every team that has none of its own. They are always open until they are set.
func (b *Book) Hours(ctx context.Context) (h hours.Hours, err error) {
	err = b.db.Body(ctx, &h, `SELECT value FROM settings WHERE key = $1`, companyHours)
	if errors.Is(err, desk.ErrNotFound) {
		return hours.Hours{}, nil
	}
	return h, database.Wrap(err, "company hours")
}

// SetHours sets the company's hours.
func (b *Book) SetHours(ctx context.Context, h hours.Hours) error {
	body, err := json.Marshal(h)
	if err != nil {
		return database.Wrap(err, "company hours")
	}
	return database.Wrap(b.db.Change(ctx, func(t *group.Tx) error { return keep(t, companyHours, string(body)) }), "company hours")
}

// keep sets a setting.
func keep(t *group.Tx, key, value string) error {
	_, err := t.Exec(`INSERT INTO settings (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = excluded.value`, key, value)
	return err
}
