package douyin

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// A content is what an event says, of whatever kind. Names differ between the platform's pages, so some have two.
type content struct {
	Challenge json.RawMessage `json:"challenge"`
	Created   word            `json:"create_time"` // ms since 1970, or seconds

	Thread  word   `json:"conversation_short_id"`
	Message word   `json:"server_message_id"`
	Type    word   `json:"message_type"`
	Text    word   `json:"text"`
	Users   []user `json:"user_infos"`

	Scene word `json:"scene_type"`
	Query word `json:"query"`
	Video word `json:"objectId"`
	Ad    ad   `json:"ad_info"`

	Comment    word `json:"comment_id"`
	Commenter  word `json:"comment_user_id"`
	Content    word `json:"content"`
	Nick       word `json:"nick_name"`
	Item       word `json:"reply_to_item_id"`
	ItemID     word `json:"item_id"`
	Title      word `json:"item_title"`
	Parent     word `json:"reply_to_comment_id"`
	OpenID     word `json:"open_id"`
	AuthStatus word `json:"auth_status"` // 1 is given
	Expires    word `json:"expire_time"`
	Source     word `json:"source"`
}

type user struct {
	OpenID word `json:"open_id"`
	Name   word `json:"nick_name"`
}

type ad struct {
	Campaign word `json:"campaign_id"`
	Ad       word `json:"ad_id"`
	Creative word `json:"creative_id"`
}

// A happening is an event of the platform with what is known around it.
type happening struct {
	event    string
	from, to word
	content
	id      string
	arrived time.Time
}

// Times beyond which a clock is not believed, and a message opens no window.
const (
	ahead  = 5 * time.Minute
	window = 24 * time.Hour // in which a message may be answered
)

// understand says what an event means to us.
func (c Channel) understand(ctx context.Context, h happening) (functions.Receipt, error) {
	switch h.event {
	case "im_receive_msg":
		return c.wrote(ctx, h)
	case "im_send_msg":
		return c.shown(ctx, h)
	case "im_enter_direct_msg":
		return c.entered(ctx, h)
	case "im_recall_msg":
		return c.touched(h.touch(desk.Recalled, func(t *desk.Touch) { t.Sent = string(h.Message) }))
	case "im_authorize":
		return c.touched(h.authorised())
	case "item_comment_reply", "item_comment", "comment_reply", "video_comment_reply", "video_comment":
		return c.commented(ctx, h)
	}
	c.State.Ignored() // it is the platform's to send more than we know
	return functions.Receipt{}, nil
}

// touched is the receipt of something that somebody did, when it says who.
func (c Channel) touched(t desk.Touch) (functions.Receipt, error) {
	if who := openID(t.Person); who == "" || len(who) > maxID {
		c.State.Ignored()
		return functions.Receipt{}, nil
	}
	return functions.Receipt{Touches: []desk.Touch{t}}, nil
}

// at is when it happened, by the platform's clock; an event without one happened when it came.
func (h happening) at() time.Time {
	if t := clock(h.Created); !t.IsZero() {
		return t
	}
	return h.arrived.Truncate(time.Millisecond)
}

// clock reads ms or seconds since 1970.
func clock(w word) time.Time {
	n, err := strconv.ParseInt(string(w), 10, 64)
	switch {
	case err != nil || n <= 0 || n > 1<<53:
		return time.Time{}
	case n < 1e11: // 1973 in ms, the year 5138 in seconds
		n *= 1000
	}
	return time.UnixMilli(n).UTC()
}

// touch is something that the sender of the event did.
func (h happening) touch(kind desk.TouchKind, more func(*desk.Touch)) desk.Touch {
	t := desk.Touch{ID: "t_" + h.id, Kind: kind, Channel: name, Person: person(h.from), Name: h.nameOf(h.from), At: h.at()}
	if t.At.After(h.arrived.Add(ahead)) {
		t.At = h.arrived.Add(-window) // a clock that is ahead proves nothing, and least of all that a window is open
	}
	more(&t)
	return t
}

func person(openID word) desk.PersonID { return desk.PersonID(name + ":" + string(openID)) }

// openID is the platform's ID of somebody.
func openID(p desk.PersonID) string { return strings.TrimPrefix(string(p), name+":") }

// nameOf is how the platform shows somebody.
func (h happening) nameOf(openID word) string {
	i := slices.IndexFunc(h.Users, func(u user) bool { return u.OpenID == openID })
	if i < 0 {
		return clean(string(h.Nick), 60)
	}
	return clean(string(h.Users[i].Name), 60)
}

// clean takes out of a text what no screen shows, and cuts it to a number of characters.
func clean(text string, most int) string {
	text = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cc, r) && r != '\n' || r >= '\u202a' && r <= '\u202e' || r >= '\u2066' && r <= '\u2069' {
			return -1
		}
		return r
	}, strings.TrimSpace(text))
	if runes := []rune(text); len(runes) > most {
		text = string(runes[:most])
	}
	return text
}

// placeholders stand for what comes without its content.
var placeholders = map[string]string{
	"image": "[图片]", "video": "[视频]", "emoji": "[表情]", "user_local_image": "[图片]", "user_local_video": "[视频]",
	"retain_consult_card": "[留资卡片]", "voice": "[语音]", "audio": "[语音]",
}

