package acceptance_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image"
	"image/png"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"

	"keliu/infra/rig"
	"keliu/infra/simulators/provider/simulator"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// list asks for the workbench's list and returns the conversations' names.
func (h *house) list(who *rig.Customer, query string) (names []string, rows []listed, next string) {
	h.Helper()
	var out struct {
		Conversations []listed
		Next          string
	}
	h.do(who, http.MethodGet, "/api/v1/conversations?"+query, nil, &out)
	names = []string{}
	for _, c := range out.Conversations {
		names = append(names, c.ID)
	}
	return names, out.Conversations, out.Next
}

// The list finds, orders and counts what the workbench shows.
func TestTheList(t *testing.T) {
	const phone = "13912345678"
	h := open(t)
	agent := h.staff("agent")
	calm, angry, quiet, own := h.enter(map[string]string{"name": "李安静"}), h.enter(nil), h.enter(nil), h.enter(nil)
	quiet.ask("发票怎么开")
	calm.ask("转人工")
	angry.ask("你们什么垃圾服务，骗子！气死我了！")
	own.ask("我的手机号是" + phone)
	h.do(agent, http.MethodPost, "/api/v1/conversations/"+own.Conversation+"/accept", nil, nil)
	if _, err := own.Say(t.Context(), "能便宜一点吗", ""); err != nil {
		t.Fatal(err)
	}
	h.eventually("the agent has it", func() bool { names, _, _ := h.list(agent, "mine=true"); return len(names) == 1 })
	h.eventually("the customer waits", func() bool { _, rows, _ := h.list(agent, "mine=true"); return rows[0].WaitingSince != "" })

	for query, want := range map[string][]string{
		"sort=urgency":                    {angry.Conversation, calm.Conversation, own.Conversation, quiet.Conversation},
		"sort=urgency&stage=queued":       {angry.Conversation, calm.Conversation},
		"stage=queued,human&sort=urgency": {angry.Conversation, calm.Conversation, own.Conversation},
		"emotion=negative":                {angry.Conversation},
		"mine=true":                       {own.Conversation},
		"agent=agent":                     {own.Conversation},
		"channel=app":                     {},
		"stage=closed":                    {},
		"sort=urgency&q=" + url.QueryEscape("李安静"): {calm.Conversation},
		"q=" + url.QueryEscape("垃圾服务"):             {angry.Conversation},
		"q=" + url.QueryEscape("发票怎么"):             {quiet.Conversation},
		"q=" + url.QueryEscape("%"):                {},
		"q=" + url.QueryEscape(`"intent"`):         {},
		"q=" + phone[:9]:                           {}, // what an agent may not see cannot be searched for
		"q=conversation":                           {},
		"before=1&sort=updated":                    {},
	} {
		if got, _, _ := h.list(agent, query); !cmp.Equal(want, got) {
			t.Errorf("%s: %s", query, cmp.Diff(want, got))
		}
	}
	if got, rows, _ := h.list(h.staff("compliance"), "q="+phone[:9]); len(got) != 1 || !strings.Contains(rows[0].Match, phone) {
		t.Errorf("compliance finds %+v", rows)
	}

	var seen []string
	for _, sort := range []string{"urgency", "updated"} {
		seen = nil
		for cursor := ""; ; {
			names, _, next := h.list(agent, "limit=1&sort="+sort+"&cursor="+url.QueryEscape(cursor))
			seen = append(seen, names...)
			if cursor = next; next == "" {
				break
			}
		}
		all, _, _ := h.list(agent, "sort="+sort)
		if diff := cmp.Diff(all, seen); diff != "" {
			t.Errorf("%s, page by page: %s", sort, diff)
		}
	}
	for query, want := range map[string]string{
		"stage=queued,lost": "400 stage_unknown", "sort=size": "400 sort_unknown", "cursor=x": "400 cursor", "limit=1001": "400 parameter",
		"q=" + strings.Repeat("a", 101): "400 field_too_long",
	} {
		if got := h.refusedIn(request{http.MethodGet, "/api/v1/conversations?" + query, as(agent.Token), ""}); got != want {
			t.Errorf("%s: %s, want %s", query, got, want)
		}
	}
	var counts map[string]int
	h.do(agent, http.MethodGet, "/api/v1/conversations/counts", nil, &counts)
	if diff := cmp.Diff(map[string]int{"mine": 1, "mine_waiting": 1, "queued": 2, "ai": 1, "human": 1, "open": 4, "unhappy": 1, "closed": 0}, counts); diff != "" {
		t.Error(diff)
	}
}

