package acceptance_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	simulated "keliu/infra/simulators/douyin/platform"
)

// Whoever writes to us may be answered within the window, by one of the staff too; whoever wants no marketing hears nothing more.
func TestALeadIsFollowedUpUntilTheyOptOut(t *testing.T) {
	h, p := openDouyin(t)
	marketing := h.staff("marketing").Token
	if a := h.hook(direct("w1", "ou_path", "想买一台，有现货吗", time.Now()), "w-1"); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var l lead
	h.until("the window", func() bool {
		l, _ = h.lead(marketing, "ou_path")
		return l.NextStep == "direct_message" && l.Allowed
	})
	path := "/api/v1/leads/" + l.Person
	say := func(text, key string) answer {
		header := as(marketing)
		header["Idempotency-Key"] = key
		return h.call(request{http.MethodPost, path + "/send", header, fmt.Sprintf(`{"kind":"direct_message","text":%q}`, text)})
	}
	heard := func(text string) (n int) {
		for _, c := range p.sent("im/send") {
			if strings.Contains(fmt.Sprint(c.body), text) {
				n++
			}
		}
		return n
	}
	for range 3 {
		if a := say("有现货，今天下单明天到", "once"); a.status != http.StatusOK {
			t.Fatalf("the send: %d %s", a.status, a.body)
		}
	}
	h.until("the message", func() bool { return heard("今天下单明天到") > 0 })

	if a := h.call(request{http.MethodPost, path + "/note", as(marketing), `{"kind":"opted_out"}`}); a.status != http.StatusOK {
		t.Fatalf("the opt-out: %d %s", a.status, a.body)
	}
	if l, _ = h.lead(marketing, "ou_path"); l.NextStep != "nothing" || l.Allowed || l.Because == "" {
		t.Errorf("after the opt-out: %+v", l)
	}
	if got := h.refusedIn(request{http.MethodPost, path + "/send", as(marketing), `{"kind":"direct_message","text":"最后一次优惠"}`}); got != "409 step_not_allowed" {
		t.Errorf("a send after the opt-out: %s", got)
	}
	if once, after := heard("今天下单明天到"), heard("最后一次优惠"); once != 1 || after != 0 {
		t.Errorf("said %d times within the window and %d times after the opt-out", once, after)
	}
	executive := h.staff("executive").Token
	if got := h.refusedIn(request{http.MethodPost, path + "/note", as(executive), `{"kind":"opted_in"}`}); got != "403 role" {
		t.Errorf("an executive takes the opt-out back: %s", got)
	}
}

// A known is what GET /api/v1/leads/:person tells of somebody.
type known struct {
	Lead struct {
		lead
		State, Text string
		Why         string // of the next step
	}
	History []happened
	Sends   []struct {
		Text, State, Because, After, Then string
		Code                              int
		Held                              bool
	}
	Left []struct {
		Scene             string
		Limit, Left, Kept int
	}
}

// A happened is one thing in somebody's history.
type happened struct {
	ID, Kind, Text string
	At             time.Time
}

func (h *house) known(token, person, lang string) (k known) {
	h.Helper()
	a := h.call(request{http.MethodGet, "/api/v1/leads/" + person, as(token, "Accept-Language", lang), ""})
	if a.status == http.StatusOK {
		decode(h.T, a.body, &k)
	}
	return k
}

