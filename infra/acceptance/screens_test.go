package acceptance_test

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/coder/websocket"

	"keliu/infra/rig"
	"keliu/streams/desk"
)

// A screen is a connection of one of the staff.
type screen struct {
	house *house
	conn  *websocket.Conn
}

// A signal is what a screen is told.
type signal struct {
	Type         string
	Conversation json.RawMessage
	Message      desk.Message
	Notice       desk.Notice
	Agents       []struct {
		ID, Name, Status string
		Composing        bool
	}
	By       string
	Text     string
	Waiting  int
	Revision string
	raw      []byte
}

// watch opens a screen.
func (h *house) watch(who *rig.Customer) *screen {
	h.Helper()
	conn, err := h.dial(who.Token, nil)
	if err != nil {
		h.Fatal(err)
	}
	h.Cleanup(func() { conn.CloseNow() })
	return &screen{h, conn}
}

func (h *house) dial(token string, header http.Header) (*websocket.Conn, error) {
	if header == nil {
		header = http.Header{}
	}
	if token != "" {
		header.Set("Authorization", "Bearer "+token)
	}
	conn, response, err := websocket.Dial(h.Context(), strings.Replace(h.url, "http", "ws", 1)+"/api/v1/staff/live", &websocket.DialOptions{HTTPHeader: header})
	if err != nil && response != nil {
		return nil, errors.New(response.Status)
	}
	return conn, err
}

// says sends what a screen says.
func (s *screen) says(what, conversation string) {
	s.house.Helper()
	body, err := json.Marshal(map[string]string{"type": what, "conversation": conversation})
	if err == nil {
		err = s.conn.Write(s.house.Context(), websocket.MessageText, body)
	}
	if err != nil {
		s.house.Fatal(err)
	}
}

// until reads frames until one fits, which it returns.
func (s *screen) until(what string, fits func(signal) bool) signal {
	s.house.Helper()
	ctx, cancel := context.WithTimeout(s.house.Context(), patience)
	defer cancel()
	var seen []string
	for {
		_, body, err := s.conn.Read(ctx)
		if err != nil {
			s.house.Fatalf("%s: %v; seen: %s\n%s", what, err, strings.Join(seen, "\n"), s.house.log)
		}
		f := signal{raw: body}
		decode(s.house.T, body, &f)
		if fits(f) {
			return f
		}
		seen = append(seen, string(body))
	}
}

// row is a signal's conversation as the list shows it.
func (f signal) row(t *testing.T) (row listed) {
	t.Helper()
	decode(t, f.Conversation, &row)
	return row
}

// A listed conversation is a row of the workbench's list.
type listed struct {
	ID           string
	Stage        desk.Stage
	Unread       int
	Last         string
	Agent        string
	AgentName    string `json:"agent_name"`
	Position     int
	WaitingSince string `json:"waiting_since"`
	Match        string
}

func ofType(kind string) func(signal) bool { return func(f signal) bool { return f.Type == kind } }

// What a customer says is on the screens at once, with what the role may see of it; so is who waits and who takes over.
func TestScreensSeeWhatHappens(t *testing.T) {
	const phone = "13912345678"
	h := open(t)
	agent, compliance := h.watch(h.staff("agent")), h.watch(h.staff("compliance"))
	g := h.enter(map[string]string{"name": "王先生"})
	g.ask("我的手机号是" + phone)
	for s, sees := range map[*screen]bool{agent: false, compliance: true} {
		f := s.until("the message", ofType("message"))
		if f.Message.By != desk.ByCustomer || strings.Contains(string(f.raw), phone) != sees {
			t.Errorf("%s", f.raw)
		}
		row := s.until("the row", ofType("conversation")).row(t)
		if row.ID != g.Conversation || row.Last == "" {
			t.Errorf("%+v", row)
		}
	}
	g.ask("转人工")
	agent.until("the queue", func(f signal) bool { return f.Type == "queue" && f.Waiting == 1 })
	h.do(h.staff("agent"), http.MethodPost, "/api/v1/conversations/"+g.Conversation+"/accept", nil, nil)
	n := agent.until("the taking over", func(f signal) bool {
		return f.Type == "notice" && f.Notice.Queue != nil && f.Notice.Queue.State == "accepted"
	})
	if n.Notice.Queue.Agent != "小禾" {
		t.Errorf("%s", n.raw)
	}
	agent.until("the row of whoever has it", func(f signal) bool {
		return f.Type == "conversation" && f.row(t).AgentName == "小禾" && f.row(t).Stage == desk.Human
	})
	agent.until("the empty queue", func(f signal) bool { return f.Type == "queue" && f.Waiting == 0 })

	if _, err := g.Say(t.Context(), "在吗", ""); err != nil {
		t.Fatal(err)
	}
	agent.until("what is unread", func(f signal) bool {
		return f.Type == "conversation" && f.row(t).Unread == 3 && f.row(t).WaitingSince != ""
	})
	h.do(h.staff("agent"), http.MethodPost, "/api/v1/conversations/"+g.Conversation+"/read", nil, nil)
	agent.until("that it was looked at", func(f signal) bool { return f.Type == "conversation" && f.row(t).Unread == 0 })
}

