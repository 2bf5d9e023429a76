package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"keliu/infra/rig"
	"keliu/streams/desk"
)

// A conversation is a text: lines that begin with # say what it shows; the others are
//
//	member: lin                  the shop vouches for this member from the start
//	customer: 我的快递到哪了
//	desk: 订单号                 the reply holds this; several may follow
//	desk!: ¥                     the reply does not hold this
//	cites: 退换货                the reply cites an article whose title holds this
//	offers: 转人工               the reply offers this quick answer
//	event: handoff queued        an event came with the reply, and its payload holds this
//
// {order:0003} is the number of the demo order that ends so.
type conversation struct {
	house  *house
	guest  *guest
	reply  rig.Line
	others []rig.Event
}

func (s *conversation) run(text string) {
	s.house.Helper()
	member := ""
	for n, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		verb, rest, found := strings.Cut(line, ": ")
		if !found {
			s.house.Fatalf("line %d: %q", n+1, line)
		}
		rest = s.fill(rest)
		switch verb {
		case "member":
			member = rest
		case "customer":
			s.speak(member, rest)
		default:
			if problem := s.check(verb, rest); problem != "" {
				s.house.Errorf("line %d: %s\nthe reply was %q (%s), citing %v, offering %q, beside %s", n+1, problem, s.reply.Text, s.reply.Intent, s.reply.Citations, s.reply.Options, s.heard())
			}
		}
	}
}

func (s *conversation) speak(member, text string) {
	s.house.Helper()
	if s.guest == nil {
		request := map[string]string{}
		if member != "" {
			request["member"] = s.house.vouch(member)
		}
		s.guest = s.house.enter(request)
	}
	s.reply, s.others = s.guest.ask(text)
	// What an answer brings along comes right behind it.
	if strings.Contains(s.reply.Intent, "handoff") || s.reply.Intent == "complaint" {
		s.house.settle(s.guest, &s.others)
	}
}

func (s *conversation) check(verb, want string) string {
	switch verb {
	case "desk":
		if !strings.Contains(s.reply.Text, want) {
			return fmt.Sprintf("want %q in the reply", want)
		}
	case "desk!":
		if strings.Contains(s.reply.Text, want) {
			return fmt.Sprintf("want no %q in the reply", want)
		}
	case "intent":
		if s.reply.Intent != want {
			return "want the intent " + want
		}
	case "cites":
		for _, c := range s.reply.Citations {
			if strings.Contains(c.Title, want) && c.Passage != "" {
				return ""
			}
		}
		return fmt.Sprintf("want a citation of %q", want)
	case "offers":
		for _, o := range s.reply.Options {
			if strings.Contains(o, want) {
				return ""
			}
		}
		return fmt.Sprintf("want %q offered", want)
	case "event":
		name, holds, _ := strings.Cut(want, " ")
		for _, e := range s.others {
			if e.Name == name && strings.Contains(string(e.Data), holds) {
				return ""
			}
		}
		return fmt.Sprintf("want the event %q", want)
	default:
		return fmt.Sprintf("there is no verb %q", verb)
	}
	return ""
}

func (s *conversation) heard() string {
	var b strings.Builder
	for _, e := range s.others {
		fmt.Fprintf(&b, "%s %s; ", e.Name, e.Data)
	}
	return b.String()
}

// fill puts the demo's own numbers into a line.
func (s *conversation) fill(text string) string {
	for {
		before, rest, found := strings.Cut(text, "{order:")
		if !found {
			return text
		}
		tail, after, _ := strings.Cut(rest, "}")
		text = before + s.house.order(tail) + after
	}
}

// order is the number of the demo order that ends in four digits.
func (h *house) order(tail string) string {
	h.Helper()
	orders, err := h.edge.House.DemoOrders(h.Context())
	if err != nil {
		h.Fatal(err)
	}
	for _, o := range orders {
		if strings.HasSuffix(string(o.Number), tail) {
			return string(o.Number)
		}
	}
	h.Fatalf("there is no demo order …%s", tail)
	return ""
}

// vouch is the shop's word for one of its members.
func (h *house) vouch(member string) string {
	h.Helper()
	var out struct{ Member string }
	c := &rig.Customer{URL: h.url, Client: http.DefaultClient}
	if err := c.Call(h.Context(), http.MethodPost, "/demo/login", nil, map[string]string{"member": member}, &out); err != nil {
		h.Fatal(err)
	}
	return out.Member
}

// settle takes along the handoff event that belongs to a reply, if there is one.
func (h *house) settle(g *guest, others *[]rig.Event) {
	h.Helper()
	lines, err := h.edge.House.Store.After(h.Context(), conversationID(g), g.last, 10)
	if err != nil {
		h.Fatal(err)
	}
	for range lines {
		*others = append(*others, g.next())
	}
}

// next hears one event.
func (g *guest) next() (found rig.Event) {
	g.house.Helper()
	g.hear(func(e rig.Event) bool {
		found = e
		return false
	})
	return found
}

func decode(t *testing.T, body []byte, into any) {
	t.Helper()
	if err := json.Unmarshal(body, into); err != nil {
		t.Fatalf("%s: %v", body, err)
	}
}

// locked lets many goroutines write the log.
type locked struct {
	mu sync.Mutex
	b  *strings.Builder
}

func (l *locked) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func conversationID(g *guest) desk.ConversationID { return desk.ConversationID(g.Conversation) }
