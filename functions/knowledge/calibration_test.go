package knowledge_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"keliu/functions/knowledge"
	"keliu/streams/desk"
)

// demo opens a library with the demo's articles published.
func demo(t testing.TB) *knowledge.Library {
	t.Helper()
	l := open(t, new(knowledge.MemoryShelf))
	if err := l.Import(t.Context(), knowledge.Demo()); err != nil {
		t.Fatal(err)
	}
	return l
}

// questions reads lines of a question and, after a tab, the files that answer it, apart by bars.
func questions(t testing.TB, name string) (all [][2]string) {
	t.Helper()
	body, err := os.ReadFile(filepath.Join("testdata", name))
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(body)) {
		question, files, _ := strings.Cut(strings.TrimSpace(line), "\t")
		all = append(all, [2]string{question, files})
	}
	return all
}

// TestCalibration holds the demo's articles against questions they answer, which must come up first and confident, and
// questions they do not hold, which must not. Nothing was tuned on the held-out files.
func TestCalibration(t *testing.T) {
	l := demo(t)
	sources := map[desk.ArticleID]string{}
	for _, a := range l.Articles() {
		sources[a.ID] = a.Source
	}
	for _, test := range []struct {
		file string
		want float64
	}{
		{"answered.txt", 0.92}, {"answered_heldout.txt", 0.90}, {"unanswered.txt", 0.92}, {"unanswered_heldout.txt", 0.90},
	} {
		t.Run(test.file, func(t *testing.T) {
			all, right := questions(t, test.file), 0
			for _, q := range all {
				found := find(t, l, q[0])
				source, score := "", 0.0
				if len(found) > 0 {
					source, score = sources[found[0].Article], found[0].Score
				}
				ok := score < knowledge.Confident
				if q[1] != "" {
					ok = score >= knowledge.Confident && slices.Contains(strings.Split(q[1], "|"), source)
				}
				if ok {
					right++
				} else {
					t.Logf("%s: %s at %.2f (%s)", q[0], source, score, strings.ReplaceAll(first(found), "\n", " "))
				}
			}
			share := float64(right) / float64(len(all))
			t.Logf("%d of %d right: %.3f", right, len(all), share)
			if share < test.want {
				t.Errorf("%.3f are right, want %.2f", share, test.want)
			}
		})
	}
}
