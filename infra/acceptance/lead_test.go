package acceptance_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"
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
