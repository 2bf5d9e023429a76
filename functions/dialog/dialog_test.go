package dialog_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/functions/classify"
	"keliu/functions/dialog"
	"keliu/functions/models"
	"keliu/functions/store"
	"keliu/functions/store/company"
	"keliu/policies"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// A stage is a dialog on a real store, with intents and understanding that the test writes.
type stage struct {
	*testing.T
	*dialog.Dialog
	store    *store.Store
	said     int
	now      time.Time
	heard    map[string]classify.Understanding // by text
	intents  map[string]func(desk.Turn) (desk.Reply, error)
	turns    []desk.Turn
	denied   map[string]bool // functions that may not run
	requests []models.Request
	write    func(emit func(string)) (models.Written, error)
	whispers []string
	points   []meter.Point
	out      []desk.Outgoing
}

func open(t *testing.T) *stage {
	s := &stage{T: t, now: noon, heard: map[string]classify.Understanding{}, denied: map[string]bool{}}
	var err error
	if s.store, err = store.Open(t.Context(), "sqlite:", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.store.Close() })
	s.intents = map[string]func(desk.Turn) (desk.Reply, error){
		"handoff": func(turn desk.Turn) (desk.Reply, error) {
			if turn.Found[desk.FactPhone] != "" {
				return desk.Reply{Text: "记下了", Callback: turn.Found[desk.FactPhone], Outcome: desk.Answered}, nil
			}
			return turn.Handoff(desk.ReasonAsked, "为您转人工"), nil
		},
		"answer": func(turn desk.Turn) (desk.Reply, error) { return turn.Say("可以的"), nil },
	}
	s.Dialog = dialog.New(dialog.Dialog{
		Intents: s, Understand: s, Writer: s, Rules: s, State: state{s.store, s}, Line: company.Line{Queue: s.store, Book: company.Open(s.store.DB), Now: func() time.Time { return s.now }},
		Mask: func(text string) string { return strings.ReplaceAll(text, "13812345678", "138****5678") },
		Hidden: func(text string) []string {
			return slices.Repeat([]string{"mobile"}, strings.Count(text, "13812345678"))
		},
		Whisper: func(typing desk.Typing) { s.whispers = append(s.whispers, typing.Text) },
		Now:     func() time.Time { return s.now }, Log: slog.New(slog.DiscardHandler),
	})
	return s
}

// state keeps what goes out beside the store.
type state struct {
	*store.Store
	s *stage
}

func (k state) Commit(ctx context.Context, e store.Effect) error {
	if err := k.Store.Commit(ctx, e); err != nil {
		return err
	}
	k.s.out = append(k.s.out, e.Outgoing...)
	k.s.inOrder(e.Outgoing)
	for _, o := range e.Outgoing {
		if o.Topic == string(meter.Points) {
			var points []meter.Point
			if err := json.Unmarshal(o.Record.Body, &points); err != nil {
				return err
			}
			k.s.points = append(k.s.points, points...)
		}
	}
	return nil
}

// inOrder checks that what goes out to the customer goes out in the order of its places.
func (s *stage) inOrder(out []desk.Outgoing) {
	last := int64(0)
	for _, o := range out {
		if o.Topic != string(desk.Outbound) {
			continue
		}
		var n desk.Notice
		if err := json.Unmarshal(o.Record.Body, &n); err != nil {
			s.Error(err)
		}
		if n.Seq <= last {
			s.Errorf("%s with the place %d goes out after %d", n.Event, n.Seq, last)
		}
		last = n.Seq
	}
}

func (s *stage) Understand(text string, _ classify.Context) classify.Understanding {
	u, ok := s.heard[text]
	if !ok {
		u = classify.Understanding{Intent: "answer", Confidence: 1}
	}
	if u.Lang == "" {
		u.Lang = desk.Chinese
	}
	return u
}

