package staff

import (
	"context"
	"errors"
	"regexp"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/functions/store"
	"keliu/streams/desk"
)

// A ConversationsAnswer lists conversations.
type ConversationsAnswer struct {
	Conversations []desk.Conversation `json:"conversations"`
}

// A ConversationAnswer is a conversation with what a person should know of it.
type ConversationAnswer struct {
	Conversation desk.Conversation `json:"conversation"`
	Handoff      *desk.Handoff     `json:"handoff,omitempty"`
}

// A MessagesAnswer is what was said and told.
type MessagesAnswer struct {
	Messages []desk.Message `json:"messages"`
	Notices  []desk.Notice  `json:"notices"` // what else was told: queue, taking over, closing
}

// A SayRequest is what a person says to the customer.
type SayRequest struct {
	Text string `json:"text"`
}

// A SayAnswer is the message as it was accepted.
type SayAnswer struct {
	Message desk.Message `json:"message"`
}

// An ActRequest says more about what is done with a conversation.
type ActRequest struct {
	Reason string `json:"reason"`
	Skill  string `json:"skill"` // for a transfer: which kind of person
}

// A QueueAnswer is the queue, next first.
type QueueAnswer struct {
	Waiting []desk.Place `json:"waiting"`
}

// A CallbacksAnswer lists numbers that customers left.
type CallbacksAnswer struct {
	Callbacks []desk.Callback `json:"callbacks"`
}

func (s *Side) list(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	before, err := door.Time(c, "before", time.Time{})
	if err != nil {
		return err
	}
	stage := desk.Stage(c.Query("stage"))
	switch stage {
	case "", desk.WithAI, desk.Queued, desk.Human, desk.Closed:
	default:
		return desk.Refuse(desk.ErrInvalid, "stage_unknown", stage)
	}
	all, err := s.Store.Conversations(ctx, store.Filter{
		Stage: stage, Agent: desk.AgentID(c.Query("agent")), Channel: c.Query("channel"), Before: before, Limit: limit,
	})
	if err != nil {
		return err
	}
	hide := s.Door.Hide(ctx, who)
	out := ConversationsAnswer{Conversations: []desk.Conversation{}}
	for _, conversation := range all {
		out.Conversations = append(out.Conversations, hide.Conversation(conversation))
	}
	return wire.Answer(c, out)
}

func (s *Side) show(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := desk.ConversationID(c.Param("id"))
	conversation, err := s.Store.Conversation(ctx, id)
	if err != nil {
		return err
	}
	hide := s.Door.Hide(ctx, who)
	out := ConversationAnswer{Conversation: hide.Conversation(conversation)}
	h, err := s.Store.Handoff(ctx, id)
	switch {
	case err == nil:
		h.Facts, h.Summary = hide.Facts(h.Facts), hide.Text(h.Summary)
		out.Handoff = &h
	case !errors.Is(err, desk.ErrNotFound):
		return err
	}
	return wire.Answer(c, out)
}

func (s *Side) messages(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	before, err := wire.Number(c, "before", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	id := desk.ConversationID(c.Param("id"))
	if _, err := s.Store.Conversation(ctx, id); err != nil {
		return err
	}
	told, err := s.Store.Before(ctx, id, before, limit)
	if err != nil {
		return err
	}
	hide := s.Door.Hide(ctx, who)
	out := MessagesAnswer{Messages: []desk.Message{}, Notices: []desk.Notice{}}
	for _, n := range told {
		if n.Message == nil {
			out.Notices = append(out.Notices, n)
			continue
		}
		m := *n.Message
		m.Text = hide.Text(m.Text)
		out.Messages = append(out.Messages, m)
	}
	return wire.Answer(c, out)
}

// say makes durable what a person says; the dialog tells the customer.
func (s *Side) say(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	speech, err := session.Read(c.Request.Body())
	if err != nil {
		return err
	}
	conversation, err := s.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	key := string(c.Request.Header.Peek("Idempotency-Key"))
	if key != "" {
		key = "staff\x00" + string(who.ID) + "\x00" + key
	}
	now := s.Now().UTC().Truncate(time.Millisecond)
	m := desk.Message{
		ID: session.MessageID(conversation.ID, key), Conversation: conversation.ID, Channel: conversation.Channel, By: desk.ByHuman,
		Agent: who.ID, Text: speech.Text, At: now,
	}
	e := desk.Event{ID: m.ID, Kind: desk.Spoke, Conversation: conversation.ID, Customer: conversation.Customer, Channel: conversation.Channel,
		Message: &m, Agent: who.ID, At: now}
	if err := visitors.Send(ctx, s.Inbound, e); err != nil {
		return err
	}
	return wire.Answer(c, SayAnswer{m})
}

// word is what a reason or a skill is: the metrics are split by it, so it is no place for a customer's words.
var word = regexp.MustCompile(`^[a-z][a-z_]{0,31}$`)

// act makes an event of what a person does with a conversation.
func (s *Side) act(kind desk.Kind) door.Call {
	return func(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
		var in ActRequest
		if err := wire.Bind(c, 16<<10, &in); err != nil {
			return err
		}
		conversation, err := s.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
		if err != nil {
			return err
		}
		if in.Reason == "" {
			in.Reason = "solved"
		}
		if !word.MatchString(in.Reason) || in.Skill != "" && !word.MatchString(in.Skill) {
			return desk.Refuse(desk.ErrInvalid, "word")
		}
		e := desk.Event{
			ID: session.MessageID(conversation.ID, ""), Kind: kind, Conversation: conversation.ID, Customer: conversation.Customer,
			Channel: conversation.Channel, Agent: who.ID, Reason: in.Reason, Skill: in.Skill, At: s.Now().UTC(),
		}
		if err := visitors.Send(ctx, s.Inbound, e); err != nil {
			return err
		}
		if err := s.Door.Record(ctx, who, string(kind), "conversation/"+string(conversation.ID), in.Reason, nil); err != nil {
			return err
		}
		c.SetStatusCode(204)
		return nil
	}
}

func (s *Side) queue(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	waiting, err := s.Store.Waiting(ctx)
	if err != nil {
		return err
	}
	if waiting == nil {
		waiting = []desk.Place{}
	}
	return wire.Answer(c, QueueAnswer{waiting})
}

func (s *Side) callbacks(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	all, err := s.Store.Callbacks(ctx, limit)
	if err != nil {
		return err
	}
	hide := s.Door.Hide(ctx, who)
	out := CallbacksAnswer{Callbacks: []desk.Callback{}}
	for _, callback := range all {
		callback.Phone, callback.Note = hide.Value(desk.FactPhone, callback.Phone), hide.Text(callback.Note)
		out.Callbacks = append(out.Callbacks, callback)
	}
	return wire.Answer(c, out)
}
