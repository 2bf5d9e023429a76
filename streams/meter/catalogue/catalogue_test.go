package catalogue_test

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
	"keliu/streams/meter/outcome"
)

var start = time.Date(2026, 11, 2, 9, 0, 0, 0, time.UTC)

// measured is a meter with a small day at the desk.
func measured(t *testing.T) meter.Meter {
	t.Helper()
	m, err := meter.Open(t.TempDir(), meter.Options{Now: func() time.Time { return start.Add(time.Hour) }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := m.Close(); err != nil {
			t.Error(err)
		}
	})
	web, app, agent := meter.Tags{Channel: "web"}, meter.Tags{Channel: "app"}, meter.Tags{Agent: "one", Team: "day"}
	because := func(reason string) meter.Tags { return meter.Tags{Channel: "web", Reason: reason} }
	for i, p := range []struct {
		minute int
		name   string
		value  float64
		tags   meter.Tags
		times  int
	}{
		{0, meter.SessionOpened, 1, web, 3}, {0, meter.SessionAI, 1, web, 3}, {0, meter.SessionOpened, 1, app, 1},
		{20, meter.SessionOpened, 1, web, 1}, {20, meter.SessionAI, 1, web, 1},
		{5, meter.Transfer, 1, because("asked"), 2}, {25, meter.Transfer, 1, because("emotion"), 1},
		{5, meter.QueueEntered, 1, web, 5}, {6, meter.QueueAccepted, 60_000, because(meter.WaitedLong), 1}, {6, meter.QueueAccepted, 8_000, because(meter.WaitedGood), 2},
		{7, meter.QueueLeft, 120_000, because(meter.WaitedLong), 1}, {7, meter.QueueLeft, 2_000, because(meter.WaitedShort), 1},
		{6, outcome.QueueWait, 60_000, web, 1}, {6, outcome.QueueWait, 8_000, web, 2}, {7, outcome.QueueWait, 2_000, web, 1},
		{6, outcome.Worktime(outcome.QueueWait), 30_000, web, 1}, {6, outcome.Worktime(outcome.QueueWait), 8_000, web, 2},
		{5, meter.QuestionAsked, 1, web, 10}, {5, meter.AIAnswer, 1, web, 8}, {5, meter.AICited, 1, web, 6},
		{30, meter.SessionClosed, 600_000, web, 4}, {30, meter.SessionClosedAI, 1, web, 4}, {30, meter.SessionContained, 1, web, 3}, {30, outcome.Assisted, 1, web, 1}, {30, outcome.Repeated, 1, web, 1},
		{5, meter.HandleTime, 240_000, web, 2},
		{5, meter.ModelCost, 2_000_000, meter.Tags{Model: "qwen/max"}, 5}, {5, meter.ModelCall, 800, meter.Tags{Model: "qwen/max"}, 5},
		{30, outcome.Assumed, 1, web, 3}, {30, outcome.Assumed, -1, web, 1}, {30, outcome.Unaided, 1, web, 3},
		{30, outcome.Resolved, 1, web, 3}, {30, outcome.Once, 1, web, 3}, {30, outcome.Once, -1, web, 1},
		{30, outcome.GoalDue, 1, because(outcome.Closing), 4}, {30, outcome.GoalMet, 1, because(outcome.Closing), 3}, {30, outcome.GoalDue, 1, because(outcome.Person), 1},
		{5, outcome.LoggedIn, 60_000, agent, 10}, {5, outcome.Available, 60_000, agent, 8}, {5, outcome.Busy, 60_000, agent, 4}, {5, outcome.Holding, 120_000, agent, 4},
		{50, outcome.Backlog, 7, meter.Tags{Reason: outcome.Older}, 1}, {50, outcome.Backlog, 2, meter.Tags{Reason: outcome.UnderHour}, 1},
		{5, meter.LeadReached, 1, web, 10}, {5, meter.LeadAnswered, 1, web, 5}, {5, meter.LeadContact, 1, web, 2}, {5, meter.NextReply, 3_000, web, 4},
		{1, meter.LiveSessions, 4, meter.Tags{}, 1}, {50, meter.LiveSessions, 2, meter.Tags{}, 1},
	} {
		for n := range p.times {
			point := meter.Point{Name: p.name, Value: p.value, Tags: p.tags, At: start.Add(time.Duration(p.minute)*time.Minute + time.Duration(n)*time.Second)}
			if err := m.Add(t.Context(), fmt.Sprint(i, "-", n), []meter.Point{point}); err != nil {
				t.Fatal(err)
			}
		}
	}
	return m
}

