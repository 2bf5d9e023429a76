package acceptance_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"keliu/edge/staff/admin"
	"keliu/edge/staff/admin/channels"
	"keliu/edge/staff/admin/settings"
	simulated "keliu/infra/simulators/douyin/platform"
	"keliu/infra/simulators/provider/simulator"
	"keliu/streams/desk"
)

// send calls a path of the API with a JSON body.
func (h *house) send(method, path, token, body string) answer {
	h.Helper()
	return h.call(request{method, path, as(token), body})
}

// enters logs somebody in and returns the token.
func (h *house) enters(body string) string {
	h.Helper()
	var in struct{ Token string }
	a := h.send(http.MethodPost, "/api/v1/staff/login", "", body)
	decode(h.T, a.body, &in)
	if in.Token == "" {
		h.Fatalf("no login: %d %s", a.status, a.body)
	}
	return in.Token
}

// Whoever's role has no business there is refused by the API itself.
func TestOnlyAdministratorsAdminister(t *testing.T) {
	h := open(t)
	tokens := map[string]string{}
	for _, role := range []string{"admin", "agent", "marketing", "compliance", "executive"} {
		tokens[role] = h.staff(role).Token
	}
	const readers = "agent marketing compliance" // of the knowledge base
	for _, call := range []struct{ method, path, others string }{
		{"GET", "/api/v1/people", "compliance"}, {"POST", "/api/v1/people", ""}, {"PUT", "/api/v1/people/nobody", ""},
		{"POST", "/api/v1/people/nobody/password", ""}, {"POST", "/api/v1/people/nobody/logout", ""},
		{"GET", "/api/v1/teams", "compliance"}, {"POST", "/api/v1/teams", ""}, {"PUT", "/api/v1/teams/x", ""}, {"DELETE", "/api/v1/teams/x", ""},
		{"PUT", "/api/v1/company/hours", ""}, {"GET", "/api/v1/roles", "compliance"}, {"GET", "/api/v1/keys", ""}, {"POST", "/api/v1/keys", ""}, {"DELETE", "/api/v1/keys/x", ""},
		{"GET", "/api/v1/providers", ""}, {"POST", "/api/v1/providers/test", ""}, {"GET", "/api/v1/channels", ""}, {"POST", "/api/v1/channels/x/check", ""}, {"GET", "/api/v1/streams", ""},
		{"POST", "/api/v1/streams/replay", ""}, {"GET", "/api/v1/knowledge/library", readers}, {"POST", "/api/v1/knowledge/texts", ""},
		{"POST", "/api/v1/knowledge/articles/x/withdraw", ""}, {"GET", "/api/v1/knowledge/gaps", readers}, {"DELETE", "/api/v1/knowledge/gaps/x", ""},
	} {
		for _, role := range []string{"agent", "marketing", "compliance", "executive"} {
			a := h.send(call.method, call.path, tokens[role], "{}")
			if refused := a.status == http.StatusForbidden; refused == strings.Contains(call.others, role) {
				t.Errorf("%s %s as %s: %d %s", call.method, call.path, role, a.status, a.body)
			}
		}
		if a := h.send(call.method, call.path, "", "{}"); a.status != http.StatusUnauthorized {
			t.Errorf("%s %s by a stranger: %d", call.method, call.path, a.status)
		}
		if a := h.send(call.method, call.path, tokens["admin"], "{}"); a.status == http.StatusForbidden || a.status >= 500 {
			t.Errorf("%s %s as admin: %d %s", call.method, call.path, a.status, a.body)
		}
	}
}

