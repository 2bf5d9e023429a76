package staff

import (
	"context"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
)

// A CockpitAnswer is the metrics over a range.
type CockpitAnswer struct {
	From    time.Time         `json:"from"`
	To      time.Time         `json:"to"`
	Step    int64             `json:"step"` // seconds
	Metrics []catalogue.Value `json:"metrics"`
}

// maxSteps is how many points a line of the cockpit has at most.
const maxSteps = 2000

func (s *Side) cockpit(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	to, err := door.Time(c, "to", s.Now().UTC())
	if err != nil {
		return err
	}
	from, err := door.Time(c, "from", to.Add(-24*time.Hour))
	if err != nil {
		return err
	}
	seconds, err := wire.Number(c, "step", 3600, 60, 90*86400)
	if err != nil {
		return err
	}
	step := time.Duration(seconds) * time.Second
	switch {
	case seconds%60 != 0:
		return desk.Refuse(desk.ErrInvalid, "step_minutes")
	case !from.Before(to) || to.Sub(from)/step > maxSteps:
		return desk.Refuse(desk.ErrInvalid, "range", maxSteps)
	}
	values, err := catalogue.Evaluate(ctx, s.Meter, catalogue.Metrics(wire.Lang(c)), from, to, step, meter.Tags{
		Channel: c.Query("channel"), Intent: c.Query("intent"), Agent: c.Query("agent"), Lang: c.Query("lang"),
	})
	if err != nil {
		return err
	}
	return wire.Answer(c, CockpitAnswer{From: from, To: to, Step: seconds, Metrics: values})
}