func evaluate(t *testing.T, m meter.Meter, step time.Duration, where meter.Tags) map[string]catalogue.Reading {
	t.Helper()
	values, err := catalogue.Evaluate(t.Context(), m, catalogue.Metrics(desk.English), start, start.Add(time.Hour), step, where)
	if err != nil {
		t.Fatal(err)
	}
	byKey := map[string]catalogue.Reading{}
	for _, v := range values {
		byKey[v.Key] = v
	}
	return byKey
}

const none = -1 // stands for no value

func check(t *testing.T, got map[string]catalogue.Reading, want map[string]float64) {
	t.Helper()
	for key, want := range want {
		v, ok := got[key]
		value := float64(none)
		if v.Value != nil {
			value = *v.Value
		}
		if !ok || math.Abs(value-want) > 0.011*math.Abs(want) {
			t.Errorf("%s = %s: %v, want %v", key, v.Query, value, want)
		}
	}
}

func TestEvaluate(t *testing.T) {
	m := measured(t)
	check(t, evaluate(t, m, 0, meter.Tags{}), map[string]float64{
		"sessions": 5, "ai_involvement": 4.0 / 5, "containment": 3.0 / 4, "net_self_service": 3.0 / 4,
		"transfer_rate": 3.0 / 4, "transfer_rate_asked": 2.0 / 4, "transfer_rate_emotion": 1.0 / 4, "transfer_rate_policy": 0,
		"queue_wait_mean": (60 + 2*8 + 2) / 4.0, "queue_wait_work_mean": (30 + 2*8) / 3.0, "queue_wait_accepted_p90": 60, "abandonment": 1.0 / (5 - 1), "short_abandonment": 1.0 / 5,
		"service_level": 2.0 / 4, "queue_left": 2.0 / 5, "repeat_contact": 1.0 / 4, "handle_time_mean": 480, "handle_time_p90": 240, "unique_customers": none,
		"knowledge_hit": 6.0 / 8, "unanswered": 0, "resolution_time_p50": 600, "model_cost": 10, "cost_per_session": 2,
		"model_latency_p95": 800, "live_sessions": 2, "live_sessions_peak": 4, "mask_hits": 0,
		"assumed_resolution": 2.0 / 4, "deflection": 3.0 / (3 + 1), "first_contact": 2.0 / 3, "sla_attainment": 3.0 / 5, "sla_closing": 3.0 / 4, "sla_person": 0,
		"sla_first_reply": none, "occupancy": 4.0 / 8, "utilisation": 8.0 / 10, "concurrency": 4 * 2 / 8.0, "backlog_older": 7, "backlog_under_hour": 2, "backlog_under_day": none,
		"lead_answer_rate": 5.0 / 10, "lead_capture_spoke": 2.0 / 5, "lead_capture_reached": 2.0 / 10, "requester_wait_mean": 3,
		"first_reply_p50": none, "emotion_recovery": none, "first_reply_work_p50": none, "human_request_honour_p90": none,
	})
	check(t, evaluate(t, m, 0, meter.Tags{Channel: "app"}), map[string]float64{
		"sessions": 1, "ai_involvement": 0, "containment": none, "queue_left": none,
		// These points do not say from which channel they are.
		"model_cost": none, "cost_per_session": none, "live_sessions": none, "policy_denials": none,
	})
	check(t, evaluate(t, m, 0, meter.Tags{Model: "qwen/max"}), map[string]float64{"model_cost": 10, "sessions": none, "cost_per_session": none})
	check(t, evaluate(t, m, 0, meter.Tags{Reason: "asked"}), map[string]float64{"transfer_rate_emotion": none})
	check(t, evaluate(t, m, 0, meter.Tags{Team: "day"}), map[string]float64{"occupancy": 4.0 / 8, "concurrency": 1, "backlog_older": none})
	check(t, evaluate(t, m, 0, meter.Tags{Channel: "web"}), map[string]float64{"occupancy": none, "sla_closing": 3.0 / 4})
	check(t, evaluate(t, m, 0, meter.Tags{Team: "night"}), map[string]float64{"handle_time_p50": none, "sessions": none, "mask_hits": 0, "model_cost": none, "queue_length": none})
}

