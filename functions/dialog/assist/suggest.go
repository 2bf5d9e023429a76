package assist

import (
	"context"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"keliu/functions"
	"keliu/functions/classify"
	"keliu/functions/dialog/aim"
	"keliu/functions/dialog/words"
	"keliu/functions/models"
	"keliu/policies"
	"keliu/streams/desk"
)

const (
	historyLines = 12              // as much as the dialog reads
	mostPassages = 8               // looked at for one question
	least        = 0.3             // how sure a passage must be to be worth a look: a person judges it
	patience     = 6 * time.Second // that the shop's own systems may take
)

// A question is what the customer said last, with what is known around it.
type question struct {
	c       desk.Conversation
	m       desk.Message // the text masked
	raw     string
	heard   classify.Understanding
	intent  string
	history []desk.Line
	told    []string // what the customer has been told since
	role    string   // of whoever would answer
}

// An option is one way to answer. Either the text stands, or it is worded from passages.
type option struct {
	text      string
	passages  []desk.Passage
	citations []desk.Citation
	basis     Basis
	sure      float64
}

// Suggest returns the n-th best answer to what the customer said last, for somebody with a role: the AI's own, then one from each
// other passage of the knowledge that the role may read. When there are no more it says so.
func (a *Assistant) Suggest(ctx context.Context, id desk.ConversationID, role string, n int) (Suggestion, error) {
	none := Suggestion{N: n, Basis: OnNothing, Citations: []Backing{}}
	q, ok, err := a.question(ctx, id, role)
	if err != nil || !ok {
		return none, err
	}
	none.Intent = q.intent
	options, err := a.options(ctx, q)
	if err != nil || n >= len(options) {
		return none, err
	}
	return a.word(ctx, q, options[n], n, n+1 < len(options))
}

// question reads what the customer said last. ok is false when nothing was said.
func (a *Assistant) question(ctx context.Context, id desk.ConversationID, role string) (q question, ok bool, err error) {
	if q.c, err = a.State.Conversation(ctx, id); err != nil {
		return q, false, err
	}
	said, err := a.State.Said(ctx, id, 0, historyLines)
	if err != nil {
		return q, false, err
	}
	last := len(said) - 1
	for ; last >= 0 && said[last].Message.By != desk.ByCustomer; last-- {
		q.told = append(q.told, said[last].Message.Text)
	}
	// Of several messages in a row, the last one that is more than a word of courtesy.
	for i := last; i >= 0 && said[i].Message.By == desk.ByCustomer; i-- {
		m := *said[i].Message
		q.history = a.lines(said[:i])
		heard := a.Understand.Understand(m.Text, aim.Context(q.c, q.history))
		if ok && heard.Intent == "smalltalk" {
			continue
		}
		q.m, q.raw, q.heard, ok = m, m.Text, heard, true
		if heard.Intent != "smalltalk" {
			break
		}
	}
	if !ok || strings.TrimSpace(q.raw) == "" {
		return q, false, nil
	}
	q.m.Text, q.role = a.Mask(q.raw), role
	q.intent = aim.Choose(q.c, q.raw, q.heard, false)
	return q, true, nil
}

func (a *Assistant) lines(said []desk.Notice) (history []desk.Line) {
	for _, n := range said {
		history = append(history, desk.Line{By: n.Message.By, Text: a.Mask(n.Message.Text)})
	}
	return history
}

// options lists the ways to answer, best first, no two in the same words and none that the customer has been told already.
func (a *Assistant) options(ctx context.Context, q question) ([]option, error) {
	own, err := a.own(ctx, q)
	if err != nil {
		return nil, err
	}
	found, err := a.find(ctx, q)
	if err != nil {
		return nil, err
	}
	var all []option
	known := slices.Clone(q.told)
	add := func(o option) {
		if o.basis == "" {
			return
		}
		if text := a.plain(q, o); !slices.Contains(known, text) {
			all, known = append(all, o), append(known, text)
		}
	}
	add(own)
	internal := a.internal()
	for _, p := range found {
		o := option{passages: []desk.Passage{p}, citations: cite([]desk.Passage{p}), basis: OnKnowledge, sure: p.Score}
		if internal[p.Article] {
			o.basis = OnInternal
		}
		add(o)
	}
	return all, nil
}

// plain is an option as it is worded without a model: by it two are told apart.
func (a *Assistant) plain(q question, o option) string {
	if o.text != "" {
		return o.text
	}
	return models.Builtin(a.request(q, o))
}

// masked is what the mask leaves of a number or an address: no article speaks of it.
var masked = regexp.MustCompile(`[\w.@+-]*\*{2,}[\w.@*+-]*`)