// Of two agents who answer the same state the second one is told, however close they are.
func TestTwoWhoAnswer(t *testing.T) {
	h := open(t)
	h.colleague("second", "小苗")
	first, second := h.staff("agent"), h.staff("second")
	g := h.enter(nil)
	g.ask("可以退货吗")
	at := "/api/v1/conversations/" + g.Conversation + "/messages"
	var thread struct{ Messages []rig.Line }
	h.do(first, http.MethodGet, at, nil, &thread)
	seen := thread.Messages[len(thread.Messages)-1].Seq
	say := func(who *rig.Customer, text, key string, more map[string]any) error {
		body := map[string]any{"text": text}
		for k, v := range more {
			body[k] = v
		}
		return who.Call(t.Context(), http.MethodPost, at, map[string]string{"Idempotency-Key": key}, body, nil)
	}
	if err := say(first, "可以的", "1", map[string]any{"seen": seen}); err != nil {
		t.Fatal(err)
	}
	if err := say(second, "不可以", "1", map[string]any{"seen": seen}); refused(err) != "409 answered_meanwhile" {
		t.Errorf("the second answer: %v", err)
	}
	if err := say(first, "可以的", "1", map[string]any{"seen": seen}); err != nil {
		t.Errorf("the first answer again: %v", err)
	}
	if err := say(first, "七天之内", "2", map[string]any{"seen": seen}); err != nil {
		t.Errorf("another one of the same person: %v", err)
	}
	g.hear(func(e rig.Event) bool { return !strings.Contains(string(e.Data), "七天之内") })
	if got := h.refusedIn(request{http.MethodPost, at, as(second.Token, "If-Seq", fmt.Sprint(seen)), `{"text":"不可以"}`}); got != "409 answered_meanwhile" {
		t.Errorf("once it stands in the thread: %s", got)
	}
	if got := h.refusedIn(request{http.MethodPost, at, as(second.Token, "If-Seq", "x"), `{"text":"不可以"}`}); got != "400 parameter" {
		t.Errorf("a wrong If-Seq: %s", got)
	}
	for body, want := range map[string]string{
		`{"text":""}`: "400 text_empty", `{"pictures":[{"id":"p"}]}`: "400 text_empty", `{"text":`: "400 json_broken", `{"text":"` + strings.Repeat("长", 2001) + `"}`: "400 text_too_long",
		`{"text":"a","suggestion":"` + strings.Repeat("a", 70_000) + `"}`: "413 body_too_large", `{"text":"a","seen":"x"}`: "400 json_broken",
	} {
		if got := h.refusedIn(request{http.MethodPost, at, as(second.Token), body}); got != want {
			t.Errorf("%.60s: %s, want %s", body, got, want)
		}
	}
	if got := h.refusedIn(request{http.MethodPost, at, as(second.Token, "Idempotency-Key", strings.Repeat("k", 201)), `{"text":"a"}`}); got != "400 key_too_long" {
		t.Errorf("an endless key: %s", got)
	}
	h.do(second, http.MethodGet, at, nil, &thread)
	seen = thread.Messages[len(thread.Messages)-1].Seq
	if err := say(second, "补充一下", "2", map[string]any{"seen": seen}); err != nil {
		t.Errorf("having seen it: %v", err)
	}
	if err := say(first, "好的", "3", map[string]any{"seen": seen, "force": true}); err != nil {
		t.Errorf("all the same: %v", err)
	}
}

