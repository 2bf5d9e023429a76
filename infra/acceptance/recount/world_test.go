package recount_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"math/rand/v2"
	"strconv"
	"strings"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/catalog/upkeep"
	"keliu/functions/catalog/worktime"
	"keliu/functions/classify"
	"keliu/functions/dialog"
	"keliu/functions/models"
	"keliu/functions/store"
	"keliu/functions/store/census"
	"keliu/functions/store/company"
	"keliu/functions/store/company/hours"
	"keliu/policies"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// A world is the dialog on a real store with the real way of counting, under a clock of its own and with customers and staff who act
// at random. What a customer says is what is to become of it: "intent outcome language emotion reason".
type world struct {
	*testing.T
	*rand.Rand
	now    time.Time
	store  *store.Store
	crowd  census.Crowd
	rounds upkeep.Rounds
	dialog *dialog.Dialog
	events int

	// What is raw beside the store.
	first    map[string]time.Time // when the first of an answer was seen, by the event that it answers
	fallback map[string]bool      // answers that the builtin wrote, by the same
	status   map[string]string    // of the staff, now
	rounded  []moment             // when what is was measured
	facts    []meter.Point        // what models, outreach and the rules did
}

// A moment is one at which what is was measured.
type moment struct {
	at     time.Time
	status map[string]string
}

var teamOf = map[string]string{"ann": "day", "bo": "night", "cy": ""}

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{T: t, Rand: rand.New(rand.NewPCG(seed, 7)), now: time.Date(2026, 11, 2, 1, 0, 0, 0, time.UTC), first: map[string]time.Time{}, fallback: map[string]bool{}, status: map[string]string{}}
	clock := func() time.Time { return w.now }
	var err error
	if w.store, err = store.Open(t.Context(), "sqlite:", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	m, err := meter.Open(t.TempDir(), meter.Options{Now: clock})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := errors.Join(m.Close(), w.store.Close()); err != nil {
			t.Error(err)
		}
	})
	book := company.Open(w.store.DB)
	work := []hours.Span{{From: "09:00", To: "18:00"}}
	if err := book.SetHours(t.Context(), hours.Hours{Week: [][]hours.Span{work, work, work, work, work, nil, nil}}); err != nil {
		t.Fatal(err)
	}
	for who, team := range teamOf {
		a := desk.Agent{ID: desk.AgentID(who), Name: who, Role: "agent", Capacity: 5, Changed: w.now.AddDate(0, 0, -1)}
		if err := book.Hire(t.Context(), a, team); err != nil {
			t.Fatal(err)
		}
	}
	w.crowd = census.Gather(&worktime.Meter{Meter: upkeep.CountTeams(m, w.store.DB, clock), Company: book, Now: clock}, w.store.DB)
	w.rounds = upkeep.Rounds{Store: w.store, Meter: w.crowd, Now: clock}
	w.dialog = dialog.New(dialog.Dialog{
		Intents: w, Understand: w, Writer: w, Rules: w, State: recorder{w.store, w}, Line: company.Line{Queue: w.store, Book: book, Now: clock},
		Mask: func(text string) string { return text }, Hidden: func(text string) []string { return make([]string, strings.Count(text, "call")) },
		Whisper: func(desk.Typing) {}, Now: clock, Log: slog.New(slog.DiscardHandler),
	})
	return w
}

// A recorder counts what goes out, as the house does.
type recorder struct {
	*store.Store
	w *world
}

func (r recorder) Commit(ctx context.Context, e store.Effect) error {
	if err := r.Store.Commit(ctx, e); err != nil {
		return err
	}
	for _, o := range e.Outgoing {
		if o.Topic != string(meter.Points) {
			continue
		}
		var points []meter.Point
		err := json.Unmarshal(o.Record.Body, &points)
		if err := errors.Join(err, r.w.crowd.Seen(ctx, o.Record.Key, points), r.w.crowd.Add(ctx, o.Record.ID, points)); err != nil {
			return err
		}
	}
	return nil
}

