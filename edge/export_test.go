package main

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestExportSaysWhatIsRight(t *testing.T) {
	data := t.TempDir()
	for _, c := range []struct {
		args  []string
		wrong bool   // wrong use, and not a failure
		says  string // in the error
	}{
		{[]string{"export"}, true, "keliu export --out DIR"},
		{[]string{"export", "--to", "x"}, true, "-to"},
		{[]string{"export", "--out", "x", "y"}, true, `"y"`},
		{[]string{"export", "--data", data, "--out", filepath.Join(t.TempDir(), "out")}, false, "no data folder"},
	} {
		err := run(t.Context(), c.args, strings.NewReader(""), io.Discard, io.Discard)
		var wrong misuse
		if err == nil || errors.As(err, &wrong) != c.wrong || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%q: %v, want wrong use %t and %q in it", c.args, err, c.wrong, c.says)
		}
	}
	if left, err := os.ReadDir(data); err != nil || len(left) > 0 {
		t.Errorf("an empty folder was filled with %v (%v)", left, err)
	}
}

func TestExportHelp(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"export", "--help"}, strings.NewReader(""), &out, io.Discard); err != nil || !strings.Contains(out.String(), "-out") {
		t.Errorf("%q (%v)", &out, err)
	}
}

func TestProgressIsForPeople(t *testing.T) {
	file, err := os.Create(filepath.Join(t.TempDir(), "messages"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for name, to := range map[string]io.Writer{"a buffer": io.Discard, "a file": file} {
		if tell, _ := progress(to); tell != nil {
			t.Errorf("progress is told to %s", name)
		}
	}
}
