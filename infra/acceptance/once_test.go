package acceptance_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/coder/websocket"

	"keliu/infra/rig"
)

// A line is a WebSocket of a guest.
type socket struct {
	house *house
	conn  *websocket.Conn
}

// A frame is what comes over it.
type frame struct {
	ID    int64
	Event string
	Key   string
	Data  json.RawMessage
}

// live opens a WebSocket that goes on after an event.
func (g *guest) live(after int64) *socket {
	g.house.Helper()
	url := fmt.Sprintf("ws%s/api/v1/web/live?after=%d&token=%s", strings.TrimPrefix(g.URL, "http"), after, g.Token)
	conn, _, err := websocket.Dial(g.house.Context(), url, nil)
	if err != nil {
		g.house.Fatal(err)
	}
	conn.SetReadLimit(1 << 20)
	s := &socket{g.house, conn}
	g.house.Cleanup(func() { _ = conn.CloseNow() }) // the product may have gone first
	return s
}

// send writes a frame.
func (s *socket) send(text string) {
	s.house.Helper()
	if err := s.conn.Write(s.house.Context(), websocket.MessageText, []byte(text)); err != nil {
		s.house.Fatal(err)
	}
}

// until reads frames until one satisfies want, and returns it.
func (s *socket) until(want func(frame) bool) frame {
	s.house.Helper()
	ctx, cancel := context.WithTimeout(s.house.Context(), patience)
	defer cancel()
	for {
		_, body, err := s.conn.Read(ctx)
		if err != nil {
			s.house.Fatalf("the WebSocket: %v\n%s", err, s.house.log)
		}
		var f frame
		decode(s.house.T, body, &f)
		if want(f) {
			return f
		}
	}
}

// said counts how often a customer's text and its answer are in a history.
func said(all []rig.Line, text string) (messages, replies int) {
	id := ""
	for _, l := range all {
		switch {
		case l.By == "customer" && l.Text == text:
			messages, id = messages+1, l.ID
		case id != "" && strings.HasPrefix(l.ID, id) && l.By == "ai":
			replies++
		}
	}
	return messages, replies
}

// once checks that a text was taken and answered once, now and after a settled moment.
func (g *guest) once(text string) {
	g.house.Helper()
	const mark = "谢谢，再见"
	g.ask(mark) // whatever was accepted before it has had its effect when this is answered
	if m, r := said(g.history(), text); m != 1 || r != 1 {
		g.house.Errorf("%q is there %d times, with %d replies", text, m, r)
	}
}

