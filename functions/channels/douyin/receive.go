package douyin

import (
	"bytes"
	"context"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"strings"
	"time"
	"unicode/utf8"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// An envelope is the body of a webhook.
type envelope struct {
	Event   string          `json:"event"`
	Key     word            `json:"client_key"`
	From    word            `json:"from_user_id"`
	To      word            `json:"to_user_id"`
	Content json.RawMessage `json:"content"` // an object, or a string that holds one
}

// Receive implements functions.Channel. It refuses with hook_off, hook_forged, hook_app, hook_unreadable or method_not_allowed.
func (c Channel) Receive(ctx context.Context, hook functions.Webhook) (functions.Receipt, error) {
	switch {
	case hook.Method != "" && hook.Method != http.MethodPost:
		return functions.Receipt{}, desk.Refuse(desk.ErrInvalid, "method_not_allowed")
	case c.Secret == "":
		return functions.Receipt{}, desk.Refuse(desk.ErrForbidden, "hook_off", name)
	case !c.signed(hook):
		c.State.Forged()
		return functions.Receipt{}, desk.Refuse(desk.ErrForbidden, "hook_forged")
	}
	var e envelope
	if err := json.Unmarshal(hook.Body, &e); err != nil || !utf8.Valid(hook.Body) || e.Event == "" {
		return functions.Receipt{}, desk.Refuse(desk.ErrInvalid, "hook_unreadable")
	}
	if e.Key != "" && c.Key != "" && string(e.Key) != c.Key { // signed with our secret, and yet another app's
		c.State.Forged()
		return functions.Receipt{}, desk.Refuse(desk.ErrForbidden, "hook_app")
	}
	c.State.Hooked(c.Now())
	body := open(e.Content)
	if e.Event == "verify_webhook" {
		return challenged(body.Challenge)
	}
	receipt, err := c.understand(ctx, happening{event: e.Event, from: e.From, to: e.To, content: body, id: nameOf(e, body, header(hook, "Msg-Id")), arrived: arrival(hook, c.Now)})
	receipt.Answer, receipt.Type = []byte(answer), "application/json"
	return receipt, err
}

// challenged echoes what the platform sent to see whether we are here: a number stays a number, a string a string.
func challenged(challenge json.RawMessage) (functions.Receipt, error) {
	if len(challenge) == 0 {
		return functions.Receipt{}, desk.Refuse(desk.ErrInvalid, "hook_unreadable")
	}
	echo, err := json.Marshal(map[string]json.RawMessage{"challenge": challenge})
	return functions.Receipt{Answer: echo, Type: "application/json"}, err
}

// signed reports whether a webhook carries our secret's signature of its body.
func (c Channel) signed(hook functions.Webhook) bool {
	given, err := hex.DecodeString(strings.TrimSpace(header(hook, "X-Douyin-Signature")))
	if err != nil {
		return false
	}
	var want []byte
	if c.Signature == "hmac-sha256" {
		mac := hmac.New(sha256.New, []byte(c.Secret))
		mac.Write(hook.Body)
		want = mac.Sum(nil)
	} else {
		sum := sha1.Sum(append([]byte(c.Secret), hook.Body...))
		want = sum[:]
	}
	return hmac.Equal(given, want)
}

// header finds a header whatever the case of its name.
func header(hook functions.Webhook, name string) string {
	if value, ok := hook.Header[name]; ok {
		return value
	}
	for key, value := range hook.Header {
		if strings.EqualFold(key, name) {
			return value
		}
	}
	return ""
}

func arrival(hook functions.Webhook, now func() time.Time) time.Time {
	if hook.At == 0 {
		return now().UTC()
	}
	return time.UnixMilli(hook.At).UTC()
}

// nameOf names an event, so that it counts once however often and whenever it comes. What the signature covers decides: the
// platform's ID of the message or comment. Only where there is none the header Msg-Id does, which anybody who repeats a signed
// body can change, and without that the content.
func nameOf(e envelope, c content, msgID string) string {
	parts := []string{e.Event, string(e.From), string(e.To)}
	switch id := string(c.Message + c.Comment); {
	case id != "":
		parts = append(parts, "id", id, string(c.Text+c.Content))
	case msgID != "":
		parts = append(parts, "msg", msgID)
	default:
		parts = append(parts, "content", string(e.Content))
	}
	sum := sha256.Sum256([]byte(name + "\x00" + strings.Join(parts, "\x00")))
	return session.Name(sum[:])
}

// open reads the content of an event: an object, or a string with an object in it. What it does not hold is empty.
func open(raw json.RawMessage) (c content) {
	var inner string
	if err := json.Unmarshal(raw, &inner); err == nil {
		raw = json.RawMessage(inner)
	}
	if raw = bytes.TrimSpace(raw); len(raw) == 0 || raw[0] != '{' {
		return content{}
	}
	// A field of another type than expected stays empty; the others are read all the same.
	_ = json.Unmarshal(raw, &c)
	return c
}

// A word is text that may come as a number; anything else is no word.
type word string

// UnmarshalJSON implements json.Unmarshaler.
func (w *word) UnmarshalJSON(raw []byte) error {
	switch raw[0] {
	case '"':
		var s string
		if err := json.Unmarshal(raw, &s); err != nil {
			return err
		}
		*w = word(s)
	case '{', '[', 't', 'f', 'n':
		*w = ""
	default:
		*w = word(raw)
	}
	return nil
}