// find searches what the role may read.
func (a *Assistant) find(ctx context.Context, q question) ([]desk.Passage, error) {
	found, err := a.Library.Find(ctx, masked.ReplaceAllString(q.m.Text, " "), mostPassages, func(audience string) bool {
		ruling, err := a.Rules.MayRetrieve(ctx, policies.MayRetrieve{Audience: audience, Purpose: "assist", Role: q.role})
		return err == nil && ruling.Allow
	})
	if err != nil {
		return nil, fmt.Errorf("find passages: %w", err)
	}
	return slices.DeleteFunc(found, func(p desk.Passage) bool { return p.Score < least }), nil
}

// internal are the articles that only the staff may read.
func (a *Assistant) internal() map[desk.ArticleID]bool {
	internal := map[desk.ArticleID]bool{}
	for _, article := range a.Library.Articles() {
		internal[article.ID] = article.Audience != "public"
	}
	return internal
}

// own is what the AI would answer by itself, if it had the conversation. What it would do beside that is not done.
func (a *Assistant) own(ctx context.Context, q question) (option, error) {
	switch {
	case q.intent == "complaint" || q.heard.Emotion.Furious():
		return option{text: say(q.c.Lang, "sorry"), basis: OnWords, sure: 1}, nil
	case q.intent == "handoff":
		return option{text: say(q.c.Lang, "here"), basis: OnWords, sure: 1}, nil
	}
	// Asked as if nobody had the conversation: that a person has it keeps the AI from speaking, and it does not speak here.
	ruling, err := a.Rules.MayRun(ctx, policies.MayRun{
		Function: "intents/" + q.intent, Action: "answer", Channel: q.c.Channel, Stage: string(desk.WithAI), Known: q.c.Member != "",
	})
	if err != nil || !ruling.Allow {
		return option{}, ctx.Err()
	}
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	reply, err := functions.Call[desk.Turn, desk.Reply](asking, a.Intents, "intents/"+q.intent, q.turn())
	if err != nil {
		return option{}, ctx.Err() // a system that does not answer leaves the knowledge to suggest from
	}
	return a.read(q, reply), nil
}

// turn is the message with all that is known about it, as the dialog would put it to the intent.
func (q question) turn() desk.Turn {
	facts := maps.Clone(q.c.Facts)
	if facts == nil {
		facts = desk.Facts{}
	}
	maps.Copy(facts, q.heard.Facts)
	return desk.Turn{
		Message: q.m, Lang: q.c.Lang, Intent: q.intent, Confidence: q.heard.Confidence, Emotion: q.heard.Emotion, Stage: desk.WithAI,
		Member: q.c.Member, Name: q.c.Name, Facts: facts, Found: q.heard.Facts, Asked: q.c.Asked, History: slices.Clone(q.history),
	}
}

// read makes an option of what an intent replies. To decline or to call a person is no answer for a person to give.
func (a *Assistant) read(q question, r desk.Reply) option {
	o := option{text: a.Mask(strings.TrimSpace(r.Text)), citations: r.Citations, sure: q.heard.Confidence, basis: OnShop}
	switch {
	case r.Outcome == desk.Declined || r.Outcome == desk.HandedOff:
		return option{}
	case r.Draft != nil && len(r.Draft.Passages) > 0:
		o.text, o.passages, o.basis, o.sure = "", r.Draft.Passages, OnKnowledge, r.Draft.Passages[0].Score
	case o.text == "":
		return option{}
	case len(r.Citations) > 0:
		o.basis = OnKnowledge
	case r.Outcome == desk.Greeted || r.Outcome == desk.Asked:
		o.basis = OnWords
	}
	return o
}

func (a *Assistant) request(q question, o option) models.Request {
	r := models.Request{
		Purpose: "assist", Intent: q.intent, Lang: q.c.Lang, Question: q.m.Text, Passages: o.passages, History: slices.Clone(q.history),
	}
	if q.heard.Emotion.Negative() {
		r.Tone = models.Caring
	}
	return r
}

// word puts an option into words.
func (a *Assistant) word(ctx context.Context, q question, o option, n int, more bool) (Suggestion, error) {
	s := Suggestion{Text: o.text, Intent: q.intent, Basis: o.basis, Confidence: min(1, max(0, o.sure)), N: n, More: more, Citations: []Backing{}}
	citations := o.citations
	if s.Text == "" {
		written, err := a.Writer.Write(ctx, a.request(q, o), nil)
		if err != nil {
			return Suggestion{}, fmt.Errorf("suggest: %w", err)
		}
		s.Text = a.Mask(written.Text)
		citations = words.Cited(s.Text, citations)
	}
	internal := a.internal()
	for _, c := range citations {
		s.Citations = append(s.Citations, Backing{c, internal[c.Article]})
	}
	return s, nil
}

func cite(passages []desk.Passage) []desk.Citation {
	citations := make([]desk.Citation, len(passages))
	for i, p := range passages {
		citations[i] = desk.Citation{Article: p.Article, Title: p.Title, Passage: p.Text}
	}
	return citations
}
