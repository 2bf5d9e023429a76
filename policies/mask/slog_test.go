package mask_test

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
	"testing"
	"time"

	"keliu/policies/mask"
)

const (
	secretMobile = "13812345678"
	secretEmail  = "zhangsan@qq.com"
)

type customer struct {
	Mobile  string `json:"mobile"`
	Raw     []byte
	Number  int64
	hidden  string
	Parent  *customer
	Skipped string `json:"-"`
}

type stringer struct{ s string }

func (s stringer) String() string { return "customer " + s.s }

type marshaler struct{ s string }

func (m marshaler) MarshalJSON() ([]byte, error) { return json.Marshal(map[string]string{m.s: m.s}) }

type valuer struct{ s string }

func (v valuer) LogValue() slog.Value { return slog.GroupValue(slog.String("phone", v.s)) }

type panicking struct{}

func (panicking) String() string { panic("call " + secretMobile) }

// Nothing that anybody can log takes a number or an address past the handler.
func TestNothingLeaksIntoLogs(t *testing.T) {
	ring := &customer{Mobile: secretMobile}
	ring.Parent = ring
	page, err := url.Parse("https://shop.example/?phone=" + secretMobile)
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]any{
		"text":      "call " + secretMobile + " or " + secretEmail,
		"int":       13812345678,
		"uint":      uint64(13812345678),
		"float":     13812345678.0,
		"json":      json.Number(secretMobile),
		"error":     fmt.Errorf("dial: %w", errors.New("no route to "+secretMobile)),
		"joined":    errors.Join(errors.New(secretMobile), errors.New(secretEmail)),
		"bytes":     []byte(secretMobile),
		"array":     [11]byte([]byte(secretMobile)),
		"raw":       json.RawMessage(`{"mobile":13812345678,"` + secretEmail + `":["` + secretMobile + `"]}`),
		"broken":    json.RawMessage(`{"mobile":13812345678`),
		"struct":    customer{Mobile: secretMobile, Raw: []byte(secretMobile), Number: 13812345678, hidden: secretMobile, Skipped: secretMobile},
		"pointer":   &customer{Mobile: secretMobile},
		"ring":      ring,
		"slice":     []string{secretMobile, secretEmail},
		"map":       map[string]any{secretMobile: secretEmail, "n": map[int]string{13812345678: "x"}},
		"stringer":  stringer{secretMobile},
		"marshaler": marshaler{secretMobile},
		"valuer":    valuer{secretMobile},
		"url":       page,
		"panic":     panicking{},
		"group":     slog.GroupValue(slog.String(secretEmail, secretMobile), slog.Any("deep", []any{[]byte(secretMobile)})),
		"attrs":     []slog.Attr{slog.String("a", secretMobile)},
		"function":  func() string { return secretMobile },
		"nil":       nil,
		"duration":  3 * time.Second,
	}
	handlers := map[string]func(*bytes.Buffer) slog.Handler{
		"text": func(b *bytes.Buffer) slog.Handler { return slog.NewTextHandler(b, nil) },
		"json": func(b *bytes.Buffer) slog.Handler { return slog.NewJSONHandler(b, nil) },
	}
	for format, open := range handlers {
		for name, value := range values {
			var out bytes.Buffer
			log := slog.New(mask.Handler(open(&out)))
			log.Info("from "+secretMobile, name, value)
			log.With(name, value).WithGroup(secretEmail).Info("again", name, value, secretMobile, 1)
			got := out.String()
			for _, secret := range []string{secretMobile, secretEmail, "1.3812345678", base64.StdEncoding.EncodeToString([]byte(secretMobile))} {
				if strings.Contains(got, secret) {
					t.Errorf("%s, %s: %q is in %s", format, name, secret, got)
				}
			}
			if !strings.Contains(got, "138****5678") {
				t.Errorf("%s, %s: the message is gone: %s", format, name, got)
			}
		}
	}
}

func TestLogsKeepWhatIsNotPersonal(t *testing.T) {
	var out bytes.Buffer
	log := slog.New(mask.Handler(slog.NewJSONHandler(&out, &slog.HandlerOptions{
		ReplaceAttr: func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		},
	})))
	if log.Enabled(context.Background(), slog.LevelDebug) {
		t.Error("the level of the next handler is not asked")
	}
	log.WithGroup("order").With("number", "QH202611220001").Warn("late", "days", 3, "share", 0.5, "ok", true,
		"item", customer{Mobile: "none", Number: 7}, "took", time.Second, slog.Group("g", "a", []int{1, 2}))
	want := `{"level":"WARN","msg":"late","order":{"number":"QH202611220001","days":3,"share":0.5,"ok":true,` +
		`"item":{"Number":7,"Parent":null,"Raw":"","mobile":"none"},"took":1000000000,"g":{"a":[1,2]}}}` + "\n"
	if got := out.String(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}
