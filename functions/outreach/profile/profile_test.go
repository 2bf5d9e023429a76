package profile_test

import (
	"math"
	"testing"
	"time"

	"pgregory.net/rapid"

	"keliu/functions/outreach/profile"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// Whatever somebody does, in any order: the score lies between 0 and 100, and its reasons add up to it.
func TestReasonsAddUp(t *testing.T) {
	reader, err := lead.New()
	if err != nil {
		t.Fatal(err)
	}
	began := time.Date(2026, 11, 1, 0, 0, 0, 0, time.UTC)
	kinds := []desk.TouchKind{desk.Commented, desk.Entered, desk.Wrote, desk.Authorised, desk.Contacted, desk.Won, desk.Lost}
	rapid.Check(t, func(t *rapid.T) {
		var l leads.Lead
		for _, event := range rapid.SliceOfN(rapid.StringMatching("[a-z]{4}"), 1, 60).Draw(t, "events") {
			touch := desk.Touch{
				Kind: rapid.SampledFrom(kinds).Draw(t, "kind"), Text: rapid.SampledFrom([]string{"多少钱", "不想要", "好看", "求链接"}).Draw(t, "text"),
				At: began.Add(time.Duration(rapid.IntRange(0, 60*24).Draw(t, "hours")) * time.Hour),
			}
			var hits []leads.Hit
			if touch.Kind == desk.Commented && rapid.Bool().Draw(t, "hit") {
				hits = []leads.Hit{{Rule: "r", Name: "规则", Points: float64(rapid.IntRange(-100, 100).Draw(t, "points")), Spans: []leads.Span{{Start: 0, End: 2}}}}
			}
			profile.Apply(&l, touch, event, hits, reader.Read(touch.Text), "")
		}
		sum := 0.0
		for _, r := range l.Reasons {
			sum += r.Points
			if zh, en := profile.Sentence(r, desk.Chinese), profile.Sentence(r, desk.English); zh == "" || en == "" {
				t.Fatalf("%+v says nothing", r)
			}
		}
		if l.Score < 0 || l.Score > 100 || math.Abs(sum-l.Score) > 0.05*float64(len(l.Reasons))+1e-6 {
			t.Fatalf("the score is %v, its reasons come to %v: %+v", l.Score, sum, l.Reasons)
		}
	})
}
