package recount_test

import (
	"slices"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
)

// A fact is one thing that the records tell. Durations are in milliseconds.
type fact struct {
	at                           time.Time
	value                        float64
	who                          desk.ConversationID
	channel, intent, lang, agent string
	reason, model                string
}

// A ledger is the facts by what they are of. It is made from what was said and told alone, without a look at any point.
type ledger map[string][]fact

// A reader walks through what was said and told in one conversation.
type reader struct {
	w       *world
	facts   ledger
	reasons map[time.Time]string // of handoffs
	id      desk.ConversationID

	stage                        desk.Stage
	channel, intent, lang, agent string
	emotion                      float64
	number                       int
	last                         *desk.Message // of the customer
	s                            stay
	past                         []ending
	asked                        []request
	assigned                     []time.Time
	spans                        []span
}

// A stay is one session.
type stay struct {
	opened, firstIn, waits, firstOut, firstHand, wanted, queued, accepted time.Time
	ai, human, moved, confirmed                                           bool
	worst                                                                 float64
	tried                                                                 []string
}

// An ending is a session that was closed.
type ending struct {
	fact
	contained, resolved bool
	about               []string
}

// A request is something that a customer said.
type request struct {
	at     time.Time
	intent string // empty when a person had the conversation
}

// A span is how long something was so; open-ended while to is zero.
type span struct {
	what, agent string
	from, to    time.Time
}

func (s span) at(t time.Time) bool { return !s.from.After(t) && (s.to.IsZero() || s.to.After(t)) }

// read is the ledger of all conversations, with the spans of what was.
func (w *world) read() (ledger, []span) {
	w.Helper()
	facts, spans := ledger{}, []span{}
	conversations, err := database.Bodies[desk.Conversation](w.Context(), w.store.DB, `SELECT body FROM conversations`)
	if err != nil {
		w.Fatal(err)
	}
	handoffs, err := database.Bodies[desk.Handoff](w.Context(), w.store.DB, `SELECT body FROM handoffs`)
	if err != nil {
		w.Fatal(err)
	}
	for _, c := range conversations {
		r := &reader{w: w, facts: facts, reasons: map[time.Time]string{}, id: c.ID, lang: "zh"}
		for _, h := range handoffs {
			if h.Conversation == c.ID {
				r.reasons[h.At] = string(h.Reason)
			}
		}
		told, err := w.store.After(w.Context(), c.ID, 0, 1_000_000)
		if err != nil {
			w.Fatal(err)
		}
		for _, n := range told {
			r.next(n)
		}
		r.settle()
		spans = append(spans, r.spans...)
	}
	return facts, spans
}

func (r *reader) add(at time.Time, what string, value float64, reason string) {
	r.facts[what] = append(r.facts[what], fact{at: at, value: value, who: r.id, channel: r.channel, intent: r.intent, lang: r.lang, agent: r.agent, reason: reason})
}

// since adds how long it was from a time, by the calendar and by the hours of the company.
func (r *reader) since(at, from time.Time, what, reason string) {
	r.add(at, what, float64(at.Sub(from))/1e6, reason)
	r.add(at, what+" in hours", float64(worked(from, at))/1e6, reason)
}

func (r *reader) next(n desk.Notice) {
	r.channel = n.Channel
	switch {
	case n.Event == desk.EventMessage:
		r.said(n)
	case n.Event == desk.EventReply && n.Message.By == desk.ByAI:
		r.answered(n)
	case n.Event == desk.EventReply:
		r.replied(n.At, true)
		if r.s.firstHand.IsZero() && !r.s.firstIn.IsZero() {
			r.s.firstHand = n.At
			r.since(n.At, r.s.firstIn, "first human", "")
		}
	case n.Event == desk.EventHandoff:
		r.handed(n)
	case n.Event == desk.EventClosed:
		r.closed(n)
	}
}

func (r *reader) open(at time.Time) {
	r.number++
	r.stage, r.agent, r.emotion, r.s = desk.WithAI, "", 0, stay{opened: at}
	r.add(at, "opened", 1, "")
	r.add(at, map[bool]string{true: "new", false: "reopened"}[r.number == 1], 1, "")
	r.begin("open", at)
}

func (r *reader) gone() bool { return r.stage == "" || r.stage == desk.Closed }

