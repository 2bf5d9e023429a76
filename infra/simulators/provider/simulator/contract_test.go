package simulator_test

import (
	"context"
	"io"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"keliu/functions/models"
	"keliu/functions/models/openai"
	"keliu/infra/simulators/provider/simulator"
	"keliu/streams/desk"
)

// request is what every test here has worded.
var request = models.Request{
	Purpose: "answer", Intent: "answer", Lang: desk.Chinese, Question: "退货要几天内？",
	Passages: []desk.Passage{{Title: "退货与退款", Text: "自签收次日起 7 天内可以无理由退货。", Score: 0.9}},
}

// good is what a healthy provider says to it.
const good = "您好，签收后 7 天内都可以无理由退货。"

// impatient makes a provider URL whose waits are short enough for a test.
func impatient(p *simulator.Provider, name string) string {
	return name + "://sk-secret@" + p.Host() + "?model=simulated&first_token=150ms&stall=150ms&timeout=600ms"
}

func start(t testing.TB, script ...simulator.Rule) *simulator.Provider {
	t.Helper()
	p, err := simulator.Start("127.0.0.1:0", "sk-secret", script...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// calls collects what the meter is told.
type calls struct {
	mu  sync.Mutex
	all []models.Call
}

func (c *calls) add(call models.Call) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.all = append(c.all, call)
}

// errors are the classes of the calls' errors, in order.
func (c *calls) errors() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var classes []string
	for _, call := range c.all {
		classes = append(classes, call.Error)
	}
	return strings.Join(classes, " ")
}

