package main

import (
	"compress/gzip"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"keliu/functions/classify/linear"
)

// write makes a corpus of lines below folder.
func write(t *testing.T, folder, file string, lines ...string) {
	t.Helper()
	path := filepath.Join(folder, file+".jsonl.gz")
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	if _, err := fmt.Fprintln(z, strings.Join(lines, "\n")); err != nil {
		t.Fatal(err)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
}

// corpus is a line per word and label.
func corpus(words map[string][]string) (lines []string) {
	for label, texts := range words {
		for _, text := range texts {
			lines = append(lines, fmt.Sprintf(`{"text":%q,"label":%q}`, text, label))
		}
	}
	return lines
}

func TestRun(t *testing.T) {
	data, out := t.TempDir(), t.TempDir()
	polar := corpus(map[string][]string{"positive": {"很好", "很棒", "喜欢", "满意"}, "negative": {"很差", "很烂", "讨厌", "失望"}})
	six := corpus(map[string][]string{
		"happy": {"开心", "高兴", "哈哈"}, "angry": {"生气", "气死", "愤怒"}, "sad": {"难过", "伤心", "哭了"},
		"fear": {"害怕", "好怕", "恐怖"}, "surprise": {"天啊", "居然", "竟然"}, "neutral": {"今天", "明天", "桌子"},
	})
	for _, name := range []string{"review", "chat", "weibo6"} {
		lines := polar
		if name == "weibo6" {
			lines = six
		}
		write(t, data, "emotion/"+name+"-train", lines...)
		write(t, data, "emotion/"+name+"-dev", lines...)
	}
	write(t, data, "emotion/chat-auto-train", polar...)
	var turns []string
	for dialogue := range 12 {
		for satisfaction := range 3 {
			turns = append(turns, fmt.Sprintf(`{"text":"第%d轮%d","dialogue":%d,"satisfaction":%d}`, dialogue, satisfaction, dialogue, satisfaction))
		}
	}
	write(t, data, "intent/jddc-valid", turns...)
	if err := run(data, out); err != nil {
		t.Fatal(err)
	}
	for _, m := range models {
		file, err := os.ReadFile(filepath.Join(out, m.name+".bin"))
		if err != nil {
			t.Fatal(err)
		}
		if trained, err := linear.Decode(file); err != nil || len(trained.Labels()) != len(m.labels) {
			t.Errorf("%s: %v", m.name, err)
		}
	}
	if err := run(t.TempDir(), out); err == nil {
		t.Error("no data, and no error")
	}
}

func TestReader(t *testing.T) {
	data := t.TempDir()
	write(t, data, "emotion/weibo6-train", `{"text":"开心","label":"happy"}`, `{"text":"天啊","label":"surprise"}`, `{"text":"生气","label":"angry"}`)
	write(t, data, "emotion/weibo6-dev", `{"text":"开心","label":"happy"}`, `{"text":"伤心","label":"sad"}`)
	r := reader{folder: data, labels: []string{"negative", "positive"}, n: linear.Pairs, seen: map[string]bool{}}
	learnt, err := r.learn(weiboTwo)
	if err != nil {
		t.Fatal(err)
	}
	if len(learnt) != 2 || learnt[0].Label != 1 || learnt[1].Label != 0 {
		t.Errorf("learnt from %+v, want happy and angry alone", learnt)
	}
	held, err := r.held(weiboTwo.dev())
	if err != nil {
		t.Fatal(err)
	}
	if len(held) != 1 || held[0].Label != 0 {
		t.Errorf("held %+v, want what was not learnt from", held)
	}
	write(t, data, "emotion/weibo6-dev", `{"text":`)
	if _, err := r.held(weiboTwo.dev()); err == nil {
		t.Error("broken JSON, and no error")
	}
}

func TestJudge(t *testing.T) {
	if got := macroF1([][]int{{2, 0}, {0, 3}}); got != 1 {
		t.Errorf("all right gives %v", got)
	}
	if got := macroF1([][]int{{1, 1}, {1, 1}}); got != 0.5 {
		t.Errorf("half right gives %v", got)
	}
	if got := macroF1([][]int{{3, 1}, {0, 0}}); got != 6.0/7 {
		t.Errorf("with a label without rows it gives %v", got)
	}
}
