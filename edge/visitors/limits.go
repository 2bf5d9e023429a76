package visitors

import (
	"sync"
	"time"

	"golang.org/x/time/rate"

	"keliu/edge/wire"
	"keliu/streams/desk"
)

// Sessions that one address may open: enough for an office behind one address.
const (
	sessionsPerSecond = 200
	sessionsAtOnce    = 2000
)

// limits hold back who sends too much.
type limits struct {
	messages *Limiter
	sessions *Limiter
	typing   *Limiter
}

func newLimits(perSecond int, now func() time.Time) *limits {
	return &limits{
		messages: NewLimiter(rate.Limit(perSecond), 3*perSecond, now),
		sessions: NewLimiter(sessionsPerSecond, sessionsAtOnce, now),
		typing:   NewLimiter(typingPerSecond, typingAtOnce, now),
	}
}

func (l *limits) customer(id desk.CustomerID) error { return l.messages.Take(string(id)) }
func (l *limits) address(address string) error      { return l.sessions.Take(address) }

// A Limiter gives every key a bucket of its own. Keys that are quiet are forgotten.
type Limiter struct {
	every rate.Limit
	burst int
	now   func() time.Time

	mu         sync.Mutex
	young, old map[string]*rate.Limiter
	turned     time.Time
}

// NewLimiter returns a limiter of so many a second, with a burst.
func NewLimiter(every rate.Limit, burst int, now func() time.Time) *Limiter {
	return &Limiter{every: every, burst: burst, now: now, young: map[string]*rate.Limiter{}, turned: now()}
}

// Take takes one from a key's bucket, or refuses with rate_limited and the time to wait.
func (l *Limiter) Take(key string) error {
	now := l.now()
	bucket := l.bucket(key, now)
	r := bucket.ReserveN(now, 1)
	wait := r.DelayFrom(now)
	if wait == 0 {
		return nil
	}
	r.CancelAt(now)
	return wire.Later(desk.Refuse(desk.ErrUnavailable, "rate_limited"), wait)
}

// bucket finds a key's bucket. A full bucket is as good as none, so those unused for the time that a bucket takes to fill may go.
func (l *Limiter) bucket(key string, now time.Time) *rate.Limiter {
	l.mu.Lock()
	defer l.mu.Unlock()
	fill := time.Duration(float64(l.burst)/float64(l.every)*float64(time.Second)) + time.Second
	if now.Sub(l.turned) > fill {
		l.young, l.old, l.turned = make(map[string]*rate.Limiter, len(l.young)), l.young, now
	}
	bucket := l.young[key]
	if bucket == nil {
		if bucket = l.old[key]; bucket == nil {
			bucket = rate.NewLimiter(l.every, l.burst)
		}
		l.young[key] = bucket
	}
	return bucket
}