func TestStepsAreRatiosOfTheirOwnTotals(t *testing.T) {
	got := evaluate(t, measured(t), 20*time.Minute, meter.Tags{})
	ms := func(minute int) float64 { return float64(start.Add(time.Duration(minute) * time.Minute).UnixMilli()) }
	for key, want := range map[string][][2]float64{
		"sessions":        {{ms(0), 4}, {ms(20), 1}, {ms(40), 0}},
		"ai_involvement":  {{ms(0), 0.75}, {ms(20), 1}}, // the last step has no session to take part in
		"transfer_rate":   {{ms(0), 2.0 / 3}, {ms(20), 1}},
		"live_sessions":   {{ms(0), 4}, {ms(40), 2}},
		"queue_wait_mean": {{ms(0), (60 + 2*8 + 2) / 4.0}},
		"first_token_p50": {},
	} {
		if diff := cmp.Diff(want, got[key].Series); diff != "" {
			t.Errorf("%s: %s", key, diff)
		}
	}
}

func TestEveryMetricSaysWhatItIs(t *testing.T) {
	zh, en := catalogue.Metrics(desk.Chinese), catalogue.Metrics(desk.English)
	if len(zh) < 20 || len(zh) != len(en) {
		t.Fatalf("%d and %d metrics", len(zh), len(en))
	}
	han := regexp.MustCompile(`\p{Han}`)
	units := map[string]bool{"count": true, "ratio": true, "seconds": true, "milliseconds": true, "CNY": true}
	groups := map[string]bool{"volume": true, "resolution": true, "service": true, "queue": true, "satisfaction": true, "growth": true, "cost": true, "risk": true}
	seen, rows := map[string]bool{}, map[int]bool{}
	defer func() {
		if delete(rows, 0); len(rows) < 30 {
			t.Errorf("%d rows of the list", len(rows))
		}
	}()
	of := map[string]string{}
	for i := range zh {
		z, e := zh[i], en[i]
		if z.Of != "" && (of[z.Of] != "" || !seen[z.Of] || z.Of != e.Of) {
			t.Errorf("%s belongs to %s", z.Key, z.Of)
		}
		of[z.Key] = z.Of
		switch {
		case z.Key != e.Key || seen[z.Key] || !units[z.Unit] || z.Query == "" || z.Query != e.Query:
			t.Errorf("%+v\n%+v", z, e)
		case z.Row < 0 || z.Row > 44, !groups[z.Group], z.Good != "" && z.Good != "up" && z.Good != "down":
			t.Errorf("%s: row %d, group %q, good %q", z.Key, z.Row, z.Group, z.Good)
		case !han.MatchString(z.Name+z.Definition) || han.MatchString(e.Name+e.Definition), e.Name == "", e.Definition == "":
			t.Errorf("%s: %q %q %q %q", z.Key, z.Name, z.Definition, e.Name, e.Definition)
		}
		seen[z.Key], rows[z.Row] = true, true
	}
}

