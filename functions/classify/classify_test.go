package classify

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// learnt is a classifier of the intents of the house.
func learnt(t testing.TB) *Classifier {
	t.Helper()
	files, err := filepath.Glob("../intents/*/examples.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("examples: %d files, %v", len(files), err)
	}
	examples := map[string]string{}
	for _, f := range files {
		text, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		examples[filepath.Base(filepath.Dir(f))] = string(text)
	}
	c, err := New(examples, Options{})
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
