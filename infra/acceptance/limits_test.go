package acceptance_test

import (
	"fmt"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"keliu/infra/rig"
)

// Who floods is held back, each session for itself; whoever else speaks at the time does not notice.
func TestFlood(t *testing.T) {
	const rate = 5
	h := open(t, "KELIU_WEB_RATE="+strconv.Itoa(rate))
	flooder, calm := h.enter(nil), h.enter(nil)
	flood := request{http.MethodPost, "/api/v1/web/messages", as(flooder.Token), `{"text":"在吗"}`}
	var taken, held atomic.Int64
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 25 {
				switch a := h.call(flood); a.status {
				case http.StatusOK:
					taken.Add(1)
				default:
					held.Add(1)
					if got := a.refusal(t, "zh"); got != "429 rate_limited" {
						t.Error(got)
					}
				}
			}
		})
	}
	for range 3 {
		if reply, _ := calm.ask("可以退货吗"); reply.Text == "" {
			t.Error("the other is not answered")
		}
	}
	all.Wait()
	if taken.Load() < rate || held.Load() < 100 {
		t.Errorf("%d were taken and %d held back", taken.Load(), held.Load())
	}
	h.refusedIn(flood) // an English sentence, too
	for name, r := range map[string]request{
		"picture": {http.MethodPost, "/api/v1/web/pictures", as(flooder.Token), picture},
		"leave":   {http.MethodPost, "/api/v1/web/leave", as(flooder.Token), ""},
	} {
		h.eventually(name+" counts like a message", func() bool { return h.call(r).status == http.StatusTooManyRequests })
	}
	s := flooder.live(0)
	for range 10 * rate {
		s.send(`{"text":"在吗"}`)
	}
	s.until(func(f frame) bool { return f.Event == "error" && strings.Contains(string(f.Data), "rate_limited") })

	var told int64
	h.eventually("the flooder may speak again", func() bool { return h.call(flood).status == http.StatusOK })
	flooder.hear(func(e rig.Event) bool {
		if e.Name == "reply" {
			told++
		}
		return told < taken.Load()
	}) // what was taken is answered
}

// One address cannot open sessions without end.
func TestManySessions(t *testing.T) {
	h := open(t)
	held := make(chan answer, 1)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 2000 {
				// A request that is refused counts, too: the limit protects what is behind it.
				a := h.call(request{http.MethodPost, "/api/v1/web/sessions", nil, "{"})
				if a.status == http.StatusTooManyRequests {
					select {
					case held <- a:
					default:
					}
					return
				}
			}
		})
	}
	all.Wait()
	select {
	case a := <-held:
		if got := a.refusal(t, "zh"); got != "429 rate_limited" {
			t.Error(got)
		}
	default:
		t.Error("an address opens sessions without end")
	}
	h.eventually("sessions can be opened again", func() bool {
		return h.call(request{http.MethodPost, "/api/v1/web/sessions", nil, "{}"}).status == http.StatusOK
	})
}

// Whoever sends slowly, or promises much and sends nothing, holds up nobody else.
func TestSlowSenders(t *testing.T) {
	h := open(t)
	g := h.enter(nil)
	head := "POST /api/v1/web/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + g.Token + "\r\n"
	for _, begun := range []string{
		"", "P", "POST /api/v1/web/mess", head, head + "Content-Length: 30\r\n\r\n{\"text\":", head + "Content-Length: 30000000\r\n\r\n{",
		head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"te", head + "Expect: 100-continue\r\nContent-Length: 12\r\n\r\n",
		"GET /api/v1/web/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + g.Token + "\r\n\r\n",
	} {
		for range 30 {
			conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { _ = conn.Close() }) // the product may have gone first
			if _, err := conn.Write([]byte(begun)); err != nil {
				t.Fatal(err)
			}
		}
	}
	for range 3 {
		if reply, _ := h.enter(nil).ask("可以退货吗"); reply.Text == "" {
			t.Error("others are not answered")
		}
	}
	if all := g.history(); len(all) != 0 {
		t.Errorf("half a request was taken: %+v", all)
	}
}

// A body that no call takes is refused before it is sent. What cannot be read as HTTP at all is refused by the server beneath.
func TestBeyondHTTP(t *testing.T) {
	h := open(t)
	g := h.enter(nil)
	head := "POST /api/v1/web/messages HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + g.Token + "\r\n"
	for begun, want := range map[string]int{
		head + "Content-Length: 3000000000\r\n\r\n":                      413,
		head + "Content-Length: 99999999999999999999999\r\n\r\n{}":       400,
		head + "Content-Length: -5\r\n\r\n{}":                            400,
		head + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n": 400,
		"NONSENSE\r\n\r\n": 400,
		"GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 2<<20) + "\r\n\r\n":                 431,
		"GET /" + strings.Repeat("x", 2<<20) + " HTTP/1.1\r\nHost: x\r\n\r\n":                        431,
		"GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Language: \xff\xfe\r\n\r\n": 200,
	} {
		if got := h.raw(begun); got != want {
			t.Errorf("%.120q: %d, want %d", begun, got, want)
		}
	}
	if all := g.history(); len(all) != 0 {
		t.Errorf("something was said: %+v", all)
	}
	if reply, _ := g.ask("你好"); reply.Text == "" {
		t.Error("the customer is not answered afterwards")
	}
}

// raw sends bytes and returns the status of what comes back, or 0 when the connection just ends.
func (h *house) raw(text string) (status int) {
	h.Helper()
	conn, err := net.Dial("tcp", strings.TrimPrefix(h.url, "http://"))
	if err != nil {
		h.Fatal(err)
	}
	defer conn.Close()
	go func() { _, _ = conn.Write([]byte(text)) }() // the server may hang up in the middle
	if _, err := fmt.Fscanf(conn, "HTTP/1.1 %d", &status); err != nil {
		h.Logf("%.80q: %v", text, err)
	}
	return status
}
