// Package cockpit is the executives' side of the API: every metric over a range, beside the range before, with targets and alarms.
package cockpit

import (
	"cmp"
	"context"
	"math"
	"net/http"
	"slices"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/company"
	"keliu/functions/store/goals"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
)

// Staff tells who works here.
type Staff interface {
	Agents(context.Context) ([]desk.Agent, error)
}

// Teams tells which teams there are.
type Teams interface {
	Teams(context.Context) ([]company.Team, error)
}

// A Room is the side of those who look at the whole. Its fields are set before use.
type Room struct {
	Door     *door.Door
	Meter    meter.Meter
	Shelf    *goals.Shelf
	Teams    Teams
	Staff    Staff
	Channels []string // there are
	Intents  []string // there are
	Now      func() time.Time
}

// Routes are the calls of the room.
func (r *Room) Routes() []wire.Route {
	query := []wire.Param{
		{Name: "from", Meaning: "RFC 3339 or ms; a day ago by default"}, {Name: "to", Meaning: "RFC 3339 or ms; now by default"},
		{Name: "step", Meaning: "seconds, a multiple of 60, or with a unit: 15m, 1h, 1d; 3600 by default"},
		{Name: "channel", Meaning: "one channel"}, {Name: "team", Meaning: "one team, by its ID"}, {Name: "agent", Meaning: "one of the staff"},
		{Name: "intent", Meaning: "one intent"}, {Name: "lang", Meaning: "zh or en"},
		{Name: "compare", Meaning: "previous puts the range before, of the same length, beside each metric"},
	}
	split := wire.Param{Name: "split", Meaning: "channel, intent, team or agent: one line each"}
	read := func(path, summary string, out any, serve door.Call, query ...wire.Param) wire.Route {
		return wire.Route{Method: http.MethodGet, Path: path, Tag: door.Cockpit, Summary: summary, Auth: wire.Staff, Query: query, Out: out, Serve: r.Door.May(door.Cockpit, "read", serve)}
	}
	sheet := read("/api/v1/cockpit.csv", "The metrics as a table, one line a metric", nil, r.sheet, query...)
	sheet.Content = "text/csv; charset=utf-8"
	return []wire.Route{
		read("/api/v1/cockpit", "The metrics", Answer{}, r.figures, query...),
		sheet,
		read("/api/v1/cockpit/targets", "What the metrics should reach, and what raises an alarm", TargetsAnswer{}, r.targets),
		{Method: http.MethodPut, Path: "/api/v1/cockpit/targets", Tag: door.Cockpit, Summary: "Other targets and alarms, in the place of all there are", Auth: wire.Staff,
			In: TargetsAnswer{}, Out: TargetsAnswer{}, Serve: r.Door.May(door.Cockpit, "write", r.saveTargets)},
		read("/api/v1/cockpit/alarms", "When metrics were worse over an hour than their alarms allow, the latest first", AlarmsAnswer{}, r.alarms,
			wire.Param{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}),
		read("/api/v1/cockpit/:key", "One metric, split", DetailAnswer{}, r.detail, append(query, split)...),
	}
}

// An Answer is the metrics over a range.
type Answer struct {
	From     time.Time       `json:"from"`
	To       time.Time       `json:"to"`
	Step     int64           `json:"step"`            // seconds
	Demo     *goals.Stretch  `json:"demo,omitempty"`  // the part of the range whose figures are made up
	Since    *time.Time      `json:"since,omitempty"` // when counting really began, if that is in the range; before it nothing but the demo is known
	Channels []string        `json:"channels"`        // that can be asked for
	Teams    []Choice        `json:"teams"`           // that can be asked for
	Agents   []Choice        `json:"agents"`          // that can be asked for: those of the staff who talk to customers
	Alarms   []goals.Alarm   `json:"alarms"`          // that last now, whatever is asked for
	Metrics  []Figure        `json:"metrics"`
	Gaps     []catalogue.Gap `json:"gaps"` // of the trade's list, what is not measured
}

// A Choice is one of those that can be asked for.
type Choice struct {
	ID   string `json:"id"`
	Name string `json:"name"`
}

// A Figure is a metric worked out, beside what is wanted and what it was.
type Figure struct {
	catalogue.Reading
	Target   *float64 `json:"target,omitempty"` // what is wanted
	Alarm    bool     `json:"alarm"`            // over the range it is worse than its alarm allows
	Previous *Before  `json:"previous,omitempty"`
}

// Before is what a metric was in the range before.
type Before struct {
	Value  *float64 `json:"value"`  // nil when there was nothing to tell it from
	Change *float64 `json:"change"` // (now − before) ÷ |before|; nil when that makes no sense
}

