package douyin_test

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

func TestSignatures(t *testing.T) {
	s := open(t)
	body := event(t, "im_recall_msg", "a", map[string]any{"server_message_id": "1"})
	good := signed(body).Header["X-Douyin-Signature"]
	for name, c := range map[string]struct {
		header map[string]string
		body   string
		taken  bool
	}{
		"right":               {map[string]string{"X-Douyin-Signature": good}, body, true},
		"in capitals":         {map[string]string{"X-Douyin-Signature": strings.ToUpper(good)}, body, true},
		"under another case":  {map[string]string{"x-douyin-signature": good}, body, true},
		"missing":             {nil, body, false},
		"empty":               {map[string]string{"X-Douyin-Signature": ""}, body, false},
		"cut":                 {map[string]string{"X-Douyin-Signature": good[:38]}, body, false},
		"no hexadecimal":      {map[string]string{"X-Douyin-Signature": strings.Repeat("z", 40)}, body, false},
		"of another body":     {map[string]string{"X-Douyin-Signature": good}, body + " ", false},
		"of a changed letter": {map[string]string{"X-Douyin-Signature": good}, strings.Replace(body, `"a"`, `"b"`, 1), false},
	} {
		_, err := s.channel.Receive(t.Context(), functions.Webhook{Method: http.MethodPost, Header: c.header, Body: []byte(c.body), At: now.UnixMilli()})
		if c.taken != (err == nil) || err != nil && !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if h := s.channel.Health(); h.Forged != 6 || h.Hooks != 3 || !h.Hook.Equal(now) {
		t.Errorf("health %+v", h)
	}

	mac := hmac.New(sha256.New, []byte("secret"))
	mac.Write([]byte(body))
	s.channel.Signature = "hmac-sha256"
	hook := signed(body)
	if _, err := s.channel.Receive(t.Context(), hook); !errors.Is(err, desk.ErrForbidden) {
		t.Errorf("SHA-1 where HMAC is wanted: %v", err)
	}
	hook.Header["X-Douyin-Signature"] = hex.EncodeToString(mac.Sum(nil))
	if _, err := s.channel.Receive(t.Context(), hook); err != nil {
		t.Errorf("HMAC: %v", err)
	}
	s.channel.Secret = ""
	if _, err := s.channel.Receive(t.Context(), signed(body)); !errors.Is(err, desk.ErrForbidden) {
		t.Errorf("without a secret: %v", err)
	}
}

// The vector that the documentation's rule gives.
func TestSignatureVector(t *testing.T) {
	s := open(t)
	s.channel.Key, s.channel.Secret = "abc", "SECRET"
	got, err := s.channel.Receive(t.Context(), functions.Webhook{
		Body:   []byte(`{"event":"verify_webhook","client_key":"abc","content":{"challenge":12345}}`),
		Header: map[string]string{"X-Douyin-Signature": "917560a0de1dac8f370aa09ecf1f612d46858e44"},
	})
	if err != nil || string(got.Answer) != `{"challenge":12345}` {
		t.Errorf("%s (%v)", got.Answer, err)
	}
}

func TestRefusals(t *testing.T) {
	s := open(t)
	for body, want := range map[string]string{
		"":   "hook_unreadable",
		"{":  "hook_unreadable",
		"[]": "hook_unreadable",
		"{}": "hook_unreadable",
		"\"": "hook_unreadable",
		`{"event":"im_receive_msg","client_key":"another"}`:                    "hook_app",
		`{"event":"verify_webhook","client_key":"key","content":{}}`:           "hook_unreadable",
		`{"event":"verify_webhook","client_key":"key","content":"no object"}`:  "hook_unreadable",
		"{\"event\":\"im_receive_msg\",\"client_key\":\"key\",\"x\":\"\xff\"}": "hook_unreadable",
	} {
		_, err := s.channel.Receive(t.Context(), signed(body))
		var refused *desk.Problem
		if !errors.As(err, &refused) || refused.Code != want {
			t.Errorf("%q: %v, want %s", body, err, want)
		}
	}
	hook := signed("")
	hook.Method = http.MethodGet
	if _, err := s.channel.Receive(t.Context(), hook); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("GET: %v", err)
	}
}

