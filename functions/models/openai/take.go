package openai

import (
	"io"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// A take is one answer being taken down.
type take struct {
	emit  func(string)
	alive func(finished bool) // hears of every sign of life
	began time.Time

	text       strings.Builder
	runes      int
	finish     string
	in, out    int
	firstToken time.Duration
}

// read takes down the stream to its end. What goes wrong after the provider has said that it finished does not
// unmake the answer.
func (t *take) read(e *events) error {
	for {
		c, err := e.next()
		switch {
		case err == nil:
			if err := t.add(c); err != nil {
				return err
			}
		case err == io.EOF || t.finish != "":
			return t.end()
		default:
			return err
		}
	}
}

// readWhole takes down an answer that came in one piece, as from a provider that does not stream.
func (t *take) readWhole(r io.Reader) error {
	body, err := io.ReadAll(io.LimitReader(r, maxStream))
	if err != nil {
		return err
	}
	c, err := parse(body)
	if err != nil {
		return err
	}
	if err := t.add(c); err != nil {
		return err
	}
	return t.end()
}

// add takes down one chunk.
func (t *take) add(c chunk) error {
	if c.Usage != nil {
		t.in, t.out = c.Usage.In, c.Usage.Out
	}
	for _, choice := range c.Choices {
		if choice.Index != 0 || t.finish != "" {
			continue
		}
		if choice.Delta.Content != "" || choice.Delta.Reasoning != "" {
			t.alive(false)
		}
		if err := t.grow(choice.Delta.Content + choice.Message.Content); err != nil {
			return err
		}
		if t.finish = choice.Finish; t.finish != "" {
			t.alive(true)
		}
	}
	return nil
}

// grow appends a piece of text, which passes on to the customer's screen if it may be shown.
func (t *take) grow(delta string) error {
	if t.runes == 0 {
		delta = strings.TrimLeft(delta, " \t\r\n")
	}
	if delta == "" {
		return nil
	}
	if garbled(delta) {
		return Fail(Garbled, "control characters in the answer")
	}
	if t.runes += utf8.RuneCountInString(delta); t.runes > MaxRunes {
		return Fail(TooLong, "the answer is longer than %d characters", MaxRunes)
	}
	if t.firstToken == 0 {
		t.firstToken = max(time.Since(t.began), 1)
	}
	t.text.WriteString(delta)
	if t.emit != nil {
		t.emit(delta)
	}
	return nil
}

// end judges how the provider says the answer ended.
func (t *take) end() error {
	switch t.finish {
	case "length":
		return Fail(Cut, "the answer did not fit into max_tokens")
	case "content_filter", "sensitive":
		return Fail(Filtered, "the provider withheld the answer")
	}
	if t.runes == 0 {
		return Fail(Empty, "the answer is empty")
	}
	return nil
}

// answer is what was taken down. Tokens that the provider did not count are estimated.
func (t *take) answer(prompt []Message) Answer {
	a := Answer{Text: strings.TrimSpace(t.text.String()), TokensIn: t.in, TokensOut: t.out, FirstToken: t.firstToken}
	if a.TokensIn > 0 || a.TokensOut > 0 {
		return a
	}
	a.Estimated = true
	for _, m := range prompt {
		a.TokensIn += tokens(m.Content)
	}
	a.TokensOut = tokens(a.Text)
	return a
}

// tokens estimates how many tokens a text is: about three for four Chinese characters, one for four Latin ones.
func tokens(text string) int {
	quarters := 0
	for _, r := range text {
		if r < utf8.RuneSelf {
			quarters++
		} else {
			quarters += 3
		}
	}
	return (quarters + 3) / 4
}

// garbled reports control characters and what a decoder leaves of broken text.
func garbled(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool {
		return r == utf8.RuneError || r == '\ufeff' || unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r'
	})
}
