package influx_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/meter"
	"keliu/streams/meter/influx"
)

// A record is what one call of Add counts.
type record struct {
	id     string
	points []meter.Point
}

// recorded is a week of a service desk up to now: sessions by day and night, with their durations, outcomes that are taken back
// days later, gauges by the minute, and records that come twice and late.
func recorded(now time.Time) []record {
	random := rand.New(rand.NewPCG(5, 4))
	one := func(of ...string) string { return of[random.IntN(len(of))] }
	start := now.Truncate(time.Hour).Add(-7 * 24 * time.Hour)
	var all []record
	for minute := range 7 * 24 * 60 {
		at := start.Add(time.Duration(minute) * time.Minute)
		// Never the same millisecond, so that it is clear which is the last.
		within := func(i int) time.Time { return at.Add(time.Duration(1+i*50+random.IntN(50)) * time.Millisecond) }
		if minute%10 == 0 {
			all = append(all, record{fmt.Sprint("gauge", minute), []meter.Point{{Name: meter.LiveSessions, Value: float64(random.IntN(90)), At: within(0)}}})
		}
		if hour := at.Hour(); random.IntN(24) > 2+int(math.Abs(float64(hour-13))) {
			continue
		}
		tags := meter.Tags{Channel: one("web", "app", "wechat", "douyin"), Intent: one("order", "refund", "answer"), Lang: one("zh", "zh", "en"), Team: one("", "售后")}
		point := func(i int, name string, value float64) meter.Point {
			return meter.Point{Name: name, Value: value, At: within(i), Tags: tags}
		}
		took := math.Exp(4 + random.Float64()*8)
		r := record{fmt.Sprint("session", minute), []meter.Point{
			point(1, meter.CustomerMessage, 1), point(2, meter.FirstReplyAny, took), point(3, meter.SessionClosed, took*9), point(4, meter.SessionContained, 1),
		}}
		all = append(all, r)
		switch random.IntN(8) {
		case 0:
			all = append(all, r)
		case 1:
			all = append(all, record{r.id + " returns", []meter.Point{point(5, meter.SessionContained, -1)}})
		}
	}
	random.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	return all
}

// questions are those of a cockpit about the week, and some at odd edges.
func questions(now time.Time) []meter.Question {
	start := now.Truncate(time.Hour).Add(-7 * 24 * time.Hour)
	var all []meter.Question
	for _, name := range []string{meter.CustomerMessage, meter.FirstReplyAny, meter.SessionClosed, meter.SessionContained, meter.LiveSessions} {
		for _, s := range []meter.Statistic{meter.Sum, meter.Count, meter.Mean, meter.Last, meter.Max, meter.P50, meter.P90, meter.P95, meter.P99} {
			all = append(all,
				meter.Question{Name: name, Statistic: s, From: start, To: now, Step: 24 * time.Hour},
				meter.Question{Name: name, Statistic: s, From: start.Add(31 * time.Hour), To: start.Add(55 * time.Hour), Step: time.Hour, Where: meter.Tags{Channel: "douyin"}},
				meter.Question{Name: name, Statistic: s, From: start.Add(7*time.Minute + time.Second), To: start.Add(9 * time.Hour), Step: 7 * time.Minute},
				meter.Question{Name: name, Statistic: s, From: start, To: now, Where: meter.Tags{Team: "售后", Lang: "zh"}},
			)
		}
	}
	return all
}

// alike lets the last digits of sums differ.
var alike = cmp.Comparer(func(a, b float64) bool { return math.Abs(a-b) <= 1e-9*max(math.Abs(a), math.Abs(b)) })

// agree compares two meters: they say the same but for the last digits of sums.
func agree(t *testing.T, got, want meter.Meter, questions []meter.Question) {
	t.Helper()
	for _, q := range questions {
		g, err := got.Ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		w, err := want.Ask(t.Context(), q)
		if err != nil {
			t.Fatalf("%+v: %v", q, err)
		}
		if diff := cmp.Diff(w, g, alike); diff != "" {
			t.Errorf("%+v (-embedded +influx):\n%s", q, diff)
		}
	}
}

func embedded(t testing.TB, o meter.Options) *meter.Embedded {
	t.Helper()
	m, err := meter.Open(t.TempDir(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { shut(t, m) })
	return m
}

func shut(t testing.TB, m meter.Meter) {
	t.Helper()
	if err := m.Close(); err != nil {
		t.Errorf("close: %v", err)
	}
}

func add(t testing.TB, m meter.Meter, records ...record) {
	t.Helper()
	for _, r := range records {
		if err := m.Add(t.Context(), r.id, r.points); err != nil {
			t.Fatalf("add %s: %v", r.id, err)
		}
	}
}

// Two processes count the records of a week between them, some of them both; each says what one embedded meter says of all.
func TestSaysWhatTheEmbeddedMeterSaysOfAWeek(t *testing.T) {
	server(t)
	now := time.Now().UTC()
	records := recorded(now)
	want := embedded(t, meter.Options{})
	at := bucket(t, t.TempDir())
	var workers [2]*influx.Meter
	for i := range workers {
		m, err := influx.Open(t.Context(), t.TempDir(), at, influx.Options{})
		if err != nil {
			t.Fatal(err)
		}
		defer shut(t, m)
		workers[i] = m
	}
	for i, r := range records {
		add(t, want, r)
		add(t, workers[i%2], r)
		if i%10 == 0 { // handed over after a crash
			add(t, workers[(i+1)%2], r)
		}
	}
	// What a process has not written yet, no other can count.
	for _, m := range workers {
		if _, err := m.Ask(t.Context(), meter.Question{Name: meter.CustomerMessage, Statistic: meter.Sum, From: now.Add(-time.Hour), To: now}); err != nil {
			t.Fatal(err)
		}
	}
	all := questions(now)
	agree(t, workers[0], want, all)
	agree(t, workers[1], want, all[:9])
}
