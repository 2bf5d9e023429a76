package builtin

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/tools/txtar"

	"keliu/streams/desk"
)

// TestAnswer runs the texts of testdata: a question, the passages found for it, the answer.
func TestAnswer(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no texts: %v", err)
	}
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			q, want := readQuestion(t, file)
			if diff := cmp.Diff(want, Answer(q)); diff != "" {
				t.Errorf("%q (-want +got):\n%s", q.Text, diff)
			}
		})
	}
}

// readQuestion reads a text of testdata.
func readQuestion(t testing.TB, file string) (q Question, answer string) {
	t.Helper()
	text, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	archive := txtar.Parse(text)
	head, _ := fields(string(archive.Comment))
	q = Question{Text: head["question"], Lang: Lang(head["question"]), Caring: head["tone"] == "caring"}
	for _, f := range archive.Files {
		if f.Name == "answer" {
			answer = strings.TrimSpace(string(f.Data))
			continue
		}
		head, body := fields(string(f.Data))
		p := desk.Passage{Title: head["title"], Heading: head["heading"], Text: body}
		if head["phrasings"] != "" {
			p.Phrasings = strings.Split(head["phrasings"], " | ")
		}
		if p.Score, err = strconv.ParseFloat(head["score"], 64); err != nil {
			t.Fatalf("%s: score: %v", file, err)
		}
		q.Passages = append(q.Passages, p)
	}
	if answer == "" {
		t.Fatalf("%s: no answer", file)
	}
	return q, answer
}

// fields reads "name: value" lines up to an empty line, and what follows it.
func fields(text string) (map[string]string, string) {
	head := map[string]string{}
	top, body, _ := strings.Cut(text, "\n\n")
	for line := range strings.Lines(top) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), ":")
		head[name] = strings.TrimSpace(value)
	}
	return head, strings.TrimSpace(body)
}

// FuzzAnswer composes from anything. The answer is text, the same each time, and invents no word: every run of letters
// and digits in it, beside the lead-ins, stands in a passage.
func FuzzAnswer(f *testing.F) {
	f.Add("退货要几天", "自签收次日起 7 天内可退。但以下除外：\n- 定制\n- 卡券", "| 地区 | 时效 |\n|---|---|\n| 新疆 | 5–8 天 |", true)
	f.Add("How long?", "It takes 2 days, e.g. to Beijing. **Free** over ¥99.00!", "1) one\n2) two?", false)
	f.Add("a", ".", "\xff。|", false)
	f.Fuzz(func(t *testing.T, question, one, two string, caring bool) {
		q := Question{Text: question, Lang: Lang(question), Caring: caring, Passages: []desk.Passage{{Text: one}, {Text: two}}}
		answer := Answer(q)
		if answer == "" || answer != Answer(q) {
			t.Fatalf("%q, then %q", answer, Answer(q))
		}
		given := one + two
		for _, p := range phrases {
			given += p.caring + p.foreign + p.nothing
		}
		given = emphasis.Replace(given)
		for _, run := range strings.FieldsFunc(answer, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }) {
			if !strings.Contains(given, run) {
				t.Errorf("%q of %q stands nowhere", run, answer)
			}
		}
	})
}

// BenchmarkAnswer composes the answers of testdata.
func BenchmarkAnswer(b *testing.B) {
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil {
		b.Fatal(err)
	}
	var questions []Question
	for _, file := range files {
		q, _ := readQuestion(b, file)
		questions = append(questions, q)
	}
	for i := 0; b.Loop(); i++ {
		Answer(questions[i%len(questions)])
	}
}