func open(t testing.TB, o models.Options, urls ...string) *models.Scheduler {
	t.Helper()
	s, err := models.Open(urls, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// write has the request worded and returns the answer and the draft the customer saw.
func write(t testing.TB, s *models.Scheduler) (w models.Written, draft string) {
	t.Helper()
	w, err := s.Write(t.Context(), request, func(delta string) { draft += delta })
	if err != nil {
		t.Fatal(err)
	}
	return w, draft
}

func TestHealthyProvider(t *testing.T) {
	p := start(t, simulator.Rule{Contains: "退货", Answer: good})
	var metered calls
	s := open(t, models.Options{OnCall: metered.add}, impatient(p, "qwen")+"&price_in=1&price_out=2")
	w, draft := write(t, s)
	if w.Text != good || draft != good || w.Builtin || w.Provider != "qwen" || w.Model != "simulated" || w.Estimated {
		t.Errorf("draft %q, written %+v", draft, w)
	}
	if want := int64(10*w.TokensIn + 20*w.TokensOut); w.MicroYuan != want || w.TokensOut != len([]rune(good)) {
		t.Errorf("%d tokens in, %d out cost %d micro-yuan, want %d", w.TokensIn, w.TokensOut, w.MicroYuan, want)
	}
	if h := s.Health()[0]; h.State != "closed" || h.MicroYuan != w.MicroYuan || h.Failures != 0 || h.Calls != 1 {
		t.Errorf("health %+v", h)
	}
	if len(metered.all) != 1 || metered.all[0].Error != "" || metered.all[0].MicroYuan != w.MicroYuan {
		t.Errorf("metered %+v", metered.all)
	}
	if sent := p.Requests()[0]; sent.Key != "sk-secret" || sent.Question() != request.Question || !sent.Stream {
		t.Errorf("sent %+v", sent)
	}
}

// TestEveryFault has a provider go wrong in every way it can: alone, the builtin answers; with a healthy one behind it, that
// one does. Nothing of the failed answer is final.
func TestEveryFault(t *testing.T) {
	classes := map[simulator.Fault]string{
		simulator.Hang: openai.FirstToken, simulator.SlowStart: openai.FirstToken, simulator.SlowLoris: openai.FirstToken,
		simulator.Cut: openai.Cut, simulator.Unfinished: openai.Cut, simulator.InvalidJSON: openai.Malformed,
		simulator.InvalidUTF8: openai.Malformed, simulator.WrongType: openai.ContentType, simulator.Broken: "status_500",
		simulator.RateLimit: openai.RateLimited, simulator.Reset: openai.Unreachable, simulator.Endless: openai.TooLong,
		simulator.EmptyChoices: openai.Empty, simulator.ErrorInStream: openai.ProviderSaid,
	}
	for _, fault := range simulator.Faults() {
		t.Run(string(fault), func(t *testing.T) {
			t.Parallel()
			broken := start(t, simulator.Rule{Contains: "*", Answer: "这半句话谁都不该当真，这半句也是。", Fault: fault})
			var metered calls
			alone := open(t, models.Options{OnCall: metered.add}, impatient(broken, "qwen"))
			w, _ := write(t, alone)
			if !w.Builtin || w.Text != models.Builtin(request) || w.FallbackReason != classes[fault] {
				t.Errorf("alone: %+v, want the builtin's answer for %q", w, classes[fault])
			}
			if metered.errors() != classes[fault] {
				t.Errorf("metered %q, want %q", metered.errors(), classes[fault])
			}

			healthy := start(t, simulator.Rule{Contains: "*", Answer: good})
			both := open(t, models.Options{}, impatient(broken, "qwen"), impatient(healthy, "deepseek"))
			w, draft := write(t, both)
			if w.Text != good || w.Provider != "deepseek" {
				t.Errorf("with another behind it: %+v", w)
			}
			if strings.Contains(draft, good) && draft != good {
				t.Errorf("one draft after another: %q", draft)
			}
		})
	}
}

func TestRefusedConnection(t *testing.T) {
	p, err := simulator.Start("127.0.0.1:0", "")
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	w, draft := write(t, open(t, models.Options{}, impatient(p, "qwen")))
	if !w.Builtin || w.FallbackReason != openai.Unreachable || draft != w.Text {
		t.Errorf("draft %q, written %+v", draft, w)
	}
}

func TestWrongKey(t *testing.T) {
	p := start(t)
	url := strings.Replace(impatient(p, "qwen"), "sk-secret", "sk-other", 1)
	if w, _ := write(t, open(t, models.Options{}, url)); !w.Builtin || w.FallbackReason != openai.Unauthorised {
		t.Errorf("written %+v", w)
	}
}

// TestBreaker counts what a broken provider gets to see.
func TestBreaker(t *testing.T) {
	p := start(t, simulator.Rule{Contains: "*", Fault: simulator.Broken})
	s := open(t, models.Options{Probe: 100 * time.Millisecond}, impatient(p, "qwen"))
	deadline := time.Now().Add(10 * time.Second)
	for s.Health()[0].State == "closed" {
		write(t, s)
		if time.Now().After(deadline) {
			t.Fatal("never opened")
		}
	}
	if n := len(p.Requests()); n > 5 {
		t.Errorf("opened after %d failures", n)
	}
	p.Play(simulator.Rule{Contains: "*", Answer: good})
	for {
		if w, _ := write(t, s); !w.Builtin {
			break
		}
		if time.Now().After(deadline) {
			t.Fatal("never closed again")
		}
	}
	if h := s.Health()[0]; h.State != "closed" {
		t.Errorf("after a good probe it is %q", h.State)
	}
	if n := len(p.Requests()); n > 6 {
		t.Errorf("%d requests, where 5 failures and one probe were due", n)
	}
}

func TestRateLimitIsKept(t *testing.T) {
	p := start(t, simulator.Rule{Contains: "*", Fault: simulator.RateLimit, Delay: time.Minute})
	s := open(t, models.Options{}, impatient(p, "qwen"))
	for range 10 {
		if w, _ := write(t, s); !w.Builtin {
			t.Fatalf("written %+v", w)
		}
	}
	if n := len(p.Requests()); n != 1 {
		t.Errorf("asked %d times within Retry-After", n)
	}
	if h := s.Health()[0]; h.State != "rate_limited" || h.LastError != openai.RateLimited {
		t.Errorf("health %+v", h)
	}
}

func TestCallerGone(t *testing.T) {
	p := start(t, simulator.Rule{Contains: "*", Fault: simulator.Hang})
	s := open(t, models.Options{}, "qwen://sk-secret@"+p.Host()+"?model=simulated&first_token=1h&timeout=1h")
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() {
		_, err := s.Write(ctx, request, nil)
		ended <- err
	}()
	deadline := time.Now().Add(10 * time.Second)
	for len(p.Requests()) == 0 && time.Now().Before(deadline) {
		runtime.Gosched()
	}
	cancel()
	if err := <-ended; err == nil {
		t.Error("an answer for nobody")
	}
	if h := s.Health()[0]; h.Failures != 0 {
		t.Errorf("the provider is blamed: %+v", h)
	}
}

// BenchmarkAdded reports what the scheduler adds to the same call made by hand, the two taking turns.
func BenchmarkAdded(b *testing.B) {
	p := start(b, simulator.Rule{Contains: "*", Answer: good})
	s := open(b, models.Options{}, "qwen://sk-secret@"+p.Host()+"?model=simulated")
	write(b, s)
	body := p.Requests()[0].Body
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	defer client.CloseIdleConnections()
	var direct, through []time.Duration
	for b.Loop() {
		began := time.Now()
		post(b, client, p, body)
		between := time.Now()
		if w, err := s.Write(b.Context(), request, nil); err != nil || w.Builtin {
			b.Fatal(w, err)
		}
		direct, through = append(direct, between.Sub(began)), append(through, time.Since(between))
	}
	slices.Sort(direct)
	slices.Sort(through)
	micros := func(d time.Duration) float64 { return float64(d.Nanoseconds()) / 1e3 }
	b.ReportMetric(micros(direct[len(direct)/2]), "direct-p50-µs")
	b.ReportMetric(micros(through[len(through)/2]-direct[len(direct)/2]), "added-p50-µs")
}

// post makes the scheduler's call by hand.
func post(b *testing.B, client *http.Client, p *simulator.Provider, body string) {
	r, err := http.NewRequestWithContext(b.Context(), http.MethodPost, "http://"+p.Host()+"/v1/chat/completions", strings.NewReader(body))
	if err != nil {
		b.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer sk-secret")
	resp, err := client.Do(r)
	if err != nil {
		b.Fatal(err)
	}
	defer resp.Body.Close()
	if _, err := io.Copy(io.Discard, resp.Body); err != nil {
		b.Fatal(err)
	}
}
