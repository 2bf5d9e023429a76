package settings

import (
	"context"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/models"
	"keliu/streams/desk"
)

// A Provider is a provider of models and how it fares.
type Provider struct {
	Name      string  `json:"name"`
	Model     string  `json:"model"`
	State     string  `json:"state"`    // "closed" is well; "open", "half-open", "rate_limited" or "budget" are not asked
	P95       int64   `json:"p95"`      // ms, of the last minute
	Failures  float64 `json:"failures"` // share of the calls of the last minute
	Calls     int64   `json:"calls"`
	LastError string  `json:"last_error"`
	MicroYuan int64   `json:"micro_yuan"` // spent today, 1e-6 CNY
	Share     float64 `json:"share"`      // of all calls
}

// A ProvidersAnswer is the providers that are set up. The builtin composer stands behind them and is always there.
type ProvidersAnswer struct {
	Providers []Provider `json:"providers"`
}

// A TestAnswer is what became of a test.
type TestAnswer struct {
	Provider string `json:"provider"` // "builtin" when no provider answered
	Model    string `json:"model"`
	Text     string `json:"text"`
	Took     int64  `json:"took"`    // ms
	Because  string `json:"because"` // why the builtin composer answered; empty when it did not
}

func (r *Room) providers(_ context.Context, c *app.RequestContext, _ desk.Agent) error {
	out, calls := ProvidersAnswer{Providers: []Provider{}}, int64(0)
	for _, h := range r.Providers.Health() {
		calls += h.Calls
		out.Providers = append(out.Providers, Provider{
			Name: h.Provider, Model: h.Model, State: h.State, P95: h.P95.Milliseconds(), Failures: h.Failures, Calls: h.Calls, LastError: h.LastError, MicroYuan: h.MicroYuan,
		})
	}
	for i := range out.Providers {
		if calls > 0 {
			out.Providers[i].Share = float64(out.Providers[i].Calls) / float64(calls)
		}
	}
	return wire.Answer(c, out)
}

// test has a sentence worded that needs no customer.
func (r *Room) test(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	start := r.Now()
	w, err := r.Providers.Write(ctx, models.Request{
		Purpose: "test", Intent: "answer", Lang: wire.Lang(c), Question: "退货需要几天？",
		Passages: []desk.Passage{{Article: "test", Title: "退货", Text: "签收后 7 天内可以申请退货。", Score: 1}},
	}, func(string) {})
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "provider_tested", "provider/"+w.Provider, w.FallbackReason, nil); err != nil {
		return err
	}
	return wire.Answer(c, TestAnswer{w.Provider, w.Model, w.Text, r.Now().Sub(start).Milliseconds(), w.FallbackReason})
}
