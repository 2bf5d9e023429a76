package acceptance_test

import (
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"
)

// A platform takes what the product sends as Douyin does, and keeps it.
type platform struct {
	*httptest.Server
	mu     sync.Mutex
	calls  []platformCall
	answer func(call platformCall) (status int, code int) // nil takes everything
}

// A platformCall is one send of the product.
type platformCall struct {
	path, openID string
	body         map[string]any
}

func (c platformCall) text() string {
	content, _ := c.body["content"].(string)
	return content
}

func newPlatform(t *testing.T) *platform {
	t.Helper()
	p := &platform{}
	p.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		raw, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		if strings.Contains(r.URL.Path, "oauth") {
			fmt.Fprint(w, `{"data":{"access_token":"t","expires_in":7200,"error_code":0,"description":""},"message":"success"}`)
			return
		}
		call := platformCall{path: r.URL.Path, openID: r.URL.Query().Get("open_id")}
		if err := json.Unmarshal(raw, &call.body); err != nil {
			t.Errorf("%s: %v in %s", r.URL.Path, err, raw)
		}
		p.mu.Lock()
		p.calls = append(p.calls, call)
		answer := p.answer
		p.mu.Unlock()
		status, code := http.StatusOK, 0
		if answer != nil {
			status, code = answer(call)
		}
		w.WriteHeader(status)
		fmt.Fprintf(w, `{"data":{"error_code":%d,"description":"","msg_id":"srv_%d"},"extra":{"error_code":%d,"logid":"x"},"err_no":%d}`, code, time.Now().UnixNano(), code, code)
	}))
	t.Cleanup(p.Close)
	return p
}

func (p *platform) sent(path string) (all []platformCall) {
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, c := range p.calls {
		if strings.Contains(c.path, path) {
			all = append(all, c)
		}
	}
	return all
}

const douyinKey, douyinSecret = "key_of_the_app", "secret of the app"

// openDouyin starts the product beside a platform.
func openDouyin(t *testing.T) (*house, *platform) {
	t.Helper()
	p := newPlatform(t)
	return open(t, "KELIU_DOUYIN_CLIENT_KEY="+douyinKey, "KELIU_DOUYIN_CLIENT_SECRET="+douyinSecret, "KELIU_DOUYIN_API="+p.URL), p
}

func signed(body string) string {
	sum := sha1.Sum([]byte(douyinSecret + body))
	return hex.EncodeToString(sum[:])
}

// event is a webhook's body; content goes as a JSON string, as the platform sends it.
func event(kind, from string, content map[string]any) string {
	inner, _ := json.Marshal(content)
	body, _ := json.Marshal(map[string]any{"event": kind, "client_key": douyinKey, "from_user_id": from, "to_user_id": "our_account", "content": string(inner), "log_id": "l"})
	return string(body)
}

// comment is the webhook of a comment.
func comment(id, from, text string, at time.Time) string {
	return event("item_comment_reply", from, map[string]any{
		"comment_id": id, "comment_user_id": from, "content": text, "nick_name": "小鱼", "reply_to_item_id": "video_1", "create_time": at.Unix(),
	})
}

// direct is the webhook of a direct message.
func direct(id, from, text string, at time.Time) string {
	return event("im_receive_msg", from, map[string]any{
		"conversation_short_id": "conv_" + from, "server_message_id": id, "conversation_type": 1, "create_time": at.UnixMilli(), "message_type": "text", "text": text,
	})
}

// hook hands a webhook over, signed, and returns the status.
func (h *house) hook(body, id string) answer {
	h.Helper()
	return h.call(request{http.MethodPost, "/hooks/douyin", map[string]string{"Content-Type": "application/json", "X-Douyin-Signature": signed(body), "Msg-Id": id}, body})
}

