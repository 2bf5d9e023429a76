package growth_test

import (
	"fmt"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"

	"github.com/google/go-cmp/cmp"

	"keliu/edge/staff/growth"
	"keliu/functions/store/leads"
	"keliu/policies/audit"
	"keliu/streams/desk"
)

func chinese(text string) bool {
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) })
}

// Every call asks the rules for this part: who may only read changes nothing, and who may not even read learns nothing.
func TestEveryCallAsksTheRules(t *testing.T) {
	o := open(t)
	o.touch(desk.Commented, "fish", "多少钱")
	names := map[string]string{"id": "x", "person": "douyin:fish"}
	for route := range o.routes {
		reads := strings.HasPrefix(route, "GET ")
		for who, may := range map[string]bool{"an": false, "eve": reads, "kai": reads, "mei": true, "ada": true, "nobody": false} {
			refused := o.do(call{who: who, route: route, names: names}, nil)
			if kept := strings.HasPrefix(refused, "role ") || refused == "login_needed"; kept == may {
				t.Errorf("%s of %s: %q", route, who, refused)
			}
		}
	}
}

// What a lead says of itself is in the reader's language, with the names of today.
func TestALeadSpeaksTheReadersLanguage(t *testing.T) {
	o := open(t)
	kept, gone := o.rule("Price", "多少钱"), o.rule("Gone", "一台")
	o.touch(desk.Commented, "fish", "多少钱一台")
	o.touch(desk.Wrote, "fish", "在吗")
	names := map[string]string{"person": "douyin:fish"}
	o.must(call{who: "mei", route: "POST /api/v1/leads/:person/assign", names: names, body: `{"owner":"an"}`}, nil)
	o.must(call{who: "mei", route: "PUT /api/v1/outreach/rules/:id", names: map[string]string{"id": kept.ID}, body: `{"name":"Cost","any":["多少钱"],"score":40,"confirm":true}`}, nil)
	o.must(call{who: "mei", route: "DELETE /api/v1/outreach/rules/:id", names: map[string]string{"id": gone.ID}}, nil)
	var zh, en growth.LeadAnswer
	o.must(call{who: "mei", route: "GET /api/v1/leads/:person", names: names, lang: "zh"}, &zh)
	o.must(call{who: "mei", route: "GET /api/v1/leads/:person", names: names, lang: "en"}, &en)
	want := map[string]string{
		"rule " + kept.ID: "命中规则“Cost”（多少钱） / Matched the rule “Cost” (多少钱)",
		"rule " + gone.ID: "命中规则“Gone”（一台） / Matched the rule “Gone” (一台)",
		"history ":        "主动发来私信 / Wrote a direct message",
	}
	got := map[string]string{}
	for i, r := range zh.Lead.Reasons {
		got[r.Kind+" "+r.Rule] = r.Why + " / " + en.Lead.Reasons[i].Why
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("reasons (want -, got +):\n%s", diff)
	}
	if !chinese(zh.Lead.Because) || chinese(en.Lead.Because) || en.Lead.Because == "" || zh.Lead.OwnerName != "安" || zh.Lead.Signals != nil {
		t.Errorf("%+v\n%+v", zh.Lead, en.Lead)
	}
	for _, e := range zh.History {
		if e.Kind == "assigned" && (e.Text != "安" || e.ByName != "梅") || e.Rule == kept.ID && e.RuleName != "Cost" || e.Rule == gone.ID && e.RuleName != "" {
			t.Errorf("%+v", e)
		}
	}
}

// What became of a send is told in words, with what happens next and by names; whoever has left keeps theirs.
func TestWhatBecameOfASend(t *testing.T) {
	o := open(t)
	rule := o.rule("问价", "多少钱")
	o.platform.delivery = desk.Delivery{State: desk.Failed, Code: 28003070, Because: "条数已用完。The messages are used up."}
	o.touch(desk.Commented, "fish", "多少钱")
	o.carry()
	o.platform.delivery = desk.Delivery{State: desk.Sent}
	o.touch(desk.Wrote, "cat", "在吗")
	if _, err := o.desk.Say(t.Context(), "by_old", "douyin:cat", desk.DirectMessage, "在的", left.ID); err != nil {
		t.Fatal(err)
	}
	o.carry()
	o.now = o.now.Add(time.Minute)
	for lang, want := range map[string][2]string{"zh": {"条数已用完。", "不会自动重发"}, "en": {"The messages are used up.", "It is not sent again"}} {
		var out growth.SendsAnswer
		o.must(call{who: "mei", route: "GET /api/v1/outreach/sends", lang: lang, query: "state=failed"}, &out)
		if len(out.Sends) != 1 {
			t.Fatalf("%+v", out)
		}
		s := out.Sends[0]
		if s.Because != want[0] || !strings.HasPrefix(s.Then, want[1]) || s.After != "window_opens" || s.RuleName != "问价" || s.Rule != rule.ID || s.Name != "小鱼" {
			t.Errorf("%s: %+v", lang, s)
		}
		o.must(call{who: "mei", route: "GET /api/v1/outreach/sends", lang: lang, query: "person=douyin:cat"}, &out)
		if s := out.Sends[0]; s.AgentName != "老李" || s.After != "shown_soon" || s.By != desk.ByHuman {
			t.Errorf("%s: %+v", lang, s)
		}
	}
}