// A conversation is passed on to a person who is there and has a place free, or to anybody when the one who passes it on insists.
func TestPassingOn(t *testing.T) {
	h := open(t)
	h.colleague("second", "小苗")
	first, second := h.staff("agent"), h.staff("second")
	g := h.enter(nil)
	g.ask("可以退货吗")
	at := "/api/v1/conversations/" + g.Conversation
	h.do(first, http.MethodPost, at+"/accept", nil, nil)
	g.told("accepted")
	to := func(body string) string {
		return h.refusedIn(request{http.MethodPost, at + "/transfer", as(first.Token), body})
	}
	if got := to(`{"agent":"second"}`); got != "409 agent_away" {
		t.Errorf("to somebody who is away: %s", got)
	}
	h.status(second, "online")
	h.capacity("second", 0)
	if got := to(`{"agent":"second"}`); got != "409 agent_full" {
		t.Errorf("to somebody who has enough: %s", got)
	}
	for _, body := range []string{`{"agent":"nobody"}`, `{"agent":"marketing","force":true}`} {
		if got := to(body); got != "400 agent_unknown" {
			t.Errorf("%s: %s", body, got)
		}
	}
	if got := to(`{"agent":"second","force":true,"note":"` + strings.Repeat("长", 2001) + `"}`); got != "400 field_too_long" {
		t.Errorf("with an endless note: %s", got)
	}
	h.do(first, http.MethodPost, at+"/transfer", map[string]any{"agent": "second", "force": true, "note": "客户急，\n请先查物流"}, nil)
	var kept struct{ Notes []struct{ Text, Name string } }
	h.do(second, http.MethodGet, at+"/notes", nil, &kept)
	if len(kept.Notes) != 1 || kept.Notes[0].Text != "客户急，\n请先查物流" || kept.Notes[0].Name != "小禾" {
		t.Errorf("the other one reads %+v", kept.Notes)
	}
	if q := g.told("accepted"); q.Agent != "小苗" {
		t.Errorf("the customer is told %+v", q)
	}
	names, _, _ := h.list(second, "mine=true")
	if len(names) != 1 {
		t.Errorf("the other one has %v", names)
	}
}

// Next gives everybody another customer, of those they can serve.
func TestNext(t *testing.T) {
	h := open(t)
	agent, admin := h.staff("agent"), h.staff("admin")
	one, two := h.enter(nil), h.enter(nil)
	one.ask("转人工")
	two.ask("你们什么垃圾服务，骗子！我要投诉！")
	var next struct{ Conversation string }
	h.do(agent, http.MethodPost, "/api/v1/queue/next", nil, &next)
	if next.Conversation != two.Conversation {
		t.Errorf("next is %s, want the angry one", next.Conversation)
	}
	if q := two.told("accepted"); q.Agent != "小禾" {
		t.Errorf("%+v", q)
	}
	h.do(admin, http.MethodPost, "/api/v1/queue/next", nil, &next)
	if next.Conversation != one.Conversation {
		t.Errorf("then %s", next.Conversation)
	}
	one.told("accepted")
	if got := h.refusedIn(request{http.MethodPost, "/api/v1/queue/next", as(agent.Token), ""}); got != "404 queue_empty" {
		t.Errorf("with nobody waiting: %s", got)
	}
}

// A suggested answer, as the API tells it.
type suggestion struct {
	Text      string
	Citations []struct {
		Title    string
		Internal bool
	}
	Intent, Basis string
	N             int
	More          bool
}

func (h *house) suggestion(who *rig.Customer, conversation string, n int) (s suggestion) {
	h.Helper()
	h.do(who, http.MethodGet, fmt.Sprintf("/api/v1/conversations/%s/suggestion?another=%d", conversation, n), nil, &s)
	return s
}

