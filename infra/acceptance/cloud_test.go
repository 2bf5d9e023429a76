package acceptance_test

import (
	"maps"
	"net/http/httptest"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"keliu/functions"
	"keliu/infra/bootstrap"
	simulated "keliu/infra/simulators/douyin/platform"
	"keliu/infra/simulators/lambda"
	"keliu/streams/desk"
)

// With its functions in the cloud, each a process of its own, the product says what it says with them in its own.
func TestFunctionsInTheCloud(t *testing.T) {
	programs, err := bootstrap.Build(t.Context(), t.TempDir(), runtime.GOARCH)
	if err != nil {
		t.Fatal(err)
	}
	aws := &lambda.Cloud{Functions: lambda.Functions("keliu-test", programs)}
	server := httptest.NewServer(aws)
	t.Cleanup(func() {
		server.Close()
		if err := aws.Close(); err != nil {
			t.Error(err)
		}
	})
	nothing := filepath.Join(t.TempDir(), "none")
	for name, value := range map[string]string{
		"AWS_ACCESS_KEY_ID": "AKIDEXAMPLE", "AWS_SECRET_ACCESS_KEY": "secret", "AWS_PROFILE": "", "AWS_EC2_METADATA_DISABLED": "true",
		"AWS_CONFIG_FILE": nothing, "AWS_SHARED_CREDENTIALS_FILE": nothing,
	} {
		t.Setenv(name, value)
	}
	setting := "KELIU_FUNCTIONS=lambda://cn-north-1/keliu-test?endpoint=" + server.URL

	t.Run("conversations", func(t *testing.T) { open(t, setting).converse() })
	t.Run("douyin", func(t *testing.T) { douyinInTheCloud(t, setting) })

	called := map[string]bool{}
	for _, call := range aws.Calls() {
		called[call.Function] = called[call.Function] || !call.DryRun
	}
	for _, name := range bootstrap.Names() {
		own := name == "channels/web" || name == "channels/app" // whose customers come to the edge themselves
		if called["keliu-test-"+bootstrap.Flat(name)] == own {
			t.Errorf("%s was called: %v", name, !own)
		}
	}
	if failed := slices.DeleteFunc(aws.Calls(), func(c lambda.Call) bool { return c.Failed == "" }); len(failed) > 0 {
		t.Errorf("%d calls failed, the first is %+v", len(failed), failed[0])
	}
	t.Logf("%d calls by %d processes of %d functions", len(aws.Calls()), len(aws.Starts()), len(slices.Collect(maps.Keys(called))))
}

// douyinInTheCloud takes a comment, a message and its answer through the channel's function, and finds here what was counted there.
func douyinInTheCloud(t *testing.T, setting string) {
	p, err := simulated.Open(simulated.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	h := openIn(t, t.TempDir(), setting, "KELIU_DOUYIN_API="+p.URL(), "KELIU_DOUYIN_CLIENT_KEY="+p.Key(), "KELIU_DOUYIN_CLIENT_SECRET="+p.Secret())
	if err := p.Subscribe(h.url + "/hooks/douyin"); err != nil {
		t.Fatal(err)
	}
	p.Comment("小鱼", "", "这个空气炸锅多少钱", "")
	p.Courier().Settled()
	if got := h.touches(desk.Commented); len(got) != 1 || got[0].Text != "这个空气炸锅多少钱" {
		t.Fatalf("%+v", got)
	}
	p.Say("小鱼", "买了不合适可以退货吗")
	h.eventually("the AI's answer", func() bool { return len(told(p, "小鱼")) == 1 })
	if answer := told(p, "小鱼")[0]; !strings.Contains(answer, "7 天") || !strings.Contains(answer, "《退货与换货》") {
		t.Errorf("answered %q", answer)
	}
	// A forged webhook is refused by the function as it is here.
	forged := h.call(request{"POST", "/hooks/douyin", map[string]string{"X-Douyin-Signature": strings.Repeat("0", 40)}, `{"event":"im_receive_msg"}`})
	if forged.status != 403 || !strings.Contains(string(forged.body), "hook_forged") {
		t.Errorf("a forged webhook: %d %s", forged.status, forged.body)
	}
	health := h.edge.House.Channels()["douyin"].(functions.Healthy).Health()
	if health.Forged != 1 || health.Hooks < 2 || health.Sent == 0 {
		t.Errorf("what was counted in the cloud is not known here: %+v", health)
	}
}
