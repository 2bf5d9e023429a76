package api

import (
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
)

// A check says what keeps us out, and asks the platform each time.
func TestCheck(t *testing.T) {
	for name, c := range map[string]struct {
		status int
		body   string
		want   string
	}{
		"let in":         {200, `{"data":{"access_token":"t","expires_in":7200}}`, ""},
		"knows no token": {404, ``, ""},
		"a wrong secret": {200, `{"data":{"error_code":10013,"description":"client_secret"}}`, "credentials (10013)"},
		"out of order":   {503, ``, "HTTP status 503"},
	} {
		var calls atomic.Int32
		cl := client(t, func(w http.ResponseWriter, _ *http.Request) {
			calls.Add(1)
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		})
		for range 2 {
			if got := cl.Check(t.Context()); (got == "") != (c.want == "") || !strings.Contains(got, c.want) {
				t.Errorf("%s: %q", name, got)
			}
		}
		if n := calls.Load(); n != 2 {
			t.Errorf("%s: the platform was asked %d times", name, n)
		}
	}
	cl := client(t, nil)
	cl.Base = "http://127.0.0.1:1"
	if got := cl.Check(t.Context()); !strings.Contains(got, "cannot be reached") {
		t.Errorf("nobody is there: %q", got)
	}
}