func (s *stage) Invoke(ctx context.Context, name string, payload []byte) ([]byte, error) {
	answer, ok := s.intents[strings.TrimPrefix(name, "intents/")]
	if !ok {
		return nil, desk.ErrNotFound
	}
	return functions.Func[desk.Turn, desk.Reply](func(_ context.Context, turn desk.Turn) (desk.Reply, error) {
		s.turns = append(s.turns, turn)
		return answer(turn)
	}).Invoke(ctx, payload)
}

func (s *stage) Write(_ context.Context, r models.Request, emit func(string)) (models.Written, error) {
	s.requests = append(s.requests, r)
	return s.write(emit)
}

func (s *stage) MayRun(_ context.Context, q policies.MayRun) (policies.Ruling, error) {
	return policies.Ruling{Allow: !s.denied[q.Function]}, nil
}

func (s *stage) MayContact(context.Context, policies.MayContact) (policies.Ruling, error) {
	return policies.Ruling{Allow: true}, nil
}

// do gives an event its effect.
func (s *stage) do(e desk.Event) {
	s.Helper()
	s.said++
	if e.ID == "" {
		e.ID = desk.MessageID(fmt.Sprint("e", s.said))
	}
	e.Conversation, e.Customer, e.Channel, e.At = "c", "u", "web", s.now
	if e.Message != nil {
		e.Message.ID, e.Message.At = e.ID, e.At
	}
	if err := s.Handle(s.Context(), streams.Record{ID: string(e.ID)}, e); err != nil {
		s.Fatalf("%s: %v", e.ID, err)
	}
}

func (s *stage) customer(text string) {
	s.Helper()
	s.do(desk.Event{Kind: desk.Said, Message: &desk.Message{By: desk.ByCustomer, Text: text}})
}

// timeline is what was said and told, a line each.
func (s *stage) timeline() (lines []string) {
	s.Helper()
	told, err := s.store.After(s.Context(), "c", 0, 100)
	if err != nil {
		s.Fatal(err)
	}
	for i, n := range told {
		if n.Seq != int64(i+1) {
			s.Errorf("entry %d has the place %d", i+1, n.Seq)
		}
		switch {
		case n.Message != nil:
			lines = append(lines, fmt.Sprintf("%s: %s", n.Message.By, n.Message.Text))
		case n.Queue != nil:
			lines = append(lines, fmt.Sprintf("%s: %s %d", n.Event, n.Queue.State, n.Queue.Position))
		default:
			lines = append(lines, n.Event+": "+n.Reason)
		}
	}
	return lines
}

func (s *stage) expect(want ...string) {
	s.Helper()
	if diff := cmp.Diff(want, s.timeline()); diff != "" {
		s.Error(diff)
	}
}

func (s *stage) conversation() desk.Conversation {
	s.Helper()
	c, err := s.store.Conversation(s.Context(), "c")
	if err != nil {
		s.Fatal(err)
	}
	return c
}

func (s *stage) counted(name string) (n int) {
	for _, p := range s.points {
		if p.Name == name {
			n++
		}
	}
	return n
}

func TestAnswers(t *testing.T) {
	s := open(t)
	s.customer("能退吗")
	s.expect("customer: 能退吗", "ai: 可以的")
	if c := s.conversation(); c.Stage != desk.WithAI || c.Session.Number != 1 || !c.Session.AI || c.Last != "可以的" {
		t.Errorf("%+v", c)
	}
}

// The same event has one effect, in this process and in the next.
func TestAnEventHappensOnce(t *testing.T) {
	s := open(t)
	for range 3 {
		s.do(desk.Event{ID: "same", Kind: desk.Said, Message: &desk.Message{By: desk.ByCustomer, Text: "能退吗"}})
	}
	fresh := open(t)
	fresh.Dialog.State = state{s.store, fresh}
	fresh.do(desk.Event{ID: "same", Kind: desk.Said, Message: &desk.Message{By: desk.ByCustomer, Text: "能退吗"}})
	s.expect("customer: 能退吗", "ai: 可以的")
	if s.counted(meter.CustomerMessage) != 1 {
		t.Errorf("counted %d messages", s.counted(meter.CustomerMessage))
	}
}

