package score

import (
	"testing"
	"time"

	"keliu/streams/score"
)

// TestSameMatches: both find the same keywords in every comment.
func TestSameMatches(t *testing.T) {
	c, err := New()
	if err != nil {
		t.Fatal(err)
	}
	if len(c.keywords) != 1000 {
		t.Errorf("%d keywords", len(c.keywords))
	}
	total := 0
	for i, text := range c.comments {
		found := map[int]bool{}
		c.reader.Find(text, func(id, _, _ int) { found[id] = true })
		if want, _ := c.search(i); len(found) != want {
			t.Errorf("%q: %d keywords, want %d", text, len(found), want)
		}
		total += len(found)
	}
	if total < len(c.comments)/3 {
		t.Errorf("%d keywords in %d comments", total, len(c.comments))
	}
	if c.Ours(time.Millisecond) <= 0 || c.Contains(time.Millisecond) <= 0 {
		t.Error("nothing was done")
	}
}

func BenchmarkScore(b *testing.B) {
	c, err := New()
	if err != nil {
		b.Fatal(err)
	}
	windows := make([]score.Window, writers)
	at := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	b.Run("ours", func(b *testing.B) {
		b.ReportAllocs()
		for n := 0; b.Loop(); n++ {
			i := n % len(c.comments)
			c.score(&windows[c.names[i]], i, at.Add(time.Duration(n)*time.Millisecond))
		}
	})
	b.Run("contains", func(b *testing.B) {
		for n := 0; b.Loop(); n++ {
			c.search(n % len(c.comments))
		}
	})
}
