package classify

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
)

// examples are those of the intents of the house.
func examples(t testing.TB) map[string]string {
	t.Helper()
	m, err := readExamples()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func readExamples() (map[string]string, error) {
	files, err := filepath.Glob("../intents/*/examples.txt")
	if err != nil {
		return nil, err
	}
	m := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			return nil, err
		}
		m[filepath.Base(filepath.Dir(f))] = string(text)
	}
	return m, nil
}

// house is a classifier of the intents of the house, learnt once.
var house = sync.OnceValues(func() (*Classifier, error) {
	m, err := readExamples()
	if err != nil {
		return nil, err
	}
	return New(m, Options{})
})

func learnt(t testing.TB) *Classifier {
	t.Helper()
	c, err := house()
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// table reads a file of tab-separated fields; # starts a comment.
func table(t testing.TB, name string) [][]string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	var rows [][]string
	for line := range strings.Lines(string(text)) {
		line = strings.TrimRight(line, "\n")
		if line != "" && !strings.HasPrefix(line, "#") {
			rows = append(rows, strings.Split(line, "\t"))
		}
	}
	return rows
}

func TestHeldOutIntents(t *testing.T) {
	c := learnt(t)
	for _, tt := range []struct {
		file                        string
		right, accepted, refusedMin float64
	}{
		{"intents.tsv", 0.88, 0.85, 0.77},
		{"intents_seen.tsv", 0.93, 0.91, 0.9},
	} {
		t.Run(tt.file, func(t *testing.T) {
			var in, right, accepted, out, refused float64
			confusion := map[string]int{}
			for _, row := range table(t, tt.file) {
				text, want := row[0], row[1]
				u := c.Understand(text, Context{})
				if want == none {
					out++
					if u.OutOfScope {
						refused++
					}
					continue
				}
				in++
				if u.Intent != want {
					confusion[want+" taken for "+u.Intent]++
					continue
				}
				right++
				if !u.OutOfScope {
					accepted++
				}
			}
			t.Logf("in scope %.0f: %.1f%% right, %.1f%% right and accepted; out of scope %.0f: %.1f%% refused; %v",
				in, 100*right/in, 100*accepted/in, out, 100*refused/out, confusion)
			if right/in < tt.right || accepted/in < tt.accepted || refused/out < tt.refusedMin {
				t.Errorf("worse than %.0f%%, %.0f%% and %.0f%%", 100*tt.right, 100*tt.accepted, 100*tt.refusedMin)
			}
		})
	}
}

func TestHeldOutIsNotLearnt(t *testing.T) {
	known := map[string]bool{}
	for _, text := range examples(t) {
		for line := range strings.Lines(text + background) {
			known[strings.TrimSpace(line)] = true
		}
	}
	for _, row := range table(t, "intents.tsv") {
		if known[row[0]] {
			t.Errorf("%q stands among the examples", row[0])
		}
	}
}

func TestFurious(t *testing.T) {
	c := learnt(t)
	for _, tt := range []struct {
		file string
		want bool
	}{{"furious.txt", true}, {"calm.txt", false}} {
		for _, row := range table(t, tt.file) {
			u := c.Understand(row[0], Context{})
			if u.Emotion.Furious() != tt.want {
				t.Errorf("%s: %q is %.2f, heard %q", tt.file, row[0], u.Emotion, u.Heard)
			}
			if tt.want && len(u.Heard) == 0 {
				t.Errorf("%s: %q calls a person for no reason that can be shown", tt.file, row[0])
			}
		}
	}
}

func TestEmotion(t *testing.T) {
	c := learnt(t)
	for _, tt := range []struct {
		text      string
		low, high desk.Emotion
	}{
		{"你们太好了，谢谢", 0.6, 1},
		{"非常满意，下次还来", 0.6, 1},
		{"great service, thank you so much", 0.6, 1},
		{"不是很满意", -0.6, -0.15},
		{"没有不高兴", -0.2, 0.3},
		{"不是不满意", -0.2, 0.3},
		{"I am not happy with it", -0.6, -0.2},
		{"我的订单到哪了", -0.2, 0.2},
		{"快递还没到", -0.35, 0.1},
		{"东西坏了", -0.6, -0.1},
		{"where is my order", 0, 0},
		{"退货", -0.1, 0.1},
		{"我要投诉", -0.74, -0.4},
		{"有没有质量差的", -0.35, 0.1},
		{"", 0, 0},
	} {
		if got := c.Understand(tt.text, Context{}).Emotion; got < tt.low || got > tt.high {
			t.Errorf("Understand(%q).Emotion = %.2f, want %.2f to %.2f", tt.text, got, tt.low, tt.high)
		}
	}
}

