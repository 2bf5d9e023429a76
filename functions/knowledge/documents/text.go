package documents

import (
	"regexp"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	goldtables "github.com/yuin/goldmark/extension"
	tables "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// numbered matches headings of plain text: 一、… （二）… 第三章 … 1. … 2.1 … and lines set between 【】.
var numbered = regexp.MustCompile(`^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|第[一二三四五六七八九十0-9]+[章节条]|【[^】]+】$|\d+(?:\.\d+)*[.、]?\s)`)

// readText reads paragraphs; short numbered lines that end without a stop are headings.
func readText(body string) Document {
	var doc Document
	for line := range strings.Lines(body) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		b := Block{Text: line}
		if len([]rune(line)) <= 40 && numbered.MatchString(line) && !strings.ContainsAny(line[len(line)-1:], ".;,") &&
			!strings.HasSuffix(line, "。") && !strings.HasSuffix(line, "；") && !strings.HasSuffix(line, "，") {
			b.Level = 2
			b.Text = strings.Trim(line, "【】")
		}
		doc.Blocks = append(doc.Blocks, b)
	}
	return doc
}

// unwrap joins lines that a page broke in the middle of a sentence: long ones that do not end like one.
func unwrap(text string) string {
	var out strings.Builder
	var held []rune // the line before
	for line := range strings.Lines(text) {
		runes := []rune(strings.TrimSpace(line))
		if len(held) > 0 {
			out.WriteString(string(held))
			switch last := held[len(held)-1]; {
			case len(runes) == 0 || len(held) < 30 || strings.ContainsRune("。！？；：.!?;:", last) || numbered.MatchString(string(runes)):
				out.WriteByte('\n')
			case last < 0x2E80:
				out.WriteByte(' ')
			}
		}
		held = runes
	}
	out.WriteString(string(held))
	return out.String()
}

// readMarkdown reads headings, paragraphs, list items, tables and code. Raw HTML is dropped.
func readMarkdown(body string) Document {
	source := []byte(body)
	root := goldmark.New(goldmark.WithExtensions(goldtables.Table)).Parser().Parse(text.NewReader(source))
	m := markdown{source: source}
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		m.block(n)
	}
	return m.doc
}

type markdown struct {
	source []byte
	doc    Document
}

func (m *markdown) block(n ast.Node) {
	switch n := n.(type) {
	case *ast.Heading:
		said := m.inline(n)
		if n.Level == 1 && m.doc.Title == "" {
			m.doc.Title = said
			return
		}
		m.add(Block{Level: n.Level, Text: said})
	case *tables.Table:
		var rows [][]string
		for row := n.FirstChild(); row != nil; row = row.NextSibling() {
			var cells []string
			for cell := row.FirstChild(); cell != nil; cell = cell.NextSibling() {
				cells = append(cells, m.inline(cell))
			}
			rows = append(rows, cells)
		}
		m.add(table(rows)...)
	case *ast.HTMLBlock, *ast.ThematicBreak:
	case *ast.Paragraph, *ast.TextBlock:
		m.add(Block{Text: m.inline(n)})
	case *ast.FencedCodeBlock, *ast.CodeBlock:
		m.add(Block{Text: string(n.Lines().Value(m.source))})
	default: // lists, items, quotes: what they hold
		for c := n.FirstChild(); c != nil; c = c.NextSibling() {
			m.block(c)
		}
	}
}

func (m *markdown) add(blocks ...Block) { m.doc.Blocks = append(m.doc.Blocks, blocks...) }

// inline returns the text of a node without its marks.
func (m *markdown) inline(n ast.Node) string {
	var said strings.Builder
	// The walker below returns no error, so Walk has none to return.
	_ = ast.Walk(n, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		switch n := n.(type) {
		case *ast.Text:
			said.Write(n.Segment.Value(m.source))
			if n.SoftLineBreak() || n.HardLineBreak() {
				said.WriteByte('\n')
			}
		case *ast.String:
			said.Write(n.Value)
		case *ast.AutoLink:
			said.Write(n.URL(m.source))
		}
		return ast.WalkContinue, nil
	})
	return said.String()
}
