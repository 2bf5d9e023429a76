package mask

import "unicode/utf8"

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

// scan appends the personal data in text to spans, in order.
func scan(text string, spans []Span) []Span {
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
			if isWideAt(text, i) {
				spans, i = email(text, i, i+3, spans)
				continue
			}
			if _, size, _ := digitAt(text, i); size == 0 {
				i++
				continue
			}
		case oneInHan:
			if !beginsMobile(text, i) {
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

// isWideAt reports whether a full-width @ stands at i.
func isWideAt(text string, i int) bool {
	return len(text)-i >= 3 && text[i:i+3] == "＠"
}

// beginsMobile reports whether a Chinese one stands at i and is followed by what comes second in a mobile: these
// digits are words as well, and most of them begin nothing.
func beginsMobile(text string, i int) bool {
	v, size, _ := digitAt(text, i)
	if v != '1' {
		return false
	}
	i += size
	if _, gap := gapAt(text, i); gap > 0 {
		i += gap
	}
	if i == len(text) {
		return false
	}
	v, _, _ = digitAt(text, i)
	return v >= '3'
}

// digitAt reads the digit at i: ASCII, full-width or Chinese. Its size is 0 when there is none.
func digitAt(text string, i int) (value byte, size int, chinese bool) {
	c := text[i]
	if c-'0' < 10 {
		return c, 1, false
	}
	if c < 0xE3 || c > 0xEF || len(text)-i < 3 {
		return 0, 0, false
	}
	key := uint32(c)<<16 | uint32(text[i+1])<<8 | uint32(text[i+2])
	if d := key - 0xEFBC90; d < 10 {
		return '0' + byte(d), 3, false
	}
	if v := chineseDigit(key); v != 0 {
		return v, 3, true
	}
	return 0, 0, false
}

// chineseDigit is the value of a Chinese digit given by its three bytes: as written, as on cheques, as said on the radio.
func chineseDigit(key uint32) byte {
	switch key {
	case 0xE38087, 0xE99BB6: // 〇 零
		return '0'
	case 0xE4B880, 0xE5B9BA, 0xE5A3B9: // 一 幺 壹
		return '1'
	case 0xE4BA8C, 0xE8B4B0, 0xE4B8A4: // 二 贰 两
		return '2'
	case 0xE4B889, 0xE58F81: // 三 叁
		return '3'
	case 0xE59B9B, 0xE88286: // 四 肆
		return '4'
	case 0xE4BA94, 0xE4BC8D: // 五 伍
		return '5'
	case 0xE585AD, 0xE99986: // 六 陆
		return '6'
	case 0xE4B883, 0xE69F92: // 七 柒
		return '7'
	case 0xE585AB, 0xE68D8C: // 八 捌
		return '8'
	case 0xE4B99D, 0xE78E96: // 九 玖
		return '9'
	}
	return 0
}

// A gap is what may stand between the groups of one number.
type gap byte

const (
	noGap gap = iota
	space     // blanks and what is not seen
	line      // a line break
	emoji
	dash // also a middle dot, an underscore, a bullet
	dot  // a full stop, which is a decimal point more often than not
)

// gapOf tells what kind of gap a rune makes.
func gapOf(r rune) gap {
	switch {
	case r == ' ' || r == '\t' || r == 0xA0 || r == 0x3000 || r >= 0x2000 && r <= 0x200D || r == 0x2060 || r == 0xFEFF:
		return space
	case r == '\n' || r == '\r':
		return line
	case r == '-' || r == '_' || r == '·' || r >= 0x2010 && r <= 0x2015 || r == '•' || r == '－' || r == '・' || r == 0x2212:
		return dash
	case r == '.' || r == '．':
		return dot
	case r >= 0x1F000 && r <= 0x1FBFF || r >= 0x2600 && r <= 0x27BF || r == 0xFE0F || r == 0x20E3 || r >= 0xE0020 && r <= 0xE007F:
		return emoji
	}
	return noGap
}

// gapRunes is the most runes that one gap is made of; an emoji alone may take four.
const gapRunes = 6

// gapAt reads the gap at i and its size in bytes, 0 when there is none. Of several kinds the one that says most counts.
func gapAt(text string, i int) (kind gap, size int) {
	for range gapRunes {
		r, n := rune(0), 0
		if at := i + size; at < len(text) {
			if r, n = rune(text[at]), 1; r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[at:])
			}
		}
		k := gapOf(r)
		if k == noGap {
			break
		}
		kind, size = max(kind, k), size+n
	}
	return kind, size
}
