package models

import (
	"slices"
	"sync"
	"time"

	"github.com/failsafe-go/failsafe-go/circuitbreaker"

	"keliu/functions/models/openai"
)

// The states of a provider, as Health tells them.
const (
	stateWell    = "closed"
	stateProbe   = "half-open"
	stateOpen    = "open"
	stateLimited = "rate_limited"
	stateSpent   = "budget"
)

// strikes is how many failures in a row put a provider to rest.
const strikes = 5

// Speed and failures are judged by the last calls, as long as they are fresh: a provider that fell behind for
// its failures is worth another try a minute later.
const (
	remembered = 64
	fresh      = time.Minute
)

// A provider is a target with its recent past.
type provider struct {
	target
	breaker circuitbreaker.CircuitBreaker[any]

	mu      sync.Mutex
	recent  []sample // the last calls, a ring
	calls   int64
	last    string    // class of the last failure
	resting time.Time // asked by the provider not to call before
	day     int64     // that spent is of
	spent   int64     // micro-yuan
}

// A sample is one call as the choice of providers remembers it.
type sample struct {
	at      time.Time
	latency time.Duration
	failed  bool
}

func newProvider(t target, probe time.Duration) *provider {
	return &provider{target: t, breaker: circuitbreaker.NewBuilder[any]().
		WithFailureThreshold(strikes).WithSuccessThreshold(1).WithDelay(probe).Build()}
}

// acquire takes the right to call; settle must follow.
func (p *provider) acquire() bool { return p.breaker.TryAcquirePermit() }

// settle enters the outcome of a call; failed is nil when it served.
func (p *provider) settle(took time.Duration, cost int64, failed *openai.Failure) {
	// A customer who went away and a limit that the provider announces say nothing about its health, but a probe must
	// end one way or the other.
	blameless := failed != nil && (failed.Class == openai.Cancelled || failed.Class == openai.RateLimited)
	switch {
	case failed == nil:
		p.breaker.RecordSuccess()
	case !blameless || p.breaker.IsHalfOpen():
		p.breaker.RecordFailure()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.calls++
	p.today()
	p.spent += cost
	if failed != nil {
		p.last = failed.Class
		if failed.RetryAfter > 0 {
			p.resting = time.Now().Add(failed.RetryAfter)
		}
	}
	if !blameless {
		p.recent = append(p.recent, sample{time.Now(), took, failed != nil})
	}
	if len(p.recent) > remembered {
		p.recent = slices.Delete(p.recent, 0, 1)
	}
}

// today forgets what was spent before this day, which begins at midnight in China. The caller holds the lock.
func (p *provider) today() {
	const hour = 60 * 60
	if day := (time.Now().Unix() + 8*hour) / (24 * hour); day != p.day {
		p.day, p.spent = day, 0
	}
}

// cost is the price of an answer in micro-yuan. A fen is 10,000 of them.
func (p *provider) cost(a openai.Answer) int64 {
	return int64((float64(a.TokensIn)*p.priceIn+float64(a.TokensOut)*p.priceOut)*10 + 0.5)
}

// health says how the provider fares.
func (p *provider) health() Health {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.today()
	h := Health{Provider: p.name, Model: p.Model, State: p.state(), Calls: p.calls, LastError: p.last, MicroYuan: p.spent, Budget: int64(p.budget * 10_000)}
	var latencies []time.Duration
	failed := 0
	for _, s := range p.recent {
		if time.Since(s.at) > fresh {
			continue
		}
		latencies = append(latencies, s.latency)
		if s.failed {
			failed++
		}
	}
	if n := len(latencies); n > 0 {
		slices.Sort(latencies)
		h.P95 = latencies[(n*95+99)/100-1]
		h.Failures = float64(failed) / float64(n)
	}
	return h
}

// state says whether the provider may be asked. The caller holds the lock.
func (p *provider) state() string {
	switch {
	case p.budget > 0 && float64(p.spent) >= p.budget*10_000:
		return stateSpent
	case time.Now().Before(p.resting):
		return stateLimited
	case p.breaker.IsClosed():
		return stateWell
	case p.breaker.IsHalfOpen() || p.breaker.RemainingDelay() == 0:
		return stateProbe
	}
	return stateOpen
}
