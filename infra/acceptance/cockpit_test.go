package acceptance_test

import (
	"fmt"
	"math"
	"net/http"
	"testing"
	"time"

	"keliu/infra/rig"
)

// cockpit is the metrics as the cockpit shows them; those without a value are left out.
func (h *house) cockpit(who *rig.Customer, query string) map[string]float64 {
	h.Helper()
	var out struct {
		Metrics []struct {
			Key    string
			Value  *float64
			Series [][2]float64
			Unit   string
		}
	}
	h.do(who, http.MethodGet, "/api/v1/cockpit?"+query, nil, &out)
	all := map[string]float64{}
	for _, m := range out.Metrics {
		if m.Value == nil {
			continue
		}
		all[m.Key] = *m.Value
		if m.Unit != "count" || m.Key == "live_sessions" || m.Key == "live_sessions_peak" || m.Key == "queue_length" {
			continue
		}
		sum := 0.0
		for _, point := range m.Series {
			sum += point[1]
		}
		if sum != *m.Value {
			h.Errorf("%s is %v, and its line adds up to %v", m.Key, *m.Value, sum)
		}
	}
	return all
}

// The cockpit shows what was done here, counted by hand, for all channels and for each.
func TestTheCockpitCountsWhatWasDone(t *testing.T) {
	h := open(t)
	agent, executive := h.staff("agent"), h.staff("executive")
	reader, asker, leaver := h.enter(nil), h.enter(nil), h.enter(nil)
	messages := 0
	ask := func(g *guest, text string) rig.Line {
		t.Helper()
		messages++
		reply, _ := g.ask(text)
		return reply
	}
	answered, cited, unanswered := 0, 0, 0
	for _, text := range []string{"买了不合适可以退货吗", "下单后多久发货", "你们在火星有门店吗"} {
		switch reply := ask(reader, text); {
		case len(reply.Citations) > 0:
			answered++
			cited++
		case len(reply.Options) > 0: // it offers a person
			unanswered++
		}
	}
	if cited != 2 || unanswered != 1 {
		t.Fatalf("cited %d, unanswered %d", cited, unanswered)
	}
	ask(asker, "转人工")
	ask(leaver, "转人工")
	ask(leaver, "13912345678") // a number to call back: nothing was asked, so that it is kept is no answer
	h.do(leaver.Customer, http.MethodPost, "/api/v1/web/leave", nil, nil)
	leaver.told("left")
	h.status(agent, "online")
	asker.told("accepted")
	at := "/api/v1/conversations/" + asker.Conversation
	h.do(agent, http.MethodPost, at+"/messages", map[string]string{"text": "您好"}, nil)
	asker.await("reply")
	h.do(agent, http.MethodPost, at+"/close", map[string]string{"reason": "solved"}, nil)
	asker.await("closed")
	h.inTheApp("可以开发票吗")
	done := time.Now()

	web := map[string]float64{
		"sessions": 3, "unique_customers": 3, "new_customers": 3, "customer_messages": float64(messages), "ai_involvement": 1, "transfer_rate": 2.0 / 3, "transfer_rate_asked": 2.0 / 3,
		"transfer_rate_emotion": 0, "queue_left": 1.0 / 2, "repeat_contact": 0, "knowledge_hit": float64(cited) / float64(answered),
		"unanswered": float64(unanswered) / float64(answered+unanswered), "callbacks_left": 1, "callback_rate": 1.0 / 3,
		// One session was closed, as solved, by a person who answered at once.
		"containment": 0, "assumed_resolution": 0, "deflection": 0, "net_self_service": 0, "first_contact": 1, "sla_attainment": 1, "sla_person": 1, "sla_closing": 1,
	}
	app := map[string]float64{"sessions": 1, "unique_customers": 1, "new_customers": 1, "customer_messages": 1, "ai_involvement": 1, "knowledge_hit": 1, "unanswered": 0, "callbacks_left": 0}
	both := map[string]float64{"sessions": 4, "customer_messages": float64(messages) + 1, "knowledge_hit": float64(cited+1) / float64(answered+1),
		"unanswered": float64(unanswered) / float64(answered+unanswered+1), "callbacks_left": 1}
	var wrong string
	h.eventually("the cockpit has counted", func() bool {
		wrong = ""
		for query, want := range map[string]map[string]float64{"": both, "channel=web": web, "channel=app": app, "channel=fax": {"sessions": 0, "customer_messages": 0}} {
			got := h.cockpit(executive, query)
			for key, value := range want {
				if shown, ok := got[key]; !ok || math.Abs(shown-value) > 1e-9 {
					wrong += fmt.Sprintf("%s %s is %v, want %v\n", query, key, shown, value)
				}
			}
		}
		if time.Since(done) > patience/2 && wrong != "" {
			t.Fatal(wrong)
		}
		return wrong == ""
	})
	t.Logf("counted %v after the last reply", time.Since(done))

	got := h.cockpit(executive, "")
	for _, key := range []string{"first_reply_human_p50", "first_reply_p50", "next_reply_p50", "queue_wait_accepted_p90", "handle_time_mean", "resolution_time_p50", "human_request_honour_p90"} {
		if seconds, ok := got[key]; !ok || seconds < 0 || seconds > time.Since(done).Seconds()+60 {
			t.Errorf("%s is %v", key, got[key])
		}
	}
	if old := h.cockpit(executive, "from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z"); old["sessions"] != 0 {
		t.Errorf("of a day long gone: %v", old)
	}
	if got := h.cockpit(executive, "agent=agent"); got["first_reply_human_p50"] < 0 || got["callbacks_left"] != 0 {
		t.Errorf("of the agent: %v", got)
	}
}

// inTheApp says something as a customer of the app does and waits for the answer.
func (h *house) inTheApp(text string) {
	h.Helper()
	c := &rig.Customer{URL: h.url, Client: http.DefaultClient}
	h.do(c, http.MethodPost, "/api/v1/app/sessions", map[string]string{}, c)
	h.do(c, http.MethodPost, "/api/v1/app/messages", map[string]string{"text": text}, nil)
	h.eventually("the app is answered", func() bool {
		var page struct{ Messages []rig.Line }
		h.do(c, http.MethodGet, "/api/v1/app/messages", nil, &page)
		return len(page.Messages) == 2
	})
}