// wrote takes a direct message of a customer.
func (c Channel) wrote(ctx context.Context, h happening) (functions.Receipt, error) {
	a, err := c.meet(ctx, h)
	if err != nil || a.Person == "" {
		return functions.Receipt{}, err
	}
	text := clean(string(h.Text), session.MaxText)
	if text == "" {
		text = cmp.Or(placeholders[string(h.Type)], "[消息]")
	}
	if text, err = c.chosen(ctx, a.Conversation, text); err != nil {
		return functions.Receipt{}, err
	}
	id, at := desk.MessageID("m_"+h.id), h.at()
	if at.After(h.arrived) {
		at = h.arrived.Truncate(time.Millisecond)
	}
	event := desk.Event{
		ID: id, Kind: desk.Said, Conversation: a.Conversation, Customer: a.Customer, Channel: name, Name: h.nameOf(h.from), At: at,
		Message: &desk.Message{ID: id, Conversation: a.Conversation, Customer: a.Customer, Channel: name, By: desk.ByCustomer, Text: text, At: at},
	}
	return functions.Receipt{
		Events: []desk.Event{event},
		Touches: []desk.Touch{h.touch(desk.Wrote, func(t *desk.Touch) {
			t.Text, t.Conversation, t.Sent = text, a.Conversation, string(h.Message)
		})},
	}, nil
}

// chosen is what somebody means who answers with the number of a reply that was offered last.
func (c Channel) chosen(ctx context.Context, conversation desk.ConversationID, text string) (string, error) {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > 9 {
		return text, nil
	}
	last, err := c.Deliveries.Last(ctx, name, conversation)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return "", err
	}
	if n > len(last.Options) {
		return text, nil
	}
	return last.Options[n-1], nil
}

// entered takes the opening of the direct messages.
func (c Channel) entered(ctx context.Context, h happening) (functions.Receipt, error) {
	a, err := c.meet(ctx, h)
	if err != nil || a.Person == "" {
		return functions.Receipt{}, err
	}
	return c.touched(h.touch(desk.Entered, func(t *desk.Touch) {
		t.Conversation, t.Item, t.Text = a.Conversation, string(h.Video), clean(string(h.Query), session.MaxText)
		t.Campaign, t.Scene = string(cmp.Or(h.Ad.Campaign, h.Ad.Ad, h.Ad.Creative)), string(h.Scene)
	}))
}

// meet finds out who it is and keeps where they are answered. Whoever has no ID is nobody.
func (c Channel) meet(ctx context.Context, h happening) (functions.Address, error) {
	id := string(h.from)
	if id == "" || len(id) > maxID {
		c.State.Ignored()
		return functions.Address{}, nil
	}
	if err := c.learn(ctx, string(h.to)); err != nil {
		return functions.Address{}, err
	}
	customer, err := c.People.Person(ctx, id, h.nameOf(h.from), h.arrived)
	if err != nil {
		return functions.Address{}, err
	}
	a := functions.Address{
		Channel: name, Person: id, Customer: customer.ID, Conversation: session.ConversationOf(customer.ID), Account: string(h.to), Thread: string(h.Thread),
	}
	if at := h.at(); at.Before(h.arrived.Add(ahead)) {
		switch h.event {
		case "im_receive_msg":
			a.Message, a.Wrote = string(h.Message), at
		default:
			a.Entry, a.Entered = string(h.Message), at
		}
	}
	return a, c.Addresses.Note(ctx, a)
}

// shown takes the platform's word that it shows a message of ours. It is no trigger for anything that is said.
func (c Channel) shown(ctx context.Context, h happening) (functions.Receipt, error) {
	if h.Message == "" || h.to == "" {
		c.State.Ignored()
		return functions.Receipt{}, nil
	}
	sent := string(h.Message)
	ours, err := c.Deliveries.Shown(ctx, name, sent, h.at().UnixMilli())
	switch {
	case err == nil:
		sent = ours.Send
	case !errors.Is(err, desk.ErrNotFound):
		return functions.Receipt{}, err
	}
	return c.touched(h.touch(desk.Shown, func(t *desk.Touch) { t.Person, t.Name, t.Sent = person(h.to), h.nameOf(h.to), sent }))
}

// authorised is the agreement to be written to first, or its end.
func (h happening) authorised() desk.Touch {
	kind := desk.Withdrew
	if h.AuthStatus == "1" || h.AuthStatus == "" && h.Expires != "" {
		kind = desk.Authorised
	}
	return h.touch(kind, func(t *desk.Touch) {
		t.Person, t.Scene = person(cmp.Or(h.OpenID, h.from)), string(h.Source)
		if kind == desk.Authorised {
			t.Expires = clock(h.Expires)
		}
	})
}

// commented takes a comment under something of ours; what we write ourselves is no lead.
func (c Channel) commented(ctx context.Context, h happening) (functions.Receipt, error) {
	who := cmp.Or(h.Commenter, h.OpenID, h.from)
	own, err := c.account(ctx)
	if err != nil {
		return functions.Receipt{}, err
	}
	if who != "" && (string(who) == own || who == h.to) {
		return functions.Receipt{}, c.repliedTo(ctx, h)
	}
	text := clean(string(cmp.Or(h.Content, h.Text)), session.MaxText)
	if text == "" {
		c.State.Ignored()
		return functions.Receipt{}, nil
	}
	if err := c.learn(ctx, string(h.to)); err != nil {
		return functions.Receipt{}, err
	}
	return c.touched(h.touch(desk.Commented, func(t *desk.Touch) {
		t.Person, t.Name, t.Text, t.Comment = person(who), h.nameOf(who), text, string(h.Comment)
		t.Item, t.Title = string(cmp.Or(h.Item, h.ItemID)), clean(string(h.Title), 200)
		if h.Parent != "0" && h.Parent != h.Comment {
			t.Parent = string(h.Parent)
		}
	}))
}

// repliedTo takes the platform's word that it shows a reply of ours.
func (c Channel) repliedTo(ctx context.Context, h happening) error {
	if h.Comment == "" {
		return nil
	}
	_, err := c.Deliveries.Shown(ctx, name, string(h.Comment), h.at().UnixMilli())
	if errors.Is(err, desk.ErrNotFound) {
		return nil
	}
	return err
}