// A process that remembers an old state finds out and goes on from the new one.
func TestTwoProcesses(t *testing.T) {
	a := open(t)
	b := open(t)
	b.Dialog.State = state{a.store, b}
	a.customer("一")
	b.said = 10
	b.customer("二")
	a.customer("三")
	a.expect("customer: 一", "ai: 可以的", "customer: 二", "ai: 可以的", "customer: 三", "ai: 可以的")
}

func TestIntentsGetNoPersonalData(t *testing.T) {
	s := open(t)
	s.heard["我是13812345678"] = classify.Understanding{Intent: "answer", Confidence: 1, Facts: desk.Facts{desk.FactPhone: "13812345678"}}
	s.write = func(func(string)) (models.Written, error) { return models.Written{Text: "好的，13812345678"}, nil }
	s.intents["answer"] = func(turn desk.Turn) (desk.Reply, error) {
		return desk.Reply{Draft: &desk.Draft{Question: turn.Message.Text, Passages: []desk.Passage{{Text: "p"}}}, Outcome: desk.Answered}, nil
	}
	s.customer("我是13812345678")
	s.customer("能退吗")
	for _, turn := range s.turns {
		if text := fmt.Sprint(turn.Message, turn.History); strings.Contains(text, "13812345678") {
			t.Errorf("an intent read %s", text)
		}
	}
	if text := fmt.Sprint(s.requests); strings.Contains(text, "13812345678") {
		t.Errorf("a model read %s", text)
	}
	s.expect("customer: 我是13812345678", "ai: 好的，138****5678", "customer: 能退吗", "ai: 好的，138****5678")
	for _, o := range s.out {
		if o.Topic != string(desk.Outbound) && strings.Contains(string(o.Record.Body), "13812345678") {
			t.Errorf("%s carries %s", o.Topic, o.Record.Body)
		}
	}
	if c := s.conversation(); strings.Contains(c.Last, "13812345678") || s.counted(meter.MaskHit) != 1 {
		t.Errorf("last %q, %d hits", c.Last, s.counted(meter.MaskHit))
	}
}

func TestTheAnswerIsWatchedWhileItIsWritten(t *testing.T) {
	s := open(t)
	s.intents["answer"] = func(turn desk.Turn) (desk.Reply, error) {
		return desk.Reply{Draft: &desk.Draft{Question: "q", Passages: []desk.Passage{{Text: "p"}}}, Citations: []desk.Citation{{Article: "a"}}, Outcome: desk.Answered}, nil
	}
	s.write = func(emit func(string)) (models.Written, error) {
		emit("可")
		emit("以")
		emit("退")
		return models.Written{Text: "可以退货"}, nil
	}
	s.customer("能退吗")
	if diff := cmp.Diff([]string{"可以", "可以退"}, s.whispers); diff != "" {
		t.Error(diff)
	}
	s.expect("customer: 能退吗", "ai: 可以退货")
	if s.counted(meter.AICited) != 1 || s.counted(meter.FirstToken) != 1 {
		t.Errorf("cited %d, first token %d", s.counted(meter.AICited), s.counted(meter.FirstToken))
	}
}

// Whatever goes wrong in an intent, the customer hears a sentence and gets a person.
func TestBrokenIntents(t *testing.T) {
	for name, c := range map[string]struct {
		intent func(desk.Turn) (desk.Reply, error)
		denied bool
		want   desk.Reason
	}{
		"fails":      {func(desk.Turn) (desk.Reply, error) { return desk.Reply{}, errors.New("the shop is down") }, false, desk.ReasonError},
		"panics":     {func(desk.Turn) (desk.Reply, error) { panic("nil map") }, false, desk.ReasonError},
		"is silent":  {func(desk.Turn) (desk.Reply, error) { return desk.Reply{Outcome: desk.Answered}, nil }, false, desk.ReasonError},
		"is refused": {nil, true, desk.ReasonPolicy},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.intents["answer"] = c.intent
			s.denied["intents/answer"] = c.denied
			s.customer("能退吗")
			lines := s.timeline()
			if len(lines) != 3 || !strings.HasPrefix(lines[1], "ai: ") || lines[2] != "handoff: queued 1" {
				t.Fatalf("told %q", lines)
			}
			h, err := s.store.Handoff(t.Context(), "c")
			if err != nil || h.Reason != c.want {
				t.Errorf("%+v (%v), want %s", h, err, c.want)
			}
		})
	}
}