// A lead is a row of GET /api/v1/leads, as the interface promises it.
type lead struct {
	Person  string
	Channel string
	Score   float64
	Reasons []struct {
		Why    string
		Points float64
	}
	NextStep string `json:"next_step"`
	Allowed  bool
	Because  string
	At       time.Time
}

func (h *house) lead(token, openID string) (found lead, ok bool) {
	h.Helper()
	a := h.call(request{http.MethodGet, "/api/v1/leads", as(token), ""})
	if a.status != http.StatusOK {
		h.Fatalf("leads: %d %s", a.status, a.body)
	}
	var out struct{ Leads []lead }
	decode(h.T, a.body, &out)
	for _, l := range out.Leads {
		if strings.HasSuffix(l.Person, openID) {
			return l, true
		}
	}
	return lead{}, false
}

// until waits for something that happens soon.
func (h *house) until(what string, done func() bool) {
	h.Helper()
	for deadline := time.Now().Add(patience); !done(); time.Sleep(10 * time.Millisecond) {
		if time.Now().After(deadline) {
			h.Fatalf("%s did not come about", what)
		}
	}
}

func TestACommentBecomesALeadAndIsAnsweredOnce(t *testing.T) {
	h, p := openDouyin(t)
	marketing := h.staff("marketing").Token
	a := h.call(request{http.MethodPost, "/api/v1/outreach/rules", as(marketing),
		`{"name":"问价甲","any":["这台多少米"],"none":["二手"],"score":55,"reply":"亲，现在有活动价，私信我们发您～"}`})
	if a.status/100 != 2 {
		t.Fatalf("the rule: %d %s", a.status, a.body)
	}
	body := comment("c1", "ou_fish", "这台多少米呀，想给爸妈买一台", time.Now())
	for range 5 {
		if a := h.hook(body, "msg-1"); a.status != http.StatusOK {
			t.Fatalf("the webhook: %d %s", a.status, a.body)
		}
	}
	var l lead
	h.until("the lead", func() (ok bool) { l, ok = h.lead(marketing, "ou_fish"); return ok })
	if l.Channel != "douyin" || l.Score < 55 || l.Score > 100 || len(l.Reasons) == 0 || l.NextStep == "" || l.Because == "" || l.At.IsZero() {
		t.Errorf("the lead is incomplete: %+v", l)
	}
	for _, r := range l.Reasons {
		if r.Why == "" {
			t.Errorf("a reason says nothing: %+v", l.Reasons)
		}
	}
	h.until("the public reply", func() bool { return len(p.sent("comment/reply")) > 0 })
	if got := p.sent("comment/reply")[0]; !strings.Contains(got.text(), "活动价") || got.body["comment_id"] != "c1" || got.body["item_id"] != "video_1" {
		t.Errorf("the reply is %+v", got)
	}
	if a := h.hook(comment("c2", "ou_none", "二手的这台多少米", time.Now()), "msg-2"); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}
	// The platform says it again later, under the same ID and under another.
	h.hook(body, "msg-1")
	h.hook(body, "msg-1-again")
	h.hook(comment("c3", "ou_last", "这台多少米", time.Now()), "msg-3")
	h.until("the last reply", func() bool {
		for _, c := range p.sent("comment/reply") {
			if c.body["comment_id"] == "c3" {
				return true
			}
		}
		return false
	})
	replies := map[any]int{}
	for _, c := range p.sent("comment/reply") {
		replies[c.body["comment_id"]]++
	}
	if replies["c1"] != 1 || replies["c2"] != 0 || replies["c3"] != 1 {
		t.Errorf("replies by comment: %v", replies)
	}
}

