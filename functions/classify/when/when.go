// Package when finds the dates and times that people give, in Chinese and in English, and says which they are: 下周三下午三点半,
// 双十一前, 大后天, 12月5号, 3天内, next Friday at 3 pm.
//
// What they are is written after ISO 8601, in the zone of the reference time: 2026-12-02, 2026-12-02T15:30, 2026-12 for a month,
// 2026 for a year, from/to for a stretch with both ends in it, ../to for what lies before and from/.. for what lies after. Of what
// comes again every year, the nearest is meant; of a day of the week, the next.
package when

import (
	"time"
	"unicode/utf8"

	"keliu/functions/classify/number"
	"keliu/functions/classify/text"
	"keliu/functions/classify/when/feast"
)

// A Found is one date or time of a text.
type Found struct {
	From, To int    // runes
	Normal   string // ISO 8601
	Clock    bool   // it says a time of day
}

// Find finds the dates and times of a folded text, in order; now is when it was said, in the zone of whoever said it.
func Find(said []rune, now time.Time) []Found {
	p := parser{said: said, now: now, today: midnight(now)}
	var found []Found
	for i := 0; i < len(said); {
		v, end := value{}, i
		if openers[said[i]] && p.begins(i) {
			v, end = p.stretch(i)
		}
		if end == i {
			i++
			continue
		}
		found = append(found, Found{i, end, v.normal(), v.grain >= part})
		i = end
	}
	return found
}

// A parser reads one text. What reads at a place returns where it ends, or the place when there is nothing.
type parser struct {
	said  []rune
	now   time.Time
	today time.Time // its midnight
}

// openers are the characters that dates and times begin with.
var openers = func() map[rune]bool {
	all := map[rune]bool{}
	for _, list := range [][]word{
		relatives, evenings, shifts, yearWords, monthNames, dayNames, few, halves, reaches, words("年底", "月底", "周", "星期", "礼拜", "at"),
	} {
		for _, w := range list {
			r, _ := utf8.DecodeRuneInString(w.text)
			all[r] = true
		}
	}
	for _, f := range feast.All {
		for _, name := range f.Names {
			r, _ := utf8.DecodeRuneInString(name)
			all[r] = true
		}
	}
	for _, c := range pieces {
		r, _ := utf8.DecodeRuneInString(c.text)
		all[r] = true
	}
	for _, r := range "0123456789零〇一二两三四五六七八九十" {
		all[r] = true
	}
	return all
}()

// begins reports whether a date may begin at a place: not inside a number or a Latin word.
func (p *parser) begins(i int) bool {
	if i == 0 || p.said[i] == ' ' {
		return p.said[i] != ' '
	}
	last, r := p.said[i-1], p.said[i]
	switch {
	case last == '年' || last == '月': // what follows belongs to a date that there is not
		_, digit := number.Digit(r)
		return !digit
	case text.IsDigit(r):
		return !text.IsDigit(last) && !text.IsLatin(last) && last != '.' && last != '-' && last != '/' && last != ':'
	case text.IsLatin(r):
		return !text.IsLatin(last) && !text.IsDigit(last)
	}
	_, digit := number.Digit(r)
	_, joined := number.Digit(last)
	return !digit || !joined
}

// A word means a number: of days, of an hour, of a day of the week.
type word struct {
	text string
	n    int
}

// words makes words that mean nothing.
func words(texts ...string) []word {
	all := make([]word, len(texts))
	for i, t := range texts {
		all[i].text = t
	}
	return all
}

// one reads the first of the words that stands at a place; Latin ones stand alone.
func (p *parser) one(i int, of []word) (int, int) {
	for _, w := range of {
		if end := p.at(i, w.text); end > i {
			return w.n, end
		}
	}
	return 0, i
}

// at reads a word.
func (p *parser) at(i int, w string) int {
	end, last := i, rune(0)
	for _, r := range w {
		if end >= len(p.said) || p.said[end] != r {
			return i
		}
		end, last = end+1, r
	}
	if text.IsLatin(last) && end < len(p.said) && text.IsLatin(p.said[end]) {
		return i
	}
	return end
}

// is reports whether one of the words stands at a place.
func (p *parser) is(i int, of ...string) bool {
	for _, w := range of {
		if p.at(i, w) > i {
			return true
		}
	}
	return false
}

