// Package documents reads what a company wrote down: Markdown, plain text, HTML, Word, PowerPoint, Excel, CSV and PDF.
// Every file comes from a stranger: its type is taken from its content, and size, nesting and time are bounded.
package documents

import (
	"context"
	"errors"
	"fmt"
	"path"
	"strings"
	"unicode"

	"keliu/functions/knowledge/documents/office"
	"keliu/functions/knowledge/documents/pdf"
	"keliu/streams/desk"
)

// The limits of an upload.
const (
	MaxUpload = 20 << 20 // bytes of a file
	MaxText   = 5 << 20  // bytes of text in it
)

// A Document is what a file says, in reading order.
type Document struct {
	Title  string // as the file itself says; empty when it does not
	Blocks []Block
}

// A Block is a heading, a paragraph or a row of a table.
type Block struct {
	Level     int      // 1–6 for a heading, 0 for the rest
	Text      string   // of a row: "column: value; column: value"
	Questions []string // what this block is known to answer, of a heading: what its part answers
}

// A Reader reads documents. The zero value is ready; the engine for PDF starts with the first one.
type Reader struct {
	pdf pdf.Engine
}

// Close stops the engine for PDF, if it runs.
func (r *Reader) Close() error { return r.pdf.Close() }

// Read returns what a file says. It refuses with desk.ErrInvalid and one of the codes upload_empty, upload_too_large,
// upload_type_unknown, upload_not_what_it_says, upload_bomb, upload_broken, upload_encrypted and upload_no_text.
func (r *Reader) Read(ctx context.Context, name string, body []byte) (doc Document, err error) {
	switch {
	case len(body) == 0:
		return Document{}, refuse("upload_empty", name)
	case len(body) > MaxUpload:
		return Document{}, refuse("upload_too_large", name, MaxUpload>>20)
	}
	kind, err := recognise(name, body)
	if err != nil {
		return Document{}, err
	}
	doc, err = r.parse(ctx, kind, body)
	var problem *desk.Problem
	switch {
	case errors.As(err, &problem):
		return Document{}, refuse(problem.Code, append([]any{name}, problem.Args...)...)
	case err != nil && ctx.Err() != nil:
		return Document{}, fmt.Errorf("read %s: %w", name, ctx.Err())
	case err != nil:
		return Document{}, errors.Join(refuse("upload_broken", name), err)
	}
	doc = faq(tidy(doc))
	size := 0
	for _, b := range doc.Blocks {
		size += len(b.Text)
	}
	switch {
	case size == 0:
		return Document{}, refuse("upload_no_text", name)
	case size > MaxText:
		return Document{}, refuse("upload_too_large", name, MaxText>>20)
	}
	return doc, nil
}

// parse turns a panic of a parser into an error: a stranger's file must not stop the house.
func (r *Reader) parse(ctx context.Context, kind string, body []byte) (doc Document, err error) {
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("%s parser: %v", kind, p)
		}
	}()
	switch kind {
	case "md":
		return readMarkdown(decode(body)), nil
	case "txt":
		return readText(decode(body)), nil
	case "html":
		return readHTML(body)
	case "csv":
		return readCSV(decode(body))
	case "docx":
		title, parts, err := office.Word(body)
		return Document{Title: title, Blocks: blocks(parts)}, err
	case "pptx":
		parts, err := office.Slides(body)
		return Document{Blocks: blocks(parts)}, err
	case "xlsx":
		return readSheets(ctx, body)
	case "pdf":
		text, err := r.pdf.Text(ctx, body, MaxText)
		return readText(unwrap(text)), err
	}
	return Document{}, refuse("upload_type_unknown")
}

// blocks reads the parts of an office file.
func blocks(parts []office.Part) (all []Block) {
	for _, p := range parts {
		if p.Rows != nil {
			all = append(all, table(p.Rows)...)
		} else {
			all = append(all, Block{Level: p.Level, Text: p.Text})
		}
	}
	return all
}

// tidy makes texts valid, takes out control characters and drops what is empty.
func tidy(doc Document) Document {
	doc.Title = oneLine(doc.Title)
	kept := doc.Blocks[:0]
	for _, b := range doc.Blocks {
		if b.Level > 0 {
			b.Text = oneLine(b.Text)
		} else {
			b.Text = clean(b.Text)
		}
		if b.Text != "" {
			kept = append(kept, b)
		}
	}
	doc.Blocks = kept
	return doc
}

// clean keeps the lines of a text, without control characters and without space at their ends.
func clean(text string) string {
	text = strings.Map(func(r rune) rune {
		switch {
		case r == '\n':
			return r
		case unicode.IsControl(r) || r == '\ufeff' || r == unicode.ReplacementChar:
			return ' '
		}
		return r
	}, strings.ToValidUTF8(text, " "))
	var kept []string
	for line := range strings.Lines(text) {
		if line = strings.Join(strings.Fields(line), " "); line != "" {
			kept = append(kept, line)
		}
	}
	return strings.Join(kept, "\n")
}

func oneLine(text string) string { return strings.ReplaceAll(clean(text), "\n", " ") }

// refuse returns a problem with the upload; the file's name goes in front of args in Read.
func refuse(code string, args ...any) error { return desk.Refuse(desk.ErrInvalid, code, args...) }

// extension returns the lower-case extension of a file's name, without the dot.
func extension(name string) string {
	return strings.ToLower(strings.TrimPrefix(path.Ext(strings.ReplaceAll(name, `\`, "/")), "."))
}
