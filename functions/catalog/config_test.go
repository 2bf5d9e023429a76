package catalog_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/catalog"
	"keliu/functions/catalog/settings"
	"keliu/streams/desk"
)

func env(pairs ...string) func(string) (string, bool) {
	values := map[string]string{}
	for _, p := range pairs {
		name, value, _ := strings.Cut(p, "=")
		values[name] = value
	}
	return func(name string) (string, bool) { v, ok := values[name]; return v, ok }
}

func TestDefaults(t *testing.T) {
	got, err := catalog.FromEnv(env("KELIU_LISTEN=", "KELIU_DEMO= "))
	if err != nil {
		t.Fatal(err)
	}
	want := catalog.Config{
		Listen: "127.0.0.1:8080", Dir: "./data", Streams: "embedded:", Store: "sqlite:", Metrics: "embedded:", Functions: "inprocess:",
		Models: []string{}, WebRate: 10, Idle: 30 * time.Minute, Douyin: settings.Douyin{Signature: "sha1"},
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestModelsMayStandOnLinesOrBetweenCommas(t *testing.T) {
	got, err := catalog.FromEnv(env("KELIU_MODELS=qwen://k@?model=a, deepseek://k@?model=b\nopenai://k@h/v1?model=c"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]string{"qwen://k@?model=a", "deepseek://k@?model=b", "openai://k@h/v1?model=c"}, got.Models); diff != "" {
		t.Error(diff)
	}
}

// A setting that is wrong is named, with what it means.
func TestWrongSettings(t *testing.T) {
	for _, setting := range []string{"KELIU_DEMO=perhaps", "KELIU_WEB_RATE=many", "KELIU_WEB_RATE=0", "KELIU_WEB_IDLE=30", "KELIU_WEB_IDLE=1ms", "KELIU_DOUYIN_API=open.douyin.com", "KELIU_DOUYIN_SIGNATURE=md5"} {
		name, _, _ := strings.Cut(setting, "=")
		if _, err := catalog.FromEnv(env(setting)); !errors.Is(err, desk.ErrInvalid) || !strings.Contains(err.Error(), name) {
			t.Errorf("%s: %v", setting, err)
		}
	}
}

func TestEveryLeafIsAFunction(t *testing.T) {
	for _, kind := range []string{"channels", "intents"} {
		names := catalog.Names(kind)
		if len(names) == 0 {
			t.Errorf("there are no %s", kind)
		}
		for _, name := range names {
			if _, err := new(catalog.House).Function(kind + "/" + name); err != nil {
				t.Error(err)
			}
		}
	}
	for _, name := range []string{"intents/none", "channels", "", "models/write"} {
		if _, err := new(catalog.House).Function(name); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("%q: %v", name, err)
		}
	}
}
