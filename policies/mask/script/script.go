// Package script reads digits, letters and the gaps between them in whatever width and script they are written.
package script

import (
	"unicode"
	"unicode/utf8"
)

// At is the rune at i, or 0 at the end.
func At(text string, i int) rune {
	if i >= len(text) {
		return 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		return rune(c)
	}
	r, _ := utf8.DecodeRuneInString(text[i:])
	return r
}

// Before is the rune that ends at i, or 0 at the beginning, and its size.
func Before(text string, i int) (rune, int) {
	if i == 0 {
		return 0, 0
	}
	if c := text[i-1]; c < utf8.RuneSelf {
		return rune(c), 1
	}
	return utf8.DecodeLastRuneInString(text[:i])
}

// IsLetter reports whether r is a Latin letter.
func IsLetter(r rune) bool {
	return r|0x20 >= 'a' && r|0x20 <= 'z' && r < utf8.RuneSelf || r >= 'Ａ' && r <= 'Ｚ' || r >= 'ａ' && r <= 'ｚ'
}

// IsDigit reports whether r is a digit and whether it is written in Chinese.
func IsDigit(r rune) (yes, chinese bool) {
	switch {
	case r < utf8.RuneSelf:
		return r >= '0' && r <= '9', false
	case r >= '０' && r <= '９':
		return true, false
	case r < '〇' || r > '零':
		return false, false
	}
	yes = chineseDigit(0xE08080|uint32(r&0xF000)<<4|uint32(r&0xFC0)<<2|uint32(r&0x3F)) != 0
	return yes, yes
}

// IsWord reports whether r is a letter or a digit of a Latin word.
func IsWord(r rune) bool {
	yes, chinese := IsDigit(r)
	return IsLetter(r) || yes && !chinese
}

// X is the size of the X at i, 0 when there is none.
func X(text string, i int) int {
	switch r := At(text, i); r {
	case 'x', 'X':
		return 1
	case 'ｘ', 'Ｘ':
		return 3
	}
	return 0
}

// HalfWidth is r without the width of a Chinese sign.
func HalfWidth(r rune) rune {
	if r > 0xFF00 && r < 0xFF5F {
		return unicode.ToLower(r - 0xFEE0)
	}
	return r
}

// Digit reads the digit at i: ASCII, full-width or Chinese. Its size is 0 when there is none.
func Digit(text string, i int) (value byte, size int, chinese bool) {
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
	case 0xE38087, 0xE99BB6, 0xE6B49E: // 〇 零 洞
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
	case 0xE4B883, 0xE69F92, 0xE68B90: // 七 柒 拐
		return '7'
	case 0xE585AB, 0xE68D8C: // 八 捌
		return '8'
	case 0xE4B99D, 0xE78E96, 0xE58BBE: // 九 玖 勾
		return '9'
	}
	return 0
}

// A Gap is what may stand between the groups of one number.
type Gap byte

// The kinds of gaps, in the order of what they say.
const (
	NoGap Gap = iota
	Space     // blanks and what is not seen
	Line      // a line break
	Emoji
	Dash // also a middle dot, an underscore, a bullet
	Stop // what ends a thing or divides two more often than it divides a number
)

// GapOf tells what kind of gap a rune makes.
func GapOf(r rune) Gap {
	switch {
	case r == ' ' || r == '\t' || r == 0xA0 || r == 0x3000 || r >= 0x2000 && r <= 0x200D || r == 0x2060 || r == 0xFEFF:
		return Space
	case r == '\n' || r == '\r':
		return Line
	case r == '-' || r == '_' || r == '·' || r >= 0x2010 && r <= 0x2015 || r == '•' || r == '－' || r == '・' || r == 0x2212:
		return Dash
	case r == '.' || r == ',' || r == '/' || r == '~' || r == '(' || r == ')' || r == '|':
		return Stop
	case r == '．' || r == '，' || r == '、' || r == '／' || r == '～' || r == '（' || r == '）':
		return Stop
	case r >= 0x1F000 && r <= 0x1FBFF || r >= 0x2600 && r <= 0x27BF || r >= 0x2300 && r <= 0x23FF || r >= 0x2B00 && r <= 0x2BFF || r == 0xFE0F || r == 0x20E3 || r >= 0xE0020 && r <= 0xE007F:
		return Emoji
	}
	return NoGap
}

// GapRunes is the most runes that one gap is made of; an emoji alone may take four.
const GapRunes = 6

// GapAt reads the gap at i and its size in bytes, 0 when there is none. Of several kinds the one that says most counts.
func GapAt(text string, i int) (kind Gap, size int) {
	for range GapRunes {
		r, n := rune(0), 0
		if at := i + size; at < len(text) {
			if r, n = rune(text[at]), 1; r >= utf8.RuneSelf {
				r, n = utf8.DecodeRuneInString(text[at:])
			}
		}
		k := GapOf(r)
		if k == NoGap {
			break
		}
		kind, size = max(kind, k), size+n
	}
	return kind, size
}
