package settings

import (
	"context"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/models"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// A Provider is a provider of models: how it fares now, and what it did in the last 24 hours.
type Provider struct {
	Place     int     `json:"place"` // in the settings, from 1
	Name      string  `json:"name"`
	Model     string  `json:"model"`
	State     string  `json:"state"`    // "closed" is well; "open", "half-open", "rate_limited" or "budget" are not asked
	Failures  float64 `json:"failures"` // share of the calls of the last minute
	LastError string  `json:"last_error"`
	Spent     int64   `json:"spent"`  // since midnight in China and the start of the process, 1e-6 CNY
	Budget    int64   `json:"budget"` // of a day; 0 is no limit
	Day       Day     `json:"day"`
}

// A Day is what a provider did in the last 24 hours.
type Day struct {
	Calls     int64   `json:"calls"`
	Errors    int64   `json:"errors"`
	P50       float64 `json:"p50"` // ms
	P95       float64 `json:"p95"`
	MicroYuan int64   `json:"micro_yuan"`
	Share     float64 `json:"share"` // of the calls of all providers
}

// A ProvidersAnswer is the providers that are set up. The builtin composer stands behind them and is always there.
type ProvidersAnswer struct {
	Providers []Provider `json:"providers"`
}

// A TestAnswer is what became of a test.
type TestAnswer struct {
	Provider  string `json:"provider"` // "builtin" when no provider answered
	Model     string `json:"model"`
	Text      string `json:"text"`
	Took      int64  `json:"took"`       // ms
	MicroYuan int64  `json:"micro_yuan"` // 1e-6 CNY
	Because   string `json:"because"`    // the class of what failed; empty when nothing did
	Detail    string `json:"detail"`     // what the provider said
}

func (r *Room) providers(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	out, calls := ProvidersAnswer{Providers: []Provider{}}, int64(0)
	for i, h := range r.Providers.Health() {
		day, err := r.day(ctx, h)
		if err != nil {
			return err
		}
		calls += day.Calls
		out.Providers = append(out.Providers, Provider{i + 1, h.Provider, h.Model, h.State, h.Failures, h.LastError, h.MicroYuan, h.Budget, day})
	}
	for i := range out.Providers {
		if day := &out.Providers[i].Day; calls > 0 {
			day.Share = float64(day.Calls) / float64(calls)
		}
	}
	return wire.Answer(c, out)
}

// day is what a provider did in the last 24 hours.
func (r *Room) day(ctx context.Context, h models.Health) (d Day, err error) {
	now := r.Now().UTC().Truncate(time.Minute).Add(time.Minute)
	for _, q := range []struct {
		name string
		stat meter.Statistic
		take func(meter.Series)
	}{
		{meter.ModelCall, meter.P50, func(s meter.Series) { d.Calls, d.P50 = s.Count, s.Total }},
		{meter.ModelCall, meter.P95, func(s meter.Series) { d.P95 = s.Total }},
		{meter.ModelError, meter.Count, func(s meter.Series) { d.Errors = s.Count }},
		{meter.ModelCost, meter.Sum, func(s meter.Series) { d.MicroYuan = int64(s.Total) }},
	} {
		s, err := r.Figures.Ask(ctx, meter.Question{
			Name: q.name, Statistic: q.stat, From: now.Add(-24 * time.Hour), To: now, Where: meter.Tags{Model: h.Provider + "/" + h.Model},
		})
		if err != nil {
			return d, err
		}
		q.take(s)
	}
	return d, nil
}

// trial is an answer to word that needs no customer.
func trial(lang desk.Lang) models.Request {
	r := models.Request{
		Purpose: "test", Intent: "answer", Lang: lang, Question: "退货需要几天？",
		Passages: []desk.Passage{{Article: "test", Title: "退货", Text: "签收后 7 天内可以申请退货。", Score: 1}},
	}
	if lang == desk.English {
		r.Question = "How long can I return it?"
		r.Passages = []desk.Passage{{Article: "test", Title: "Returns", Text: "You can return it within 7 days of delivery.", Score: 1}}
	}
	return r
}

// test has a sentence worded: by the provider that is named, or as a customer would get it.
func (r *Room) test(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	place, err := wire.Number(c, "provider", 0, 1, 1000)
	if err != nil {
		return err
	}
	request := trial(wire.Lang(c))
	var out TestAnswer
	if place == 0 {
		w, err := r.Providers.Write(ctx, request, nil)
		if err != nil {
			return err
		}
		out = TestAnswer{w.Provider, w.Model, w.Text, w.Latency.Milliseconds(), w.MicroYuan, w.FallbackReason, ""}
	} else {
		w, failed, err := r.Providers.Probe(ctx, int(place)-1, request)
		if err != nil {
			return err
		}
		out = TestAnswer{w.Provider, w.Model, w.Text, w.Latency.Milliseconds(), w.MicroYuan, "", ""}
		if failed != nil {
			out.Text, out.Because, out.Detail = "", failed.Class, failed.Detail
		}
	}
	if err := r.Door.Record(ctx, who, "provider_tested", "provider/"+out.Provider, out.Because, nil); err != nil {
		return err
	}
	return wire.Answer(c, out)
}
