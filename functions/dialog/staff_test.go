package dialog_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/classify"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// A person passes the conversation on to another one: the customer is told, and the time of the first one is counted as theirs.
func TestPassedOnToAPerson(t *testing.T) {
	s := open(t)
	s.customer("能退吗")
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaohe"})
	s.now = s.now.Add(time.Minute)
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaomiao"})
	s.expect("customer: 能退吗", "ai: 可以的", "handoff: accepted 0", "handoff: accepted 0")
	if c := s.conversation(); c.Agent != "xiaomiao" || c.Stage != desk.Human {
		t.Errorf("%s has it, %s", c.Agent, c.Stage)
	}
	var handled []meter.Point
	for _, p := range s.points {
		if p.Name == meter.HandleTime {
			handled = append(handled, p)
		}
	}
	if len(handled) != 1 || handled[0].Tags.Agent != "xiaohe" || handled[0].Value != 60_000 {
		t.Errorf("handled: %+v", handled)
	}
}

// Whom the queue has chosen comes too late when the customer has left it, or somebody else was faster.
func TestTheQueueComesTooLate(t *testing.T) {
	s := open(t)
	s.heard["转人工"] = classify.Understanding{Intent: "handoff", Confidence: 1}
	s.customer("转人工")
	s.do(desk.Event{Kind: desk.Left})
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaohe", Reason: desk.ByQueue})
	if c := s.conversation(); c.Stage != desk.WithAI || c.Agent != "" {
		t.Errorf("after leaving: %s, %s", c.Stage, c.Agent)
	}
	s.customer("转人工")
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaomiao"})
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaohe", Reason: desk.ByQueue})
	if c := s.conversation(); c.Agent != "xiaomiao" {
		t.Errorf("after somebody else: %s", c.Agent)
	}
}

// Whoever waits for a person who has gone is told so and goes to the front, by when they began to wait; the one who comes instead
// keeps the conversation.
func TestThePersonHasGone(t *testing.T) {
	s := open(t)
	s.customer("能退吗")
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaohe"})
	s.do(desk.Event{Kind: desk.Spoke, Agent: "xiaohe", Message: &desk.Message{Text: "我看看"}})
	s.now = s.now.Add(time.Minute)
	asked := s.now
	s.customer("怎么样了")
	s.now = s.now.Add(time.Minute)
	s.do(desk.Event{Kind: desk.Transferred, Agent: "somebody else", Reason: desk.AgentGone})
	if c := s.conversation(); c.Stage != desk.Human {
		t.Errorf("another one's absence: %s", c.Stage)
	}
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Reason: desk.AgentGone})
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Reason: desk.AgentGone})
	places, err := s.store.Waiting(t.Context())
	want := []desk.Place{{Conversation: "c", Priority: desk.Angry, Since: asked, Position: 1}}
	if diff := cmp.Diff(want, places); diff != "" || err != nil {
		t.Errorf("%s (%v)", diff, err)
	}
	told, err := s.store.Before(t.Context(), "c", 0, 1)
	if err != nil || len(told) != 1 || told[0].Queue == nil || !strings.Contains(told[0].Queue.Text, "暂时离开") || !strings.Contains(told[0].Queue.Text, "第 1 位") {
		t.Errorf("told %+v (%v)", told, err)
	}
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaomiao", Reason: desk.ByQueue})
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Reason: desk.AgentGone})
	if c := s.conversation(); c.Agent != "xiaomiao" {
		t.Errorf("%s has it", c.Agent)
	}
}

// Wherever a conversation is, it can be put into the queue for a kind of person; one that waits keeps its place.
func TestPassedOnToTheQueue(t *testing.T) {
	s := open(t)
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Skill: "aftersales"}) // of nobody
	s.customer("能退吗")
	entered := s.now
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Skill: "aftersales"})
	s.now = s.now.Add(time.Minute)
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Skill: "complaint"})
	places, err := s.store.Waiting(t.Context())
	if diff := cmp.Diff([]desk.Place{{Conversation: "c", Skill: "complaint", Since: entered, Position: 1}}, places); diff != "" || err != nil {
		t.Errorf("%s (%v)", diff, err)
	}
	s.do(desk.Event{Kind: desk.Assigned, Agent: "xiaohe"})
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe", Skill: "presales"})
	s.do(desk.Event{Kind: desk.Ended, Reason: "solved"})
	s.do(desk.Event{Kind: desk.Transferred, Agent: "xiaohe"})
	s.expect("customer: 能退吗", "ai: 可以的", "handoff: queued 1", "handoff: moved 1", "handoff: accepted 0", "handoff: queued 1", "closed: solved")
	if n := s.counted(meter.QueueEntered); n != 2 {
		t.Errorf("the queue was entered %d times", n)
	}
}
