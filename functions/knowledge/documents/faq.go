package documents

import (
	"regexp"
	"strings"
)

var (
	asks    = regexp.MustCompile(`^(?i:问题?|q|question)\s*\d*\s*[：:.、]\s*`)
	answers = regexp.MustCompile(`^(?i:答案?|a|answer)\s*\d*\s*[：:.、]\s*`)
	similar = regexp.MustCompile(`^(?i:相似问法?|其他问法|also asked)\s*[：:]\s*`)
)

// faq recognises questions and answers in running text: 问：… 答：…, Q: … A: …, a line 相似问：… under either, and
// headings that end in a question mark.
func faq(doc Document) Document {
	var f faqReader
	for _, b := range doc.Blocks {
		switch {
		case b.Level > 0:
			f.under(b)
		case len(b.Questions) > 0:
			f.flush()
			f.out = append(f.out, b)
		default:
			f.paragraph(b.Text)
		}
	}
	f.flush()
	doc.Blocks = f.out
	return doc
}

// A faqReader goes through a document once.
type faqReader struct {
	out       []Block
	questions []string // wait for their answer
	answer    []string // its lines so far
	heading   int      // place in out of the heading above, plus 1; 0 for none
}

func (f *faqReader) under(b Block) {
	f.flush()
	if strings.HasSuffix(b.Text, "？") || strings.HasSuffix(b.Text, "?") {
		b.Questions = append(b.Questions, b.Text)
	}
	f.out = append(f.out, b)
	f.heading = len(f.out)
}

func (f *faqReader) paragraph(text string) {
	var plain []string
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		question := asks.ReplaceAllString(line, "")
		switch {
		case similar.MatchString(line):
			f.also(several(similar.ReplaceAllString(line, "")))
		case question != line && question != "":
			f.flush()
			f.questions = []string{question}
		case len(f.questions) > 0:
			if len(f.answer) == 0 {
				line = answers.ReplaceAllString(line, "")
			}
			if line != "" {
				f.answer = append(f.answer, line)
			}
		default:
			plain = append(plain, line)
		}
	}
	if len(plain) > 0 {
		f.out = append(f.out, Block{Text: strings.Join(plain, "\n")})
	}
}

// also adds other ways to ask: to the question that is open, or else to the heading above.
func (f *faqReader) also(questions []string) {
	switch {
	case len(f.questions) > 0:
		f.questions = append(f.questions, questions...)
	case f.heading > 0:
		above := &f.out[f.heading-1]
		above.Questions = append(above.Questions, questions...)
	}
}

// flush closes the question that is open. A question that nobody answered stays as a paragraph.
func (f *faqReader) flush() {
	switch {
	case len(f.answer) > 0:
		f.out = append(f.out, Block{Text: strings.Join(f.answer, "\n"), Questions: f.questions})
	case len(f.questions) > 0:
		f.out = append(f.out, Block{Text: strings.Join(f.questions, "\n")})
	}
	f.questions, f.answer = nil, nil
}