// The AI suggests what it would have said, from the shop or from the knowledge, the staff's included, and says when it knows no more.
func TestSuggestions(t *testing.T) {
	h := open(t)
	agent := h.staff("agent")
	reply, _ := h.enter(nil).ask("可以退货吗")
	g := h.enter(nil)
	g.ask("你好")
	if s := h.suggestion(agent, g.Conversation, 0); s.Text != "" || s.Basis != "none" {
		t.Errorf("to a greeting that was answered: %+v", s)
	}
	h.do(agent, http.MethodPost, "/api/v1/conversations/"+g.Conversation+"/accept", nil, nil)
	says := func(text string) {
		if _, err := g.Say(t.Context(), text, ""); err != nil {
			t.Fatal(err)
		}
		g.hear(func(e rig.Event) bool { return e.Name != "message" || !strings.Contains(string(e.Data), text) })
	}
	says("您好")
	if s := h.suggestion(agent, g.Conversation, 0); s.Basis != "words" || s.Text == "" {
		t.Errorf("to a greeting: %+v", s)
	}
	says("可以退货吗")
	before := len(g.history())
	s := h.suggestion(agent, g.Conversation, 0)
	if s.Basis != "knowledge" || s.Text != reply.Text || len(s.Citations) == 0 || s.Citations[0].Internal {
		t.Errorf("to a question of the knowledge: %+v, the AI said %s", s, reply.Text)
	}
	texts := map[string]bool{}
	for n := 0; ; n++ {
		s := h.suggestion(agent, g.Conversation, n)
		if s.N != n || texts[s.Text] {
			t.Errorf("another one: %+v", s)
		}
		texts[s.Text] = true
		if !s.More {
			s = h.suggestion(agent, g.Conversation, n+1)
			if s.Text != "" || s.Basis != "none" || s.More {
				t.Errorf("after the last one: %+v", s)
			}
			break
		}
	}
	if len(texts) < 2 {
		t.Errorf("there is only %v", texts)
	}
	if n := len(g.history()); n != before {
		t.Errorf("suggesting has said something: %d messages, then %d", before, n)
	}

	member := h.enter(nil)
	member.ask("你好")
	h.do(agent, http.MethodPost, "/api/v1/conversations/"+member.Conversation+"/accept", nil, nil)
	member.told("accepted")
	if _, err := member.Say(t.Context(), "订单"+h.order("0003")+"到哪了，手机尾号"+h.tail("0003"), ""); err != nil {
		t.Fatal(err)
	}
	member.await("message")
	if s := h.suggestion(agent, member.Conversation, 0); s.Basis != "shop" || !strings.Contains(s.Text, "0003") {
		t.Errorf("about an order: %+v", s)
	}

	h.upload(form(t, h.staff("admin").Token, "赔付内部标准.md",
		[]byte("# 破损赔付内部标准\n\n生鲜破损超过三成，客服可直接赔付 20 元无门槛券，无需上级批准。\n"), "audience", "staff"))
	other := h.enter(nil)
	other.ask("生鲜破损超过三成怎么赔付")
	internal := false
	for n := 0; n < 20; n++ {
		s := h.suggestion(agent, other.Conversation, n)
		if s.Basis == "internal" {
			internal = true
			if len(s.Citations) == 0 || !s.Citations[0].Internal {
				t.Errorf("%+v", s)
			}
		}
		if s.Basis != "internal" && strings.Contains(s.Text, "无门槛券") {
			t.Errorf("what is internal is not marked: %+v", s)
		}
	}
	if !internal {
		t.Error("the staff's article is not suggested from")
	}
	for _, l := range other.history() {
		if strings.Contains(l.Text, "无门槛券") {
			t.Errorf("the customer was told: %s", l.Text)
		}
	}

	h.do(agent, http.MethodPost, "/api/v1/conversations/"+g.Conversation+"/messages", map[string]string{"text": reply.Text, "suggestion": reply.Text}, nil)
	h.do(agent, http.MethodPost, "/api/v1/conversations/"+g.Conversation+"/messages", map[string]string{"text": "可以，七天之内", "suggestion": reply.Text}, nil)
	h.eventually("what became of them is counted", func() bool {
		return h.total("suggestion_shown") > 3 && h.total("suggestion_accepted") == 1 && h.total("suggestion_edited") == 1
	})
	silent := request{http.MethodGet, "/api/v1/conversations/" + g.Conversation + "/suggestion", as(h.staff("marketing").Token), ""}
	if got := h.refusedIn(silent); got != "403 role" {
		t.Errorf("for marketing: %s", got)
	}
}

