package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"

	"github.com/google/go-cmp/cmp"
)

// refuses checks that the program ended with a code and one sentence that holds words, and printed nothing else.
func (b built) refuses(e ending, code int, words ...string) {
	b.Helper()
	lines := strings.Split(strings.TrimSpace(e.err), "\n")
	if e.code != code || e.out != "" || !strings.HasPrefix(lines[len(lines)-1], "keliu: ") || code == 2 && len(lines) > 1 {
		b.Errorf("exit %d, printed %q, said %q; want exit %d", e.code, e.out, e.err, code)
	}
	for _, w := range words {
		if !strings.Contains(e.err, w) {
			b.Errorf("it says %q, want it to name %s", e.err, w)
		}
	}
	if strings.Contains(e.err, "goroutine ") {
		b.Errorf("it panics: %s", e.err)
	}
}

func wrongUse(b built) {
	for _, c := range []struct{ args, words string }{
		{"sell", "sell"},
		{"-x", "-x"},
		{"serve now", "now"},
		{"serve --port 80", "port"},
		{"eval", "keliu eval TASK"},
		{"eval guess", "guess"},
		{"eval emotion extra", "extra"},
		{"eval emotion --loud", "loud"},
		{"eval retrieval", "--docs"},
		{"audit", "keliu audit verify"},
		{"audit burn", "keliu audit verify"},
		{"audit verify --data", "data"},
		{"audit verify here", "here"},
		{"export", "--out"},
	} {
		b.refuses(b.run("", nil, strings.Fields(c.args)...), 2, c.words)
	}
}

// A wrong setting is named before anything begins.
func wrongSettings(b built) {
	for setting, words := range map[string]string{
		"KELIU_DEMO=perhaps":                                            "true",
		"KELIU_WEB_RATE=fast":                                           "messages a second",
		"KELIU_WEB_RATE=0":                                              "less than 1",
		"KELIU_WEB_RATE=9999999999999999999999":                         "messages a second",
		"KELIU_WEB_IDLE=soon":                                           "closed",
		"KELIU_WEB_IDLE=-5m":                                            "less than",
		"KELIU_STREAMS=kafka://localhost":                               "embedded:",
		"KELIU_STREAMS=embedded:?fsync=off":                             "embedded:",
		"KELIU_STORE=mysql://localhost":                                 "sqlite:",
		"KELIU_STORE=sqlite:a.db?mode=memory":                           "parameters",
		"KELIU_METRICS=statsd:":                                         "embedded:",
		"KELIU_FUNCTIONS=lambda://nowhere/x":                            "inprocess:",
		"KELIU_MODELS=gpt://key@localhost/v1?model=m":                   "openai",
		"KELIU_MODELS=openai://secretkey@localhost/v1":                  "model",
		"KELIU_MODELS=openai://secretkey@h?model=m&price_in=cheap":      "price_in",
		"KELIU_MODELS=openai://secretkey@h?model=m&colour=red":          "unknown parameter",
		"KELIU_MODELS=openai://secretkey@h?model=m,qwen://secretkey@%%": "provider 2",
		"KELIU_SHOP_API=shop.example":                                   "http",
		"KELIU_SHOP_API=ftp://shop.example":                             "http",
		"KELIU_LISTEN=nowhere":                                          "port",
		"KELIU_LISTEN=127.0.0.1:99999":                                  "port",
	} {
		name, _, _ := strings.Cut(setting, "=")
		e := b.run("", []string{"KELIU_DATA=" + filepath.Join(b.TempDir(), "data"), "KELIU_LISTEN=127.0.0.1:0", setting})
		b.refuses(e, 2, name, words)
		if strings.Contains(e.err, "secretkey") {
			b.Errorf("it tells the key: %s", e.err)
		}
	}
}

func help(b built) {
	for _, args := range []string{"help", "--help", "-h", "serve --help", "eval --help", "eval -h", "eval emotion --help", "audit --help", "audit verify --help", "export --help"} {
		e := b.run("", nil, strings.Fields(args)...)
		if e.code != 0 || e.err != "" || !strings.Contains(e.out, "keliu eval TASK") {
			b.Errorf("keliu %s: exit %d, printed %q, said %q", args, e.code, e.out, e.err)
		}
	}
}

