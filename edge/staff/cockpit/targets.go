package cockpit

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/goals"
	"keliu/streams/desk"
	"keliu/streams/meter/catalogue"
)

// maxTargets is how large the body of targets may be, in bytes.
const maxTargets = 64 << 10

// A TargetsAnswer is the targets, by the metric's key. Metrics without one are left out.
type TargetsAnswer struct {
	Targets []goals.Target `json:"targets"`
}

func (r *Room) targets(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Shelf.Targets(ctx)
	if err != nil {
		return err
	}
	out := TargetsAnswer{Targets: []goals.Target{}}
	for _, t := range all {
		out.Targets = append(out.Targets, t)
	}
	slices.SortFunc(out.Targets, func(a, b goals.Target) int { return strings.Compare(a.Key, b.Key) })
	return wire.Answer(c, out)
}

func (r *Room) saveTargets(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in TargetsAnswer
	if err := wire.Bind(c, maxTargets, &in); err != nil {
		return err
	}
	if err := check(in.Targets); err != nil {
		return err
	}
	if err := r.Shelf.SaveTargets(ctx, in.Targets); err != nil {
		return err
	}
	if err := r.Shelf.Watch(ctx, r.Meter, r.Now()); err != nil {
		return err
	}
	details := map[string]string{}
	for _, t := range in.Targets {
		details[t.Key] = "target " + number(t.Target) + ", alarm " + number(t.Alarm)
	}
	if err := r.Door.Record(ctx, who, "targets_set", "cockpit", "", details); err != nil {
		return err
	}
	return r.targets(ctx, c, who)
}

// check refuses targets of metrics that are not there, twice of the same, or that are no numbers.
func check(targets []goals.Target) error {
	seen := map[string]bool{}
	for _, t := range targets {
		if _, known := metric(desk.English, t.Key); !known || seen[t.Key] {
			return desk.Refuse(desk.ErrInvalid, "metric_unknown", t.Key)
		}
		seen[t.Key] = true
		for _, v := range []*float64{t.Target, t.Alarm} {
			if v != nil && (math.IsNaN(*v) || math.IsInf(*v, 0) || *v < 0) {
				return desk.Refuse(desk.ErrInvalid, "target_number", t.Key)
			}
		}
	}
	return nil
}

// An AlarmsAnswer is the alarms that there were, the latest first; those that last have no end.
type AlarmsAnswer struct {
	Alarms []goals.Alarm `json:"alarms"`
}

func (r *Room) alarms(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	all, err := r.Shelf.Alarms(ctx, limit)
	if err != nil {
		return err
	}
	return wire.Answer(c, AlarmsAnswer{Alarms: append([]goals.Alarm{}, all...)})
}

// metric finds a metric by its key.
func metric(lang desk.Lang, key string) (catalogue.Metric, bool) {
	all := catalogue.Metrics(lang)
	i := slices.IndexFunc(all, func(m catalogue.Metric) bool { return m.Key == key })
	if i < 0 {
		return catalogue.Metric{}, false
	}
	return all[i], true
}
