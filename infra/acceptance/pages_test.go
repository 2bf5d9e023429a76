package acceptance_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

var nonce = regexp.MustCompile(`script-src 'self' 'nonce-([A-Z2-7]{26})'`)

// What a browser opens is a page of the staff's web app; what programs ask for is not.
func TestPagesOfTheConsole(t *testing.T) {
	h := open(t)
	browser := map[string]string{"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
	seen := map[string]bool{}
	for _, path := range []string{"/", "/login", "/inbox", "/inbox/c_1?tab=queue", "/a/page/that/is/none"} {
		for _, method := range []string{http.MethodGet, http.MethodHead} {
			a := h.call(request{method, path, browser, ""})
			found := nonce.FindStringSubmatch(a.header.Get("Content-Security-Policy"))
			if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Type"), "text/html") || found == nil {
				t.Errorf("%s %s: %d %v", method, path, a.status, a.header)
				continue
			}
			if seen[found[1]] || a.header.Get("Cache-Control") != "no-store" {
				t.Errorf("%s %s: the nonce is good for another page, too", method, path)
			}
			seen[found[1]] = true
			if strings.Contains(string(a.body), "__NONCE__") || strings.Contains(string(a.body), "__DEMO__") {
				t.Errorf("%s %s: a place was not filled in", method, path)
			}
		}
	}
	for _, r := range []request{
		{http.MethodGet, "/inbox", map[string]string{"Accept": "application/json"}, ""},
		{http.MethodGet, "/inbox", nil, ""},
		{http.MethodGet, "/api/v1/nothing", browser, ""},
		{http.MethodGet, "/hooks/nobody/nothing", browser, ""},
		{http.MethodGet, "/assets/none.js", browser, ""},
		{http.MethodPost, "/inbox", browser, "{}"},
	} {
		a := h.call(r)
		if a.status != http.StatusNotFound || !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
			t.Errorf("%s %s: %d %s", r.method, r.path, a.status, a.header.Get("Content-Type"))
		}
	}
}
