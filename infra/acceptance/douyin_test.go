package acceptance_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"keliu/infra/simulators/douyin/courier"
	simulated "keliu/infra/simulators/douyin/platform"
	"keliu/streams"
	"keliu/streams/desk"
)

// onDouyin starts the product beside a Douyin on which people can be played.
func onDouyin(t *testing.T, dir string) (*house, *simulated.Platform) {
	t.Helper()
	p, err := simulated.Open(simulated.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return beside(t, dir, p), p
}

// beside starts the product and tells the platform where it is.
func beside(t *testing.T, dir string, p *simulated.Platform) *house {
	t.Helper()
	h := openIn(t, dir, "KELIU_DOUYIN_API="+p.URL(), "KELIU_DOUYIN_CLIENT_KEY="+p.Key(), "KELIU_DOUYIN_CLIENT_SECRET="+p.Secret())
	if err := p.Subscribe(h.url + "/hooks/douyin"); err != nil {
		t.Fatal(err)
	}
	return h
}

// touches are what people did, as it stands on the stream.
func (h *house) touches(kind desk.TouchKind) (all []desk.Touch) {
	h.Helper()
	err := h.edge.House.Streams.Read(h.Context(), string(desk.Touches), func(r streams.Record) error {
		var touch desk.Touch
		if err := json.Unmarshal(r.Body, &touch); err != nil {
			return err
		}
		if r.ID != touch.ID || r.Key != string(touch.Person) {
			h.Errorf("record %s under %s carries %+v", r.ID, r.Key, touch)
		}
		if touch.Kind == kind {
			all = append(all, touch)
		}
		return nil
	})
	if err != nil {
		h.Fatal(err)
	}
	return all
}

// told is what the shop has said to somebody.
func told(p *simulated.Platform, name string) (texts []string) {
	for _, m := range p.Seen(name) {
		if m.Own {
			texts = append(texts, m.Text)
		}
	}
	return texts
}

func TestDouyinReachesTheDeskAndBack(t *testing.T) {
	h, p := onDouyin(t, t.TempDir())
	c := p.Comment("小鱼", "", "这个空气炸锅多少钱", "")
	p.Courier().Settled()
	got := h.touches(desk.Commented)
	if len(got) != 1 || got[0].Text != "这个空气炸锅多少钱" || got[0].Comment != c.ID || got[0].Person != desk.PersonID("douyin:"+c.User) {
		t.Fatalf("%+v", got)
	}
	p.Say("小鱼", "买了不合适可以退货吗")
	h.eventually("the AI's answer", func() bool { return len(told(p, "小鱼")) == 1 })
	if answer := told(p, "小鱼")[0]; !strings.Contains(answer, "7 天") || !strings.Contains(answer, "《退货与换货》") {
		t.Errorf("answered %q", answer)
	}
	h.eventually("what the platform shows", func() bool { return len(h.touches(desk.Shown)) == 1 })
	var one struct {
		Conversation struct{ Quota []desk.Allowance }
	}
	decode(t, h.call(request{"GET", "/api/v1/conversations/" + string(h.touches(desk.Wrote)[0].Conversation), as(h.staff("agent").Token), ""}).body, &one)
	if left := one.Conversation.Quota; len(left) != 1 || left[0].Left != 5 || left[0].Kept != 2 {
		t.Errorf("what may still be said: %+v", left)
	}
	p.Show("小鱼", "image")
	h.eventually("an answer to the picture", func() bool { return len(told(p, "小鱼")) == 2 })
	if answer := told(p, "小鱼")[1]; !strings.Contains(answer, "图片收到了") {
		t.Errorf("a picture is answered %q", answer)
	}
	p.Say("小鱼", "转人工")
	h.eventually("the way to a person", func() bool { return len(told(p, "小鱼")) == 3 })
	if way := told(p, "小鱼")[2]; strings.Count(way, "第 1 位") != 1 || !strings.Contains(way, "1. ") {
		t.Errorf("the way to a person: %q", way)
	}
	p.Say("小鱼", "2") // 不用人工了
	h.eventually("the choice", func() bool { return len(told(p, "小鱼")) == 4 })
	if back := told(p, "小鱼")[3]; strings.Contains(back, "没有找到") {
		t.Errorf("the choice of a number is answered %q", back)
	}
}

// What does not get through stays in the thread, with the reason, for those who may see it.
func TestDouyinTellsWhatDidNotArrive(t *testing.T) {
	h, p := onDouyin(t, t.TempDir())
	if err := p.Fail(simulated.Fault{On: simulated.CallSend, Kind: "28003095", Times: 1}); err != nil {
		t.Fatal(err)
	}
	p.Say("小鱼", "能开发票吗")
	h.eventually("a call", func() bool { return len(p.Calls()) > 1 })
	agent := h.staff("agent").Token
	var list struct {
		Conversations []struct{ ID string }
	}
	decode(t, h.call(request{"GET", "/api/v1/conversations?channel=douyin", as(agent), ""}).body, &list)
	path := "/api/v1/conversations/" + list.Conversations[0].ID
	deliveries := func(lang string) (out []struct {
		Message, State, Because string
		Code                    int
	}) {
		var answer struct{ Deliveries json.RawMessage }
		decode(t, h.call(request{"GET", path + "/deliveries", as(agent, "Accept-Language", lang), ""}).body, &answer)
		decode(t, answer.Deliveries, &out)
		return out
	}
	h.eventually("the fate", func() bool { all := deliveries("zh"); return len(all) == 1 && all[0].State == "failed" })
	zh, en := deliveries("zh")[0], deliveries("en")[0]
	if zh.Code != 28003095 || !strings.Contains(zh.Because, "工作台") || !strings.Contains(en.Because, "workbench") || strings.Contains(en.Because, "工作台") {
		t.Errorf("%+v, %+v", zh, en)
	}
	var thread struct{ Messages []struct{ ID, Text string } }
	decode(t, h.call(request{"GET", path + "/messages", as(agent), ""}).body, &thread)
	if !slices.ContainsFunc(thread.Messages, func(m struct{ ID, Text string }) bool { return m.ID == zh.Message && m.Text != "" }) {
		t.Errorf("what did not arrive is not in the thread: %+v", thread.Messages)
	}
	for _, user := range []string{"marketing", "executive"} {
		if got := h.refusedIn(request{"GET", path + "/deliveries", as(h.staff(user).Token), ""}); got != "403 role" {
			t.Errorf("%s: %s", user, got)
		}
	}
}

// Doubled, shuffled and repeated after a restart, what people say and do counts once.
func TestDouyinCountsOnce(t *testing.T) {
	dir := t.TempDir()
	h, p := onDouyin(t, dir)
	p.Courier().Set(courier.Settings{Copies: 9, Shuffle: true})
	p.Say("小鱼", "能开发票吗")
	p.Courier().Settled()
	h.eventually("the answer", func() bool { return len(told(p, "小鱼")) == 1 })
	said := map[string]any{"conversation_short_id": "t", "server_message_id": "77", "create_time": time.Now().UnixMilli(), "message_type": "text", "text": "能开发票吗"}
	again := simulated.Hook{Event: "im_receive_msg", From: "ou_late", To: p.Account(), Content: said, MsgID: "late-1"}
	p.Emit(again)
	p.Courier().Settled()
	h.stop()
	h = beside(t, dir, p)
	for _, again.MsgID = range []string{"late-1", "late-2"} {
		p.Emit(again)
	}
	p.Say("小鱼", "运费谁出")
	p.Courier().Settled()
	h.eventually("the next answer", func() bool { return len(told(p, "小鱼")) == 2 })
	conversations := h.call(request{"GET", "/api/v1/conversations?channel=douyin", as(h.staff("agent").Token), ""})
	var list struct {
		Conversations []struct{ ID string }
	}
	decode(t, conversations.body, &list)
	if len(list.Conversations) != 2 {
		t.Fatalf("%s", conversations.body)
	}
	var customer []string
	for _, c := range list.Conversations {
		lines, err := h.edge.House.Store.Said(t.Context(), desk.ConversationID(c.ID), 0, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range lines {
			if l.Message.By == desk.ByCustomer {
				customer = append(customer, l.Message.Text)
			}
		}
	}
	slices.Sort(customer)
	if want := []string{"能开发票吗", "能开发票吗", "运费谁出"}; !slices.Equal(customer, want) {
		t.Errorf("the customers said %q, want %q", customer, want)
	}
}
