// Package recount_test holds every metric of the cockpit against a program that has never seen a point.
package recount_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"keliu/streams/desk"
	"keliu/streams/meter"
	"keliu/streams/meter/catalogue"
)

// A recount works out metrics from facts, one by one, in a stretch of time and for those who are looked at.
type recount struct {
	facts    ledger
	from, to time.Time // whole minutes
	where    meter.Tags
}

// of are the facts of a kind, with one of the reasons if there are any.
func (r recount) of(what string, reasons ...string) (all []fact) {
	for _, f := range r.facts[what] {
		minute := f.at.Truncate(time.Minute)
		fits := func(want, is string) bool { return want == "" || want == is }
		if minute.Before(r.from) || !minute.Before(r.to) || len(reasons) > 0 && !slices.Contains(reasons, f.reason) {
			continue
		}
		w := r.where
		if fits(w.Channel, f.channel) && fits(w.Intent, f.intent) && fits(w.Lang, f.lang) && fits(w.Agent, f.agent) && fits(w.Model, f.model) &&
			fits(w.Team, teamOf[f.agent]) {
			all = append(all, f)
		}
	}
	return all
}

func (r recount) n(what string, reasons ...string) float64 {
	return float64(len(r.of(what, reasons...)))
}

func (r recount) sum(what string) (sum float64) {
	for _, f := range r.of(what) {
		sum += f.value
	}
	return sum
}

// A figure is what a metric is; ok is false when there is nothing to tell it from.
type figure func(recount) (value float64, ok bool)

func number(what string) figure {
	return func(r recount) (float64, bool) { return r.sum(what), true }
}

func ratio(above, below func(recount) float64) figure {
	return func(r recount) (float64, bool) {
		if below(r) == 0 {
			return 0, false
		}
		return above(r) / below(r), true
	}
}

// many is how many facts there are of some kinds.
func many(kinds ...string) func(recount) float64 {
	return func(r recount) (n float64) {
		for _, what := range kinds {
			n += r.n(what)
		}
		return n
	}
}

func because(what string, reasons ...string) func(recount) float64 {
	return func(r recount) float64 { return r.n(what, reasons...) }
}

func share(above, below string) figure { return ratio(many(above), many(below)) }

func milliseconds(what string) func(recount) float64 {
	return func(r recount) float64 { return r.sum(what) }
}

// seconds is a time of some kind for each of another.
func seconds(what, each string) figure {
	return func(r recount) (float64, bool) { return r.sum(what) / 1000 / r.n(each), r.n(each) > 0 }
}

// quantile is the smallest value that a part of the facts does not exceed.
func quantile(what string, part, unit float64) figure {
	return func(r recount) (float64, bool) {
		all := r.of(what)
		if len(all) == 0 {
			return 0, false
		}
		slices.SortFunc(all, func(a, b fact) int { return int(math.Copysign(1, a.value-b.value)) })
		return all[int(math.Ceil(part*float64(len(all))))-1].value / unit, true
	}
}

func mean(what string, unit float64) figure {
	return func(r recount) (float64, bool) { return r.sum(what) / r.n(what) / unit, r.n(what) > 0 }
}

// latest is the last reading.
func latest(what string, reasons ...string) figure {
	return func(r recount) (float64, bool) {
		all := r.of(what, reasons...)
		if len(all) == 0 {
			return 0, false
		}
		return slices.MaxFunc(all, func(a, b fact) int { return a.at.Compare(b.at) }).value, true
	}
}

func peak(what string) figure {
	return func(r recount) (float64, bool) {
		all := r.of(what)
		if len(all) == 0 {
			return 0, false
		}
		return slices.MaxFunc(all, func(a, b fact) int { return int(math.Copysign(1, a.value-b.value)) }).value, true
	}
}

// customers counts those who opened a session, each once.
func customers(r recount) (float64, bool) {
	seen := map[desk.ConversationID]bool{}
	for _, f := range r.of("opened") {
		seen[f.who] = true
	}
	return float64(len(seen)), true
}

// durations are the metrics of those that have a median, a ninth of ten and a mean.
func durations(all map[string]figure) {
	for key, what := range map[string]string{
		"first_reply_human": "first human", "first_reply": "first any", "next_reply": "next", "resolution_time": "closed", "queue_wait": "waited", "human_request_honour": "asked",
	} {
		for _, clock := range []struct{ key, what string }{{key, what}, {key + "_work", what + " in hours"}} {
			all[clock.key+"_p50"], all[clock.key+"_p90"], all[clock.key+"_mean"] = quantile(clock.what, 0.5, 1000), quantile(clock.what, 0.9, 1000), mean(clock.what, 1000)
		}
	}
	for _, t := range []string{"p50", "p90", "mean"} {
		delete(all, "human_request_honour_work_"+t) // it is asked at any hour
	}
	for key, part := range map[string]float64{"p50": 0.5, "p90": 0.9, "p95": 0.95} {
		all["first_token_"+key] = quantile("token", part, 1)
	}
	all["first_token_mean"] = mean("token", 1)
}

