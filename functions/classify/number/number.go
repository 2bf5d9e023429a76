// Package number reads the numbers that people write: 128, 1,280.50, 一百二十八, 三百五, 两万, 二〇二六.
package number

import "keliu/functions/classify/text"

// A Number is a number in ten-thousandths, so that prices and weights are exact.
type Number int64

// One is the number 1.
const One Number = 10_000

// most is the largest number that is read; what is larger is none.
const most = 1e12

// Int is the number without its fraction, and whether it has none.
func (n Number) Int() (int, bool) { return int(n / One), n%One == 0 }

// At reads the number that stands at place i of a folded text and returns where it ends; i when there is none.
func At(said []rune, i int) (n Number, end int) {
	if i < 0 || i >= len(said) {
		return 0, i
	}
	if text.IsDigit(said[i]) {
		return arabic(said, i)
	}
	return chinese(said, i)
}

// IntAt reads a whole number; i when there is none.
func IntAt(said []rune, i int) (n, end int) {
	read, end := At(said, i)
	n, whole := read.Int()
	if !whole {
		return 0, i
	}
	return n, end
}

// arabic reads digits, with commas between thousands and a fraction.
func arabic(said []rune, i int) (Number, int) {
	whole, start := int64(0), i
	for ; i < len(said); i++ {
		if said[i] == ',' && i > start && thousands(said, i+1) {
			continue
		}
		if !text.IsDigit(said[i]) {
			break
		}
		if whole = whole*10 + int64(said[i]-'0'); whole > most {
			return 0, start
		}
	}
	n := Number(whole) * One
	if i+1 < len(said) && said[i] == '.' && text.IsDigit(said[i+1]) {
		i++
		for worth := One / 10; i < len(said) && text.IsDigit(said[i]); i++ {
			n += Number(said[i]-'0') * worth
			worth /= 10
		}
	}
	if i < len(said) && (said[i] == '万' || said[i] == '亿') {
		n *= Number(units[said[i]])
		i++
	}
	if n < 0 || n/One > most {
		return 0, start
	}
	return n, i
}

// thousands reports whether exactly three digits stand at place i.
func thousands(said []rune, i int) bool {
	for k := range 3 {
		if i+k >= len(said) || !text.IsDigit(said[i+k]) {
			return false
		}
	}
	return i+3 >= len(said) || !text.IsDigit(said[i+3])
}

// Digit is the digit that a character stands for; false for others. 幺 is how a one is said on the telephone.
func Digit(r rune) (int, bool) {
	if text.IsDigit(r) {
		return int(r - '0'), true
	}
	if d, ok := strokes[r]; ok {
		return d, true
	}
	return 0, false
}

// numeral is the digit of a Chinese character that counts: 幺 does not.
func numeral(said []rune, i int) (int64, bool) {
	if i >= len(said) || said[i] == '幺' {
		return 0, false
	}
	d, ok := strokes[said[i]]
	return int64(d), ok
}

// unitAt is what a character multiplies by; 0 for others.
func unitAt(said []rune, i int) int64 {
	if i >= len(said) {
		return 0
	}
	return units[said[i]]
}

// chinese reads a number in Chinese: one with units, or one digit after the other.
func chinese(said []rune, i int) (Number, int) {
	start := i
	if _, first := numeral(said, i); first {
		if _, second := numeral(said, i+1); second && said[i] != '零' {
			return sequence(said, i)
		}
	}
	var sum, scale int64
	for {
		n, end, bare := section(said, i)
		if end == i {
			break
		}
		i = end
		if unit := unitAt(said, i); unit >= 1e4 && (scale == 0 || unit < scale) {
			sum, scale = sum+n*unit, unit
			i++
			continue
		}
		if bare && scale > 0 { // 一万二
			n *= scale / 10
		}
		sum += n
		break
	}
	if sum > most {
		return 0, start
	}
	return Number(sum) * One, i
}

// section reads what stands below 万. bare is a single digit without 零 before it.
func section(said []rune, i int) (n int64, end int, bare bool) {
	start, last, zero := i, int64(1e4), false
	for {
		d, ok := numeral(said, i)
		unit := unitAt(said, i)
		switch {
		case ok && d == 0:
			zero = true
			i++
		case ok:
			if unit = unitAt(said, i+1); unit >= 10 && unit < last {
				n, last, zero = n+d*unit, unit, false
				i += 2
				continue
			}
			if i++; last < 1e4 && last > 10 && !zero { // 三百五
				d *= last / 10
			}
			return n + d, i, i == start+1
		case unit == 10 && last > 10 && (i == start || zero): // 十二, 一百零十
			n, last = n+10, 10
			i++
		default:
			return n, i, false
		}
	}
}

// sequence reads digits that stand one after the other: 二〇二六.
func sequence(said []rune, i int) (Number, int) {
	n, start := int64(0), i
	for {
		d, ok := numeral(said, i)
		if !ok {
			return Number(n) * One, i
		}
		if n = n*10 + d; n > most {
			return 0, start
		}
		i++
	}
}

var strokes = map[rune]int{
	'零': 0, '〇': 0, '一': 1, '二': 2, '两': 2, '三': 3, '四': 4, '五': 5, '六': 6, '七': 7, '八': 8, '九': 9, '幺': 1,
	'壹': 1, '贰': 2, '叁': 3, '肆': 4, '伍': 5, '陆': 6, '柒': 7, '捌': 8, '玖': 9, '俩': 2, '仨': 3,
}

var units = map[rune]int64{'十': 10, '拾': 10, '百': 100, '佰': 100, '千': 1000, '仟': 1000, '万': 1e4, '亿': 1e8}