func TestTheSameKeyCountsOnce(t *testing.T) {
	h := open(t, "KELIU_WEB_RATE=1000")
	t.Run("one after the other", func(t *testing.T) {
		g := h.on(t).enter(nil)
		first, err := g.Say(t.Context(), "可以退货吗", "k1")
		if err != nil {
			t.Fatal(err)
		}
		for range 5 {
			again, err := g.Say(t.Context(), "可以退货吗", "k1")
			if err != nil || again.ID != first.ID || !again.At.Equal(first.At) {
				t.Fatalf("%+v, then %+v (%v)", first, again, err)
			}
		}
		g.once("可以退货吗")
	})
	t.Run("at the same time, over HTTP and WebSocket", func(t *testing.T) {
		g := h.on(t).enter(nil)
		s := g.live(0)
		const times = 25
		ids := make([]string, times)
		var all sync.WaitGroup
		for i := range times {
			all.Go(func() {
				l, err := g.Say(t.Context(), "多久发货", "k")
				if err != nil {
					t.Error(err)
				}
				ids[i] = l.ID
			})
		}
		for range times {
			s.send(`{"type":"message","text":"多久发货","key":"k"}`)
		}
		all.Wait()
		for range times {
			f := s.until(func(f frame) bool { return f.Key == "k" })
			var got struct{ Message rig.Line }
			decode(t, f.Data, &got)
			ids = append(ids, got.Message.ID)
		}
		for _, id := range ids {
			if id != ids[0] || id == "" {
				t.Errorf("accepted as %q and as %q", ids[0], id)
			}
		}
		g.once("多久发货")
	})
	t.Run("with another text", func(t *testing.T) {
		g := h.on(t).enter(nil)
		if _, err := g.Say(t.Context(), "可以退货吗", "k"); err != nil {
			t.Fatal(err)
		}
		if got := h.on(t).refusedIn(request{http.MethodPost, "/api/v1/web/messages", as(g.Token, "Idempotency-Key", "k"), `{"text":"多久发货"}`}); got != "409 key_reused" {
			t.Error(got)
		}
		g.once("可以退货吗")
		if m, _ := said(g.history(), "多久发货"); m != 0 {
			t.Error("the other text was taken all the same")
		}
	})
	t.Run("of another customer", func(t *testing.T) {
		a, b := h.on(t).enter(nil), h.on(t).enter(nil)
		for _, g := range []*guest{a, b} {
			if _, err := g.Say(t.Context(), "可以退货吗", "same"); err != nil {
				t.Fatal(err)
			}
			g.once("可以退货吗")
		}
	})
	t.Run("no key", func(t *testing.T) {
		g := h.on(t).enter(nil)
		g.ask("多久发货")
		g.ask("多久发货")
		if m, _ := said(g.history(), "多久发货"); m != 2 {
			t.Errorf("it is there %d times", m)
		}
	})
	t.Run("a bad frame", func(t *testing.T) {
		g := h.on(t).enter(nil)
		s := g.live(0)
		for text, want := range map[string]string{
			`{"text":`: "json_broken", `{"text":""}`: "text_empty", `{"type":"shout","text":"好"}`: "json_broken", `[]`: "json_broken", `7`: "json_broken",
			`{"text":"a\u0000"}`: "text_control", `{"text":"` + strings.Repeat("a", 3000) + `"}`: "text_too_long", `{"text":"看","Pictures":[{"id":"x"}]}`: "json_broken",
		} {
			s.send(text)
			f := s.until(func(f frame) bool { return f.Event == "error" })
			var e struct{ Code, Message string }
			if decode(t, f.Data, &e); e.Code != want || e.Message == "" {
				t.Errorf("%.60s: %+v, want %s", text, e, want)
			}
		}
		if all := g.history(); len(all) != 0 {
			t.Errorf("something was said: %+v", all)
		}
	})
}

// What was accepted before the product stopped is not accepted again after it started.
func TestTheSameKeyCountsOnceAfterARestart(t *testing.T) {
	dir := t.TempDir()
	h := openIn(t, dir)
	g := h.enter(nil)
	first, err := g.Say(t.Context(), "可以退货吗", "k1")
	if err != nil {
		t.Fatal(err)
	}
	h.stop() // maybe before it is answered

	h = openIn(t, dir)
	g.house, g.URL = h, h.url
	again, err := g.Say(t.Context(), "可以退货吗", "k1")
	if err != nil || again.ID != first.ID {
		t.Fatalf("%+v, then %+v (%v)", first, again, err)
	}
	g.once("可以退货吗")
}

// A stop in the middle of many messages takes each of them or does not: what was acknowledged is there, and what was not
// can be sent again.
func TestAStopInTheMiddle(t *testing.T) {
	dir := t.TempDir()
	h := openIn(t, dir, "KELIU_WEB_RATE=1000")
	const customers = 8
	guests, sent := make([]*guest, customers), make([]int, customers)
	var taken atomic.Int64
	var all sync.WaitGroup
	for i := range guests {
		guests[i] = h.enter(nil)
		all.Go(func() {
			for {
				if _, err := guests[i].Say(t.Context(), fmt.Sprint("多久发货 ", sent[i]), fmt.Sprint(sent[i])); err != nil {
					return
				}
				sent[i]++
				taken.Add(1)
			}
		})
	}
	h.eventually("many are in the middle of it", func() bool { return taken.Load() > 100 })
	h.stop()
	all.Wait()

	h = openIn(t, dir, "KELIU_WEB_RATE=1000")
	for i, g := range guests {
		g.house, g.URL = h, h.url
		if _, err := g.Say(t.Context(), fmt.Sprint("多久发货 ", sent[i]), fmt.Sprint(sent[i])); err != nil {
			t.Fatal(err)
		}
		g.ask("谢谢，再见")
		history := g.history()
		for n := range sent[i] + 1 {
			if m, r := said(history, fmt.Sprint("多久发货 ", n)); m != 1 || r != 1 {
				t.Errorf("message %d of %d is there %d times, with %d replies", n, sent[i], m, r)
			}
		}
		if want := 2 * (sent[i] + 2); len(history) != want {
			t.Errorf("%d lines, want %d", len(history), want)
		}
	}
}
