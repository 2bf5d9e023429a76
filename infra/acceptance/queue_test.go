package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"keliu/infra/rig"
	"keliu/streams/desk"
)

// A queued is the payload of a handoff event.
type queued struct {
	State    string
	Position int
	Staffed  bool
	Agent    string
	Text     string
}

// told hears until the queue tells a state.
func (g *guest) told(state string) (q queued) {
	g.house.Helper()
	g.hear(func(e rig.Event) bool {
		if e.Name != "handoff" {
			return true
		}
		decode(g.house.T, e.Data, &q)
		return q.State != state
	})
	return q
}

// do makes a call of the staff and fails when it is refused.
func (h *house) do(who *rig.Customer, method, path string, in, out any) {
	h.Helper()
	if err := who.Call(h.Context(), method, path, nil, in, out); err != nil {
		h.Fatalf("%s %s: %v", method, path, err)
	}
}

// status sets whether somebody is there.
func (h *house) status(who *rig.Customer, status string) {
	h.Helper()
	h.do(who, http.MethodPut, "/api/v1/staff/status", map[string]string{"status": status}, nil)
}

// The way to a person and back, as three customers live it.
func TestHandoff(t *testing.T) {
	h := open(t)
	agent := h.staff("agent")
	const first, second, angry = 0, 1, 2
	guests := []*guest{h.enter(nil), h.enter(nil), h.enter(nil)}
	for i, text := range []string{"转人工", "我要找人工客服", "你们什么垃圾服务，骗子！气死我了！"} {
		guests[i].ask(text)
		if q := guests[i].told("queued"); q.Staffed || q.Position != []int{1, 2, 1}[i] || q.Text == "" {
			t.Errorf("%s: %+v", text, q)
		}
	}
	if got := h.line(agent); got != fmt.Sprint([]string{guests[angry].Conversation, guests[first].Conversation, guests[second].Conversation}) {
		t.Errorf("the queue is %s", got)
	}
	if reply, _ := guests[first].ask("可以退货吗"); reply.By != "ai" || len(reply.Citations) == 0 {
		t.Errorf("while waiting: %+v", reply)
	}

	h.capacity("agent", 2)
	h.status(agent, "online")
	for _, who := range []int{angry, first} {
		if q := guests[who].told("accepted"); q.Agent != "小禾" {
			t.Errorf("%+v", q)
		}
	}
	if q := guests[second].told("moved"); q.Position != 1 || !q.Staffed {
		t.Errorf("the last one is told %+v", q)
	}
	if got := h.line(agent); got != fmt.Sprint([]string{guests[second].Conversation}) {
		t.Errorf("with a capacity of 2 the queue is %s", got)
	}

	at := "/api/v1/conversations/" + guests[first].Conversation
	h.do(agent, http.MethodPost, at+"/messages", map[string]string{"text": "您好，我是小禾"}, nil)
	var reply struct{ Text, By, Agent string }
	if decode(t, guests[first].await("reply").Data, &reply); reply.By != "human" || reply.Agent != "小禾" || reply.Text != "您好，我是小禾" {
		t.Errorf("%+v", reply)
	}
	said, err := guests[first].Say(t.Context(), "可以退货吗", "")
	if err != nil {
		t.Fatal(err)
	}
	h.do(agent, http.MethodPost, at+"/messages", map[string]string{"text": "可以的"}, nil)
	if decode(t, guests[first].await("reply").Data, &reply); reply.By != "human" {
		t.Errorf("the AI speaks between: %+v", reply)
	}
	for _, l := range guests[first].history() {
		if l.ID == said.ID+"_r" {
			t.Errorf("the AI answered: %s", l.Text)
		}
	}

	h.do(agent, http.MethodPost, at+"/return", nil, nil)
	guests[first].told("returned")
	if q := guests[second].told("accepted"); q.Agent != "小禾" {
		t.Errorf("the free place goes to %+v", q)
	}
	if reply, _ := guests[first].ask("多久发货"); reply.By != "ai" {
		t.Errorf("after the return: %+v", reply)
	}
	if got := h.refusedIn(request{http.MethodPost, at + "/close", as(agent.Token), `{"reason":"客户 13912345678 满意"}`}); got != "400 word" {
		t.Errorf("a number as a reason: %s", got)
	}
	h.do(agent, http.MethodPost, at+"/close", map[string]string{"reason": "solved"}, nil)
	var closed struct{ Reason string }
	if decode(t, guests[first].await("closed").Data, &closed); closed.Reason != "solved" {
		t.Errorf("%+v", closed)
	}
	if reply, _ := guests[first].ask("你好"); reply.By != "ai" {
		t.Errorf("taken up again: %+v", reply)
	}
	h.status(agent, "offline")
	late := h.enter(nil)
	late.ask("转人工")
	if q := late.told("queued"); q.Staffed || q.Position != 1 {
		t.Errorf("with nobody there: %+v", q)
	}
	h.do(late.Customer, http.MethodPost, "/api/v1/web/leave", nil, nil)
	late.told("left")
	if got := h.line(agent); got != "[]" {
		t.Errorf("after leaving the queue is %s", got)
	}
}

