package documents

import (
	"bytes"
	"errors"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
	"golang.org/x/net/html/charset"
)

// readHTML reads the visible text of a page: headings, paragraphs, list items and tables. It goes by tokens, so that no
// nesting, however deep, costs a stack.
func readHTML(body []byte) (Document, error) {
	source, err := charset.NewReader(bytes.NewReader(body), "")
	if err != nil {
		return Document{}, err
	}
	z := html.NewTokenizer(source)
	z.SetMaxBuf(MaxText)
	var p page
	for {
		switch z.Next() {
		case html.ErrorToken:
			if err := z.Err(); !errors.Is(err, io.EOF) {
				return Document{}, err
			}
			p.endTable()
			p.endBlock()
			return p.doc, nil
		case html.TextToken:
			p.text(string(z.Text()))
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			p.start(atom.Lookup(name))
		case html.EndTagToken:
			name, _ := z.TagName()
			p.end(atom.Lookup(name))
		}
	}
}

// A page is what has been read of an HTML page so far.
type page struct {
	doc    Document
	hidden atom.Atom // the element whose content nobody sees, 0 when outside of one
	title  bool
	level  int // of the heading that is open
	said   strings.Builder
	rows   [][]string // of the table that is open
	cells  []string
	table  bool
}

func (p *page) text(text string) {
	switch {
	case p.hidden != 0:
	case p.title:
		p.doc.Title += text
	default:
		p.said.WriteString(strings.Map(func(r rune) rune {
			if r == '\n' || r == '\r' {
				return ' '
			}
			return r
		}, text))
	}
}

func (p *page) start(tag atom.Atom) {
	if p.hidden != 0 {
		return
	}
	switch tag {
	case atom.Script, atom.Style, atom.Noscript, atom.Template, atom.Iframe, atom.Svg, atom.Nav, atom.Select, atom.Textarea:
		p.hidden = tag
	case atom.Title:
		p.title = true
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.endBlock()
		p.level = level(tag)
	case atom.Table:
		p.endTable()
		p.endBlock()
		p.table = true
	case atom.Tr:
		p.endRow()
	case atom.Td, atom.Th:
		p.endCell()
	case atom.Br:
		p.said.WriteByte('\n')
	default:
		p.breakAt(tag)
	}
}

func (p *page) end(tag atom.Atom) {
	if p.hidden != 0 {
		if tag == p.hidden {
			p.hidden = 0
		}
		return
	}
	switch tag {
	case atom.Title:
		p.title = false
	case atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6:
		p.endBlock()
	case atom.Td, atom.Th:
		p.endCell()
	case atom.Tr:
		p.endRow()
	case atom.Table:
		p.endTable()
	default:
		p.breakAt(tag)
	}
}

// breakAt ends a paragraph at the elements that stand as blocks; in a table it ends a line.
func (p *page) breakAt(tag atom.Atom) {
	switch tag {
	case atom.P, atom.Div, atom.Li, atom.Ul, atom.Ol, atom.Dl, atom.Dt, atom.Dd, atom.Section, atom.Article, atom.Header,
		atom.Footer, atom.Main, atom.Blockquote, atom.Pre, atom.Body, atom.Caption, atom.Details, atom.Summary:
		if p.table {
			p.said.WriteByte('\n')
		} else {
			p.endBlock()
		}
	}
}

func (p *page) endBlock() {
	if text := clean(p.said.String()); text != "" {
		p.doc.Blocks = append(p.doc.Blocks, Block{Level: p.level, Text: text})
	}
	p.said.Reset()
	p.level = 0
}

func (p *page) endCell() {
	if text := clean(p.said.String()); text != "" {
		p.cells = append(p.cells, text)
	}
	p.said.Reset()
}

func (p *page) endRow() {
	p.endCell()
	if len(p.cells) > 0 {
		p.rows = append(p.rows, p.cells)
	}
	p.cells = nil
}

func (p *page) endTable() {
	if !p.table {
		return
	}
	p.endRow()
	p.doc.Blocks = append(p.doc.Blocks, table(p.rows)...)
	p.rows, p.table = nil, false
}

func level(tag atom.Atom) int { return int(tag.String()[1] - '0') }
