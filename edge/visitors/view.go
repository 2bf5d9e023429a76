package visitors

import (
	"context"
	"encoding/json"
	"time"

	"keliu/edge/live"
	"keliu/streams/desk"
)

// A Line is a message as the customer may see it.
type Line struct {
	ID           desk.MessageID      `json:"id"`
	Seq          int64               `json:"seq,omitempty"`
	Conversation desk.ConversationID `json:"conversation"`
	Text         string              `json:"text"`
	By           desk.Author         `json:"by"`
	Intent       string              `json:"intent,omitempty"`
	Citations    []desk.Citation     `json:"citations"`
	Options      []string            `json:"options,omitempty"`
	Pictures     []desk.Picture      `json:"pictures,omitempty"`
	Agent        string              `json:"agent,omitempty"`
	At           time.Time           `json:"at"`
}

// A HistoryAnswer is what was said, oldest first.
type HistoryAnswer struct {
	Messages []Line `json:"messages"`
}

func lineOf(m desk.Message, agent string) Line {
	l := Line{
		ID: m.ID, Seq: m.Seq, Conversation: m.Conversation, Text: m.Text, By: m.By, Citations: m.Citations, Options: m.Options,
		Pictures: m.Pictures, Agent: agent, At: m.At,
	}
	if m.By != desk.ByCustomer {
		l.Intent = m.Intent
	}
	if l.Citations == nil {
		l.Citations = []desk.Citation{}
	}
	return l
}

// A QueueEvent is the payload of a handoff event.
type QueueEvent struct {
	Conversation desk.ConversationID `json:"conversation"`
	desk.QueueNotice
	At time.Time `json:"at"`
}

// A ClosedEvent is the payload of a closed event.
type ClosedEvent struct {
	Conversation desk.ConversationID `json:"conversation"`
	Reason       string              `json:"reason"`
	At           time.Time           `json:"at"`
}

// nameOf returns the name of one of the staff to customers.
func (s *Side) nameOf(ctx context.Context, id desk.AgentID) string {
	if id == "" {
		return ""
	}
	a, err := s.People.Agent(ctx, id)
	if err != nil {
		return "" // the words matter more than whose they are
	}
	return a.Name
}

// event is a notice as the customer hears it.
func (s *Side) event(ctx context.Context, n desk.Notice) (live.Event, error) {
	var payload any
	switch {
	case n.Message != nil:
		payload = lineOf(*n.Message, s.nameOf(ctx, n.Message.Agent))
	case n.Queue != nil:
		payload = QueueEvent{n.Conversation, *n.Queue, n.At}
	default:
		payload = ClosedEvent{n.Conversation, n.Reason, n.At}
	}
	body, err := json.Marshal(payload)
	return live.Event{ID: n.Seq, Name: n.Event, Payload: body}, err
}

// Tell implements session.Live: whoever listens to the conversation hears the notice.
func (s *Side) Tell(ctx context.Context, n desk.Notice) error {
	e, err := s.event(ctx, n)
	if err != nil {
		return err
	}
	s.Hub.Tell(string(n.Conversation), e.ID, e.Name, e.Payload)
	return nil
}

// Whisper passes on that an answer is being written.
func (s *Side) Whisper(t desk.Typing) {
	body, err := json.Marshal(t)
	if err != nil {
		s.Log.Error("typing", "error", err)
		return
	}
	s.Hub.Whisper(string(t.Conversation), desk.EventTyping, body)
}

// A Past is what the store remembers of a conversation.
type Past interface {
	After(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error)
}

// History lets a connection resume from what the store remembers.
type History struct {
	Past Past
	Side *Side
}

// After implements live.History.
func (h History) After(ctx context.Context, topic string, after int64, limit int) ([]live.Event, error) {
	told, err := h.Past.After(ctx, desk.ConversationID(topic), after, limit)
	if err != nil {
		return nil, err
	}
	events := make([]live.Event, len(told))
	for i, n := range told {
		if events[i], err = h.Side.event(ctx, n); err != nil {
			return nil, err
		}
	}
	return events, nil
}
