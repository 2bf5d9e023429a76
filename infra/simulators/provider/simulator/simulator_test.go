package simulator

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func start(t *testing.T, key string, script ...Rule) *Provider {
	t.Helper()
	p, err := Start("127.0.0.1:0", key, script...)
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

// post asks the provider and returns its status and body.
func post(t *testing.T, p *Provider, key, body string) (*http.Response, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "http://"+p.Host()+"/v1/chat/completions", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+key)
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(answer)
}

func TestWhole(t *testing.T) {
	p := start(t, "", Rule{Contains: "运费", Answer: "满 99 元包邮。"})
	resp, body := post(t, p, "", `{"model":"m","messages":[{"role":"user","content":"运费"}]}`)
	var got struct {
		Object, Model string
		Choices       []struct {
			Message Message
			Finish  string `json:"finish_reason"`
		}
		Usage map[string]int
	}
	if err := json.Unmarshal([]byte(body), &got); err != nil || resp.StatusCode != http.StatusOK {
		t.Fatalf("status %d, %v: %s", resp.StatusCode, err, body)
	}
	if got.Object != "chat.completion" || got.Model != "m" || len(got.Choices) != 1 || got.Choices[0].Finish != "stop" ||
		got.Choices[0].Message != (Message{"assistant", "满 99 元包邮。"}) {
		t.Errorf("answered %s", body)
	}
	if diff := cmp.Diff(map[string]int{"prompt_tokens": 2, "completion_tokens": 9, "total_tokens": 11}, got.Usage); diff != "" {
		t.Errorf("usage (-want +got):\n%s", diff)
	}
}

func TestStream(t *testing.T) {
	p := start(t, "", Rule{Contains: "*", Answer: "签收后 7 天内可退。"})
	ask := `{"model":"m","stream":true,"stream_options":{"include_usage":true},"messages":[{"role":"user","content":"退"}]}`
	resp, body := post(t, p, "", ask)
	if kind := resp.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("Content-Type %q", kind)
	}
	events := strings.Split(strings.TrimSuffix(body, "\n\n"), "\n\n")
	text := ""
	for _, e := range events[:len(events)-1] {
		var c struct {
			Object  string
			Choices []struct{ Delta struct{ Content string } }
		}
		if err := json.Unmarshal([]byte(strings.TrimPrefix(e, "data: ")), &c); err != nil || c.Object != "chat.completion.chunk" {
			t.Errorf("event %q: %v", e, err)
		}
		for _, choice := range c.Choices {
			text += choice.Delta.Content
		}
	}
	if text != "签收后 7 天内可退。" || events[len(events)-1] != "data: [DONE]" {
		t.Errorf("streamed %q, at last %q", text, events[len(events)-1])
	}
	if !strings.Contains(body, `"finish_reason":"stop"`) || !strings.Contains(body, `"completion_tokens":11`) {
		t.Errorf("no finish or no usage in %s", body)
	}
	if _, body := post(t, p, "", strings.Replace(ask, "true}", "false}", 1)); strings.Contains(body, "usage") {
		t.Errorf("usage unasked for in %s", body)
	}
}

func TestRefusals(t *testing.T) {
	p := start(t, "sk-right", Rule{Contains: "忙", Fault: RateLimit, Delay: 1500 * time.Millisecond}, Rule{Contains: "坏", Fault: Broken})
	ask := func(text string) string { return `{"model":"m","messages":[{"role":"user","content":"` + text + `"}]}` }
	tests := map[string]struct {
		key, body, code string
		status          int
	}{
		"wrong key":   {"sk-wrong", ask("好"), "invalid_api_key", 401},
		"no JSON":     {"sk-right", "{", "", 400},
		"no model":    {"sk-right", `{"messages":[{"role":"user","content":"好"}]}`, "", 400},
		"no messages": {"sk-right", `{"model":"m"}`, "", 400},
		"too many":    {"sk-right", ask("忙吗"), "rate_limit_exceeded", 429},
		"broken":      {"sk-right", ask("坏了"), "", 500},
		"fine":        {"sk-right", ask("好"), "", 200},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			resp, body := post(t, p, tt.key, tt.body)
			if resp.StatusCode != tt.status || !strings.Contains(body, tt.code) || (tt.status == 200) == strings.Contains(body, `"error"`) {
				t.Errorf("status %d: %s", resp.StatusCode, body)
			}
			if after := resp.Header.Get("Retry-After"); tt.status == 429 && after != "2" {
				t.Errorf("Retry-After %q", after)
			}
		})
	}
}

func TestRequestsAreKept(t *testing.T) {
	p := start(t, "", Rule{Contains: "*", Answer: "一", Times: 1}, Rule{Contains: "*", Answer: "二"})
	body := `{"model":"m","messages":[{"role":"system","content":"s"},{"role":"user","content":"{\"question\":\"多少\"}"}]}`
	_, first := post(t, p, "k", body)
	_, second := post(t, p, "k", body)
	if !strings.Contains(first, "一") || !strings.Contains(second, "二") {
		t.Errorf("a rule good for once answered %s, then %s", first, second)
	}
	got := p.Requests()
	if len(got) != 2 || got[0].Key != "k" || got[0].Body != body || got[0].Question() != "多少" {
		t.Errorf("kept %+v", got)
	}
}

func TestParse(t *testing.T) {
	got, err := Parse("# comment\n\n运费 => 满 99 元 => 包邮\n 退 货 {fault=slow_start delay=3s times=2} =>\n{x} y => z\n* => 好\n")
	if err != nil {
		t.Fatal(err)
	}
	want := []Rule{
		{Contains: "运费", Answer: "满 99 元 => 包邮"},
		{Contains: "退 货", Fault: SlowStart, Delay: 3 * time.Second, Times: 2},
		{Contains: "{x} y", Answer: "z"},
		{Contains: "*", Answer: "好"},
	}
	if diff := cmp.Diff(want, got, cmpopts.IgnoreUnexported(Rule{})); diff != "" {
		t.Errorf("script (-want +got):\n%s", diff)
	}
	for _, wrong := range []string{"运费", "a {fault=} => b", "a {delay=-1s} => b", "a {times=0} => b", "a {wish=1} => b"} {
		if rules, err := Parse(wrong); err == nil {
			t.Errorf("%q read as %+v", wrong, rules)
		}
	}
}

// FuzzParse reads scripts: what is read can be asked for.
func FuzzParse(f *testing.F) {
	f.Add("运费 => 满 99 元包邮\n# c\n退货 {fault=hang times=2} => x")
	f.Add("{fault=cut delay=1h}=>")
	f.Fuzz(func(t *testing.T, text string) {
		rules, err := Parse(text)
		for _, r := range rules {
			if !r.matches("<"+r.Contains+">") || r.Times < 0 || r.Delay < 0 {
				t.Errorf("%q, %v: rule %+v", text, err, r)
			}
		}
	})
}