// What means nothing to us is taken, so that the platform does not send it again, and counted.
func TestWhatMeansNothingIsTaken(t *testing.T) {
	s := open(t)
	for _, body := range []string{
		event(t, "group_fans_event", "a", nil), event(t, "of_tomorrow", "a", map[string]any{"x": 1}), event(t, "authorize", "a", map[string]any{"scopes": []string{"item.comment"}}),
		event(t, "im_receive_msg", "", map[string]any{"text": "nobody"}), event(t, "im_receive_msg", strings.Repeat("x", 200), nil), event(t, "im_send_msg", "us", nil),
		event(t, "item_comment_reply", "us", map[string]any{"comment_id": "c", "comment_user_id": "us", "content": "我们自己"}),
		event(t, "item_comment_reply", "a", map[string]any{"comment_id": "c"}),
	} {
		got, err := s.channel.Receive(t.Context(), signed(body))
		if err != nil || len(got.Events)+len(got.Touches) != 0 || string(got.Answer) != `{"err_no":0,"err_tips":"success"}` {
			t.Errorf("%s: %+v (%v)", body, got, err)
		}
	}
	if h := s.channel.Health(); h.Ignored != 7 {
		t.Errorf("%d were counted", h.Ignored)
	}
}

func TestEvents(t *testing.T) {
	at := now.Add(-time.Minute)
	dm := map[string]any{
		"conversation_short_id": "thread", "server_message_id": "m1", "create_time": at.UnixMilli(), "message_type": "text", "text": " 多少钱 ",
		"user_infos": []any{map[string]any{"open_id": "a", "nick_name": "小鱼"}},
	}
	with := func(more map[string]any) map[string]any {
		all := map[string]any{}
		for k, v := range dm {
			all[k] = v
		}
		for k, v := range more {
			all[k] = v
		}
		return all
	}
	conversation := session.ConversationOf("u_a")
	base := desk.Touch{Channel: "douyin", Person: "douyin:a", Name: "小鱼", At: at}
	touch := func(change func(*desk.Touch)) desk.Touch {
		t := base
		change(&t)
		return t
	}
	for name, c := range map[string]struct {
		event   string
		content map[string]any
		want    desk.Touch
	}{
		"a message": {"im_receive_msg", dm, touch(func(t *desk.Touch) {
			t.Kind, t.Text, t.Sent, t.Conversation = desk.Wrote, "多少钱", "m1", conversation
		})},
		"a picture": {"im_receive_msg", with(map[string]any{"message_type": "image", "text": ""}), touch(func(t *desk.Touch) {
			t.Kind, t.Text, t.Sent, t.Conversation = desk.Wrote, "[图片]", "m1", conversation
		})},
		"an entry": {"im_enter_direct_msg", with(map[string]any{"scene_type": "ad", "objectId": 77, "ad_info": map[string]any{"campaign_id": 5}}), touch(func(t *desk.Touch) {
			t.Kind, t.Item, t.Campaign, t.Scene, t.Conversation = desk.Entered, "77", "5", "ad", conversation
		})},
		"a recall": {"im_recall_msg", dm, touch(func(t *desk.Touch) { t.Kind, t.Sent = desk.Recalled, "m1" })},
		"an agreement": {"im_authorize", map[string]any{"open_id": "a", "auth_status": 1, "expire_time": now.Add(time.Hour).Unix(), "source": "im_authorize_message", "create_time": at.Unix()}, touch(func(t *desk.Touch) {
			t.Kind, t.Name, t.Scene, t.Expires = desk.Authorised, "", "im_authorize_message", now.Add(time.Hour)
		})},
		"its end": {"im_authorize", map[string]any{"open_id": "a", "auth_status": 2, "create_time": at.Unix()}, touch(func(t *desk.Touch) { t.Kind, t.Name = desk.Withdrew, "" })},
		"a comment": {"item_comment_reply", map[string]any{
			"comment_id": "c1", "comment_user_id": "a", "content": "怎么买", "nick_name": "小鱼", "reply_to_item_id": "v1", "reply_to_comment_id": "c0", "create_time": at.Unix(),
		}, touch(func(t *desk.Touch) {
			t.Kind, t.Text, t.Comment, t.Item, t.Parent = desk.Commented, "怎么买", "c1", "v1", "c0"
		})},
		"a comment of a clock that is ahead": {"item_comment_reply", map[string]any{
			"comment_id": "c1", "comment_user_id": "a", "content": "怎么买", "nick_name": "小鱼", "create_time": now.Add(time.Hour).UnixMilli(),
		}, touch(func(t *desk.Touch) {
			t.Kind, t.Text, t.Comment, t.At = desk.Commented, "怎么买", "c1", now.Add(-24*time.Hour)
		})},
	} {
		s := open(t)
		got, err := s.channel.Receive(t.Context(), signed(event(t, c.event, "a", c.content)))
		if err != nil || len(got.Touches) != 1 {
			t.Errorf("%s: %+v (%v)", name, got, err)
			continue
		}
		got.Touches[0].ID = ""
		if diff := cmp.Diff(c.want, got.Touches[0]); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
		if (c.event == "im_receive_msg") != (len(got.Events) == 1) {
			t.Errorf("%s brought %d events", name, len(got.Events))
		}
	}
}

