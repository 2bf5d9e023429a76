package cockpit

import (
	"cmp"
	"context"
	"slices"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
)

// A DetailAnswer is one metric, and a line for each part that has any.
type DetailAnswer struct {
	Metric Figure `json:"metric"`
	Parts  []Part `json:"parts"` // the largest first; empty when no split is asked for
}

// A Part is the metric of one channel, intent, team or person.
type Part struct {
	Key    string       `json:"key"`  // the channel, the intent, or the ID of a team or of one of the staff
	Name   string       `json:"name"` // the team's or the person's; otherwise the key
	Value  *float64     `json:"value"`
	Series [][2]float64 `json:"series"` // ms since 1970 and value
}

func (r *Room) detail(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	m, known := metric(wire.Lang(c), c.Param("key"))
	if !known {
		return desk.Refuse(desk.ErrNotFound, "metric_unknown", c.Param("key"))
	}
	q, err := r.read(c)
	if err != nil {
		return err
	}
	whole, err := r.evaluate(ctx, []catalogue.Metric{m}, q)
	if err != nil {
		return err
	}
	out := DetailAnswer{Metric: whole[0], Parts: []Part{}}
	parts, err := r.parts(ctx, c.Query("split"), q.where)
	if err != nil {
		return err
	}
	for _, p := range parts {
		part := q
		part.where, part.compare = p.where, false
		values, err := r.evaluate(ctx, []catalogue.Metric{m}, part)
		if err != nil {
			return err
		}
		if v := values[0]; v.Value != nil && (*v.Value != 0 || m.Unit != "count") {
			out.Parts = append(out.Parts, Part{Key: p.key, Name: p.name, Value: v.Value, Series: v.Series})
		}
	}
	slices.SortStableFunc(out.Parts, func(a, b Part) int { return cmp.Compare(*b.Value, *a.Value) })
	return wire.Answer(c, out)
}

// A cut is a part of what is asked for.
type cut struct {
	key, name string
	where     meter.Tags
}

// parts are those of a split, within where.
func (r *Room) parts(ctx context.Context, split string, where meter.Tags) (cuts []cut, err error) {
	switch split {
	case "":
	case "channel":
		cuts = within(where.Channel, r.Channels, func(key string) meter.Tags { w := where; w.Channel = key; return w })
	case "intent":
		cuts = within(where.Intent, r.Intents, func(key string) meter.Tags { w := where; w.Intent = key; return w })
	case "team", "agent":
		teams, agents, err := r.choices(ctx)
		if err != nil {
			return nil, err
		}
		if split == "team" {
			return among(where.Team, teams, func(id string) meter.Tags { w := where; w.Team = id; return w }), nil
		}
		return among(where.Agent, agents, func(id string) meter.Tags { w := where; w.Agent = id; return w }), nil
	default:
		return nil, desk.Refuse(desk.ErrInvalid, "choice", "split", "channel, intent, team, agent")
	}
	return cuts, nil
}

// within are the cuts of keys, or of the only one that is asked for.
func within(only string, keys []string, where func(string) meter.Tags) (cuts []cut) {
	for _, key := range keys {
		if only == "" || only == key {
			cuts = append(cuts, cut{key, key, where(key)})
		}
	}
	return cuts
}

// among is within for those who have names.
func among(only string, choices []Choice, where func(string) meter.Tags) (cuts []cut) {
	for _, c := range choices {
		if only == "" || only == c.ID {
			cuts = append(cuts, cut{c.ID, c.Name, where(c.ID)})
		}
	}
	return cuts
}