func (w *world) Understand(text string, _ classify.Context) classify.Understanding {
	f := strings.Fields(text)
	emotion, err := strconv.ParseFloat(f[3], 64)
	if err != nil {
		w.Fatal(err)
	}
	return classify.Understanding{Intent: f[0], Confidence: 1, Lang: desk.Lang(f[2]), Emotion: desk.Emotion(emotion)}
}

// Invoke answers with the outcome that the customer asked for, in a word. The shop takes its time.
func (w *world) Invoke(ctx context.Context, name string, payload []byte) ([]byte, error) {
	w.wait(w.IntN(3000))
	return functions.Func[desk.Turn, desk.Reply](func(_ context.Context, turn desk.Turn) (desk.Reply, error) {
		f := strings.Fields(turn.Message.Text)
		word, reply := f[1], desk.Reply{Text: f[1], Outcome: desk.Answered}
		if name == "intents/handoff" && word != "call" {
			word, reply.Text = "hand", "hand"
		}
		switch word {
		case "cite":
			reply.Citations = []desk.Citation{{Article: "a"}}
		case "draft":
			reply.Text, reply.Citations, reply.Draft = "", []desk.Citation{{Article: "a"}}, &desk.Draft{Question: "q", Passages: []desk.Passage{{Article: "a", Text: "p"}}}
		case "decline":
			reply.Outcome = desk.Declined
		case "ask":
			reply.Outcome, reply.Ask = desk.Asked, "size"
		case "hi", "yes", "bye":
			reply.Outcome, reply.Confirmed, reply.Leave = desk.Greeted, word == "yes", word == "bye"
		case "call":
			reply.Callback = "13812345678"
		case "hand":
			reply.Outcome, reply.Handoff = desk.HandedOff, desk.Reason(f[4])
		}
		return reply, nil
	}).Invoke(ctx, payload)
}

// Write words an answer.
func (w *world) Write(_ context.Context, _ models.Request, emit func(string)) (models.Written, error) {
	event := fmt.Sprint("e", w.events)
	w.wait(1 + w.IntN(900))
	w.first[event] = w.now
	emit("draft")
	w.wait(w.IntN(900))
	if w.IntN(4) > 0 {
		return models.Written{Text: "draft"}, nil
	}
	w.fallback[event] = true
	return models.Written{Text: "draft", Builtin: true, FallbackReason: "timeout"}, nil
}

func (w *world) MayRun(context.Context, policies.MayRun) (policies.Ruling, error) {
	return policies.Ruling{Allow: true}, nil
}

func (w *world) MayContact(context.Context, policies.MayContact) (policies.Ruling, error) {
	return policies.Ruling{Allow: true}, nil
}

func (w *world) wait(ms int) { w.now = w.now.Add(time.Duration(ms) * time.Millisecond) }

func (w *world) do(e desk.Event) {
	w.Helper()
	w.events++
	e.ID, e.At = desk.MessageID(fmt.Sprint("e", w.events)), w.now
	if e.Message != nil {
		e.Message.ID, e.Message.At = e.ID, e.At
	}
	if err := w.dialog.Handle(w.Context(), streams.Record{ID: string(e.ID)}, e); err != nil {
		w.Fatalf("%+v: %v", e, err)
	}
}

// pass lets time pass: mostly seconds, sometimes half a day.
func (w *world) pass() {
	switch n := w.IntN(100); {
	case n < 60:
		w.wait(1000 + w.IntN(40_000))
	case n < 92:
		w.wait(w.IntN(20 * 60_000))
	default:
		w.wait(w.IntN(12 * 3_600_000))
	}
}