// metrics are all of them, as the trade defines them.
func metrics() map[string]figure {
	all := map[string]figure{
		"sessions": number("opened"), "unique_customers": customers, "new_customers": number("new"), "customer_messages": number("message"),
		"live_sessions": latest("live"), "live_sessions_peak": peak("live"), "queue_length": latest("waiting"), "queue_oldest": func(r recount) (float64, bool) {
			v, ok := latest("oldest")(r)
			return v / 1000, ok
		},
		"backlog_under_hour": latest("backlog", "under_hour"), "backlog_under_day": latest("backlog", "under_day"), "backlog_older": latest("backlog", "older"),

		"ai_involvement": share("with ai", "opened"), "containment": share("contained", "closed with ai"), "assumed_resolution": share("assumed", "closed with ai"),
		"confirmed_resolution": share("confirmed", "closed with ai"), "deflection": ratio(many("unaided"), many("unaided", "assisted")),
		"net_self_service": ratio(many("contained"), many("contained", "assisted")), "transfer_rate": share("moved", "with ai"),
		"knowledge_hit": share("cited", "answer"), "unanswered": share("unanswered", "question"), "first_contact": share("once", "resolved"),
		"reopen_rate": share("reopened", "closed"), "repeat_contact": share("repeated", "closed"),

		"requester_wait_mean": seconds("next", "closed"), "agent_work_mean": seconds("handled", "closed"), "handle_time_mean": seconds("handled", "assisted"),
		"handle_time_adjusted": seconds("busy", "assisted"), "handle_time_p50": quantile("handled", 0.5, 1000), "handle_time_p90": quantile("handled", 0.9, 1000),
		"occupancy": ratio(milliseconds("busy"), milliseconds("online")), "utilisation": ratio(milliseconds("online"), milliseconds("logged in")),
		"concurrency": ratio(milliseconds("holding"), milliseconds("online")), "sla_attainment": share("met", "due"),
		"suggestions_used": ratio(many(meter.SuggestionAccepted, meter.SuggestionEdited), many(meter.SuggestionShown)),

		"queue_wait_accepted_p90": quantile("accepted", 0.9, 1000), "queue_left": share("left", "entered"), "short_abandonment": ratio(because("left", "short"), many("entered")),
		"abandonment":   ratio(because("left", "good", "long"), func(r recount) float64 { return r.n("entered") - r.n("left", "short") }),
		"service_level": ratio(because("accepted", "short", "good"), func(r recount) float64 { return r.n("accepted") + r.n("left", "long") }),

		"negative_share": share("negative", "closed"), "emotion_recovery": share("recovered", "negative"),
		"callbacks_left": number("callback"), "callback_rate": share("callback", "opened"), "comments_matched": share(meter.CommentMatched, meter.Comment),
		"leads_reached": number(meter.LeadReached), "lead_answer_rate": share(meter.LeadAnswered, meter.LeadReached), "lead_capture_spoke": share(meter.LeadContact, meter.LeadAnswered),
		"lead_capture_reached": share(meter.LeadContact, meter.LeadReached), "leads_won": number(meter.LeadWon), "lead_win_rate": share(meter.LeadWon, meter.LeadContact),

		"model_cost":       func(r recount) (float64, bool) { return r.sum(meter.ModelCost) / 1e6, true },
		"cost_per_session": ratio(func(r recount) float64 { return r.sum(meter.ModelCost) / 1e6 }, many("opened")), "model_tokens": number(meter.ModelTokens),
		"model_latency_p95": quantile(meter.ModelCall, 0.95, 1), "model_error_rate": share(meter.ModelError, meter.ModelCall), "model_fallback_rate": share("fallback", "answer"),
		"quota_exhausted": number(meter.QuotaExhausted), "mask_hits": number("hidden"), "policy_denials": number(meter.PolicyDenied),
	}
	for _, reason := range []string{"asked", "emotion", "failed", "policy", "error", "risk", "takeover"} {
		all["transfer_rate_"+reason] = ratio(because("moved", reason), many("with ai"))
	}
	for _, goal := range []string{"first_reply", "person", "closing"} {
		all["sla_"+goal] = ratio(because("met", goal), because("due", goal))
	}
	durations(all)
	return all
}

