package acceptance_test

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/getkin/kin-openapi/openapi3"

	"keliu/infra/rig"
	"keliu/policies"
)

func TestLogin(t *testing.T) {
	h := open(t)
	login := func(body string, header ...string) request {
		r := request{http.MethodPost, "/api/v1/staff/login", map[string]string{}, body}
		for i := 0; i+1 < len(header); i += 2 {
			r.header[header[i]] = header[i+1]
		}
		return r
	}
	good := `{"user":"admin","password":"` + rig.Password + `"}`
	for name, c := range map[string]struct {
		request
		want string
	}{
		"wrong password":   {login(`{"user":"compliance","password":"guess"}`), "401 login_failed"},
		"unknown user":     {login(`{"user":"nobody","password":"guess"}`), "401 login_failed"},
		"no password":      {login(`{"user":"marketing"}`), "401 login_failed"},
		"nothing":          {login(``), "401 login_failed"},
		"broken":           {login(`{"user":`), "400 json_broken"},
		"wrong types":      {login(`{"user":1,"password":[]}`), "400 json_broken"},
		"from elsewhere":   {login(good, "Sec-Fetch-Site", "cross-site"), "403 cross_site"},
		"foreign origin":   {login(good, "Origin", "https://evil.example"), "403 cross_site"},
		"not logged in":    {request{http.MethodGet, "/api/v1/staff/me", nil, ""}, "401 login_needed"},
		"rubbish token":    {request{http.MethodGet, "/api/v1/staff/me", as("rubbish"), ""}, "401 login_needed"},
		"customer's token": {request{http.MethodGet, "/api/v1/staff/me", as(h.enter(nil).Token), ""}, "401 login_needed"},
	} {
		if got := h.refusedIn(c.request); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}

	a := h.call(login(good))
	cookie := a.header.Get("Set-Cookie")
	if a.status != http.StatusOK || !strings.Contains(cookie, "HttpOnly") || !strings.Contains(cookie, "SameSite=Strict") {
		t.Fatalf("%d %s, cookie %q", a.status, a.body, cookie)
	}
	var in struct{ Token string }
	decode(t, a.body, &in)
	me := request{http.MethodGet, "/api/v1/staff/me", map[string]string{"Cookie": strings.Split(cookie, ";")[0]}, ""}
	if a := h.call(me); a.status != http.StatusOK || !strings.Contains(string(a.body), `"role":"admin"`) {
		t.Errorf("with the cookie: %d %s", a.status, a.body)
	}
	out := request{http.MethodPost, "/api/v1/staff/logout", map[string]string{"Cookie": me.header["Cookie"], "Origin": "https://evil.example"}, ""}
	if got := h.refusedIn(out); got != "403 cross_site" {
		t.Errorf("the cookie from another site: %s", got)
	}
	if a := h.call(request{http.MethodPost, "/api/v1/staff/logout", as(in.Token), ""}); a.status != http.StatusNoContent {
		t.Errorf("logout: %d %s", a.status, a.body)
	}
	if got := h.refusedIn(me); got != "401 login_needed" {
		t.Errorf("after the logout: %s", got)
	}

	hash := sha256.Sum256([]byte("old"))
	if err := h.edge.House.Store.Login(t.Context(), hex.EncodeToString(hash[:]), "admin", time.Now().Add(-time.Second), time.Now().Add(-time.Hour)); err != nil {
		t.Fatal(err)
	}
	if got := h.refusedIn(request{http.MethodGet, "/api/v1/staff/me", as("old"), ""}); got != "401 login_needed" {
		t.Errorf("an expired login: %s", got)
	}

	tries := 0
	for ; tries < 20; tries++ {
		if a := h.call(login(`{"user":"agent","password":"guess"}`)); a.status != http.StatusUnauthorized {
			if got := a.refusal(t, "zh"); got != "429 login_throttled" {
				t.Errorf("after %d tries: %s", tries, got)
			}
			break
		}
	}
	if tries == 20 {
		t.Error("who guesses is not held back")
	}
	if a := h.call(login(`{"user":"executive","password":"` + rig.Password + `"}`)); a.status != http.StatusOK {
		t.Errorf("another account is held back with it: %d", a.status)
	}
}

