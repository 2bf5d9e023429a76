package when

import "time"

// date reads a day, a month or a year.
func (p *parser) date(i int) (value, int) {
	for _, read := range []func(int) (value, int){p.numeric, p.relative, p.weekday, p.festival, p.monthly, p.yearly, p.english} {
		if v, end := read(i); end > i {
			return v, end
		}
	}
	return value{}, i
}

// calendar is a day that exists.
func (p *parser) calendar(y, m, d int) (value, bool) {
	t := time.Date(y, time.Month(m), d, 0, 0, 0, 0, p.now.Location())
	return days(t, 1), t.Day() == d && int(t.Month()) == m
}

// numeric reads 2026年12月5日, 2026-12-05, 12月5号, 5号.
func (p *parser) numeric(i int) (value, int) {
	if y, at := p.fullYear(i); at > i {
		if v, end := p.afterYear(y, at); end > at {
			return v, end
		}
		if end := p.at(at, "年"); end > at {
			if p.is(end, "前", "后", "内") && y < 1000 {
				return value{}, i
			}
			return years(y, 1, p.now.Location()), end
		}
		return value{}, i
	}
	return p.monthDay(i, 0)
}

// fullYear reads a year of four digits, or two before 年.
func (p *parser) fullYear(i int) (int, int) {
	y, at := p.whole(i, 10, 2099)
	switch {
	case at-i == 4 && y >= 1900:
		return y, at
	case at-i == 2 && y >= 10 && y <= 50 && p.at(at, "年") > at && !p.is(at, "年前", "年后", "年内", "年之", "年以", "年多"):
		return 2000 + y, at
	}
	return 0, i
}

// afterYear reads the month and the day behind a year.
func (p *parser) afterYear(y, at int) (value, int) {
	for _, mark := range []string{"-", "/", "."} {
		next := p.at(at, mark)
		if next == at {
			continue
		}
		m, end := p.whole(next, 1, 12)
		if second := p.at(end, mark); end > next && second > end {
			if d, last := p.whole(second, 1, 31); last > second {
				if v, ok := p.calendar(y, m, d); ok {
					return v, last
				}
			}
		}
		return value{}, at
	}
	if next := p.at(at, "年"); next > at {
		if v, end := p.monthDay(p.skip(next), y); end > p.skip(next) {
			return v, end
		}
	}
	return value{}, at
}

// monthDay reads 12月5号, 12月, 12月底, 5号. Without a year the nearest is meant.
func (p *parser) monthDay(i, y int) (value, int) {
	n, at := p.whole(i, 1, 31)
	if at == i {
		return value{}, i
	}
	if next, end := p.one(at, words("月份", "月")); end > at && n <= 12 && next == 0 {
		return p.inMonth(n, y, i, end)
	}
	if _, end := p.one(at, words("号", "日")); end > at && y == 0 && p.said[i] != '两' && !p.is(end, "楼", "线", "店", "机", "门", "库", "桌", "房", "厅", "院", "柜", "仓", "码", "内", "客服", "元", "后", "前", "之", "以", "电池", "字", "链接", "车", "舱") {
		return p.nearestDay(n), end
	}
	return value{}, i
}

// inMonth reads what stands behind a month: a day, or a part of it.
func (p *parser) inMonth(m, y, i, at int) (value, int) {
	if d, end := p.whole(p.skip(at), 1, 31); end > p.skip(at) {
		_, last := p.one(end, words("号", "日"))
		if v, ok := p.yearFor(m, d, y); ok && (last > end || !p.is(end, "个", "件", "天", "元", "块", "%", ".", "年")) {
			return v, last
		}
		return value{}, i
	}
	first, ok := p.yearFor(m, 1, y)
	if !ok {
		return value{}, i
	}
	return p.partOfMonth(months(first.from, 1), at)
}

