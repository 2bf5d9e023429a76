package meter

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter/cells"
	"keliu/streams/meter/minutes"
)

// A resolution is a table of cells.
type resolution string

const (
	minute resolution = "minutes"
	hour   resolution = "hours"
)

// maxSteps bounds the answer to one question: three years by the hour.
const maxSteps = 3 * 366 * 24

// Ask implements Meter.
func (e *Embedded) Ask(ctx context.Context, q Question) (Series, error) {
	a, err := NewAnswer(q)
	if err != nil {
		return Series{}, err
	}
	e.mu.RLock()
	since, late := e.since, e.late
	matching := make([]*series, 0, len(e.named[q.Name]))
	for _, s := range e.named[q.Name] {
		if !s.tags.match(q.Where) {
			continue
		}
		matching = append(matching, s)
		i, _ := slices.BinarySearchFunc(s.recent, a.From, func(d dated, at int64) int { return int(d.minute - at) })
		for ; i < len(s.recent) && s.recent[i].minute < a.To; i++ {
			a.Add(s.recent[i].minute, &s.recent[i].Cell)
		}
	}
	e.mu.RUnlock()
	if a.From >= since || len(matching) == 0 {
		return a.Series(q), nil
	}
	if late {
		if err := e.foldNow(ctx); err != nil {
			return Series{}, unavailable(err)
		}
	}
	for _, part := range a.parts(min(a.To, since), minutes.Of(e.options.Now().Add(-e.options.Minutes))) {
		for _, s := range matching {
			scale := int64(1)
			if part.resolution == hour {
				scale = 60
			}
			err := e.stored(ctx, s, part.resolution, part.from/scale, part.to/scale, func(at int64, c cells.Cell) { a.Add(at*scale, &c) })
			if err != nil {
				return Series{}, unavailable(err)
			}
		}
	}
	return a.Series(q), nil
}

func (e *Embedded) foldNow(ctx context.Context) error {
	done := make(chan error, 1)
	select {
	case e.folding <- done:
		return <-done
	case <-e.closed:
		return errClosed
	case <-ctx.Done():
		return ctx.Err()
	}
}

// stored visits the cells of a series in [from, to), which count in the unit of the resolution.
func (e *Embedded) stored(ctx context.Context, s *series, r resolution, from, to int64, visit func(at int64, c cells.Cell)) error {
	query := `SELECT at, cell FROM ` + string(r) + ` WHERE series = ? AND at >= ? AND at < ? ORDER BY at`
	return each(ctx, e.read, query, []any{s.id, from, to}, func(rows *sql.Rows) error {
		var at int64
		var b sql.RawBytes
		if err := rows.Scan(&at, &b); err != nil {
			return err
		}
		c, err := cells.Read(b)
		if err == nil {
			visit(at, c)
		}
		return err
	})
}

// match reports whether t has every tag that where names.
func (t Tags) match(where Tags) bool {
	agree := func(tag, want string) bool { return want == "" || tag == want }
	return agree(t.Channel, where.Channel) && agree(t.Intent, where.Intent) && agree(t.Agent, where.Agent) &&
		agree(t.Team, where.Team) && agree(t.Model, where.Model) && agree(t.Lang, where.Lang) && agree(t.Reason, where.Reason)
}

// An Answer gathers cells, for a Meter to answer a question with. Its times are minutes since 1970.
type Answer struct {
	From, To, Step int64 // Step 0: the whole alone
	bins           bool
	whole          cells.Tally
	steps          []cells.Tally
}

// NewAnswer begins the answer of a question, or says why there is none: desk.ErrInvalid.
func NewAnswer(q Question) (*Answer, error) {
	_, quantile := quantiles[q.Statistic]
	known := quantile || slices.Contains([]Statistic{Sum, Count, Mean, Last, Max}, q.Statistic)
	if !known || q.Step < 0 || q.Step%time.Minute != 0 {
		return nil, fmt.Errorf("meter: %s of %s by %s: %w", q.Statistic, q.Name, q.Step, desk.ErrInvalid)
	}
	a := &Answer{From: minutes.From(q.From), To: minutes.From(q.To), Step: int64(q.Step / time.Minute), bins: quantile}
	if a.Step > 0 && a.To > a.From {
		n := (a.To - a.From + a.Step - 1) / a.Step
		if n > maxSteps {
			return nil, fmt.Errorf("meter: %d steps, at most %d: %w", n, maxSteps, desk.ErrInvalid)
		}
		a.steps = make([]cells.Tally, n)
	}
	return a, nil
}

// Add adds a cell of a minute in [From, To).
func (a *Answer) Add(at int64, c *cells.Cell) {
	if a.Step > 0 {
		a.steps[(at-a.From)/a.Step].Add(c, a.bins)
	} else {
		a.whole.Add(c, a.bins)
	}
}

// A part is a stretch of the past that one table answers, in minutes.
type part struct {
	resolution resolution
	from, to   int64
}

// parts divides what is stored before end between the tables. Whole hours are read from hours where every hour lies
// within one step, and where the minutes have gone.
func (a *Answer) parts(end, kept int64) []part {
	first, last := minutes.HourFrom(a.From), 60*minutes.Hour(end) // whole hours within
	if a.Step%60 != 0 || a.Step > 0 && a.From%60 != 0 {
		last = min(last, minutes.HourFrom(kept))
	}
	if last <= first {
		return []part{{minute, a.From, end}}
	}
	return []part{{minute, a.From, first}, {hour, first, last}, {minute, last, end}}
}

// Series is what the cells say to the question. It is asked for once, when all are there.
func (a *Answer) Series(q Question) Series {
	out := Series{Steps: make([]Sample, len(a.steps))}
	for i := range a.steps {
		c := &a.steps[i]
		a.whole.Include(c)
		out.Steps[i] = Sample{At: time.Unix(60*(a.From+int64(i)*a.Step), 0).UTC(), Value: value(c, q.Statistic), Count: int64(c.Count)}
	}
	out.Total, out.Count = value(&a.whole, q.Statistic), int64(a.whole.Count)
	return out
}

// value is a statistic of c, 0 when it has no point.
func value(c *cells.Tally, s Statistic) float64 {
	if c.Count == 0 {
		return 0
	}
	switch s {
	case Sum:
		return c.Sum
	case Count:
		return float64(c.Count)
	case Mean:
		return c.Sum / float64(c.Count)
	case Last:
		return c.Last
	case Max:
		return c.Max
	}
	return c.Quantile(quantiles[s])
}

var quantiles = map[Statistic]float64{P50: 0.5, P90: 0.9, P95: 0.95, P99: 0.99}
