package acceptance_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
)

// conforms makes a call and holds its answer against what the document says of it. id stands for {id} in the path.
func (h *house) conforms(doc *openapi3.T, method, path, id string, header map[string]string, body string) answer {
	h.Helper()
	template, query, _ := strings.Cut(path, "?")
	item := doc.Paths.Value(template)
	if item == nil || item.GetOperation(method) == nil {
		h.Errorf("%s %s is not in the document", method, template)
		return answer{}
	}
	target := strings.NewReplacer("{id}", id, "{channel}", id).Replace(template)
	if query != "" {
		target += "?" + query
	}
	a := h.call(request{method, target, header, body})
	responses := item.GetOperation(method).Responses
	told := responses.Status(a.status)
	if told == nil && a.status >= 400 {
		told = responses.Default()
	}
	if told == nil {
		h.Errorf("%s %s: the document does not know the status %d\n%s", method, target, a.status, a.body)
		return a
	}
	if len(told.Value.Content) == 0 {
		if len(a.body) > 0 {
			h.Errorf("%s %s: an answer without content holds %q", method, target, a.body)
		}
		return a
	}
	media := told.Value.Content.Get(a.header.Get("Content-Type"))
	if media == nil {
		h.Errorf("%s %s: the document does not know the type %s", method, target, a.header.Get("Content-Type"))
		return a
	}
	if !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
		return a
	}
	var v any
	decode(h.T, a.body, &v)
	shut(media.Schema.Value)
	if err := media.Schema.Value.VisitJSON(v, openapi3.MultiErrors()); err != nil {
		h.Errorf("%s %s: %v\n%.600s", method, target, err, a.body)
	}
	return a
}

// shut makes a key that the document does not name an error.
func shut(s *openapi3.Schema) {
	if s.Items != nil {
		shut(s.Items.Value)
	}
	if len(s.Properties) > 0 {
		no := false
		s.AdditionalProperties = openapi3.AdditionalProperties{Has: &no}
	}
	for _, p := range s.Properties {
		shut(p.Value)
	}
}

