package policy_test

import (
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/edge/staff/door/doortest"
	"keliu/edge/staff/policy"
	"keliu/functions/store"
	"keliu/functions/store/drafts"
	"keliu/policies"
	"keliu/policies/replay"
	"keliu/policies/trial"
)

const at = "/api/v1/policies"

func open(t *testing.T) *doortest.House {
	t.Helper()
	h := doortest.Open(t)
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	h.Mount((&policy.Room{Door: h.Door, Rules: h.Door.Rules, Streams: h.Streams, Drafts: drafts.Open(s.DB), Staff: h, Now: h.Now}).Routes())
	return h
}

// embedded is a file of the rules that come with the product, with lines added.
func embedded(name, lines string) map[string]string {
	return map[string]string{name: policies.Embedded().Files[name] + "\n" + lines}
}

func files(f map[string]string) policy.FilesRequest { return policy.FilesRequest{Files: f} }

func acts(h *doortest.House, action string) (n int) {
	for _, e := range h.Acts() {
		if e.Action == action {
			n++
		}
	}
	return n
}

func TestAMistakeIsExplainedWhereItStands(t *testing.T) {
	h := open(t)
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"a rule":              {embedded("may_see.rego", "permit.x := if {"), "if 前面还没有写规则的值"},
		"a test":              {embedded("may_see_test.rego", "test_x if y > 1"), "变量 y 没有取值的来源"},
		"a way out":           {embedded("may_see.rego", `permit.x := "x" if http.send({"method": "get", "url": "http://example.com"}).ok`), "规则里不能使用 http.send"},
		"the machine":         {embedded("may_see.rego", `permit.x := "x" if opa.runtime().env.HOME`), "规则里不能使用 opa.runtime"},
		"what is not asked":   {embedded("may_see.rego", `permit.x := "x" if input.rule == "agent"`), "这个问题没有“rule”这一项"},
		"a question left out": {map[string]string{"keep_for.rego": "package keliu.other"}, "缺少 keliu.keep_for"},
	} {
		var got policy.CheckAnswer
		if status := h.Call("compliance", "POST", at+"/check", files(c.files), &got); status != "200" || len(got.Mistakes) != 1 {
			t.Errorf("%s: %s %+v", name, status, got)
			continue
		}
		m := got.Mistakes[0]
		if _, named := c.files[m.File]; !named || m.Line < 1 || m.Column < 1 || m.Text == "" || !strings.HasPrefix(m.Meaning, c.want) {
			t.Errorf("%s: %+v", name, m)
		}
		for _, call := range []string{"/test", "/replay", "/table"} {
			if strings.HasSuffix(m.File, "_test.rego") && call != "/test" { // tests decide nothing
				continue
			}
			if status := h.Call("compliance", "POST", at+call, files(c.files), nil); status != "400 rules_broken" {
				t.Errorf("%s, %s: %s", name, call, status)
			}
		}
		published := policy.PublishRequest{PolicyRequest: policy.PolicyRequest{Files: c.files, Note: "x"}, Despite: true}
		if status := h.Call("compliance", "POST", at+"/publish", published, nil); status != "400 rules_broken" {
			t.Errorf("%s is published: %s", name, status)
		}
	}
	if h.Door.Rules.Revision() != policies.Embedded().Revision {
		t.Error("something was published")
	}
}

func TestFailingTestsKeepASetOut(t *testing.T) {
	h := open(t)
	wrong := embedded("may_see_test.rego", "test_wrong if {\n\tprint(\"here\")\n\t1 == 2\n}")
	var tried trial.Result
	if status := h.Call("compliance", "POST", at+"/test", files(wrong), &tried); status != "200" || tried.Failed != 1 || tried.Tests[0].Output != "here\n" || tried.Covered < 90 {
		t.Fatalf("%s %+v", status, tried)
	}
	publish := policy.PublishRequest{PolicyRequest: policy.PolicyRequest{Files: wrong, Note: "x", Base: h.Door.Rules.Revision()}}
	if status := h.Call("compliance", "POST", at+"/publish", publish, nil); status != "409 rules_tests_failed" {
		t.Errorf("failing tests: %s", status)
	}
	if n := acts(h, "policy_published"); n != 0 || h.Door.Rules.Revision() != publish.Base {
		t.Errorf("%d publications", n)
	}
	publish.Despite = true
	if status := h.Call("compliance", "POST", at+"/publish", publish, nil); status != "200" {
		t.Errorf("although they fail: %s", status)
	}
	if acts(h, "policy_tests_overruled") != 1 || acts(h, "policy_published") != 1 {
		t.Errorf("the trail: %+v", h.Acts())
	}
}

