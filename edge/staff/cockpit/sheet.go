package cockpit

import (
	"bytes"
	"context"
	"encoding/csv"
	"net/http"
	"strconv"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/streams/desk"
	"keliu/streams/meter/minutes"
)

// byteOrderMark tells spreadsheets that what follows is UTF-8.
const byteOrderMark = "\ufeff"

// sheet answers with the metrics as CSV: one line a metric, its value as a whole and then step by step.
func (r *Room) sheet(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	a, err := r.answer(ctx, c)
	if err != nil {
		return err
	}
	table, err := rows(a)
	if err != nil {
		return err
	}
	c.Header("Content-Disposition", `attachment; filename="cockpit.csv"`)
	c.Data(http.StatusOK, "text/csv; charset=utf-8", table)
	return nil
}

// rows writes an answer as CSV.
func rows(a Answer) ([]byte, error) {
	b := bytes.NewBufferString(byteOrderMark)
	w := csv.NewWriter(b)
	head := []string{"key", "row", "name", "unit", "value", "previous", "change", "target", "alarm", "definition", "query"}
	var times []int64
	for at := minutes.Begin(minutes.From(a.From)); at.Before(a.To); at = at.Add(time.Duration(a.Step) * time.Second) {
		times, head = append(times, at.UnixMilli()), append(head, at.Format(time.RFC3339))
	}
	if err := w.Write(head); err != nil {
		return nil, err
	}
	for _, f := range a.Metrics {
		var before Before
		if f.Previous != nil {
			before = *f.Previous
		}
		line := []string{
			f.Key, strconv.Itoa(f.Row), f.Name, f.Unit, number(f.Value), number(before.Value), number(before.Change),
			number(f.Target), strconv.FormatBool(f.Alarm), f.Definition, f.Query,
		}
		at := make(map[int64]float64, len(f.Series))
		for _, point := range f.Series {
			at[int64(point[0])] = point[1]
		}
		for _, ms := range times {
			cell := ""
			if v, ok := at[ms]; ok {
				cell = number(&v)
			}
			line = append(line, cell)
		}
		if err := w.Write(line); err != nil {
			return nil, err
		}
	}
	w.Flush()
	return b.Bytes(), w.Error()
}

// number writes a value in full; nil is empty.
func number(v *float64) string {
	if v == nil {
		return ""
	}
	return strconv.FormatFloat(*v, 'f', -1, 64)
}
