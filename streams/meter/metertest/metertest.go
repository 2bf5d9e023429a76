// Package metertest is the contract of meter.Meter: every implementation passes it whole.
package metertest

import (
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/meter"
)

// tolerance is by which part of its value a quantile may be off.
const tolerance = 0.02

// An Opener opens the meter kept at a place; after Close the same place has what was counted.
type Opener func(t *testing.T, place string) meter.Meter

// Run holds a meter to the contract.
func Run(t *testing.T, open Opener) {
	for _, c := range []struct {
		name string
		test func(*testing.T, Opener)
	}{
		{"equals a recount", equalsARecount},
		{"counts an id once", countsAnIDOnce},
		{"counts concurrent calls", countsConcurrentCalls},
		{"remembers after reopening", remembers},
		{"puts late points where they belong", putsLatePoints},
		{"divides at the edges", dividesAtTheEdges},
		{"follows local days", followsLocalDays},
		{"takes back what was counted", takesBack},
		{"takes words as they are", takesWords},
		{"tells nothing of nothing", tellsNothing},
		{"refuses what makes no sense", refuses},
	} {
		t.Run(c.name, func(t *testing.T) { c.test(t, open) })
	}
}

// begin is a full hour in the recent past.
func begin() time.Time { return time.Now().UTC().Truncate(time.Hour).Add(-6 * time.Hour) }

func at(t *testing.T, open Opener) meter.Meter {
	m := open(t, t.TempDir())
	t.Cleanup(func() { shut(t, m) })
	return m
}

func shut(t *testing.T, m meter.Meter) {
	t.Helper()
	if err := m.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func add(t *testing.T, m meter.Meter, id string, points ...meter.Point) {
	t.Helper()
	if err := m.Add(t.Context(), id, points); err != nil {
		t.Fatalf("add %s: %v", id, err)
	}
}

func ask(t *testing.T, m meter.Meter, q meter.Question) meter.Series {
	t.Helper()
	s, err := m.Ask(t.Context(), q)
	if err != nil {
		t.Fatalf("ask %+v: %v", q, err)
	}
	return s
}

// recount is what the answer must be: the points one by one.
func recount(points []meter.Point, q meter.Question) meter.Series {
	pick := func(from, to time.Time) (float64, int64) {
		var chosen []meter.Point
		for _, p := range points {
			if p.Name == q.Name && !p.At.Before(from) && p.At.Before(to) && matches(p.Tags, q.Where) {
				chosen = append(chosen, p)
			}
		}
		return statistic(chosen, q.Statistic), int64(len(chosen))
	}
	s := meter.Series{Steps: []meter.Sample{}}
	s.Total, s.Count = pick(q.From, q.To)
	for from := q.From; q.Step > 0 && from.Before(q.To); from = from.Add(q.Step) {
		to := from.Add(q.Step)
		if to.After(q.To) {
			to = q.To
		}
		value, count := pick(from, to)
		s.Steps = append(s.Steps, meter.Sample{At: from.UTC(), Value: value, Count: count})
	}
	return s
}

func matches(t, where meter.Tags) bool {
	for _, pair := range [][2]string{
		{t.Channel, where.Channel}, {t.Intent, where.Intent}, {t.Agent, where.Agent}, {t.Team, where.Team},
		{t.Model, where.Model}, {t.Lang, where.Lang}, {t.Reason, where.Reason},
	} {
		if pair[1] != "" && pair[0] != pair[1] {
			return false
		}
	}
	return true
}

func statistic(points []meter.Point, s meter.Statistic) float64 {
	if len(points) == 0 {
		return 0
	}
	var sum float64
	values := make([]float64, len(points))
	last := points[0]
	for i, p := range points {
		sum += p.Value
		values[i] = p.Value
		if !p.At.Before(last.At) {
			last = p
		}
	}
	slices.Sort(values)
	rank := func(q float64) float64 { return values[int(math.Ceil(q*float64(len(values))))-1] }
	switch s {
	case meter.Sum:
		return sum
	case meter.Count:
		return float64(len(points))
	case meter.Mean:
		return sum / float64(len(points))
	case meter.Last:
		return last.Value
	case meter.Max:
		return values[len(values)-1]
	case meter.P50:
		return rank(0.5)
	case meter.P90:
		return rank(0.9)
	case meter.P95:
		return rank(0.95)
	}
	return rank(0.99)
}

// same compares an answer with a recount; sums may differ in the last digits and quantiles by the tolerance.
func same(t *testing.T, q meter.Question, got, want meter.Series) {
	t.Helper()
	allowed := 1e-9
	switch q.Statistic {
	case meter.P50, meter.P90, meter.P95, meter.P99:
		allowed = tolerance
	}
	close := cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= allowed*max(math.Abs(a), math.Abs(b)) })
	if got.Steps == nil {
		got.Steps = []meter.Sample{}
	}
	if diff := cmp.Diff(want, got, close); diff != "" {
		t.Errorf("%+v (-recount +answer):\n%s", q, diff)
	}
}

