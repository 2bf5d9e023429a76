package live_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/coder/websocket"
	"github.com/google/go-cmp/cmp"

	"keliu/edge/live"
)

var ears = []struct {
	name    string
	connect connect
}{{"sse", dialStream}, {"websocket", dialSocket}}

// everyEar runs a test with every kind of client over every kind of connection.
func everyEar(t *testing.T, o live.Options, test func(*testing.T, *house, connect)) {
	for _, e := range ears {
		t.Run(e.name, func(t *testing.T) {
			both(t, o, func(t *testing.T, h *house) { test(t, h, e.connect) })
		})
	}
}

func listens(t testing.TB, h *house, n int64) {
	t.Helper()
	eventually(t, fmt.Sprintf("%d listen", n), func() bool {
		c := h.hub.Counters()
		return c.SSE+c.WebSocket == n
	})
}

func TestTellsInOrder(t *testing.T) {
	const n = 500
	everyEar(t, live.Options{Queue: n}, func(t *testing.T, h *house, connect connect) {
		e := connect(t, h, "c1", 0)
		var talk sync.WaitGroup
		talk.Go(func() {
			for id := range int64(n) {
				h.tell("other", id+1, `"not for you"`)
				h.tell("c1", id+1, fmt.Sprintf(`{"n":%d}`, id+1))
			}
		})
		for id := range int64(n) {
			got, err := e.hear(t)
			if err != nil {
				t.Fatal(err)
			}
			want := heard{ID: id + 1, Event: "reply", Data: fmt.Appendf(nil, `{"n":%d}`, id+1)}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatal(diff)
			}
		}
		talk.Wait()
	})
}

func TestResumesWithoutGap(t *testing.T) {
	everyEar(t, live.Options{Queue: 16}, func(t *testing.T, h *house, connect connect) {
		const told, clients = 3000, 6
		var talk, listen sync.WaitGroup
		talk.Go(func() {
			for id := range int64(told) {
				h.tell("c1", id+1, "1")
			}
		})
		for client := range clients {
			listen.Go(func() {
				random := rand.New(rand.NewPCG(1, uint64(client)))
				var last int64
				for last < told {
					e := connect(t, h, "c1", last)
					for range random.IntN(300) + 1 {
						got, err := e.hear(t)
						if err != nil || last == told {
							break // dropped as too slow; it comes back
						}
						if got.ID != last+1 {
							t.Errorf("heard %d after %d", got.ID, last)
							return
						}
						if last = got.ID; last == told {
							break
						}
					}
					e.leave()
				}
			})
		}
		listen.Wait()
		talk.Wait()
	})
}

func TestKeepsWhatIsToldWhileHistoryIsRead(t *testing.T) {
	for _, meanwhile := range []int64{1, 8, 9, 250} { // the queue holds eight
		t.Run(fmt.Sprint(meanwhile), func(t *testing.T) {
			everyEar(t, live.Options{Queue: 8}, func(t *testing.T, h *house, connect connect) {
				const before = 230
				for id := range int64(before) {
					h.book.write("c1", live.Event{ID: id + 1, Name: "reply", Payload: []byte("1")})
				}
				var once sync.Once
				h.book.before = func(string) error {
					once.Do(func() {
						for id := range meanwhile {
							h.tell("c1", before+id+1, "1")
						}
					})
					return nil
				}
				e := connect(t, h, "c1", 7)
				for id := int64(8); id <= before+meanwhile; id++ {
					if got, err := e.hear(t); err != nil || got.ID != id {
						t.Fatalf("heard %d (%v), want %d", got.ID, err, id)
					}
				}
				h.tell("c1", before+meanwhile+1, `"live"`)
				if got, err := e.hear(t); err != nil || string(got.Data) != `"live"` {
					t.Fatalf("heard %+v %v", got, err)
				}
			})
		})
	}
}