// line is who waits.
func (h *house) line(agent *rig.Customer) string {
	h.Helper()
	var out struct{ Waiting []desk.Place }
	h.do(agent, http.MethodGet, "/api/v1/queue", nil, &out)
	ids := []string{}
	for _, p := range out.Waiting {
		ids = append(ids, string(p.Conversation))
	}
	return fmt.Sprint(ids)
}

// capacity sets how many conversations one of the staff takes.
func (h *house) capacity(id desk.AgentID, n int) {
	h.Helper()
	a, err := h.edge.House.Store.Agent(h.Context(), id)
	if err != nil {
		h.Fatal(err)
	}
	a.Capacity = n
	if err := h.edge.House.Store.SaveAgent(h.Context(), a); err != nil {
		h.Fatal(err)
	}
}

// The package that a person finds tells what is known and holds no number that the reader may not see; so does the list of
// numbers that customers left.
func TestThePackageAndTheNumber(t *testing.T) {
	const phone, shown = "13912345678", "139****5678"
	h := open(t)
	g := h.enter(map[string]string{"name": "王先生"})
	g.ask("可以退货吗")
	g.ask("我要退款，订单" + h.order("0006") + "，手机" + phone)
	g.ask("太慢了，气死我了，转人工！")
	g.told("queued")
	g.ask(phone)

	for user, sees := range map[string]bool{"agent": false, "admin": true, "compliance": true} {
		who := h.staff(user)
		var one struct {
			Conversation desk.Conversation
			Handoff      *desk.Handoff
		}
		h.do(who, http.MethodGet, "/api/v1/conversations/"+g.Conversation, nil, &one)
		p := one.Handoff
		if p == nil || p.Summary == "" || p.Facts[desk.FactOrder] != h.order("0006") || !p.Emotion.Negative() || len(p.Tried) == 0 || !strings.Contains(p.Summary, "王") {
			t.Fatalf("%s finds the package %+v", user, p)
		}
		if strings.Contains(p.Summary, phone) {
			t.Errorf("%s: the summary tells the number: %s", user, p.Summary)
		}
		var all struct{ Callbacks []desk.Callback }
		h.do(who, http.MethodGet, "/api/v1/callbacks", nil, &all)
		if len(all.Callbacks) != 1 || all.Callbacks[0].Conversation != desk.ConversationID(g.Conversation) {
			t.Fatalf("%s sees the callbacks %+v", user, all.Callbacks)
		}
		want := shown
		if sees {
			want = phone
		}
		if got := all.Callbacks[0].Phone; got != want {
			t.Errorf("%s sees the number %s, want %s", user, got, want)
		}
		for _, path := range []string{"", "/messages"} {
			var raw json.RawMessage
			h.do(who, http.MethodGet, "/api/v1/conversations/"+g.Conversation+path, nil, &raw)
			if got := strings.Contains(string(raw), phone); got != sees && (path != "" || got) {
				t.Errorf("%s%s: the number is there: %v, want %v\n%s", user, path, got, sees, raw)
			}
		}
		var list json.RawMessage
		if h.do(who, http.MethodGet, "/api/v1/conversations", nil, &list); !sees && strings.Contains(string(list), phone) {
			t.Errorf("%s reads the number in the list: %s", user, list)
		}
	}
}