// The end is written before it comes: the summary and the reason, which are kept with the session.
func TestClosing(t *testing.T) {
	h := open(t)
	agent := h.staff("agent")
	g := h.enter(map[string]string{"name": "王先生"})
	g.ask("可以退货吗，我的手机是13912345678")
	at := "/api/v1/conversations/" + g.Conversation
	h.do(agent, http.MethodPost, at+"/messages", map[string]string{"text": "可以的，七天无理由"}, nil)
	g.hear(func(e rig.Event) bool { return !strings.Contains(string(e.Data), "七天无理由") })
	var summary struct {
		Text, Reason, By string
		Reasons          []struct{ Key, Name string }
	}
	h.do(agent, http.MethodGet, at+"/summary", nil, &summary)
	if !strings.Contains(summary.Text, "退货") || !strings.Contains(summary.Text, "七天无理由") || strings.Contains(summary.Text, "13912345678") {
		t.Errorf("the summary: %s", summary.Text)
	}
	if summary.By != "builtin" || summary.Reason != "no_reply" || len(summary.Reasons) < 3 || summary.Reasons[0].Name != "已解决" {
		t.Errorf("%+v", summary)
	}
	if _, err := g.Say(t.Context(), "好的，谢谢", ""); err != nil {
		t.Fatal(err)
	}
	h.eventually("thanks end it", func() bool {
		h.do(agent, http.MethodGet, at+"/summary", nil, &summary)
		return summary.Reason == "solved"
	})
	long := strings.Repeat("长", 2001)
	if got := h.refusedIn(request{http.MethodPost, at + "/close", as(agent.Token), `{"summary":"` + long + `"}`}); got != "400 field_too_long" {
		t.Errorf("an endless summary: %s", got)
	}
	h.do(agent, http.MethodPost, at+"/close", map[string]string{"reason": "solved", "summary": summary.Text}, nil)
	g.await("closed")
	var panel struct {
		Closings []struct{ Reason, Summary, Name string }
	}
	h.do(agent, http.MethodGet, at+"/customer", nil, &panel)
	if len(panel.Closings) != 1 || panel.Closings[0].Summary != summary.Text || panel.Closings[0].Reason != "solved" || panel.Closings[0].Name != "小禾" {
		t.Errorf("kept: %+v", panel.Closings)
	}
}

// Where there is a model it writes the summary and is named; one that invents a figure is not believed.
func TestAModelSumsUp(t *testing.T) {
	for want, answer := range map[string]string{"simulated": "客户想退货，客服说明了条件。", "builtin": "客户要求赔偿 9999 元。"} {
		_, setting := model(t, simulator.Rule{Contains: "会话小结", Answer: answer})
		h := open(t, setting)
		agent, g := h.staff("agent"), h.enter(nil)
		g.ask("可以退货吗")
		var summary struct{ Text, By, Reason string }
		h.do(agent, http.MethodGet, "/api/v1/conversations/"+g.Conversation+"/summary", nil, &summary)
		if (summary.By == "builtin") != (want == "builtin") || (summary.Text == answer) != (want == "simulated") || !strings.Contains(summary.Text, "退货") || summary.Reason != "no_reply" {
			t.Errorf("%s: %+v", want, summary)
		}
	}
}