func equalsARecount(t *testing.T, open Opener) {
	const hours = 5
	m, start := at(t, open), begin()
	random := rand.New(rand.NewPCG(7, 7))
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	taken := map[int64]bool{}
	when := func() time.Time { // never the same, so that it is clear which is the last
		for {
			if ms := random.Int64N(hours * 3600 * 1000); !taken[ms] {
				taken[ms] = true
				return start.Add(time.Duration(ms) * time.Millisecond)
			}
		}
	}
	var points []meter.Point
	for i := range 400 {
		batch := make([]meter.Point, random.IntN(8))
		for j := range batch {
			batch[j] = meter.Point{Name: one("a", "b"), At: when(), Value: 1, Tags: meter.Tags{
				Channel: one("web", "app", ""), Intent: one("order", "refund"), Lang: one("zh", "en"),
			}}
			if batch[j].Name == "b" {
				batch[j].Value = math.Exp(random.Float64() * 15) // 1 ms to 54 min
			}
		}
		add(t, m, fmt.Sprint("r", i), batch...)
		points = append(points, batch...)
	}
	statistics := []meter.Statistic{
		meter.Sum, meter.Count, meter.Mean, meter.P50, meter.P90, meter.P95, meter.P99, meter.Last, meter.Max,
	}
	for range 200 {
		from := start.Add(time.Duration(random.IntN(hours*60)) * time.Minute)
		q := meter.Question{
			Name: one("a", "b", "c"), Statistic: statistics[random.IntN(len(statistics))],
			From: from, To: from.Add(time.Duration(random.IntN(hours*60)) * time.Minute),
			Step:  time.Duration(random.IntN(90)) * time.Minute,
			Where: meter.Tags{Channel: one("web", ""), Intent: one("refund", "", "")},
		}
		same(t, q, ask(t, m, q), recount(points, q))
	}
}

func countsAnIDOnce(t *testing.T, open Opener) {
	place, start := t.TempDir(), begin()
	q := meter.Question{Name: "n", Statistic: meter.Sum, From: start, To: start.Add(time.Hour)}
	for round := range 3 { // the second and third time in a meter opened again
		m := open(t, place)
		for range 3 {
			add(t, m, "same", meter.Point{Name: "n", Value: 2, At: start}, meter.Point{Name: "n", Value: 3, At: start})
		}
		add(t, m, fmt.Sprint("other", round), meter.Point{Name: "n", Value: 10, At: start})
		if got, want := ask(t, m, q).Total, float64(5+10*(round+1)); got != want {
			t.Errorf("round %d: %v, want %v", round, got, want)
		}
		shut(t, m)
	}
}

