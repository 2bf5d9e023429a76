// Package find finds personal data in text, in one pass: numbers that a check digit, their plan or a label gives away, and
// addresses of mail.
package find

import (
	"strings"

	"keliu/policies/mask/script"
)

// A Type is a category of personal data, by the name it has in rules, metrics and reports.
type Type string

// The categories found in text.
const (
	Mobile   Type = "mobile"    // 手机号
	Landline Type = "landline"  // 固定电话
	IDCard   Type = "id_card"   // 身份证
	BankCard Type = "bank_card" // 银行卡
	Email    Type = "email"     // 邮箱
)

// A Span is a place in a text where personal data stands. Its JSON form tells the place and not the value.
type Span struct {
	Type  Type   `json:"type"`
	Start int    `json:"start"` // in runes
	End   int    `json:"end"`   // in runes, exclusive
	From  int    `json:"-"`     // in bytes
	To    int    `json:"-"`     // in bytes, exclusive
	Value string `json:"-"`     // in normal form: digits alone, 11 of them for a mobile; an address in lower case
}

// What a byte may begin, as far as the scanner cares.
const (
	dull       = iota // nothing
	asciiDigit        // a digit
	asciiAt           // an @
	fullWidth         // a full-width digit or sign, by its first byte
	oneInHan          // a Chinese one, by its first byte
)

// class tells what each byte may begin. Most bytes are dull, and the scanner goes over them without a branch
// more than this.
var class = [256]byte{
	'0': asciiDigit, '1': asciiDigit, '2': asciiDigit, '3': asciiDigit, '4': asciiDigit,
	'5': asciiDigit, '6': asciiDigit, '7': asciiDigit, '8': asciiDigit, '9': asciiDigit,
	'@': asciiAt, 0xEF: fullWidth, 0xE4: oneInHan, 0xE5: oneInHan,
}

// Scan appends the personal data in text to spans, in order.
func Scan(text string, spans []Span) []Span {
	var r run
	for i := 0; i < len(text); {
		switch class[text[i]] {
		case dull:
			i++
			continue
		case asciiDigit:
		case asciiAt:
			spans, i = email(text, i, i+1, spans)
			continue
		case fullWidth:
			if !isWide(text, i) {
				i++
				continue
			}
			if text[i+2] == 0xA0 { // ＠
				spans, i = email(text, i, i+3, spans)
				continue
			}
		case oneInHan:
			if !isOne(text, i) || !beginsMobile(text, i) {
				i++
				continue
			}
		}
		next := r.read(text, i)
		if from, sign := addressAhead(text, next); from < sign {
			r.cut(from)
			next = sign
		}
		spans, i = r.numbers(text, next, spans)
	}
	return spans
}

// isWide reports whether a full-width digit or @ stands at i.
func isWide(text string, i int) bool {
	return len(text)-i >= 3 && text[i+1] == 0xBC && (text[i+2]-0x90 < 10 || text[i+2] == 0xA0)
}

// isOne reports whether 一, 幺 or 壹 stands at i.
func isOne(text string, i int) bool {
	if len(text)-i < 3 {
		return false
	}
	two := uint(text[i+1])<<8 | uint(text[i+2])
	return two == 0xB880 && text[i] == 0xE4 || (two == 0xB9BA || two == 0xA3B9) && text[i] == 0xE5
}

// beginsMobile reports whether the Chinese one at i is followed by what comes second in a mobile: these digits are
// words as well, and most of them begin nothing.
func beginsMobile(text string, i int) bool {
	i += len("一")
	if _, gap := script.GapAt(text, i); gap > 0 {
		i += gap
	}
	if i == len(text) {
		return false
	}
	v, _, _ := script.Digit(text, i)
	return v >= '3'
}

// Normal is a value in normal form. That of another detector's category is normal already.
func Normal(category Type, value string) string {
	switch category {
	case Email:
		return strings.Map(script.HalfWidth, strings.ToLower(value))
	case Mobile, Landline, IDCard, BankCard:
	default:
		return value
	}
	var digits strings.Builder
	for i := 0; i < len(value); {
		v, size, _ := script.Digit(value, i)
		if size == 0 && script.X(value, i) > 0 {
			v, size = 'X', script.X(value, i)
		}
		if size > 0 {
			digits.WriteByte(v)
		}
		i += max(size, 1)
	}
	if category == Mobile { // without the country
		return digits.String()[digits.Len()-11:]
	}
	return digits.String()
}