// Beside a conversation stands what is known of the customer, as far as the role may see it.
func TestThePanel(t *testing.T) {
	h := open(t)
	agent := h.staff("agent")
	number := desk.OrderNumber(h.order("0003"))
	g := h.enter(map[string]string{"name": "王先生", "page": "https://shop.example/tea"})
	g.ask("订单" + string(number) + "到哪了，手机尾号" + h.tail("0003"))
	g.ask("转人工")
	g.ask("13912345678")
	g.ask("再不处理我就去12315投诉")
	for _, page := range []string{"https://shop.example/tea", "https://shop.example/cart?phone=13912345678", "a\u0007"} {
		h.open(g, page)
	}
	at := "/api/v1/conversations/" + g.Conversation
	h.do(agent, http.MethodPost, at+"/notes", map[string]string{"text": "老客户，\n电话 13912345678"}, nil)
	var panel struct {
		Name     string
		Channels []string
		Contacts []struct{ Kind, Value, From string }
		Orders   []desk.Order
		Trail    []struct{ Page string }
		Notes    []struct{ ID, Text, Name string }
		Quotes   []struct {
			About, Text string
			Reasons     []string
		}
		Handoff                  *desk.Handoff
		Callbacks, Conversations []json.RawMessage
	}
	for user, sees := range map[string]bool{"agent": false, "compliance": true} {
		h.do(h.staff(user), http.MethodGet, at+"/customer", nil, &panel)
		if len(panel.Contacts) != 1 || (panel.Contacts[0].Value == "13912345678") != sees {
			t.Errorf("%s sees the contacts %+v", user, panel.Contacts)
		}
		if len(panel.Notes) != 1 || strings.Contains(panel.Notes[0].Text, "13912345678") != sees || panel.Notes[0].Name != "小禾" {
			t.Errorf("%s reads %+v", user, panel.Notes)
		}
		if len(panel.Quotes) != 2 || panel.Quotes[0].About != "risk" || panel.Quotes[0].Text != "再不处理我就去12315投诉" || (panel.Quotes[1].Text == "13912345678") != sees || len(panel.Quotes[0].Reasons) == 0 {
			t.Errorf("%s reads the words %+v", user, panel.Quotes)
		}
		if len(panel.Trail) != 2 || strings.Contains(panel.Trail[0].Page, "13912345678") != sees || panel.Trail[1].Page != "https://shop.example/tea" {
			t.Errorf("%s sees the pages %+v", user, panel.Trail)
		}
		if len(panel.Orders) != 1 || panel.Orders[0].Number != number || panel.Orders[0].Shipment == nil || (strings.Contains(panel.Orders[0].Phone, "*")) == sees {
			t.Errorf("%s sees the orders %+v", user, panel.Orders)
		}
	}
	if panel.Name != "王先生" || len(panel.Conversations) != 1 || len(panel.Callbacks) != 1 || panel.Handoff == nil || !cmp.Equal(panel.Channels, []string{"web"}) {
		t.Errorf("%+v", panel)
	}

	for name, c := range map[string]struct {
		request
		want string
	}{
		"an empty note":         {request{http.MethodPost, at + "/notes", as(agent.Token), `{"text":" "}`}, "400 text_empty"},
		"an endless note":       {request{http.MethodPost, at + "/notes", as(agent.Token), `{"text":"` + strings.Repeat("a", 2001) + `"}`}, "400 field_too_long"},
		"a bell":                {request{http.MethodPost, at + "/notes", as(agent.Token), `{"text":"a\u0007"}`}, "400 field_control"},
		"a reader's note":       {request{http.MethodPost, at + "/notes", as(h.staff("compliance").Token), `{"text":"a"}`}, "403 role"},
		"nobody's note":         {request{http.MethodDelete, "/api/v1/notes/n_x", as(agent.Token), ""}, "404 not_found"},
		"nobody's conversation": {request{http.MethodGet, "/api/v1/conversations/c_x/customer", as(agent.Token), ""}, "404 not_found"},
	} {
		if got := h.refusedIn(c.request); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	h.colleague("second", "小苗")
	strike := request{http.MethodDelete, "/api/v1/notes/" + panel.Notes[0].ID, as(h.staff("second").Token), ""}
	if got := h.refusedIn(strike); got != "403 not_yours" {
		t.Errorf("somebody else's note: %s", got)
	}
	strike.header = as(agent.Token)
	if a := h.call(strike); a.status != http.StatusNoContent {
		t.Errorf("one's own: %d", a.status)
	}
}

// Canned answers are one's own or the team's.
func TestCannedAnswers(t *testing.T) {
	h := open(t)
	h.colleague("second", "小苗")
	agent, second, admin := h.staff("agent"), h.staff("second"), h.staff("admin")
	titles := func(who *rig.Customer) (all []string) {
		var out struct {
			Canned []struct{ Title, Owner string }
		}
		h.do(who, http.MethodGet, "/api/v1/canned", nil, &out)
		for _, c := range out.Canned {
			if c.Title != "" && (c.Owner != "" || strings.HasPrefix(c.Title, "测试")) {
				all = append(all, c.Title)
			}
		}
		return all
	}
	var own, team struct{ Canned struct{ ID, Owner string } }
	h.do(agent, http.MethodPost, "/api/v1/canned", map[string]any{"title": "测试我的", "text": "{name}您好，我是{agent}，订单 {order} 已发出"}, &own)
	h.do(admin, http.MethodPost, "/api/v1/canned", map[string]any{"title": "测试团队", "text": "您好", "team": true, "lang": "zh"}, &team)
	if diff := cmp.Diff([]string{"测试我的", "测试团队"}, titles(agent)); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]string{"测试团队"}, titles(second)); diff != "" {
		t.Error(diff)
	}
	for name, c := range map[string]struct {
		request
		want string
	}{
		"the team's by an agent": {request{http.MethodPost, "/api/v1/canned", as(agent.Token), `{"title":"a","text":"b","team":true}`}, "403 team_canned"},
		"another's":              {request{http.MethodPut, "/api/v1/canned/" + own.Canned.ID, as(second.Token), `{"title":"a","text":"b"}`}, "403 not_yours"},
		"the team's, changed":    {request{http.MethodDelete, "/api/v1/canned/" + team.Canned.ID, as(agent.Token), ""}, "403 team_canned"},
		"a wrong placeholder":    {request{http.MethodPost, "/api/v1/canned", as(agent.Token), `{"title":"a","text":"{phone}"}`}, "400 placeholder"},
		"an unknown language":    {request{http.MethodPost, "/api/v1/canned", as(agent.Token), `{"title":"a","text":"b","lang":"fr"}`}, "400 lang_unknown"},
		"without a title":        {request{http.MethodPost, "/api/v1/canned", as(agent.Token), `{"text":"b"}`}, "400 text_empty"},
	} {
		if got := h.refusedIn(c.request); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
	h.do(agent, http.MethodPut, "/api/v1/canned/"+own.Canned.ID, map[string]any{"title": "测试改过", "text": "b"}, nil)
	if diff := cmp.Diff([]string{"测试改过", "测试团队"}, titles(agent)); diff != "" {
		t.Error(diff)
	}
	h.do(agent, http.MethodDelete, "/api/v1/canned/"+own.Canned.ID, nil, nil)
	h.do(admin, http.MethodDelete, "/api/v1/canned/"+team.Canned.ID, nil, nil)
	if got := titles(agent); len(got) != 0 {
		t.Errorf("left: %v", got)
	}
}