// act has somebody do something.
func (w *world) act() {
	w.Helper()
	w.pass()
	switch w.IntN(12) {
	case 0:
		w.round()
		return
	case 1:
		w.outside()
		return
	}
	id := desk.ConversationID(fmt.Sprint("c", w.IntN(9)))
	c, err := w.store.Conversation(w.Context(), id)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		w.Fatal(err)
	}
	e := desk.Event{Kind: desk.Said, Conversation: id, Customer: desk.CustomerID(id), Channel: w.choose("web", "app"), Agent: desk.AgentID(w.choose("ann", "bo", "cy"))}
	kinds := map[desk.Stage][]desk.Kind{
		"": {desk.Said}, desk.Closed: {desk.Said, desk.Said, desk.Assigned}, desk.WithAI: {desk.Said, desk.Said, desk.Said, desk.Ended, desk.Assigned, desk.Transferred},
		desk.Queued: {desk.Said, desk.Assigned, desk.Assigned, desk.Left, desk.Ended}, desk.Human: {desk.Said, desk.Spoke, desk.Spoke, desk.Ended, desk.Returned, desk.Transferred, desk.Assigned},
	}[c.Stage]
	switch e.Kind = kinds[w.IntN(len(kinds))]; e.Kind {
	case desk.Said:
		e.Agent, e.Message = "", &desk.Message{By: desk.ByCustomer, Text: w.speech(), Conversation: id, Customer: e.Customer, Channel: e.Channel}
	case desk.Spoke:
		e.Agent, e.Message = c.Agent, &desk.Message{By: desk.ByHuman, Text: "好的"}
	case desk.Assigned:
		if c.Stage == desk.Queued {
			e.Reason = desk.ByQueue
		}
	case desk.Ended:
		e.Reason = w.choose("solved", "unsolved", "idle")
	}
	w.do(e)
}

// speech is what a customer says, and so what becomes of it.
func (w *world) speech() string {
	word := w.choose("answer", "answer", "cite", "cite", "draft", "draft", "decline", "ask", "hi", "yes", "bye", "call", "hand")
	intent := w.choose("order", "refund", "answer")
	if word == "hi" || word == "yes" {
		intent = "smalltalk"
	}
	emotion := w.choose("0", "0", "0.5", "-0.3", "-0.5", "-0.9")
	return strings.Join([]string{intent, word, w.choose("zh", "zh", "en"), emotion, w.choose("asked", "asked", "emotion", "policy", "error", "risk")}, " ")
}

func (w *world) choose(words ...string) string { return words[w.IntN(len(words))] }

// round measures what is, after somebody of the staff came or went.
func (w *world) round() {
	w.Helper()
	who, is := w.choose("ann", "bo", "cy"), w.choose("online", "online", "away", "offline")
	err := w.store.SetStatus(w.Context(), desk.AgentID(who), is, w.now)
	if w.status[who] = is; errors.Join(err, w.rounds.Gauge(w.Context()), w.rounds.Census(w.Context())) != nil {
		w.Fatal(err)
	}
	w.rounded = append(w.rounded, moment{w.now, maps.Clone(w.status)})
}

// outside has something happen that no conversation tells.
func (w *world) outside() {
	w.Helper()
	model, place := meter.Tags{Model: "demo/model", Intent: w.choose("order", "refund")}, meter.Tags{Channel: w.choose("douyin", "web")}
	staff := meter.Tags{Channel: w.choose("web", "app"), Intent: "order", Agent: w.choose("ann", "bo"), Lang: "zh"}
	var points []meter.Point
	add := func(name string, value int, tags meter.Tags) {
		points = append(points, meter.Point{Name: name, Value: float64(value), At: w.now, Tags: tags})
	}
	add(meter.ModelCall, 50+w.IntN(4000), model)
	add(meter.ModelTokens, w.IntN(900), model)
	add(meter.ModelCost, w.IntN(9000), model)
	for _, name := range []string{meter.Comment, meter.CommentMatched, meter.LeadReached, meter.LeadAnswered, meter.LeadContact, meter.LeadWon, meter.QuotaExhausted} {
		if w.IntN(2) == 0 {
			add(name, 1, place)
		}
	}
	for _, name := range []string{meter.SuggestionShown, meter.SuggestionShown, meter.SuggestionAccepted, meter.SuggestionEdited} {
		if w.IntN(3) == 0 {
			add(name, 1, staff)
		}
	}
	if w.IntN(3) == 0 {
		add(meter.ModelError, 1, model)
		add(meter.PolicyDenied, 1, meter.Tags{Reason: "reveal"})
	}
	if err := w.crowd.Add(w.Context(), fmt.Sprint("x", len(w.facts)), points); err != nil {
		w.Fatal(err)
	}
	w.facts = append(w.facts, points...)
}
