package builtin

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A sentence is a piece of a passage that can be said by itself.
type sentence struct {
	passage, place int // which passage, and where in it
	text           string
	item           bool // of a list or a table; several of them are joined as one
	intro          int  // the place of the line that introduces an item; -1 without one
}

// open reports whether the sentence needs what follows: it ends in a colon.
func (s sentence) open() bool {
	return strings.HasSuffix(s.text, "：") || strings.HasSuffix(s.text, ":")
}

// thin reports whether the sentence is a word or two, such as Yes.
func (s sentence) thin() bool {
	_, letters := script(s.text)
	return letters < 5 && !s.item
}

// leans reports whether the sentence is not understood without the one before it.
func (s sentence) leans() bool {
	for _, start := range [...]string{
		"但", "不过", "否则", "其中", "此外", "另外", "同时", "因此", "所以", "如果不", "超过", "逾期", "以上", "上述", "该", "这", "它", "其他", "其余",
		"But ", "However", "Otherwise", "Also", "In that case", "This ", "That ", "These ", "Those ", "It ", "They ", "After that", "Then ",
	} {
		if strings.HasPrefix(s.text, start) {
			return true
		}
	}
	return false
}

// split cuts a passage into its sentences.
func split(passage int, text string) (all []sentence) {
	intro := -1
	add := func(text string, item bool) {
		s := sentence{passage: passage, place: len(all), text: text, item: item, intro: -1}
		if item {
			s.intro = intro
		} else if intro = -1; s.open() {
			intro = s.place
		}
		all = append(all, s)
	}
	for _, block := range blocks(text) {
		if block.item {
			add(block.text, true)
			continue
		}
		for _, s := range cut(block.text) {
			add(s, false)
		}
	}
	return all
}

// A block is a line of a passage, freed of its marks.
type block struct {
	text string
	item bool
}

// blocks reads the lines of a passage: paragraphs, list items, rows of a table.
func blocks(text string) (all []block) {
	var header []string
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		switch {
		case strings.HasPrefix(line, "|") && strings.Count(line, "|") > 1:
			cells := strings.Split(strings.Trim(line, "|"), "|")
			for i := range cells {
				cells[i] = strings.TrimSpace(cells[i])
			}
			switch {
			case header == nil:
				header = cells
			case strings.Trim(line, "|-: ") != "":
				all = append(all, block{row(header, cells), true})
			}
			continue
		case line == "" || strings.HasPrefix(line, "#"): // a heading is nothing to say
		default:
			text, item := unmark(line)
			if told, ok := record(text); ok {
				text, item = told, true
			}
			all = append(all, block{emphasis.Replace(text), item})
		}
		header = nil
	}
	return all
}

// row tells one row of a table: "label：value" when it has two columns, else every cell by its header.
func row(header, cells []string) string {
	colon, comma := "：", "，"
	if han, _ := script(strings.Join(cells, "") + strings.Join(header, "")); han == 0 {
		colon, comma = ": ", ", "
	}
	if len(cells) == 2 {
		return cells[0] + colon + cells[1]
	}
	var told []string
	for i, cell := range cells {
		switch {
		case cell == "":
		case i == 0 || i >= len(header):
			told = append(told, cell)
		default:
			told = append(told, header[i]+colon+cell)
		}
	}
	return strings.Join(told, comma)
}

// record tells a row that names each of its cells, such as "地区：新疆；时效：5–8 天". A label is short.
func record(line string) (string, bool) {
	for _, marks := range [...][2]string{{"；", "："}, {"; ", ": "}} {
		var header, cells []string
		for part := range strings.SplitSeq(line, marks[0]) {
			label, cell, found := strings.Cut(part, marks[1])
			if !found || utf8.RuneCountInString(label) > 16 {
				break
			}
			header, cells = append(header, strings.TrimSpace(label)), append(cells, strings.TrimSpace(cell))
		}
		if len(cells) > 1 && len(cells) == strings.Count(line, marks[0])+1 {
			return row(header, cells), true
		}
	}
	return "", false
}

// unmark takes the mark of a list or a quotation from a line.
func unmark(line string) (text string, item bool) {
	line = strings.TrimLeft(line, "> ")
	for _, bullet := range [...]string{"- ", "* ", "+ ", "• ", "· ", "•", "·"} {
		if rest, ok := strings.CutPrefix(line, bullet); ok {
			return strings.TrimSpace(rest), true
		}
	}
	number := strings.TrimLeft(line, "0123456789")
	if number != line {
		for _, dot := range [...]string{". ", "、", ") ", "）", "．"} {
			if rest, ok := strings.CutPrefix(number, dot); ok {
				return strings.TrimSpace(rest), true
			}
		}
	}
	return line, false
}

// emphasis takes its marks from a text.
var emphasis = strings.NewReplacer("**", "", "__", "", "`", "")

// cut splits a paragraph after the marks that end a sentence. A full stop ends one before a space only, so that numbers
// stay whole; so does it not after an initial or a short form.
func cut(text string) (all []string) {
	start := 0
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if end <= start || !ends(text, i, r) {
			continue
		}
		for strings.ContainsRune("。！？!?.”』」）)\"'’", first(text[end:])) {
			end += utf8.RuneLen(first(text[end:]))
		}
		if s := strings.TrimSpace(text[start:end]); s != "" {
			all = append(all, s)
		}
		start = end
	}
	if s := strings.TrimSpace(text[start:]); s != "" {
		all = append(all, s)
	}
	return all
}

// ends reports whether the character at i ends a sentence.
func ends(text string, i int, r rune) bool {
	switch r {
	case '。', '！', '？':
		return true
	case '!', '?':
		next := first(text[i+1:])
		return next == 0 || unicode.IsSpace(next) || unicode.Is(unicode.Han, next)
	case '.':
		if next := first(text[i+1:]); next != 0 && !unicode.IsSpace(next) {
			return false
		}
		word := text[strings.LastIndexAny(text[:i], " (")+1 : i]
		switch strings.ToLower(word) {
		case "e.g", "i.e", "etc", "no", "mr", "ms", "mrs", "dr", "vs", "approx", "max", "min":
			return false
		}
		return len(word) != 1
	}
	return false
}

// script counts the Han characters and the letters and digits, Han included, of a text.
func script(s string) (han, letters int) {
	for _, r := range s {
		switch {
		case unicode.Is(unicode.Han, r):
			han++
			letters++
		case unicode.IsLetter(r) || unicode.IsDigit(r):
			letters++
		}
	}
	return han, letters
}

// first is the first character of a text, 0 when there is none.
func first(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// words yields the parts of a text that are compared: pairs of Han characters, and words and numbers in lower case,
// without the plural s.
func words(text string) iter.Seq[string] {
	return func(yield func(string) bool) {
		start, before := -1, -1 // of the word at hand, of the Han character before
		word := func(end int) bool {
			if start < 0 {
				return true
			}
			w := strings.ToLower(text[start:end])
			if len(w) > 3 && !strings.HasSuffix(w, "ss") {
				w = strings.TrimSuffix(w, "s")
			}
			start = -1
			return yield(w)
		}
		for i, r := range text {
			switch {
			case unicode.Is(unicode.Han, r):
				if !word(i) || before >= 0 && !yield(text[before:i+utf8.RuneLen(r)]) {
					return
				}
				before = i
			case unicode.IsLetter(r) || unicode.IsDigit(r):
				before = -1
				if start < 0 {
					start = i
				}
			default:
				before = -1
				if !word(i) {
					return
				}
			}
		}
		word(len(text))
	}
}