func (r *reader) said(n desk.Notice) {
	m := n.Message
	r.lang, r.last = strings.Fields(m.Text)[2], m
	fresh := r.gone()
	if r.stage != desk.Human {
		r.intent = m.Intent
		r.asked = append(r.asked, request{n.At, m.Intent})
	} else {
		r.asked = append(r.asked, request{n.At, ""})
	}
	if fresh {
		r.open(n.At)
	}
	r.emotion = float64(m.Emotion)
	r.s.worst = min(r.s.worst, r.emotion)
	if r.s.firstIn.IsZero() {
		r.s.firstIn = n.At
	}
	if r.s.waits.IsZero() {
		r.s.waits = n.At
	}
	r.add(n.At, "message", 1, "")
	for range strings.Count(m.Text, "call") {
		r.add(n.At, "hidden", 1, "")
	}
}

func (r *reader) answered(n desk.Notice) {
	word, _, _ := strings.Cut(n.Message.Text, "\n")
	event := strings.TrimSuffix(string(n.Message.ID), "_r")
	r.intent = n.Message.Intent
	switch word {
	case "answer", "cite", "draft":
		r.add(n.At, "question", 1, "")
		r.add(n.At, "answer", 1, "")
		if len(n.Message.Citations) > 0 {
			r.add(n.At, "cited", 1, "")
		}
	case "decline":
		r.add(n.At, "question", 1, "")
		r.add(n.At, "unanswered", 1, "")
	case "call":
		r.add(n.At, "callback", 1, "")
	case "yes":
		r.s.confirmed = true
	}
	if slices.Contains([]string{"answer", "cite", "draft", "decline", "call"}, word) && !slices.Contains(r.s.tried, r.intent) {
		r.s.tried = append(r.s.tried, r.intent)
	}
	courtesy := word == "hi" || word == "yes" || word == "bye"
	if !courtesy && !r.s.ai {
		r.s.ai = true
		r.add(n.At, "with ai", 1, "")
	}
	if first, ok := r.w.first[event]; ok {
		r.add(n.At, "token", float64(first.Sub(r.last.At))/1e6, "")
	}
	if r.w.fallback[event] {
		r.add(n.At, "fallback", 1, "")
	}
	r.replied(n.At, !courtesy)
}

func (r *reader) replied(at time.Time, substantial bool) {
	if !r.s.waits.IsZero() {
		r.since(at, r.s.waits, "next", "")
		r.s.waits = time.Time{}
	}
	if substantial && r.s.firstOut.IsZero() && !r.s.firstIn.IsZero() {
		r.s.firstOut = at
		r.since(at, r.s.firstIn, "first any", "")
	}
}

func (r *reader) handed(n desk.Notice) {
	switch n.Queue.State {
	case "queued":
		r.release(n.At)
		reason := r.reasons[n.At]
		r.move(n.At, reason)
		if reason == "asked" && r.s.wanted.IsZero() {
			r.s.wanted = r.last.At
			r.add(n.At, "asked", float64(n.At.Sub(r.last.At))/1e6, "")
		}
		r.stage, r.s.queued = desk.Queued, n.At
		r.add(n.At, "entered", 1, "")
		r.begin("waits", n.At)
	case "left":
		r.waited(n.At, "left")
		r.stage = desk.WithAI
	case "accepted":
		if r.gone() {
			r.open(n.At)
		}
		if r.stage == desk.Queued {
			r.agent = n.Queue.Agent
			r.waited(n.At, "accepted")
		} else {
			r.move(n.At, "takeover")
		}
		r.release(n.At)
		if !r.s.human {
			r.s.human = true
			r.assigned = append(r.assigned, n.At)
		}
		r.stage, r.agent, r.s.accepted = desk.Human, n.Queue.Agent, n.At
		r.begin("has", n.At)
	case "returned":
		r.release(n.At)
		r.stage = desk.WithAI
	}
}

// move is a session's first way from the AI towards a person.
func (r *reader) move(at time.Time, reason string) {
	if r.s.ai && !r.s.moved && !r.s.human {
		r.add(at, "moved", 1, reason)
	}
	r.s.moved = true
}

