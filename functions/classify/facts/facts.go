// Package facts finds what a customer gives in a text, in normal form: order and waybill numbers, phone numbers and
// the ends of them, amounts of money.
package facts

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"keliu/functions/classify/text"
	"keliu/streams/desk"
)

// A Found is a fact where it stands: runes From to To.
type Found struct {
	Fact, Value string
	From, To    int
}

// Every returns all the facts that stand in a folded text, in order.
func Every(said []rune) []Found {
	f := finder{said: said}
	f.find()
	slices.SortFunc(f.found, func(a, b Found) int { return cmp.Compare(a.From, b.From) })
	return f.found
}

// A finder collects the facts of one text.
type finder struct {
	said  []rune
	asked string
	facts desk.Facts
	found []Found
	tails []span // numbers of four digits that may be the end of a phone number
}

// Find returns what a folded text gives and whether it gives nothing else; asked is what the desk asked for, "" for
// nothing. Of two facts of a kind the first counts.
func Find(said []rune, asked string) (found desk.Facts, bare bool) {
	f := finder{said: said, asked: asked}
	f.find()
	return f.facts, len(f.facts) > 0 && f.isBare()
}

// find collects them.
func (f *finder) find() {
	said := f.said
	for i := 0; i < len(said); {
		if !isCode(said[i]) && said[i] != '+' {
			i++
			continue
		}
		if end := f.factAt(i); end > i {
			i = end
			continue
		}
		for i++; i < len(said) && isCode(said[i]); i++ {
		}
	}
	f.findTail()
}

// learn keeps a fact that stands at s.
func (f *finder) learn(fact, value string, s span) {
	f.found = append(f.found, Found{fact, value, s.from, s.to})
	if f.facts == nil {
		f.facts = desk.Facts{}
	}
	if f.facts[fact] == "" {
		f.facts[fact] = value
	}
}

// factAt looks for a fact at place i and returns where it ends, or i.
func (f *finder) factAt(i int) int {
	if s, ok := orderAt(f.said, i); ok {
		f.learn(desk.FactOrder, strings.ToUpper(orderPrefix)+s.digits, s)
		return s.to
	}
	if s, ok := waybillAt(f.said, i); ok {
		f.learn(desk.FactWaybill, compact(f.said[s.from:s.to]), s)
		return s.to
	}
	if s, ok := phoneAt(f.said, i); ok {
		f.learn(desk.FactPhone, s.digits, s)
		return s.to
	}
	if fen, end, ok := amountAt(f.said, i); ok {
		f.learn(desk.FactAmount, strconv.FormatInt(fen, 10), span{from: i, to: end})
		return end
	}
	digits, end := digitsAt(f.said, i, nowhere)
	s := span{i, end, digits}
	switch {
	case codeAt(f.said, end):
	case len(digits) >= longMin && len(digits) <= longMax:
		if fact := f.labelled(s); fact != "" {
			f.learn(fact, digits, s)
			return end
		}
	case len(digits) == tailDigits && f.mayBeTail(s):
		f.tails = append(f.tails, s)
	}
	return i
}

// compact is a code as it is kept: capital letters and digits.
func compact(code []rune) string {
	return strings.ToUpper(strings.NewReplacer(" ", "", "-", "").Replace(string(code)))
}

// labels are the words that say what a long number beside them is; one without a fact says that it is none.
var labels = []struct {
	fact  string
	words text.Words
}{
	{desk.FactOrder, text.List("订单编号|订单号|订单|单号|单子|order number|order no|order")},
	{desk.FactWaybill, text.List("快递单号|物流单号|运单号|运单|快递|物流|面单|包裹|waybill|tracking number|tracking|parcel|package")},
	{"", text.List("身份证号|身份证|银行卡号|银行卡|卡号|账号|账户|条码|微信号|微信|税号|信用代码|qq|imei|card|account|id number")},
}

