package dialog

import (
	"context"
	"strings"
	"time"

	"keliu/functions/dialog/words"
	"keliu/policies"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// reply tells the customer the answer and does what it says.
func (s *scene) reply(ctx context.Context, r desk.Reply, upset bool) error {
	for name, value := range r.Learned {
		if value == "" {
			delete(s.c.Facts, name)
		} else {
			s.c.Facts[name] = value
		}
	}
	switch {
	case r.Ask != "":
		s.c.Asked, s.c.AskedBy = r.Ask, s.c.Intent
	case r.Outcome != desk.Greeted: // a word in between leaves the question open
		s.c.Asked, s.c.AskedBy = "", ""
	}
	if r.Confirmed {
		s.c.Session.Confirmed = true
	}
	if tried := s.c.Intent; r.Outcome == desk.Answered || r.Outcome == desk.Declined {
		s.try(tried, r)
	}
	s.measureReply(r)
	if err := s.request(r.Request); err != nil {
		return err
	}
	if err := s.callback(ctx, &r); err != nil {
		return err
	}
	text := strings.TrimSpace(r.Text)
	var queue *desk.QueueNotice
	var err error
	switch {
	case r.Handoff != "" && s.c.Stage == desk.WithAI:
		if queue, err = s.enter(ctx, r, upset); err != nil {
			return err
		}
		if s.c.Intent != "handoff" && queue != nil {
			text += "\n" + queue.Text
		}
	case s.c.Stage == desk.Queued && (upset || r.Handoff == desk.ReasonRisk):
		if err := s.hurry(); err != nil {
			return err
		}
	}
	s.say("_r", desk.Message{
		By: desk.ByAI, Text: text, Intent: s.c.Intent, Citations: r.Citations, Options: r.Options, Emotion: s.c.Emotion,
	})
	if queue != nil {
		s.tell("_q", desk.Notice{Event: desk.EventHandoff, Queue: queue})
	}
	if r.Leave {
		return s.leave("_l")
	}
	return nil
}

// try keeps in words what the AI tried, for whoever takes over.
func (s *scene) try(intent string, r desk.Reply) {
	line := intent + ": " + string(r.Outcome)
	if len(r.Citations) > 0 {
		line += " 《" + r.Citations[0].Title + "》"
	}
	if len(s.c.Tried) == 0 || s.c.Tried[len(s.c.Tried)-1] != line {
		s.c.Tried = append(s.c.Tried, line)
	}
	if len(s.c.Tried) > 10 {
		s.c.Tried = s.c.Tried[1:]
	}
}

func (s *scene) measureReply(r desk.Reply) {
	session := &s.c.Session
	switch r.Outcome {
	case desk.Answered:
		if r.Callback != "" {
			break // a number was left: nothing was asked
		}
		s.count(meter.QuestionAsked, "")
		s.count(meter.AIAnswer, "")
		if len(r.Citations) > 0 {
			s.count(meter.AICited, "")
		}
	case desk.Declined:
		s.count(meter.QuestionAsked, "")
		s.count(meter.Unanswered, "")
	}
	if r.Outcome != desk.Greeted && !session.AI {
		session.AI = true
		s.count(meter.SessionAI, "")
	}
	s.replied(r.Outcome != desk.Greeted)
}

// replied measures how long the customer waited for this reply.
func (s *scene) replied(substantial bool) {
	session := &s.c.Session
	if !session.LastIn.IsZero() {
		s.time(meter.NextReply, session.LastIn, "")
		session.LastIn = time.Time{}
	}
	if substantial && session.FirstOut.IsZero() && !session.FirstIn.IsZero() {
		session.FirstOut = s.d.now()
		s.time(meter.FirstReplyAny, session.FirstIn, "")
	}
}

// request sends what the shop is asked to do.
func (s *scene) request(r *desk.Request) error {
	if r == nil {
		return nil
	}
	r.ID, r.Conversation, r.Customer, r.At = string(s.e.ID)+"_a", s.c.ID, s.c.Customer, s.d.now()
	if r.Status == "" {
		r.Status = "submitted"
	}
	return send(s, desk.Requests, r.ID, string(s.c.ID), *r)
}

// callback keeps the number that the customer left, when the customer may be called.
func (s *scene) callback(ctx context.Context, r *desk.Reply) error {
	if r.Callback == "" {
		return nil
	}
	ruling, err := s.d.Rules.MayContact(ctx, policies.MayContact{
		Channel: "phone", Purpose: "callback", Consent: true, Hour: s.d.Now().In(beijing).Hour(),
	})
	if err != nil || !ruling.Allow {
		s.d.Log.Warn("a callback is refused", "reason", ruling.Reason, "error", err)
		r.Text = words.Say(s.c.Lang, "callback_refused")
		return ctx.Err()
	}
	s.effect.Callback = &desk.Callback{
		ID: string(s.e.ID) + "_c", Conversation: s.c.ID, Customer: s.c.Customer, Phone: r.Callback, Note: s.summary(), At: s.d.now(),
	}
	s.count(meter.CallbackLeft, "")
	return nil
}