// The same key says something once, the same key of somebody else is another; after opting out the refusal says why.
func TestASendIsSaidOnceAndWithinWhatIsLegal(t *testing.T) {
	o := open(t)
	o.touch(desk.Wrote, "fish", "在吗")
	say := func(who, key, lang string) string {
		return o.do(call{who: who, route: "POST /api/v1/leads/:person/send", names: map[string]string{"person": "douyin:fish"}, body: `{"kind":"direct_message","text":"在的"}`, key: key, lang: lang}, nil)
	}
	for _, who := range []string{"mei", "mei", "lan"} {
		if refused := say(who, "k", "zh"); refused != "" {
			t.Errorf("%s: %s", who, refused)
		}
		o.carry()
		o.touch(desk.Wrote, "fish", "嗯")
	}
	if n := len(o.platform.said); n != 2 {
		t.Errorf("it was said %d times", n)
	}
	o.must(call{who: "mei", route: "POST /api/v1/leads/:person/note", names: map[string]string{"person": "douyin:fish"}, body: `{"kind":"opted_out"}`}, nil)
	zh, en := say("mei", "later", "zh"), say("mei", "later", "en")
	if !strings.HasPrefix(zh, "step_not_allowed 客户已拒绝营销") || !strings.HasPrefix(en, "step_not_allowed They want no marketing") {
		t.Errorf("%q, %q", zh, en)
	}
}

// The pages of the list hold everybody once, in either order; what cannot be asked is refused.
func TestTheListHasPages(t *testing.T) {
	o := open(t)
	o.rule("问价", "多少钱")
	for i := range 25 {
		o.now = o.now.Add(time.Duration(i%2) * time.Second) // two at each time
		o.touch(desk.Commented, fmt.Sprint("p", i), []string{"多少钱", "好看", "求链接"}[i%3])
	}
	for _, sort := range []string{"latest", "score"} {
		seen, cursor := map[desk.PersonID]int{}, ""
		var order []leads.Lead
		for range 25 {
			var page growth.LeadsAnswer
			o.must(call{who: "mei", route: "GET /api/v1/leads", query: url.Values{"sort": {sort}, "limit": {"4"}, "cursor": {cursor}}.Encode()}, &page)
			for _, l := range page.Leads {
				seen[l.Person]++
				order = append(order, l.Lead)
			}
			if cursor = page.Next; cursor == "" {
				break
			}
		}
		falls := func(a, b leads.Lead) int {
			if sort == "score" {
				return int(10 * (b.Score - a.Score))
			}
			return b.At.Compare(a.At)
		}
		if len(seen) != 25 || len(order) != 25 || !slices.IsSortedFunc(order, falls) {
			t.Errorf("by %s: %d people in %d rows", sort, len(seen), len(order))
		}
	}
	for query, want := range map[string]string{
		"sort=name": "lead_sort_unknown name", "cursor=!": "cursor", "cursor=e30": "", "least=101": "parameter least 0 100", "limit=0": "parameter limit 1 200",
	} {
		if got := o.do(call{who: "mei", route: "GET /api/v1/leads", query: query}, nil); got != want {
			t.Errorf("%s: %q, want %q", query, got, want)
		}
	}
}

