package acceptance_test

import (
	"context"
	"fmt"
	"strconv"
	"testing"

	"keliu/infra/rig"
)

// A heard event, reduced to what must not differ between two who listen.
type heard struct {
	ID   int64
	Name string
	Data string
}

// collect listens after an event until the event last was heard.
func (g *guest) collect(after, last int64) (all []heard) {
	g.house.Helper()
	ctx, cancel := context.WithTimeout(g.house.Context(), patience)
	defer cancel()
	before := after
	err := g.Listen(ctx, after, func(e rig.Event) bool {
		if e.ID == 0 {
			return true // a passing sign
		}
		if e.ID != before+1 {
			g.house.Errorf("after %d came %d", before, e.ID)
		}
		before = e.ID
		all = append(all, heard{e.ID, e.Name, string(e.Data)})
		return e.ID < last
	})
	if before < last {
		g.house.Fatalf("heard up to %d of %d (%v)", before, last, err)
	}
	return all
}

// collectLive is collect over a WebSocket.
func (g *guest) collectLive(after, last int64) (all []heard) {
	g.house.Helper()
	s := g.live(after)
	s.until(func(f frame) bool {
		if f.ID > 0 {
			all = append(all, heard{f.ID, f.Event, string(f.Data)})
		}
		return f.ID >= last
	})
	return all
}

func same(t *testing.T, what string, want, got []heard) {
	t.Helper()
	if len(want) != len(got) {
		t.Errorf("%s: %d events, want %d", what, len(got), len(want))
		return
	}
	for i := range want {
		if want[i] != got[i] {
			t.Errorf("%s: event %d is %v, want %v", what, i, got[i], want[i])
		}
	}
}

// Whoever comes back hears the rest from any place, while the conversation goes on; nothing is lost, nothing doubled.
func TestResumeFromEveryPlace(t *testing.T) {
	dir := t.TempDir()
	h := openIn(t, dir, "KELIU_WEB_RATE=1000")
	g := h.enter(map[string]string{"visitor": "a visitor's own secret"})
	const turns = 6
	for i := range turns / 2 {
		g.ask(fmt.Sprintf("第%d个问题：可以退货吗", i))
	}
	live := make(chan []heard)
	go func() { live <- g.collect(0, 2*turns) }()
	for i := range turns / 2 {
		g.ask(fmt.Sprintf("第%d个问题：多久发货", i))
	}
	whole := <-live
	if len(whole) != 2*turns {
		t.Fatalf("%d events", len(whole))
	}
	check := func(g *guest) {
		for after := range int64(2 * turns) {
			same(t, "SSE after "+strconv.FormatInt(after, 10), whole[after:], g.collect(after, 2*turns))
		}
		same(t, "WebSocket from the beginning", whole, g.collectLive(0, 2*turns))
		same(t, "WebSocket from the middle", whole[turns:], g.collectLive(turns, 2*turns))
	}
	check(g)

	other := h.enter(map[string]string{"visitor": "a visitor's own secret"})
	if other.Conversation != g.Conversation || other.Token == g.Token {
		t.Errorf("the other device has the conversation %s, want %s", other.Conversation, g.Conversation)
	}
	check(other)
	stranger := h.enter(map[string]string{"visitor": "another visitor's secret"})
	if stranger.Conversation == g.Conversation || len(stranger.history()) != 0 {
		t.Error("a stranger is in the conversation")
	}

	h.stop()
	h = openIn(t, dir, "KELIU_WEB_RATE=1000")
	g.house, g.URL = h, h.url // a reload keeps the token
	check(g)
	if reply, _ := g.ask("谢谢"); reply.Seq != 2*turns+2 {
		t.Errorf("the next reply is number %d", reply.Seq)
	}
}

// Two devices of one member are one conversation, and hear each other.
func TestTwoDevicesOfAMember(t *testing.T) {
	h := open(t)
	phone := h.enter(map[string]string{"member": h.vouch("lin")})
	pad := h.enter(map[string]string{"member": h.vouch("lin")})
	if phone.Conversation != pad.Conversation || phone.Visitor == pad.Visitor {
		t.Fatalf("%+v and %+v", phone.Customer, pad.Customer)
	}
	s := pad.live(0)
	reply, _ := phone.ask("我的订单到哪了")
	s.until(func(f frame) bool { return f.Event == "message" })
	f := s.until(func(f frame) bool { return f.Event == "reply" })
	var there rig.Line
	if decode(t, f.Data, &there); there.ID != reply.ID || there.Text != reply.Text {
		t.Errorf("one hears %q, the other %q", reply.Text, there.Text)
	}
	s.send(`{"text":"谢谢","key":"1"}`)
	var thanks rig.Line
	decode(t, phone.await("reply").Data, &thanks)
	if thanks.Intent != "smalltalk" {
		t.Errorf("the phone hears %+v", thanks)
	}
	same(t, "the pad", phone.collect(0, 4), pad.collect(0, 4))
}

// Who logs out at a shared screen leaves no membership behind.
func TestAVisitorIsNoMemberAnyMore(t *testing.T) {
	h := open(t)
	at := map[string]string{"visitor": "the screen in the hall"}
	member := h.enter(map[string]string{"visitor": at["visitor"], "member": h.vouch("chen")})
	if reply, _ := member.ask("我的订单到哪了"); reply.Intent != "logistics" && reply.Intent != "order" || len(reply.Text) < 40 {
		t.Errorf("the member hears %q (%s)", reply.Text, reply.Intent)
	}
	next := h.enter(at)
	next.last = member.last
	if reply, _ := next.ask("查一下我的订单"); len(reply.Text) == 0 || containsAny(reply.Text, "QH2", "最新进展") {
		t.Errorf("whoever comes next hears %q", reply.Text)
	}
}