// skip is the place behind spaces and one of the words.
func (p *parser) skip(i int, of ...string) int {
	for i < len(p.said) && p.said[i] == ' ' {
		i++
	}
	for _, w := range of {
		if end := p.at(i, w); end > i {
			return p.skip(end)
		}
	}
	return i
}

// whole reads a whole number between two bounds. A point behind digits is none of a fraction here: 2026.12.05.
func (p *parser) whole(i, least, most int) (int, int) {
	n, end := 0, i
	for end < len(p.said) && text.IsDigit(p.said[end]) && n <= most {
		n, end = 10*n+int(p.said[end]-'0'), end+1
	}
	if end == i {
		n, end = number.IntAt(p.said, i)
	}
	if n < least || n > most {
		return 0, i
	}
	return n, end
}

// stretch reads a moment, or two with "to" in between, and what says before or after.
func (p *parser) stretch(i int) (value, int) {
	v, end := p.moment(i, p.today)
	if end == i || v.side != 0 {
		return v, end
	}
	if _, next := p.one(p.skip(end), joins); next > p.skip(end) {
		next = p.skip(next)
		to, last := p.moment(next, midnight(v.from))
		if week := 7 * 24 * time.Hour; v.grain == day && to.from.Before(v.from) && v.from.Sub(to.from) < week { // 周一到周五, said on a Tuesday
			to.to = to.to.AddDate(0, 0, 7)
		}
		if last > next && to.side == 0 && to.grain == v.grain && to.to.After(v.from) {
			v.to, end = to.to, last
		}
	}
	return p.around(v, end)
}

var joins = words("到", "至", "~", "-", "—", "–", "to", "until")

// around reads what stands behind a moment: 前, 之后, 前一天, 期间.
func (p *parser) around(v value, i int) (value, int) {
	if w, end := p.one(i, []word{{"的前", -1}, {"前", -1}, {"的后", 1}, {"后", 1}}); end > i && v.grain == day {
		n, last := p.whole(end, 1, 60)
		if next := p.at(last, "天"); last > end && next > last {
			if w < 0 {
				return days(v.from.AddDate(0, 0, -n), 1), next
			}
			return days(v.last().AddDate(0, 0, n), 1), next
		}
	}
	if _, end := p.one(i, before); end > i && !p.is(end, "后", "天", "面", "台", "往", "任") {
		v.side = -1
		return v, end
	}
	if _, end := p.one(i, after); end > i && !p.is(end, "天", "面", "台", "悔", "来") {
		v.side = 1
		return v, end
	}
	if _, end := p.one(i, starting); end > i {
		v.side = 1
		for v.last().After(v.from) { // from its beginning on
			v.to = v.to.Add(v.from.Sub(v.last()))
		}
		return v, end
	}
	_, end := p.one(i, around)
	return v, end
}

// What stands behind a moment.
var (
	before   = words("之前", "以前", "前")
	after    = words("之后", "以后", "过后", "后")
	starting = words("开始", "起")
	around   = words("期间", "当天", "那天", "当日", "左右", "前后")
)

// moment reads a day, a time of day, or both; a time of day alone is one of the day given.
func (p *parser) moment(i int, of time.Time) (value, int) {
	if v, end := p.duration(i); end > i {
		return v, end
	}
	v, end := p.date(i)
	if end > i && v.grain < day {
		return v, end
	}
	if end > i {
		at := p.skip(end, "的", ",", "，", "、", "at")
		if c, last := p.clock(at, midnight(v.from), true); last > at && v.to.Sub(v.from) <= 25*time.Hour {
			return c, last
		}
		return v, end
	}
	c, end := p.clock(i, of, false)
	if end == i {
		return c, i
	}
	if at := p.skip(end, "on"); at > end { // 3 pm on Friday
		if d, last := p.date(at); last > at && d.grain == day {
			return c.on(d.from, of), last
		}
	}
	return c, end
}

// on moves a time of one day to another.
func (v value) on(d, from time.Time) value {
	n := int(d.Sub(from).Round(24*time.Hour) / (24 * time.Hour))
	v.from, v.to = v.from.AddDate(0, 0, n), v.to.AddDate(0, 0, n)
	return v
}