// thirds are the parts of a month.
var thirds = []word{{"上旬", 1}, {"中旬", 2}, {"下旬", 3}, {"月初", 1}, {"月中", 2}, {"月底", 3}, {"月末", 3}, {"初", 1}, {"中", 2}, {"底", 3}, {"末", 3}}

// partOfMonth reads 底, 初, 中旬 behind a month.
func (p *parser) partOfMonth(m value, i int) (value, int) {
	third, end := p.one(i, thirds)
	switch third {
	case 1:
		return days(m.from, 10), end
	case 2:
		if p.said[end-1] == '中' && p.is(end, "国", "午", "间", "秋", "心", "文") {
			return m, i
		}
		return days(m.from.AddDate(0, 0, 10), 10), end
	case 3:
		return span(m.from.AddDate(0, 0, 20), m.to, day), end
	}
	return m, i
}

// yearFor is a day of a month in a year, or in the nearest.
func (p *parser) yearFor(m, d, y int) (value, bool) {
	if y != 0 {
		return p.calendar(y, m, d)
	}
	return p.nearest(1, func(y int) (value, bool) { return p.calendar(y, m, d) })
}

// nearest is what comes every year, where it is nearest to today; what is past is so many times as far.
func (p *parser) nearest(past time.Duration, in func(year int) (value, bool)) (best value, ok bool) {
	away := func(v value) time.Duration {
		if v.from.Before(p.today) {
			return p.today.Sub(v.from) * past
		}
		return v.from.Sub(p.today)
	}
	for _, y := range []int{p.today.Year(), p.today.Year() + 1, p.today.Year() - 1} {
		if v, exists := in(y); exists && (!ok || away(v) < away(best)) {
			best, ok = v, true
		}
	}
	return best, ok
}

// nearestDay is a day of the month nearest to today.
func (p *parser) nearestDay(d int) (best value) {
	found := false
	for _, shift := range []int{0, 1, -1, 2} {
		first := time.Date(p.today.Year(), p.today.Month()+time.Month(shift), 1, 0, 0, 0, 0, p.now.Location())
		if v, ok := p.calendar(first.Year(), int(first.Month()), d); ok && (!found || v.from.Sub(p.today).Abs() < best.from.Sub(p.today).Abs()) {
			best, found = v, true
		}
	}
	return best
}

// relatives are the days around today.
var relatives = []word{
	{"大大后天", 4}, {"大后天", 3}, {"大前天", -3}, {"后天", 2}, {"明天", 1}, {"明日", 1}, {"今天", 0}, {"今日", 0}, {"今儿", 0}, {"明儿", 1}, {"昨天", -1}, {"昨日", -1},
	{"前天", -2}, {"前日", -2}, {"the day after tomorrow", 2}, {"the day before yesterday", -2}, {"day after tomorrow", 2}, {"tomorrow", 1}, {"today", 0},
	{"yesterday", -1}, {"tonight", 0},
}

// evenings are days that are said together with a part of them.
var evenings = []word{{"今晚", 0}, {"今早", 0}, {"明晚", 1}, {"明早", 1}, {"昨晚", -1}, {"当晚", 0}, {"后晚", 2}}

// relative reads a day around today.
func (p *parser) relative(i int) (value, int) {
	if n, end := p.one(i, evenings); end > i {
		return days(p.today.AddDate(0, 0, n), 1), i + 1 // the second character is a part of the day
	}
	n, end := p.one(i, relatives)
	if end == i {
		return value{}, i
	}
	if p.said[i] == 't' && p.at(i, "tonight") > i {
		return span(p.today.Add(18*time.Hour), p.today.Add(24*time.Hour), part), end
	}
	return days(p.today.AddDate(0, 0, n), 1), end
}

// shifts are which of the units around now is meant.
var shifts = []word{{"下下个", 2}, {"下下", 2}, {"下个", 1}, {"下", 1}, {"上上个", -2}, {"上上", -2}, {"上个", -1}, {"上", -1}, {"这个", 0}, {"这", 0}, {"本", 0}, {"next ", 1}, {"last ", -1}, {"this ", 0}}

