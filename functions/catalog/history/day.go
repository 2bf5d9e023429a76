package history

import (
	"math"
	"math/rand/v2"
	"time"

	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

// seed makes the same figures every time.
const seed = 20261124

// The days that are unlike the others, counted from the first.
const (
	campaignFrom, campaignTo = 12, 14 // more customers and leads
	badDay                   = 20     // models fail, and customers wait
)

// rhythm is how many sessions begin in each hour of a weekday, in Beijing.
var rhythm = [24]float64{0.6, 0.3, 0.1, 0.1, 0.1, 0.2, 0.6, 1.4, 3, 6, 8.5, 8, 6, 6.5, 8, 8, 7.5, 6.5, 6, 7.5, 9.5, 9, 6, 2.5}

const beijing = 8 * time.Hour

// slot is how long the stretches are into which points fall: as fine as the lines of a day are drawn.
const slot = 15 * time.Minute

// slots is how many make an hour.
const slots = int(time.Hour / slot)

// A day is made up hour by hour.
type day struct {
	*rand.Rand
	number int
	hour   time.Time // that is made up
	at     time.Time // the slot's beginning
	points []meter.Point
}

// Day makes up a day, counted from the first; the same day is the same every time.
func Day(from time.Time, number int) []meter.Point {
	d := &day{Rand: rand.New(rand.NewPCG(seed, uint64(number))), number: number}
	for hour := range 24 {
		d.hour = from.AddDate(0, 0, number).Add(time.Duration(hour) * time.Hour)
		local := d.hour.Add(beijing)
		busy := rhythm[local.Hour()] * d.factor(local.Weekday())
		for range d.about(busy) {
			d.session()
		}
		for quarter := range slots {
			d.at = d.hour.Add(time.Duration(quarter) * slot)
			d.staff(local.Hour(), busy)
		}
		d.leads(busy)
	}
	return d.points
}

// some is a slot of the hour.
func (d *day) some() time.Time { return d.hour.Add(time.Duration(d.IntN(slots)) * slot) }

// factor is how much busier a day is than a usual one.
func (d *day) factor(w time.Weekday) float64 {
	f := 1.0
	if w == time.Saturday || w == time.Sunday {
		f = 0.7
	}
	if d.campaign() {
		f *= 1.8
	}
	return f
}

func (d *day) campaign() bool { return d.number >= campaignFrom && d.number <= campaignTo }
func (d *day) bad() bool      { return d.number == badDay }

// about is a whole number that is n in the mean.
func (d *day) about(n float64) int { return int(n*(0.75+0.5*d.Float64()) + d.Float64()) }

// chance is true in a part p of cases.
func (d *day) chance(p float64) bool { return d.Float64() < p }

// lasts is a duration in milliseconds whose median is given, with a long tail.
func (d *day) lasts(median time.Duration) float64 {
	return math.Round(float64(median.Milliseconds()) * math.Exp(0.6*d.NormFloat64()))
}

// choose is one of names.
func (d *day) choose(names ...string) string { return names[d.IntN(len(names))] }

func (d *day) count(tags meter.Tags, reason string, names ...string) {
	for _, name := range names {
		d.measure(tags, name, 1, reason)
	}
}

func (d *day) measure(tags meter.Tags, name string, value float64, reason string) {
	tags.Reason = reason
	d.points = append(d.points, meter.Point{Name: name, Value: value, At: d.at, Tags: tags})
}

// staff counts a slot of those who work from nine to midnight.
func (d *day) staff(hour int, busy float64) {
	if hour < 9 {
		return
	}
	tags, whole := meter.Tags{Agent: agent}, float64(slot.Milliseconds())
	online := whole * (0.85 + 0.1*d.Float64())
	with := online * min(0.95, 0.1*busy+0.1*d.Float64())
	d.measure(tags, outcome.LoggedIn, whole, "")
	d.measure(tags, outcome.Available, online, "")
	d.measure(tags, meter.AgentOnline, online, "")
	d.measure(tags, outcome.Busy, with, "")
	d.measure(tags, outcome.Holding, with*(1+0.2*d.Float64()*busy), "")
}

// leads counts an hour of comments and what became of them. Each stage is part of the one before.
func (d *day) leads(busy float64) {
	tags, more := meter.Tags{Channel: "douyin"}, 1.0
	if d.campaign() {
		more = 2
	}
	for range d.about(busy * more) {
		d.at = d.some()
		d.count(tags, "", meter.Comment)
		for _, stage := range []struct {
			name string
			part float64
		}{
			{meter.CommentMatched, 0.45}, {meter.LeadReached, 0.8}, {meter.LeadAnswered, 0.4}, {meter.LeadContact, 0.52}, {meter.LeadWon, 0.25},
		} {
			if !d.chance(stage.part) {
				break
			}
			d.count(tags, "", stage.name)
		}
	}
	if d.campaign() && d.chance(0.15) {
		d.count(tags, "", meter.QuotaExhausted)
	}
}