func countsConcurrentCalls(t *testing.T, open Opener) {
	const callers, calls = 16, 40
	m, start := at(t, open), begin()
	var all sync.WaitGroup
	for caller := range callers {
		all.Go(func() {
			for call := range calls {
				// Each id is added by two callers.
				id := fmt.Sprint(caller/2, "-", call)
				err := m.Add(t.Context(), id, []meter.Point{{Name: "n", Value: 1, At: start.Add(time.Duration(call) * time.Minute)}})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	s := ask(t, m, meter.Question{Name: "n", Statistic: meter.Count, From: start, To: start.Add(time.Hour), Step: time.Minute})
	if s.Total != callers/2*calls {
		t.Errorf("counted %v, want %v", s.Total, callers/2*calls)
	}
	for i, step := range s.Steps {
		want := float64(callers / 2)
		if i >= calls {
			want = 0
		}
		if step.Value != want {
			t.Errorf("minute %d: %v, want %v", i, step.Value, want)
		}
	}
}

func remembers(t *testing.T, open Opener) {
	place, start := t.TempDir(), begin()
	var points []meter.Point
	for round := range 3 {
		m := open(t, place)
		for i := range 50 {
			p := meter.Point{Name: "n", Value: float64(1 + i*i*(round+1)), At: start.Add(time.Duration(round*50+i) * time.Second), Tags: meter.Tags{Agent: "周"}}
			points = append(points, p)
			add(t, m, fmt.Sprint(round, "-", i), p)
		}
		shut(t, m)
	}
	m := open(t, place)
	defer shut(t, m)
	for _, s := range []meter.Statistic{meter.Sum, meter.Count, meter.P90, meter.Last, meter.Max} {
		q := meter.Question{Name: "n", Statistic: s, From: start, To: start.Add(10 * time.Minute), Step: time.Minute, Where: meter.Tags{Agent: "周"}}
		same(t, q, ask(t, m, q), recount(points, q))
	}
}

func putsLatePoints(t *testing.T, open Opener) {
	m, start := at(t, open), begin()
	ago := []time.Duration{0, 3 * time.Minute, time.Minute, 30 * time.Hour, 29 * time.Hour, 20 * 24 * time.Hour}
	var points []meter.Point
	for i, d := range ago {
		p := meter.Point{Name: "n", Value: float64(i + 1), At: start.Add(-d)}
		points = append(points, p)
		add(t, m, fmt.Sprint(i), p)
		for _, s := range []meter.Statistic{meter.Sum, meter.Last, meter.P50} {
			for _, step := range []time.Duration{0, time.Minute, time.Hour} {
				q := meter.Question{Name: "n", Statistic: s, From: start.Add(-d), To: start.Add(-d + 90*time.Minute), Step: step}
				same(t, q, ask(t, m, q), recount(points, q))
			}
		}
	}
	q := meter.Question{Name: "n", Statistic: meter.Sum, From: start.Add(-21 * 24 * time.Hour), To: start.Add(time.Hour), Step: 24 * time.Hour}
	same(t, q, ask(t, m, q), recount(points, q))
}

func dividesAtTheEdges(t *testing.T, open Opener) {
	m, start := at(t, open), begin()
	var points []meter.Point
	for _, offset := range []time.Duration{-time.Millisecond, 0, time.Minute - time.Millisecond, time.Minute, 10*time.Minute - time.Millisecond, 10 * time.Minute} {
		points = append(points, meter.Point{Name: "n", Value: 1, At: start.Add(offset)})
	}
	add(t, m, "edges", points...)
	for _, step := range []time.Duration{0, time.Minute, 3 * time.Minute, 10 * time.Minute, time.Hour} {
		q := meter.Question{Name: "n", Statistic: meter.Count, From: start, To: start.Add(10 * time.Minute), Step: step}
		same(t, q, ask(t, m, q), recount(points, q))
	}
}

func followsLocalDays(t *testing.T, open Opener) {
	m, now := at(t, open), begin()
	var points []meter.Point
	for hour := range 80 {
		points = append(points, meter.Point{Name: "n", Value: float64(hour), At: now.Add(-time.Duration(hour)*time.Hour + 31*time.Minute)})
	}
	add(t, m, "hours", points...)
	for name, offset := range map[string]int{"Shanghai": 8 * 3600, "Kolkata": 5*3600 + 1800, "New York": -5 * 3600, "UTC": 0} {
		zone := time.FixedZone(name, offset)
		y, month, d := now.In(zone).Date()
		q := meter.Question{
			Name: "n", Statistic: meter.Sum, Step: 24 * time.Hour,
			From: time.Date(y, month, d-3, 0, 0, 0, 0, zone), To: time.Date(y, month, d+1, 0, 0, 0, 0, zone),
		}
		same(t, q, ask(t, m, q), recount(points, q))
	}
}

func tellsNothing(t *testing.T, open Opener) {
	m, start := at(t, open), begin()
	add(t, m, "nothing")
	add(t, m, "something", meter.Point{Name: "n", Value: 5, At: start})
	for _, s := range []meter.Statistic{meter.Sum, meter.Mean, meter.P99, meter.Last, meter.Max} {
		for _, q := range []meter.Question{
			{Name: "n", From: start.Add(time.Hour), To: start.Add(2 * time.Hour), Step: 20 * time.Minute},
			{Name: "unknown", From: start, To: start.Add(time.Hour), Step: time.Hour},
			{Name: "n", From: start, To: start.Add(time.Hour), Where: meter.Tags{Channel: "web"}},
			{Name: "n", From: start, To: start, Step: time.Minute},
			{Name: "n", From: start.Add(time.Hour), To: start, Step: time.Minute},
		} {
			q.Statistic = s
			same(t, q, ask(t, m, q), recount(nil, q))
		}
	}
}

func refuses(t *testing.T, open Opener) {
	m, start := at(t, open), begin()
	good := meter.Point{Name: "n", Value: 1, At: start}
	for name, bad := range map[string]meter.Point{
		"no name": {Value: 1, At: start}, "no time": {Name: "n", Value: 1},
		"not a number": {Name: "n", Value: math.NaN(), At: start}, "endless": {Name: "n", Value: math.Inf(1), At: start},
	} {
		if err := m.Add(t.Context(), name, []meter.Point{good, bad}); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("add %s: %v", name, err)
		}
	}
	q := meter.Question{Name: "n", Statistic: meter.Count, From: start, To: start.Add(time.Hour)}
	if got := ask(t, m, q).Total; got != 0 {
		t.Errorf("counted %v of refused points", got)
	}
	for _, bad := range []meter.Question{
		{Name: "n", Statistic: "p42", From: q.From, To: q.To},
		{Name: "n", Statistic: meter.Sum, From: q.From, To: q.To, Step: time.Second},
		{Name: "n", Statistic: meter.Sum, From: q.From, To: q.To, Step: -time.Minute},
	} {
		if _, err := m.Ask(t.Context(), bad); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("ask %+v: %v", bad, err)
		}
	}
}