// measured adds what there was at the moments at which somebody looked.
func (w *world) measured(facts ledger, spans []span) {
	const slot = 60_000
	counted := map[time.Time]bool{}
	for _, m := range w.rounded {
		add := func(what string, value float64, agent, reason string) {
			facts[what] = append(facts[what], fact{at: m.at, value: value, agent: agent, reason: reason})
		}
		now := map[string]float64{}
		oldest, holds := time.Duration(0), map[string]float64{}
		for _, s := range spans {
			if !s.at(m.at) {
				continue
			}
			age := m.at.Sub(s.from)
			switch now[s.what]++; {
			case s.what == "waits":
				oldest = max(oldest, age)
			case s.what == "has":
				holds[s.agent]++
			case age < time.Hour:
				now["under_hour"]++
			case age < 24*time.Hour:
				now["under_day"]++
			default:
				now["older"]++
			}
		}
		add("live", now["open"], "", "")
		add("waiting", now["waits"], "", "")
		add("oldest", float64(oldest.Milliseconds()), "", "")
		if minute := m.at.Truncate(time.Minute); counted[minute] {
			continue // a minute is counted once
		} else {
			counted[minute] = true
		}
		for _, age := range []string{"under_hour", "under_day", "older"} {
			add("backlog", now[age], "", age)
		}
		for who, is := range m.status {
			if is != "offline" {
				add("logged in", slot, who, "")
			}
			if is != "online" {
				continue
			}
			add("online", slot, who, "")
			if holds[who] > 0 {
				add("busy", slot, who, "")
				add("holding", slot*holds[who], who, "")
			}
		}
	}
	for _, p := range w.facts {
		facts[p.Name] = append(facts[p.Name], fact{at: p.At, value: p.Value, channel: p.Tags.Channel, intent: p.Tags.Intent, lang: p.Tags.Lang, agent: p.Tags.Agent, model: p.Tags.Model})
	}
}

// close reports whether two values are the same; quantiles are within one per cent.
func near(key string, got, want float64) bool {
	allowed := 1e-9 * math.Abs(want)
	if n := len(key); n > 3 && key[n-3] == 'p' {
		allowed = 0.0101*math.Abs(want) + 1e-5
	}
	return math.Abs(got-want) <= allowed
}

// A month at the desk, at random: every metric, over whatever range, for whomever, as a whole and step by step, is what a program
// finds that has never seen a point, only what was said and told.
func TestEveryMetricIsARecountOfTheRecords(t *testing.T) {
	w := newWorld(t, 20261124)
	begin := w.now
	for range 1500 {
		w.act()
	}
	facts, spans := w.read()
	w.measured(facts, spans)
	known := metrics()
	all := catalogue.Metrics(desk.English)
	if len(all) != len(known) {
		t.Errorf("%d metrics, %d are recounted", len(all), len(known))
	}
	day := 24 * time.Hour
	ranges := []struct {
		from, to time.Time
		step     time.Duration
	}{
		{begin, w.now, 7 * day}, {begin.Add(5*day + 17*time.Second), begin.Add(9*day + 5*time.Hour + 31*time.Minute + 40*time.Second), 8 * time.Hour},
		{w.now.Add(-20 * time.Hour), w.now, 90 * time.Minute}, {begin.Add(-2 * day), begin.Add(-day), day},
	}
	filters := []meter.Tags{{}, {Channel: "web"}, {Channel: "douyin"}, {Team: "day"}, {Agent: "bo"}, {Intent: "refund"}, {Lang: "en"}, {Channel: "app", Intent: "order"}, {Model: "demo/model"}}
	told := 0
	for _, span := range ranges {
		for _, where := range filters {
			readings, err := catalogue.Evaluate(t.Context(), w.crowd, all, span.from, span.to, span.step, where)
			if err != nil {
				t.Fatal(err)
			}
			for _, got := range readings {
				figure, ok := known[got.Key]
				if !ok {
					t.Fatalf("%s is not recounted", got.Key)
				}
				if !got.Applies {
					continue
				}
				r := recount{facts, roundUp(span.from), roundUp(span.to), where}
				if diff := differs(got, figure, r, span.step); diff != "" {
					t.Errorf("%s from %s to %s of %+v: %s", got.Key, span.from, span.to, where, diff)
				}
				if got.Value != nil && *got.Value != 0 {
					told++
				}
			}
		}
	}
	t.Logf("%d events in %s, %d readings that say something", w.events, w.now.Sub(begin), told)
	if told < 1000 {
		t.Errorf("only %d readings say something", told)
	}
}

func roundUp(t time.Time) time.Time { return t.Add(time.Minute - 1).Truncate(time.Minute) }

// differs tells how a reading differs from a recount, as a whole or in a step.
func differs(got catalogue.Reading, figure figure, r recount, step time.Duration) string {
	if want, ok := figure(r); ok != (got.Value != nil) || ok && !near(got.Key, *got.Value, want) {
		return fmt.Sprintf("%s is %s, and %v (%v) by a recount", got.Query, text(got.Value), want, ok)
	}
	series := map[int64]float64{}
	for _, point := range got.Series {
		series[int64(point[0])] = point[1]
	}
	for at := r.from; at.Before(r.to); at = at.Add(step) {
		part := r
		if part.from, part.to = at, at.Add(step); part.to.After(r.to) {
			part.to = r.to
		}
		want, ok := figure(part)
		value, has := series[at.UnixMilli()]
		if ok != has || ok && !near(got.Key, value, want) {
			return fmt.Sprintf("the step at %s is %v (%v), and %v (%v) by a recount", at, value, has, want, ok)
		}
	}
	return ""
}

func text(v *float64) string {
	if v == nil {
		return "nothing"
	}
	return fmt.Sprint(*v)
}