// The ID is of what the signature covers: a body that comes again, under any Msg-Id, is the same event, and another body is not.
func TestIDs(t *testing.T) {
	s := open(t)
	comment := func(id, text string) string {
		return event(t, "item_comment_reply", "a", map[string]any{"comment_id": id, "comment_user_id": "a", "content": text})
	}
	enter := event(t, "im_enter_direct_msg", "a", map[string]any{"create_time": now.UnixMilli()})
	id := func(body, msgID string) string {
		hook := signed(body)
		hook.Header["Msg-Id"] = msgID
		got, err := s.channel.Receive(t.Context(), hook)
		if err != nil || len(got.Touches) != 1 {
			t.Fatalf("%s: %+v (%v)", body, got, err)
		}
		return got.Touches[0].ID
	}
	relogged := strings.Replace(comment("1", "x"), `"log_id":"l"`, `"log_id":"m"`, 1)
	for what, pair := range map[string][2]string{
		"the same":                {id(comment("1", "x"), "m1"), id(comment("1", "x"), "m1")},
		"under another Msg-Id":    {id(comment("1", "x"), "m1"), id(comment("1", "x"), "m2")},
		"without a Msg-Id":        {id(comment("1", "x"), "m1"), id(comment("1", "x"), "")},
		"logged anew":             {id(comment("1", "x"), "m1"), id(relogged, "m1")},
		"nameless, by the Msg-Id": {id(enter, "m1"), id(enter, "m1")},
		"nameless, by content":    {id(enter, ""), id(enter, "")},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %q and %q", what, pair[0], pair[1])
		}
	}
	if id(comment("1", "x"), "m1") == id(comment("2", "x"), "m1") || id(enter, "m1") == id(enter, "m2") {
		t.Error("different events have one ID")
	}
}

// Late and doubled events do not put the clock of a window back or on.
func TestAddressesFollowThePlatformsClock(t *testing.T) {
	s := open(t)
	say := func(id string, at time.Time) {
		t.Helper()
		content := map[string]any{"conversation_short_id": "thread", "server_message_id": id, "create_time": at.UnixMilli(), "message_type": "text", "text": "在吗"}
		if _, err := s.channel.Receive(t.Context(), signed(event(t, "im_receive_msg", "a", content))); err != nil {
			t.Fatal(err)
		}
	}
	for i, c := range []struct {
		id     string
		at     time.Time
		latest string
	}{
		{"1", now.Add(-time.Hour), "1"}, {"2", now.Add(-time.Minute), "2"}, {"1", now.Add(-time.Hour), "2"}, {"0", now.Add(-72 * time.Hour), "2"},
		{"9", now.Add(time.Hour), "2"}, {"3", now.Add(time.Minute), "3"},
	} {
		say(c.id, c.at)
		a, err := s.book.Person(t.Context(), "douyin", "a")
		if err != nil || a.Message != c.latest || a.Thread != "thread" || a.Account != "us" {
			t.Errorf("after step %d: %+v (%v), want message %s", i, a, err, c.latest)
		}
	}
}

func TestANumberChoosesAReplyThatWasOffered(t *testing.T) {
	s := open(t)
	text := func(id, said string) string {
		t.Helper()
		got, err := s.channel.Receive(t.Context(), signed(event(t, "im_receive_msg", "a", map[string]any{"server_message_id": id, "message_type": "text", "text": said})))
		if err != nil {
			t.Fatal(err)
		}
		return got.Events[0].Message.Text
	}
	if got := text("1", "2"); got != "2" {
		t.Errorf("with nothing offered 2 means %q", got)
	}
	a, err := s.book.Person(t.Context(), "douyin", "a")
	if err != nil {
		t.Fatal(err)
	}
	offered := functions.Sending{Conversation: a.Conversation, Seq: 2, Options: []string{"查物流", "转人工"}, Delivery: desk.Delivery{Send: "r", State: desk.Sent, At: now}}
	if _, err := s.book.Settle(t.Context(), "douyin", offered); err != nil {
		t.Fatal(err)
	}
	for said, want := range map[string]string{"2": "转人工", "1": "查物流", "3": "3", "0": "0", "我要2个": "我要2个"} {
		if got := text(fmt.Sprint("n", said), said); got != want {
			t.Errorf("%q means %q, want %q", said, got, want)
		}
	}
}
