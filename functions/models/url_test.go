package models

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keliu/functions/models/openai"
)

func TestParseTarget(t *testing.T) {
	standard := target{quality: 0.5, Endpoint: openai.Endpoint{
		Model: "m", Temperature: 0.2, MaxTokens: 512, Timeout: 8 * time.Second, FirstToken: 1500 * time.Millisecond, Stall: 2 * time.Second,
	}}
	tests := map[string]func(*target){
		"openai://sk-1@api.example.com/v1?model=m": func(t *target) {
			t.name, t.Key, t.URL = "openai", "sk-1", "https://api.example.com/v1/chat/completions"
		},
		"openai://sk-1@api.example.com?model=m": func(t *target) {
			t.name, t.Key, t.URL = "openai", "sk-1", "https://api.example.com/v1/chat/completions"
		},
		"qwen://sk-1@?model=m": func(t *target) {
			t.name, t.Key, t.URL = "qwen", "sk-1", "https://dashscope.aliyuncs.com/compatible-mode/v1/chat/completions"
		},
		" zhipu://id.secret@open.bigmodel.cn?model=m\n": func(t *target) {
			t.name, t.Key, t.URL = "zhipu", "id.secret", "https://open.bigmodel.cn/api/paas/v4/chat/completions"
		},
		"ollama://?model=m":                          func(t *target) { t.name, t.URL = "ollama", "http://127.0.0.1:11434/v1/chat/completions" },
		"ollama://gpu.internal:11434?model=m&http=1": func(t *target) { t.name, t.URL = "ollama", "http://gpu.internal:11434/v1/chat/completions" },
		"deepseek://a%2Fb%3Ac@127.0.0.1:9000/x/y/?model=m": func(t *target) {
			t.name, t.Key, t.URL = "deepseek", "a/b:c", "http://127.0.0.1:9000/x/y/chat/completions"
		},
		"openai://k@localhost:9000?model=m": func(t *target) { t.name, t.Key, t.URL = "openai", "k", "http://localhost:9000/v1/chat/completions" },
		"openai://k@[::1]:9000?model=m":     func(t *target) { t.name, t.Key, t.URL = "openai", "k", "http://[::1]:9000/v1/chat/completions" },
		"yi://k@?model=m&price_in=0.5&price_out=2&budget=9": func(t *target) {
			t.name, t.Key, t.URL = "yi", "k", "https://api.lingyiwanwu.com/v1/chat/completions"
			t.priceIn, t.priceOut, t.budget = 0.5, 2, 9
		},
		"yi://k@?model=m&quality=1&temperature=0&max_tokens=99&timeout=20s&first_token=3s&stall=4s": func(t *target) {
			t.name, t.Key, t.URL = "yi", "k", "https://api.lingyiwanwu.com/v1/chat/completions"
			t.quality, t.Temperature, t.MaxTokens = 1, 0, 99
			t.Timeout, t.FirstToken, t.Stall = 20*time.Second, 3*time.Second, 4*time.Second
		},
	}
	for raw, change := range tests {
		want := standard
		change(&want)
		got, err := parseTarget(raw)
		if err != nil {
			t.Errorf("%s: %v", raw, err)
		} else if diff := cmp.Diff(want, got, cmp.AllowUnexported(target{}), cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s (-want +got):\n%s", raw, diff)
		}
	}
}

func TestParseTargetRefuses(t *testing.T) {
	tests := map[string]string{ // what the sentence must say
		"openai://sk-secret@host/v1":                    "add ?model=",
		"gemini://sk-secret@?model=m":                   "ark, baichuan, deepseek",
		"sk-secret":                                     "before ://",
		"openai://sk-secret/slash@host?model=m%":        "percent-encode",
		"openai://sk-secret%zz@host?model=m":            "percent-encode",
		"openai://sk-secret:more@host?model=m":          "%3A",
		"openai://sk-secret@host?model=m&tempreture=1":  "temperature",
		"openai://sk-secret@host?model=m&price_in=free": "price_in",
		"openai://sk-secret@host?model=m&price_in=NaN":  "price_in",
		"openai://sk-secret@host?model=m&quality=7":     "from 0 to 1",
		"openai://sk-secret@host?model=m&timeout=8":     "8s",
		"openai://sk-secret@host?model=m&http=perhaps":  "http",
		"openai://sk-secret@host?model=m&max_tokens=0":  "max_tokens",
		"openai://sk-secret@host?model=m&budget=-1":     "budget",
	}
	for raw, says := range tests {
		_, err := Open([]string{"ollama://?model=m", raw}, Options{})
		if err == nil {
			t.Errorf("%s: taken", raw)
			continue
		}
		if !strings.Contains(err.Error(), says) || !strings.Contains(err.Error(), "provider 2") {
			t.Errorf("%s: %q does not say %q and which", raw, err, says)
		}
		if strings.Contains(err.Error(), "sk-secret") {
			t.Errorf("%s: the key is told: %q", raw, err)
		}
	}
}

// FuzzParseTarget reads provider URLs: what is taken can be called, and no error tells a key.
func FuzzParseTarget(f *testing.F) {
	f.Add("openai", "sk-secret", "host/v1?model=m&price_in=1")
	f.Add("qwen", "a:b", "?model=m&timeout=1s")
	f.Add("ollama", "", "[::1]:80/%zz?model=m")
	f.Fuzz(func(t *testing.T, scheme, key, rest string) {
		got, err := parseTarget(scheme + "://" + key + "XKEYX@" + rest)
		if err != nil {
			if strings.Contains(err.Error(), "XKEYX") {
				t.Errorf("the key is told: %v", err)
			}
			return
		}
		if !strings.HasPrefix(got.URL, "http") || !strings.HasSuffix(got.URL, "/chat/completions") || got.Model == "" || got.Timeout <= 0 {
			t.Errorf("taken as %+v", got)
		}
	})
}
