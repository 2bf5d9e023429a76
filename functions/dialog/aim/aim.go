// Package aim decides which intent answers what a customer said.
package aim

import (
	"slices"

	"keliu/functions/business/counter"
	"keliu/functions/classify"
	"keliu/streams/desk"
)

// Upset reports whether a customer who sounds like this should hear a person: fury at once, displeasure when it lasts.
func Upset(before, now desk.Emotion) bool {
	return now.Furious() || now.Negative() && before.Negative()
}

// Choose names the intent that answers a text in a conversation. What was asked last wins over a guess, a person is always one
// word away.
func Choose(c desk.Conversation, text string, heard classify.Understanding, upset bool) string {
	switch {
	case heard.Intent == "handoff" && !heard.OutOfScope:
		return "handoff"
	case upset && c.Stage != desk.Queued:
		if heard.Intent == "complaint" {
			return "complaint"
		}
		return "handoff"
	case c.Stage == desk.Queued && heard.Facts[desk.FactPhone] != "" && heard.Facts[desk.FactOrder] == "":
		return "handoff" // a number left while waiting
	case expected(c, text, heard):
		return c.AskedBy
	case !heard.OutOfScope && heard.Intent != "":
		return heard.Intent
	case len(heard.Facts) > 0 && slices.Contains([]string{"order", "logistics", "refund"}, c.Intent):
		return c.Intent
	case heard.Facts[desk.FactWaybill] != "":
		return "logistics"
	case heard.Facts[desk.FactOrder] != "":
		return "order"
	}
	return "answer" // knowledge may hold it, and says so when it does not
}

// expected reports whether the customer gave what was asked for.
func expected(c desk.Conversation, text string, heard classify.Understanding) bool {
	switch {
	case c.Asked == "" || c.AskedBy == "":
		return false
	case heard.Facts[c.Asked] != "" || counter.Answers(c.Asked, text):
		return true
	case c.Asked == desk.FactOrder || c.Asked == desk.FactPhoneTail:
		return heard.Facts[desk.FactOrder] != "" || heard.Facts[desk.FactPhoneTail] != "" || heard.Facts[desk.FactPhone] != "" || heard.OutOfScope
	case c.Asked == "callback":
		return false
	}
	// A reason, or a choice in words: what fits nothing else.
	return heard.OutOfScope || heard.Bare
}

// Context is what the classifier may know of a conversation.
func Context(c desk.Conversation, history []desk.Line) classify.Context {
	known := classify.Context{Asked: c.Asked, Lang: c.Lang}
	for _, line := range history {
		if line.By == desk.ByCustomer {
			known.Turns = append(known.Turns, line.Text)
		} else {
			known.PrevReply = line.Text
		}
	}
	return known
}
