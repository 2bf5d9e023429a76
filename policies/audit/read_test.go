package audit

import (
	"bytes"
	"slices"
	"strings"
	"testing"
)

// What is read from the end is what is read from the beginning, the other way round.
func FuzzBack(f *testing.F) {
	long := strings.Repeat("x", blockSize-3)
	for _, seed := range []string{"", "\n", "a", "a\n", "a\nb", "a\n\nb\n", long + "\nb\n", "a\n" + long + "\n" + long, long + long + "\n\n"} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, content []byte) {
		var lines [][]byte
		err := back(bytes.NewReader(content), int64(len(content)), func(line []byte) bool {
			if len(line) == 0 || bytes.IndexByte(line[:len(line)-1], '\n') >= 0 {
				t.Fatalf("%q is no line", line)
			}
			lines = append(lines, bytes.Clone(line))
			return true
		})
		if err != nil {
			t.Fatal(err)
		}
		slices.Reverse(lines)
		if got := bytes.Join(lines, nil); !bytes.Equal(got, content) {
			t.Fatalf("%d bytes of %d", len(got), len(content))
		}
	})
}

func TestBackStopsWhenToldSo(t *testing.T) {
	content := strings.Repeat("line\n", 100_000)
	n := 0
	err := back(strings.NewReader(content), int64(len(content)), func([]byte) bool { n++; return n < 3 })
	if err != nil || n != 3 {
		t.Errorf("%d lines: %v", n, err)
	}
}
