package api

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// client calls a platform whose answers are written by serve.
func client(t *testing.T, serve http.HandlerFunc) *Client {
	t.Helper()
	s := httptest.NewServer(serve)
	t.Cleanup(s.Close)
	return &Client{Base: s.URL, Key: "key", Secret: "secret", HTTP: s.Client(), Now: func() time.Time { return noon }}
}

// What a message becomes by what the platform answers: nothing is tried again of which nobody knows whether it arrived.
func TestFates(t *testing.T) {
	const token = `{"data":{"access_token":"t","expires_in":7200}}`
	for name, c := range map[string]struct {
		status int
		body   string
		state  desk.SendState
		code   int
		retry  bool
	}{
		"all is well":                {200, `{"data":{"error_code":0,"msg_id":"m"},"extra":{"error_code":0}}`, desk.Sent, 0, false},
		"the ID stands beside data":  {200, `{"msg_id":"m","extra":{"error_code":0}}`, desk.Sent, 0, false},
		"the ID is a number":         {200, `{"data":{"msg_id":7}}`, desk.Sent, 0, false},
		"quota":                      {200, `{"data":{"error_code":28003070,"description":"x"}}`, desk.Failed, 28003070, false},
		"the code stands in extra":   {200, `{"data":{},"extra":{"error_code":28003080}}`, desk.Failed, 28003080, false},
		"the code stands on top":     {200, `{"error_code":28003082}`, desk.Failed, 28003082, false},
		"the code is called err_no":  {200, `{"err_no":45015,"err_tips":"x"}`, desk.Failed, 45015, false},
		"an unknown code":            {200, `{"data":{"error_code":99}}`, desk.Failed, 99, false},
		"rate":                       {200, `{"data":{"error_code":28003018}}`, desk.Failed, 28003018, true},
		"rate, by status":            {429, ``, desk.Failed, 0, true},
		"its own error":              {200, `{"data":{"error_code":28001005}}`, desk.Failed, 28001005, true},
		"500":                        {500, `oops`, desk.Failed, 0, true},
		"503":                        {503, ``, desk.Failed, 0, true},
		"404":                        {404, ``, desk.Failed, 0, false},
		"something between gave up":  {504, ``, desk.Uncertain, 0, false},
		"something between was lost": {502, ``, desk.Uncertain, 0, false},
		"a page":                     {200, `<html>`, desk.Uncertain, 0, false},
		"nothing":                    {200, ``, desk.Uncertain, 0, false},
	} {
		cl := client(t, func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/oauth") {
				_, _ = w.Write([]byte(token))
				return
			}
			w.WriteHeader(c.status)
			_, _ = w.Write([]byte(c.body))
		})
		id, err := cl.Write(t.Context(), Letter{Text: "x"})
		got := Fate(err, noon)
		if got.State != c.state || got.Code != c.code || got.Retry.IsZero() == c.retry || (got.Because == "") != (c.state == desk.Sent) {
			t.Errorf("%s: %+v (%v)", name, got, err)
		}
		if c.state == desk.Sent && id != "m" && id != "7" {
			t.Errorf("%s: the ID is %q", name, id)
		}
	}
}

func TestAPlatformThatIsNotThere(t *testing.T) {
	cl := client(t, nil)
	cl.Base, cl.Token = "http://127.0.0.1:1", "t"
	_, err := cl.Write(t.Context(), Letter{Text: "x"})
	if got := Fate(err, noon); !errors.Is(err, ErrUnreached) || got.State != desk.Failed || got.Retry.IsZero() {
		t.Errorf("%+v (%v)", got, err)
	}
}

// One token serves all who wait for it, until it expires; one that the platform takes no more is fetched anew, once.
func TestTokens(t *testing.T) {
	var fetched, called atomic.Int64
	now, reject := noon, atomic.Bool{}
	cl := client(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/oauth") {
			n := fetched.Add(1)
			_, _ = w.Write([]byte(`{"data":{"access_token":"t` + string('0'+rune(n)) + `","expires_in":7200}}`))
			return
		}
		called.Add(1)
		if reject.Load() && r.Header.Get("access-token") == "t1" {
			_, _ = w.Write([]byte(`{"data":{"error_code":2190008}}`))
			return
		}
		_, _ = w.Write([]byte(`{"data":{"msg_id":"m"}}`))
	})
	cl.Now = func() time.Time { return now }
	write := func() {
		t.Helper()
		if _, err := cl.Write(t.Context(), Letter{Text: "x"}); err != nil {
			t.Error(err)
		}
	}
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(write)
	}
	wg.Wait()
	if fetched.Load() != 1 || called.Load() != 20 {
		t.Fatalf("%d tokens for %d calls", fetched.Load(), called.Load())
	}
	reject.Store(true)
	write()
	if fetched.Load() != 2 || called.Load() != 22 {
		t.Errorf("%d tokens for %d calls", fetched.Load(), called.Load())
	}
	now = now.Add(2 * time.Hour)
	write()
	if fetched.Load() != 3 {
		t.Errorf("%d tokens after one has expired", fetched.Load())
	}
}

func TestAPlatformWithoutTokens(t *testing.T) {
	var asked atomic.Int64
	cl := client(t, func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/oauth") {
			asked.Add(1)
			http.NotFound(w, r)
			return
		}
		if _, has := r.Header["Access-Token"]; has {
			t.Error("a token was made up")
		}
		_, _ = w.Write([]byte(`{"data":{"msg_id":"m"}}`))
	})
	for range 3 {
		if _, err := cl.Write(t.Context(), Letter{Text: "x"}); err != nil {
			t.Error(err)
		}
	}
	if asked.Load() != 1 {
		t.Errorf("asked %d times", asked.Load())
	}
}

// Whatever a platform says is an ID, a refusal, or nothing that anybody knows.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{`{"data":{"msg_id":"1"}}`, `{"data":{"error_code":1}}`, `{"data":[]}`, `{"data":"x","error_code":"y"}`, `{"err_no":1}`, `{"data":{"msg_id":7}}`, `null`, ``} {
		f.Add(200, []byte(seed))
	}
	f.Fuzz(func(t *testing.T, status int, said []byte) {
		var out struct {
			MsgID name `json:"msg_id"`
		}
		err := read(status, said, &out)
		var refusal *Refusal
		if errors.As(err, &refusal) && refusal.Code == 0 && refusal.Status == http.StatusOK {
			t.Errorf("%d %q is refused without a reason", status, said)
		}
		if status != http.StatusOK && err == nil {
			t.Errorf("%d %q is taken for success", status, said)
		}
		switch got := Fate(err, noon); got.State {
		case desk.Sent, desk.Failed, desk.Uncertain:
		default:
			t.Errorf("%d %q became %+v", status, said, got)
		}
	})
}
