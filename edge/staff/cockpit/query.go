package cockpit

import (
	"strconv"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// maxSteps is how many points a line of the cockpit has at most.
const maxSteps = 2000

// A query is what is asked for.
type query struct {
	from, to time.Time
	step     time.Duration
	where    meter.Tags
	compare  bool // with the range before
}

// The steps there are, in seconds.
const (
	usualStep = 3600
	leastStep = 60
	mostStep  = 90 * 86400
)

// stepOf reads a step in seconds, or with its unit: 900, 15m, 1h, 1d.
func stepOf(text string) (int64, error) {
	if text == "" {
		return usualStep, nil
	}
	digits, unit := text, int64(1)
	if n := len(text) - 1; text[n] > '9' {
		digits, unit = text[:n], map[byte]int64{'s': 1, 'm': 60, 'h': 3600, 'd': 86400}[text[n]]
	}
	n, err := strconv.ParseInt(digits, 10, 32)
	if err != nil || n*unit < leastStep || n*unit > mostStep {
		return 0, desk.Refuse(desk.ErrInvalid, "parameter", "step", leastStep, mostStep)
	}
	return n * unit, nil
}

// read reads a query from the address.
func (r *Room) read(c *app.RequestContext) (q query, err error) {
	if q.to, err = door.Time(c, "to", r.Now().UTC()); err != nil {
		return q, err
	}
	if q.from, err = door.Time(c, "from", q.to.Add(-24*time.Hour)); err != nil {
		return q, err
	}
	seconds, err := stepOf(c.Query("step"))
	if err != nil {
		return q, err
	}
	q.step = time.Duration(seconds) * time.Second
	switch q.compare = c.Query("compare") == "previous"; {
	case seconds%60 != 0:
		return q, desk.Refuse(desk.ErrInvalid, "step_minutes")
	case !q.from.Before(q.to) || q.to.Sub(q.from)/q.step > maxSteps:
		return q, desk.Refuse(desk.ErrInvalid, "range", maxSteps)
	case !q.compare && c.Query("compare") != "":
		return q, desk.Refuse(desk.ErrInvalid, "choice", "compare", "previous")
	}
	q.where = meter.Tags{Channel: c.Query("channel"), Team: c.Query("team"), Intent: c.Query("intent"), Agent: c.Query("agent"), Lang: c.Query("lang")}
	return q, nil
}
