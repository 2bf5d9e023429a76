package douyin

import (
	"context"
	"errors"
	"fmt"
	"strconv"

	"keliu/functions"
	"keliu/functions/channels/douyin/api"
	"keliu/functions/channels/douyin/text"
	"keliu/streams/desk"
)

// Deliver implements functions.Channel: a direct message to whoever spoke, in the window that they opened. What the platform does
// not let through stays in the conversation as undelivered, with the reason; only what may be tried again is an error.
func (c Channel) Deliver(ctx context.Context, n desk.Notice) error {
	said, by, err := c.said(ctx, n)
	if err != nil || said == "" {
		return err
	}
	s := functions.Sending{Conversation: n.Conversation, Seq: n.Seq, Delivery: desk.Delivery{Send: string(n.Conversation) + "/" + strconv.FormatInt(n.Seq, 10), At: c.Now().UTC()}}
	if n.Message != nil {
		s.Send, s.Options = string(n.Message.ID), n.Message.Options
	}
	to, err := c.Addresses.Conversation(ctx, name, n.Conversation)
	if errors.Is(err, desk.ErrNotFound) {
		_, err = c.refused(ctx, s, "没有这位客户的抖音会话，无法送达。There is no Douyin thread with this customer.")
		return err
	}
	if err != nil {
		return err
	}
	return c.speak(ctx, s, to, said, by)
}

// said is what a notice says to the customer, and who says it; nothing for what is not worth one of the few messages.
func (c Channel) said(ctx context.Context, n desk.Notice) (string, desk.Author, error) {
	switch {
	case n.Event == desk.EventReply && n.Message != nil:
		return text.Of(*n.Message), n.Message.By, nil
	case n.Event == desk.EventHandoff && n.Queue != nil && n.Queue.State == "queued":
		// An answer that leads to a person says so itself, right before this.
		last, err := c.Deliveries.Last(ctx, name, n.Conversation)
		if err != nil && !errors.Is(err, desk.ErrNotFound) || err == nil && last.Seq == n.Seq-1 {
			return "", "", err
		}
		return n.Queue.Text, desk.BySystem, nil
	}
	return "", "", nil
}

// speak sends a text in as few messages as it takes. A person may need several, the AI has one.
func (c Channel) speak(ctx context.Context, s functions.Sending, to functions.Address, said string, by desk.Author) error {
	said, _ = text.Unlinked(said, text.Lang(said))
	pieces := []string{text.Cut(said)}
	if by == desk.ByHuman {
		pieces = text.Split(said)
	}
	for i, piece := range pieces {
		part := s
		if i > 0 {
			part.Send, part.Options = fmt.Sprintf("%s#%d", s.Send, i+1), nil
		}
		done, err := c.write(ctx, part, to, letter{text: piece, by: by, more: i+1 < len(pieces)})
		if err != nil {
			return err
		}
		if done.State == desk.Failed || done.State == desk.Uncertain {
			return nil // what comes after would hang in the air
		}
	}
	return nil
}

// A letter is a direct message on its way.
type letter struct {
	text string
	more bool // there is more to say after it
	by   desk.Author
	kind desk.SendKind
	card string // that goes along
	from string // the source of the authorisation that a push rests on
}

// write sends one direct message in the window that is open for it.
func (c Channel) write(ctx context.Context, s functions.Sending, to functions.Address, l letter) (functions.Sending, error) {
	w, open := c.window(to, l)
	if !open {
		return c.refused(ctx, s, "客户 24 小时内没有发言，抖音不允许发送私信。The customer has not written within 24 hours; Douyin allows no message.")
	}
	return c.hand(ctx, s, w.want(s, to, l), func(ctx context.Context, left int) (string, error) {
		out := api.Letter{Account: to.Account, To: to.Person, Thread: to.Thread, Message: w.message, Scene: w.scene, Text: l.text, Card: l.card}
		if l.more && left == 0 {
			out.Text = text.Ended(l.text)
		}
		id, err := c.API.Write(ctx, out)
		var refusal *api.Refusal
		if errors.As(err, &refusal) && refusal.Code == api.Links {
			// The platform takes something for a link that is none to us: once more without all that has a dot within.
			if plain := text.Plain(out.Text); plain != out.Text {
				out.Text = plain
				return c.API.Write(ctx, out)
			}
		}
		return id, err
	})
}