// release lets go of the person who has the conversation.
func (r *reader) release(at time.Time) {
	if r.stage != desk.Human {
		return
	}
	r.add(at, "handled", float64(at.Sub(r.s.accepted))/1e6, "")
	r.stop("has", at)
	r.agent, r.stage = "", desk.WithAI
}

func (r *reader) waited(at time.Time, how string) {
	long := "long"
	switch d := at.Sub(r.s.queued); {
	case d < 5*time.Second:
		long = "short"
	case d <= 20*time.Second:
		long = "good"
	}
	r.since(at, r.s.queued, how, long)
	r.since(at, r.s.queued, "waited", "")
	r.stop("waits", at)
}

func (r *reader) closed(n desk.Notice) {
	s, at := r.s, n.At
	if r.stage == desk.Queued {
		r.waited(at, "left")
	}
	if r.stage == desk.Human {
		agent := r.agent
		r.release(at)
		r.agent = agent
	}
	r.since(at, s.opened, "closed", n.Reason)
	e := ending{fact: fact{at: at, value: 1, who: r.id, channel: r.channel, intent: r.intent, lang: r.lang, agent: r.agent}, contained: s.ai && !s.human, about: s.tried}
	e.resolved = e.contained || s.confirmed || n.Reason == "solved"
	if len(e.about) == 0 && r.intent != "smalltalk" {
		e.about = []string{r.intent}
	}
	r.past = append(r.past, e)
	for what, is := range map[string]bool{
		"closed with ai": s.ai, "contained": e.contained, "confirmed": e.contained && s.confirmed, "resolved": e.resolved, "assisted": s.human,
		"negative": s.worst <= -0.4, "recovered": s.worst <= -0.4 && r.emotion > -0.4,
	} {
		if is {
			r.add(at, what, 1, "")
		}
	}
	goal := func(reason string, due, met bool) {
		if due {
			r.add(at, "due", 1, reason)
		}
		if due && met {
			r.add(at, "met", 1, reason)
		}
	}
	goal("closing", true, at.Sub(s.opened) <= 24*time.Hour)
	goal("first_reply", !s.firstIn.IsZero(), !s.firstOut.IsZero() && s.firstOut.Sub(s.firstIn) <= time.Minute)
	goal("person", !s.wanted.IsZero(), !s.firstHand.IsZero() && s.firstHand.Sub(s.wanted) <= 3*time.Minute)
	r.stop("open", at)
	r.stage, r.agent = desk.Closed, ""
}

// settle says how the sessions turned out, with all that came later before its eyes.
func (r *reader) settle() {
	for _, e := range r.past {
		after := func(t time.Time, window time.Duration) bool { return t.After(e.at) && t.Sub(e.at) < window }
		came := slices.ContainsFunc(r.asked, func(q request) bool { return after(q.at, 24*time.Hour) })
		person := slices.ContainsFunc(r.assigned, func(t time.Time) bool { return after(t, 24*time.Hour) })
		again := slices.ContainsFunc(r.asked, func(q request) bool { return after(q.at, 7*24*time.Hour) && slices.Contains(e.about, q.intent) })
		for what, is := range map[string]bool{
			"assumed": e.contained && !came, "unaided": e.contained && !person, "once": e.resolved && !again, "repeated": again,
		} {
			if is {
				r.facts[what] = append(r.facts[what], e.fact)
			}
		}
	}
}

func (r *reader) begin(what string, at time.Time) {
	agent := ""
	if what == "has" {
		agent = r.agent
	}
	r.spans = append(r.spans, span{what: what, agent: agent, from: at})
}

func (r *reader) stop(what string, at time.Time) {
	for i := range r.spans {
		if s := &r.spans[i]; s.what == what && s.to.IsZero() {
			s.to = at
		}
	}
}

// worked is how much of a stretch fell between nine and six on weekdays in Beijing.
func worked(from, to time.Time) (sum time.Duration) {
	from, to = from.Add(8*time.Hour).UTC(), to.Add(8*time.Hour).UTC() // the clock on the wall there
	for day := from.Truncate(24 * time.Hour); day.Before(to); day = day.Add(24 * time.Hour) {
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		begin, end := day.Add(9*time.Hour), day.Add(18*time.Hour)
		if begin.Before(from) {
			begin = from
		}
		if end.After(to) {
			end = to
		}
		sum += max(0, end.Sub(begin))
	}
	return sum
}