func TestWhispersPass(t *testing.T) {
	everyEar(t, live.Options{}, func(t *testing.T, h *house, connect connect) {
		e := connect(t, h, "c1", -1)
		listens(t, h, 1)
		eventually(t, "the listener is live", func() bool {
			h.hub.Whisper("c1", "typing", []byte(`{"by":"ai"}`))
			return h.hub.Counters().Whispered > 0
		})
		got, err := e.hear(t)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(heard{Event: "typing", Data: []byte(`{"by":"ai"}`)}, got); diff != "" {
			t.Error(diff)
		}
		h.hub.Tell("c1", 1, "closed", nil)
		for got.Event == "typing" { // the whisper was repeated until somebody heard
			if got, err = e.hear(t); err != nil {
				t.Fatal(err)
			}
		}
		if diff := cmp.Diff(heard{ID: 1, Event: "closed", Data: []byte("null")}, got); diff != "" {
			t.Error(diff)
		}
	})
}

func TestSlowReaderIsDroppedAndHoldsUpNobody(t *testing.T) {
	everyEar(t, live.Options{Queue: 8, WriteTimeout: 50 * time.Millisecond}, func(t *testing.T, h *house, connect connect) {
		connect(t, h, "c1", -1) // never reads
		listens(t, h, 1)
		payload := []byte(`"` + strings.Repeat("x", 256<<10) + `"`)
		var id int64
		eventually(t, "it is dropped", func() bool {
			id++
			h.hub.Tell("c1", id, "reply", payload)
			c := h.hub.Counters()
			return c.Slow > 0 && c.SSE+c.WebSocket == 0
		})
		e := connect(t, h, "c1", -1)
		eventually(t, "another listens", func() bool {
			id++
			h.hub.Tell("c1", id, "reply", []byte("1"))
			return h.hub.Counters().SSE+h.hub.Counters().WebSocket == 1
		})
		if _, err := e.hear(t); err != nil {
			t.Error(err)
		}
	})
}

func TestThousandConnections(t *testing.T) {
	both(t, live.Options{}, func(t *testing.T, h *house) {
		const n = 1000
		all := make([]ear, n)
		for i := range all {
			all[i] = dialSocket(t, h, "c1", 0)
		}
		listens(t, h, n)
		h.tell("c1", 1, `"hello"`)
		for _, e := range all {
			if got, err := e.hear(t); err != nil || got.ID != 1 {
				t.Fatalf("heard %+v %v", got, err)
			}
		}
		for _, e := range all[:n/2] {
			e.leave()
		}
		listens(t, h, n/2)
		h.tell("c1", 2, `"rest"`)
		for _, e := range all[n/2:] {
			if got, err := e.hear(t); err != nil || got.ID != 2 {
				t.Fatalf("heard %+v %v", got, err)
			}
		}
		if got := h.hub.Counters().Told; got != n+n/2 {
			t.Errorf("told %d, want %d", got, n+n/2)
		}
	})
}

func TestReceivesInOrderAndAnswers(t *testing.T) {
	both(t, live.Options{}, func(t *testing.T, h *house) {
		var busy atomic.Int32
		h.receive = func(_ context.Context, frame []byte) []byte {
			if busy.Add(1) > 1 {
				t.Error("two frames of one connection at the same time")
			}
			defer busy.Add(-1)
			if string(frame) == "quiet" {
				return nil
			}
			return append([]byte("got "), frame...)
		}
		e := dialSocket(t, h, "c1", 0).(socketEar)
		const n = 200
		go func() {
			for i := range n {
				for _, text := range []string{"quiet", fmt.Sprint(i, strings.Repeat("长", i*10))} {
					if err := e.conn.Write(t.Context(), websocket.MessageText, []byte(text)); err != nil {
						t.Error(err)
					}
				}
			}
		}()
		for i := range n {
			_, got, err := e.conn.Read(t.Context())
			if want := fmt.Sprint("got ", i, strings.Repeat("长", i*10)); err != nil || string(got) != want {
				t.Fatalf("answer %d: %.40q %v", i, got, err)
			}
		}
	})
}

