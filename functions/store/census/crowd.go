package census

import (
	"context"
	"fmt"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/meter"
	"keliu/streams/meter/minutes"
)

// A Crowd is a meter that knows which customers opened sessions, too. It is safe for concurrent use.
type Crowd struct {
	meter.Meter
	db *database.DB
}

// Gather returns the crowd of a store beside a meter.
func Gather(m meter.Meter, db *database.DB) Crowd { return Crowd{m, db} }

// An Opening is a session that a customer opened.
type Opening struct {
	Conversation string // the customer's only one
	At           time.Time
	Channel      string
	Lang         string
}

// Seen keeps who opened a session: the customer whose conversation it is.
func (c Crowd) Seen(ctx context.Context, conversation string, points []meter.Point) error {
	var opened []Opening
	for _, p := range points {
		if p.Name == meter.SessionOpened {
			opened = append(opened, Opening{conversation, p.At, p.Tags.Channel, p.Tags.Lang})
		}
	}
	return c.Keep(ctx, opened)
}

// Keep keeps openings. The same ones are kept once.
func (c Crowd) Keep(ctx context.Context, opened []Opening) error {
	if len(opened) == 0 {
		return nil
	}
	return database.Wrap(c.db.Change(ctx, func(t *group.Tx) error {
		for _, o := range opened {
			if _, err := t.Exec(`INSERT INTO openings (conversation, at, channel, lang) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
				o.Conversation, o.At.UnixMilli(), o.Channel, o.Lang); err != nil {
				return err
			}
		}
		return nil
	}), "openings")
}

// Distinct implements catalogue.Crowd: it counts the customers who opened a session, in a range and per step; each counts once in every part. Parts are whole
// minutes, as those of a meter.
func (c Crowd) Distinct(ctx context.Context, q meter.Question) (s meter.Series, err error) {
	from, to := minutes.Begin(minutes.From(q.From)), minutes.Begin(minutes.From(q.To))
	where := ` FROM openings WHERE at >= $1 AND at < $2 AND ($3 = '' OR channel = $3) AND ($4 = '' OR lang = $4)`
	args := []any{from.UnixMilli(), to.UnixMilli(), q.Where.Channel, q.Where.Lang}
	if err := c.db.One(ctx, `SELECT COUNT(DISTINCT conversation)`+where, args, &s.Count); err != nil {
		return s, database.Wrap(err, "customers")
	}
	s.Total = float64(s.Count)
	if q.Step <= 0 {
		return s, nil
	}
	for at := from; at.Before(to); at = at.Add(q.Step) {
		s.Steps = append(s.Steps, meter.Sample{At: at})
	}
	query := fmt.Sprintf(`SELECT (at - $1) / %d AS step, COUNT(DISTINCT conversation)`, q.Step.Milliseconds()) + where + ` GROUP BY step`
	err = c.db.Rows(ctx, query, args, func(scan func(...any) error) error {
		var step, n int64
		if err := scan(&step, &n); err != nil {
			return err
		}
		s.Steps[step].Value, s.Steps[step].Count = float64(n), n
		return nil
	})
	return s, database.Wrap(err, "customers")
}