func TestPeople(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	var hired admin.HiredAnswer
	decode(t, h.send("POST", "/api/v1/people", boss, `{"id":"lin","name":"小林","role":"agent","skills":["presales"],"capacity":3}`).body, &hired)
	if hired.Password == "" || !hired.Person.Initial || !hired.Person.Active {
		t.Fatalf("%+v", hired)
	}
	for body, want := range map[string]string{
		`{"id":"lin","name":"x","role":"agent"}`:                  "409 person_exists",
		`{"id":"Lin Lin","name":"x","role":"agent"}`:              "400 user_name",
		`{"id":"li2","name":" ","role":"agent"}`:                  "400 field_empty",
		`{"id":"li2","name":"x","role":"king"}`:                   "400 role_unknown",
		`{"id":"li2","name":"x","role":"agent","capacity":51}`:    "400 capacity",
		`{"id":"li2","name":"x","role":"agent","skills":["a b"]}`: "400 skill_name",
		`{"id":"li2","name":"x","role":"agent","team":"none"}`:    "400 team_unknown",
	} {
		if got := h.refusedIn(request{"POST", "/api/v1/people", as(boss), body}); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}

	// Nobody works with a password that somebody else knows.
	login := `{"user":"lin","password":"` + hired.Password + `"}`
	if got := h.refusedIn(request{"POST", "/api/v1/staff/login", nil, login}); got != "403 password_initial" {
		t.Errorf("with the first password: %s", got)
	}
	weak := `{"user":"lin","password":"` + hired.Password + `","new_password":"short"}`
	if got := h.refusedIn(request{"POST", "/api/v1/staff/login", nil, weak}); got != "400 password_weak" {
		t.Errorf("with a weak one: %s", got)
	}
	token := h.enters(`{"user":"lin","password":"` + hired.Password + `","new_password":"eine lange Nacht"}`)
	if a := h.send("GET", "/api/v1/staff/me", token, ""); a.status != http.StatusOK {
		t.Errorf("%d %s", a.status, a.body)
	}

	if got := h.refusedIn(request{"PUT", "/api/v1/staff/password", as(token), `{"old":"guess","new":"another long one"}`}); got != "403 password_wrong" {
		t.Errorf("a guessed password: %s", got)
	}
	elsewhere := h.enters(`{"user":"lin","password":"eine lange Nacht"}`)
	if a := h.send("PUT", "/api/v1/staff/password", token, `{"old":"eine lange Nacht","new":"another long one"}`); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
	if got := h.refusedIn(request{"GET", "/api/v1/staff/me", as(elsewhere), ""}); got != "401 login_needed" {
		t.Errorf("another login outlives the password: %s", got)
	}
	if a := h.send("GET", "/api/v1/staff/me", token, ""); a.status != http.StatusOK {
		t.Errorf("whoever changed it is logged out: %d %s", a.status, a.body)
	}
	token = h.enters(`{"user":"lin","password":"another long one"}`)

	// Whoever leaves is out at once, and is not forgotten.
	if a := h.send("PUT", "/api/v1/people/lin", boss, `{"name":"小林","role":"agent","capacity":3,"active":false}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := h.refusedIn(request{"GET", "/api/v1/staff/me", as(token), ""}); got != "401 login_needed" {
		t.Errorf("whoever left is logged in: %s", got)
	}
	if got := h.refusedIn(request{"POST", "/api/v1/staff/login", nil, `{"user":"lin","password":"another long one"}`}); got != "401 login_failed" {
		t.Errorf("whoever left logs in: %s", got)
	}
	if a := h.send("GET", "/api/v1/people", boss, ""); !strings.Contains(string(a.body), `"id":"lin"`) {
		t.Errorf("whoever left is gone: %s", a.body)
	}
	for name, body := range map[string]string{"leaves": `{"name":"管理员","role":"admin","active":false}`, "steps down": `{"name":"管理员","role":"agent","active":true}`} {
		if got := h.refusedIn(request{"PUT", "/api/v1/people/admin", as(boss), body}); got != "409 last_admin" {
			t.Errorf("the last administrator %s: %s", name, got)
		}
	}
	if a := h.send("GET", "/api/v1/audit?action=person_changed", boss, ""); !strings.Contains(string(a.body), "true → false") {
		t.Errorf("the trail does not say what changed: %s", a.body)
	}
}

// Whoever guesses is held back, at the login and at their own password, and told for how long. Whoever knows it is not.
func TestGuessesAreHeldBack(t *testing.T) {
	h := open(t)
	token := h.staff("agent").Token
	for i := range 4 { // each is tried in two languages
		h.staff("agent")
		if got := h.refusedIn(request{"POST", "/api/v1/staff/login", nil, `{"user":"agent","password":"guess"}`}); got != "401 login_failed" {
			t.Errorf("guess %d: %s", 2*i+1, got)
		}
	}
	if got := h.refusedIn(request{"PUT", "/api/v1/staff/password", as(token), `{"old":"guess","new":"another long one"}`}); got != "403 password_wrong" {
		t.Errorf("the last guess: %s", got)
	}
	for _, r := range []request{
		{"POST", "/api/v1/staff/login", nil, `{"user":"agent","password":"guess"}`},
		{"PUT", "/api/v1/staff/password", as(token), `{"old":"guess","new":"another long one"}`},
	} {
		a := h.call(r)
		if a.status != http.StatusTooManyRequests || a.header.Get("Retry-After") == "" || !strings.Contains(string(a.body), "秒后再试") {
			t.Errorf("%s: %d %s (Retry-After %q)", r.path, a.status, a.body, a.header.Get("Retry-After"))
		}
	}
	if got := h.refusedIn(request{"POST", "/api/v1/staff/login", nil, `{"user":"marketing","password":"guess"}`}); got != "401 login_failed" {
		t.Errorf("another account is held back: %s", got)
	}
}

// A conversation is not left with somebody who is not there any more, or may not answer customers any more.
func TestConversationsOfWhoeverLeavesGoBack(t *testing.T) {
	for name, change := range map[string]string{
		"leaves":                `{"name":"小禾","role":"agent","capacity":8,"active":false}`,
		"gets another position": `{"name":"小禾","role":"marketing","capacity":0,"active":true}`,
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			agent, boss := h.staff("agent"), h.staff("admin").Token
			g := h.enter(nil)
			g.ask("你好")
			at := "/api/v1/conversations/" + string(g.Conversation)
			if a := h.send("POST", at+"/accept", agent.Token, "{}"); a.status >= 300 {
				t.Fatalf("%d %s", a.status, a.body)
			}
			stage := func(want string) func() bool {
				return func() bool {
					return strings.Contains(string(h.send("GET", at, boss, "").body), `"stage":"`+want+`"`)
				}
			}
			h.eventually("the agent has it", stage("human"))
			if a := h.send("PUT", "/api/v1/people/agent", boss, change); a.status != http.StatusOK {
				t.Fatalf("%d %s", a.status, a.body)
			}
			h.eventually("it waits again", stage("queued"))
		})
	}
}

// Whoever has left is nobody to pass a conversation on to.
func TestNothingIsPassedOnToWhoeverLeft(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	g := h.enter(nil)
	g.ask("你好")
	if a := h.send("PUT", "/api/v1/people/agent", boss, `{"name":"小禾","role":"agent","capacity":8,"active":false}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	pass := request{"POST", "/api/v1/conversations/" + string(g.Conversation) + "/transfer", as(boss), `{"agent":"agent","force":true}`}
	if got := h.refusedIn(pass); got != "400 agent_unknown" {
		t.Errorf("passed on to whoever has left: %s", got)
	}
	here, err := h.edge.House.Store.Here(t.Context())
	if err != nil || len(here) == 0 || slices.ContainsFunc(here, func(a desk.Agent) bool { return a.ID == "agent" }) {
		t.Errorf("here are %+v (%v)", here, err)
	}
}

func TestTeams(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	var team admin.Team
	decode(t, h.send("POST", "/api/v1/teams", boss, `{"name":"Returns","lead":"agent","hours":{"week":[[{"from":"09:00","to":"18:00"}],[],[],[],[],[],[]],"days":[{"date":"2026-10-01","name":"国庆节","spans":[]}]}}`).body, &team)
	if team.ID == "" || len(team.Hours.Days) != 1 {
		t.Fatalf("%+v", team)
	}
	for body, want := range map[string]string{
		`{"name":"Returns"}`: "409 team_exists",
		`{"name":""}`:        "400 field_empty",
		`{"name":"x","hours":{"week":[[{"from":"18:00","to":"09:00"}]]}}`: "400 hours_order",
		`{"name":"x","hours":{"days":[{"date":"2026-02-30"}]}}`:           "400 hours_date",
		`{"name":"x","lead":"nobody"}`:                                    "404 not_found",
	} {
		if got := h.refusedIn(request{"POST", "/api/v1/teams", as(boss), body}); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	if a := h.send("PUT", "/api/v1/people/agent", boss, `{"name":"小禾","role":"agent","capacity":8,"active":true,"team":"`+team.ID+`"}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	var teams admin.TeamsAnswer
	decode(t, h.send("GET", "/api/v1/teams", boss, "").body, &teams)
	if i := slices.IndexFunc(teams.Teams, func(x admin.Team) bool { return x.ID == team.ID }); i < 0 || len(teams.Teams[i].Members) != 1 {
		t.Errorf("%+v", teams)
	}
	if a := h.send("DELETE", "/api/v1/teams/"+team.ID, boss, ""); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.send("GET", "/api/v1/people", boss, ""); strings.Contains(string(a.body), team.ID) {
		t.Errorf("a team that is gone has members: %s", a.body)
	}
}

// Whoever asks for a person outside of a team's hours is told when it is back, though somebody is logged in.
func TestHoursOfTheLine(t *testing.T) {
	h := open(t)
	boss, agent := h.staff("admin").Token, h.staff("agent")
	day := time.Now().In(time.FixedZone("", 8*60*60)).AddDate(0, 0, 3)
	var team admin.Team
	decode(t, h.send("POST", "/api/v1/teams", boss,
		`{"name":"Returns","hours":{"week":[[],[],[],[],[],[],[]],"days":[{"date":"`+day.Format(time.DateOnly)+`","spans":[{"from":"09:00","to":"18:00"}]}]}}`).body, &team)
	for _, id := range []string{"agent", "agent2", "agent3"} {
		if a := h.send("PUT", "/api/v1/people/"+id, boss, `{"name":"小禾","role":"agent","capacity":8,"active":true,"team":"`+team.ID+`"}`); a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
	}
	h.status(agent, "online")
	g := h.enter(nil)
	g.ask("转人工")
	if q, back := g.told("queued"), day.Format("1月2日")+" 09:00"; q.Staffed || !strings.Contains(q.Text, back) {
		t.Errorf("%+v does not tell of %s", q, back)
	}
	if l, _ := g.ask("给我回电话，13800138000"); !strings.Contains(l.Text, "138****8000") {
		t.Errorf("a number is not taken: %s", l.Text)
	}
	// The team keeps the company's hours, which begin: whoever waits is served.
	if a := h.send("PUT", "/api/v1/teams/"+team.ID, boss, `{"name":"Returns"}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if q := g.told("accepted"); q.Agent != "小禾" {
		t.Errorf("%+v", q)
	}
}

// The company's hours are those of a team that has none, and its holidays everybody's.
func TestCompanyHours(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	today := time.Now().In(time.FixedZone("", 8*60*60)).Format(time.DateOnly)
	for body, want := range map[string]string{
		`{"week":[[{"from":"18:00","to":"09:00"}],[],[],[],[],[],[]]}`: "400 hours_order",
		`{"week":[[]]}`:                    "400 hours_week",
		`{"days":[{"date":"2026-02-30"}]}`: "400 hours_date",
		`{"zone":"Moon/Base"}`:             "400 hours_zone",
	} {
		if got := h.refusedIn(request{"PUT", "/api/v1/company/hours", as(boss), body}); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
	if got := h.refusedIn(request{"PUT", "/api/v1/company/hours", as(h.staff("agent").Token), `{}`}); got != "403 role" {
		t.Errorf("an agent sets the hours: %s", got)
	}
	teams := func() (all admin.TeamsAnswer) {
		decode(t, h.send("GET", "/api/v1/teams", boss, "").body, &all)
		return all
	}
	if all := teams(); !all.Company.Open || !all.Teams[0].Open {
		t.Errorf("closed though nobody said so: %+v", all)
	}
	if a := h.send("PUT", "/api/v1/company/hours", boss, `{"days":[{"date":"`+today+`","name":"店庆","spans":[]}]}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if all := teams(); all.Company.Open || all.Company.Next.IsZero() || all.Teams[0].Open || all.Company.Hours.Days[0].Name != "店庆" || len(all.Teams[0].Hours.Days) != 0 {
		t.Errorf("on a holiday: %+v", all)
	}
	if a := h.send("GET", "/api/v1/audit?action=hours_changed", boss, ""); !strings.Contains(string(a.body), today) {
		t.Errorf("the trail does not say what changed: %s", a.body)
	}
}

// A program calls in a role, is known to the trail and is shut out when its key is revoked.
func TestKeys(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	var made settings.KeyAnswer
	decode(t, h.send("POST", "/api/v1/keys", boss, `{"name":"数据同步","role":"marketing","scopes":["outreach.read"],"days":30}`).body, &made)
	if made.Secret == "" || made.Key.Expires.IsZero() {
		t.Fatalf("%+v", made)
	}
	if a := h.send("GET", "/api/v1/outreach/rules", made.Secret, ""); a.status != http.StatusOK && a.status != http.StatusNotFound {
		t.Errorf("%d %s", a.status, a.body)
	}
	for _, c := range []struct{ method, path, want string }{
		{"GET", "/api/v1/people", "403 role"},
		{"POST", "/api/v1/outreach/rules", "403 scope"}, // its role may, the key may not
		{"GET", "/api/v1/knowledge/library", "403 scope"},
		{"PUT", "/api/v1/staff/password", "403 person_only"},
		{"PUT", "/api/v1/staff/status", "403 person_only"},
		{"GET", "/api/v1/staff/live", "403 person_only"},
		{"POST", "/api/v1/staff/logout", "403 person_only"},
	} {
		if got := h.refusedIn(request{c.method, c.path, as(made.Secret), "{}"}); got != c.want {
			t.Errorf("%s %s: %s, want %s", c.method, c.path, got, c.want)
		}
	}
	if me := string(h.send("GET", "/api/v1/staff/me", made.Secret, "").body); !strings.Contains(me, `"parts":{"outreach":"read"}`) {
		t.Errorf("it may %s", me)
	}
	list := string(h.send("GET", "/api/v1/keys", boss, "").body)
	if strings.Contains(list, made.Secret) || !strings.Contains(list, `"used":"20`) {
		t.Errorf("the list: %s", list)
	}
	if trail := string(h.send("GET", "/api/v1/audit?actor=key:"+made.Key.ID, boss, "").body); !strings.Contains(trail, "people/read") {
		t.Errorf("the trail does not know the key: %s", trail)
	}
	if a := h.send("DELETE", "/api/v1/keys/"+made.Key.ID, boss, ""); a.status != http.StatusNoContent {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if got := h.refusedIn(request{"GET", "/api/v1/staff/me", as(made.Secret), ""}); got != "401 login_needed" {
		t.Errorf("a revoked key: %s", got)
	}
	for body, want := range map[string]string{
		`{"role":"agent"}`:                                         "400 field_empty",
		`{"name":"x","role":"root"}`:                               "400 role_unknown",
		`{"name":"x","role":"agent","days":-1}`:                    "400 parameter",
		`{"name":"x","role":"agent"}`:                              "400 scopes_empty",
		`{"name":"x","role":"agent","scopes":["people.read"]}`:     "400 scope_unknown",
		`{"name":"x","role":"agent","scopes":["knowledge.write"]}`: "400 scope_unknown", // agents read only
		`{"name":"x","role":"agent","scopes":["conversations.*"]}`: "400 scope_unknown",
	} {
		if got := h.refusedIn(request{"POST", "/api/v1/keys", as(boss), body}); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}

// A key is for what its scopes say; one that may write reads, too.
func TestAKeyForConversations(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	g := h.enter(nil)
	g.ask("你好")
	at := "/api/v1/conversations/" + string(g.Conversation)
	key := func(scope string) string {
		var made settings.KeyAnswer
		decode(t, h.send("POST", "/api/v1/keys", boss, `{"name":"`+scope+`","role":"agent","scopes":["`+scope+`"]}`).body, &made)
		return made.Secret
	}
	reads, writes := key("conversations.read"), key("conversations.write")
	for _, secret := range []string{reads, writes} {
		if a := h.send("GET", at+"/messages", secret, ""); a.status != http.StatusOK {
			t.Errorf("%d %s", a.status, a.body)
		}
	}
	if got := h.refusedIn(request{"POST", at + "/messages", as(reads), `{"text":"您好"}`}); got != "403 scope" {
		t.Errorf("a key that reads wrote: %s", got)
	}
	if a := h.send("POST", at+"/accept", writes, "{}"); a.status == http.StatusForbidden {
		t.Errorf("%d %s", a.status, a.body)
	}
}

// What sets a channel up is told by name; the secret never is.
func TestChannelsAndStreams(t *testing.T) {
	const secret = "a-very-secret-secret"
	h := open(t, "KELIU_DOUYIN_CLIENT_SECRET="+secret)
	boss := h.staff("admin").Token
	a := h.send("GET", "/api/v1/channels", boss, "")
	var all channels.ChannelsAnswer
	decode(t, a.body, &all)
	if strings.Contains(string(a.body), secret) {
		t.Error("the secret is told")
	}
	found := map[string]channels.Channel{}
	for _, c := range all.Channels {
		found[c.Name] = c
	}
	if d := found["douyin"]; d.On || d.Health == nil || !slices.Contains(d.Health.Missing, "KELIU_DOUYIN_API") || d.Hook != "/hooks/douyin" || len(d.Settings) < 5 || !found["web"].On {
		t.Errorf("%s", a.body)
	}
	if a := h.send("GET", "/api/v1/streams", boss, ""); a.status != http.StatusOK || !strings.Contains(string(a.body), "desk.inbound") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if got := h.refusedIn(request{"POST", "/api/v1/streams/replay", as(boss), `{"topic":"anything"}`}); got != "400 topic_unknown" {
		t.Errorf("an unknown stream: %s", got)
	}
	if a := h.send("POST", "/api/v1/streams/replay", boss, `{"topic":"desk.outbound"}`); !strings.Contains(string(a.body), `"replayed":0`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	var test settings.TestAnswer
	if decode(t, h.send("POST", "/api/v1/providers/test", boss, "").body, &test); test.Provider != "builtin" || test.Text == "" {
		t.Errorf("%+v", test)
	}
}

// What a provider costs and how it fares is told, what it is called with is not; a test really calls it.
func TestProviders(t *testing.T) {
	p, setting := model(t, simulator.Rule{Contains: "*", Answer: "您好，签收后 7 天内可以申请退货。"})
	h := open(t, setting+"&price_in=100&price_out=100&budget=500")
	boss := h.staff("admin").Token
	test := func(query string) (out settings.TestAnswer) {
		h.Helper()
		decode(t, h.send("POST", "/api/v1/providers/test"+query, boss, "").body, &out)
		return out
	}
	if got := test("?provider=1"); got.Because != "" || !strings.Contains(got.Text, "7 天") || got.MicroYuan == 0 || len(p.Requests()) != 1 {
		t.Errorf("%+v after %d calls", got, len(p.Requests()))
	}
	if got := test(""); got.Provider != "openai" || len(p.Requests()) != 2 {
		t.Errorf("%+v after %d calls", got, len(p.Requests()))
	}
	if got := h.refusedIn(request{"POST", "/api/v1/providers/test?provider=2", as(boss), ""}); got != "404 not_found" {
		t.Errorf("a provider that is none: %s", got)
	}
	var all settings.ProvidersAnswer
	h.eventually("both calls are counted", func() bool {
		a := h.send("GET", "/api/v1/providers", boss, "")
		if strings.Contains(string(a.body), "sk-secret") {
			t.Fatalf("the key is told: %s", a.body)
		}
		decode(t, a.body, &all)
		return all.Providers[0].Day.Calls == 2
	})
	if got := all.Providers[0]; got.Day.Errors != 0 || got.Day.MicroYuan == 0 || got.Day.Share != 1 || got.Budget != 5_000_000 || got.Spent != got.Day.MicroYuan || got.Place != 1 || got.State != "closed" {
		t.Errorf("%+v", got)
	}

	broken, setting := model(t, simulator.Rule{Contains: "*", Answer: "赔您 9999 元。"})
	h = open(t, setting)
	boss = h.staff("admin").Token
	if got := test("?provider=1"); got.Because == "" || got.Text != "" || len(broken.Requests()) != 1 {
		t.Errorf("an answer with an invented figure: %+v", got)
	}
	h.eventually("the failure is counted", func() bool {
		decode(t, h.send("GET", "/api/v1/providers", boss, "").body, &all)
		return all.Providers[0].Day.Errors == 1
	})
}

// Webhooks that nobody signed, and what the network did not take, are told of the channel.
func TestHowTheNetworkFares(t *testing.T) {
	h, p := onDouyin(t, t.TempDir())
	boss := h.staff("admin").Token
	douyin := func(lang string) channels.Channel {
		var all channels.ChannelsAnswer
		decode(t, h.call(request{"GET", "/api/v1/channels", as(boss, "Accept-Language", lang), ""}).body, &all)
		for _, c := range all.Channels {
			if c.Name == "douyin" && c.Health != nil {
				return c
			}
		}
		t.Fatalf("%+v", all)
		return channels.Channel{}
	}
	before := douyin("zh")
	if !before.On || len(before.Health.Missing) != 0 {
		t.Errorf("%+v %+v", before, before.Health)
	}
	if a := h.call(request{"POST", "/hooks/douyin", map[string]string{"X-Douyin-Signature": "forged"}, `{"event":"im_receive_msg"}`}); a.status < 400 {
		t.Errorf("a forged webhook: %d", a.status)
	}
	if err := p.Fail(simulated.Fault{On: simulated.CallSend, Kind: "28003070", Times: 1}); err != nil {
		t.Fatal(err)
	}
	p.Say("小鱼", "能开发票吗")
	h.eventually("what the network did not take", func() bool { return douyin("zh").Health.Held == 1 })
	zh, en := douyin("zh").Health, douyin("en").Health
	if zh.Forged != before.Health.Forged+1 || zh.Hooks <= before.Health.Hooks || zh.Hook.IsZero() || zh.Erred.IsZero() {
		t.Errorf("%+v", zh)
	}
	if c := douyin("zh"); c.Delivered.IsZero() && c.Sent > 0 || len(c.Failures) != 1 || c.Failures[0].Code != 28003070 || !strings.Contains(c.Failures[0].Because, "已用完") {
		t.Errorf("%+v", c)
	}
	check := func() (out channels.CheckAnswer) {
		decode(t, h.send("POST", "/api/v1/channels/douyin/check", boss, "").body, &out)
		return out
	}
	if got := check(); !got.OK || got.Because != "" {
		t.Errorf("the network lets us in: %+v", got)
	}
	if err := p.Fail(simulated.Fault{On: simulated.CallToken, Kind: "10013", Times: 1}); err != nil {
		t.Fatal(err)
	}
	if got := check(); got.OK || !strings.Contains(got.Because, "client_secret") {
		t.Errorf("the network does not let us in: %+v", got)
	}
	if got := h.refusedIn(request{"POST", "/api/v1/channels/web/check", as(boss), ""}); got != "404 not_found" {
		t.Errorf("no network stands behind the widget: %s", got)
	}
	if !strings.Contains(zh.Error, "已用完") || strings.Contains(zh.Error, "used up") || !strings.Contains(en.Error, "used up") {
		t.Errorf("%q, %q", zh.Error, en.Error)
	}
}
