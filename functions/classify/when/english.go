package when

var monthNames = []word{
	{"january", 1}, {"february", 2}, {"march", 3}, {"april", 4}, {"june", 6}, {"july", 7}, {"august", 8}, {"september", 9}, {"october", 10}, {"november", 11},
	{"december", 12}, {"jan", 1}, {"feb", 2}, {"mar", 3}, {"apr", 4}, {"may", 5}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sept", 9}, {"sep", 9}, {"oct", 10}, {"nov", 11}, {"dec", 12},
}

var dayNames = []word{
	{"monday", 0}, {"tuesday", 1}, {"wednesday", 2}, {"thursday", 3}, {"friday", 4}, {"saturday", 5}, {"sunday", 6}, {"weekend", 7}, {"week", 8},
	{"mon", 0}, {"tue", 1}, {"wed", 2}, {"thu", 3}, {"fri", 4},
}

var ordinals = words("st", "nd", "rd", "th")

// english reads next Friday, Nov 24, 24 November 2026.
func (p *parser) english(i int) (value, int) {
	shift, at := p.one(i, shifts)
	if n, end := p.one(at, dayNames); end > at && (n < 8 || at > i) {
		return p.inWeek(n, shift, at > i), end
	}
	if m, end := p.one(i, monthNames); end > i {
		next := p.skip(end, ".", "the")
		d, last := p.whole(next, 1, 31)
		if last == next {
			return value{}, i
		}
		_, last = p.one(last, ordinals)
		return p.dated(m, d, i, last)
	}
	d, end := p.whole(i, 1, 31)
	if end == i {
		return value{}, i
	}
	_, end = p.one(end, ordinals)
	next := p.skip(end, "of")
	if m, last := p.one(next, monthNames); next > end && last > next {
		return p.dated(m, d, i, last)
	}
	return value{}, i
}

// dated reads the year behind a month and a day.
func (p *parser) dated(m, d, i, end int) (value, int) {
	y := 0
	next := p.skip(end, ",")
	if n, last := p.whole(next, 1900, 2100); last-next == 4 {
		y, end = n, last
	}
	if v, ok := p.yearFor(m, d, y); ok {
		return v, end
	}
	return value{}, i
}
