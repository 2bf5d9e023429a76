package upkeep

import (
	"context"
	"time"

	"keliu/functions/store/goals"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
)

// watched is over how long a metric is looked at for an alarm.
const watched = time.Hour

// Alarms records which metrics are worse over the last hour than their alarms allow, and which are so no more.
func (r *Rounds) Alarms(ctx context.Context) error {
	shelf, now := goals.Open(r.Store.DB), r.Now().UTC()
	targets, err := shelf.Targets(ctx)
	if err != nil {
		return err
	}
	var metrics []catalogue.Metric
	for _, m := range catalogue.Metrics(desk.English) {
		if targets[m.Key].Alarm != nil {
			metrics = append(metrics, m)
		}
	}
	values, err := catalogue.Evaluate(ctx, r.Meter, metrics, now.Add(-watched), now, 0, meter.Tags{})
	if err != nil {
		return err
	}
	var alarms []goals.Alarm
	for _, v := range values {
		if limit := targets[v.Key].Alarm; v.Value != nil && v.Alarms(*v.Value, limit) {
			alarms = append(alarms, goals.Alarm{Key: v.Key, Value: *v.Value, Limit: *limit, Began: now})
		}
	}
	return shelf.Raise(ctx, alarms, now)
}