// What the calls answer is what the document says they answer.
func TestAnswersAreAsDocumented(t *testing.T) {
	h := open(t)
	doc := h.document()
	post, get := http.MethodPost, http.MethodGet
	g := h.enter(map[string]string{"member": h.vouch("lin")})
	g.ask("买了不合适可以退货吗")
	g.ask("转人工")
	g.ask("13912345678")
	empty := h.enter(nil)

	for _, path := range []string{"/healthz", "/readyz", "/metrics", "/openapi.json"} {
		if a := h.conforms(doc, get, path, "", nil, ""); a.status != http.StatusOK {
			t.Errorf("%s: %d", path, a.status)
		}
		if a := h.call(request{http.MethodHead, path, nil, ""}); a.status != http.StatusOK || len(a.body) > 0 {
			t.Errorf("HEAD %s: %d, %d bytes", path, a.status, len(a.body))
		}
	}
	h.conforms(doc, post, "/api/v1/web/sessions", "", nil, `{"name":"王"}`)
	h.conforms(doc, post, "/api/v1/web/sessions", "", nil, `{"name":`)
	h.conforms(doc, post, "/api/v1/web/messages", "", as(g.Token), `{"text":"你好"}`)
	h.conforms(doc, post, "/api/v1/web/messages", "", as(g.Token), `{"text":""}`)
	h.conforms(doc, get, "/api/v1/web/messages?limit=3", "", as(g.Token), "")
	h.conforms(doc, get, "/api/v1/web/messages", "", as(empty.Token), "")
	h.conforms(doc, post, "/api/v1/web/leave", "", as(empty.Token), "")
	h.conforms(doc, post, "/hooks/{channel}", "fax", nil, "{}")

	admin := as(h.staff("admin").Token)
	h.conforms(doc, post, "/api/v1/staff/login", "", nil, `{"user":"admin","password":"wrong"}`)
	for _, path := range []string{
		"/api/v1/staff/me", "/api/v1/staff", "/api/v1/conversations", "/api/v1/conversations?stage=closed", "/api/v1/conversations/{id}", "/api/v1/conversations/{id}/messages",
		"/api/v1/queue", "/api/v1/callbacks", "/api/v1/knowledge/articles", "/api/v1/knowledge/search?q=" + url.QueryEscape("退货"), "/api/v1/knowledge/search",
		"/api/v1/cockpit?step=60", "/api/v1/cockpit?step=15m", "/api/v1/cockpit?step=1d", "/api/v1/policies", "/api/v1/audit", "/api/v1/audit?actor=nobody",
	} {
		if a := h.conforms(doc, get, path, g.Conversation, admin, ""); a.status != http.StatusOK {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
	}
	h.conforms(doc, get, "/api/v1/conversations/{id}", empty.Conversation, admin, "")
	h.conforms(doc, http.MethodPut, "/api/v1/staff/status", "", admin, `{"status":"away"}`)
	h.conforms(doc, post, "/api/v1/conversations/{id}/messages", g.Conversation, admin, `{"text":"您好"}`)
	h.conforms(doc, post, "/api/v1/conversations/{id}/close", g.Conversation, admin, "")
	var one article
	up := form(t, strings.TrimPrefix(admin["Authorization"], "Bearer "), "试.md", []byte("# 试\n\n试一试。\n"))
	decode(t, h.conforms(doc, post, "/api/v1/knowledge/articles", "", up.header, up.body).body, &one)
	id := string(one.Article.ID)
	h.conforms(doc, get, "/api/v1/knowledge/articles/{id}", id, admin, "")
	h.conforms(doc, post, "/api/v1/knowledge/articles/{id}/publish", id, admin, `{"version":1}`)
	h.conforms(doc, http.MethodDelete, "/api/v1/knowledge/articles/{id}", id, admin, "")
	h.conforms(doc, http.MethodDelete, "/api/v1/knowledge/articles/{id}", id, admin, "")
}

// Wrong parameters of the staff's calls are refused in words.
func TestBadParametersOfTheStaff(t *testing.T) {
	h := open(t)
	admin := h.staff("admin").Token
	for path, want := range map[string]string{
		"/api/v1/conversations?stage=rubbish":                                       "400 stage_unknown",
		"/api/v1/conversations?stage=AI":                                            "400 stage_unknown",
		"/api/v1/conversations?limit=0":                                             "400 parameter",
		"/api/v1/conversations?limit=9999":                                          "400 parameter",
		"/api/v1/conversations?before=yesterday":                                    "400 time_parameter",
		"/api/v1/conversations/nobody":                                              "404 not_found",
		"/api/v1/conversations/nobody/messages":                                     "404 not_found",
		"/api/v1/conversations/x%27%20OR%201=1--":                                   "404 not_found",
		"/api/v1/callbacks?limit=-1":                                                "400 parameter",
		"/api/v1/audit?limit=many":                                                  "400 parameter",
		"/api/v1/knowledge/articles/nothing":                                        "404 not_found",
		"/api/v1/cockpit?from=yesterday":                                            "400 time_parameter",
		"/api/v1/cockpit?to=-5":                                                     "400 time_parameter",
		"/api/v1/cockpit?step=61":                                                   "400 step_minutes",
		"/api/v1/cockpit?step=0":                                                    "400 parameter",
		"/api/v1/cockpit?step=1y":                                                   "400 parameter",
		"/api/v1/cockpit?step=m":                                                    "400 parameter",
		"/api/v1/cockpit?step=1e3":                                                  "400 parameter",
		"/api/v1/cockpit?from=2026-11-02T00:00:00Z&to=2026-11-01T00:00:00Z":         "400 range",
		"/api/v1/cockpit?from=2026-11-01T00:00:00Z&to=2026-11-01T00:00:00Z":         "400 range",
		"/api/v1/cockpit?from=2020-11-01T00:00:00Z&to=2026-11-01T00:00:00Z&step=60": "400 range",
	} {
		if got := h.refusedIn(request{http.MethodGet, path, as(admin), ""}); got != want {
			t.Errorf("%s: %s, want %s", path, got, want)
		}
	}
	var all struct{ Conversations []json.RawMessage }
	h.do(h.staff("admin"), http.MethodGet, "/api/v1/conversations?stage=human", nil, &all)
	if all.Conversations == nil || len(all.Conversations) > 0 {
		t.Errorf("nobody is with a person: %s", all.Conversations)
	}
}
