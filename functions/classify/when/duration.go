package when

import (
	"time"

	"github.com/6tail/lunar-go/HolidayUtil"
)

// A length is a number of units of time, in halves.
type length struct {
	halves int
	unit   int
}

// The units of time.
const (
	minutes = iota + 1
	hours
	dayUnit
	workdays
	weeks
	monthUnit
	yearUnit
)

var units = []word{
	{"分钟", minutes}, {"个小时", hours}, {"个多小时", hours}, {"小时", hours}, {"个钟头", hours}, {"个钟", hours}, {"钟头", hours},
	{"个工作日", workdays}, {"工作日", workdays}, {"天", dayUnit}, {"日", dayUnit}, {"个星期", weeks}, {"个礼拜", weeks}, {"星期", weeks}, {"礼拜", weeks}, {"周", weeks},
	{"个月", monthUnit}, {"年", yearUnit},
	{" minutes", minutes}, {" minute", minutes}, {" hours", hours}, {" hour", hours}, {" days", dayUnit}, {" day", dayUnit}, {" working days", workdays},
	{" business days", workdays}, {" weeks", weeks}, {" week", weeks}, {" months", monthUnit}, {" month", monthUnit}, {" years", yearUnit}, {" year", yearUnit},
}

// few are the numbers that English writes in words, halves what is said for half of a unit.
var few, halves = []word{{"an", 1}, {"a", 1}, {"one", 1}, {"two", 2}, {"three", 3}, {"four", 4}, {"five", 5}, {"six", 6}, {"seven", 7}, {"ten", 10}}, words("半", "half an", "half a")

// measure reads 三天, 半小时, 两个半月, 24 hours.
func (p *parser) measure(i int) (length, int) {
	if _, at := p.one(i, halves); at > i {
		if unit, end := p.one(at, units); end > at {
			return length{1, unit}, end
		}
		return length{}, i
	}
	n, at := p.whole(i, 1, 9999)
	if at == i {
		if n, at = p.one(i, few); at == i {
			return length{}, i
		}
	}
	if next := p.at(at, "个半"); next > at {
		if unit, end := p.one(next, []word{{"小时", hours}, {"钟头", hours}, {"月", monthUnit}, {"星期", weeks}}); end > next {
			return length{2*n + 1, unit}, end
		}
	}
	unit, end := p.one(at, units)
	if end == at {
		return length{}, i
	}
	if next := p.at(end, "半"); next > end && unit >= dayUnit {
		return length{2*n + 1, unit}, next
	}
	return length{2 * n, unit}, end
}

// reaches are what stands before a length: 1 for what lies so far ahead, 2 and -2 for all until there, 0 for what leaves it open.
var reaches = []word{
	{"再过", 1}, {"过了", 0}, {"过", 1}, {"还有", 0}, {"最近", -2}, {"近", -2}, {"过去", -2}, {"前", -2}, {"未来", 2}, {"接下来", 2}, {"今后", 2}, {"往后", 2},
	{"in ", 1}, {"within ", 2}, {"the last ", -2}, {"the past ", -2}, {"last ", -2}, {"past ", -2}, {"the next ", 2}, {"next ", 2},
}

// duration reads what is so far from now: 三天后, 半小时内, 过两周, 最近7天, in 3 days, two weeks ago.
func (p *parser) duration(i int) (value, int) {
	side, at := p.one(i, reaches)
	at = p.skip(at, "的", "这")
	l, end := p.measure(at)
	if end == at {
		return value{}, i
	}
	if said, last := p.one(end, []word{
		{"之后", 1}, {"以后", 1}, {"后", 1}, {"之前", -1}, {"以前", -1}, {"前", -1}, {"之内", 2}, {"以内", 2}, {"内", 2}, {" ago", -1}, {" later", 1}, {" from now", 1},
	}); last > end && (side == 0 || side == 1 || side == 2) && !p.is(last, "面", "台") {
		side, end = said, last
	}
	switch side {
	case 1, -1:
		return p.shifted(l, side), end
	case 2:
		return p.reach(p.shifted(l, 1)), end
	case -2:
		return p.reach(p.shifted(l, -1)), end
	}
	return value{}, i
}

// reach is the stretch between now and a value.
func (p *parser) reach(v value) value {
	now := days(p.today, 1)
	if v.grain == minute {
		now = moment(p.now.Truncate(time.Minute))
	}
	if v.from.Before(now.from) {
		now, v = v, now
	}
	return span(now.from, v.to, v.grain)
}

// shifted is what is so far from now.
func (p *parser) shifted(l length, sign int) value {
	n := sign * l.halves
	switch l.unit {
	case minutes, hours:
		d := time.Duration(n) * time.Minute / 2
		if l.unit != minutes {
			d = time.Duration(n) * time.Hour / 2
		}
		return moment(p.now.Add(d).Truncate(time.Minute))
	case workdays:
		return days(p.workday(n/2), 1)
	case weeks:
		return days(p.today.AddDate(0, 0, n*7/2), 1)
	case monthUnit:
		return days(addMonths(p.today, n/2).AddDate(0, 0, n%2*15), 1)
	case yearUnit:
		return days(addMonths(p.today, n*6), 1)
	}
	if l.halves%2 != 0 && l.halves < 2 {
		return moment(p.now.Add(time.Duration(n) * 12 * time.Hour).Truncate(time.Minute))
	}
	return days(p.today.AddDate(0, 0, n/2), 1)
}

// addMonths is the same day so many months on, or the last of a month that has no such day.
func addMonths(t time.Time, n int) time.Time {
	first := time.Date(t.Year(), t.Month()+time.Month(n), 1, 0, 0, 0, 0, t.Location())
	return first.AddDate(0, 0, min(t.Day(), first.AddDate(0, 1, -1).Day())-1)
}

// workday is so many working days from today: weekends and public holidays are none, the days worked in their place are.
func (p *parser) workday(n int) time.Time {
	d, step := p.today, 1
	if n < 0 {
		n, step = -n, -1
	}
	for n = min(n, 400); n > 0; {
		if d = d.AddDate(0, 0, step); works(d) {
			n--
		}
	}
	return d
}

// works reports whether people work on a day.
func works(d time.Time) bool {
	if h := HolidayUtil.GetHolidayByYmd(d.Year(), int(d.Month()), d.Day()); h != nil {
		return h.IsWork()
	}
	return d.Weekday() != time.Saturday && d.Weekday() != time.Sunday
}
