package dialog

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"time"

	"keliu/functions"
	"keliu/functions/classify"
	"keliu/functions/dialog/aim"
	"keliu/functions/dialog/settle"
	"keliu/functions/dialog/words"
	"keliu/functions/models"
	"keliu/policies"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// mostFailures is how many turns in a row may not help before a person is called.
const mostFailures = 3

// said answers what the customer said, unless a person has the conversation.
func (s *scene) said(ctx context.Context) error {
	m := *s.e.Message
	heard := s.d.Understand.Understand(words.Spoken(m.Text), aim.Context(s.c, s.history))
	if heard.Lang != "" {
		s.c.Lang = heard.Lang
	}
	s.hear(m.Text)
	s.begin()
	before := s.c.Emotion
	s.c.Emotion = heard.Emotion
	maps.Copy(s.c.Facts, heard.Facts)
	s.count(meter.CustomerMessage, "")
	session := &s.c.Session
	session.Worst = min(session.Worst, heard.Emotion)
	session.FirstIn, session.LastIn = cmp.Or(session.FirstIn, s.e.At), cmp.Or(session.LastIn, s.e.At)
	m.Emotion, m.Intent = heard.Emotion, heard.Intent
	s.c.Unread++
	if s.c.Stage == desk.Human {
		s.points = append(s.points, settle.Returned(&s.c, s.d.now())...)
		s.tell("", desk.Notice{Event: desk.EventMessage, Message: &m, At: m.At})
		s.remember(m.By, m.Text)
		return nil
	}
	upset := aim.Upset(before, heard.Emotion)
	intent := aim.Choose(s.c, m.Text, heard, upset)
	m.Intent = intent
	s.c.Intent = intent
	for i := range s.points { // what was counted so far counts for what the customer is about, not was
		s.points[i].Tags.Intent = intent
	}
	s.points = append(s.points, settle.Asked(&s.c, s.d.now())...)
	s.tell("", desk.Notice{Event: desk.EventMessage, Message: &m, At: m.At})
	reply, err := s.answer(ctx, intent, m, heard)
	if err != nil {
		return err
	}
	s.remember(m.By, m.Text)
	return s.reply(ctx, reply, upset)
}

// hear takes over what the event says of the customer and counts the personal data in what was said.
func (s *scene) hear(text string) {
	s.c.Member = s.e.Member // whoever is no longer vouched for is no member any more
	if s.e.Name != "" {
		s.c.Name = s.e.Name
	}
	if s.e.Page != "" {
		s.c.Page = s.e.Page
	}
	if s.e.Channel != "" {
		s.c.Channel = s.e.Channel
	}
	for _, category := range s.d.Hidden(text) {
		s.count(meter.MaskHit, category)
	}
}

// answer asks the intent, and has the answer worded when the intent leaves the words to a model.
func (s *scene) answer(ctx context.Context, intent string, m desk.Message, heard classify.Understanding) (desk.Reply, error) {
	if words.Spoken(m.Text) == "" {
		return desk.Reply{Outcome: desk.Asked, Text: words.Say(s.c.Lang, "picture")}, nil
	}
	turn, err := s.turn(ctx, intent, m, heard)
	if err != nil {
		return desk.Reply{}, err
	}
	reply, err := s.ask(ctx, intent, turn)
	if err != nil {
		return desk.Reply{}, err
	}
	if reply.Outcome == desk.Declined || reply.Ask != "" && reply.Ask == s.c.Asked {
		s.c.Failed++
	} else if reply.Outcome == desk.Answered {
		s.c.Failed = 0
	}
	if s.c.Failed >= mostFailures && reply.Handoff == "" && s.c.Stage == desk.WithAI {
		if turn.Waiting, err = s.waiting(ctx, s.priority(false), ""); err != nil {
			return desk.Reply{}, err
		}
		turn.Failed, s.c.Intent = s.c.Failed, "handoff"
		if reply, err = s.ask(ctx, "handoff", turn); err != nil {
			return desk.Reply{}, err
		}
		reply.Handoff = desk.ReasonFailed
	}
	return reply, nil
}