func TestForgedWebhooksChangeNothing(t *testing.T) {
	h, p := openDouyin(t)
	body := comment("c1", "ou_forged", "多少钱，怎么买", time.Now())
	for name, signature := range map[string]string{"none": "", "wrong": strings.Repeat("0", 40), "of another body": signed(body + " "), "cut": signed(body)[:39]} {
		header := map[string]string{"Content-Type": "application/json", "Msg-Id": "f-" + name}
		if signature != "" {
			header["X-Douyin-Signature"] = signature
		}
		if a := h.call(request{http.MethodPost, "/hooks/douyin", header, body}); a.status != http.StatusForbidden && a.status != http.StatusUnauthorized {
			t.Errorf("signature %s: %d %s", name, a.status, a.body)
		}
	}
	if a := h.hook(comment("c2", "ou_true", "多少钱，怎么买", time.Now()), "t"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	token := h.staff("marketing").Token
	h.until("the true lead", func() bool { _, ok := h.lead(token, "ou_true"); return ok })
	if _, ok := h.lead(token, "ou_forged"); ok {
		t.Error("a forged comment is a lead")
	}
	for _, c := range p.sent("") {
		if c.body["comment_id"] == "c1" {
			t.Errorf("a forged comment is answered: %+v", c)
		}
	}
}

// What comes late is taken down and not answered by itself; what comes out of order or again changes nothing that is newer.
func TestLateAndReorderedWebhooks(t *testing.T) {
	h, p := openDouyin(t)
	marketing := h.staff("marketing").Token
	if a := h.call(request{http.MethodPost, "/api/v1/outreach/rules", as(marketing), `{"name":"问价丁","any":["什么价位"],"score":60,"reply":"私信我们哦"}`}); a.status != http.StatusOK {
		t.Fatalf("the rule: %d %s", a.status, a.body)
	}
	now := time.Now()
	late, newer, older := comment("late", "ou_late", "什么价位", now.Add(-30*time.Hour)), comment("newer", "ou_order", "这是什么价位", now), comment("older", "ou_order", "早些时候问过什么价位", now.Add(-time.Hour))
	written := direct("dm", "ou_order", "在吗，什么价位", now.Add(-30*time.Minute))
	for i, body := range []string{late, newer, written, older, newer, written, older, late} {
		if a := h.hook(body, fmt.Sprint("m-", i)); a.status != http.StatusOK {
			t.Fatalf("webhook %d: %d %s", i, a.status, a.body)
		}
	}
	count := func(k known, kind string) (n int) {
		for _, e := range k.History {
			if e.Kind == kind {
				n++
			}
		}
		return n
	}
	var ordered, lagged known
	h.until("all of it", func() bool {
		ordered, lagged = h.known(marketing, "douyin:ou_order", "zh"), h.known(marketing, "douyin:ou_late", "zh")
		return count(ordered, "commented") == 2 && count(ordered, "wrote") == 1 && count(lagged, "commented") == 1 && len(ordered.Sends) > 0 && ordered.Sends[0].State != "pending"
	})
	if ordered.Lead.Text != "这是什么价位" {
		t.Errorf("the lead speaks of %q", ordered.Lead.Text)
	}
	if len(ordered.Sends) != 1 || len(lagged.Sends) != 0 || lagged.Lead.Score == 0 {
		t.Errorf("%+v was said to the one, %+v to the other, who scores %v", ordered.Sends, lagged.Sends, lagged.Lead.Score)
	}
	replies := p.sent("comment/reply")
	if len(replies) != 1 || replies[0].body["comment_id"] != "newer" {
		t.Errorf("answered in public: %+v", replies)
	}
}

// A rule that cannot be meant is refused with a sentence that says why.
func TestRulesThatCannotBeMeant(t *testing.T) {
	h, _ := openDouyin(t)
	marketing := h.staff("marketing").Token
	many := make([]string, 10_000)
	for i := range many {
		many[i] = fmt.Sprintf(`"词%d号"`, i)
	}
	for body, want := range map[string][2]string{
		`{"name":"甲","any":[],"score":1}`:                                           {"rule_empty", "至少"},
		`{"name":"","any":["多少钱"],"score":1}`:                                       {"rule_name_empty", "名称"},
		`{"name":"乙","any":[` + strings.Join(many, ",") + `],"score":1}`:            {"rule_phrases_many", "10000"},
		`{"name":"丙","any":[".*"],"score":1}`:                                       {"rule_phrase_signs", ".*"},
		`{"name":"丁","any":["不要买"],"none":["不要"],"score":1}`:                        {"rule_contradiction", "不要买"},
		`{"name":"戊","all":["一"],"near":5,"score":1}`:                               {"rule_near", "至少有两个词"},
		`{"name":"己","any":["多少钱"],"score":101}`:                                    {"rule_score", "100"},
		`{"name":"庚","any":["多少钱"],"score":1,"reply":"看 https://shop.example.com"}`: {"reply_link", "链接"},
		`{"name":"辛","any":["多少钱"],"score":1,"reply":"{nickname}您好"}`:               {"reply_placeholder", "{nickname}"},
		`{"name":"问价格","any":["多少钱"],"score":1,"confirm":true}`:                     {"rule_name_taken", "问价格"},
	} {
		a := h.call(request{http.MethodPost, "/api/v1/outreach/rules", as(marketing, "Accept-Language", "zh"), body})
		var refused struct {
			Error struct{ Code, Message string }
		}
		decode(t, a.body, &refused)
		if a.status/100 != 4 || refused.Error.Code != want[0] || !strings.Contains(refused.Error.Message, want[1]) {
			t.Errorf("%.60s: %d %s", body, a.status, a.body)
		}
	}
	a := h.call(request{http.MethodPost, "/api/v1/outreach/rules/test", as(marketing, "Accept-Language", "en"), `{"any":["多少.*钱","多少.*钱"]}`})
	var trial struct{ Advice []string }
	decode(t, a.body, &trial)
	if a.status != http.StatusOK || len(trial.Advice) != 2 || !strings.Contains(trial.Advice[0], "no pattern") || !strings.Contains(trial.Advice[1], "more than once") {
		t.Errorf("%d %s", a.status, a.body)
	}
}

func TestTheChallengeIsEchoed(t *testing.T) {
	h, _ := openDouyin(t)
	for content, want := range map[string]string{
		`{"challenge":12345}`:       `{"challenge":12345}`,
		`"{\"challenge\":12345}"`:   `{"challenge":12345}`,
		`"{\"challenge\":\"ab1\"}"`: `{"challenge":"ab1"}`,
	} {
		body := `{"event":"verify_webhook","client_key":"` + douyinKey + `","content":` + content + `}`
		a := h.hook(body, "v")
		if got := strings.TrimSpace(string(a.body)); a.status != http.StatusOK || got != want {
			t.Errorf("%s: %d %s, want %s", content, a.status, got, want)
		}
	}
}

// The AI answers direct messages and never says more than the platform lets it, and what it keeps back is left for a person.
func TestDirectMessagesStayWithinTheQuota(t *testing.T) {
	h, p := openDouyin(t)
	if a := h.hook(direct("d0", "ou_talk", "你好，运费怎么算？", time.Now()), "dm-0"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	h.until("the answer", func() bool { return len(p.sent("im/send")) > 0 })
	if got := p.sent("im/send")[0]; got.openID == "" || got.body["to_user_id"] != "ou_talk" {
		t.Errorf("the answer goes to %+v", got)
	}
	agent := h.staff("agent").Token
	a := h.call(request{http.MethodGet, "/api/v1/conversations?channel=douyin", as(agent), ""})
	var out struct{ Conversations []struct{ ID string } }
	decode(t, a.body, &out)
	if len(out.Conversations) != 1 {
		t.Fatalf("conversations of the channel: %s", a.body)
	}
	path := "/api/v1/conversations/" + out.Conversations[0].ID + "/messages"
	for i := range 9 {
		if a := h.call(request{http.MethodPost, path, as(agent), fmt.Sprintf(`{"text":"第%d句"}`, i)}); a.status >= 500 {
			t.Errorf("message %d: %d %s", i, a.status, a.body)
		}
	}
	// What became of all ten is known: the AI's answer, and nine of the agent's.
	h.until("ten deliveries", func() bool {
		a := h.call(request{http.MethodGet, strings.TrimSuffix(path, "messages") + "deliveries", as(agent), ""})
		var out struct{ Deliveries []struct{ State string } }
		decode(t, a.body, &out)
		settled := 0
		for _, d := range out.Deliveries {
			if d.State != "pending" {
				settled++
			}
		}
		return settled >= 10
	})
	if n := len(p.sent("im/send")); n > 6 {
		t.Errorf("%d messages within one window, the platform allows 6", n)
	}
}

func TestARuleThatMatchesEverythingIsAskedAboutTwice(t *testing.T) {
	h, _ := openDouyin(t)
	marketing := h.staff("marketing").Token
	for i := range 40 {
		if a := h.hook(comment(fmt.Sprintf("b%d", i), fmt.Sprintf("ou_b%d", i), fmt.Sprintf("这个的第%d条评论", i), time.Now()), fmt.Sprintf("b-%d", i)); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	trial := func() (out struct{ Comments, Matched int }) {
		a := h.call(request{http.MethodPost, "/api/v1/outreach/rules/test", as(marketing), `{"name":"太宽","any":["的"],"score":10}`})
		if a.status != http.StatusOK {
			t.Fatalf("the trial: %d %s", a.status, a.body)
		}
		decode(t, a.body, &out)
		return out
	}
	h.until("the comments", func() bool { return trial().Matched >= 40 })
	broad := request{http.MethodPost, "/api/v1/outreach/rules", as(marketing), `{"name":"太宽","any":["的"],"score":10}`}
	if a := h.call(broad); a.status != http.StatusConflict || !strings.Contains(string(a.body), "40") {
		t.Errorf("a rule that matches everything: %d %s", a.status, a.body)
	}
	broad.body = `{"name":"太宽","any":["的"],"score":10,"confirm":true}`
	if a := h.call(broad); a.status/100 != 2 {
		t.Errorf("confirmed: %d %s", a.status, a.body)
	}
}

func TestARefusalOfThePlatformIsTheLeadsTrueState(t *testing.T) {
	h, p := openDouyin(t)
	marketing := h.staff("marketing").Token
	p.answer = func(platformCall) (int, int) { return http.StatusOK, 28003070 }
	a := h.call(request{http.MethodPost, "/api/v1/outreach/rules", as(marketing), `{"name":"问价乙","any":["怎么下单"],"score":60,"reply":"私信我们哦"}`})
	if a.status/100 != 2 {
		t.Fatalf("the rule: %d %s", a.status, a.body)
	}
	h.hook(comment("q1", "ou_quota", "怎么下单", time.Now()), "q-1")
	h.until("the send", func() bool { return len(p.sent("comment/reply")) > 0 })
	var l lead
	h.until("the true state", func() bool {
		l, _ = h.lead(marketing, "ou_quota")
		return l.NextStep != "" && l.NextStep != "public_reply"
	})
	if l.NextStep != "agent_task" && l.Allowed {
		t.Errorf("after 28003070: %+v", l)
	}
}

func TestMarketingIsNotEverybodysPart(t *testing.T) {
	h, _ := openDouyin(t)
	agent := h.staff("agent").Token
	for _, r := range []request{
		{http.MethodGet, "/api/v1/leads", as(agent), ""},
		{http.MethodGet, "/api/v1/outreach/rules", as(agent), ""},
		{http.MethodPost, "/api/v1/outreach/rules", as(agent), `{"name":"x","any":["y"],"score":1}`},
	} {
		if got := h.refusedIn(r); got != "403 role" {
			t.Errorf("%s %s for an agent: %s", r.method, r.path, got)
		}
	}
}