func TestThreeFailedTurnsLeadToAPerson(t *testing.T) {
	s := open(t)
	s.intents["answer"] = func(turn desk.Turn) (desk.Reply, error) { return turn.Decline("不知道"), nil }
	for range 3 {
		s.customer("能退吗")
	}
	s.expect("customer: 能退吗", "ai: 不知道", "customer: 能退吗", "ai: 不知道", "customer: 能退吗", "ai: 为您转人工", "handoff: queued 1")
	h, err := s.store.Handoff(t.Context(), "c")
	if err != nil || h.Reason != desk.ReasonFailed || !strings.Contains(h.Summary, "能退吗") {
		t.Errorf("%+v (%v)", h, err)
	}
}

// An answer in between means that the desk does help.
func TestFailuresMustFollowEachOther(t *testing.T) {
	s := open(t)
	s.heard["x"] = classify.Understanding{Intent: "bad", Confidence: 1}
	s.intents["bad"] = func(turn desk.Turn) (desk.Reply, error) { return turn.Decline("不知道"), nil }
	for _, text := range []string{"x", "x", "能退吗", "x", "x"} {
		s.customer(text)
	}
	if c := s.conversation(); c.Stage != desk.WithAI || c.Failed != 2 {
		t.Errorf("stage %s, failed %d", c.Stage, c.Failed)
	}
}

func TestAngerGoesFirst(t *testing.T) {
	s := open(t)
	s.heard["垃圾"] = classify.Understanding{Intent: "answer", Confidence: 1, Emotion: -0.9}
	s.customer("垃圾")
	places, err := s.store.Waiting(t.Context())
	if err != nil || len(places) != 1 || places[0].Priority != desk.Angry {
		t.Errorf("%+v (%v)", places, err)
	}
}

// Getting worse calls a person, one sharp word alone does not.
func TestTwoUnhappyTurnsCallAPerson(t *testing.T) {
	s := open(t)
	s.heard["不太好"] = classify.Understanding{Intent: "answer", Confidence: 1, Emotion: -0.5}
	s.customer("不太好")
	if c := s.conversation(); c.Stage != desk.WithAI {
		t.Errorf("after one turn: %s", c.Stage)
	}
	s.customer("不太好")
	if c := s.conversation(); c.Stage != desk.Queued {
		t.Errorf("after two turns: %s", c.Stage)
	}
}

