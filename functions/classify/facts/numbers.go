package facts

import (
	"strconv"

	"keliu/functions/classify/text"
)

// What the numbers of a shop look like.
const (
	orderPrefix   = "qh" // before the numbers of this shop's orders
	orderDigits   = 12
	longMin       = 12 // digits of other shops' order numbers, and of waybills without letters
	longMax       = 20
	waybillMin    = 9 // digits of a waybill behind the carrier's letters
	waybillMax    = 15
	mobileDigits  = 11
	tailDigits    = 4
	maxYuanDigits = 9
)

// A span is a number found in a text: said[from:to], and its digits alone.
type span struct {
	from, to int
	digits   string
}

// digitsAt reads digits from place i, at most one more than longMax. Between two of them may stand one space or
// hyphen where gaps allows it, given the count of digits before.
func digitsAt(said []rune, i int, gaps func(int) bool) (digits string, end int) {
	var buf [longMax + 1]byte
	n := 0
	end = i
	for i < len(said) && n < len(buf) {
		if n > 0 && isGap(said[i]) && digitAt(said, i+1) && gaps(n) {
			i++
		}
		if !text.IsDigit(said[i]) {
			break
		}
		buf[n] = byte(said[i])
		n++
		i++
		end = i
	}
	return string(buf[:n]), end
}

func nowhere(int) bool     { return false }
func phoneGaps(n int) bool { return n == 3 || n == 7 }

func isGap(r rune) bool               { return r == ' ' || r == '-' }
func isCode(r rune) bool              { return text.IsDigit(r) || 'a' <= r && r <= 'z' }
func codeAt(said []rune, i int) bool  { return i >= 0 && i < len(said) && isCode(said[i]) }
func digitAt(said []rune, i int) bool { return i >= 0 && i < len(said) && text.IsDigit(said[i]) }

// hasPrefix reports whether word stands at place i, whatever is behind it.
func hasPrefix(said []rune, i int, word string) bool {
	for _, r := range word {
		if i >= len(said) || said[i] != r {
			return false
		}
		i++
	}
	return true
}

// skipGap is the place behind a space or hyphen at i, or i.
func skipGap(said []rune, i int) int {
	if i < len(said) && isGap(said[i]) {
		return i + 1
	}
	return i
}

// orderAt reads one of this shop's order numbers at place i: QH and 12 digits, apart or together.
func orderAt(said []rune, i int) (span, bool) {
	if codeAt(said, i-1) || !hasPrefix(said, i, orderPrefix) {
		return span{}, false
	}
	start := skipGap(said, i+len(orderPrefix))
	digits, end := digitsAt(said, start, nowhere)
	if len(digits) < orderDigits {
		digits, end = digitsAt(said, start, func(n int) bool { return n < orderDigits })
	}
	return span{i, end, digits}, len(digits) == orderDigits && !codeAt(said, end)
}

// carriers are the letters that waybill numbers begin with; EA, EB and CN are the postal union's.
var carriers = []string{"jdva", "jdvb", "jdvc", "jdvd", "jdve", "jdx", "jd", "sf", "yto", "yt", "zto", "sto", "yunda", "yd",
	"jtsd", "jt", "ems", "ea", "eb", "cn", "dpk", "dpl", "dp", "best", "ht", "ttk", "ups", "dhl", "tnt"}

// waybillAt reads a waybill number that begins with its carrier's letters at place i.
func waybillAt(said []rune, i int) (span, bool) {
	if codeAt(said, i-1) {
		return span{}, false
	}
	for _, c := range carriers {
		if !hasPrefix(said, i, c) {
			continue
		}
		digits, end := digitsAt(said, skipGap(said, i+len(c)), nowhere)
		if len(digits) == waybillMin && hasPrefix(said, end, "cn") {
			end += len("cn")
		}
		if len(digits) >= waybillMin && len(digits) <= waybillMax && !codeAt(said, end) {
			return span{i, end, digits}, true
		}
	}
	return span{}, false
}

// phoneAt reads a mobile number at place i, with or without the country's code. One inside a longer number is none.
func phoneAt(said []rune, i int) (span, bool) {
	if codeAt(said, i-1) {
		return span{}, false
	}
	start := i
	for _, code := range []string{"+86", "0086", "86"} {
		if hasPrefix(said, i, code) {
			start = skipGap(said, i+len(code))
			break
		}
	}
	digits, end := digitsAt(said, start, nowhere)
	apart := len(digits) != mobileDigits
	if apart {
		digits, end = digitsAt(said, start, phoneGaps)
	}
	if len(digits) != mobileDigits || digits[0] != '1' || digits[1] < '3' || codeAt(said, end) {
		return span{}, false
	}
	if apart && (i > 0 && isGap(said[i-1]) && digitAt(said, i-2) || end < len(said) && isGap(said[end]) && digitAt(said, end+1)) {
		return span{}, false
	}
	return span{i, end, digits}, true
}

// units are words for money behind a number.
var units = text.List("块钱|块|元|圆|rmb|yuan|cny")

// amountAt reads money at place i, in fen: a number with a unit behind it or ¥ before it.
func amountAt(said []rune, i int) (fen int64, end int, ok bool) {
	if codeAt(said, i-1) || i > 0 && said[i-1] == '.' {
		return 0, 0, false
	}
	fen, end, ok = decimalAt(said, i)
	if !ok {
		return 0, 0, false
	}
	marked := i > 0 && isYuan(said[i-1]) || i > 1 && said[i-1] == ' ' && isYuan(said[i-2])
	unit := end
	if unit < len(said) && said[unit] == ' ' {
		unit++
	}
	if hasPrefix(said, unit, "万") {
		fen *= 10000
		unit++
		end = unit
	}
	n := units.At(said, unit)
	if n == 0 {
		return fen, end, marked
	}
	end = unit + n
	if said[unit] == '块' && digitAt(said, end) && !codeAt(said, end+1) { // 3块5
		fen += int64(said[end]-'0') * 10
		end++
	}
	return fen, end, true
}

func isYuan(r rune) bool { return r == '¥' || r == '￥' }

// decimalAt reads a number at place i as hundredths; what is smaller is cut off.
func decimalAt(said []rune, i int) (hundredths int64, end int, ok bool) {
	var whole []byte
	for text.IsDigit(said[i]) || said[i] == ',' && len(whole) > 0 && digitAt(said, i+1) && digitAt(said, i+2) && digitAt(said, i+3) {
		if said[i] != ',' {
			whole = append(whole, byte(said[i]))
		}
		if i++; i == len(said) {
			break
		}
	}
	if len(whole) == 0 || len(whole) > maxYuanDigits {
		return 0, 0, false
	}
	yuan, err := strconv.ParseInt(string(whole), 10, 64)
	if err != nil {
		return 0, 0, false
	}
	hundredths = yuan * 100
	if i < len(said) && said[i] == '.' && digitAt(said, i+1) {
		i++
		for worth := int64(10); digitAt(said, i); i++ {
			hundredths += int64(said[i]-'0') * worth
			worth /= 10
		}
	}
	return hundredths, i, true
}
