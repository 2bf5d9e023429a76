package dialog

import (
	"context"
	"time"

	"keliu/functions/dialog/words"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// beijing is where the customers are: the desk's hours and days are told in it.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// priority of this customer in the queue: negative emotion first in line.
func (s *scene) priority(upset bool) int {
	switch {
	case upset || s.c.Emotion.Furious():
		return desk.Angry
	case s.c.Emotion.Negative():
		return desk.Unhappy
	}
	return desk.Calm
}

// place is where this customer would stand, or stands.
func (s *scene) place(priority int) desk.Place {
	since := s.d.now()
	switch {
	case s.c.Stage == desk.Queued:
		since = s.c.Session.Queued
	case s.e.Reason == desk.AgentGone && !s.c.Session.LastIn.IsZero():
		since = s.c.Session.LastIn
	}
	return desk.Place{Conversation: s.c.ID, Priority: priority, Since: since}
}

// waiting is how long the way to a person with a skill is; to any person when it is empty.
func (s *scene) waiting(ctx context.Context, priority int, skill string) (*desk.Waiting, error) {
	ahead, err := s.d.Line.Ahead(ctx, s.place(priority).Rank())
	if err != nil {
		return nil, err
	}
	staffed, back, err := s.d.Line.Staffed(ctx, skill)
	if err != nil {
		return nil, err
	}
	return &desk.Waiting{Ahead: ahead, Staffed: staffed, In: s.c.Stage == desk.Queued, Back: back}, nil
}

// enter puts the customer into the queue and writes the package that a person finds.
func (s *scene) enter(ctx context.Context, r desk.Reply, upset bool) (*desk.QueueNotice, error) {
	priority := s.priority(upset)
	if r.Handoff == desk.ReasonRisk {
		priority = desk.Angry
	}
	waiting, err := s.waiting(ctx, priority, r.Skill)
	if err != nil {
		return nil, err
	}
	place := s.place(priority)
	place.Skill, place.Position = r.Skill, waiting.Ahead+1
	s.crosses(string(r.Handoff))
	s.c.Stage, s.c.Session.Queued = desk.Queued, place.Since
	s.effect.Enter = &place
	s.effect.Handoff = &desk.Handoff{
		Conversation: s.c.ID, Customer: s.c.Customer, Reason: r.Handoff, Skill: r.Skill, Summary: s.summary(), Facts: s.c.Facts,
		Emotion: s.c.Emotion, Tried: s.c.Tried, Priority: priority, At: s.d.now(),
	}
	s.count(meter.QueueEntered, "")
	if r.Handoff == desk.ReasonAsked && s.c.Session.Asked.IsZero() {
		s.c.Session.Asked = s.e.At
		s.time(meter.HumanAsked, s.e.At, "")
	}
	return &desk.QueueNotice{
		State: "queued", Position: place.Position, Staffed: waiting.Staffed, Text: words.Queue(s.c.Lang, *waiting),
	}, s.shift("entered")
}

// crosses counts a session that goes from the AI towards a person, the first time that it does.
func (s *scene) crosses(reason string) {
	if session := &s.c.Session; session.AI && session.Queued.IsZero() && !session.ToHuman {
		s.count(meter.Transfer, reason)
	}
}

// hurry moves a customer who waits and has become angry forward.
func (s *scene) hurry() error {
	place := s.place(desk.Angry)
	s.effect.Enter = &place
	return s.shift("entered")
}

// reskill has a customer who waits wait for another kind of person, at the same place.
func (s *scene) reskill(ctx context.Context) error {
	place := s.place(s.priority(false))
	place.Skill = s.e.Skill
	waiting, err := s.waiting(ctx, place.Priority, place.Skill)
	if err != nil {
		return err
	}
	s.effect.Enter = &place
	s.tell("", desk.Notice{Event: desk.EventHandoff, Queue: &desk.QueueNotice{
		State: "moved", Position: waiting.Ahead + 1, Staffed: waiting.Staffed, Text: words.Queue(s.c.Lang, *waiting),
	}})
	return s.shift("entered")
}

// leave takes the customer out of the queue, back to the AI.
func (s *scene) leave(suffix string) error {
	if s.c.Stage != desk.Queued {
		return nil
	}
	s.c.Stage, s.effect.Leave = desk.WithAI, true
	s.waited(meter.QueueLeft)
	s.tell(suffix, desk.Notice{Event: desk.EventHandoff, Queue: &desk.QueueNotice{State: "left", Text: words.Say(s.c.Lang, "left")}})
	return s.shift("left")
}

// moved tells a waiting customer the new place.
func (s *scene) moved() error {
	if s.c.Stage != desk.Queued {
		return nil
	}
	s.tell("", desk.Notice{Event: desk.EventHandoff, Queue: &desk.QueueNotice{
		State: "moved", Position: s.e.Position, Staffed: true, Text: words.Queue(s.c.Lang, desk.Waiting{Ahead: s.e.Position - 1, Staffed: true}),
	}})
	return nil
}

// summary says in a few lines what a person should know, masked.
func (s *scene) summary() string {
	said := ""
	if s.e.Message != nil && s.e.Message.By == desk.ByCustomer {
		said = s.d.Mask(s.e.Message.Text)
	}
	return words.Summary(s.c, said, s.history, s.d.Mask)
}
