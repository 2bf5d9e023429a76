package worktime_test

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions/catalog/worktime"
	"keliu/functions/store/company/hours"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// monday is one, at midnight in Beijing.
var monday = time.Date(2026, 11, 22, 16, 0, 0, 0, time.UTC)

func at(d, h, m int) time.Time {
	return monday.Add(time.Duration(d*24+h)*time.Hour + time.Duration(m)*time.Minute)
}

// days are hours from one clock time to another on weekdays.
func days(from, to string) hours.Hours {
	work := []hours.Span{{From: from, To: to}}
	return hours.Hours{Week: [][]hours.Span{work, work, work, work, work, nil, nil}}
}

func TestWorked(t *testing.T) {
	early := days("09:00", "18:00")
	holiday := early
	holiday.Days = []hours.Day{{Date: "2026-11-24"}}
	for name, c := range map[string]struct {
		hours    hours.Hours
		from, to time.Time
		want     time.Duration
	}{
		"within":           {early, at(0, 10, 0), at(0, 10, 30), 30 * time.Minute},
		"before they open": {early, at(0, 7, 0), at(0, 9, 10), 10 * time.Minute},
		"at night":         {early, at(0, 20, 0), at(0, 23, 0), 0},
		"over a night":     {early, at(0, 17, 0), at(1, 10, 0), 2 * time.Hour},
		"over a weekend":   {early, at(4, 17, 0), at(7, 9, 30), 90 * time.Minute},
		"over a holiday":   {holiday, at(0, 17, 0), at(2, 10, 0), 2 * time.Hour},
		"without hours":    {hours.Hours{}, at(0, 8, 0), at(0, 23, 0), 15 * time.Hour},
		"nothing":          {early, at(0, 10, 0), at(0, 10, 0), 0},
		"backwards":        {early, at(0, 10, 0), at(0, 9, 0), 0},
	} {
		if got := worktime.NewCalendar(c.hours).Worked(c.from, c.to); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

// In whatever order it is asked, a calendar says what the hours say minute by minute.
func TestWorkedIsTheSumOfItsMinutes(t *testing.T) {
	work := []hours.Span{{From: "09:00", To: "12:00"}, {From: "13:30", To: "18:00"}}
	h := hours.Hours{Week: [][]hours.Span{work, work, work, work, work, {{From: "00:00", To: "24:00"}}, {{From: "00:00", To: "06:15"}}}}
	rapid.Check(t, func(t *rapid.T) {
		c := worktime.NewCalendar(h)
		for range rapid.IntRange(1, 4).Draw(t, "questions") {
			from := at(0, 0, rapid.IntRange(-30_000, 30_000).Draw(t, "from"))
			to := from.Add(time.Duration(rapid.IntRange(1, 3000).Draw(t, "minutes")) * time.Minute)
			var want time.Duration
			for m := from; m.Before(to); m = m.Add(time.Minute) {
				if open, _ := h.Open(m); open {
					want += time.Minute
				}
			}
			if got := c.Worked(from, to); got != want {
				t.Fatalf("%s to %s: %s, want %s", from, to, got, want)
			}
		}
	})
}

// A firm whose hours change.
type firm struct{ hours hours.Hours }

func (f *firm) Hours(context.Context) (hours.Hours, error) { return f.hours, nil }

// A till keeps what is counted.
type till struct {
	meter.Meter
	points []meter.Point
}

func (c *till) Add(_ context.Context, _ string, points []meter.Point) error {
	c.points = append(c.points, points...)
	return nil
}

func TestWhatIsTold(t *testing.T) {
	now, f, c := at(0, 9, 10), &firm{days("09:00", "18:00")}, &till{}
	m := &worktime.Meter{Meter: c, Company: f, Now: func() time.Time { return now }}
	tags := meter.Tags{Channel: "web", Reason: meter.WaitedLong}
	minutes := func(n float64) float64 { return n * 60_000 }
	given := []meter.Point{
		{Name: meter.QueueLeft, Value: minutes(30), At: now, Tags: tags},
		{Name: meter.FirstReplyHuman, Value: minutes(5), At: now, Tags: meter.Tags{Agent: "one"}},
		{Name: meter.MaskHit, Value: 1, At: now},
	}
	if err := m.Add(t.Context(), "1", given); err != nil {
		t.Fatal(err)
	}
	wait := meter.Point{Name: outcome.QueueWait, Value: minutes(30), At: now, Tags: meter.Tags{Channel: "web"}}
	worked := wait
	worked.Name, worked.Value = outcome.Worktime(outcome.QueueWait), minutes(10)
	want := append(given[:3:3], wait, worked, meter.Point{Name: outcome.Worktime(meter.FirstReplyHuman), Value: minutes(5), At: now, Tags: meter.Tags{Agent: "one"}})
	if diff := cmp.Diff(want, c.points); diff != "" {
		t.Error(diff)
	}

	// Other hours count soon after they have changed.
	f.hours, c.points = hours.Hours{}, nil
	now = now.Add(time.Minute)
	given[0].At = now
	if err := m.Add(t.Context(), "2", given[:1]); err != nil || c.points[2].Value != minutes(30) {
		t.Errorf("%+v (%v)", c.points, err)
	}
}

// What counting a reply costs beside it.
func BenchmarkTold(b *testing.B) {
	now, c := at(0, 9, 10), worktime.NewCalendar(days("09:00", "18:00"))
	points := []meter.Point{{Name: meter.NextReply, Value: 900, At: now}, {Name: meter.FirstReplyAny, Value: 900, At: now}, {Name: meter.CustomerMessage, Value: 1, At: now}}
	for b.Loop() {
		worktime.Told(c, points)
	}
}
