package douyin

import (
	"context"
	"errors"

	"keliu/functions"
	"keliu/functions/channels/douyin/api"
	"keliu/functions/channels/douyin/text"
	"keliu/streams/desk"
)

// Send says something that outreach wants to say: a public reply under a comment, a direct message, a greeting, or a push to
// somebody who agreed to it. The same ID is said once: what was decided about it is returned again.
func (c Channel) Send(ctx context.Context, o desk.Send) (desk.Delivery, error) {
	s := functions.Sending{Delivery: desk.Delivery{Send: o.ID, At: c.Now().UTC()}}
	said, _ := text.Unlinked(o.Text, text.Lang(o.Text))
	said = text.Cut(said)
	if o.Kind == desk.PublicReply {
		account, err := c.account(ctx)
		if err != nil {
			return desk.Delivery{}, err
		}
		done, err := c.hand(ctx, s, nil, func(ctx context.Context, _ int) (string, error) {
			return c.API.Reply(ctx, api.Comment{Account: account, Item: o.Item, Comment: o.Comment, Text: said})
		})
		return outcome(done, err)
	}
	l := letter{text: said, by: o.By, kind: o.Kind}
	if o.Kind == desk.Push {
		l.card, l.from = c.Card, o.Scene
	}
	to, err := c.Addresses.Person(ctx, name, openID(o.Person))
	switch {
	case errors.Is(err, desk.ErrNotFound) && o.Kind == desk.Push:
		to = functions.Address{Channel: name, Person: openID(o.Person)}
		to.Account, err = c.account(ctx)
	case errors.Is(err, desk.ErrNotFound):
		return outcome(c.refused(ctx, s, "客户没有进入过私信，抖音不允许发送。The customer never opened the direct messages; Douyin allows no message."))
	}
	if err != nil {
		return desk.Delivery{}, err
	}
	if o.Kind == desk.Push && c.Card == "" {
		return outcome(c.refused(ctx, s, "没有设置主动私信必须携带的卡片（KELIU_DOUYIN_CARD）。The card that a push must carry is not set (KELIU_DOUYIN_CARD)."))
	}
	s.Conversation = to.Conversation
	return outcome(c.write(ctx, s, to, l))
}

// outcome is what outreach hears. What may be tried again is a failure with a time, not an error.
func outcome(s functions.Sending, err error) (desk.Delivery, error) {
	if errors.Is(err, errLater) {
		err = nil
	}
	return s.Delivery, err
}
