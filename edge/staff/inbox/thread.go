package inbox

import (
	"context"
	"strconv"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// A MessagesAnswer is what was said and told.
type MessagesAnswer struct {
	Messages []desk.Message `json:"messages"`
	Notices  []desk.Notice  `json:"notices"` // what else was told: queue, taking over, closing
}

// A SayRequest is what a person says to the customer.
type SayRequest struct {
	Text       string `json:"text"`
	Seen       int64  `json:"seen,omitempty"`       // the last seq the person saw: refused when another person has answered since
	Force      bool   `json:"force,omitempty"`      // say it all the same
	Suggestion string `json:"suggestion,omitempty"` // the suggestion that the text was made from
}

// A SayAnswer is the message as it was accepted.
type SayAnswer struct {
	Message desk.Message `json:"message"`
}

func (r *Room) messages(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	before, err := wire.Number(c, "before", 0, 0, 1<<53)
	if err != nil {
		return err
	}
	id := desk.ConversationID(c.Param("id"))
	if _, err := r.Store.Conversation(ctx, id); err != nil {
		return err
	}
	told, err := r.Store.Before(ctx, id, before, limit)
	if err != nil {
		return err
	}
	hide := r.Door.Hide(ctx, who)
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

func (r *Room) picture(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	return r.Pictures.Answer(c, desk.ConversationID(c.Param("id")), c.Param("picture"))
}

// say makes durable what a person says; the dialog tells the customer.
func (r *Room) say(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	in, err := sayRequest(c)
	if err != nil {
		return err
	}
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	key := string(c.Request.Header.Peek("Idempotency-Key"))
	if len(key) > maxKey {
		return desk.Refuse(desk.ErrInvalid, "key_too_long", maxKey)
	}
	if key != "" {
		key = "staff\x00" + string(who.ID) + "\x00" + key
	}
	now := r.Now().UTC().Truncate(time.Millisecond)
	m := desk.Message{
		ID: session.MessageID(conversation.ID, key), Conversation: conversation.ID, Channel: conversation.Channel, By: desk.ByHuman,
		Agent: who.ID, Text: in.Text, At: now,
	}
	if in.Seen == 0 || in.Force {
		r.answers.force(m)
	} else if err := r.answers.follow(ctx, r.Store, m, in.Seen); err != nil {
		return err
	}
	e := desk.Event{ID: m.ID, Kind: desk.Spoke, Conversation: conversation.ID, Customer: conversation.Customer, Channel: conversation.Channel,
		Message: &m, Agent: who.ID, At: now}
	if err := visitors.Send(ctx, r.Inbound, e); err != nil {
		r.answers.drop(m)
		return err
	}
	r.acted(ctx, who)
	r.used(ctx, conversation, m, in.Suggestion)
	return wire.Answer(c, SayAnswer{m})
}

// maxKey is how many bytes an idempotency key has at most.
const maxKey = 200

// sayRequest reads and checks what a person says.
func sayRequest(c *app.RequestContext) (in SayRequest, err error) {
	speech, err := session.Read(c.Request.Body())
	if err != nil {
		return in, err
	}
	if err := wire.Bind(c, 64<<10, &in); err != nil {
		return in, err
	}
	if in.Text = speech.Text; in.Text == "" {
		return in, desk.Refuse(desk.ErrInvalid, "text_empty") // pictures go from customers to the staff
	}
	if in.Seen == 0 {
		in.Seen, err = seq(c)
	}
	return in, err
}

// seq reads If-Seq.
func seq(c *app.RequestContext) (int64, error) {
	text := strings.Trim(string(c.Request.Header.Peek("If-Seq")), `"`)
	if text == "" {
		return 0, nil
	}
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil || n < 1 || n > 1<<53 {
		return 0, desk.Refuse(desk.ErrInvalid, "parameter", "If-Seq", 1, int64(1)<<53)
	}
	return n, nil
}

// acted records that somebody is there. That it fails must not take back what they did.
func (r *Room) acted(ctx context.Context, who desk.Agent) {
	if err := r.Register.Act(ctx, r.Now().UTC(), who.ID); err != nil {
		r.Log.Warn("a sign of life was lost", "agent", who.ID, "error", err)
	}
}

// used measures what became of a suggestion.
func (r *Room) used(ctx context.Context, c desk.Conversation, m desk.Message, suggestion string) {
	if suggestion == "" {
		return
	}
	name := meter.SuggestionEdited
	if strings.TrimSpace(suggestion) == m.Text {
		name = meter.SuggestionAccepted
	}
	r.count(ctx, c, string(m.ID)+"_s", name, m.Agent)
}

// count measures something that changes no state. A point that is lost must not fail what it measures.
func (r *Room) count(ctx context.Context, c desk.Conversation, id, name string, who desk.AgentID) {
	points := []meter.Point{{Name: name, Value: 1, At: r.Now().UTC(), Tags: meter.Tags{
		Channel: c.Channel, Intent: c.Intent, Agent: string(who), Lang: string(c.Lang),
	}}}
	record, err := meter.Points.Record(id, string(c.ID), points)
	if err == nil {
		err = r.Inbound.Publish(ctx, string(meter.Points), record)
	}
	if err != nil {
		r.Log.Warn("a point was lost", "name", name, "error", err)
	}
}

// read says that somebody has looked at the conversation.
func (r *Room) read(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	c.SetStatusCode(204)
	if conversation.Unread == 0 {
		return nil
	}
	if err := r.List.Look(ctx, conversation.ID, conversation.Seq); err != nil {
		return err
	}
	r.Live.Changed(conversation.ID)
	return nil
}