// Two agents see each other before both answer, and the customer sees that one of them writes.
func TestScreensSeeEachOther(t *testing.T) {
	h := open(t)
	h.colleague("second", "小苗")
	first, second := h.staff("agent"), h.staff("second")
	one, two := h.watch(first), h.watch(second)
	g := h.enter(nil)
	g.ask("可以退货吗")
	one.says("view", g.Conversation)
	one.until("oneself", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 1 })
	two.says("view", g.Conversation)
	for _, s := range []*screen{one, two} {
		f := s.until("both", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 2 })
		if f.Agents[0].Name != "小禾" || f.Agents[1].Name != "小苗" || f.Agents[0].Composing || f.Agents[1].Composing {
			t.Errorf("%s", f.raw)
		}
	}
	g.last = 0 // so that the customer hears something at once, and listens when the agent writes
	said := false
	g.hear(func(e rig.Event) bool {
		if !said {
			two.says("composing", g.Conversation)
			said = true
		}
		return !(e.Name == "typing" && strings.Contains(string(e.Data), `"by":"human"`))
	})
	one.until("who writes", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 2 && f.Agents[1].Composing })
	two.says("idle", g.Conversation)
	one.until("who writes no more", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 2 && !f.Agents[1].Composing })
	two.says("leave", g.Conversation)
	one.until("who has left", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 1 })
	two.says("view", g.Conversation)
	one.until("who is back", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 2 })
	if err := two.conn.Close(websocket.StatusNormalClosure, ""); err != nil {
		t.Fatal(err)
	}
	one.until("who has gone", func(f signal) bool { return f.Type == "viewing" && len(f.Agents) == 1 })
}

// Whoever may not read conversations hears nothing of them, and nobody hears anything without a login or from another site.
func TestScreensByRole(t *testing.T) {
	h := open(t)
	marketing, admin := h.watch(h.staff("marketing")), h.watch(h.staff("admin"))
	g := h.enter(nil)
	g.ask("转人工")
	admin.until("the message", ofType("message"))
	marketing.says("view", g.Conversation)
	compliance := h.staff("compliance")
	var sets struct {
		Sets []struct {
			Revision string
			Files    map[string]string
		}
	}
	h.do(compliance, http.MethodGet, "/api/v1/policies", nil, &sets)
	h.do(compliance, http.MethodPut, "/api/v1/policies", policyRequest{map[string]string{
		"may_see.rego": strings.Replace(sets.Sets[0].Files["may_see.rego"], `"knowledge": {"read"}`, `"knowledge": {"read", "write"}`, 1),
	}, sets.Sets[0].Revision, "a test"}, nil)
	f := marketing.until("other rules", func(f signal) bool {
		if f.Type != "policy" && f.Type != "metrics" {
			t.Errorf("marketing is told %s", f.raw)
		}
		return f.Type == "policy"
	})
	if f.Revision == "" || f.Revision == sets.Sets[0].Revision {
		t.Errorf("%s", f.raw)
	}

	for name, c := range map[string]struct {
		token string
		head  http.Header
		want  string
	}{
		"no login":     {"", nil, "401"},
		"rubbish":      {"rubbish", nil, "401"},
		"another site": {"", http.Header{"Cookie": {"keliu_staff=" + h.staff("agent").Token}, "Origin": {"https://evil.example"}}, "403"},
	} {
		if conn, err := h.dial(c.token, c.head); err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%s: %v (%v), want %s", name, conn, err, c.want)
		}
	}
	if got := h.refusedIn(request{http.MethodGet, "/api/v1/staff/live", as(h.staff("agent").Token), ""}); got != "400 websocket_expected" {
		t.Errorf("without an upgrade: %s", got)
	}
	own := http.Header{"Cookie": {"keliu_staff=" + h.staff("agent").Token}, "Origin": {h.url}}
	conn, err := h.dial("", own)
	if err != nil {
		t.Fatalf("the cookie from our own page: %v", err)
	}
	conn.CloseNow()
}

// A screen goes when its login ends, and when the house closes.
func TestScreensEnd(t *testing.T) {
	h := open(t)
	ends := func(s *screen) websocket.StatusCode {
		for {
			if _, _, err := s.conn.Read(t.Context()); err != nil {
				return websocket.CloseStatus(err)
			}
		}
	}
	agent := h.staff("agent")
	s := h.watch(agent)
	h.do(agent, http.MethodPost, "/api/v1/staff/logout", nil, nil)
	if code := ends(s); code != 4401 {
		t.Errorf("after the logout: %d", code)
	}
	s = h.watch(h.staff("agent"))
	if err := s.conn.Write(t.Context(), websocket.MessageText, []byte(`{"type":`)); err != nil {
		t.Fatal(err)
	}
	if code := ends(s); code != websocket.StatusInvalidFramePayloadData {
		t.Errorf("after what is no JSON: %d", code)
	}
	s = h.watch(h.staff("agent"))
	stopped := make(chan struct{})
	go func() { h.stop(); close(stopped) }()
	if code := ends(s); code != websocket.StatusGoingAway {
		t.Errorf("after the house: %d", code)
	}
	<-stopped
}

// colleague makes another agent with the same password.
func (h *house) colleague(id desk.AgentID, name string) {
	h.Helper()
	a, err := h.edge.House.Store.Agent(h.Context(), "agent")
	if err != nil {
		h.Fatal(err)
	}
	a.ID, a.Name = id, name
	if err := h.edge.House.Store.SaveAgent(h.Context(), a); err != nil {
		h.Fatal(err)
	}
}
