package builtin

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

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
