package office

import (
	"encoding/xml"
	"strconv"
	"strings"
)

// Word reads the title, paragraphs and tables of a Word file; headings by their style or outline.
func Word(body []byte) (title string, parts []Part, err error) {
	z, err := Unpack(body)
	if err != nil {
		return "", nil, err
	}
	var w word
	err = walk(z, "word/document.xml", w.visit)
	return w.title, w.parts, err
}

// A word is what has been read of a Word file so far.
type word struct {
	title  string
	parts  []Part
	said   strings.Builder
	level  int
	tables int // how many tables are open
	rows   [][]string
	cells  []string
	cell   strings.Builder
	inText bool
}

func (w *word) visit(token xml.Token) {
	switch t := token.(type) {
	case xml.StartElement:
		w.start(t)
	case xml.CharData:
		if w.inText {
			w.said.Write(t)
		}
	case xml.EndElement:
		w.end(t.Name.Local)
	}
}

func (w *word) start(e xml.StartElement) {
	switch e.Name.Local {
	case "t":
		w.inText = true
	case "tab":
		w.said.WriteByte(' ')
	case "br", "cr":
		w.said.WriteByte('\n')
	case "pStyle":
		w.level = headingLevel(attribute(e, "val"))
	case "outlineLvl":
		if n, err := strconv.Atoi(attribute(e, "val")); err == nil && n >= 0 && n < 6 {
			w.level = n + 1
		}
	case "tbl":
		w.tables++
	}
}

func (w *word) end(name string) {
	switch name {
	case "t":
		w.inText = false
	case "p":
		switch text := w.said.String(); {
		case w.tables > 0:
			w.cell.WriteString(text + "\n")
		case w.level == 1 && w.title == "" && len(w.parts) == 0:
			w.title = text
		default:
			w.parts = append(w.parts, Part{Level: w.level, Text: text})
		}
		w.said.Reset()
		w.level = 0
	case "tc":
		if w.tables == 1 { // a table in a cell is part of the cell
			w.cells = append(w.cells, w.cell.String())
			w.cell.Reset()
		}
	case "tr":
		if w.tables == 1 {
			w.rows = append(w.rows, w.cells)
			w.cells = nil
		}
	case "tbl":
		if w.tables--; w.tables == 0 {
			w.parts = append(w.parts, Part{Rows: w.rows})
			w.rows = nil
		}
	}
}

// headingLevel reads a paragraph style: "Heading2", "2" as Chinese Word names it, "Title" or "标题 1".
func headingLevel(style string) int {
	style = strings.ToLower(strings.ReplaceAll(style, " ", ""))
	if style == "title" {
		return 1
	}
	n, err := strconv.Atoi(strings.TrimPrefix(strings.TrimPrefix(style, "heading"), "标题"))
	if err != nil || n < 1 || n > 6 {
		return 0
	}
	return n
}

func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}
