package score_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/embedded"
	"keliu/streams/score"
	"keliu/streams/score/lead"
)

var noon = time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)

func reader(t testing.TB) *lead.Reader {
	t.Helper()
	r, err := lead.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// TestOrderDoesNotMatter: any order, and any of them again, gives the same window.
func TestOrderDoesNotMatter(t *testing.T) {
	codes := []string{"message", "answered", "comment", "entered"}
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(0, 3*score.MaxSignals).Draw(t, "n")
		var events []score.Signal
		for i := range n {
			events = append(events, score.Signal{
				ID: fmt.Sprint("e", i), Code: rapid.SampledFrom(codes).Draw(t, "code"),
				At:   noon.Add(time.Duration(rapid.IntRange(0, 60).Draw(t, "minutes")) * time.Minute * 7),
				Lead: float64(rapid.IntRange(-60, 60).Draw(t, "lead")), Risk: float64(rapid.IntRange(0, 55).Draw(t, "risk")),
			})
		}
		var straight, shuffled score.Window
		for _, e := range events {
			straight.Add(e)
		}
		again := events
		if n > 0 {
			again = append(slices.Clone(events), rapid.SliceOf(rapid.SampledFrom(events)).Draw(t, "again")...)
		}
		for _, e := range rapid.Permutation(again).Draw(t, "order") {
			shuffled.Add(e)
		}
		if diff := cmp.Diff(straight, shuffled); diff != "" {
			t.Fatalf("(-straight +shuffled):\n%s", diff)
		}
		if len(straight.Signals) != min(n, score.MaxSignals) {
			t.Fatalf("%d signals of %d", len(straight.Signals), n)
		}
		at := noon.Add(time.Duration(rapid.IntRange(0, 5000).Draw(t, "asked")) * time.Minute)
		scores := straight.Scores(at)
		for _, s := range []desk.Score{scores.Lead, scores.Risk} {
			sum := 0.0
			for _, r := range s.Reasons {
				sum += r.Points
				if r.Why == "" {
					t.Fatalf("%s says not why", r.Code)
				}
			}
			if s.Value < 0 || s.Value > 100 || math.Abs(sum-s.Value) > 0.31 {
				t.Fatalf("%v, reasons add up to %v: %+v", s.Value, sum, s.Reasons)
			}
		}
	})
}

func TestDecay(t *testing.T) {
	var w score.Window
	w.Add(score.Signal{ID: "a", Code: "comment", At: noon, Lead: 40, Risk: 40})
	for _, c := range []struct {
		after      time.Duration
		lead, risk float64
	}{{-time.Second, 0, 0}, {0, 40, 40}, {score.RiskHalf, 29.7, 20}, {score.LeadHalf, 20, 7.9}, {2 * score.LeadHalf, 10, 1.6}} {
		got := w.Scores(noon.Add(c.after))
		if got.Lead.Value != c.lead || got.Risk.Value != c.risk {
			t.Errorf("after %v: lead %v, risk %v; want %v and %v", c.after, got.Lead.Value, got.Risk.Value, c.lead, c.risk)
		}
	}
	want := []desk.Reasoning{{Code: "comment", Why: "评论中的话", Points: 40}, {Code: "decay", Why: "随时间衰减", Points: -20}}
	if diff := cmp.Diff(want, w.Scores(noon.Add(score.LeadHalf)).Lead.Reasons); diff != "" {
		t.Error(diff)
	}
}