// What there is not is not found, and what cannot be is refused, with nothing kept.
func TestWhatIsRefused(t *testing.T) {
	o := open(t)
	o.touch(desk.Commented, "fish", "多少钱")
	fish := map[string]string{"person": "douyin:fish"}
	none := map[string]string{"id": "none", "person": "douyin:none"}
	for _, c := range []struct {
		call
		want string
	}{
		{call{route: "PUT /api/v1/outreach/rules/:id", names: none, body: `{"name":"a","any":["b"]}`}, desk.ErrNotFound.Error()},
		{call{route: "PUT /api/v1/outreach/campaigns/:id", names: none, body: `{"name":"a","a":"b"}`}, desk.ErrNotFound.Error()},
		{call{route: "POST /api/v1/outreach/campaigns/:id/start", names: none}, desk.ErrNotFound.Error()},
		{call{route: "POST /api/v1/outreach/campaigns", body: `{"name":"a","a":"b","cap":-1}`}, "campaign_cap"},
		{call{route: "POST /api/v1/outreach/rules", body: `{"name":"a","any":["` + strings.Repeat("长", 1<<20) + `"]}`}, "body_too_large 1024"},
		{call{route: "POST /api/v1/outreach/rules/test", body: `{"any":["b"],"days":29}`}, "parameter days 1 28"},
		{call{route: "POST /api/v1/leads/:person/note", names: fish, body: `{"kind":"reached"}`}, "touch_kind reached"},
		{call{route: "POST /api/v1/leads/:person/note", names: fish, body: `{"kind":"remark","text":" "}`}, "text_empty"},
		{call{route: "POST /api/v1/leads/:person/assign", names: fish, body: `{"owner":"old"}`}, "agent_unknown"}, // who has left
		{call{route: "POST /api/v1/leads/:person/assign", names: fish, body: `{"owner":"eve"}`}, "agent_unknown"}, // who follows up on nobody
		{call{route: "GET /api/v1/outreach/funnel", query: "from=2026-11-25T00:00:00Z&to=2026-11-24T00:00:00Z"}, "time_parameter from"},
		{call{route: "GET /api/v1/outreach/sends", query: "from=yesterday"}, "time_parameter from"},
	} {
		c.who = "mei"
		if got := o.do(c.call, nil); !strings.HasSuffix(got, c.want) {
			t.Errorf("%s %.60s: %q, want %q", c.route, c.body, got, c.want)
		}
	}
	var owners growth.OwnersAnswer
	o.must(call{who: "mei", route: "GET /api/v1/outreach/owners"}, &owners)
	if got := fmt.Sprint(owners.Owners); got != "[{mei 梅} {lan 兰} {an 安} {ada Ada}]" {
		t.Errorf("owners %s", got)
	}
}

// What was changed is in the trail under whoever changed it; what was refused by its content is not.
func TestTheTrail(t *testing.T) {
	o := open(t)
	o.touch(desk.Commented, "fish", "多少钱")
	rule := o.rule("问价", "多少钱")
	var campaign leads.Campaign
	o.must(call{who: "lan", route: "POST /api/v1/outreach/campaigns", body: `{"name":"秋季","a":"甲"}`}, &campaign)
	names := map[string]string{"id": campaign.ID, "person": "douyin:fish"}
	o.must(call{who: "lan", route: "POST /api/v1/outreach/campaigns/:id/start", names: names}, nil)
	o.must(call{who: "mei", route: "POST /api/v1/leads/:person/note", names: names, body: `{"kind":"qualified"}`}, nil)
	o.must(call{who: "mei", route: "POST /api/v1/leads/:person/assign", names: names, body: `{"owner":"an"}`}, nil)
	o.must(call{who: "mei", route: "DELETE /api/v1/outreach/rules/:id", names: map[string]string{"id": rule.ID}}, nil)
	if refused := o.do(call{who: "mei", route: "POST /api/v1/outreach/rules", body: `{"name":""}`}, nil); refused != "rule_name_empty" {
		t.Errorf("a rule without a name: %q", refused)
	}
	entries, err := o.trail.Read(t.Context(), audit.Filter{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range entries {
		got = append(got, fmt.Sprint(e.Actor, " ", e.Action, " ", e.Object, " ", e.Reason, e.Details["state"]))
	}
	slices.Sort(got)
	want := []string{
		"lan campaign_saved outreach/campaigns/" + campaign.ID + " 秋季off", "lan campaign_saved outreach/campaigns/" + campaign.ID + " 秋季on",
		"mei lead_assigned douyin:fish an", "mei lead_noted douyin:fish qualified",
		"mei rule_removed outreach/rules/" + rule.ID + " ", "mei rule_saved outreach/rules/" + rule.ID + " 问价",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(want -, got +)\n%s", diff)
	}
}

// A trial counts and shows what it finds in the reader's words, and needs no name.
func TestATrial(t *testing.T) {
	o := open(t)
	for i := range 30 {
		o.touch(desk.Commented, fmt.Sprint("p", i), "这个好看，电话13812345678")
	}
	for lang, want := range map[string][2]string{"zh": {"命中太多", "不是通配符"}, "en": {"finds too much", "no pattern"}} {
		var out growth.TrialAnswer
		o.must(call{who: "mei", route: "POST /api/v1/outreach/rules/test", lang: lang, body: `{"any":["好.*看"],"reply":"{name}您好"}`}, &out)
		if out.Comments != 30 || out.Matched != 30 || out.WouldSend != 30 || out.Share != 1 || len(out.Examples) != 20 {
			t.Errorf("%d of %d, %d would be answered, %d shown", out.Matched, out.Comments, out.WouldSend, len(out.Examples))
		}
		if !strings.Contains(out.Warning, want[0]) || len(out.Advice) != 1 || !strings.Contains(out.Advice[0], want[1]) {
			t.Errorf("%s: %q, %q", lang, out.Warning, out.Advice)
		}
		e := out.Examples[0]
		if marked := string([]rune(e.Text)[e.Spans[0].Start:e.Spans[0].End]); marked != "好看" || e.Reply != "小鱼您好" || strings.Contains(e.Text, "13812345678") || (lang == "en") == chinese(e.Because) {
			t.Errorf("%s: %+v", lang, e)
		}
	}
}
