package mask_test

import (
	"bufio"
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/policies/mask"
)

// A sample is a text with the personal data that stands in it.
type sample struct {
	marked string
	text   string
	want   []place
}

type place struct {
	Type  mask.Type
	Value string
	Start int
}

// samples reads testdata/found.txt.
func samples(t testing.TB) []sample {
	t.Helper()
	file, err := os.Open("testdata/found.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var all []sample
	lines := bufio.NewScanner(file)
	for lines.Scan() {
		line := strings.ReplaceAll(lines.Text(), `\n`, "\n")
		if line == "" || strings.HasPrefix(line, "# ") {
			continue
		}
		s := sample{marked: line}
		for rest := line; ; {
			plain, after, found := strings.Cut(rest, "⟦")
			s.text += plain
			if !found {
				break
			}
			marked, next, closed := strings.Cut(after, "⟧")
			category, value, named := strings.Cut(marked, "|")
			if !closed || !named {
				t.Fatalf("unreadable: %s", line)
			}
			s.want = append(s.want, place{mask.Type(category), value, utf8.RuneCountInString(s.text)})
			s.text += value
			rest = next
		}
		all = append(all, s)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return all
}

func TestFind(t *testing.T) {
	for _, s := range samples(t) {
		var got []place
		runes := []rune(s.text)
		for _, found := range mask.Find(s.text) {
			value := s.text[found.From:found.To]
			if value != string(runes[found.Start:found.End]) {
				t.Errorf("%s: bytes and runes of %q disagree", s.marked, value)
			}
			got = append(got, place{found.Type, value, found.Start})
		}
		if diff := cmp.Diff(s.want, got); diff != "" {
			t.Errorf("%s\n%s", s.marked, diff)
		}
	}
}
