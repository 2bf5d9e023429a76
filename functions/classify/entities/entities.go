// Package entities finds what a text speaks of, where, and in normal form: order and waybill numbers, phones, money, quantities, dates
// and times, products and their variants, persons, places and organisations.
package entities

import (
	"cmp"
	"slices"
	"time"

	"keliu/functions/classify/facts"
	"keliu/functions/classify/names"
	"keliu/functions/classify/text"
	"keliu/functions/classify/when"
	"keliu/policies/mask"
	"keliu/streams/desk"
)

// The types beside those of names.
const (
	Order    = "order"    // normal: QH202611120008
	Waybill  = "waybill"  // normal: SF1234567890123
	Phone    = "phone"    // normal: the digits
	Money    = "money"    // normal: fen; from-to for a range
	Quantity = "quantity" // normal: the number and its unit, 2件
	Date     = "date"     // normal: see package when
	Time     = "time"     // a time of day, with its day; normal: see package when
	Product  = "product"  // normal: as it is written
	Variant  = "variant"  // a colour, a size, a capacity; normal: folded
)

// An Entity is one thing that a text speaks of. Start and End count runes; Value is what stands there.
type Entity struct {
	Type   string `json:"type"`
	Start  int    `json:"start"`
	End    int    `json:"end"`
	Value  string `json:"value"`
	Normal string `json:"normal"`
}

// A Finder finds entities. It is safe for concurrent use.
type Finder struct {
	names    *names.Reader
	products map[rune]text.Words // by their first character
}

// New returns a finder that knows products by their names, beside what products are called in general.
func New(products []string) (*Finder, error) {
	reader, err := names.Open()
	if err != nil {
		return nil, err
	}
	f := &Finder{names: reader, products: map[rune]text.Words{}}
	all := text.List(goods)
	for _, p := range products {
		all = append(all, text.Fold(nil, p))
	}
	slices.SortStableFunc(all, func(a, b []rune) int { return cmp.Compare(len(b), len(a)) })
	for _, w := range all {
		if len(w) > 0 {
			f.products[w[0]] = append(f.products[w[0]], w)
		}
	}
	return f, nil
}

// maxRunes is how much of a text is read.
const maxRunes = 20_000

// Find returns the entities of a text in order and without overlaps: what is certain goes before what is likely. now is when it was
// said, in the zone of whoever said it.
func (f *Finder) Find(raw string, now time.Time) []Entity {
	runes := []rune(raw)
	runes = runes[:min(len(runes), maxRunes)]
	p := page{raw: runes, said: text.Align(nil, string(runes))}
	for _, found := range facts.Every(p.said) {
		if kind := factTypes[found.Fact]; kind != "" {
			p.add(kind, found.From, found.To, found.Value)
		}
	}
	for _, s := range mask.Find(string(runes)) { // a number in words, too
		if s.Type == mask.Mobile {
			p.add(Phone, s.Start, s.End, s.Value)
		}
	}
	where := f.names.Find(nil, p.said)
	p.names(where, names.Place, names.Organisation) // 科技路18号 is no day
	for _, w := range when.Find(p.said, now) {
		kind := Date
		if w.Clock {
			kind = Time
		}
		p.add(kind, w.From, w.To, w.Normal)
	}
	p.money()
	p.names(where, names.Person)
	p.variants() // before what is counted: 256G
	p.quantities()
	for i, r := range p.said {
		if n := f.products[r].At(p.said, i); n > 0 && !p.labels(i+n) {
			p.add(Product, i, i+n, string(p.raw[i:i+n]))
		}
	}
	slices.SortFunc(p.found, func(a, b Entity) int { return cmp.Compare(a.Start, b.Start) })
	return p.found
}

// factTypes are what facts are called here; money is read more widely than as a fact.
var factTypes = map[string]string{desk.FactOrder: Order, desk.FactWaybill: Waybill, desk.FactPhone: Phone}

// A page is a text with what was found in it so far.
type page struct {
	raw, said []rune
	found     []Entity
	taken     []bool
}

// names adds the names of some kinds.
func (p *page) names(all []names.Span, kinds ...string) {
	for _, n := range all {
		if slices.Contains(kinds, n.Kind) {
			p.add(n.Kind, n.From, n.To, string(p.raw[n.From:n.To]))
		}
	}
}

// labels reports whether what ends at a place says what follows, and is nothing to buy: 手机138…, 手机号.
func (p *page) labels(end int) bool {
	if p.is(end, "号", "尾号", "银行", "短信", "验证码") {
		return true
	}
	for end < len(p.said) && (p.said[end] == ' ' || p.said[end] == ':' || p.said[end] == '是') {
		end++
	}
	return slices.ContainsFunc(p.found, func(e Entity) bool { return e.Start == end && e.Type == Phone })
}

// add notes an entity, unless something else stands there.
func (p *page) add(kind string, from, to int, normal string) {
	if p.taken == nil {
		p.taken = make([]bool, len(p.said))
	}
	if slices.Contains(p.taken[from:to], true) {
		return
	}
	for i := from; i < to; i++ {
		p.taken[i] = true
	}
	p.found = append(p.found, Entity{kind, from, to, string(p.raw[from:to]), normal})
}