// One line comes out for each that goes in, in order; one that cannot be read says so and holds up no other.
func evalTasks(b built) {
	in := `{"id":1,"text":"气死我了，骗子！"}
{"id":"二","text":"谢谢，你们真好","unknown":[1,2]}
{"text":"我的手机号是13912345678"}
not JSON
{"id":5}

{"id":7,"text":""}
` + `{"id":8,"text":"转人工"}` // without a last newline
	for task, fields := range map[string][]string{
		"emotion": {"polarity", "polarity2", "emotion", "score"}, "intent": {"intent", "confidence", "ranked", "oos"}, "personal-data": {"found", "masked"},
		"lead": {"score", "reasons", "keywords"}, "entities": {"entities"},
	} {
		e := b.run(in, nil, "eval", task)
		lines := strings.Split(strings.TrimSuffix(e.out, "\n"), "\n")
		if e.code != 1 || len(lines) != 8 || !strings.Contains(e.err, "3 of 8") {
			b.Errorf("%s: exit %d, %q, %d lines:\n%s", task, e.code, e.err, len(lines), e.out)
			continue
		}
		ids := map[int]string{0: "1", 1: `"二"`, 6: "7", 7: "8"}
		for i, line := range lines {
			var got map[string]json.RawMessage
			if err := json.Unmarshal([]byte(line), &got); err != nil {
				b.Errorf("%s line %d: %v: %s", task, i+1, err, line)
			}
			if broken := i >= 3 && i <= 5; broken {
				if !strings.Contains(string(got["error"]), fmt.Sprintf("line %d", i+1)) {
					b.Errorf("%s line %d: %s", task, i+1, line)
				}
				continue
			}
			if string(got["id"]) != ids[i] {
				b.Errorf("%s line %d has the ID %s, want %s", task, i+1, got["id"], ids[i])
			}
			for _, f := range fields {
				if got[f] == nil {
					b.Errorf("%s line %d has no %s: %s", task, i+1, f, line)
				}
			}
		}
	}
	if e := b.run("", nil, "eval", "emotion"); e.code != 0 || e.out != "" || e.err != "" {
		b.Errorf("no lines: %+v", e)
	}
	e := b.run(`{"text":"😀我的手机号是13912345678"}`+"\r\n", nil, "eval", "personal-data")
	want := `{"found":[{"type":"mobile","start":7,"end":18}],"masked":"😀我的手机号是139****5678"}` + "\n"
	if diff := cmp.Diff(ending{out: want}, e, cmp.AllowUnexported(ending{})); diff != "" {
		b.Error(diff)
	}
}

func evalRetrieval(b built) {
	docs := filepath.Join(b.TempDir(), "docs.jsonl")
	content := `{"id":1,"text":"退货规则","answer":"签收后七天内可以退货"}
{"id":"two","text":"发票怎么开","phrasings":["可以开专票吗"]}
{"id":3,"text":"配送时间","answer":"一般三天送达"}`
	if err := os.WriteFile(docs, []byte(content), 0o600); err != nil {
		b.Fatal(err)
	}
	e := b.run(`{"qid":"a","text":"能开专票吗"}`+"\n"+`{"qid":7,"text":"多久可以送到"}`+"\n", nil, "eval", "retrieval", "--docs", docs)
	lines := strings.Split(e.out, "\n")
	if e.code != 0 || len(lines) != 3 || !strings.HasPrefix(lines[0], `{"qid":"a","hits":[{"id":"two",`) || !strings.HasPrefix(lines[1], `{"qid":7,"hits":[{"id":"3",`) {
		b.Errorf("%+v", e)
	}
	b.refuses(b.run("", nil, "eval", "retrieval", "--docs", docs+".none"), 1, "docs.jsonl.none")
	if err := os.WriteFile(docs, []byte(content+"\nnot JSON"), 0o600); err != nil {
		b.Fatal(err)
	}
	b.refuses(b.run("", nil, "eval", "retrieval", "--docs", docs), 1, "line 4")
}

// What another has cannot be taken: a port, a folder.
func taken(b built) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	defer l.Close()
	b.refuses(b.run("", []string{"KELIU_DATA=" + b.TempDir(), "KELIU_LISTEN=" + l.Addr().String()}), 1, "KELIU_LISTEN", "in use")

	h := b.start(b.TempDir())
	b.refuses(b.run("", []string{"KELIU_DATA=" + h.dir, "KELIU_LISTEN=127.0.0.1:0"}), 1, h.dir, "another process")
	if reply, _ := h.enter(nil).ask("你好"); reply.Text == "" {
		b.Error("the first is disturbed")
	}
}

// Who touches a byte of the audit trail is found out.
func auditTouched(b built) {
	h := b.start(b.TempDir())
	for _, user := range []string{"admin", "agent", "compliance"} {
		h.staff(user)
	}
	h.stop()
	verify := func() ending { return b.run("", nil, "audit", "verify", "--data", h.dir) }
	if e := verify(); e.code != 0 || e.err != "" || !strings.Contains(e.out, "whole") || strings.Contains(e.out, " 0 entries") {
		b.Errorf("untouched: %+v", e)
	}
	files, err := filepath.Glob(filepath.Join(h.dir, "audit", "*"))
	if err != nil || len(files) == 0 {
		b.Fatalf("no files of the audit trail (%v)", err)
	}
	for _, path := range files {
		whole, err := os.ReadFile(path)
		if err != nil {
			b.Fatal(err)
		}
		for _, place := range []int{0, len(whole) / 3, len(whole) / 2, len(whole) - 2} {
			if place < 0 || place >= len(whole) {
				continue
			}
			touched := append([]byte(nil), whole...)
			touched[place] ^= 1
			if err := os.WriteFile(path, touched, 0o600); err != nil {
				b.Fatal(err)
			}
			b.refuses(verify(), 1, "touched")
		}
		if err := os.WriteFile(path, whole, 0o600); err != nil {
			b.Fatal(err)
		}
	}
	if e := verify(); e.code != 0 {
		b.Errorf("put right again: %+v", e)
	}
	b.refuses(b.run("", nil, "audit", "verify", "--data", filepath.Join(h.dir, "nowhere")), 1, "nowhere")
	if _, err := os.Stat(filepath.Join(h.dir, "nowhere")); err == nil {
		b.Error("to verify makes a folder")
	}
}
