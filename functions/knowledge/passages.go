package knowledge

import (
	"slices"
	"strings"
	"unicode/utf8"

	"keliu/functions/knowledge/documents"
	"keliu/streams/desk"
)

// maxPassage is the most runes a passage has.
const maxPassage = 400

// passages cuts a document into pieces that can be cited: each is of one part, holds whole paragraphs and rows, and is
// at most maxPassage long. A question with its answer stands alone.
func passages(a desk.Article, doc documents.Document) []desk.Passage {
	c := cutter{article: a}
	for _, b := range doc.Blocks {
		switch {
		case b.Level > 0:
			c.under(b)
		case len(b.Questions) > 0:
			c.flush()
			for _, piece := range split(b.Text) {
				c.add(piece, b.Questions)
			}
		default:
			for _, piece := range split(b.Text) {
				if c.size > 0 && c.size+1+utf8.RuneCountInString(piece) > maxPassage {
					c.flush()
				}
				c.held = append(c.held, piece)
				c.size += 1 + utf8.RuneCountInString(piece)
			}
		}
	}
	c.flush()
	return c.out
}

// A cutter goes through a document once.
type cutter struct {
	article  desk.Article
	out      []desk.Passage
	headings []documents.Block // the path to here, outermost first
	held     []string          // pieces of the passage that is growing
	size     int               // of held, in runes
}

func (c *cutter) under(heading documents.Block) {
	c.flush()
	for len(c.headings) > 0 && c.headings[len(c.headings)-1].Level >= heading.Level {
		c.headings = c.headings[:len(c.headings)-1]
	}
	if heading.Text != "" {
		c.headings = append(c.headings, heading)
	}
}

func (c *cutter) flush() {
	if len(c.held) > 0 {
		var questions []string
		if len(c.headings) > 0 {
			questions = c.headings[len(c.headings)-1].Questions
		}
		c.add(strings.Join(c.held, "\n"), questions)
	}
	c.held, c.size = nil, 0
}

func (c *cutter) add(text string, questions []string) {
	var path []string
	for _, h := range c.headings {
		path = append(path, h.Text)
	}
	c.out = append(c.out, desk.Passage{
		Article: c.article.ID, Title: c.article.Title, Heading: strings.Join(path, " › "),
		Text: text, Phrasings: slices.Clone(questions),
	})
}

// split cuts a text that is too long: after a line, after a sentence, or, where there is neither, anywhere.
func split(text string) (pieces []string) {
	runes := []rune(text)
	for len(runes) > maxPassage {
		end := lastOf(runes[:maxPassage], "\n")
		if end == 0 {
			end = lastOf(runes[:maxPassage], "。！？；!?;")
		}
		if end == 0 {
			end = lastOf(runes[:maxPassage], ".，,、 ")
		}
		if end == 0 {
			end = maxPassage
		}
		pieces = append(pieces, strings.TrimSpace(string(runes[:end])))
		runes = runes[end:]
	}
	if rest := strings.TrimSpace(string(runes)); rest != "" {
		pieces = append(pieces, rest)
	}
	return pieces
}

// lastOf returns the place after the last of the marks in the second half of the text, or 0.
func lastOf(runes []rune, marks string) int {
	for i := len(runes); i > len(runes)/2; i-- {
		if strings.ContainsRune(marks, runes[i-1]) {
			return i
		}
	}
	return 0
}
