package mask

import (
	"slices"
	"strings"
	"unicode/utf8"

	"keliu/policies/mask/find"
	"keliu/policies/mask/script"
)

// writeMasked writes a value the way its category is masked. The digits that stay are those by which people recognise
// what they know already.
func writeMasked(b *strings.Builder, category Type, value string) {
	switch category {
	case Mobile: // 138****1234
		writeDigits(b, value, -8, -4)
	case Landline: // 010-****5678
		area := 4
		if v := find.Normal(Landline, value); v[1] <= '2' {
			area = 3
		}
		writeDigits(b, value, area, -4)
	case IDCard: // 110***********1234
		writeDigits(b, value, 3, -4)
	case BankCard: // ************1234
		writeDigits(b, value, 0, -4)
	case Email: // a***@example.com
		writeEmail(b, value)
	default:
		b.WriteString(strings.Repeat("*", max(find.Stars, utf8.RuneCountInString(value))))
	}
}

// writeTail writes the last four digits of a number, and of what is no number nothing that could name somebody.
func writeTail(b *strings.Builder, category Type, value string) {
	switch category {
	case Mobile, Landline, IDCard, BankCard: // *******1234
		writeDigits(b, value, 0, -4)
	case Email: // ***@example.com
		b.WriteString("***")
		b.WriteString(value[at(value):])
	default:
		writeMasked(b, category, value)
	}
}

// writeDigits writes value with the digits from the from-th to the to-th as stars. Negative places count from the end.
func writeDigits(b *strings.Builder, value string, from, to int) {
	n := countDigits(value)
	if from < 0 {
		from += n
	}
	to += n
	if n == len(value) { // nothing between the digits
		b.WriteString(value[:from])
		b.WriteString("*******************"[:to-from])
		b.WriteString(value[to:])
		return
	}
	place := 0
	for i := 0; i < len(value); {
		size := digitSize(value, i)
		if size == 0 {
			b.WriteByte(value[i])
			i++
			continue
		}
		if place >= from && place < to {
			b.WriteByte('*')
		} else {
			b.WriteString(value[i : i+size])
		}
		place++
		i += size
	}
}

// countDigits is how many digits there are in value.
func countDigits(value string) int {
	n := 0
	for i := 0; i < len(value); {
		size := digitSize(value, i)
		if size > 0 {
			n++
		}
		i += max(size, 1)
	}
	return n
}

// digitSize is the size of the digit at i, or of the X of an ID card; 0 when there is neither.
func digitSize(value string, i int) int {
	if c := value[i]; c < utf8.RuneSelf {
		if c-'0' < 10 || c|0x20 == 'x' {
			return 1
		}
		return 0
	}
	if _, size, _ := script.Digit(value, i); size > 0 {
		return size
	}
	return script.X(value, i)
}

// writeEmail writes an address with the first sign of its local part, if it has others, and its domain.
func writeEmail(b *strings.Builder, value string) {
	at := at(value)
	if _, first := utf8.DecodeRuneInString(value); first < at {
		b.WriteString(value[:first])
	}
	b.WriteString("***")
	b.WriteString(value[at:])
}

// at is where the domain of an address begins.
func at(address string) int {
	if i := strings.IndexByte(address, '@'); i >= 0 {
		return i
	}
	return strings.Index(address, "＠")
}

// merge adds spans of a detector to those found before, leaving out what overlaps with them or lies outside the text.
func merge(spans, more []Span, size int) []Span {
	for _, s := range more {
		if s.From < 0 || s.To > size || s.From >= s.To {
			continue
		}
		i, _ := slices.BinarySearchFunc(spans, s.From, func(s Span, from int) int { return s.From - from })
		if i > 0 && spans[i-1].To > s.From || i < len(spans) && spans[i].From < s.To {
			continue
		}
		spans = slices.Insert(spans, i, s)
	}
	return spans
}