// Until somebody is there the customer goes on with the AI or leaves a number; a person then has the conversation alone.
func TestTheWayToAPersonAndBack(t *testing.T) {
	s := open(t)
	s.heard["转人工"] = classify.Understanding{Intent: "handoff", Confidence: 1}
	s.heard["13812345678"] = classify.Understanding{Intent: "answer", OutOfScope: true, Facts: desk.Facts{desk.FactPhone: "13812345678"}}
	s.customer("转人工")
	s.customer("能退吗")
	s.customer("13812345678")
	s.do(desk.Event{Kind: desk.Moved, Position: 1})
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaohe"})
	s.customer("在吗")
	s.now = s.now.Add(time.Minute)
	s.do(desk.Event{Kind: desk.Spoke, Agent: "xiaohe", Message: &desk.Message{Text: "我在"}})
	s.do(desk.Event{Kind: desk.Returned, Agent: "xiaohe"})
	s.customer("能退吗")
	s.do(desk.Event{Kind: desk.Ended, Reason: "solved"})
	s.do(desk.Event{Kind: desk.Ended, Reason: "solved"})
	s.customer("能退吗")
	s.expect(
		"customer: 转人工", "ai: 为您转人工", "handoff: queued 1",
		"customer: 能退吗", "ai: 可以的",
		"customer: 13812345678", "ai: 记下了",
		"handoff: moved 1",
		"handoff: accepted 0",
		"customer: 在吗",
		"human: 我在",
		"handoff: returned 0",
		"customer: 能退吗", "ai: 可以的",
		"closed: solved",
		"customer: 能退吗", "ai: 可以的",
	)
	calls, err := s.store.Callbacks(t.Context(), 10)
	if err != nil || len(calls) != 1 || calls[0].Phone != "13812345678" || strings.Contains(calls[0].Note, "13812345678") {
		t.Errorf("callbacks %+v (%v)", calls, err)
	}
	if places, err := s.store.Waiting(t.Context()); len(places) != 0 || err != nil {
		t.Errorf("still waiting: %v (%v)", places, err)
	}
	want := map[string]int{
		meter.CustomerMessage: 6, meter.SessionOpened: 2, meter.CustomerFirst: 1, meter.SessionReopened: 1, meter.QueueEntered: 1,
		meter.QueueAccepted: 1, meter.SessionHuman: 1, meter.FirstReplyHuman: 1, meter.HandleTime: 1, meter.SessionClosed: 1,
		meter.SessionContained: 0, meter.HumanAsked: 1, meter.CallbackLeft: 1, meter.SessionAI: 2, meter.NextReply: 6,
	}
	got := map[string]int{}
	for name := range want {
		got[name] = s.counted(name)
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestWhoAnswersTakesOver(t *testing.T) {
	s := open(t)
	s.customer("能退吗")
	s.do(desk.Event{ID: "hello", Kind: desk.Spoke, Agent: "xiaohe", Message: &desk.Message{Text: "我来"}})
	s.customer("好")
	s.expect("customer: 能退吗", "ai: 可以的", "handoff: accepted 0", "human: 我来", "customer: 好")
	told, err := s.store.Entry(t.Context(), "hello")
	if err != nil || told.Message == nil || told.Message.ID != "hello" {
		t.Errorf("the message is kept as %+v (%v)", told, err)
	}
}

func TestLeavingTheQueue(t *testing.T) {
	s := open(t)
	s.heard["转人工"] = classify.Understanding{Intent: "handoff", Confidence: 1}
	s.customer("转人工")
	s.do(desk.Event{Kind: desk.Left})
	s.do(desk.Event{Kind: desk.Left})
	s.expect("customer: 转人工", "ai: 为您转人工", "handoff: queued 1", "handoff: left 0")
	if s.counted(meter.QueueLeft) != 1 {
		t.Errorf("left %d times", s.counted(meter.QueueLeft))
	}
}

func TestRequestsLeaveWithTheState(t *testing.T) {
	s := open(t)
	s.intents["answer"] = func(turn desk.Turn) (desk.Reply, error) {
		return desk.Reply{Text: "已提交", Request: &desk.Request{Kind: "refund", Order: "QH1", Amount: 5900}, Outcome: desk.Answered}, nil
	}
	s.do(desk.Event{ID: "e", Kind: desk.Said, Message: &desk.Message{Text: "退款"}})
	for _, o := range s.out {
		if o.Topic == string(desk.Requests) {
			var r desk.Request
			if err := json.Unmarshal(o.Record.Body, &r); err != nil || r.ID != "e_a" || r.Amount != 5900 || r.Conversation != "c" || r.Status != "submitted" {
				t.Errorf("%+v (%v)", r, err)
			}
			return
		}
	}
	t.Error("nothing was asked of the shop")
}

// What a newer version says is parked with the log, not lost.
func TestUnknownKinds(t *testing.T) {
	s := open(t)
	if err := s.Handle(t.Context(), streams.Record{}, desk.Event{ID: "x", Kind: "sang", Conversation: "c"}); err == nil {
		t.Error("an unknown kind was acknowledged")
	}
}