func TestTwoWhoPublishAtOnceAreAConflict(t *testing.T) {
	h := open(t)
	base := h.Door.Rules.Revision()
	var mu sync.Mutex
	said := map[string]int{}
	var wg sync.WaitGroup
	for _, name := range []string{"one", "two", "three"} {
		wg.Go(func() {
			request := policy.PublishRequest{PolicyRequest: policy.PolicyRequest{Files: embedded("may_see.rego", "# "+name), Note: name, Base: base}}
			status := h.Call("compliance", "POST", at+"/publish", request, nil)
			mu.Lock()
			defer mu.Unlock()
			said[status]++
		})
	}
	wg.Wait()
	if diff := cmp.Diff(map[string]int{"200": 1, "409 policies_changed_meanwhile": 2}, said); diff != "" {
		t.Error(diff)
	}
	if n := acts(h, "policy_published"); n != 1 {
		t.Errorf("%d publications in the trail", n)
	}
}

func TestVersionsAreReadByTheirRevision(t *testing.T) {
	h := open(t)
	first := h.Door.Rules.Revision()
	publish := policy.PublishRequest{PolicyRequest: policy.PolicyRequest{Files: embedded("may_see.rego", "# 二"), Note: "第二版", Base: first}}
	var second policy.RevisionAnswer
	if status := h.Call("compliance", "POST", at+"/publish", publish, &second); status != "200" {
		t.Fatal(status)
	}
	var list policy.PoliciesAnswer
	h.Call("compliance", "GET", at+"?brief=true", nil, &list)
	if len(list.Sets) != 2 || list.Sets[0].Revision != second.Revision || len(list.Sets[0].Files) == 0 || len(list.Sets[1].Files) != 0 || list.People["compliance"] != "姓名 compliance" {
		t.Errorf("%+v", list.People)
	}
	for _, want := range []policies.Set{{Revision: first, Author: "keliu"}, {Revision: second.Revision, Author: "compliance", Note: "第二版", Base: first}} {
		var got policies.Set
		status := h.Call("executive", "GET", at+"/"+want.Revision, nil, nil)
		if status != "403 role" {
			t.Errorf("an executive reads rules: %s", status)
		}
		status = h.Call("admin", "GET", at+"/"+want.Revision, nil, &got)
		if status != "200" || got.Revision != want.Revision || got.Author != want.Author || len(got.Files) < 12 || want.Note != "" && got.Note != want.Note {
			t.Errorf("%s: %s %s %s %d files", want.Revision, status, got.Author, got.Note, len(got.Files))
		}
	}
	if status := h.Call("admin", "GET", at+"/none", nil, nil); status != "404 policies_revision_unknown" {
		t.Errorf("a revision that is none: %s", status)
	}
}

// The editor keeps a draft at every pause; the trail holds each session of writing once, and each author's apart.
func TestASessionOfWritingIsInTheTrailOnce(t *testing.T) {
	h := open(t)
	save := func(base string) {
		t.Helper()
		if status := h.Call("compliance", "PUT", at+"/draft", drafts.Draft{Base: base, Files: embedded("may_see.rego", "# x")}, nil); status != "200" {
			t.Fatal(status)
		}
	}
	for _, step := range []struct {
		after time.Duration
		base  string
		want  int
	}{
		{0, "a", 1}, {time.Second, "a", 1}, {9 * time.Minute, "a", 1}, {59 * time.Second, "a", 2}, {0, "a", 2}, {9*time.Minute + 59*time.Second, "a", 2},
		{time.Second, "a", 3}, {0, "b", 4}, {time.Minute, "b", 4},
	} {
		h.Time = h.Time.Add(step.after)
		save(step.base)
		if n := acts(h, "policy_draft_saved"); n != step.want {
			t.Fatalf("%+v: %d entries", step, n)
		}
	}
	for range 2 { // the second time there is none
		if status := h.Call("compliance", "DELETE", at+"/draft", nil, nil); status != "204" {
			t.Error(status)
		}
	}
	if n := acts(h, "policy_draft_removed"); n != 1 {
		t.Errorf("removed %d times", n)
	}
	save("b")
	if n := acts(h, "policy_draft_saved"); n != 5 {
		t.Errorf("a new draft: %d entries", n)
	}
	if status := h.Call("admin", "PUT", at+"/draft", drafts.Draft{}, nil); status != "403 role" {
		t.Errorf("an administrator writes rules: %s", status)
	}
}

