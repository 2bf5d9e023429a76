package inbox

import (
	"context"
	"errors"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/staff/inbox/panel"
	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions/dialog/assist"
	"keliu/functions/session"
	"keliu/functions/store/notes"
	"keliu/streams/desk"
)

// A TransferRequest says to whom a conversation is passed on.
type TransferRequest struct {
	Agent  desk.AgentID `json:"agent,omitempty"` // to this person, at once
	Force  bool         `json:"force,omitempty"` // though they are away or have enough to do
	Skill  string       `json:"skill,omitempty"` // or back into the queue, for this kind of person; empty for any
	Reason string       `json:"reason,omitempty"`
	Note   string       `json:"note,omitempty"` // for whoever gets it; kept with the notes
}

// A CloseRequest says why a conversation is closed.
type CloseRequest struct {
	Reason  string `json:"reason"`            // one word; "solved" when it is left out
	Summary string `json:"summary,omitempty"` // kept with the session, for the staff
}

// A SummaryAnswer is what can be said of a conversation at its end.
type SummaryAnswer struct {
	assist.Summary
	Reasons []ClosingReason `json:"reasons"` // to choose from
}

// A ClosingReason is a reason to close, with its name in the caller's language.
type ClosingReason struct {
	Key  string `json:"key"`
	Name string `json:"name"`
}

// word is what a reason or a skill is: the metrics are split by it, so it is no place for a customer's words.
var word = regexp.MustCompile(`^[a-z][a-z_]{0,31}$`)

// mostSummary is how long a summary may be, in characters.
const mostSummary = 2000

// event is something that somebody does with a conversation.
func (r *Room) event(c desk.Conversation, kind desk.Kind, who desk.AgentID) desk.Event {
	return desk.Event{
		ID: session.MessageID(c.ID, ""), Kind: kind, Conversation: c.ID, Customer: c.Customer, Channel: c.Channel, Agent: who, At: r.Now().UTC(),
	}
}

// do makes an event durable and puts into the trail what was done.
func (r *Room) do(ctx context.Context, c *app.RequestContext, who desk.Agent, e desk.Event, details map[string]string) error {
	if err := visitors.Send(ctx, r.Inbound, e); err != nil {
		return err
	}
	r.acted(ctx, who)
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, string(e.Kind), "conversation/"+string(e.Conversation), e.Reason, details)
}

func (r *Room) accept(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	return r.do(ctx, c, who, r.event(conversation, desk.Assigned, who.ID), nil)
}

func (r *Room) giveBack(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	return r.do(ctx, c, who, r.event(conversation, desk.Returned, who.ID), nil)
}

// transfer passes a conversation on: to a person, who has it at once, or back into the queue.
func (r *Room) transfer(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in TransferRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	if in.Reason != "" && !word.MatchString(in.Reason) || in.Skill != "" && !word.MatchString(in.Skill) {
		return desk.Refuse(desk.ErrInvalid, "word")
	}
	if in.Note, err = panel.Optional("note", in.Note); err != nil {
		return err
	}
	e, details := r.event(conversation, desk.Transferred, who.ID), map[string]string{"skill": in.Skill}
	e.Skill = in.Skill
	if in.Agent != "" {
		if err := r.mayTake(ctx, in, conversation); err != nil {
			return err
		}
		e, details = r.event(conversation, desk.Assigned, in.Agent), map[string]string{"to": string(in.Agent)}
	}
	e.Reason = in.Reason
	// Whoever gets the conversation finds the note there already.
	if in.Note != "" {
		if err := r.Book.Add(ctx, panel.Note(conversation.ID, who, in.Note, e.At)); err != nil {
			return err
		}
	}
	return r.do(ctx, c, who, e, details)
}

