package platform_test

import (
	"bytes"
	"net/http"
	"testing"
	"time"

	"keliu/infra/simulators/douyin/courier"
	"keliu/infra/simulators/douyin/platform"
	"keliu/streams/desk"
)

func TestACommentIsATouch(t *testing.T) {
	p := meet(t)
	c := p.Comment("小鱼", "", "这个多少钱", "")
	p.Comment("小鱼", "", "还有货吗", c.ID)
	got := p.touched(desk.Commented)
	if len(got) != 2 {
		t.Fatalf("%d touches", len(got))
	}
	if got[0].Text != "这个多少钱" {
		got[0], got[1] = got[1], got[0]
	}
	first, second := got[0], got[1]
	if first.Name != "小鱼" || first.Comment != c.ID || first.Item != c.Item || first.Person != desk.PersonID("douyin:"+c.User) || second.Parent != c.ID || first.At.Unix() != c.At.Unix() {
		t.Errorf("%+v, %+v", first, second)
	}
}

// However often, whenever and in whatever order events come, each has one effect.
func TestOnce(t *testing.T) {
	p := meet(t)
	p.Courier().Set(courier.Settings{Copies: 9, Shuffle: true})
	for range 3 {
		p.Comment("小鱼", "", "多少钱", "")
		p.Say("小鱼", "在吗")
	}
	if comments, said := len(p.touched(desk.Commented)), len(p.heard()); comments != 3 || said != 3 {
		t.Errorf("%d comments and %d messages, want 3 and 3", comments, said)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.taken != 2+60 {
		t.Errorf("%d webhooks came, 62 should have", p.taken)
	}
}

// An event that is repeated days later, after a restart and under another Msg-Id, is known again.
func TestReplays(t *testing.T) {
	p := meet(t)
	content := map[string]any{"comment_id": "7", "comment_user_id": "ou_x", "content": "多少钱", "create_time": p.now().Unix()}
	hook := platform.Hook{Event: "item_comment_reply", From: "ou_x", To: p.Account(), Content: content, MsgID: "first"}
	p.Emit(hook)
	p.Courier().Settled()
	p.restart()
	p.pass(72 * time.Hour)
	for _, hook.MsgID = range []string{"first", "second", ""} {
		p.Emit(hook)
	}
	if got := p.touched(desk.Commented); len(got) != 1 {
		t.Errorf("%d touches", len(got))
	}
}

func TestForgeries(t *testing.T) {
	p := meet(t)
	body := []byte(`{"event":"item_comment_reply","client_key":"` + p.Key() + `","from_user_id":"x","content":"{\"comment_id\":\"1\",\"content\":\"x\"}"}`)
	for name, signature := range map[string]string{
		"none": "", "of another secret": courier.Sign("guess", body), "of another body": courier.Sign(p.Secret(), append(body, ' ')),
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, p.hooks.URL, bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if signature != "" {
			r.Header.Set("X-Douyin-Signature", signature)
		}
		response, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusForbidden {
			t.Errorf("signature %s: %d", name, response.StatusCode)
		}
	}
	if got := p.touched(desk.Commented); len(got) != 0 || p.channel.Health().Forged != 3 {
		t.Errorf("%d touches, %+v", len(got), p.channel.Health())
	}
}

// The platform tries three times, and what nobody has taken for long is not sent any more.
func TestTries(t *testing.T) {
	p := meet(t)
	p.mu.Lock()
	p.broken = true
	p.mu.Unlock()
	p.Say("小鱼", "在吗")
	p.Courier().Settled()
	if all := p.Courier().Attempts(); len(all) != 3 || all[2].Try != 3 || all[2].Status != http.StatusServiceUnavailable {
		t.Fatalf("%+v", all)
	}
	p.mu.Lock()
	p.broken = false
	p.mu.Unlock()
	if p.Say("小鱼", "还在吗"); len(p.heard()) != 1 {
		t.Error("after a failure nothing is heard")
	}
	p.mu.Lock()
	p.broken = true
	p.mu.Unlock()
	for range 30 {
		p.Say("小鱼", "喂")
	}
	p.Courier().Settled()
	if p.Courier().Address() != "" {
		t.Error("the platform goes on although nobody answers")
	}
}

// By the platform's clock, not by arrival: what comes late opens no window that is past.
func TestDelays(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "在吗")
	p.pass(25 * time.Hour)
	late := map[string]any{"conversation_short_id": "t", "server_message_id": "old", "create_time": p.now().Add(-30 * time.Hour).UnixMilli(), "message_type": "text", "text": "迟到的"}
	person := p.heard()[0]
	address, err := p.book.Conversation(t.Context(), "douyin", person.Conversation)
	if err != nil {
		t.Fatal(err)
	}
	p.Emit(platform.Hook{Event: "im_receive_msg", From: address.Person, To: p.Account(), Content: late})
	if got := p.heard(); len(got) != 2 {
		t.Fatalf("%d messages were heard", len(got))
	}
	if s := p.answer(c, 2, desk.ByAI, "太晚了"); s.State != desk.Failed || s.Because == "" || p.sees("小鱼") != "" {
		t.Errorf("%+v; %q is seen", s, p.sees("小鱼"))
	}
	if len(p.Calls()) != 0 {
		t.Errorf("the platform was called for nothing: %+v", p.Calls())
	}
}
