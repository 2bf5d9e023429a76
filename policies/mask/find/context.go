package find

import (
	"strings"
	"unicode/utf8"

	"keliu/policies/mask/label"
	"keliu/policies/mask/script"
)

// standsAlone reports whether the window is no part of something longer: more digits, a decimal, a code with letters, or
// what is left of a number that is masked already.
func (w *window) standsAlone(noLetterBefore bool) bool {
	text := w.text
	before, size := script.Before(text, w.from)
	after := script.At(text, w.to)
	if touches(before, w.chinese) || touches(after, w.hanging) || script.IsLetter(after) && !w.hanging {
		return false
	}
	if script.IsLetter(before) && !w.chinese && noLetterBefore && label.Before(text, w.from) == label.None {
		return false
	}
	if isDot(after) {
		if next, _ := script.IsDigit(script.At(text, w.to+utf8.RuneLen(after))); next {
			return false
		}
	}
	if isDot(before) && !numbersList(text, w.from-size) {
		if previous, _ := script.Before(text, w.from-size); previous >= '0' && previous <= '9' {
			return false
		}
	}
	return !starsBefore(text, w.from) && !starsAfter(text, w.to)
}

// touches reports whether r, right beside a digit, makes the number longer. A digit of the other script does not: a
// Chinese one is a word there.
func touches(r rune, chinese bool) bool {
	digit, other := script.IsDigit(r)
	return digit && chinese == other
}

func isDot(r rune) bool { return r == '.' || r == '．' }

// numbersList reports whether the dot at i follows the number of a list's item, as in "1.13812345678".
func numbersList(text string, i int) bool {
	n := 0
	for ; n < 3 && n < i && text[i-1-n] >= '0' && text[i-1-n] <= '9'; n++ {
	}
	if n == 0 || n == 3 || text[i-n] == '0' {
		return false
	}
	r, _ := script.Before(text, i-n)
	return r == 0 || r == '\n'
}

// isolated reports whether digits stand around a window that is written in pieces, joined as its pieces are: then it
// is a piece itself.
func (w *window) isolated() bool {
	switch {
	case w.mixed && w.glued:
		return true
	case w.tight():
		return false
	case w.spelled():
		return w.single
	}
	return w.gaps >= script.Dash && (w.before == w.gaps || w.after == w.gaps)
}

// isAmount reports whether the window is a price or a share.
func (w *window) isAmount() bool {
	before := strings.TrimRight(w.text[:w.from], " ")
	switch sign, _ := script.Before(before, len(before)); sign {
	case '¥', '￥', '$', '€', '£':
		return true
	}
	switch script.At(w.text, w.to) {
	case '元', '块', '圆', '万', '亿', '%', '％':
		return true
	case ' ':
		return strings.HasPrefix(w.text[w.to:], " 元")
	}
	return false
}

// Stars is how many stars the shortest mask of digits has; by them a number is known to be masked already.
const Stars = 3

// starsBefore reports whether a mask ends at i, as far as gaps hide it.
func starsBefore(text string, i int) bool {
	stars, between := 0, 0
	for i > 0 && stars < Stars && between <= script.GapRunes {
		r, size := script.Before(text, i)
		switch {
		case r == '*':
			stars, between = stars+1, 0
		case script.GapOf(r) != script.NoGap:
			between++
		default:
			return false
		}
		i -= size
	}
	return stars == Stars
}

// starsAfter reports whether a mask begins at i, as far as gaps hide it.
func starsAfter(text string, i int) bool {
	stars, between := 0, 0
	for i < len(text) && stars < Stars && between <= script.GapRunes {
		r, size := utf8.DecodeRuneInString(text[i:])
		switch {
		case r == '*':
			stars, between = stars+1, 0
		case script.GapOf(r) != script.NoGap:
			between++
		default:
			return false
		}
		i += size
	}
	return stars == Stars
}
