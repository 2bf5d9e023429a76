package acceptance_test

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"

	"keliu/policies/audit"
)

// A phone number that a customer gave, and as agents see it by the rules that come with the product.
const number = "13912345678"

func (h *house) post(token, path string, in, out any) answer {
	h.Helper()
	body, err := json.Marshal(in)
	if err != nil {
		h.Fatal(err)
	}
	a := h.call(request{http.MethodPost, path, as(token), string(body)})
	if out != nil && a.status == http.StatusOK {
		decode(h.T, a.body, out)
	}
	return a
}

// Compliance opens mobile numbers to agents: by the table, tested, replayed and published; agents see it within a second, and no
// longer once it is rolled back. Every step is in the trail.
func TestCompliancePublishesAChangeThatAgentsSee(t *testing.T) {
	h := open(t)
	compliance, agent := h.staff("compliance").Token, h.staff("agent").Token
	guest := h.enter(nil)
	guest.ask("我的手机号是" + number + "，帮我查订单")
	sees := func() string {
		a := h.call(request{http.MethodGet, "/api/v1/conversations/" + string(guest.Conversation) + "/messages", as(agent), ""})
		if a.status != http.StatusOK {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return string(a.body)
	}
	if strings.Contains(sees(), number) {
		t.Fatal("agents see the number before")
	}
	type files struct {
		Files map[string]string `json:"files"`
	}
	var table struct {
		files
		Cells []struct{ Role, Field, Action string }
	}
	change := map[string]any{"role": "agent", "field": "mobile", "action": "show"}
	if a := h.post(compliance, "/api/v1/policies/table", change, &table); a.status != http.StatusOK || len(table.Files) != 1 {
		t.Fatalf("the table: %d %s", a.status, a.body)
	}
	for _, c := range table.Cells {
		if c.Role == "agent" && c.Field == "mobile" && c.Action != "show" || c.Role == "agent" && c.Field == "id_card" && c.Action != "mask" {
			t.Errorf("by the draft an agent sees %+v", c)
		}
	}
	if strings.Contains(sees(), number) {
		t.Error("a draft is in force")
	}
	var tested struct{ Passed, Failed int }
	if a := h.post(compliance, "/api/v1/policies/test", table.files, &tested); a.status != http.StatusOK || tested.Failed != 0 || tested.Passed < 30 {
		t.Errorf("the tests: %d %s", a.status, a.body)
	}
	var replayed struct {
		Decisions, Different int
		Changes              []struct{ Question string }
	}
	if a := h.post(compliance, "/api/v1/policies/replay", table.files, &replayed); a.status != http.StatusOK || replayed.Different == 0 || replayed.Different >= replayed.Decisions ||
		replayed.Changes[0].Question != "may_reveal" {
		t.Errorf("the replay: %d %.400s", a.status, a.body)
	}
	publish := map[string]any{"files": table.Files, "base": h.edge.House.Rules.Revision(), "note": "回访需要"}
	before := h.edge.House.Rules.Revision()
	if a := h.post(compliance, "/api/v1/policies/publish", map[string]any{"files": table.Files}, nil); a.refusal(t, "zh") != "400 rules_note" {
		t.Errorf("without a note: %d %s", a.status, a.body)
	}
	published := time.Now()
	if a := h.post(compliance, "/api/v1/policies/publish", publish, nil); a.status != http.StatusOK {
		t.Fatalf("publish: %d %s", a.status, a.body)
	}
	h.until("the change", func() bool { return strings.Contains(sees(), number) })
	t.Logf("agents see the number %s after it was published", time.Since(published).Round(time.Millisecond))
	if a := h.post(compliance, "/api/v1/policies/publish", publish, nil); a.refusal(t, "zh") != "409 policies_changed_meanwhile" {
		t.Errorf("from the old base again: %d %s", a.status, a.body)
	}
	if a := h.post(compliance, "/api/v1/policies/rollback", map[string]string{"revision": before, "note": "收回"}, nil); a.status != http.StatusOK {
		t.Fatalf("rollback: %d %s", a.status, a.body)
	}
	h.until("the change back", func() bool { return !strings.Contains(sees(), number) })

	a := h.call(request{http.MethodGet, "/api/v1/audit?actor=compliance&limit=50", as(compliance), ""})
	for _, step := range []string{"policy_tested", "policy_replayed", "policy_published", "policy_rolled_back"} {
		if !strings.Contains(string(a.body), `"`+step+`"`) {
			t.Errorf("the trail lacks %s", step)
		}
	}
	var verified struct{ Whole bool }
	if a := h.call(request{http.MethodGet, "/api/v1/audit/verify", as(compliance), ""}); a.status != http.StatusOK || json.Unmarshal(a.body, &verified) != nil || !verified.Whole {
		t.Errorf("verify: %d %s", a.status, a.body)
	}
	h.stop()
	if report, err := audit.Verify(h.dir + "/audit"); err != nil || report.Broken != nil {
		t.Errorf("the chain: %+v, %v", report, err)
	}
}

// What does not compile, and what fails its own tests, is not published by accident.
func TestBrokenRulesStayOut(t *testing.T) {
	h := open(t)
	compliance := h.staff("compliance").Token
	in := h.edge.House.Rules.Revision()
	broken := map[string]any{"files": map[string]string{"may_see.rego": "package keliu.may_see\n\npermit.x if {\n"}, "note": "x"}
	var checked struct {
		Mistakes []struct {
			File string
			Line int
			Text string
		}
	}
	if a := h.post(compliance, "/api/v1/policies/check", broken, &checked); a.status != http.StatusOK || len(checked.Mistakes) == 0 || checked.Mistakes[0].File != "may_see.rego" || checked.Mistakes[0].Line < 3 {
		t.Errorf("check: %d %s", a.status, a.body)
	}
	for _, path := range []string{"publish", "test", "replay"} {
		if a := h.post(compliance, "/api/v1/policies/"+path, broken, nil); a.refusal(t, "zh") != "400 rules_broken" {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	source := h.edge.House.Rules
	sets, err := source.Sets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	see := strings.ReplaceAll(sets[len(sets)-1].Files["may_see.rego"], `"policies": {"read", "write"}`, `"policies": {"read"}`)
	failing := map[string]any{"files": map[string]string{"may_see.rego": see}, "note": "收紧"}
	if a := h.post(compliance, "/api/v1/policies/publish", failing, nil); a.refusal(t, "zh") != "409 rules_tests_failed" {
		t.Errorf("failing tests: %d %s", a.status, a.body)
	}
	if h.edge.House.Rules.Revision() != in {
		t.Error("something was published")
	}
	if a := h.post(h.staff("admin").Token, "/api/v1/policies/publish", failing, nil); a.refusal(t, "zh") != "403 role" {
		t.Errorf("an administrator publishes: %d %s", a.status, a.body)
	}
}

func TestADraftIsKept(t *testing.T) {
	h := open(t)
	compliance := h.staff("compliance").Token
	draft := request{http.MethodGet, "/api/v1/policies/draft", as(compliance), ""}
	if got := h.refusedIn(draft); got != "404 not_found" {
		t.Errorf("before there is one: %s", got)
	}
	put := request{http.MethodPut, "/api/v1/policies/draft", as(compliance), `{"base":"b","files":{"may_see.rego":"package x"},"note":"n"}`}
	if a := h.call(put); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if a := h.call(draft); a.status != http.StatusOK || !strings.Contains(string(a.body), "package x") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.call(request{http.MethodDelete, "/api/v1/policies/draft", as(compliance), ""}); a.status != http.StatusNoContent {
		t.Errorf("%d %s", a.status, a.body)
	}
	if got := h.refusedIn(draft); got != "404 not_found" {
		t.Errorf("after it was removed: %s", got)
	}
}