// open listens on a page, and goes.
func (h *house) open(g *guest, page string) {
	h.Helper()
	request, err := http.NewRequestWithContext(h.Context(), http.MethodGet, h.url+"/api/v1/web/events?page="+url.QueryEscape(page), nil)
	if err != nil {
		h.Fatal(err)
	}
	request.Header.Set("Authorization", "Bearer "+g.Token)
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		h.Fatal(err)
	}
	if err := response.Body.Close(); err != nil || response.StatusCode != http.StatusOK {
		h.Fatal(response.Status, err)
	}
}

// tail is the last four digits of the number of whoever receives an order.
func (h *house) tail(order string) string {
	h.Helper()
	o, err := h.edge.House.Customers().Order(h.Context(), desk.OrderNumber(h.order(order)))
	if err != nil {
		h.Fatal(err)
	}
	return o.Phone[len(o.Phone)-4:]
}

// total is how many points of a name there are.
func (h *house) total(name string) float64 {
	h.Helper()
	now := time.Now()
	s, err := h.edge.House.Meter.Ask(h.Context(), meter.Question{Name: name, Statistic: meter.Sum, From: now.Add(-time.Hour), To: now.Add(time.Hour)})
	if err != nil {
		h.Fatal(err)
	}
	return s.Total
}

// The staff see the pictures that a customer sent, those of this conversation and no others.
func TestPicturesForTheStaff(t *testing.T) {
	h := open(t)
	g, other := h.enter(nil), h.enter(nil)
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 3, 2))); err != nil {
		t.Fatal(err)
	}
	up := h.call(request{http.MethodPost, "/api/v1/web/pictures", as(g.Token, "Content-Type", "image/png"), b.String()})
	var out struct{ Picture struct{ ID string } }
	decode(t, up.body, &out)
	other.ask("你好")
	at := func(conversation string) request {
		return request{http.MethodGet, "/api/v1/conversations/" + conversation + "/pictures/" + out.Picture.ID, as(h.staff("agent").Token), ""}
	}
	a := h.call(at(g.Conversation))
	if a.status != http.StatusOK || a.header.Get("Content-Type") != "image/png" || !bytes.Equal(a.body, b.Bytes()) {
		t.Errorf("%d %s, %d bytes", a.status, a.header.Get("Content-Type"), len(a.body))
	}
	if got := h.refusedIn(at(other.Conversation)); got != "404 picture_unknown" {
		t.Errorf("in another conversation: %s", got)
	}
}

