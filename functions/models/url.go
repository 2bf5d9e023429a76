package models

import (
	"errors"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"keliu/functions/models/openai"
)

// bases are where the known providers speak the OpenAI protocol.
var bases = map[string]string{
	"openai":      "https://api.openai.com/v1",
	"qwen":        "https://dashscope.aliyuncs.com/compatible-mode/v1",
	"deepseek":    "https://api.deepseek.com/v1",
	"moonshot":    "https://api.moonshot.cn/v1",
	"zhipu":       "https://open.bigmodel.cn/api/paas/v4",
	"ark":         "https://ark.cn-beijing.volces.com/api/v3",
	"baichuan":    "https://api.baichuan-ai.com/v1",
	"minimax":     "https://api.minimaxi.com/v1",
	"hunyuan":     "https://api.hunyuan.cloud.tencent.com/v1",
	"yi":          "https://api.lingyiwanwu.com/v1",
	"stepfun":     "https://api.stepfun.com/v1",
	"siliconflow": "https://api.siliconflow.cn/v1",
	"ollama":      "http://127.0.0.1:11434/v1",
}

// A target is a provider as its URL describes it.
type target struct {
	openai.Endpoint
	name              string  // the URL's scheme
	priceIn, priceOut float64 // fen per 1,000 tokens
	budget            float64 // fen a day; 0 is no limit
	quality           float64 // 0–1, the company's own judgement
}

// urlError says which URL of the list is wrong.
type urlError struct {
	place int
	err   error
}

func (e *urlError) Error() string { return fmt.Sprintf("model provider %d: %s", e.place, e.err) }

func (e *urlError) Unwrap() error { return e.err }

// parseTarget reads a provider URL. No error quotes the URL, since it holds the key.
func parseTarget(raw string) (target, error) {
	u, err := url.Parse(strings.TrimSpace(raw))
	if err != nil {
		return target{}, errors.New("not a URL; write openai://KEY@HOST/v1?model=NAME and percent-encode / ? # % in the key")
	}
	base, known := bases[u.Scheme]
	if !known {
		return target{}, fmt.Errorf("unknown kind of provider; write one of %s before ://", strings.Join(slices.Sorted(maps.Keys(bases)), ", "))
	}
	if _, colon := u.User.Password(); colon {
		return target{}, errors.New("the key stands alone before the @; write %3A for a colon in it")
	}
	t := target{name: u.Scheme, quality: 0.5, Endpoint: openai.Endpoint{
		Key: u.User.Username(), Temperature: 0.2, MaxTokens: 512,
		Timeout: 8 * time.Second, FirstToken: 1500 * time.Millisecond, Stall: 2 * time.Second,
	}}
	query, err := url.ParseQuery(u.RawQuery)
	if err != nil {
		return target{}, errors.New("the parameters after ? cannot be read; percent-encode & ; % in their values")
	}
	plain, err := t.set(query)
	if err != nil {
		return target{}, err
	}
	t.URL = endpoint(base, u, plain)
	return t, nil
}

// set takes the parameters and reports whether http=1 asks for a plain connection.
func (t *target) set(query url.Values) (plain bool, err error) {
	for name, values := range query {
		value := values[len(values)-1]
		switch name {
		case "model":
			t.Model = value
		case "price_in":
			t.priceIn, err = number(value, 0, 1e6)
		case "price_out":
			t.priceOut, err = number(value, 0, 1e6)
		case "budget":
			t.budget, err = number(value, 0, 1e12)
		case "quality":
			t.quality, err = number(value, 0, 1)
		case "temperature":
			t.Temperature, err = number(value, 0, 2)
		case "max_tokens":
			var n float64
			n, err = number(value, 1, 1e5)
			t.MaxTokens = int(n)
		case "timeout":
			t.Timeout, err = duration(value)
		case "first_token":
			t.FirstToken, err = duration(value)
		case "stall":
			t.Stall, err = duration(value)
		case "http":
			if plain, err = strconv.ParseBool(value); err != nil {
				err = errors.New("write 1 or 0")
			}
		default:
			// Its name is not quoted: it may be the end of a key with a ? in it.
			return false, errors.New("unknown parameter; known are model, price_in, price_out (fen per 1,000 tokens), budget (fen a day), quality (0–1), temperature, max_tokens, timeout, first_token, stall, http; percent-encode / ? # % in the key")
		}
		if err != nil {
			return false, fmt.Errorf("parameter %s: %w", name, err)
		}
	}
	if t.Model == "" {
		return false, fmt.Errorf("no model; add ?model=NAME to the %s URL", t.name)
	}
	return plain, nil
}

// endpoint is where the chat completions of the URL's host are, under /v1 unless it has a path, or those of the
// provider's own host when it names none. Plain HTTP is for this machine and for who asks for it.
func endpoint(base string, u *url.URL, plain bool) string {
	at, _ := url.Parse(base) // a constant of the table
	if u.Host != "" && u.Host != at.Host {
		at.Host, at.Path = u.Host, "/v1"
		at.Scheme = "https"
		if ip := net.ParseIP(u.Hostname()); u.Hostname() == "localhost" || ip != nil && ip.IsLoopback() {
			at.Scheme = "http"
		}
	}
	if plain {
		at.Scheme = "http"
	}
	if path := strings.TrimRight(u.Path, "/"); path != "" {
		at.Path = path
	}
	return at.JoinPath("chat/completions").String()
}

func number(s string, least, most float64) (float64, error) {
	n, err := strconv.ParseFloat(s, 64)
	if err != nil || !(n >= least && n <= most) {
		return 0, fmt.Errorf("write a number from %g to %g", least, most)
	}
	return n, nil
}

func duration(s string) (time.Duration, error) {
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		return 0, errors.New("write a duration such as 1500ms or 8s")
	}
	return d, nil
}
