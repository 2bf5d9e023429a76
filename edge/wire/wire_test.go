package wire

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/streams/desk"
)

// asked is a request in the languages of a header.
func asked(header string) *app.RequestContext {
	c := app.NewContext(0)
	c.Request.Header.Set("Accept-Language", header)
	return c
}

func FuzzLang(f *testing.F) {
	f.Add("en-GB,en;q=0.9", uint8(3), uint8(9))
	f.Add("zh-CN,zh;q=0.9", uint8(0), uint8(0))
	f.Add(";;;q=,*;q=-1", uint8(10), uint8(0))
	f.Add(strings.Repeat("en,", 300), uint8(1), uint8(10))
	f.Fuzz(func(t *testing.T, header string, zh, en uint8) {
		if got := Lang(asked(header)); got != desk.Chinese && got != desk.English {
			t.Errorf("%q is answered in %q", header, got)
		}
		zh, en = zh%11, en%11
		want := desk.Chinese
		if en > zh {
			want = desk.English
		}
		for _, header := range []string{
			fmt.Sprintf("en;q=%d.%d, zh;q=%d.%d", en/10, en%10, zh/10, zh%10), fmt.Sprintf("zh;q=%d.%d, en;q=%d.%d", zh/10, zh%10, en/10, en%10),
		} {
			if got := Lang(asked(header)); en != zh && got != want {
				t.Errorf("%q is answered in %q, want %q", header, got, want)
			}
		}
	})
}

func FuzzBind(f *testing.F) {
	for _, seed := range []string{"", "{}", `{"name":"王","n":3}`, `{"name":3}`, `{"n":1e9}`, "null", "[]", "{\"name\":\"\xff\"}", "\ufeff{}", `{"n":1}{"n":2}`, strings.Repeat("[", 900)} {
		f.Add([]byte(seed))
	}
	const limit = 1 << 10
	f.Fuzz(func(t *testing.T, body []byte) {
		c := app.NewContext(0)
		c.Request.SetBody(body)
		type fields struct {
			Name string `json:"name"`
			N    int    `json:"n"`
		}
		var got, want fields
		err := Bind(c, limit, &got)
		var p *desk.Problem
		switch {
		case err == nil:
			if len(body) > limit || len(body) > 0 && (!json.Valid(body) || !utf8.Valid(body)) {
				t.Errorf("%.60q is taken", body)
			}
		case !errors.As(err, &p) || !errors.Is(err, desk.ErrInvalid):
			t.Errorf("%.60q: %v", body, err)
		case p.Code == "body_too_large":
			if len(body) <= limit {
				t.Errorf("%d bytes are too many", len(body))
			}
		case p.Code == "json_broken":
			if utf8.Valid(body) && json.Unmarshal(body, &want) == nil {
				t.Errorf("%.60q is refused", body)
			}
		default:
			t.Errorf("%.60q: %s", body, p.Code)
		}
	})
}

// An error becomes a status, a code, a sentence and, where waiting helps, the time to wait; what was not foreseen tells nothing.
func TestFail(t *testing.T) {
	for name, c := range map[string]struct {
		err    error
		status int
		code   string
		wait   string
	}{
		"refused":       {fmt.Errorf("say: %w", desk.Refuse(desk.ErrInvalid, "text_empty")), http.StatusBadRequest, "text_empty", ""},
		"unknown":       {fmt.Errorf("order 7: %w", desk.ErrNotFound), http.StatusNotFound, "not_found", ""},
		"forbidden":     {desk.ErrForbidden, http.StatusForbidden, "forbidden", ""},
		"conflict":      {desk.Refuse(desk.ErrConflict, "key_reused"), http.StatusConflict, "key_reused", ""},
		"no token":      {desk.Refuse(desk.ErrForbidden, "token_missing"), http.StatusUnauthorized, "token_missing", ""},
		"too fast":      {Later(desk.Refuse(desk.ErrUnavailable, "rate_limited"), 1200*time.Millisecond), http.StatusTooManyRequests, "rate_limited", "2"},
		"no room":       {fmt.Errorf("append: %w", desk.ErrUnavailable), http.StatusServiceUnavailable, "unavailable", "2"},
		"too large":     {desk.Refuse(desk.ErrInvalid, "body_too_large", 4), http.StatusRequestEntityTooLarge, "body_too_large", ""},
		"not foreseen":  {errors.New("secret path /var/lib/keliu"), http.StatusInternalServerError, "internal", ""},
		"without words": {desk.Refuse(desk.ErrInvalid, "no_such_code", 1), http.StatusBadRequest, "no_such_code", ""},
	} {
		t.Run(name, func(t *testing.T) {
			rc := asked("en")
			SetRequestID(rc, "r1")
			Fail(slog.New(slog.NewTextHandler(io.Discard, nil)), rc, c.err)
			var p Problem
			if err := json.Unmarshal(rc.Response.Body(), &p); err != nil {
				t.Fatal(err)
			}
			if got := rc.Response.StatusCode(); got != c.status || p.Error.Code != c.code || p.Error.RequestID != "r1" {
				t.Errorf("%d %+v", got, p.Error)
			}
			if m := p.Error.Message; m == "" || strings.Contains(m, "/var") || strings.Contains(m, "%") {
				t.Errorf("the sentence is %q", m)
			}
			if got := rc.Response.Header.Get("Retry-After"); got != c.wait {
				t.Errorf("Retry-After is %q, want %q", got, c.wait)
			}
		})
	}
}
