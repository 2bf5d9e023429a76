// Package mask finds personal data in text and hides it, in one pass: digits that lead up to a number with a check
// digit, a plan or a label, and addresses of mail. Text is read as it stands: full-width and Chinese digits, separators,
// emoji and line breaks between digits are seen through. Everything else in the text stays as it was, and what
// is masked once is never masked again.
package mask

import (
	"strings"
	"unicode/utf8"

	"keliu/policies"
	"keliu/policies/mask/find"
)

// A Type is a category of personal data.
type Type = find.Type

// The categories found in text.
const (
	Mobile   = find.Mobile
	Landline = find.Landline
	IDCard   = find.IDCard
	BankCard = find.BankCard
	Email    = find.Email
)

// A Span is a place in a text where personal data stands.
type Span = find.Span

// Find returns the personal data in text, in order and without overlaps.
func Find(text string) []Span {
	var few [8]Span
	found := find.Scan(text, few[:0])
	if len(found) == 0 {
		return nil
	}
	spans := make([]Span, len(found))
	copy(spans, found)
	complete(text, spans)
	return spans
}

// complete counts the runes up to each span and puts the values into normal form.
func complete(text string, spans []Span) {
	bytes, runes := 0, 0
	for i := range spans {
		s := &spans[i]
		runes += utf8.RuneCountInString(text[bytes:s.From])
		s.Start = runes
		runes += utf8.RuneCountInString(text[s.From:s.To])
		s.End, bytes = runes, s.To
		s.Value = find.Normal(s.Type, text[s.From:s.To])
	}
}

// Text hides all personal data in text.
func Text(text string) string {
	var few [8]Span
	return hide(text, find.Scan(text, few[:0]), nil)
}

// A Detector finds further categories, such as names. Its spans need Type, From and To; those that overlap with what was
// found before them are left out.
type Detector interface {
	Detect(text string) []Span
}

// A Masker hides what its rules say.
type Masker struct {
	action    func(field string) policies.Action
	detectors []Detector
}

// For returns a masker that asks action once per category and text how a value may appear. An action that is none of
// those known drops. Detectors find what this package does not.
func For(action func(field string) policies.Action, detectors ...Detector) *Masker {
	return &Masker{action, detectors}
}

// Text hides what the rules do not show.
func (m *Masker) Text(text string) string {
	return hide(text, m.find(text), m.action)
}

// Find returns the personal data in text with that of the detectors, in order and without overlaps.
func (m *Masker) Find(text string) []Span {
	spans := m.find(text)
	complete(text, spans)
	return spans
}

func (m *Masker) find(text string) []Span {
	spans := find.Scan(text, nil)
	for _, d := range m.detectors {
		spans = merge(spans, d.Detect(text), len(text))
	}
	return spans
}

// hide writes text with its spans hidden. Without an action they are masked.
func hide(text string, spans []Span, action func(string) policies.Action) string {
	if len(spans) == 0 {
		return text
	}
	var b strings.Builder
	b.Grow(len(text) + 16)
	done := 0
	for _, s := range spans {
		b.WriteString(text[done:s.From])
		value, how := text[s.From:s.To], policies.Mask
		if action != nil {
			how = action(string(s.Type))
		}
		switch how {
		case policies.Show:
			b.WriteString(value)
		case policies.Mask:
			writeMasked(&b, s.Type, value)
		case policies.Tail:
			writeTail(&b, s.Type, value)
		default:
			b.WriteString("〔" + string(s.Type) + "〕")
		}
		done = s.To
	}
	b.WriteString(text[done:])
	return b.String()
}