// TestService: slow answers and repeated contacts are a risk, quick and single ones are none.
func TestService(t *testing.T) {
	message := func(id string, after time.Duration) score.Signal {
		return score.Signal{ID: id, Code: "message", At: noon.Add(after)}
	}
	answer := func(id string, after time.Duration) score.Signal {
		return score.Signal{ID: id, Code: "answered", At: noon.Add(after)}
	}
	for _, c := range []struct {
		name   string
		events []score.Signal
		want   []string
	}{
		{"quick", []score.Signal{message("1", 0), answer("2", time.Minute)}, nil},
		{"slow", []score.Signal{message("1", 0), message("2", 9*time.Minute), answer("3", 11*time.Minute)}, []string{"slow"}},
		{"often at once", []score.Signal{message("1", 0), message("2", time.Minute), message("3", 2*time.Minute)}, nil},
		{"three contacts", []score.Signal{message("1", 0), message("2", 5*time.Hour), message("3", 30*time.Hour)}, []string{"repeat"}},
		{"three contacts in a month", []score.Signal{message("1", 0), message("2", 200*time.Hour), message("3", 400*time.Hour)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var w score.Window
			for _, e := range c.events {
				w.Add(e)
			}
			var got []string
			for _, r := range w.Scores(w.Latest()).Risk.Reasons {
				got = append(got, r.Code)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func touch(id string, kind desk.TouchKind, after time.Duration, text string) desk.Touch {
	return desk.Touch{ID: id, Kind: kind, Channel: "douyin", Person: "douyin:p1", Text: text, At: noon.Add(after)}
}

func notice(id string, by desk.Author, after time.Duration, text string, emotion desk.Emotion) desk.Notice {
	return desk.Notice{Event: desk.EventMessage, Conversation: "c1", At: noon.Add(after), Message: &desk.Message{
		ID: desk.MessageID(id), By: by, Text: text, Emotion: emotion, At: noon.Add(after),
	}}
}

// TestWhatTheStreamsSay follows a person and a conversation through the embedded log, and starts again from it.
func TestWhatTheStreamsSay(t *testing.T) {
	log, err := embedded.Open(t.TempDir(), embedded.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer log.Close()
	live, err := score.Open(t.Context(), log, reader(t))
	if err != nil {
		t.Fatal(err)
	}
	touches := []desk.Touch{
		touch("t1", desk.Commented, 0, "多少钱，求链接"), touch("t2", desk.Entered, time.Minute, ""),
		touch("t1", desk.Commented, 0, "多少钱，求链接"), touch("t4", desk.Shown, 2*time.Minute, ""),
		touch("t3", desk.Contacted, 3*time.Minute, ""),
	}
	notices := []desk.Notice{
		notice("m1", desk.ByCustomer, 0, "怎么还不发货", -0.5), notice("m2", desk.ByAI, time.Minute, "您好", 0),
		notice("m3", desk.ByCustomer, 2*time.Minute, "再不退款我就打12315投诉", -0.9),
		{Event: desk.EventHandoff, Conversation: "c1", At: noon},
	}
	for _, x := range touches {
		if err := live.Touch(t.Context(), streams.Record{}, x); err != nil {
			t.Fatal(err)
		}
	}
	for _, x := range notices {
		if err := live.Notice(t.Context(), streams.Record{}, x); err != nil {
			t.Fatal(err)
		}
	}
	person, ok := live.Of("douyin:p1")
	if !ok || person.Lead.Value < 80 || person.Risk.Value != 0 || person.Intent != "link" && person.Intent != "price" {
		t.Errorf("person: %+v", person)
	}
	conversation, ok := live.Of("c1")
	if !ok || conversation.Risk.Value < 80 || conversation.Lead.Value > 5 {
		t.Errorf("conversation: %+v", conversation)
	}
	if _, ok := live.Of("nobody"); ok {
		t.Error("nobody has scores")
	}
	rebuilt, err := score.Open(t.Context(), log, reader(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, key := range []string{"douyin:p1", "c1"} {
		was, _ := live.At(key, noon.Add(24*time.Hour))
		is, ok := rebuilt.At(key, noon.Add(24*time.Hour))
		if diff := cmp.Diff(was, is); !ok || diff != "" {
			t.Errorf("%s (-live +rebuilt):\n%s", key, diff)
		}
	}
}

// brokenLog cannot publish.
type brokenLog struct{ streams.Log }

func (brokenLog) Latest(context.Context, string, func(streams.Record) error) error { return nil }

func (brokenLog) Publish(context.Context, string, ...streams.Record) error {
	return streams.ErrUnavailable
}

// TestNothingIsShownThatIsNotKept: a signal whose window could not be published counts once it comes again.
func TestNothingIsShownThatIsNotKept(t *testing.T) {
	s, err := score.Open(t.Context(), brokenLog{}, reader(t))
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		if err := s.Touch(t.Context(), streams.Record{}, touch("t1", desk.Entered, 0, "")); !errors.Is(err, streams.ErrUnavailable) {
			t.Errorf("%v", err)
		}
	}
	if _, ok := s.Of("douyin:p1"); ok {
		t.Error("a score is shown that is not kept")
	}
}

func TestAWindowIsWrittenAsItIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		w := score.Window{}
		for range rapid.IntRange(0, 5).Draw(t, "signals") {
			w.Signals = append(w.Signals, score.Signal{
				ID: rapid.String().Draw(t, "id"), Code: rapid.StringMatching(`[a-z]{0,8}`).Draw(t, "code"), Intent: rapid.String().Draw(t, "intent"),
				At: time.UnixMilli(rapid.Int64Range(0, 1<<42).Draw(t, "at")).UTC(), Lead: rapid.Float64Range(-1e9, 1e9).Draw(t, "lead"), Risk: rapid.Float64Range(0, 100).Draw(t, "risk"),
			})
		}
		var got score.Window
		if err := json.Unmarshal(w.AppendJSON(nil), &got); err != nil {
			t.Fatalf("%v in %s", err, w.AppendJSON(nil))
		}
		if diff := cmp.Diff(w, got, cmpopts.EquateEmpty()); diff != "" {
			t.Error(diff)
		}
	})
}