// turn is the message with all that is known about it. Its texts are masked.
func (s *scene) turn(ctx context.Context, intent string, m desk.Message, heard classify.Understanding) (desk.Turn, error) {
	var waiting *desk.Waiting
	if intent == "handoff" || intent == "complaint" || s.c.Stage == desk.Queued {
		var err error
		if waiting, err = s.waiting(ctx, s.priority(heard.Emotion.Furious()), ""); err != nil {
			return desk.Turn{}, err
		}
	}
	m.Text = s.d.Mask(m.Text)
	return desk.Turn{
		Message:    m,
		Lang:       s.c.Lang,
		Intent:     intent,
		Confidence: heard.Confidence,
		Emotion:    heard.Emotion,
		Stage:      s.c.Stage,
		Member:     s.c.Member,
		Name:       s.c.Name,
		Facts:      maps.Clone(s.c.Facts),
		Found:      heard.Facts,
		Asked:      s.c.Asked,
		Failed:     s.c.Failed,
		History:    slices.Clone(s.history),
		Waiting:    waiting,
	}, nil
}

// ask has the intent answer. Whatever goes wrong in it, the customer hears an honest sentence and gets a person.
func (s *scene) ask(ctx context.Context, intent string, turn desk.Turn) (desk.Reply, error) {
	ruling, err := s.d.Rules.MayRun(ctx, policies.MayRun{
		Function: "intents/" + intent, Action: "answer", Channel: s.c.Channel, Stage: string(s.c.Stage), Known: s.c.Member != "",
	})
	if err != nil || !ruling.Allow {
		s.d.Log.Warn("an intent may not answer", "intent", intent, "reason", ruling.Reason, "error", err)
		return turn.Handoff(desk.ReasonPolicy, words.Say(s.c.Lang, "policy")), ctx.Err()
	}
	reply, err := s.invoke(ctx, intent, turn)
	if err != nil {
		if ctx.Err() != nil {
			return desk.Reply{}, ctx.Err()
		}
		s.d.Log.Error("an intent failed", "intent", intent, "message", s.e.ID, "error", err)
		return turn.Handoff(desk.ReasonError, words.Say(s.c.Lang, "error")), nil
	}
	if reply.Draft != nil {
		return s.word(ctx, intent, reply)
	}
	return reply, nil
}

// patience is how long the shop's own systems may take for one answer.
const patience = 6 * time.Second

func (s *scene) invoke(ctx context.Context, intent string, turn desk.Turn) (reply desk.Reply, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("panic: %v", r)
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	call := func() { reply, err = functions.Call[desk.Turn, desk.Reply](ctx, s.d.Intents, "intents/"+intent, turn) }
	if s.d.IntentsWait {
		s.aside(call)
	} else {
		call()
	}
	if err == nil && strings.TrimSpace(reply.Text) == "" && (reply.Draft == nil || len(reply.Draft.Passages) == 0) {
		err = errors.New("an empty reply")
	}
	return reply, err
}

// word has a draft worded, and lets the customer watch.
func (s *scene) word(ctx context.Context, intent string, reply desk.Reply) (desk.Reply, error) {
	tone := models.Plain
	if s.c.Emotion.Negative() {
		tone = models.Caring
	}
	typing := desk.Typing{Conversation: s.c.ID, By: desk.ByAI, Message: s.e.ID}
	first := time.Time{}
	request := models.Request{
		Purpose: "answer", Intent: intent, Lang: s.c.Lang, Question: reply.Draft.Question, Passages: reply.Draft.Passages,
		History: slices.Clone(s.history), Tone: tone,
	}
	emit := func(delta string) {
		if first.IsZero() {
			first = s.d.Now()
		}
		whole := typing.Text == "" // so far: an answer that comes in one piece needs no watching
		if typing.Text += delta; !whole {
			s.d.Whisper(typing)
		}
	}
	var written models.Written
	var err error
	s.aside(func() { written, err = s.d.Writer.Write(ctx, request, emit) })
	if err != nil {
		return desk.Reply{}, err
	}
	reply.Text, reply.Draft = s.d.Mask(written.Text), nil
	reply.Citations = words.Cited(reply.Text, reply.Citations)
	if !first.IsZero() {
		s.measure(meter.FirstToken, float64(first.Sub(s.e.At).Milliseconds()), "")
	}
	if written.Builtin && written.FallbackReason != "no_provider" {
		s.count(meter.ModelFallback, written.FallbackReason)
	}
	return reply, nil
}