func TestAHugeDraftIsRefused(t *testing.T) {
	h := open(t)
	huge := files(map[string]string{"may_see.rego": strings.Repeat("# x\n", 1<<19)})
	for _, call := range []string{"PUT /draft", "POST /check", "POST /test", "POST /replay", "POST /publish", "POST /table"} {
		method, path, _ := strings.Cut(call, " ")
		if status := h.Call("compliance", method, at+path, huge, nil); status != "413 body_too_large" {
			t.Errorf("%s: %s", call, status)
		}
	}
}

func TestAReplayCountsByQuestionRoleAndChannel(t *testing.T) {
	h := open(t)
	for range 3 {
		if _, err := h.Door.Rules.MayContact(t.Context(), policies.MayContact{Channel: "douyin", Purpose: "reply"}); err != nil {
			t.Fatal(err)
		}
	}
	closed := map[string]string{"may_contact.rego": "package keliu.may_contact"}
	var got replay.Result
	if status := h.Call("compliance", "POST", at+"/replay", policy.ReplayRequest{FilesRequest: files(closed), Days: 1}, &got); status != "200" {
		t.Fatal(status)
	}
	if want := (replay.Count{Name: "douyin", Decisions: 3, Different: 3}); !slices.Contains(got.Channels, want) || got.Questions[0].Name != "may_contact" || got.Different != 3 {
		t.Errorf("%+v", got)
	}
	if status := h.Call("compliance", "POST", at+"/replay", policy.ReplayRequest{Days: 8}, nil); status != "400 parameter" {
		t.Errorf("more days than are kept: %s", status)
	}
}

func TestTheTableChangesOneCellOfADraft(t *testing.T) {
	h := open(t)
	cell := func(a policy.TableAnswer, role, field string) policies.Action {
		for _, c := range a.Cells {
			if c.Role == role && c.Field == field {
				return c.Action
			}
		}
		return "none"
	}
	var draft map[string]string
	for _, step := range []struct{ action, want policies.Action }{{policies.Show, policies.Show}, {policies.Tail, policies.Tail}, {policies.Drop, policies.Drop}, {"", policies.Mask}} {
		var got policy.TableAnswer
		status := h.Call("compliance", "POST", at+"/table", policy.TableRequest{FilesRequest: files(draft), Role: "agent", Field: "mobile", Action: step.action}, &got)
		if status != "200" || cell(got, "agent", "mobile") != step.want || cell(got, "marketing", "mobile") != policies.Mask || cell(got, "agent", "id_card") != policies.Mask {
			t.Errorf("%q: %s %s", step.action, status, cell(got, "agent", "mobile"))
		}
		draft = got.Files
	}
	if draft["may_reveal.rego"] != policies.Embedded().Files["may_reveal.rego"] {
		t.Error("taking the exception back leaves something behind")
	}
	for name, c := range map[string]struct {
		in   policy.TableRequest
		want string
	}{
		"a role that is none":    {policy.TableRequest{Role: "boss", Field: "mobile", Action: policies.Show}, "400 rules_cell"},
		"a kind that is none":    {policy.TableRequest{Role: "agent", Field: "shoe", Action: policies.Show}, "400 rules_cell"},
		"an action that is none": {policy.TableRequest{Role: "agent", Field: "mobile", Action: "burn"}, "400 rules_cell"},
		"a table rewritten by hand": {policy.TableRequest{FilesRequest: files(map[string]string{"may_reveal.rego": strings.Replace(
			policies.Embedded().Files["may_reveal.rego"], "exceptions := {\n}", "exceptions := {\"agent\": {}}", 1)}), Role: "agent", Field: "mobile", Action: policies.Show}, "409 rules_table"},
	} {
		if status := h.Call("compliance", "POST", at+"/table", c.in, nil); status != c.want {
			t.Errorf("%s: %s", name, status)
		}
	}
}