func (r *Room) figures(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	a, err := r.answer(ctx, c)
	if err != nil {
		return err
	}
	return wire.Answer(c, a)
}

// answer works out what is asked for.
func (r *Room) answer(ctx context.Context, c *app.RequestContext) (Answer, error) {
	q, err := r.read(c)
	if err != nil {
		return Answer{}, err
	}
	a := Answer{From: q.from, To: q.to, Step: int64(q.step / time.Second), Channels: r.Channels, Gaps: catalogue.Gaps(wire.Lang(c))}
	if a.Teams, a.Agents, err = r.choices(ctx); err != nil {
		return a, err
	}
	lasting, err := r.Shelf.Lasting(ctx)
	if err != nil {
		return a, err
	}
	a.Alarms = append([]goals.Alarm{}, lasting...)
	if a.Demo, a.Since, err = r.demo(ctx, q); err != nil {
		return a, err
	}
	a.Metrics, err = r.evaluate(ctx, catalogue.Metrics(wire.Lang(c)), q)
	return a, err
}

// choices are the teams, and those of the staff who talk to customers.
func (r *Room) choices(ctx context.Context) (teams, agents []Choice, err error) {
	known, err := r.Teams.Teams(ctx)
	if err != nil {
		return nil, nil, err
	}
	staff, err := r.Staff.Agents(ctx)
	if err != nil {
		return nil, nil, err
	}
	teams, agents = []Choice{}, []Choice{}
	for _, t := range known {
		teams = append(teams, Choice{t.ID, t.Name})
	}
	for _, a := range staff {
		if a.Role == "agent" {
			agents = append(agents, Choice{string(a.ID), cmp.Or(a.Name, string(a.ID))})
		}
	}
	return teams, agents, nil
}

// demo is the part of what is asked for that is made up, and when counting really began; nil for none.
func (r *Room) demo(ctx context.Context, q query) (demo *goals.Stretch, since *time.Time, err error) {
	made, err := r.Shelf.MadeUp(ctx)
	if err != nil || made.To.IsZero() {
		return nil, nil, err
	}
	if began := made.To.Add(goals.Quiet); q.from.Before(began) && began.Before(q.to) {
		since = &began
	}
	if made.From.Before(q.from) {
		made.From = q.from
	}
	if made.To.After(q.to) {
		made.To = q.to
	}
	if made.From.Before(made.To) {
		demo = &made
	}
	return demo, since, nil
}

// evaluate works out metrics, and what they were when that is asked for and known of the whole range before.
func (r *Room) evaluate(ctx context.Context, metrics []catalogue.Metric, q query) ([]Figure, error) {
	values, err := catalogue.Evaluate(ctx, r.Meter, metrics, q.from, q.to, q.step, q.where)
	if err != nil {
		return nil, err
	}
	targets, err := r.Shelf.Targets(ctx)
	if err != nil {
		return nil, err
	}
	made, err := r.Shelf.MadeUp(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]Figure, len(values))
	for i, v := range values {
		t := targets[v.Key]
		v.Series = known(v.Series, q.step, made)
		all[i] = Figure{Reading: v, Target: t.Target, Alarm: v.Value != nil && v.Alarms(*v.Value, t.Alarm)}
	}
	if !q.compare {
		return all, nil
	}
	begin := q.from.Add(-q.to.Sub(q.from))
	before := make([]catalogue.Reading, len(metrics))
	if !begin.Before(made.From) {
		if before, err = catalogue.Evaluate(ctx, r.Meter, metrics, begin, q.from, 0, q.where); err != nil {
			return nil, err
		}
	}
	for i := range all {
		all[i].Previous = &Before{Value: before[i].Value, Change: change(before[i].Value, all[i].Value)}
	}
	return all, nil
}

// known is a series without the steps of which nothing can be known: those before the figures that are made up, and those after them
// until the first start.
func known(series [][2]float64, step time.Duration, made goals.Stretch) [][2]float64 {
	if made.To.IsZero() {
		return series
	}
	return slices.DeleteFunc(series, func(point [2]float64) bool {
		from := time.UnixMilli(int64(point[0]))
		to := from.Add(step)
		return !to.After(made.From) || !from.Before(made.To) && !to.After(made.To.Add(goals.Quiet))
	})
}

// change is how much more there is now than before, as a part of what was before.
func change(before, now *float64) *float64 {
	if before == nil || now == nil || *before == 0 {
		return nil
	}
	c := (*now - *before) / math.Abs(*before)
	return &c
}