func TestCloseEndsEveryConnection(t *testing.T) {
	both(t, live.Options{}, func(t *testing.T, h *house) {
		reading := make(chan struct{})
		resume := make(chan struct{})
		h.book.before = func(topic string) error {
			if topic == "catching" {
				close(reading)
				<-resume
			}
			return nil
		}
		stream, socket := dialStream(t, h, "c1", 0), dialSocket(t, h, "c1", 0).(socketEar)
		catching := dialSocket(t, h, "catching", 0).(socketEar)
		listens(t, h, 3)
		<-reading
		closed := make(chan error, 1)
		go func() { closed <- h.hub.Close() }()
		if _, err := stream.hear(t); !errors.Is(err, io.EOF) {
			t.Errorf("the stream ended with %v", err)
		}
		if _, err := socket.hear(t); websocket.CloseStatus(err) != websocket.StatusGoingAway {
			t.Errorf("the websocket ended with %v", err)
		}
		close(resume)
		if _, err := catching.hear(t); websocket.CloseStatus(err) != websocket.StatusGoingAway {
			t.Errorf("the websocket that caught up ended with %v", err)
		}
		if err := <-closed; err != nil {
			t.Error(err)
		}
		listens(t, h, 0)
		for _, path := range []string{"/events/c1", "/live/c1"} {
			request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+h.address+path, nil)
			if err != nil {
				t.Fatal(err)
			}
			request.Close = true // an idle connection would hold up the shutdown
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				t.Fatal(err)
			}
			if response.Body.Close(); response.StatusCode != http.StatusServiceUnavailable {
				t.Errorf("GET %s: %s after closing", path, response.Status)
			}
		}
	})
}

func TestHistoryFails(t *testing.T) {
	everyEar(t, live.Options{}, func(t *testing.T, h *house, connect connect) {
		h.book.before = func(string) error { return errors.New("store is down") }
		_, err := connect(t, h, "c1", 3).hear(t)
		if code := websocket.CloseStatus(err); err == nil || code != -1 && code != websocket.StatusInternalError {
			t.Errorf("ended with %v", err)
		}
		listens(t, h, 0)
	})
}

func TestLeavesDuringHistory(t *testing.T) {
	everyEar(t, live.Options{}, func(t *testing.T, h *house, connect connect) {
		reading, resume := make(chan struct{}), make(chan struct{})
		var once sync.Once
		h.book.before = func(string) error {
			once.Do(func() { close(reading); <-resume })
			return nil
		}
		for id := range int64(1000) {
			h.book.write("c1", live.Event{ID: id + 1, Name: "reply", Payload: []byte(`"` + strings.Repeat("x", 4<<10) + `"`)})
		}
		e := connect(t, h, "c1", 0)
		<-reading
		e.leave()
		close(resume)
		listens(t, h, 0)
	})
}

func TestEventStreamHeaders(t *testing.T) {
	h := open(t, live.Options{KeepAlive: time.Millisecond})
	e := dialStream(t, h, "c1", 0).(streamEar)
	for name, want := range map[string]string{
		"Content-Type": "text/event-stream; charset=utf-8", "Cache-Control": "no-cache, no-transform", "X-Accel-Buffering": "no",
	} {
		if got := e.response.Header.Get(name); got != want {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	for _, want := range []string{"retry: ", "\n", ": keep-alive\n", "\n", ": keep-alive\n"} {
		line, err := e.lines.ReadString('\n')
		if err != nil || !strings.HasPrefix(line, want) {
			t.Fatalf("line %q %v, want %q", line, err, want)
		}
	}
	h.hub.Tell("c1", 1, "reply", []byte("{\n\"a\": 1}"))
	if got, err := e.hear(t); err != nil || string(got.Data) != `{"a": 1}` {
		t.Errorf("heard %s %v", got.Data, err)
	}
}

func TestSilentPeerIsPingedAndCutOff(t *testing.T) {
	both(t, live.Options{Ping: 10 * time.Millisecond, Idle: 200 * time.Millisecond}, func(t *testing.T, h *house) {
		silent := handshake(t, h, "c1", "")
		lively := dialSocket(t, h, "c2", 0)
		listens(t, h, 2)
		ears := make(chan error, 1)
		go func() { // a peer that reads answers pings
			_, err := lively.hear(t)
			ears <- err
		}()
		first := make([]byte, 2)
		if _, err := io.ReadFull(silent.r, first); err != nil || first[0] != 0x89 {
			t.Fatalf("want a ping, got % x %v", first, err)
		}
		if _, err := io.Copy(io.Discard, silent.r); err != nil && !errors.Is(err, net.ErrClosed) {
			t.Logf("cut off with %v", err)
		}
		listens(t, h, 1)
		h.tell("c2", 1, "1")
		if err := <-ears; err != nil {
			t.Errorf("a lively peer was cut off: %v", err)
		}
	})
}