var weekdays = []word{
	{"一", 0}, {"二", 1}, {"三", 2}, {"四", 3}, {"五", 4}, {"六", 5}, {"日", 6}, {"天", 6}, {"末", 7}, {"1", 0}, {"2", 1}, {"3", 2}, {"4", 3}, {"5", 4}, {"6", 5}, {"7", 6},
}

// weekday reads 周三, 下周三, 这个周末, 上个礼拜天, 下周.
func (p *parser) weekday(i int) (value, int) {
	shift, at := p.one(i, shifts)
	shifted := at > i
	_, behind := p.one(at, words("周", "星期", "礼拜"))
	if behind == at {
		return value{}, i
	}
	n, end := p.one(behind, weekdays)
	switch {
	case end == behind && shifted && !p.is(behind, "年", "岁", "边"):
		return p.inWeek(8, shift, true), behind
	case end == behind, n == 6 && !shifted && p.is(i, "周天"), p.is(end, "年", "岁", "个", "期"):
		return value{}, i
	}
	return p.inWeek(n, shift, shifted), end
}

// inWeek is a day of a week, its weekend (7) or all of it (8), shifted from this one. Unshifted it is the next.
func (p *parser) inWeek(n, shift int, shifted bool) value {
	monday := p.today.AddDate(0, 0, -(int(p.today.Weekday())+6)%7+7*shift)
	switch n {
	case 8:
		return days(monday, 7)
	case 7:
		return days(monday.AddDate(0, 0, 5), 2)
	}
	d := monday.AddDate(0, 0, n)
	if !shifted && d.Before(p.today) {
		d = d.AddDate(0, 0, 7)
	}
	return days(d, 1)
}

// monthly reads 下个月, 本月, 这个月底, 下个月5号, 月底.
func (p *parser) monthly(i int) (value, int) {
	if _, end := p.one(i, words("月初", "月底", "月末")); end > i {
		return p.partOfMonth(months(p.today, 1), i+1)
	}
	shift, at := p.one(i, shifts)
	if next := p.at(at, "月"); at > i && next > at {
		m := months(p.today, 1)
		m = months(m.from.AddDate(0, shift, 0), 1)
		if d, last := p.whole(next, 1, 31); last > next {
			if _, end := p.one(last, words("号", "日")); end > last {
				if v, ok := p.calendar(m.from.Year(), int(m.from.Month()), d); ok {
					return v, end
				}
			}
		}
		return p.partOfMonth(m, next)
	}
	return value{}, i
}

// yearWords are the years around this one.
var yearWords = []word{{"今年", 0}, {"明年", 1}, {"去年", -1}, {"前年", -2}, {"后年", 2}, {"大前年", -3}, {"本年", 0}, {"this year", 0}, {"next year", 1}, {"last year", -1}}

// yearly reads 今年, 去年双十一, 明年3月, 年底.
func (p *parser) yearly(i int) (value, int) {
	this := p.today.Year()
	if _, end := p.one(i, words("年底", "年末")); end > i {
		return span(time.Date(this, 12, 1, 0, 0, 0, 0, p.now.Location()), time.Date(this+1, 1, 1, 0, 0, 0, 0, p.now.Location()), month), end
	}
	n, at := p.one(i, yearWords)
	if at == i {
		return value{}, i
	}
	next := p.skip(at, "的")
	if v, end := p.monthDay(next, this+n); end > next {
		return v, end
	}
	if v, end := p.feast(next, this+n); end > next {
		return v, end
	}
	if end := p.at(at, "底"); end > at {
		return months(time.Date(this+n, 12, 1, 0, 0, 0, 0, p.now.Location()), 1), end
	}
	if end := p.at(at, "初"); end > at {
		return months(time.Date(this+n, 1, 1, 0, 0, 0, 0, p.now.Location()), 1), end
	}
	return years(this+n, 1, p.now.Location()), at
}
