package session

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base32"
	"encoding/json"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"keliu/streams/desk"
)

// Limits of what a customer may say at once.
const (
	MaxText     = 2000 // runes
	MaxPictures = 3
	maxKey      = 200 // bytes of an idempotency key
)

// A Speech is what a customer sends: the body of POST …/messages and of a message over the WebSocket.
type Speech struct {
	Text     string         `json:"text"`
	Pictures []desk.Picture `json:"pictures,omitempty"` // as the edge has kept them
}

// Read checks the body of a message. It refuses with json_broken, text_empty, text_too_long, text_control or
// too_many_pictures.
func Read(body []byte) (Speech, error) {
	var s Speech
	if err := json.Unmarshal(body, &s); err != nil || !utf8.Valid(body) {
		return Speech{}, desk.Refuse(desk.ErrInvalid, "json_broken")
	}
	return s, s.check()
}

func (s *Speech) check() error {
	s.Text = strings.TrimSpace(strings.ReplaceAll(s.Text, "\r\n", "\n"))
	switch {
	case s.Text == "" && len(s.Pictures) == 0:
		return desk.Refuse(desk.ErrInvalid, "text_empty")
	case utf8.RuneCountInString(s.Text) > MaxText:
		return desk.Refuse(desk.ErrInvalid, "text_too_long", MaxText, utf8.RuneCountInString(s.Text))
	case strings.ContainsFunc(s.Text, forbidden):
		return desk.Refuse(desk.ErrInvalid, "text_control")
	case strings.IndexFunc(s.Text, visible) < 0 && len(s.Pictures) == 0:
		return desk.Refuse(desk.ErrInvalid, "text_empty")
	case len(s.Pictures) > MaxPictures:
		return desk.Refuse(desk.ErrInvalid, "too_many_pictures", MaxPictures)
	}
	return nil
}

// forbidden are control characters, and those that turn the direction of what follows on somebody else's screen.
func forbidden(r rune) bool {
	switch r {
	case '\n', '\t':
		return false
	case '\u202a', '\u202b', '\u202c', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068', '\u2069':
		return true
	}
	return unicode.Is(unicode.Cc, r)
}

// visible are characters that leave something on the screen: joiners, variation selectors and fillers alone do not.
func visible(r rune) bool {
	return unicode.IsGraphic(r) && !unicode.IsSpace(r) && !unicode.Is(unicode.Mn, r) && r != '\u3164' && r != '\u2800'
}

// Event makes the event of a message. The same key in the same conversation makes the same ID, so that a message sent twice counts
// once; without a key every message is new.
func (c Claims) Event(s Speech, key string, now time.Time) (desk.Event, error) {
	if len(key) > maxKey {
		return desk.Event{}, desk.Refuse(desk.ErrInvalid, "key_too_long", maxKey)
	}
	id := MessageID(c.Conversation, key)
	now = now.UTC().Truncate(time.Millisecond)
	return desk.Event{
		ID:           id,
		Kind:         desk.Said,
		Conversation: c.Conversation,
		Customer:     c.Customer,
		Channel:      c.Channel,
		Member:       c.Member,
		Name:         c.Name,
		Page:         c.Page,
		At:           now,
		Message: &desk.Message{
			ID:           id,
			Conversation: c.Conversation,
			Customer:     c.Customer,
			Channel:      c.Channel,
			By:           desk.ByCustomer,
			Text:         s.Text,
			Pictures:     s.Pictures,
			At:           now,
		},
	}, nil
}

// MessageID names a message by its conversation and idempotency key; an empty key gives a name that was never given.
func MessageID(c desk.ConversationID, key string) desk.MessageID {
	var sum [sha256.Size]byte
	if key == "" {
		rand.Read(sum[:])
	} else {
		sum = sha256.Sum256([]byte(string(c) + "\x00" + key))
	}
	return desk.MessageID("m_" + Name(sum[:]))
}

// Name is 26 printable characters of a hash.
func Name(sum []byte) string {
	return strings.ToLower(base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(sum[:16]))
}

// ConversationOf names a customer's conversation: there is one, whatever the device or the channel.
func ConversationOf(c desk.CustomerID) desk.ConversationID {
	sum := sha256.Sum256([]byte("conversation\x00" + string(c)))
	return desk.ConversationID("c_" + Name(sum[:]))
}
