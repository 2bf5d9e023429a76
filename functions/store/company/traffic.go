package company

import (
	"context"
	"time"

	"keliu/functions/store/database"
)

// Traffic is what goes through a channel.
type Traffic struct {
	Open   int       // conversations that are not closed
	Last   time.Time // when something last happened in one of them
	Wrote  time.Time // when somebody on an outside network last wrote
	Sent   int       // messages that its network took
	Failed int       // messages that it refused for good
}

// Traffic returns what goes through each channel; deliveries count since a time.
func (b *Book) Traffic(ctx context.Context, since time.Time) (map[string]Traffic, error) {
	all := map[string]Traffic{}
	err := b.db.Rows(ctx, `SELECT channel, SUM(CASE WHEN stage <> 'closed' THEN 1 ELSE 0 END), MAX(updated) FROM conversations GROUP BY channel`, nil,
		func(scan func(...any) error) error {
			var channel string
			var t Traffic
			var last int64
			err := scan(&channel, &t.Open, &last)
			t.Last = instant(last)
			all[channel] = t
			return err
		})
	if err != nil {
		return nil, database.Wrap(err, "traffic")
	}
	err = b.db.Rows(ctx, `SELECT channel, MAX(wrote) FROM addresses GROUP BY channel`, nil, func(scan func(...any) error) error {
		var channel string
		var wrote int64
		err := scan(&channel, &wrote)
		t := all[channel]
		t.Wrote = instant(wrote)
		all[channel] = t
		return err
	})
	if err != nil {
		return nil, database.Wrap(err, "traffic")
	}
	err = b.db.Rows(ctx, `SELECT channel, SUM(CASE WHEN state IN ('sent', 'arrived') THEN 1 ELSE 0 END), SUM(CASE WHEN state = 'failed' THEN 1 ELSE 0 END)
		FROM deliveries WHERE at > $1 GROUP BY channel`, []any{since.UnixMilli()}, func(scan func(...any) error) error {
		var channel string
		var sent, failed int
		err := scan(&channel, &sent, &failed)
		t := all[channel]
		t.Sent, t.Failed = sent, failed
		all[channel] = t
		return err
	})
	return all, database.Wrap(err, "traffic")
}
