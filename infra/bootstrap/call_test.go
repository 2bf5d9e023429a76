package bootstrap_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/lambda"
	simulator "keliu/infra/simulators/lambda"
	"keliu/streams/desk"
)

// say has an intent answer a text in the cloud.
func say(t testing.TB, house *lambda.Cloud, name string, here any, text string) (desk.Reply, error) {
	t.Helper()
	return sayWith(t.Context(), house, name, here, text)
}

func sayWith(ctx context.Context, house *lambda.Cloud, name string, here any, text string) (desk.Reply, error) {
	return functions.Call[desk.Turn, desk.Reply](ctx, one{house.Function("intents/"+name, here)}, "intents/"+name, desk.Turn{Message: desk.Message{Text: text}})
}

// one is an invoker of one function.
type one struct{ functions.Handler }

func (o one) Invoke(ctx context.Context, _ string, payload []byte) ([]byte, error) {
	return o.Handler.Invoke(ctx, payload)
}

func TestAProcessServesCallAfterCall(t *testing.T) {
	aws := &simulator.Cloud{}
	house := cloud(t, aws)
	first, err := say(t, house, "process", odd{}, "")
	if err != nil {
		t.Fatal(err)
	}
	second, err := say(t, house, "process", odd{}, "")
	if err != nil || first.Text == "" || first.Text != second.Text {
		t.Errorf("processes %q and %q (%v)", first.Text, second.Text, err)
	}
	if starts := aws.Starts(); len(starts) != 1 || starts[0].Took <= 0 {
		t.Errorf("starts %+v", starts)
	}
}

func TestWhatAFunctionRefusesArrivesWhole(t *testing.T) {
	aws := &simulator.Cloud{}
	house := cloud(t, aws)
	_, err := say(t, house, "refuse", odd{}, "")
	var problem *desk.Problem
	if !errors.Is(err, desk.ErrConflict) || !errors.As(err, &problem) {
		t.Fatal(err)
	}
	if problem.Code != "text_too_long" || len(problem.Args) != 2 || problem.Args[0] != 2000 || problem.Args[1] != "字" || problem.Kind != desk.ErrConflict {
		t.Errorf("%+v", problem)
	}
	if calls := aws.Calls(); len(calls) != 1 || calls[0].Failed != "" {
		t.Errorf("to Lambda a refusal is an answer: %+v", calls)
	}
}

// Whatever breaks a function, the house hears that it is unavailable, and the next call finds a process that works.
func TestABrokenFunctionIsUnavailable(t *testing.T) {
	const short = 500 * time.Millisecond
	for name, test := range map[string]struct {
		timeout time.Duration
		words   string
	}{
		"panic": {0, "a bug"}, "exit": {0, "exit status 3"}, "slow": {short, "deadline"}, "stuck": {short, "timed out"}, "huge": {0, "exceeded maximum"},
	} {
		t.Run(name, func(t *testing.T) {
			aws := &simulator.Cloud{Timeout: test.timeout}
			house := cloud(t, aws)
			for range 2 {
				if _, err := say(t, house, name, odd{}, ""); !errors.Is(err, desk.ErrUnavailable) || !strings.Contains(err.Error(), test.words) {
					t.Errorf("%v, want %q in it", err, test.words)
				}
			}
			if calls := aws.Calls(); len(calls) != 2 || calls[0].Failed == "" {
				t.Errorf("a broken function is not called again and again: %+v", calls)
			}
		})
	}
}

func TestABootstrapServesItsOwnFunctionOnly(t *testing.T) {
	var said bytes.Buffer
	aws := &simulator.Cloud{Log: &said}
	house := cloud(t, aws)
	refund := aws.Functions[prefix+"-intents-refund"]
	refund.Handler = "intents/order"
	aws.Functions[prefix+"-intents-refund"] = refund
	if _, err := say(t, house, "refund", odd{}, ""); !errors.Is(err, desk.ErrUnavailable) {
		t.Error(err)
	}
	if want := `this bootstrap is intents/refund and is deployed as "intents/order"`; !strings.Contains(said.String(), want) {
		t.Errorf("it said %q, want %q", said.String(), want)
	}
}

func TestUpToSixMegabytes(t *testing.T) {
	house := cloud(t, &simulator.Cloud{})
	turn, err := json.Marshal(desk.Turn{})
	if err != nil {
		t.Fatal(err)
	}
	room := 6<<20 - len(turn) - 200 // for what stands around the text
	text := strings.Repeat("a", room)
	if reply, err := say(t, house, "echo", odd{}, text); err != nil || reply.Text != text {
		t.Errorf("%d characters came back (%.200v)", len(reply.Text), err)
	}
	if _, err := say(t, house, "echo", odd{}, text+strings.Repeat("a", 1000)); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("more: %.200v", err)
	}
}

