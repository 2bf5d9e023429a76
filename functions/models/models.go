// Package models chooses who words an answer: one of the model providers, by cost, speed, quality and health, or the
// builtin composer, which needs no model and never fails.
//
// Nothing a provider says is trusted. An answer that is cut off, garbled, endless, empty or states a figure that its
// passages do not hold is thrown away; the next provider is asked, and the builtin composer at last.
package models

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"

	"keliu/functions/models/builtin"
	"keliu/functions/models/openai"
	"keliu/streams/desk"
)

// A Tone is how an answer is opened.
type Tone string

// The tones.
const (
	Plain  Tone = ""
	Caring Tone = "caring" // the customer is upset
)

// A Request is an answer to be worded. The caller has masked every text in it.
type Request struct {
	Purpose  string // what for, such as "answer"; a bounded set, it ends up in metrics
	Intent   string
	Lang     desk.Lang
	Question string
	Passages []desk.Passage // best first; the answer may rest on these and nothing else
	History  []desk.Line    // oldest first
	Tone     Tone
}

// Written is a worded answer and what it took.
type Written struct {
	Text           string // final; it replaces whatever was emitted before
	Provider       string // "builtin" when no model wrote it
	Model          string
	Builtin        bool
	FallbackReason string // why the builtin wrote it: the class of the last failure, "no_provider" or "no_passages"
	TokensIn       int
	TokensOut      int
	Estimated      bool  // the provider told no usage, the tokens are counted from the text
	MicroYuan      int64 // 1e-6 CNY
	Latency        time.Duration
	FirstToken     time.Duration
}

// A Call is one attempt at one provider, for metering. Error is empty when it served.
type Call struct {
	Provider   string
	Model      string
	Purpose    string
	Intent     string
	Error      string // a class of a bounded set: "stalled", "status_500", "rate_limited" …
	Detail     string // for the log; carries neither the key nor what anybody wrote
	TokensIn   int
	TokensOut  int
	Estimated  bool
	MicroYuan  int64
	Latency    time.Duration
	FirstToken time.Duration // 0 when none came
}

// Health is how a provider fares.
type Health struct {
	Provider  string
	Model     string
	State     string        // "closed" is well; "open", "half-open", "rate_limited" or "budget" are not asked
	P95       time.Duration // of the calls of the last minute; 0 without any
	Failures  float64       // share of these that failed, 0–1
	Calls     int64
	LastError string
	MicroYuan int64 // spent today, by the calendar of China; forgotten with the process
	Budget    int64 // of a day, 1e-6 CNY; 0 is no limit
}

// Options tune a Scheduler; the zero value is ready to use.
type Options struct {
	Client   *http.Client  // nil takes one of its own
	OnCall   func(Call)    // hears of every attempt; must not block
	Patience time.Duration // for all providers of one answer together; 0 is 10 s
	Probe    time.Duration // how long a provider rests after 5 failures in a row before one call probes it; 0 is 10 s
}

// A Scheduler words answers. It is safe for concurrent use.
type Scheduler struct {
	providers []*provider
	client    *http.Client
	onCall    func(Call)
	patience  time.Duration
}

// Open reads provider URLs, such as openai://key@host/v1?model=…&price_in=…&price_out=… (prices in fen per 1,000
// tokens), and returns a scheduler over them; without any it composes. It dials nobody. An error says how
// to write the URL right and never quotes a key.
func Open(urls []string, o Options) (*Scheduler, error) {
	s := &Scheduler{
		client:   o.Client,
		onCall:   o.OnCall,
		patience: cmp.Or(o.Patience, 10*time.Second),
	}
	if s.client == nil {
		transport := http.DefaultTransport.(*http.Transport).Clone()
		transport.MaxIdleConnsPerHost = 64
		s.client = &http.Client{Transport: transport, CheckRedirect: noRedirect}
	}
	for i, raw := range urls {
		t, err := parseTarget(raw)
		if err != nil {
			return nil, &urlError{place: i + 1, err: err}
		}
		s.providers = append(s.providers, newProvider(t, cmp.Or(o.Probe, 10*time.Second)))
	}
	return s, nil
}

// noRedirect keeps a key from travelling to where a provider points.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Close lets go of idle connections.
func (s *Scheduler) Close() error {
	s.client.CloseIdleConnections()
	return nil
}

// Builtin words the answer without a model.
func Builtin(r Request) string {
	return builtin.Answer(builtin.Question{
		Text: r.Question, Lang: language(r), Passages: r.Passages, Caring: r.Tone == Caring,
	})
}

// language is the one to answer in: the one asked for, else that of the question.
func language(r Request) desk.Lang {
	if r.Lang == desk.Chinese || r.Lang == desk.English {
		return r.Lang
	}
	return builtin.Lang(r.Question)
}

