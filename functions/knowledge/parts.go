package knowledge

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"keliu/functions/knowledge/documents"
	"keliu/streams/desk"
)

// A Part is a piece of an article as a person edits it.
type Part struct {
	Heading   string   `json:"heading"`   // with those that it stands under: "退货 › 运费"; empty for none
	Text      string   `json:"text"`      // plain, with its line breaks
	Phrasings []string `json:"phrasings"` // questions that it answers
}

// The limits of an article that is edited by parts.
const (
	mostParts     = 500
	mostPhrasings = 200 // of a part
	longestLine   = 200 // runes of a heading or a phrasing
)

// under parts headings from those that they stand under.
const under = " › "

// Parts returns an article as it is edited. Given to Add as they are, they say nothing new.
func Parts(a desk.Article) []Part {
	parts := []Part{}
	for _, p := range a.Passages {
		if n := len(parts); n > 0 && parts[n-1].Heading == p.Heading && slices.Equal(parts[n-1].Phrasings, p.Phrasings) {
			parts[n-1].Text += "\n" + p.Text
			continue
		}
		parts = append(parts, Part{p.Heading, p.Text, append([]string{}, p.Phrasings...)})
	}
	return parts
}

// compose makes a document of parts. A heading that is a question is one of its phrasings.
func compose(parts []Part) (doc documents.Document, err error) {
	if len(parts) == 0 || len(parts) > mostParts {
		return doc, desk.Refuse(desk.ErrInvalid, "article_parts", mostParts)
	}
	var above, known []string
	for i, p := range parts {
		path, text := pathOf(p.Heading), plain(p.Text)
		if text == "" {
			return doc, desk.Refuse(desk.ErrInvalid, "part_empty", i+1)
		}
		phrasings, err := phrasingsOf(p, path)
		if err != nil {
			return doc, err
		}
		if i > 0 && slices.Equal(path, above) && slices.Equal(phrasings, known) { // the same part goes on
			doc.Blocks[len(doc.Blocks)-1].Text += "\n" + text
			continue
		}
		doc.Blocks = append(doc.Blocks, headings(above, path, phrasings)...)
		b := documents.Block{Text: text}
		if len(path) == 0 {
			b.Questions = phrasings
		}
		doc.Blocks, above, known = append(doc.Blocks, b), path, phrasings
	}
	return doc, nil
}

// headings are those that lead from one part to the next. The last is there always, so that the part has its own phrasings.
func headings(above, path, phrasings []string) (blocks []documents.Block) {
	if len(path) == 0 {
		return []documents.Block{{Level: 1}} // under none of them any more
	}
	same := 0
	for same < len(path)-1 && same < len(above) && above[same] == path[same] {
		same++
	}
	for i := same; i < len(path); i++ {
		blocks = append(blocks, documents.Block{Level: i + 2, Text: path[i]})
	}
	blocks[len(blocks)-1].Questions = phrasings
	return blocks
}

func pathOf(heading string) (path []string) {
	for _, h := range strings.Split(heading, under) {
		if h = line(h); h != "" {
			path = append(path, h)
		}
	}
	return path
}

// phrasingsOf are the questions that a part answers, each once.
func phrasingsOf(p Part, path []string) (all []string, err error) {
	if len(path) > 0 {
		if last := path[len(path)-1]; strings.HasSuffix(last, "？") || strings.HasSuffix(last, "?") {
			all = append(all, last)
		}
	}
	for _, q := range p.Phrasings {
		if q = line(q); q != "" && !slices.Contains(all, q) {
			all = append(all, q)
		}
	}
	if len(all) > mostPhrasings {
		return nil, desk.Refuse(desk.ErrInvalid, "part_phrasings", mostPhrasings)
	}
	for _, text := range append(slices.Clone(path), all...) {
		if utf8.RuneCountInString(text) > longestLine {
			return nil, desk.Refuse(desk.ErrInvalid, "field_too_long", "phrasings", longestLine)
		}
	}
	return all, nil
}

// line is a text in one line.
func line(text string) string { return strings.Join(strings.Fields(visible(text)), " ") }

// plain is a text with its line breaks and without what cannot be seen.
func plain(text string) string {
	return strings.TrimSpace(visible(strings.ReplaceAll(text, "\r\n", "\n")))
}

func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) && r != '\n' && r != '\t' {
			return -1
		}
		return r
	}, strings.ToValidUTF8(text, ""))
}
