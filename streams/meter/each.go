package meter

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"math"
	"time"

	"keliu/streams/meter/cells"
	"keliu/streams/meter/minutes"
)

// A Total sums up the points of one name with the same tags in a stretch of time.
type Total struct {
	Name          string
	Tags          Tags
	From          time.Time
	Span          time.Duration // a minute, or an hour where the minutes have gone
	Count         int64
	Sum, Min, Max float64
}

// Each hands everything that is kept to visit: first the hours of which not every minute is kept any more, then the
// minutes after them. Every point is in one total.
func (e *Embedded) Each(ctx context.Context, visit func(Total) error) error {
	if err := e.foldNow(ctx); err != nil {
		return unavailable(err)
	}
	// As in Answer.parts: the first hour whose minutes have all been kept.
	kept := -minutes.Floor(-minutes.Of(e.options.Now().Add(-e.options.Minutes)), 60)
	if err := e.eachOf(ctx, hour, time.Hour, math.MinInt64, kept, visit); err != nil {
		return err
	}
	return e.eachOf(ctx, minute, time.Minute, 60*kept, math.MaxInt64, visit)
}

// eachOf visits the cells of a resolution in [from, to), which count in spans.
func (e *Embedded) eachOf(ctx context.Context, r resolution, span time.Duration, from, to int64, visit func(Total) error) error {
	query := `SELECT name, tags, at, cell FROM ` + string(r) + ` AS cells CROSS JOIN series ON series.id = cells.series
		WHERE at >= ? AND at < ? ORDER BY cells.series, at`
	err := each(ctx, e.read, query, []any{from, to}, func(rows *sql.Rows) error {
		t := Total{Span: span}
		var tags, cell sql.RawBytes
		var at int64
		if err := rows.Scan(&t.Name, &tags, &at, &cell); err != nil {
			return err
		}
		if err := json.Unmarshal(tags, &t.Tags); err != nil {
			return err
		}
		c, err := cells.Read(cell)
		if err != nil {
			return err
		}
		t.From, t.Count, t.Sum, t.Min, t.Max = time.Unix(at*int64(span/time.Second), 0).UTC(), int64(c.Count), c.Sum, c.Min, c.Max
		return visit(t)
	})
	if err != nil {
		return fmt.Errorf("meter: every %s: %w", span, err)
	}
	return nil
}
