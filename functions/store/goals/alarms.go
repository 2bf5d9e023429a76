package goals

import (
	"context"
	"encoding/json"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
)

// An Alarm is a time during which a metric was worse than its limit.
type Alarm struct {
	Key   string    `json:"key"`   // the metric's
	Value float64   `json:"value"` // when it began
	Limit float64   `json:"limit"`
	Began time.Time `json:"began"`
	Ended time.Time `json:"ended,omitzero"` // left out while it lasts
}

// Alarms lists the alarms, the latest first.
func (s *Shelf) Alarms(ctx context.Context, limit int) (all []Alarm, err error) {
	err = s.db.Rows(ctx, `SELECT body, ended FROM alarms ORDER BY began DESC, metric LIMIT $1`, []any{limit}, func(scan func(...any) error) error {
		var body []byte
		var ended int64
		if err := scan(&body, &ended); err != nil {
			return err
		}
		var a Alarm
		if ended > 0 {
			a.Ended = time.UnixMilli(ended).UTC()
		}
		err := json.Unmarshal(body, &a)
		all = append(all, a)
		return err
	})
	return all, database.Wrap(err, "alarms")
}

// Raise records which alarms there are at a time: those that have begun, and the end of all that there are no more.
func (s *Shelf) Raise(ctx context.Context, alarms []Alarm, at time.Time) error {
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock("alarms"); err != nil {
			return err
		}
		// What lasts is marked as ended now, and what still holds is marked as lasting again.
		if _, err := t.Exec(`UPDATE alarms SET ended = $1 WHERE ended = 0`, at.UnixMilli()); err != nil {
			return err
		}
		for _, a := range alarms {
			lasts, err := t.Exec(`UPDATE alarms SET ended = 0 WHERE metric = $1 AND ended = $2`, a.Key, at.UnixMilli())
			if err != nil {
				return err
			}
			if lasts > 0 {
				continue
			}
			body, err := json.Marshal(a)
			if err != nil {
				return err
			}
			if _, err := t.Exec(`INSERT INTO alarms (metric, began, body) VALUES ($1, $2, $3) ON CONFLICT (metric, began) DO NOTHING`,
				a.Key, a.Began.UnixMilli(), string(body)); err != nil {
				return err
			}
		}
		return nil
	}), "alarms")
}
