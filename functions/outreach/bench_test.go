package outreach_test

import (
	"fmt"
	"testing"
	"time"

	"keliu/functions/outreach/book"
	"keliu/functions/store/leads"
)

// A rule is tried while it is written: on ten thousand comments of last week, of which half match.
func BenchmarkTry(b *testing.B) {
	s := open(b)
	for i := range 10_000 {
		s.do(s.comment(fmt.Sprint("p", i%4000), fmt.Sprint("c", i), []string{"这个多少钱", "真好看"}[i%2]))
	}
	s.now = s.now.Add(time.Hour)
	for b.Loop() {
		trial, err := s.Try(b.Context(), leads.Rule{Name: "x", Any: []string{"多少钱"}, Reply: "私信"}, s.now.Add(-book.Week))
		if err != nil || trial.Matched != 5000 {
			b.Fatal(trial.Matched, err)
		}
	}
}