// Write words the answer. emit, which may be nil, hears it grow; what it heard is a draft until Write returns, since a
// provider that fails midway is replaced. Write fails only when ctx is cancelled; a deadline of ctx cuts the
// providers short and the builtin answers.
func (s *Scheduler) Write(ctx context.Context, r Request, emit func(delta string)) (Written, error) {
	began := time.Now()
	r.Lang = language(r)
	d := draft{emit: emit}
	written, reason := s.ask(ctx, r, &d)
	if reason == "" {
		written.Latency = time.Since(began)
		return written, nil
	}
	if err := ctx.Err(); errors.Is(err, context.Canceled) {
		return Written{}, fmt.Errorf("write an answer: %w", err)
	}
	text := Builtin(r)
	if listen := d.listener(); listen != nil {
		listen(text)
	}
	took := time.Since(began)
	return Written{Text: text, Provider: "builtin", Builtin: true, FallbackReason: reason, Latency: took, FirstToken: took}, nil
}

// Why nobody was asked.
const (
	noProvider = "no_provider"
	noPassages = "no_passages"
)

// A draft is what the customer sees of an answer while it grows.
type draft struct {
	emit    func(string)
	emitted bool
}

// listener is who the next author tells of its text. There is none once another author was heard: two drafts one after
// the other would read as one.
func (d *draft) listener() func(string) {
	if d.emit == nil || d.emitted {
		return nil
	}
	return func(delta string) {
		d.emitted = true
		d.emit(delta)
	}
}

// ask tries the providers in order and returns what the first sound one wrote, or why there is nothing.
func (s *Scheduler) ask(ctx context.Context, r Request, d *draft) (Written, string) {
	if len(r.Passages) == 0 {
		return Written{}, noPassages
	}
	reason := noProvider
	if len(s.providers) == 0 {
		return Written{}, reason
	}
	prompt, err := compose(r)
	if err != nil {
		return Written{}, openai.Malformed
	}
	began := time.Now()
	ctx, cancel := context.WithTimeoutCause(ctx, s.patience, openai.Fail(openai.Late, "no time is left for the providers"))
	defer cancel()
	for _, p := range s.order() {
		if ctx.Err() != nil || !p.acquire() {
			continue
		}
		before := time.Since(began)
		written, failed := s.try(ctx, p, r, prompt, d.listener())
		if failed == nil {
			written.FirstToken += before
			return written, ""
		}
		reason = failed.Class
	}
	return Written{}, reason
}

// try asks one provider, once.
func (s *Scheduler) try(ctx context.Context, p *provider, r Request, prompt []openai.Message, emit func(string)) (Written, *openai.Failure) {
	began := time.Now()
	a, err := p.Complete(ctx, s.client, prompt, emit)
	if err == nil {
		err = vet(a.Text, r)
	}
	took, cost := time.Since(began), p.cost(a)
	c := Call{
		Provider: p.name, Model: p.Model, Purpose: r.Purpose, Intent: r.Intent,
		TokensIn: a.TokensIn, TokensOut: a.TokensOut, Estimated: a.Estimated, MicroYuan: cost,
		Latency: took, FirstToken: a.FirstToken,
	}
	failed, _ := errors.AsType[*openai.Failure](err) // every error of Complete and vet is one
	if failed != nil {
		c.Error, c.Detail = failed.Class, failed.Detail
	}
	p.settle(took, cost, failed)
	if s.onCall != nil {
		s.onCall(c)
	}
	return Written{
		Text: a.Text, Provider: p.name, Model: p.Model, TokensIn: a.TokensIn, TokensOut: a.TokensOut,
		Estimated: a.Estimated, MicroYuan: cost, FirstToken: a.FirstToken,
	}, failed
}

// order lists the providers that may be asked now, the most promising first. Cost and speed count relative to the
// dearest and the slowest of them; one not yet tried counts as fast, so that it gets tried.
func (s *Scheduler) order() []*provider {
	type candidate struct {
		p              *provider
		cost, p95, bad float64
		penalty        float64
	}
	var ready []candidate
	var dearest, slowest float64
	for _, p := range s.providers {
		h := p.health()
		if h.State != stateWell && h.State != stateProbe {
			continue
		}
		c := candidate{p: p, cost: p.priceIn + p.priceOut, p95: h.P95.Seconds(), bad: h.Failures}
		dearest, slowest = max(dearest, c.cost), max(slowest, c.p95)
		ready = append(ready, c)
	}
	share := func(part, whole float64) float64 {
		if whole == 0 {
			return 0
		}
		return part / whole
	}
	for i := range ready {
		c := &ready[i]
		c.penalty = share(c.cost, dearest) + share(c.p95, slowest) + 2*(1-c.p.quality) + 2*c.bad
	}
	slices.SortStableFunc(ready, func(a, b candidate) int { return cmp.Compare(a.penalty, b.penalty) })
	providers := make([]*provider, len(ready))
	for i, c := range ready {
		providers[i] = c.p
	}
	return providers
}

// Health says how each provider fares, in the order of the URLs.
func (s *Scheduler) Health() []Health {
	all := make([]Health, len(s.providers))
	for i, p := range s.providers {
		all[i] = p.health()
	}
	return all
}
