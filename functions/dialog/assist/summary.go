package assist

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"keliu/functions/dialog/words"
	"keliu/functions/models"
	"keliu/streams/desk"
)

// A Reason is why a conversation may be closed.
type Reason struct{ Key, Chinese, English string }

// Name is the reason in a language.
func (r Reason) Name(lang desk.Lang) string {
	if lang == desk.English {
		return r.English
	}
	return r.Chinese
}

// Reasons lists why a conversation may be closed, the usual one first.
func Reasons() []Reason {
	return []Reason{
		{solved, "已解决", "Solved"},
		{noReply, "客户未回复", "The customer did not reply"},
		{"callback", "已约定回访", "A call back is arranged"},
		{"passed_on", "已转其他部门跟进", "Passed on to another department"},
		{unsolved, "未能解决", "Not solved"},
		{noQuestion, "无效咨询", "No question"},
	}
}

// The reasons that can be told from a conversation.
const (
	solved     = "solved"
	noReply    = "no_reply"
	unsolved   = "unsolved"
	noQuestion = "no_question"
)

const (
	mostSummed = 200 // messages that a summary looks at
	mostShort  = 80  // characters of a message that it quotes

	mostShown = 60              // messages that a model is shown
	mostLong  = 300             // characters of each
	summing   = 5 * time.Second // that a model may take: a person waits
)

// A course is how a session went.
type course struct {
	wanted   []string // what the customer asked for, in order
	ai, hand string   // the latest answers
	last     desk.Message
	thanked  bool // the last word is the customer's, and is thanks
	said     []desk.Message
}

// Summarize sums up the present session of a conversation, in a language. A model writes the summary when one is there and in time;
// otherwise the house does, by what it knows of the session.
func (a *Assistant) Summarize(ctx context.Context, id desk.ConversationID, lang desk.Lang) (Summary, error) {
	c, err := a.State.Conversation(ctx, id)
	if err != nil {
		return Summary{}, err
	}
	said, err := a.State.Said(ctx, id, 0, mostSummed)
	if err != nil {
		return Summary{}, err
	}
	k := a.follow(c, said)
	s := Summary{Text: a.Mask(k.text(c, lang)), By: ByHouse, Reason: k.reason(c)}
	if s.Reason == noQuestion {
		return s, nil // there is nothing for a model to find
	}
	ctx, cancel := context.WithTimeout(ctx, summing)
	defer cancel()
	written, err := a.Writer.Write(ctx, a.transcript(k, lang), nil)
	if err != nil {
		return s, fmt.Errorf("sum up: %w", err)
	}
	if !written.Builtin { // the composer words answers, not summaries
		s.Text, s.By = a.Mask(written.Text), written.Provider
	}
	return s, nil
}

// transcript asks a model for a summary: what was said, without anything personal, is all that it may rest on.
func (a *Assistant) transcript(k course, lang desk.Lang) models.Request {
	var lines []string
	for _, m := range k.said[max(0, len(k.said)-mostShown):] {
		if text := words.Short(strings.Join(strings.Fields(m.Text), " "), mostLong); text != "" {
			lines = append(lines, say(lang, "by_"+string(m.By), a.Mask(text)))
		}
	}
	return models.Request{
		Purpose: "summary", Lang: lang, Question: say(lang, "sum_up"),
		Passages: []desk.Passage{{Title: say(lang, "conversation"), Text: strings.Join(lines, "\n")}},
	}
}

// follow reads how the session went.
func (a *Assistant) follow(c desk.Conversation, said []desk.Notice) (k course) {
	for _, n := range said {
		m := *n.Message
		if m.At.Before(c.Session.Opened) {
			continue
		}
		k.last, k.said = m, append(k.said, m)
		text := words.Short(strings.Join(strings.Fields(m.Text), " "), mostShort)
		switch m.By {
		case desk.ByCustomer:
			k.thanked = m.Intent == "smalltalk" && !m.Emotion.Negative()
			if m.Intent != "smalltalk" && m.Intent != "handoff" && text != "" && !slices.Contains(k.wanted, text) {
				k.wanted = append(k.wanted, text)
			}
		case desk.ByAI:
			if m.Intent != "smalltalk" && m.Intent != "handoff" {
				k.ai = text
			}
		case desk.ByHuman:
			k.hand = text
		}
	}
	return k
}

func (k course) text(c desk.Conversation, lang desk.Lang) string {
	var lines []string
	add := func(key string, args ...any) { lines = append(lines, say(lang, key, args...)) }
	if len(k.wanted) == 0 {
		add("nothing")
	} else {
		add("wanted", k.wanted[0])
		if others := k.wanted[1:]; len(others) > 0 {
			add("also", strings.Join(others[max(0, len(others)-2):], " / "))
		}
	}
	if order := c.Facts[desk.FactOrder]; order != "" {
		add("order", order)
	}
	switch {
	case k.hand != "":
		add("answered", k.hand)
	case k.ai != "":
		add("ai", k.ai)
	}
	switch k.reason(c) {
	case solved:
		add("result_confirmed")
	case unsolved:
		add("result_open")
	case noReply:
		add("result_silent")
	}
	if worst, now := mood(lang, c.Session.Worst), mood(lang, c.Emotion); c.Session.Worst.Negative() && worst != now {
		add("mood_changed", worst, now)
	} else {
		add("mood", now)
	}
	return strings.Join(lines, "\n")
}

// reason is how the session looks to have ended.
func (k course) reason(c desk.Conversation) string {
	switch {
	case len(k.wanted) == 0:
		return noQuestion
	case c.Session.Confirmed && k.last.By != desk.ByCustomer, k.last.By == desk.ByCustomer && k.thanked:
		return solved
	case k.last.By == desk.ByCustomer:
		return unsolved
	}
	return noReply
}
