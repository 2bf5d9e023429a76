package settle_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions/dialog/settle"
	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/outcome"
)

var noon = time.Date(2026, 11, 2, 12, 0, 0, 0, time.UTC)

// closed is a conversation whose session with the AI about refunds ended at noon.
func closed(t testing.TB) *desk.Conversation {
	t.Helper()
	c := &desk.Conversation{
		Channel: "web", Lang: desk.Chinese, Intent: "smalltalk", Tried: []string{"order: answered", "refund: answered"},
		Session: desk.Session{Opened: noon.Add(-time.Hour), FirstIn: noon.Add(-time.Hour), FirstOut: noon.Add(-time.Hour + time.Second), AI: true},
	}
	if got := sums(settle.Closed(c, "idle", noon)); got[outcome.Assumed] != 1 || got[outcome.Unaided] != 1 || got[outcome.Once] != 1 || got[outcome.Resolved] != 1 {
		t.Fatalf("at the closing: %v", got)
	}
	return c
}

func sums(points []meter.Point) map[string]float64 {
	all := map[string]float64{}
	for _, p := range points {
		all[p.Name] += p.Value
	}
	return all
}

func TestWhatIsTakenBack(t *testing.T) {
	const second = time.Second
	for name, test := range map[string]struct {
		after time.Duration
		then  func(*desk.Conversation, time.Time) []meter.Point
		about string
		want  map[string]float64
	}{
		"a further request":              {outcome.AssumedAfter - second, settle.Returned, "", map[string]float64{outcome.Assumed: -1}},
		"a further request, too late":    {outcome.AssumedAfter, settle.Returned, "", map[string]float64{}},
		"a person":                       {outcome.AssumedAfter - second, settle.Assigned, "", map[string]float64{outcome.Unaided: -1}},
		"a person, too late":             {outcome.AssumedAfter, settle.Assigned, "", map[string]float64{}},
		"the same again":                 {outcome.RepeatAfter - second, settle.Asked, "refund", map[string]float64{outcome.Once: -1, outcome.Repeated: 1}},
		"the same again, too late":       {outcome.RepeatAfter, settle.Asked, "refund", map[string]float64{}},
		"the other thing again":          {outcome.AssumedAfter, settle.Asked, "order", map[string]float64{outcome.Once: -1, outcome.Repeated: 1}},
		"the same at once":               {time.Minute, settle.Asked, "order", map[string]float64{outcome.Assumed: -1, outcome.Once: -1, outcome.Repeated: 1}},
		"something else":                 {time.Minute, settle.Asked, "logistics", map[string]float64{outcome.Assumed: -1}},
		"what ended it, not what it was": {time.Minute, settle.Asked, "smalltalk", map[string]float64{outcome.Assumed: -1}},
	} {
		t.Run(name, func(t *testing.T) {
			c := closed(t)
			c.Intent, c.Lang, c.Agent, c.Channel = test.about, desk.English, "agent", "app"
			points := test.then(c, noon.Add(test.after))
			if diff := cmp.Diff(test.want, sums(points)); diff != "" {
				t.Fatal(diff)
			}
			for _, p := range points { // where it was counted, there it goes
				if want := (meter.Tags{Channel: "web", Intent: "smalltalk", Lang: "zh"}); p.Tags != want || !p.At.Equal(noon) {
					t.Errorf("%+v", p)
				}
			}
			if again := test.then(c, noon.Add(test.after)); len(again) != 0 {
				t.Errorf("taken back twice: %+v", again)
			}
		})
	}
}

func TestGoals(t *testing.T) {
	asked := noon.Add(-10 * time.Minute)
	c := &desk.Conversation{Session: desk.Session{
		Opened: noon.Add(-25 * time.Hour), FirstIn: noon.Add(-25 * time.Hour), FirstOut: noon.Add(-25*time.Hour + time.Minute),
		Asked: asked, FirstHand: asked.Add(4 * time.Minute), ToHuman: true,
	}}
	met := map[string]float64{}
	for _, p := range settle.Closed(c, "unsolved", noon) {
		switch p.Name {
		case outcome.GoalDue:
			met[p.Tags.Reason] += 0
		case outcome.GoalMet:
			met[p.Tags.Reason]++
		case outcome.Assisted:
		default:
			t.Errorf("%+v of a session that nobody solved", p)
		}
	}
	if diff := cmp.Diff(map[string]float64{outcome.FirstReply: 1, outcome.Person: 0, outcome.Closing: 0}, met); diff != "" {
		t.Error(diff)
	}
}

// However customers come and go, no minute counts less than nothing, and nothing settled is left out of what was counted.
func TestSumsNeverFallBelowNothing(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		c, now, counted := &desk.Conversation{}, noon, map[string]map[time.Time]float64{}
		add := func(points []meter.Point) {
			for _, p := range points {
				if counted[p.Name] == nil {
					counted[p.Name] = map[time.Time]float64{}
				}
				counted[p.Name][p.At] += p.Value
			}
		}
		for range rapid.IntRange(1, 12).Draw(r, "sessions") {
			now = now.Add(time.Duration(rapid.IntRange(1, 200).Draw(r, "hours")) * time.Hour)
			c.Session = desk.Session{Opened: now, AI: true, ToHuman: rapid.Bool().Draw(r, "human")}
			c.Intent = rapid.SampledFrom([]string{"order", "refund"}).Draw(r, "intent")
			add(settle.Asked(c, now))
			if c.Session.ToHuman {
				add(settle.Assigned(c, now))
			}
			now = now.Add(time.Minute)
			add(settle.Closed(c, rapid.SampledFrom([]string{"solved", "idle"}).Draw(r, "reason"), now))
		}
		for at, n := range counted[outcome.Resolved] {
			if once, repeated := counted[outcome.Once][at], counted[outcome.Repeated][at]; once+min(repeated, n) != n {
				r.Fatalf("at %s: %v resolved, once %v, repeated %v", at, n, once, repeated)
			}
		}
		for _, name := range []string{outcome.Assumed, outcome.Unaided, outcome.Once, outcome.Repeated} {
			for at, n := range counted[name] {
				if n < 0 || n > 1 {
					r.Fatalf("%s at %s: %v", name, at, n)
				}
			}
		}
	})
}
