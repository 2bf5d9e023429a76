package classify

import (
	"slices"
	"strconv"
	"strings"

	"keliu/streams/desk"
)

// A finder collects the facts of one text.
type finder struct {
	text  []rune
	asked string
	facts desk.Facts
	taken []span // where facts stand, in order
	tails []span // numbers of four digits that may be the end of a phone number
}

// facts returns what a folded text gives, in normal form, and whether it gives nothing else. Of two
// facts of a kind the first counts.
func facts(text []rune, asked string) (desk.Facts, bool) {
	f := finder{text: text, asked: asked}
	for i := 0; i < len(text); {
		if !isCode(text[i]) && text[i] != '+' {
			i++
			continue
		}
		if end := f.factAt(i); end > i {
			i = end
			continue
		}
		for i++; i < len(text) && isCode(text[i]); i++ {
		}
	}
	f.tail()
	return f.facts, len(f.facts) > 0 && f.nothingElse()
}

// learn keeps a fact that stands at s.
func (f *finder) learn(fact, value string, s span) {
	f.taken = append(f.taken, s)
	if f.facts == nil {
		f.facts = desk.Facts{}
	}
	if f.facts[fact] == "" {
		f.facts[fact] = value
	}
}

// factAt looks for a fact at place i and returns where it ends, or i.
func (f *finder) factAt(i int) int {
	if s, ok := orderAt(f.text, i); ok {
		f.learn(desk.FactOrder, strings.ToUpper(orderPrefix)+s.digits, s)
		return s.to
	}
	if s, ok := waybillAt(f.text, i); ok {
		f.learn(desk.FactWaybill, compact(f.text[s.from:s.to]), s)
		return s.to
	}
	if s, ok := phoneAt(f.text, i); ok {
		f.learn(desk.FactPhone, s.digits, s)
		return s.to
	}
	if fen, end, ok := amountAt(f.text, i); ok {
		f.learn(desk.FactAmount, strconv.FormatInt(fen, 10), span{from: i, to: end})
		return end
	}
	digits, end := digitsAt(f.text, i, nowhere)
	s := span{i, end, digits}
	switch {
	case codeAt(f.text, end):
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
	words [][]rune
}{
	{desk.FactOrder, wordList("订单编号|订单号|订单|单号|单子|order number|order no|order")},
	{desk.FactWaybill, wordList("快递单号|物流单号|运单号|运单|快递|物流|面单|包裹|waybill|tracking number|tracking|parcel|package")},
	{"", wordList("身份证号|身份证|银行卡号|银行卡|卡号|账号|账户|条码|微信号|微信|税号|信用代码|qq|imei|card|account|id number")},
}

// How far from its number a word may stand.
const (
	reach     = 14
	tailReach = 24 // "the last four digits of my phone are"
)

// labelled says which fact a long number is, "" when it is none: by the nearest word before it, else by one
// behind it, else by what the desk asked for.
func (f *finder) labelled(s span) string {
	before := f.text[max(0, s.from-reach):s.from]
	for end := len(before); end > 0; end-- {
		fact, longest := "", 0
		for _, l := range labels {
			if n := endsWith(before[:end], l.words); n > longest {
				fact, longest = l.fact, n
			}
		}
		if longest > 0 {
			return fact
		}
	}
	behind := f.text[s.to:min(len(f.text), s.to+reach)]
	for _, l := range slices.Backward(labels) {
		if holds(behind, l.words) {
			return l.fact
		}
	}
	if f.asked == desk.FactOrder || f.asked == desk.FactWaybill {
		return f.asked
	}
	return ""
}

// Words that make four digits the end of a phone number, and what stands behind four digits that are something else.
var (
	tailWords = wordList("尾号|尾数|后四位|后4位|末四位|末4位|手机后|last four|last 4|ending in|ends in|ending with|ends with|ending|tail")
	counted   = []rune("年元块月日号楼室件个天码%")
)

// mayBeTail reports whether four digits could be anything but a year, a price or a part of a longer number.
func (f *finder) mayBeTail(s span) bool {
	if s.from > 1 && isJoint(f.text[s.from-1]) && isDigit(f.text[s.from-2]) {
		return false
	}
	if s.to+1 < len(f.text) && isJoint(f.text[s.to]) && isDigit(f.text[s.to+1]) {
		return false
	}
	return s.to == len(f.text) || !slices.Contains(counted, f.text[s.to])
}

// isJoint reports whether a rune between digits makes one number of them.
func isJoint(r rune) bool { return r == '-' || r == '.' || r == '/' || r == ':' }

// tail decides which four digits are the end of a phone number. Four digits beside an order number are, and a whole
// number that was given where its end was wanted has one.
func (f *finder) tail() {
	wanted := f.asked == desk.FactPhoneTail || f.facts[desk.FactOrder] != ""
	for _, s := range f.tails {
		before := f.text[max(0, s.from-tailReach):s.from]
		if wanted && len(f.tails) == 1 || holds(before, tailWords) {
			f.learn(desk.FactPhoneTail, s.digits, s)
			return
		}
	}
	if phone := f.facts[desk.FactPhone]; phone != "" && wanted {
		f.facts[desk.FactPhoneTail] = phone[mobileDigits-tailDigits:]
	}
}

// fillers are what stands around a fact without adding anything to it. Longer ones first.
var fillers = wordList("手机号码|手机号|手机|电话号码|电话|订单编号|订单号|订单|快递单号|运单号|运单|单号|尾号|后四位|后4位|末四位|号码|这个|就是|我的|应该|是|的|号|呢|啊|哦|亲|给你|我" +
	"|my|the|it's|it|is|order|number|no|phone|mobile|last|four|digits|4|tail|ending|in|are|and|和|waybill|tracking|here")

// nothingElse reports whether beside the facts found only fillers and marks stand in the text.
func (f *finder) nothingElse() bool {
	slices.SortFunc(f.taken, func(a, b span) int { return a.from - b.from })
	at := 0
	for _, s := range f.taken {
		if s.from > at && !onlyFillers(f.text[at:s.from]) {
			return false
		}
		at = max(at, s.to)
	}
	return onlyFillers(f.text[at:])
}

// onlyFillers reports whether text is made of fillers and marks.
func onlyFillers(text []rune) bool {
	for len(text) > 0 {
		if !isCode(text[0]) && !isHan(text[0]) {
			text = text[1:]
			continue
		}
		n := 0
		for _, w := range fillers {
			if len(w) <= len(text) && slices.Equal(text[:len(w)], w) && (!isCode(w[0]) || len(w) == len(text) || !isCode(text[len(w)])) {
				n = len(w)
				break
			}
		}
		if n == 0 {
			return false
		}
		text = text[n:]
	}
	return true
}