// That a customer writes is seen by whoever looks at the conversation and by nobody else, whichever way it is told; none of it is kept.
func TestTheCustomerIsSeenToWrite(t *testing.T) {
	h := open(t)
	agent := h.staff("agent")
	g, other := h.enter(nil), h.enter(nil)
	g.ask("可以退货吗")
	looks, elsewhere := h.watch(agent), h.watch(h.staff("admin"))
	looks.says("view", g.Conversation)
	looks.until("looks", func(f signal) bool { return f.Type == "viewing" })
	elsewhere.says("view", other.Conversation)
	elsewhere.until("looks", func(f signal) bool { return f.Type == "viewing" })
	writes := func(f signal) bool { return f.Type == "typing" }

	h.do(g.Customer, http.MethodPost, "/api/v1/web/typing", nil, nil)
	seen := looks.until("over a call", writes)
	if seen.By != string(desk.ByCustomer) || seen.Text != "" || string(seen.Conversation) != `"`+g.Conversation+`"` {
		t.Errorf("%s", seen.raw)
	}
	socket, _, err := websocket.Dial(t.Context(), strings.Replace(h.url, "http", "ws", 1)+"/api/v1/web/live?token="+url.QueryEscape(g.Token), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer socket.CloseNow()
	if err := socket.Write(t.Context(), websocket.MessageText, []byte(`{"type":"typing","text":"还没说出口的话"}`)); err != nil {
		t.Fatal(err)
	}
	if seen := looks.until("over the WebSocket", writes); seen.Text != "" {
		t.Errorf("what is not said yet is told: %s", seen.raw)
	}

	g.ask("你好")
	elsewhere.until("what is said is told to everybody", func(f signal) bool {
		if writes(f) && f.By == string(desk.ByCustomer) {
			t.Errorf("told to somebody who does not look: %s", f.raw)
		}
		return f.Type == "message" && f.Message.Text == "你好"
	})
	var thread struct{ Messages []rig.Line }
	h.do(agent, http.MethodGet, "/api/v1/conversations/"+g.Conversation+"/messages", nil, &thread)
	for _, m := range thread.Messages {
		if strings.Contains(m.Text, "没说出口") {
			t.Errorf("kept: %+v", m)
		}
	}
	if got := h.refusedIn(request{http.MethodPost, "/api/v1/web/typing", as("broken"), ""}); !strings.HasPrefix(got, "401") {
		t.Errorf("without a session: %s", got)
	}
}
