package company

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
)

// Traffic is what goes through a channel.
type Traffic struct {
	Open      int       // conversations that are not closed
	Last      time.Time // when something last happened in one of them
	Wrote     time.Time // when somebody on an outside network last wrote
	Delivered time.Time // when its network last took a message
	Sent      int       // messages that its network took
	Failed    int       // messages that it refused for good
}

// A Failure is a message that a network refused, and why.
type Failure struct {
	At      time.Time
	Code    int    // the network's; 0 when it gave none
	Because string // in words for the staff
}

// Traffic returns what goes through each channel; what was sent and what failed counts since a time.
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
	err = b.db.Rows(ctx, `SELECT channel, SUM(CASE WHEN at > $1 AND state IN ('sent', 'arrived') THEN 1 ELSE 0 END),
		SUM(CASE WHEN at > $2 AND state = 'failed' THEN 1 ELSE 0 END), MAX(CASE WHEN state IN ('sent', 'arrived') THEN at ELSE 0 END)
		FROM deliveries GROUP BY channel`, []any{since.UnixMilli(), since.UnixMilli()}, func(scan func(...any) error) error {
		var channel string
		var sent, failed int
		var last int64
		err := scan(&channel, &sent, &failed, &last)
		t := all[channel]
		t.Sent, t.Failed, t.Delivered = sent, failed, instant(last)
		all[channel] = t
		return err
	})
	return all, database.Wrap(err, "traffic")
}

// Failures returns the latest messages of a channel that its network refused since a time, the latest first.
func (b *Book) Failures(ctx context.Context, channel string, since time.Time, limit int) (all []Failure, err error) {
	failed, err := database.Bodies[desk.Delivery](ctx, b.db,
		`SELECT body FROM deliveries WHERE channel = $1 AND state = 'failed' AND at > $2 ORDER BY at DESC, id LIMIT $3`, channel, since.UnixMilli(), limit)
	for _, d := range failed {
		all = append(all, Failure{d.At, d.Code, d.Because})
	}
	return all, err
}