func TestHeard(t *testing.T) {
	c := learnt(t)
	for text, want := range map[string][]string{
		"不是很满意，你们是骗子":                       {"不是很满意", "骗子"},
		"is this garbage bag big":           nil,
		"you are liars, I never felt happy": {"liars", "never felt happy"},
		"骗子骗子骗子":                            {"骗子"},
	} {
		if diff := cmp.Diff(want, c.Understand(text, Context{}).Heard); diff != "" {
			t.Errorf("%q heard (-want +got):\n%s", text, diff)
		}
	}
	plain, loud := c.Understand("质量太差", Context{}), c.Understand("质量太差！！！", Context{})
	if loud.Emotion >= plain.Emotion {
		t.Errorf("shouted %.2f, said %.2f: shouting makes it no worse", loud.Emotion, plain.Emotion)
	}
}

func TestLanguage(t *testing.T) {
	c := learnt(t)
	for _, tt := range []struct {
		text         string
		before, want desk.Lang
	}{
		{"你好", "", desk.Chinese},
		{"where is it", "", desk.English},
		{"hello", "", desk.English},
		{"ok", desk.Chinese, desk.Chinese},
		{"iPhone 15 Pro Max", desk.Chinese, desk.Chinese},
		{"where is my parcel", desk.Chinese, desk.English},
		{"订单 status", desk.English, desk.Chinese},
		{"QH202611110001", desk.English, desk.English},
		{"QH202611110001", "", desk.Chinese},
		{"1234", "", desk.Chinese},
		{"😀", desk.English, desk.English},
		{"", "", desk.Chinese},
	} {
		if got := c.Understand(tt.text, Context{Lang: tt.before}).Lang; got != tt.want {
			t.Errorf("language of %q after %q = %q, want %q", tt.text, tt.before, got, tt.want)
		}
	}
}

func TestContext(t *testing.T) {
	c := learnt(t)
	alone := c.Understand("那个呢", Context{})
	after := c.Understand("那个呢", Context{Turns: []string{"我的快递到哪了"}})
	replied := c.Understand("那个呢", Context{PrevReply: "您的包裹物流停在杭州中转站"})
	if alone.Confidence >= followUpDoubt || alone.Intent == "logistics" {
		t.Errorf("alone it is %s with %.2f", alone.Intent, alone.Confidence)
	}
	if after.Intent != "logistics" || replied.Intent != "logistics" {
		t.Errorf("after logistics it is %s and %s", after.Intent, replied.Intent)
	}
	clear := c.Understand("我要退款", Context{Turns: []string{"我的快递到哪了"}})
	if clear.Intent != "refund" {
		t.Errorf("what is clear by itself became %s", clear.Intent)
	}
}

func TestOddTexts(t *testing.T) {
	c := learnt(t)
	for _, text := range []string{
		"", " \t\n", "😀", "？？？", "\xff\xfe\xfd", "\u200b\u200b", "ひらがな", "Привет мир", "مرحبا",
		strings.Repeat("我要退款", 10000), strings.Repeat("a", 100<<10), strings.Repeat("\x00", 1000),
	} {
		checkDefined(t, c, text)
	}
	if u := c.Understand(" \u200b", Context{}); u.Intent != "" || !u.OutOfScope || u.Emotion != 0 || u.Facts != nil {
		t.Errorf("nothing said, yet understood %+v", u)
	}
}

