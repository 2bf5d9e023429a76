package acceptance_test

import (
	"bytes"
	"encoding/json"
	"io"
	"mime/multipart"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"keliu/infra/rig"
)

// A request is a call as a stranger may make it: nothing is encoded or added.
type request struct {
	method, path string
	header       map[string]string
	body         string
}

// An answer is what came back.
type answer struct {
	status int
	header http.Header
	body   []byte
}

// call makes a call.
func (h *house) call(r request) answer {
	h.Helper()
	req, err := http.NewRequestWithContext(h.Context(), r.method, h.url+r.path, strings.NewReader(r.body))
	if err != nil {
		h.Fatal(err)
	}
	for name, value := range r.header {
		req.Header.Set(name, value)
	}
	response, err := http.DefaultTransport.RoundTrip(req)
	if err != nil {
		h.Fatalf("%s %s: %v", r.method, r.path, err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		h.Fatalf("%s %s: %v", r.method, r.path, err)
	}
	return answer{response.StatusCode, response.Header, body}
}

// refusal checks that an answer is an error as the interface promises, and returns its status and code.
func (a answer) refusal(t *testing.T, lang string) string {
	t.Helper()
	var p struct {
		Error struct {
			Code, Message string
			RequestID     string `json:"request_id"`
		}
	}
	if err := json.Unmarshal(a.body, &p); err != nil {
		t.Errorf("%d with the body %.200q: %v", a.status, a.body, err)
		return ""
	}
	e := p.Error
	if e.Code == "" || e.Message == "" || e.RequestID == "" || strings.Contains(e.Message, "%!") {
		t.Errorf("the error is incomplete: %s", a.body)
	}
	if chinese := strings.ContainsFunc(e.Message, func(r rune) bool { return r >= '\u4e00' && r <= '\u9fff' }); chinese != (lang == "zh") {
		t.Errorf("the sentence is not in the language %s: %s", lang, e.Message)
	}
	if id := a.header.Get("X-Request-Id"); id != e.RequestID {
		t.Errorf("the request is called %q in the header and %q in the error", id, e.RequestID)
	}
	if wait := a.header.Get("Retry-After"); a.status == http.StatusTooManyRequests || a.status == http.StatusServiceUnavailable {
		if n, err := strconv.Atoi(wait); err != nil || n < 1 {
			t.Errorf("%d without a Retry-After: %q", a.status, wait)
		}
	}
	return strconv.Itoa(a.status) + " " + e.Code
}

// refusedIn makes a call in both languages and returns how it is refused.
func (h *house) refusedIn(r request) string {
	h.Helper()
	got := map[string]string{}
	for _, lang := range []string{"zh", "en"} {
		header := map[string]string{"Accept-Language": lang}
		for name, value := range r.header {
			header[name] = value
		}
		got[lang] = h.call(request{r.method, r.path, header, r.body}).refusal(h.T, lang)
	}
	if got["zh"] != got["en"] {
		h.Errorf("the refusals differ: %v", got)
	}
	return got["zh"]
}

// as is a header that shows a token.
func as(token string, more ...string) map[string]string {
	header := map[string]string{"Authorization": "Bearer " + token}
	for i := 0; i+1 < len(more); i += 2 {
		header[more[i]] = more[i+1]
	}
	return header
}

// form makes an upload.
func form(t *testing.T, token, name string, content []byte, fields ...string) request {
	t.Helper()
	var b bytes.Buffer
	w := multipart.NewWriter(&b)
	for i := 0; i+1 < len(fields); i += 2 {
		if err := w.WriteField(fields[i], fields[i+1]); err != nil {
			t.Fatal(err)
		}
	}
	file, err := w.CreateFormFile("file", name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := file.Write(content); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return request{http.MethodPost, "/api/v1/knowledge/articles", as(token, "Content-Type", w.FormDataContentType()), b.String()}
}

// history is all that a customer's conversation holds.
func (g *guest) history() []rig.Line {
	g.house.Helper()
	all, err := g.History(g.house.Context())
	if err != nil {
		g.house.Fatal(err)
	}
	return all
}

func containsAny(text string, parts ...string) bool {
	return slices.ContainsFunc(parts, func(p string) bool { return strings.Contains(text, p) })
}
