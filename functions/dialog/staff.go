package dialog

import (
	"context"
	"errors"

	"keliu/functions/dialog/settle"
	"keliu/functions/dialog/words"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// spoke tells the customer what a person of the staff says. Whoever speaks has the conversation.
func (s *scene) spoke(ctx context.Context) error {
	if err := s.take(ctx, "_t"); err != nil {
		return err
	}
	m := *s.e.Message
	m.Conversation, m.Channel, m.By, m.Agent = s.c.ID, s.c.Channel, desk.ByHuman, s.e.Agent
	s.remember(m.By, m.Text)
	s.tell("", desk.Notice{Event: desk.EventReply, Message: &m, At: m.At})
	s.replied(true)
	if session := &s.c.Session; session.FirstHand.IsZero() && !session.FirstIn.IsZero() { // a greeting before the customer spoke is no reply
		session.FirstHand = s.d.now()
		s.time(meter.FirstReplyHuman, session.FirstIn, "")
	}
	s.c.Unread, s.c.Asked, s.c.Failed = 0, "", 0
	return nil
}

// take makes a person the one who has the conversation, unless they have it. Whom the queue has chosen comes too late when the
// customer does not wait any more.
func (s *scene) take(ctx context.Context, suffix string) error {
	if s.c.Stage == desk.Human && s.c.Agent == s.e.Agent || s.e.Reason == desk.ByQueue && s.c.Stage != desk.Queued {
		return nil
	}
	name := ""
	agent, err := s.d.Line.Agent(ctx, s.e.Agent)
	if err == nil {
		name = agent.Name
	} else if !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	s.begin()
	session := &s.c.Session
	switch s.c.Stage {
	case desk.Queued:
		s.effect.Leave = true
		s.c.Agent = s.e.Agent
		s.waited(meter.QueueAccepted)
	case desk.WithAI:
		s.crosses("takeover")
	case desk.Human:
		s.time(meter.HandleTime, session.Accepted, "")
	}
	if !session.ToHuman {
		session.ToHuman = true
		s.count(meter.SessionHuman, "")
		s.points = append(s.points, settle.Assigned(&s.c, s.d.now())...)
	}
	former := s.c.Agent
	s.c.Stage, s.c.Agent, session.Accepted = desk.Human, s.e.Agent, s.d.now()
	s.tell(suffix, desk.Notice{Event: desk.EventHandoff, Queue: &desk.QueueNotice{
		State: "accepted", Staffed: true, Agent: name, Text: words.Say(s.c.Lang, "accepted", name),
	}})
	if former != "" && former != s.c.Agent {
		return s.shift("released")
	}
	return nil
}

// returned hands the conversation back to the AI.
func (s *scene) returned() error {
	if s.c.Stage != desk.Human {
		return nil
	}
	s.time(meter.HandleTime, s.c.Session.Accepted, "")
	err := s.shift("released")
	s.c.Stage, s.c.Agent, s.c.Failed, s.c.Asked = desk.WithAI, "", 0, ""
	s.tell("", desk.Notice{Event: desk.EventHandoff, Queue: &desk.QueueNotice{State: "returned", Text: words.Say(s.c.Lang, "returned")}})
	return err
}

// transferred puts a conversation into the queue, for another kind of person when it waits already: at the front when the person who
// had it has gone and the customer waits.
func (s *scene) transferred(ctx context.Context) error {
	gone := s.e.Reason == desk.AgentGone
	switch {
	case s.c.Stage == desk.Closed, s.c.Session.Opened.IsZero(), gone && (s.c.Stage != desk.Human || s.c.Agent != s.e.Agent):
		return nil
	case s.c.Stage == desk.Queued:
		return s.reskill(ctx)
	case s.c.Stage == desk.Human:
		s.time(meter.HandleTime, s.c.Session.Accepted, "")
		if err := s.shift("released"); err != nil {
			return err
		}
		s.c.Stage, s.c.Agent = desk.WithAI, ""
	}
	queue, err := s.enter(ctx, desk.Reply{Handoff: desk.ReasonPassedOn, Skill: s.e.Skill}, gone)
	if err != nil {
		return err
	}
	if gone {
		queue.Text = words.Say(s.c.Lang, "gone") + queue.Text
	}
	s.tell("", desk.Notice{Event: desk.EventHandoff, Queue: queue})
	return nil
}

// ended closes the session and settles what can only be said at its end.
func (s *scene) ended() error {
	if s.c.Stage == desk.Closed || s.c.Session.Opened.IsZero() {
		return nil
	}
	session := &s.c.Session
	switch s.c.Stage {
	case desk.Queued:
		s.effect.Leave = true
		s.waited(meter.QueueLeft)
	case desk.Human:
		s.time(meter.HandleTime, session.Accepted, "")
	}
	s.time(meter.SessionClosed, session.Opened, s.e.Reason)
	s.points = append(s.points, settle.Closed(&s.c, s.e.Reason, s.d.now())...)
	if session.AI {
		s.count(meter.SessionClosedAI, "")
		if !session.ToHuman {
			s.count(meter.SessionContained, "")
		}
		if session.Confirmed && !session.ToHuman { // a part of what the AI resolved
			s.count(meter.SessionConfirmed, "")
		}
	}
	if session.Worst.Negative() {
		s.count(meter.SessionNegative, "")
		if !s.c.Emotion.Negative() {
			s.count(meter.SessionRecovered, "")
		}
	}
	err := s.shift("released")
	session.Closed = s.d.now()
	s.c.Stage, s.c.Agent, s.c.Unread = desk.Closed, "", 0
	s.tell("", desk.Notice{Event: desk.EventClosed, Reason: s.e.Reason})
	return err
}