// ear is what stands in the field of a function here.
type ear interface{ Hear(n int) error }

type listening struct {
	odd
	Ear ear
}

type counting struct{ heard []int }

func (c *counting) Hear(n int) error {
	c.heard = append(c.heard, n)
	return nil
}

// Shout is no method of the field's interface.
func (*counting) Shout(string) error { panic("reached") }

// Every question reaches the house once, in order, and one that never stops is stopped.
func TestQuestionsHaveAnEnd(t *testing.T) {
	house := cloud(t, &simulator.Cloud{})
	c := &counting{}
	if _, err := say(t, house, "endless", listening{Ear: c}, ""); !errors.Is(err, desk.ErrUnavailable) {
		t.Error(err)
	}
	for i, n := range c.heard {
		if i != n {
			t.Fatalf("heard %v", c.heard)
		}
	}
	if len(c.heard) == 0 {
		t.Error("heard nothing")
	}
	for name, here := range map[string]any{"no method of the interface": listening{Ear: c}, "nothing there": listening{}, "no such field": odd{}} {
		if _, err := say(t, house, "nosy", here, ""); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestACancelledCallEnds(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	calls := 0
	server := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		calls++
		io.Copy(io.Discard, r.Body)
		cancel() // while the call is under way
		<-r.Context().Done()
	}))
	defer server.Close()
	if _, err := sayWith(ctx, open(t, server.URL, time.Now), "echo", odd{}, ""); !errors.Is(err, context.Canceled) || calls != 1 {
		t.Errorf("%v after %d calls", err, calls)
	}
}

func TestBusyAndFailingCloud(t *testing.T) {
	busy := simulator.Fault{Status: 429, Type: "TooManyRequestsException", RetryAfter: "0"}
	down := simulator.Fault{Status: 503, Type: "ServiceException"}
	for name, test := range map[string]struct {
		faults []simulator.Fault
		calls  int
		want   error
	}{
		"throttled once":     {[]simulator.Fault{busy}, 2, nil},
		"throttled thrice":   {[]simulator.Fault{busy, busy, busy}, 4, nil},
		"throttled for long": {[]simulator.Fault{busy, busy, busy, busy, busy}, 4, desk.ErrUnavailable},
		"out of order":       {[]simulator.Fault{down, busy, down}, 4, nil},
		"not allowed":        {[]simulator.Fault{{Status: 403, Type: "AccessDeniedException"}}, 1, desk.ErrUnavailable},
		"too large":          {[]simulator.Fault{{Status: 413, Type: "RequestTooLargeException"}}, 1, desk.ErrInvalid},
	} {
		t.Run(name, func(t *testing.T) {
			aws := &simulator.Cloud{}
			house := cloud(t, aws)
			aws.Fail(test.faults...)
			reply, err := say(t, house, "echo", odd{}, "在吗")
			if !errors.Is(err, test.want) || err == nil && reply.Text != "在吗" {
				t.Errorf("%+v (%v)", reply, err)
			}
			if n := len(aws.Calls()); n != test.calls {
				t.Errorf("%d calls, want %d", n, test.calls)
			}
		})
	}
}

func TestReadySaysWhatIsMissing(t *testing.T) {
	aws := &simulator.Cloud{}
	house := cloud(t, aws)
	err := house.Ready(t.Context(), "intents/echo", "intents/gone")
	if !errors.Is(err, desk.ErrUnavailable) || !strings.Contains(err.Error(), prefix+"-intents-gone") {
		t.Error(err)
	}
	if err := house.Ready(t.Context(), "intents/echo", "channels/web"); err != nil {
		t.Error(err)
	}
	before := len(aws.Calls())
	if err := house.Ready(t.Context(), "intents/echo"); err != nil || len(aws.Calls()) != before {
		t.Errorf("%v; %d more calls", err, len(aws.Calls())-before)
	}
	if len(aws.Starts()) != 0 {
		t.Error("being asked whether it is there starts a function")
	}
}

// What answers and is no function of ours is unavailable, not believed.
func TestWhatIsNoAnswer(t *testing.T) {
	for _, body := range []string{"", "{}", "null", "[]", "<html>", `{"answer":`} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, body) }))
		if _, err := say(t, open(t, server.URL, time.Now), "echo", odd{}, ""); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("%q: %v", body, err)
		}
		server.Close()
	}
}
