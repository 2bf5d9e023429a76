package classify

import (
	"slices"
	"strconv"
)

// What the numbers of a shop look like.
const (
	orderPrefix   = "qh" // the numbers of this shop's orders
	orderDigits   = 12
	longMin       = 12 // digits of other shops' order numbers, and of waybills without letters
	longMax       = 20
	waybillMin    = 9 // digits of a waybill after the carrier's letters
	waybillMax    = 15
	mobileDigits  = 11
	tailDigits    = 4
	maxYuanDigits = 12
)

// carriers are the letters that waybill numbers begin with.
var carriers = wordList("jdva|jdvb|jdvc|jdvd|jdve|jdx|jd|sf|yto|yt|zto|sto|yunda|yd|jtsd|jt|ems|ea|eb|cn|dpk|dpl|dp|best|ht|ttk|ups|dhl|tnt")

// A span is a number found in a text: text[from:to], and its digits alone.
type span struct {
	from, to int
	digits   string
}

// digitsAt reads digits from place i. Between two of them may stand one space or hyphen when gaps allows it for
// the count of digits before.
func digitsAt(text []rune, i int, gaps func(int) bool) (digits string, end int) {
	var buf [longMax + 1]byte
	n := 0
	end = i
	for i < len(text) && n < len(buf) {
		if isGap(text[i]) && n > 0 && i+1 < len(text) && isDigit(text[i+1]) && gaps(n) {
			i++
		}
		if !isDigit(text[i]) {
			break
		}
		buf[n] = byte(text[i])
		n++
		i++
		end = i
	}
	return string(buf[:n]), end
}

func isGap(r rune) bool               { return r == ' ' || r == '-' }
func anywhere(int) bool               { return true }
func nowhere(int) bool                { return false }
func phoneGaps(n int) bool            { return n == 3 || n == 7 }
func isCode(r rune) bool              { return isDigit(r) || 'a' <= r && r <= 'z' }
func codeAt(text []rune, i int) bool  { return i >= 0 && i < len(text) && isCode(text[i]) }
func digitAt(text []rune, i int) bool { return i >= 0 && i < len(text) && isDigit(text[i]) }

// hasPrefix reports whether word stands at place i.
func hasPrefix(text []rune, i int, word string) bool {
	for _, r := range word {
		if i >= len(text) || text[i] != r {
			return false
		}
		i++
	}
	return true
}

// orderAt reads one of this shop's order numbers at place i: QH and 12 digits, apart or together.
func orderAt(text []rune, i int) (span, bool) {
	if codeAt(text, i-1) || !hasPrefix(text, i, orderPrefix) {
		return span{}, false
	}
	start := i + len(orderPrefix)
	if start < len(text) && isGap(text[start]) {
		start++
	}
	digits, end := digitsAt(text, start, nowhere)
	if len(digits) < orderDigits {
		digits, end = digitsAt(text, start, anywhere)
	}
	return span{i, end, digits}, len(digits) == orderDigits && !codeAt(text, end)
}

// waybillAt reads a waybill number that begins with its carrier's letters at place i.
func waybillAt(text []rune, i int) (span, bool) {
	if codeAt(text, i-1) {
		return span{}, false
	}
	for _, c := range carriers {
		start := i + len(c)
		if start >= len(text) || !slices.Equal(text[i:start], c) {
			continue
		}
		if isGap(text[start]) {
			start++
		}
		digits, end := digitsAt(text, start, nowhere)
		if len(digits) == waybillMin && hasPrefix(text, end, "cn") {
			end += len("cn") // the form of the postal union
		}
		if len(digits) >= waybillMin && len(digits) <= waybillMax && !codeAt(text, end) {
			return span{i, end, digits}, true
		}
	}
	return span{}, false
}

// phoneAt reads a mobile number at place i, with or without the country's code. One inside a longer number is none.
func phoneAt(text []rune, i int) (span, bool) {
	if codeAt(text, i-1) {
		return span{}, false
	}
	start := i
	for _, code := range []string{"+86", "0086", "86"} {
		if hasPrefix(text, i, code) {
			start += len(code)
			if start < len(text) && isGap(text[start]) {
				start++
			}
			break
		}
	}
	digits, end := digitsAt(text, start, nowhere)
	apart := len(digits) != mobileDigits
	if apart {
		digits, end = digitsAt(text, start, phoneGaps)
	}
	if len(digits) != mobileDigits || digits[0] != '1' || digits[1] < '3' || codeAt(text, end) {
		return span{}, false
	}
	if apart && (i > 1 && isGap(text[i-1]) && digitAt(text, i-2) || end < len(text) && isGap(text[end]) && digitAt(text, end+1)) {
		return span{}, false
	}
	return span{i, end, digits}, true
}

// Words for money behind a number, and what one of them is worth in fen.
var (
	units    = wordList("块钱|块|元|圆|rmb|yuan|cny")
	yuanMark = []rune{'¥', '￥'}
)

// amountAt reads money at place i: a number with 元 or one of its like behind it, or ¥ before it.
func amountAt(text []rune, i int) (fen int64, end int, ok bool) {
	if codeAt(text, i-1) || i > 0 && text[i-1] == '.' {
		return 0, 0, false
	}
	fen, end, ok = decimalAt(text, i)
	if !ok {
		return 0, 0, false
	}
	marked := i > 0 && slices.Contains(yuanMark, text[i-1]) || i > 1 && text[i-1] == ' ' && slices.Contains(yuanMark, text[i-2])
	if hasPrefix(text, end, " ") {
		end++
	}
	if hasPrefix(text, end, "万") {
		fen *= 10000
		end++
	}
	for _, u := range units {
		if !slices.Equal(text[end:min(end+len(u), len(text))], u) || isLatin(u[0]) && codeAt(text, end+len(u)) {
			continue
		}
		end += len(u)
		if digitAt(text, end) && !codeAt(text, end+1) && u[0] == '块' { // 三块五
			fen += int64(text[end]-'0') * 10
			end++
		}
		return fen, end, true
	}
	return fen, end, marked
}

// decimalAt reads a number with at most two places behind the point, as hundredths.
func decimalAt(text []rune, i int) (hundredths int64, end int, ok bool) {
	var whole []byte
	for ; i < len(text) && (isDigit(text[i]) || text[i] == ',' && digitAt(text, i+1) && digitAt(text, i+2) && digitAt(text, i+3)); i++ {
		if text[i] != ',' {
			whole = append(whole, byte(text[i]))
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
	if i < len(text) && text[i] == '.' && digitAt(text, i+1) {
		i++
		for worth := int64(10); digitAt(text, i); i++ {
			hundredths += int64(text[i]-'0') * worth
			worth /= 10
		}
	}
	return hundredths, i, true
}
