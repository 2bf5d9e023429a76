package hours

import (
	"errors"
	"testing"
	"time"

	"keliu/streams/desk"
)

var work = []Span{{"09:00", "12:00"}, {"13:30", "18:00"}}

// shop works from Monday to Friday, is closed on National Day and works on the Saturday that makes up for it.
func shop() Hours {
	return Hours{
		Week: [][]Span{work, work, work, work, work, nil, nil},
		Days: []Day{{Date: "2026-10-01", Name: "国庆节"}, {Date: "2026-10-02", Name: "国庆节"}, {Date: "2026-10-10", Name: "调休上班", Spans: work}},
	}
}

func at(t *testing.T, text string) time.Time {
	t.Helper()
	v, err := time.ParseInLocation("2006-01-02 15:04", text, time.FixedZone("", 8*60*60))
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestOpen(t *testing.T) {
	for _, c := range []struct {
		at, next string
		open     bool
	}{
		{"2026-09-30 08:59", "2026-09-30 09:00", false},
		{"2026-09-30 09:00", "2026-09-30 12:00", true},
		{"2026-09-30 12:00", "2026-09-30 13:30", false},
		{"2026-09-30 17:59", "2026-09-30 18:00", true},
		{"2026-09-30 18:00", "2026-10-05 09:00", false}, // over the holiday and the weekend
		{"2026-10-01 10:00", "2026-10-05 09:00", false},
		{"2026-10-10 10:00", "2026-10-10 12:00", true}, // 调休: a Saturday
		{"2026-10-17 10:00", "2026-10-19 09:00", false},
	} {
		open, next := shop().Open(at(t, c.at).UTC())
		if open != c.open || !next.Equal(at(t, c.next)) {
			t.Errorf("%s: open %v until %s, want %v until %s", c.at, open, next, c.open, c.next)
		}
	}
	if open, next := (Hours{}).Open(time.Now()); !open || !next.IsZero() {
		t.Error("a team without hours is not always there")
	}
	holiday := Hours{Days: []Day{{Date: "2026-10-01"}}}
	if open, next := holiday.Open(at(t, "2026-10-01 10:00")); open || !next.Equal(at(t, "2026-10-02 00:00")) {
		t.Errorf("a holiday of a team that is always there: %v until %s", open, next)
	}
	night := Hours{Week: [][]Span{{{"00:00", "24:00"}}, {{"00:00", "06:00"}}, nil, nil, nil, nil, nil}}
	if open, next := night.Open(at(t, "2026-09-28 23:00")); !open || !next.Equal(at(t, "2026-09-29 06:00")) {
		t.Errorf("over midnight: %v until %s", open, next)
	}
}

// A team keeps the company's week and holidays, but for what it says of its own.
func TestWithin(t *testing.T) {
	late := []Span{{"13:00", "22:00"}}
	for name, c := range map[string]struct {
		team     Hours
		at, next string
		open     bool
	}{
		"the company's week":        {Hours{}, "2026-09-30 08:00", "2026-09-30 09:00", false},
		"the company's holiday":     {Hours{Week: [][]Span{late, late, late, late, late, late, late}}, "2026-10-01 14:00", "2026-10-03 13:00", false},
		"a week of its own":         {Hours{Week: [][]Span{late, late, late, late, late, late, late}}, "2026-09-30 19:00", "2026-09-30 22:00", true},
		"at work on the holiday":    {Hours{Days: []Day{{Date: "2026-10-01", Spans: late}}}, "2026-10-01 14:00", "2026-10-01 22:00", true},
		"a holiday of its own":      {Hours{Days: []Day{{Date: "2026-09-30"}}}, "2026-09-30 10:00", "2026-10-05 09:00", false},
		"only on a day of its own":  {Hours{Week: make([][]Span, 7), Days: []Day{{Date: "2026-09-29", Spans: late}}}, "2026-09-30 10:00", "2026-10-10 09:00", false},
		"the days that make up too": {Hours{}, "2026-10-10 11:00", "2026-10-10 12:00", true},
	} {
		open, next := c.team.Within(shop()).Open(at(t, c.at))
		if open != c.open || !next.Equal(at(t, c.next)) {
			t.Errorf("%s: open %v until %s", name, open, next)
		}
	}
	if len(shop().Within(shop()).Days) != len(shop().Days) {
		t.Error("a day is there twice")
	}
}

func TestValidate(t *testing.T) {
	if err := shop().Validate(); err != nil {
		t.Error(err)
	}
	for name, h := range map[string]Hours{
		"no time":      {Week: [][]Span{{{"9", "18:00"}}}},
		"too late":     {Week: [][]Span{{{"09:00", "24:01"}}}},
		"backwards":    {Week: [][]Span{{{"18:00", "09:00"}}}},
		"empty":        {Week: [][]Span{{{"09:00", "09:00"}}}},
		"overlap":      {Week: [][]Span{{{"09:00", "12:00"}, {"11:00", "18:00"}}}},
		"short week":   {Week: [][]Span{work}},
		"no date":      {Days: []Day{{Date: "2026-02-30"}}},
		"twice":        {Days: []Day{{Date: "2026-10-01"}, {Date: "2026-10-01"}}},
		"unknown zone": {Zone: "Moon/Base"},
	} {
		if err := h.Validate(); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// FuzzOpen checks that what is said to come next is in the future and does change it.
func FuzzOpen(f *testing.F) {
	f.Add("09:00", "18:00", "2026-10-01", int64(1790000000))
	f.Add("00:00", "24:00", "", int64(0))
	f.Fuzz(func(t *testing.T, from, to, date string, seconds int64) {
		h := Hours{Week: [][]Span{{{from, to}}, {{from, to}}, nil, nil, nil, nil, {{from, to}}}, Days: []Day{{Date: date}}}
		if h.Validate() != nil {
			return
		}
		now := time.Unix(seconds%4e9, 0)
		open, next := h.Open(now)
		if next.IsZero() {
			return
		}
		if after, _ := h.Open(next); !next.After(now) || after == open {
			t.Errorf("%v at %s, %v at %s", open, now, after, next)
		}
	})
}
