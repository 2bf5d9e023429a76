package when

import "time"

// A grain is how exactly a value is said.
type grain int

const (
	year grain = iota
	month
	day
	part   // of a day: 下午
	minute // a time of day
)

// layouts are how the grains are written.
var layouts = map[grain]string{year: "2006", month: "2006-01", day: "2006-01-02", part: "2006-01-02T15:04", minute: "2006-01-02T15:04"}

// A value is a stretch of time; a time of day is one without length. What is said with 前 or 后 lies before or after it.
type value struct {
	from, to time.Time // to is not in it
	grain    grain
	side     int // -1 for what lies before, 1 for what lies after
}

func span(from, to time.Time, g grain) value { return value{from: from, to: to, grain: g} }

// days are n days from one on.
func days(from time.Time, n int) value { return span(from, from.AddDate(0, 0, n), day) }

// months are n months from the one of a day on.
func months(from time.Time, n int) value {
	first := time.Date(from.Year(), from.Month(), 1, 0, 0, 0, 0, from.Location())
	return span(first, first.AddDate(0, n, 0), month)
}

// years are n years from one on.
func years(from, n int, loc *time.Location) value {
	first := time.Date(from, 1, 1, 0, 0, 0, 0, loc)
	return span(first, first.AddDate(n, 0, 0), year)
}

// moment is a time of day.
func moment(t time.Time) value { return span(t, t, minute) }

func midnight(t time.Time) time.Time {
	return time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, t.Location())
}

// last is the last year, month or day in the value; of parts of a day, and of times, the end.
func (v value) last() time.Time {
	switch v.grain {
	case year:
		return v.to.AddDate(-1, 0, 0)
	case month:
		return v.to.AddDate(0, -1, 0)
	case day:
		return v.to.AddDate(0, 0, -1)
	}
	return v.to
}

// normal is the value after ISO 8601.
func (v value) normal() string {
	from, to := v.from.Format(layouts[v.grain]), v.last().Format(layouts[v.grain])
	switch {
	case v.side < 0:
		return "../" + from
	case v.side > 0:
		return to + "/.."
	case from == to:
		return from
	}
	return from + "/" + to
}
