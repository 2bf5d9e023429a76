package douyin_test

import (
	"encoding/json"
	"errors"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"keliu/functions/session"
	"keliu/streams/desk"
)

// Whatever comes signed is answered or refused in words; what is made of it names one person and one conversation, has an ID that
// comes out the same again, and a text that people can read. What is not signed is never more than refused.
func FuzzReceive(f *testing.F) {
	for _, seed := range []string{
		`{"event":"verify_webhook","client_key":"key","content":{"challenge":12345}}`,
		`{"event":"verify_webhook","client_key":"key","content":"{\"challenge\":\"abc\"}"}`,
		`{"event":"verify_webhook","client_key":"key","content":{}}`,
		`{"event":"im_receive_msg","client_key":"key","from_user_id":"a","to_user_id":"us","content":"{\"server_message_id\":\"1\",\"create_time\":1795500000000,\"message_type\":\"text\",\"text\":\"你好\",\"user_infos\":[{\"open_id\":\"a\",\"nick_name\":\"小鱼\"}]}"}`,
		`{"event":"im_receive_msg","client_key":"key","from_user_id":7,"to_user_id":"us","content":{"server_message_id":1,"create_time":"1795500000","message_type":"image","user_infos":{}}}`,
		`{"event":"im_send_msg","client_key":"key","from_user_id":"us","to_user_id":"a","content":"{\"server_message_id\":\"9\"}"}`,
		`{"event":"im_enter_direct_msg","client_key":"key","from_user_id":"a","to_user_id":"us","content":"{\"ad_info\":{\"campaign_id\":5},\"objectId\":\"v\"}"}`,
		`{"event":"im_recall_msg","client_key":"key","from_user_id":"a","content":"{\"server_message_id\":\"1\"}"}`,
		`{"event":"im_authorize","client_key":"key","content":"{\"open_id\":\"a\",\"auth_status\":1,\"expire_time\":1795600000}"}`,
		`{"event":"item_comment_reply","client_key":"key","from_user_id":"a","to_user_id":"us","content":"{\"comment_id\":\"c\",\"comment_user_id\":\"a\",\"content\":\"多少钱\\u0000\\u202e\",\"create_time\":1}"}`,
		`{"event":"other","client_key":"key","content":null}`, `{"event":7}`, `[]`, `null`, `{`, ``, "{\"event\":\"x\xff\"}",
	} {
		f.Add(seed, "msg-1")
	}
	s := open(f)
	f.Fuzz(func(t *testing.T, body, msgID string) {
		hook := signed(body)
		hook.Header["Msg-Id"] = msgID
		got, err := s.channel.Receive(t.Context(), hook)
		if err != nil {
			if !errors.Is(err, desk.ErrInvalid) && !errors.Is(err, desk.ErrForbidden) {
				t.Fatalf("%q: %v", body, err)
			}
			return
		}
		if !json.Valid(got.Answer) || got.Type != "application/json" {
			t.Errorf("%q is answered %q", body, got.Answer)
		}
		again, err := s.channel.Receive(t.Context(), hook)
		if err != nil || len(again.Touches) != len(got.Touches) || len(again.Events) != len(got.Events) {
			t.Fatalf("%q is %+v and then %+v (%v)", body, got, again, err)
		}
		for i, touch := range got.Touches {
			if touch.ID != again.Touches[i].ID || touch.ID == "" || touch.Channel != "douyin" || !strings.HasPrefix(string(touch.Person), "douyin:") || len(touch.Person) == len("douyin:") || touch.At.IsZero() {
				t.Errorf("%q became %+v", body, touch)
			}
			readable(t, touch.Text)
			readable(t, touch.Name)
		}
		for i, e := range got.Events {
			if e.ID != again.Events[i].ID || e.Conversation != session.ConversationOf(e.Customer) || e.Message == nil || e.Message.Text == "" || e.At.After(now) {
				t.Errorf("%q became %+v", body, e)
			}
			readable(t, e.Message.Text)
		}
		hook.Header["X-Douyin-Signature"] = strings.Repeat("0", 40)
		if _, err := s.channel.Receive(t.Context(), hook); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("forged: %v", err)
		}
	})
}

func readable(t *testing.T, text string) {
	t.Helper()
	if !utf8.ValidString(text) || strings.ContainsFunc(text, func(r rune) bool { return unicode.IsControl(r) && r != '\n' || r == '\u202e' }) || utf8.RuneCountInString(text) > session.MaxText {
		t.Errorf("people cannot read %q", text)
	}
}
