package when

import (
	"time"

	"keliu/functions/classify/number"
)

// A piece is a part of the day, from an hour until another.
type piece struct {
	text     string
	from, to int
}

// pieces are the parts of the day; longer words come first.
var pieces = []piece{
	{"凌晨", 0, 6}, {"清晨", 5, 8}, {"早晨", 6, 9}, {"早上", 6, 9}, {"一早", 6, 9}, {"上午", 8, 12}, {"中午", 11, 13}, {"午后", 12, 18}, {"下午", 12, 18},
	{"傍晚", 17, 19}, {"晚上", 18, 24}, {"晚间", 18, 24}, {"夜里", 20, 24}, {"深夜", 22, 24}, {"半夜", 0, 3}, {"夜间", 20, 24},
	{"in the morning", 6, 12}, {"in the afternoon", 12, 18}, {"in the evening", 18, 24}, {"morning", 6, 12}, {"afternoon", 12, 18}, {"evening", 18, 24}, {"noon", 12, 13},
}

// piece reads a part of the day.
func (p *parser) piece(i int) (piece, int) {
	for _, c := range pieces {
		if end := p.at(i, c.text); end > i {
			return c, end
		}
	}
	return piece{}, i
}

// behindDay are the parts of the day that are said with one character behind a day: 明早.
var behindDay = []piece{{"早", 6, 9}, {"晚", 18, 24}}

// clock reads a time of a day, or a part of it. dated is said behind a date, where one character is enough for a part, and a bare
// hour is meant as one.
func (p *parser) clock(i int, of time.Time, dated bool) (value, int) {
	c, at := p.piece(i)
	if at == i && dated {
		for _, short := range behindDay {
			if end := p.at(i, short.text); end > i && !p.is(end, "餐", "饭", "安", "点", "了") {
				c, at = short, end
			}
		}
	}
	known := at > i
	next := p.skip(at, "的", "at")
	h, m, end := p.hands(next, known || dated)
	if end == next {
		if !known || !dated && p.is(at, "好") {
			return value{}, i
		}
		return span(of.Add(time.Duration(c.from)*time.Hour), of.Add(time.Duration(c.to)*time.Hour), part), at
	}
	if late, last := p.one(p.skip(end), []word{{"am", 0}, {"a.m.", 0}, {"pm", 12}, {"p.m.", 12}}); last > p.skip(end) && h <= 12 {
		h, end, known = h%12+late, last, true
		c = piece{from: late, to: late + 12}
	}
	return moment(of.Add(time.Duration(c.hour(h, known))*time.Hour + time.Duration(m)*time.Minute)), end
}

// hour is which hour of the day an hour on the dial is. Without a part of the day, one to five are in the afternoon, when shops
// are open.
func (c piece) hour(h int, known bool) int {
	switch {
	case !known && h >= 1 && h <= 5:
		return h + 12
	case !known || h > 12:
		return h
	case c.text == "中午" && h < 3, c.text == "noon" && h < 3:
		return h + 12
	case h == 12 && c.from < 6:
		return 0
	case h == 12 && c.from >= 18:
		return 24
	case h < 12 && c.from >= 12:
		return h + 12
	}
	return h
}

// hands reads an hour and minutes: 15:30, 三点半, 3点一刻, 3点15分, 3 pm. sure says that a bare hour is meant as one.
func (p *parser) hands(i int, sure bool) (h, m, end int) {
	h, at := p.whole(i, 0, 24)
	if at == i {
		return 0, 0, i
	}
	if p.at(at, ":") > at {
		if minute, end := p.whole(at+1, 0, 59); end == at+3 && at-i <= 2 {
			if _, last := p.whole(end+1, 0, 59); p.at(end, ":") > end && last == end+3 {
				end = last
			}
			return h, minute, end
		}
		return 0, 0, i
	}
	if p.is(p.skip(at), "am", "pm", "a.m.", "p.m.") && h >= 1 && h <= 12 {
		return h, 0, at
	}
	if end := p.at(at, "o'clock"); end > at {
		return h, 0, end
	}
	point, behind := p.one(at, []word{{"点钟", 1}, {"点整", 1}, {"点", 0}, {"时", 0}})
	if behind == at || p.is(at, "时候", "时间", "时段", "时代") {
		return 0, 0, i
	}
	if point == 1 {
		return h, 0, behind
	}
	if minute, end := p.one(behind, []word{{"半", 30}, {"一刻", 15}, {"三刻", 45}}); end > behind {
		return h, minute, end
	}
	if minute, end := p.whole(behind, 0, 59); end > behind && !p.is(end, "分钟") {
		if last := p.at(end, "分"); last > end {
			return h, minute, last
		}
		if end-behind == 2 || sure && minute > 9 {
			return h, minute, end
		}
	}
	if !sure && (p.isLittle(i, at) || p.is(behind, "建议", "意见", "要求", "原因", "问题", "说明", "疑问", "想法", "不足", "好处", "五", "几", "多", "也", "都")) {
		return 0, 0, i
	}
	return h, 0, behind
}

// isLittle reports whether what looks like one o'clock is a little: 快一点, 有一点.
func (p *parser) isLittle(i, end int) bool {
	n, _ := number.IntAt(p.said, i)
	return n == 1 && end == i+1 && p.said[i] == '一'
}
