// Package policies decides what may be done. Rules are Rego, compiled once per revision and swapped atomically; what
// cannot be decided is refused.
package policies

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"sync/atomic"
	"time"

	"keliu/streams"
)

// Options of an engine. The zero value decides by the embedded rules.
type Options struct {
	Streams streams.Log      // where sets are published; nil leaves the engine with the embedded rules
	Process string           // names this process's subscription to published sets; default "policies"
	Log     *slog.Logger     // hears of sets that could not be taken over; default discards
	Now     func() time.Time // stamps published sets; default time.Now
	Timeout time.Duration    // the longest a decision may take; default 50 ms

	// OnDeny hears every refusal, cached or not, with the question's name, such as "may_run". A ruling to mask
	// is no refusal. It is called by many goroutines and must not block.
	OnDeny func(question string, r Ruling)
}

// An Engine answers the house's questions by the rules in force. It is safe for concurrent use.
type Engine struct {
	options  Options
	rules    atomic.Pointer[rules]
	failures atomic.Uint64
	lost     atomic.Uint64 // decisions that will not be recorded

	keeping sync.Mutex
	kept    []Decision // waits to be recorded

	mu   sync.Mutex      // orders publishing and taking over
	seen map[string]bool // the publications that were looked at, by ID: whether they came into force
}

// Open compiles the rules in force: the set published last, or the embedded one when none was.
func Open(ctx context.Context, o Options) (*Engine, error) {
	if o.Process == "" {
		o.Process = "policies"
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Timeout == 0 {
		o.Timeout = 50 * time.Millisecond
	}
	e := &Engine{options: o}
	if o.Streams != nil {
		e.mu.Lock()
		defer e.mu.Unlock()
		if err := e.takeOver(ctx); err != nil {
			return nil, fmt.Errorf("open policies: %w", err)
		}
	}
	if e.rules.Load() == nil {
		compiled, err := compile(ctx, Embedded())
		if err != nil {
			return nil, fmt.Errorf("embedded policies: %w", err)
		}
		e.enforce(compiled)
	}
	return e, nil
}

// Revision is that of the rules in force.
func (e *Engine) Revision() string {
	if r := e.rules.Load(); r != nil {
		return r.revision
	}
	return ""
}

// Failures counts the questions that were refused because no decision came about.
func (e *Engine) Failures() uint64 { return e.failures.Load() }

// MayRun decides whether a function may act.
func (e *Engine) MayRun(ctx context.Context, q MayRun) (Ruling, error) {
	return settle(ctx, e, func(r *rules) *question[MayRun] { return r.mayRun }, q)
}

// MayReveal decides how a kind of data may be shown. Allow is true only when it may be shown as it is; a caller
// that can mask looks at Action.
func (e *Engine) MayReveal(ctx context.Context, q MayReveal) (Ruling, error) {
	return settle(ctx, e, func(r *rules) *question[MayReveal] { return r.mayReveal }, q)
}

// MayRetrieve decides whether an article may be read.
func (e *Engine) MayRetrieve(ctx context.Context, q MayRetrieve) (Ruling, error) {
	return settle(ctx, e, func(r *rules) *question[MayRetrieve] { return r.mayRetrieve }, q)
}

// MayContact decides whether a customer may be contacted.
func (e *Engine) MayContact(ctx context.Context, q MayContact) (Ruling, error) {
	return settle(ctx, e, func(r *rules) *question[MayContact] { return r.mayContact }, q)
}

// MaySee decides whether one of the staff may use a part of the product.
func (e *Engine) MaySee(ctx context.Context, q MaySee) (Ruling, error) {
	return settle(ctx, e, func(r *rules) *question[MaySee] { return r.maySee }, q)
}

// KeepFor decides how many days a kind of record is kept. When Allow is false nothing was decided, and nothing
// may be deleted on the strength of it.
func (e *Engine) KeepFor(ctx context.Context, q KeepFor) (Ruling, error) {
	return settle(ctx, e, func(r *rules) *question[KeepFor] { return r.keepFor }, q)
}

// errNotOpen is the one error a question can meet; everything else is a ruling that refuses.
var errNotOpen = errors.New("policies: the engine was not opened")

// settle answers q from the cache of the rules in force or lets them decide.
func settle[Q comparable](ctx context.Context, e *Engine, of func(*rules) *question[Q], q Q) (Ruling, error) {
	in := e.rules.Load()
	if in == nil {
		return Ruling{}, errNotOpen
	}
	asked := of(in)
	ruling, ok := asked.known.find(q)
	if !ok {
		ruling, ok = asked.decide(ctx, e.options.Timeout, q)
		ruling.Revision = in.revision
		if ok {
			asked.known.keep(q, ruling)
		} else {
			e.failures.Add(1)
		}
	}
	if !ruling.Allow && ruling.Action != Mask && ruling.Action != Tail && e.options.OnDeny != nil {
		e.options.OnDeny(asked.name, ruling)
	}
	return ruling, nil
}
