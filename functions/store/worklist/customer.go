package worklist

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
)

// Customer returns a customer, since when they are known and by what: channels, and "member" for the shop's.
func (l *List) Customer(ctx context.Context, id desk.CustomerID) (c desk.Customer, channels []string, err error) {
	var seen int64
	if err := l.db.One(ctx, `SELECT id, member, name, seen FROM customers WHERE id = $1`, []any{id}, &c.ID, &c.Member, &c.Name, &seen); err != nil {
		return c, nil, database.Wrap(err, "customer %s", id)
	}
	c.Seen = time.UnixMilli(seen).UTC()
	err = l.db.Rows(ctx, `SELECT DISTINCT kind FROM identities WHERE customer = $1 ORDER BY kind`, []any{id}, func(scan func(...any) error) error {
		var kind string
		if err := scan(&kind); err != nil {
			return err
		}
		channels = append(channels, kind)
		return nil
	})
	return c, channels, database.Wrap(err, "customer %s", id)
}

// Callbacks lists the numbers that a customer left, the latest first.
func (l *List) Callbacks(ctx context.Context, id desk.CustomerID) ([]desk.Callback, error) {
	return database.Bodies[desk.Callback](ctx, l.db, `SELECT body FROM callbacks WHERE customer = $1 ORDER BY at DESC, id`, id)
}
