package platform_test

import (
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"

	"keliu/infra/simulators/douyin/platform"
)

// steer makes a call of the simulator itself.
func (p *pair) steer(path, body string) (int, string) {
	p.Helper()
	r, err := http.NewRequestWithContext(p.Context(), http.MethodPost, p.URL()+"/sim/"+path, strings.NewReader(body))
	if err != nil {
		p.Fatal(err)
	}
	response, err := http.DefaultClient.Do(r)
	if err != nil {
		p.Fatal(err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil {
		p.Fatal(err)
	}
	return response.StatusCode, string(said)
}

// What the page and scripts do has the effect that the same in Go has.
func TestSteering(t *testing.T) {
	p := meet(t)
	for _, call := range [][2]string{
		{"comment", `{"name":"小鱼","text":"多少钱"}`}, {"message", `{"name":"小鱼","text":"在吗"}`}, {"message", `{"name":"小鱼","kind":"image"}`},
		{"enter", `{"name":"小鱼","scene":"video"}`}, {"authorise", `{"name":"小鱼","source":"im_authorize_message","hours":1}`},
		{"settings", `{"copies":2,"delay_ms":1,"shuffle":true}`}, {"fault", `{"on":"send","kind":"28003070","times":2}`}, {"expire", `{}`},
	} {
		if status, said := p.steer(call[0], call[1]); status != http.StatusOK {
			t.Errorf("%s: %d %s", call[0], status, said)
		}
	}
	p.Courier().Settled()
	response, err := http.Get(p.URL() + "/sim/state")
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	var state struct {
		Webhook  string
		Comments []platform.Comment
		Faults   []platform.Fault
		People   []struct {
			Name     string
			Left     int
			Messages []platform.Message
		}
		Settings struct{ Copies int }
	}
	if err := json.NewDecoder(response.Body).Decode(&state); err != nil {
		t.Fatal(err)
	}
	if state.Webhook != p.hooks.URL || len(state.Comments) != 1 || len(state.People) != 1 || len(state.People[0].Messages) != 2 || state.People[0].Left != 6 ||
		state.Settings.Copies != 2 || len(state.Faults) != 1 || state.Faults[0].Times != 2 {
		t.Errorf("%+v", state)
	}
	if got := len(p.heard()); got != 2 {
		t.Errorf("%d messages were heard", got)
	}
	if status, _ := p.steer("heal", `{}`); status != http.StatusOK {
		t.Errorf("heal: %d", status)
	}
	for _, call := range [][2]string{
		{"comment", `{"name":"小鱼"}`}, {"comment", `{`}, {"message", `{"text":"x"}`}, {"enter", `{}`}, {"recall", `{"name":"小鱼","id":"7"}`},
		{"fault", `{"kind":"nonsense"}`}, {"fault", `{"on":"nothing","kind":"hang"}`}, {"fault", `{"kind":"200"}`}, {"settings", `{"copies":-1}`}, {"subscribe", `{"webhook":"http://127.0.0.1:1"}`},
	} {
		if status, said := p.steer(call[0], call[1]); status != http.StatusBadRequest || !strings.Contains(said, "error") {
			t.Errorf("%s %s: %d %s", call[0], call[1], status, said)
		}
	}
}

func TestThePageIsThere(t *testing.T) {
	p := meet(t)
	for _, path := range []string{"/", "/page.js", "/words.js", "/style.css"} {
		response, err := http.Get(p.URL() + path)
		if err != nil {
			t.Fatal(err)
		}
		response.Body.Close()
		if response.StatusCode != http.StatusOK {
			t.Errorf("%s: %d", path, response.StatusCode)
		}
	}
}

func TestRecalls(t *testing.T) {
	p := meet(t)
	m := p.Say("小鱼", "发错了")
	if !p.Recall("小鱼", m.ID) || p.Recall("小鱼", "none") || !p.Seen("小鱼")[0].Recalled {
		t.Errorf("%+v", p.Seen("小鱼"))
	}
	if got := p.touched("recalled"); len(got) != 1 || got[0].Sent != m.ID {
		t.Errorf("%+v", got)
	}
}
