package functiontest

import (
	"context"
	"strings"
	"testing"
	"unicode/utf8"

	"keliu/functions"
	"keliu/streams/desk"
)

// Lines are the ways to ask that an examples.txt holds, without its comments.
func Lines(examples string) []string {
	var lines []string
	for line := range strings.SplitSeq(examples, "\n") {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			lines = append(lines, line)
		}
	}
	return lines
}

// Examples has the intent answer every one of its examples, from a customer of whom nothing is known, and hands each
// whole reply to check, which may be nil. A reply is whole when it says something, in the customer's language,
// and knows what it did.
func Examples(t *testing.T, intent functions.Intent, check func(t *testing.T, said string, reply desk.Reply)) {
	t.Helper()
	lines := Lines(intent.Examples())
	if len(lines) == 0 {
		t.Fatal("no examples")
	}
	for _, said := range lines {
		for _, lang := range []desk.Lang{desk.Chinese, desk.English, ""} {
			turn := newTalk(nil).turn
			turn.Message.Text, turn.Lang, turn.Facts = said, lang, nil
			reply, err := intent.Answer(context.Background(), turn)
			if err != nil {
				t.Errorf("%q: %v", said, err)
				continue
			}
			if flaw := flawed(reply); flaw != "" {
				t.Errorf("%q in %q: %s\n%s", said, lang, flaw, show(reply))
			}
			if check != nil {
				check(t, said, reply)
			}
		}
	}
}

// flawed says what is wrong with a reply, if anything is.
func flawed(r desk.Reply) string {
	switch {
	case (r.Text == "") == (r.Draft == nil):
		return "want either a text or a draft"
	case strings.Contains(r.Text, "%!") || !utf8.ValidString(r.Text) || r.Text != strings.TrimSpace(r.Text):
		return "the text is malformed"
	case r.Outcome == "":
		return "no outcome"
	case (r.Handoff != "") != (r.Outcome == desk.HandedOff):
		return "a handoff and its outcome go together"
	case r.Outcome == desk.Asked && r.Ask == "":
		return "asked, and does not say what"
	}
	return ""
}