// checkDefined fails unless the answer to text is whole and in range.
func checkDefined(t *testing.T, c *Classifier, text string) {
	t.Helper()
	u := c.Understand(text, Context{Asked: desk.FactPhoneTail, Turns: []string{"我要退款"}})
	if math.IsNaN(u.Confidence) || u.Confidence < 0 || u.Confidence > 1 {
		t.Errorf("confidence %v", u.Confidence)
	}
	if e := float64(u.Emotion); math.IsNaN(e) || e < -1 || e > 1 {
		t.Errorf("emotion %v", e)
	}
	for _, l := range []Label{u.Mood.Polarity, u.Mood.Polarity2, u.Mood.Emotion} {
		if l.Name == "" || !(l.Score > 0 && l.Score <= 1) {
			t.Errorf("mood %+v", u.Mood)
		}
	}
	if u.Lang != desk.Chinese && u.Lang != desk.English {
		t.Errorf("language %q", u.Lang)
	}
	sum := 0.0
	for i, r := range u.Ranked {
		if sum += r.Confidence; i > 0 && r.Confidence > u.Ranked[i-1].Confidence {
			t.Errorf("ranked %v", u.Ranked)
		}
	}
	if sum > 1+1e-4 || len(u.Ranked) == 0 {
		t.Errorf("confidences sum to %v", sum)
	}
}

func FuzzUnderstand(f *testing.F) {
	c := learnt(f)
	for _, s := range []string{"我要退款", "QH202611110001 1234", "不是很满意！！！", "+86 138-1234-5678", "￥1,299.5万元", "“骗子", "\xff", "尾号1234"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkDefined(t, c, text)
		once := c.Understand(text, Context{})
		if diff := cmp.Diff(once, c.Understand(text, Context{})); diff != "" {
			t.Errorf("asked twice, answered differently:\n%s", diff)
		}
	})
}

func TestNewRefuses(t *testing.T) {
	for name, examples := range map[string]map[string]string{
		"no intents":       {},
		"no lines":         {"refund": "# nothing yet\n"},
		"a taken name":     {"none": "a\nb\nc\n"},
		"too few examples": {"refund": "我要退款\n", "order": "我的订单\n查订单\n订单呢\n"},
	} {
		if c, err := New(examples, Options{}); err == nil {
			t.Errorf("%s: New returned %v and no error", name, c)
		}
	}
}

func TestNewIntentNeedsOnlyExamples(t *testing.T) {
	with := examples(t)
	with["appointment"] = strings.Join([]string{"我要预约", "预约到店时间", "约个时间试用", "帮我约明天下午", "改一下预约时间", "取消预约",
		"预约什么时候有空", "能预约周末吗", "想约师傅上门安装", "预约上门时间", "book an appointment", "make an appointment for Friday",
		"reschedule my appointment", "can I book a visit", "预约成功了吗", "我预约的是几点", "约一下安装", "给我安排个时间上门", "下周能约吗", "预约改到后天"}, "\n")
	c, err := New(with, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"想预约下周二", "帮我预约个安装时间", "I'd like to book an appointment"} {
		if u := c.Understand(text, Context{}); u.Intent != "appointment" || u.OutOfScope {
			t.Errorf("%q is %s with %.2f", text, u.Intent, u.Confidence)
		}
	}
}

func TestDoubt(t *testing.T) {
	strict, err := New(examples(t), Options{Doubt: 1})
	if err != nil {
		t.Fatal(err)
	}
	if u := strict.Understand("我要退款", Context{}); !u.OutOfScope || u.Intent != "refund" {
		t.Errorf("without any doubt allowed: %s, out of scope %v", u.Intent, u.OutOfScope)
	}
}

func BenchmarkNew(b *testing.B) {
	from := examples(b)
	for b.Loop() {
		if _, err := New(from, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpenMoods(b *testing.B) {
	for b.Loop() {
		if _, err := openMoods(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkUnderstand(b *testing.B) {
	c := learnt(b)
	for name, text := range map[string]string{
		"50 characters": "你好，我上周五在你们店里买的那双白色运动鞋，订单号QH202611110001，到现在物流还没有更新，怎么回事",
		"100 kilobytes": strings.Repeat("我要退款，", 100<<10/15),
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.Understand(text, Context{})
			}
		})
	}
}
