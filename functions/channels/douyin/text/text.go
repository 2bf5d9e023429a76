// Package text shapes what we say for Douyin's direct messages: one text of a thousand characters without links, in which offered
// replies and sources are written out.
package text

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"keliu/streams/desk"
)

// Max is how many characters a message may have.
const Max = 1000

// links are addresses that the platform takes offence at: with a scheme, or a bare name of a usual ending.
var links = regexp.MustCompile(`(?i)(?:https?://|www\.)[^\s\p{Han}，。；、！？）】》"']+|\b(?:[a-z0-9][a-z0-9-]*\.)+(?:com|cn|net|org|top|shop|vip|cc|io|me|xyz|info|link)\b(?:/[^\s\p{Han}，。；、！？）】》"']*)?`)

// Unlinked replaces links by a hint, and reports whether there were any.
func Unlinked(s string, lang desk.Lang) (string, bool) {
	hint := "（链接请在店铺主页查看）"
	if lang == desk.English {
		hint = "(see our shop page)"
	}
	out := links.ReplaceAllString(s, hint)
	return out, out != s
}

// Of is a message as one text: what is said, the sources it rests on, and the replies offered, numbered.
func Of(m desk.Message) string {
	lang := Lang(m.Text)
	var b strings.Builder
	b.WriteString(strings.TrimSpace(m.Text))
	if titles := sources(m); len(titles) > 0 {
		form := "\n（依据：%s）"
		if lang == desk.English {
			form = "\n(Source: %s)"
		}
		fmt.Fprintf(&b, form, strings.Join(titles, "、"))
	}
	for i, option := range m.Options {
		if i == 0 {
			b.WriteString(map[bool]string{true: "\nYou can reply:", false: "\n您可以回复："}[lang == desk.English])
		}
		fmt.Fprintf(&b, "\n%d. %s", i+1, option)
	}
	return strings.TrimSpace(b.String())
}

// sources are the titles of at most two articles that an answer rests on and does not name itself.
func sources(m desk.Message) (titles []string) {
	for _, c := range m.Citations {
		title := "《" + c.Title + "》"
		if c.Title != "" && len(titles) < 2 && !strings.Contains(m.Text, c.Title) && !slices.Contains(titles, title) {
			titles = append(titles, title)
		}
	}
	return titles
}

// Lang is the language of a text by its characters.
func Lang(s string) desk.Lang {
	if strings.ContainsFunc(s, func(r rune) bool { return r >= 0x4e00 && r <= 0x9fff }) {
		return desk.Chinese
	}
	return desk.English
}

// Split cuts a text into pieces that fit into a message, at the ends of lines or sentences where there are some.
func Split(s string) (pieces []string) {
	for rest := []rune(strings.TrimSpace(s)); len(rest) > 0; {
		n := min(len(rest), Max)
		if n < len(rest) {
			n = breakAt(rest[:n])
		}
		pieces = append(pieces, strings.TrimSpace(string(rest[:n])))
		rest = []rune(strings.TrimSpace(string(rest[n:])))
	}
	return pieces
}

// breakAt is where a piece ends best, not before its middle.
func breakAt(piece []rune) int {
	for _, ends := range []string{"\n", "。！？!?", "；;，,、 "} {
		for i := len(piece) - 1; i >= len(piece)/2; i-- {
			if strings.ContainsRune(ends, piece[i]) {
				return i + 1
			}
		}
	}
	return len(piece)
}

// Cut ends a text within a message, and says so where something is left out.
func Cut(s string) string {
	runes := []rune(s)
	if len(runes) <= Max {
		return s
	}
	return ended(runes)
}

// Ended is a text that goes on where the customer will not read it: it says so.
func Ended(s string) string { return ended([]rune(s)) }

func ended(runes []rune) string {
	ending := "……（内容较长，未能完整显示；需要详情请回复“转人工”）"
	if Lang(string(runes)) == desk.English {
		ending = "… (There is more than fits here. For the rest, reply “Talk to a person”.)"
	}
	room := Max - len([]rune(ending))
	if len(runes) > room {
		runes = runes[:breakAt(runes[:room])]
	}
	return strings.TrimSpace(string(runes)) + ending
}

// dotted is whatever has a dot or a slash between letters.
var dotted = regexp.MustCompile(`[A-Za-z0-9-]+(?:[./:@]+[A-Za-z0-9?=&%_-]+)*[./:@][A-Za-z][A-Za-z0-9?=&%_/-]*`)

// Plain is a text without all that could pass for an address.
func Plain(s string) string { return strings.TrimSpace(dotted.ReplaceAllString(s, "")) }