// Every row of the list is measured, or it is said why not.
func TestNoRowIsForgotten(t *testing.T) {
	rows := map[int]int{}
	for _, m := range catalogue.Metrics(desk.English) {
		rows[m.Row] = 1
	}
	zh, en := catalogue.Gaps(desk.Chinese), catalogue.Gaps(desk.English)
	for i, g := range en {
		if rows[g.Row]++; rows[g.Row] > 1 && g.Row < 43 {
			t.Errorf("row %d is measured", g.Row)
		}
		if g.Name == "" || g.Why == "" || zh[i].Row != g.Row || zh[i].Why == g.Why || zh[i].Why == "" {
			t.Errorf("%+v, %+v", g, zh[i])
		}
	}
	for row := 1; row <= 44; row++ {
		if rows[row] == 0 {
			t.Errorf("nothing is said of row %d", row)
		}
	}
}

// A crowd is a meter that knows persons.
type crowd struct{ meter.Meter }

func (crowd) Distinct(_ context.Context, q meter.Question) (meter.Series, error) {
	if q.Name != outcome.Customers || q.Statistic != outcome.Distinct {
		return meter.Series{}, desk.ErrInvalid
	}
	return meter.Series{Total: 3, Count: 3}, nil
}

func TestWhoNotHowOften(t *testing.T) {
	m := crowd{measured(t)}
	check(t, evaluate(t, m, 0, meter.Tags{Channel: "web"}), map[string]float64{"unique_customers": 3, "sessions": 4})
	check(t, evaluate(t, m, 0, meter.Tags{Intent: "refund"}), map[string]float64{"unique_customers": none, "sessions": 0})
}

func TestQueryIsTheFormula(t *testing.T) {
	queries := map[string]string{}
	for _, m := range catalogue.Metrics(desk.Chinese) {
		queries[m.Key] = m.Query
	}
	for key, want := range map[string]string{
		"sessions":            "sum(session_opened)",
		"transfer_rate_asked": "sum(transfer, reason=asked) / sum(session_ai)",
		"net_self_service":    "sum(session_contained) / (sum(session_assisted) + sum(session_contained))",
		"abandonment":         "(count(queue_left, reason=good) + count(queue_left, reason=long)) / (sum(queue_entered) − count(queue_left, reason=short))",
		"unique_customers":    "distinct(customers)",
		"first_reply_p90":     "p90(first_reply_any) × 0.001",
	} {
		if queries[key] != want {
			t.Errorf("%s: %s, want %s", key, queries[key], want)
		}
	}
	filtered := evaluate(t, measured(t), 0, meter.Tags{Channel: "web", Intent: "refund"})
	if got, want := filtered["transfer_rate_asked"].Query, "sum(transfer, reason=asked, channel=web, intent=refund) / sum(session_ai, channel=web, intent=refund)"; got != want {
		t.Errorf("with filters: %s, want %s", got, want)
	}
}

func TestOnTheWire(t *testing.T) {
	values, err := catalogue.Evaluate(t.Context(), measured(t), catalogue.Metrics(desk.Chinese)[:1], start, start.Add(time.Hour), time.Hour, meter.Tags{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := json.Marshal(values)
	if err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`"query":"sum(session_opened)","applies":true,"value":5,"series":[[%d,5]]}]`, start.UnixMilli())
	if got := string(b); !strings.HasPrefix(got, `[{"key":"sessions","row":1,"group":"volume","good":"","name":"会话量","unit":"count","definition":"`) || !strings.HasSuffix(got, want) {
		t.Errorf("got %s\nwant … %s", got, want)
	}
}

func TestAlarms(t *testing.T) {
	limit := 0.5
	for key, worse := range map[string]float64{"containment": 0.4, "abandonment": 0.6, "sessions": 0.6} {
		for _, m := range catalogue.Metrics(desk.English) {
			if m.Key != key {
				continue
			}
			if !m.Alarms(worse, &limit) || m.Alarms(limit, &limit) || m.Alarms(1-worse, &limit) || m.Alarms(worse, nil) {
				t.Errorf("%s alarms wrongly", key)
			}
		}
	}
}
