package goals

import (
	"context"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
)

// Watched is over how long metrics are looked at for their alarms.
const Watched = time.Hour

// Watch records which metrics are worse over the last hour than their alarms allow, and which are so no more.
func (s *Shelf) Watch(ctx context.Context, m meter.Meter, now time.Time) error {
	targets, err := s.Targets(ctx)
	if err != nil {
		return err
	}
	var metrics []catalogue.Metric
	for _, metric := range catalogue.Metrics(desk.English) {
		if targets[metric.Key].Alarm != nil {
			metrics = append(metrics, metric)
		}
	}
	readings, err := catalogue.Evaluate(ctx, m, metrics, now.Add(-Watched), now, 0, meter.Tags{})
	if err != nil {
		return err
	}
	var alarms []Alarm
	for _, r := range readings {
		if limit := targets[r.Key].Alarm; r.Value != nil && r.Alarms(*r.Value, limit) {
			alarms = append(alarms, Alarm{Key: r.Key, Value: *r.Value, Limit: *limit, Began: now.UTC()})
		}
	}
	return s.Raise(ctx, alarms, now)
}

// Lasting lists the alarms that have not ended, the latest first.
func (s *Shelf) Lasting(ctx context.Context) ([]Alarm, error) {
	all, err := database.Bodies[Alarm](ctx, s.db, `SELECT body FROM alarms WHERE ended = 0 ORDER BY began DESC, metric`)
	return all, database.Wrap(err, "alarms")
}

// Quiet is how long before a demonstration's first start its made-up figures end, so that what happened in the last day really did.
const Quiet = 24 * time.Hour
