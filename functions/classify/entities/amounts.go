package entities

import (
	"strconv"
	"strings"

	"keliu/functions/classify/number"
	"keliu/functions/classify/text"
)

// yuan are the words for the whole of money.
var yuan = text.List("块钱|块|元钱|元|圆|rmb|yuan|cny")

// money finds amounts: ¥99.9, 三百五十块, 3块5, 一百二十八元五角, 五毛, 100-200元.
func (p *page) money() {
	for i := 0; i < len(p.said); i++ {
		if i > 0 && (isNumber(p.said[i-1]) || p.said[i-1] == '.' || p.said[i-1] == '第') {
			continue
		}
		marked := p.said[i] == '¥' || p.said[i] == '￥'
		at := i
		if marked {
			for at++; at < len(p.said) && p.said[at] == ' '; at++ {
			}
		}
		fen, end, ok := p.amount(at, marked)
		if ok {
			p.add(Money, i, end, strconv.FormatInt(fen, 10))
			i = end - 1
			continue
		}
		n, next := number.At(p.said, at)
		if next == at || next >= len(p.said) || !strings.ContainsRune("-~到至", p.said[next]) {
			continue
		}
		if to, end, ok := p.amount(next+1, false); ok { // the unit stands behind the second number alone
			if from := int64(n) / 100; from < to {
				p.add(Money, i, end, strconv.FormatInt(from, 10)+"-"+strconv.FormatInt(to, 10))
				i = end - 1
			}
		}
	}
}

// isNumber reports whether a character is part of a number.
func isNumber(r rune) bool {
	_, ok := number.Digit(r)
	return ok
}

// amount reads one amount in fen; marked has the sign of the currency before it.
func (p *page) amount(i int, marked bool) (fen int64, end int, ok bool) {
	n, at := number.At(p.said, i)
	if at == i {
		return 0, i, false
	}
	fen = int64(n) / 100
	if next := p.skip(at); yuan.At(p.said, next) > 0 {
		unit := next + yuan.At(p.said, next)
		if p.said[next] == '块' && p.is(unit, "地", "板", "状") {
			return 0, i, false
		}
		return p.change(fen, unit)
	}
	switch {
	case marked:
		return fen, at, true
	case p.is(at, "毛钱", "角钱", "毛"), p.is(at, "角") && !p.is(at, "角色", "角度", "角落"):
		end = at + 1
		if p.is(at, "毛钱", "角钱") {
			end++
		}
		return fen / 10, end, fen < 100_00 && !p.is(end, "衣", "病", "巾", "线", "孩", "重", "绒")
	case p.is(at, "分钱"):
		return fen / 100, at + 2, true
	}
	return 0, i, false
}

// change reads what stands behind the whole: 3块5, 五角, 五毛二, 半.
func (p *page) change(fen int64, i int) (int64, int, bool) {
	if p.is(i, "半") {
		return fen + 50, i + 1, true
	}
	n, at := number.IntAt(p.said, i)
	if at == i || n > 99 {
		return fen, i, true
	}
	switch {
	case p.is(at, "毛", "角"):
		fen += int64(n) * 10
		if m, last := number.IntAt(p.said, at+1); last > at+1 && m < 10 {
			if p.is(last, "分") {
				last++
			}
			return fen + int64(m), last, true
		}
		return fen, at + 1, true
	case p.is(at, "分") && !p.is(at, "分钟"):
		return fen + int64(n), at + 1, true
	case at == i+1 && n < 10 && !p.measured(at):
		return fen + int64(n)*10, at, true
	case at == i+2 && text.IsDigit(p.said[i]) && !p.measured(at):
		return fen + int64(n), at, true
	}
	return fen, i, true
}

// measured reports whether something is counted at a place: 3块2个.
func (p *page) measured(i int) bool { return measures.At(p.said, p.skip(i)) > 0 }

func (p *page) skip(i int) int {
	if i < len(p.said) && p.said[i] == ' ' {
		return i + 1
	}
	return i
}

// is reports whether one of the words stands at a place.
func (p *page) is(i int, words ...string) bool {
	for _, w := range words {
		if text.StandsAt(p.said, i, []rune(w)) {
			return true
		}
	}
	return false
}

// measures are what things are counted and weighed by.
var measures = text.List("公斤|千克|毫升|厘米|毫米|平方米|平米|件套|个|件|双|套|条|台|部|瓶|盒|包|箱|袋|支|只|张|本|份|斤|克|杯|串|罐|桶|卷|颗|粒|对|把|根|朵|束|位|名|单|组|打|顶|辆|幅|盆|枚|" +
	"升|米|kg|mg|ml|cm|mm|g|l|pieces|piece|pcs|pairs|pair|boxes|box|bottles|bottle|sets|set")

// ofTime are what looks like a unit and counts time, or nothing.
var ofTime = []string{"个月", "个小时", "个半", "个星期", "个礼拜", "个工作日", "个钟", "个问题", "个人信息", "部分", "位置", "名字", "名称", "单号", "单子", "打电话", "包邮", "对不起", "把握", "套路", "本来", "件事", "点"}

// quantities finds how much of something: 2件, 三双, 两三个, 2.5公斤, 500ml.
func (p *page) quantities() {
	for i := 0; i < len(p.said); i++ {
		if !isNumber(p.said[i]) && p.said[i] != '半' && p.said[i] != '十' {
			continue
		}
		if i > 0 && !p.isTaken(i-1) && (isNumber(p.said[i-1]) || text.IsLatin(p.said[i-1]) || strings.ContainsRune(".第每这那哪某另", p.said[i-1])) {
			continue
		}
		amount, at := p.countAt(i)
		if at == i {
			continue
		}
		next := p.skip(at)
		if n := measures.At(p.said, next); n > 0 && !p.is(next, ofTime...) {
			p.add(Quantity, i, next+n, amount+string(p.said[next:next+n]))
			i = next + n - 1
		} else {
			i = at - 1
		}
	}
}

// isTaken reports whether something was found at a place.
func (p *page) isTaken(i int) bool { return p.taken != nil && p.taken[i] }

// countAt reads how many: a number, half, or two digits in words that are neighbours, which mean either.
func (p *page) countAt(i int) (string, int) {
	if p.is(i, "半") {
		return "0.5", i + 1
	}
	if a, ok := number.Digit(p.said[i]); ok && !text.IsDigit(p.said[i]) && i+1 < len(p.said) && !text.IsDigit(p.said[i+1]) {
		if b, ok := number.Digit(p.said[i+1]); ok && b == a+1 && a > 0 && (i+2 == len(p.said) || !isNumber(p.said[i+2])) {
			return strconv.Itoa(a) + "-" + strconv.Itoa(b), i + 2
		}
	}
	n, end := number.At(p.said, i)
	if end == i || n == 0 {
		return "", i
	}
	return decimal(n), end
}

// decimal writes a number without zeros at its end.
func decimal(n number.Number) string {
	whole := strconv.FormatInt(int64(n/number.One), 10)
	rest := strconv.FormatInt(int64(number.One+n%number.One), 10)[1:]
	return strings.TrimSuffix(whole+"."+strings.TrimRight(rest, "0"), ".")
}