// How far from its number a word may stand.
const (
	reach     = 14
	tailReach = 24 // "the last four digits of my phone are"
)

// labelled says which fact a long number is, "" when it is none: by the nearest word before it, else by one
// behind it, else by what the desk asked for.
func (f *finder) labelled(s span) string {
	before := f.said[max(0, s.from-reach):s.from]
	for end := len(before); end > 0; end-- {
		fact, longest := "", 0
		for _, l := range labels {
			if n := l.words.Ending(before[:end]); n > longest {
				fact, longest = l.fact, n
			}
		}
		if longest > 0 {
			return fact
		}
	}
	behind := f.said[s.to:min(len(f.said), s.to+reach)]
	for _, l := range slices.Backward(labels) {
		if l.words.In(behind) {
			return l.fact
		}
	}
	if f.asked == desk.FactOrder || f.asked == desk.FactWaybill {
		return f.asked
	}
	return ""
}

// Words that make four digits the end of a phone number, and words behind four digits that are something else.
var (
	tailWords = text.List("尾号|尾数|后四位|后4位|末四位|末4位|手机后|last four|last 4|ending in|ends in|ending with|ends with|ending|tail")
	counted   = text.List("年|元|块|月|日|号楼|室|件|个|天|码|%")
)

// mayBeTail reports whether four digits could be anything but a year, a price or a part of a longer number.
func (f *finder) mayBeTail(s span) bool {
	if s.from > 1 && isJoint(f.said[s.from-1]) && text.IsDigit(f.said[s.from-2]) {
		return false
	}
	if s.to+1 < len(f.said) && isJoint(f.said[s.to]) && text.IsDigit(f.said[s.to+1]) {
		return false
	}
	return counted.At(f.said, s.to) == 0
}

// isJoint reports whether a rune between digits makes one number of them.
func isJoint(r rune) bool { return r == '-' || r == '.' || r == '/' || r == ':' }

// findTail decides which four digits are the end of a phone number. Four digits beside an order number are, and a
// whole number that was given where its end was wanted has one.
func (f *finder) findTail() {
	wanted := f.asked == desk.FactPhoneTail || f.facts[desk.FactOrder] != ""
	for _, s := range f.tails {
		before := f.said[max(0, s.from-tailReach):s.from]
		if wanted && len(f.tails) == 1 || tailWords.In(before) {
			f.learn(desk.FactPhoneTail, s.digits, s)
			return
		}
	}
	if phone := f.facts[desk.FactPhone]; phone != "" && wanted {
		f.facts[desk.FactPhoneTail] = phone[mobileDigits-tailDigits:]
	}
}

// fillers are what stands around a fact without adding anything to it.
var fillers = text.List("手机号码|手机号|手机|电话号码|电话|订单编号|订单号|订单|快递单号|运单号|运单|单号|尾号|后四位|后4位|末四位|末4位|号码|" +
	"这个|就是|我的|应该|给你|是|的|号|呢|啊|哦|亲|我|和|" +
	"my|the|it's|it|is|order|number|no|phone|mobile|last|four|digits|tail|ending|in|are|and|waybill|tracking|here")

// isBare reports whether beside the facts found only fillers and marks stand in the text.
func (f *finder) isBare() bool {
	slices.SortFunc(f.found, func(a, b Found) int { return cmp.Compare(a.From, b.From) })
	at := 0
	for _, s := range f.found {
		if !onlyFillers(f.said[at:s.From]) {
			return false
		}
		at = s.To
	}
	return onlyFillers(f.said[at:])
}

// onlyFillers reports whether a text is made of fillers and marks.
func onlyFillers(said []rune) bool {
	for i := 0; i < len(said); {
		n := fillers.At(said, i)
		if n == 0 && !isCode(said[i]) && !text.IsHan(said[i]) {
			n = 1
		}
		if n == 0 {
			return false
		}
		i += n
	}
	return true
}