// Every call of the staff is refused to strangers, and to the roles that the rules do not allow it to.
func TestRolesAndRoutes(t *testing.T) {
	h := open(t)
	doc := h.document()
	people := map[string]string{}
	for _, role := range []string{"admin", "agent", "marketing", "compliance", "executive"} {
		people[role] = h.staff(role).Token
	}
	calls := 0
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			if op.Security == nil || len(*op.Security) != 2 { // token and cookie: the staff's
				continue
			}
			part, action := partOf(op.Tags[0], path, method)
			r := request{method, strings.NewReplacer("{id}", "nobody").Replace(path), nil, ""}
			if got := h.refusedIn(r); got != "401 login_needed" {
				t.Errorf("%s %s for a stranger: %s", method, path, got)
			}
			if part == "" || path == "/api/v1/staff/logout" {
				continue
			}
			for role, token := range people {
				calls++
				ruling, err := h.edge.House.Rules.MaySee(t.Context(), policies.MaySee{Role: role, Part: part, Action: action})
				if err != nil {
					t.Fatal(err)
				}
				a := h.call(request{method, r.path, as(token), "{}"})
				if (a.status == http.StatusForbidden) == ruling.Allow || a.status == http.StatusUnauthorized || a.status >= 500 {
					t.Errorf("%s %s for %s: %d, the rules allow it: %v\n%s", method, path, role, a.status, ruling.Allow, a.body)
				}
			}
		}
	}
	if calls < 80 {
		t.Errorf("only %d calls were tried", calls)
	}
}

// partOf is the part of the product that a call belongs to, as the rules name it.
func partOf(tag, path, method string) (part, action string) {
	action = "write"
	if method == http.MethodGet {
		action = "read"
	}
	switch {
	case path == "/api/v1/staff":
		return "people", action
	case tag == "staff":
		return "", "" // whoever is logged in
	}
	return tag, action
}

func (h *house) document() *openapi3.T {
	h.Helper()
	doc, err := openapi3.NewLoader().LoadFromData(h.call(request{http.MethodGet, "/openapi.json", nil, ""}).body)
	if err != nil {
		h.Fatal(err)
	}
	return doc
}

// Compliance changes what an agent sees, at once, and takes it back.
func TestPoliciesChangeWhatIsSeen(t *testing.T) {
	const phone = "13912345678"
	h := open(t)
	g := h.enter(nil)
	g.ask("我的手机号是" + phone)
	agent, compliance := h.staff("agent"), h.staff("compliance")
	sees := func() bool {
		var raw json.RawMessage
		h.do(agent, http.MethodGet, "/api/v1/conversations/"+g.Conversation+"/messages", nil, &raw)
		return strings.Contains(string(raw), phone)
	}
	if sees() {
		t.Fatal("the agent sees the number from the start")
	}
	var sets struct{ Sets []policies.Set }
	h.do(compliance, http.MethodGet, "/api/v1/policies", nil, &sets)
	if len(sets.Sets) == 0 {
		t.Fatal("there are no rules")
	}
	force := sets.Sets[0]
	name, source := "", ""
	for n, text := range force.Files {
		if strings.Contains(text, "package keliu.may_reveal\n") {
			name, source = n, text
		}
	}
	put := func(text string) error {
		return compliance.Call(t.Context(), http.MethodPut, "/api/v1/policies", nil,
			policyRequest{map[string]string{name: text}, force.Revision, "a test"}, nil)
	}
	err := put(source + "\nmask.broken := if {\n")
	if refused(err) != "400 rules_broken" || !regexp.MustCompile(`\d+:`).MatchString(err.Error()) {
		t.Errorf("broken rules: %v", err)
	}
	if sees() {
		t.Error("broken rules have changed something")
	}
	if err := put(strings.ReplaceAll(source, `input.role in {"agent", "marketing"}`, `input.role in {"marketing"}`) +
		"\nshow.agents_too := \"试行。A trial.\" if {\n\tinput.purpose == \"staff\"\n\tinput.role == \"agent\"\n\tinput.field in (personal - sensitive)\n}\n"); err != nil {
		t.Fatal(err)
	}
	h.eventually("the new rule is in force", sees)
	h.do(compliance, http.MethodPost, "/api/v1/policies/rollback", map[string]string{"revision": force.Revision, "note": "back"}, nil)
	h.eventually("the old rule is in force", func() bool { return !sees() })

	var trail struct {
		Entries []struct{ Actor, Action string }
	}
	h.do(compliance, http.MethodGet, "/api/v1/audit?limit=50&actor=compliance", nil, &trail)
	did := map[string]bool{}
	for _, e := range trail.Entries {
		did[e.Action] = true
		if e.Actor != "compliance" {
			t.Errorf("%+v", e)
		}
	}
	if !did["policy_published"] || !did["policy_rolled_back"] || !did["login"] {
		t.Errorf("the trail holds %v", did)
	}
}

type policyRequest struct {
	Files map[string]string `json:"files"`
	Base  string            `json:"base"`
	Note  string            `json:"note"`
}