// Whatever the platform answers, the lead shows what is true of it, in the reader's language, and the next step follows from it.
func TestAfterEachAnswerOfThePlatformTheLeadIsTrue(t *testing.T) {
	h, p := onDouyin(t, t.TempDir())
	marketing := h.staff("marketing").Token
	a := h.call(request{http.MethodPost, "/api/v1/outreach/rules", as(marketing), `{"name":"问保修","any":["保修几年"],"score":60,"reply":"{name}您好，私信我们～"}`})
	if a.status != http.StatusOK {
		t.Fatalf("the rule: %d %s", a.status, a.body)
	}
	for _, c := range []struct {
		kind               string // of the fault; empty for none
		state, after, step string // the platform may show a reply before it answers: then it is sent, otherwise arrived
		code, shown        int    // replies of ours under the comment in the end
	}{
		{"", "sent or arrived", "their_turn", "wait", 0, 1},
		{"28003070", "failed", "window_opens", "agent_task", 28003070, 0},
		{"45015", "failed", "window_opens", "agent_task", 45015, 0},
		{"28001038", "failed", "by_hand", "agent_task", 28001038, 0},
		{"503", "failed", "tried_again", "wait", 0, 0},
		{simulated.Mute, "uncertain", "look", "agent_task", 0, 1},
		{simulated.Silent, "sent", "their_turn", "wait", 0, 0},
	} {
		t.Run("answer "+c.kind, func(t *testing.T) {
			h := h.on(t)
			if c.kind != "" {
				if err := p.Fail(simulated.Fault{On: simulated.CallComment, Kind: c.kind, Times: 1}); err != nil {
					t.Fatal(err)
				}
			}
			said := p.Comment("客"+c.kind, "", "这个保修几年呀", "")
			person := "douyin:" + said.User
			var zh known
			h.eventually("the outcome", func() bool {
				zh = h.known(marketing, person, "zh")
				return len(zh.Sends) == 1 && zh.Sends[0].State != "pending" && strings.Contains(c.state, zh.Sends[0].State) && zh.Lead.Why != "sending"
			})
			if s := zh.Sends[0]; s.After != c.after || s.Code != c.code || s.Then == "" || zh.Lead.NextStep != c.step || zh.Lead.Because == "" {
				t.Errorf("%+v, the next step is %+v", s, zh.Lead)
			}
			if reached := zh.Lead.State == "reached"; reached != strings.HasPrefix(c.state, "sent") {
				t.Errorf("the lead is %s", zh.Lead.State)
			}
			en := h.known(marketing, person, "en")
			for _, text := range []string{en.Lead.Because, en.Sends[0].Because, en.Sends[0].Then} {
				if strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					t.Errorf("told in English: %q", text)
				}
			}
			shown := 0
			for _, other := range p.Comments() {
				if other.Own && other.Parent == said.ID {
					shown++
				}
			}
			if shown != c.shown {
				t.Errorf("%d answers stand under the comment, want %d", shown, c.shown)
			}
		})
	}
}

// Opting out stops what waits to be tried again, too, and nothing that comes later is answered by itself.
func TestOptingOutStopsWhatWaits(t *testing.T) {
	h, p := onDouyin(t, t.TempDir())
	marketing := h.staff("marketing").Token
	a := h.call(request{http.MethodPost, "/api/v1/outreach/rules", as(marketing), `{"name":"问保修","any":["保修几年"],"score":60,"reply":"私信我们～"}`})
	if a.status != http.StatusOK {
		t.Fatalf("the rule: %d %s", a.status, a.body)
	}
	if err := p.Fail(simulated.Fault{On: simulated.CallComment, Kind: "503", Times: 1}); err != nil {
		t.Fatal(err)
	}
	said := p.Comment("小鱼", "", "保修几年", "")
	person := "douyin:" + said.User
	h.eventually("the failure", func() bool {
		k := h.known(marketing, person, "zh")
		return len(k.Sends) == 1 && k.Sends[0].State == "failed"
	})
	if a := h.call(request{http.MethodPost, "/api/v1/leads/" + person + "/note", as(marketing), `{"kind":"opted_out"}`}); a.status != http.StatusOK {
		t.Fatalf("the opt-out: %d %s", a.status, a.body)
	}
	again := p.Comment("小鱼", "", "再问一次，保修几年", "")
	var k known
	h.eventually("the next try, kept back", func() bool {
		k = h.known(marketing, person, "zh")
		return len(k.Sends) == 1 && k.Sends[0].Held && k.Lead.Text == again.Text
	})
	if s := k.Sends[0]; s.State != "failed" || s.After != "held" || k.Lead.NextStep != "nothing" || k.Lead.Allowed {
		t.Errorf("after opting out: %+v, %+v", s, k.Lead)
	}
	if !slices.ContainsFunc(k.History, func(e happened) bool { return e.Kind == "blocked" }) {
		t.Error("what was found after opting out is not in the history")
	}
	for _, c := range p.Comments() {
		if c.Own {
			t.Errorf("%q was said", c.Text)
		}
	}
}
