package find

import (
	"strings"
	"unicode/utf8"

	"keliu/policies/mask/script"
)

// The longest parts of an address that RFC 5321 allows.
const (
	maxLocal  = 64
	maxDomain = 253
)

// email looks at the @ that stands from at to end, appends the address around it to spans and returns where the
// scanner goes on.
func email(text string, at, end int, spans []Span) ([]Span, int) {
	from, to := address(text, at, end)
	if n := len(spans); n > 0 {
		from = max(from, spans[n-1].To)
	}
	if from < at {
		spans = append(spans, Span{Type: Email, From: from, To: to})
	}
	return spans, to
}

// address returns where the address around the @ from at to end begins and ends. It begins at the @ when there is none,
// and ends behind the domain of one that is masked already.
func address(text string, at, end int) (from, to int) {
	if to = domain(text, end); to == end {
		return at, end
	}
	from = at
	for range maxLocal + 1 {
		size := localBefore(text, from)
		if size == 0 {
			break
		}
		from -= size
	}
	before, _ := script.Before(text, from)
	switch {
	case starsBefore(text, from):
		return at, to
	case localBefore(text, from) > 0, strings.HasSuffix(text[:at], "."), (before == '@' || before == '＠') && domain(text, from) > from:
		return at, end // too long, unsound, or the domain of an address before
	}
	for from < at && strings.IndexByte(".-+%", text[from]) >= 0 {
		from++
	}
	return from, to
}

// addressAhead returns where the address begins whose local part goes on at i, and where its @ stands; i and i when there
// is none.
func addressAhead(text string, i int) (from, at int) {
	at = i
	for range maxLocal {
		size := localBytes(text, at)
		if size == 0 {
			break
		}
		at += size
	}
	end := at
	switch script.At(text, at) {
	case '@':
		end++
	case '＠':
		end += 3
	default:
		return i, i
	}
	if from, _ = address(text, at, end); from == at {
		return i, i
	}
	return from, at
}

// localBytes is the size of what stands at i, if it may stand before the @, and 0 otherwise.
func localBytes(text string, i int) int {
	r := script.At(text, i)
	if r < utf8.RuneSelf {
		return asciiLocal(byte(r))
	}
	return wide(r, utf8.RuneLen(r))
}

// localBefore is the size of what ends at i, if it may stand before the @, and 0 otherwise.
func localBefore(text string, i int) int {
	if i == 0 {
		return 0
	}
	if c := text[i-1]; c < utf8.RuneSelf {
		return asciiLocal(c)
	}
	return wide(script.Before(text, i))
}

// asciiLocal is 1 if c may stand before the @, and 0 otherwise.
func asciiLocal(c byte) int {
	switch {
	case c|0x20 >= 'a' && c|0x20 <= 'z', c >= '0' && c <= '9', c == '.', c == '_', c == '%', c == '+', c == '-':
		return 1
	}
	return 0
}

// wide is size if r is a full-width letter, digit, dot, hyphen or underscore, and 0 otherwise.
func wide(r rune, size int) int {
	if digit, chinese := script.IsDigit(r); script.IsLetter(r) || digit && !chinese || r == '．' || r == '－' || r == '＿' {
		return size
	}
	return 0
}

// files are endings of file names that look like domains, as in logo@2x.png.
var files = []string{"png", "jpg", "jpeg", "gif", "webp", "svg", "css", "js", "html", "json"}

// domain returns where the domain that begins at i ends, or i when there is none. Its last label is of letters.
func domain(text string, i int) int {
	end, label, top := i, i, ""
	for j := i; ; {
		c, size := domainByte(text, j)
		if c == '.' || size == 0 {
			name := text[label:j]
			if name == "" || name[0] == '-' || name[len(name)-1] == '-' || j-i > maxDomain {
				break
			}
			if label > i && isTop(name) && !(strings.HasPrefix(text[j:], "*") && starsAfter(text, j)) {
				end, top = j, name // and no label with a number, as in tel***********4545
			}
			if size == 0 {
				break
			}
			label = j + size
		}
		j += size
	}
	for _, f := range files {
		if strings.EqualFold(top, f) {
			return i
		}
	}
	return end
}

// domainByte is the sign at i of a domain, its width taken off, and its size; 0 when there is none.
func domainByte(text string, i int) (c byte, size int) {
	if i >= len(text) {
		return 0, 0
	}
	if c := text[i]; c < utf8.RuneSelf {
		if script.IsLetter(rune(c)) || c >= '0' && c <= '9' || c == '.' || c == '-' {
			return c, 1
		}
		return 0, 0
	}
	r, size := utf8.DecodeRuneInString(text[i:])
	if wide(r, size) == 0 || r == '＿' {
		return 0, 0
	}
	return byte(script.HalfWidth(r)), size
}

// isTop reports whether a domain may end in name.
func isTop(name string) bool {
	letters := 0
	for _, r := range name {
		if !script.IsLetter(r) {
			return false
		}
		letters++
	}
	return letters >= 2 && letters <= 24
}
