package inbox

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// mostOthers is how often another suggestion may be asked for.
const mostOthers = 20

// suggest says what the AI would answer. That it was shown is measured.
func (r *Room) suggest(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	n, err := wire.Number(c, "another", 0, 0, mostOthers)
	if err != nil {
		return err
	}
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	s, err := r.Assistant.Suggest(ctx, conversation.ID, who.Role, int(n))
	if err != nil {
		return err
	}
	hide := r.Door.Hide(ctx, who)
	s.Text = hide.Text(s.Text)
	if s.Text != "" {
		r.count(ctx, conversation, string(session.MessageID(conversation.ID, "")), meter.SuggestionShown, who.ID)
	}
	return wire.Answer(c, s)
}
