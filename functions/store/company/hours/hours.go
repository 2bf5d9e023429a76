// Package hours says when a team works: a week, and the days that are different, holidays (节假日) and the workdays that make
// up for them (调休).
package hours

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"keliu/streams/desk"
)

// A Span is open from one minute of a day to another, "09:00" to "18:00"; "24:00" is the day's end.
type Span struct {
	From string `json:"from"`
	To   string `json:"to"`
}

// A Day is different from its weekday. Without spans it is a holiday.
type Day struct {
	Date  string `json:"date"` // 2026-10-01
	Name  string `json:"name,omitempty"`
	Spans []Span `json:"spans"`
}

// Hours are a team's, or those of the company. The zero value is always open.
type Hours struct {
	Zone string   `json:"zone,omitempty"` // Asia/Shanghai when empty
	Week [][]Span `json:"week"`           // seven days, Monday first; none is always open but for Days
	Days []Day    `json:"days,omitempty"`
}

const (
	dateForm  = "2006-01-02"
	farAhead  = 400 // days that Open looks ahead
	mostSpans = 6
	mostDays  = 400
)

// Within returns a team's hours in a company: the company's week where the team has none of its own, and the company's days but for
// those of which the team says something else.
func (h Hours) Within(company Hours) Hours {
	if len(h.Week) == 0 || h.always() {
		h.Week = company.Week
	}
	if h.Zone == "" {
		h.Zone = company.Zone
	}
	h.Days = slices.Clone(h.Days)
	for _, d := range company.Days {
		if !slices.ContainsFunc(h.Days, func(own Day) bool { return own.Date == d.Date }) {
			h.Days = append(h.Days, d)
		}
	}
	return h
}

// Validate refuses hours that cannot be meant: spans that end before they begin or overlap, days that are none or come twice, or
// are too many.
func (h Hours) Validate() error {
	if len(h.Days) > mostDays {
		return desk.Refuse(desk.ErrInvalid, "hours_days", mostDays)
	}
	return h.sound()
}

// sound is Validate for however many days.
func (h Hours) sound() error {
	if _, err := h.zone(); err != nil {
		return desk.Refuse(desk.ErrInvalid, "hours_zone", h.Zone)
	}
	for _, spans := range h.Week {
		if err := validate(spans); err != nil {
			return err
		}
	}
	if len(h.Week) != 0 && len(h.Week) != 7 {
		return desk.Refuse(desk.ErrInvalid, "hours_week")
	}
	seen := map[string]bool{}
	for _, d := range h.Days {
		if _, err := time.Parse(dateForm, d.Date); err != nil || seen[d.Date] {
			return desk.Refuse(desk.ErrInvalid, "hours_date", d.Date)
		}
		seen[d.Date] = true
		if err := validate(d.Spans); err != nil {
			return err
		}
	}
	return nil
}

func validate(spans []Span) error {
	if len(spans) > mostSpans {
		return desk.Refuse(desk.ErrInvalid, "hours_spans", mostSpans)
	}
	last := -1
	for _, s := range spans {
		from, err := minute(s.From)
		if err != nil {
			return desk.Refuse(desk.ErrInvalid, "hours_time", s.From)
		}
		to, err := minute(s.To)
		if err != nil {
			return desk.Refuse(desk.ErrInvalid, "hours_time", s.To)
		}
		if from < last || to <= from {
			return desk.Refuse(desk.ErrInvalid, "hours_order", s.From, s.To)
		}
		last = to
	}
	return nil
}

// minute reads "HH:MM" as the minute of a day, 0 to 1440.
func minute(text string) (int, error) {
	if text == "24:00" {
		return 24 * 60, nil
	}
	t, err := time.Parse("15:04", text)
	if err != nil || len(text) != len("15:04") {
		return 0, fmt.Errorf("time %q: %w", text, desk.ErrInvalid)
	}
	return t.Hour()*60 + t.Minute(), nil
}

func (h Hours) zone() (*time.Location, error) {
	if h.Zone == "" || h.Zone == "Asia/Shanghai" {
		return time.FixedZone("Asia/Shanghai", 8*60*60), nil // as it has been since 1991, wherever there are no zone files
	}
	return time.LoadLocation(h.Zone)
}

// Open reports whether the team works at a time, and when that changes next; zero when it does not within a year.
// Hours that are not valid are open.
func (h Hours) Open(at time.Time) (open bool, next time.Time) {
	zone, err := h.zone()
	if err != nil || h.sound() != nil || h.always() {
		return true, time.Time{}
	}
	at = at.In(zone)
	for i := range farAhead {
		day := time.Date(at.Year(), at.Month(), at.Day()+i, 0, 0, 0, 0, zone)
		for _, s := range h.of(day) {
			from, to := clock(day, s.From), clock(day, s.To)
			switch {
			case open && from.After(next): // a break in between
				return true, next
			case open:
				next = to
			case at.Before(from):
				return false, from
			case at.Before(to):
				open, next = true, to
			}
		}
		if open && next.Before(day.AddDate(0, 0, 1)) {
			return true, next
		}
	}
	return open, time.Time{}
}

func (h Hours) always() bool {
	return len(h.Days) == 0 && !slices.ContainsFunc(h.Week, func(spans []Span) bool { return len(spans) > 0 })
}

// of are the spans of a day.
func (h Hours) of(day time.Time) []Span {
	date := day.Format(dateForm)
	if i := slices.IndexFunc(h.Days, func(d Day) bool { return d.Date == date }); i >= 0 {
		return h.Days[i].Spans
	}
	if len(h.Week) == 0 {
		return []Span{{"00:00", "24:00"}}
	}
	return h.Week[(int(day.Weekday())+6)%7]
}

// clock is a valid time of a day, by the clock on the wall.
func clock(day time.Time, text string) time.Time {
	m, _ := minute(text) // Validate has read it
	return time.Date(day.Year(), day.Month(), day.Day(), 0, m, 0, 0, day.Location())
}

// String writes the hours in a line, for the trail.
func (h Hours) String() string {
	var b strings.Builder
	for i, spans := range h.Week {
		fmt.Fprintf(&b, "%d:%v ", i+1, spans)
	}
	for _, d := range h.Days {
		fmt.Fprintf(&b, "%s:%v ", d.Date, d.Spans)
	}
	return strings.TrimSpace(b.String())
}
