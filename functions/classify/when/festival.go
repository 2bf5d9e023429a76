package when

import (
	"time"

	"keliu/functions/classify/when/feast"
)

// aheadOfFeasts is how many times further a feast of the past is than one to come: people look forward to them.
const aheadOfFeasts time.Duration = 3

// festival reads a feast; the nearest is meant.
func (p *parser) festival(i int) (value, int) { return p.feast(i, 0) }

// feast reads a feast of a year; 0 is the nearest.
func (p *parser) feast(i, y int) (value, int) {
	for _, f := range feast.All {
		for _, name := range f.Names {
			end := p.at(i, name)
			if end == i || p.is(end, "路", "街", "广场", "款", "号楼", "村", "饼", "纪念", "建材") {
				continue
			}
			in := func(y int) (value, bool) {
				first, n, ok := f.In(y, p.now.Location())
				return days(first, n), ok
			}
			if v, ok := in(y); ok {
				return v, end
			}
			if v, ok := p.nearest(aheadOfFeasts, in); ok {
				return v, end
			}
		}
	}
	return value{}, i
}