// mayTake refuses when the person to whom a conversation is passed on may not have it, or, unless forced, cannot take it now.
func (r *Room) mayTake(ctx context.Context, in TransferRequest, c desk.Conversation) error {
	here, err := r.Store.Here(ctx)
	if err != nil {
		return err
	}
	at := slices.IndexFunc(here, func(a desk.Agent) bool { return a.ID == in.Agent })
	if at < 0 {
		return desk.Refuse(desk.ErrInvalid, "agent_unknown")
	}
	to := here[at]
	parts, err := r.Door.Parts(ctx, to)
	switch {
	case err != nil:
		return err
	case parts[door.Conversations] != "write":
		return desk.Refuse(desk.ErrInvalid, "agent_unknown")
	case in.Force || c.Stage == desk.Human && c.Agent == to.ID:
		return nil
	case to.Status != "online":
		return desk.Refuse(desk.ErrConflict, "agent_away")
	case to.Load >= to.Capacity:
		return desk.Refuse(desk.ErrConflict, "agent_full")
	}
	return nil
}

// close ends the session and keeps its summary.
func (r *Room) close(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in CloseRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	if in.Reason == "" {
		in.Reason = "solved"
	}
	in.Summary = strings.TrimSpace(in.Summary)
	if !word.MatchString(in.Reason) {
		return desk.Refuse(desk.ErrInvalid, "word")
	}
	if utf8.RuneCountInString(in.Summary) > mostSummary {
		return desk.Refuse(desk.ErrInvalid, "field_too_long", "summary", mostSummary)
	}
	e := r.event(conversation, desk.Ended, who.ID)
	e.Reason = in.Reason
	if conversation.Stage != desk.Closed {
		if err := r.Book.Closed(ctx, notes.Closing{
			Conversation: conversation.ID, Session: conversation.Session.Number, By: who.ID, Name: who.Name, Reason: in.Reason, Summary: in.Summary, At: e.At,
		}); err != nil {
			return err
		}
	}
	return r.do(ctx, c, who, e, nil)
}

// summary writes what may be said of a conversation at its end.
func (r *Room) summary(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	s, err := r.Assistant.Summarize(ctx, desk.ConversationID(c.Param("id")), wire.Lang(c))
	if err != nil {
		return err
	}
	s.Text = r.Door.Hide(ctx, who).Text(s.Text)
	out := SummaryAnswer{Summary: s}
	for _, reason := range assist.Reasons() {
		out.Reasons = append(out.Reasons, ClosingReason{reason.Key, reason.Name(wire.Lang(c))})
	}
	return wire.Answer(c, out)
}

// A NextAnswer is the conversation that was next.
type NextAnswer struct {
	Conversation desk.ConversationID `json:"conversation"`
}

// next gives the caller whoever is next in the queue and may be served by them.
func (r *Room) next(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id, err := r.List.Next(ctx, who, func(id desk.ConversationID) (desk.Outgoing, error) {
		e := desk.Event{ID: session.MessageID(id, ""), Kind: desk.Assigned, Conversation: id, Agent: who.ID, At: r.Now().UTC()}
		return desk.Out(desk.Inbound, string(e.ID), string(id), e)
	})
	if errors.Is(err, desk.ErrNotFound) {
		return desk.Refuse(desk.ErrNotFound, "queue_empty")
	}
	if err != nil {
		return err
	}
	r.acted(ctx, who)
	if err := r.Door.Record(ctx, who, string(desk.Assigned), "conversation/"+string(id), "next", nil); err != nil {
		return err
	}
	return wire.Answer(c, NextAnswer{id})
}

// A QueueAnswer is the queue, next first.
type QueueAnswer struct {
	Waiting []desk.Place `json:"waiting"`
}

func (r *Room) queue(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	waiting, err := r.Store.Waiting(ctx)
	if err != nil {
		return err
	}
	for i := range waiting {
		waiting[i].Position = i + 1 // where they stand now, which may be behind what they were told
	}
	return wire.Answer(c, QueueAnswer{append([]desk.Place{}, waiting...)})
}

// A CallbacksAnswer lists numbers that customers left.
type CallbacksAnswer struct {
	Callbacks []desk.Callback `json:"callbacks"`
}

func (r *Room) callbacks(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	all, err := r.Store.Callbacks(ctx, limit)
	if err != nil {
		return err
	}
	hide := r.Door.Hide(ctx, who)
	out := CallbacksAnswer{Callbacks: []desk.Callback{}}
	for _, callback := range all {
		callback.Phone, callback.Note = hide.Value(desk.FactPhone, callback.Phone), hide.Text(callback.Note)
		out.Callbacks = append(out.Callbacks, callback)
	}
	return wire.Answer(c, out)
}
