// Package tries holds back who guesses passwords: at one account, at many from one address, and at one account from everywhere.
package tries

import (
	"net/netip"
	"sync"
	"time"

	"keliu/edge/wire"
	"keliu/streams/desk"
)

// A limit is how many wrong tries are taken at once, and how long it takes until one of them is forgotten.
type limit struct {
	most   int
	forget time.Duration
}

// The limits. Those of an address leave room for an office behind it; those of an account from everywhere, for its owner.
var (
	pair    = limit{10, 30 * time.Second}
	address = limit{40, 5 * time.Second}
	account = limit{100, 10 * time.Second}
)

// lifetime is when the fullest of them is empty again.
const lifetime = 17 * time.Minute

// Limits count the tries that were wrong. They are safe for concurrent use.
type Limits struct {
	now func() time.Time

	mu         sync.Mutex
	young, old map[key]*level
	turned     time.Time
}

// A key is what a limit counts by.
type key struct {
	limit
	account, address string
}

// A level is how many wrong tries are remembered, as of a time.
type level struct {
	tries float64
	at    time.Time
}

// New returns limits that nobody has come near.
func New(now func() time.Time) *Limits {
	return &Limits{now: now, young: map[key]*level{}, turned: now()}
}

// Take counts a try before it is known whether it is right, or refuses with login_throttled and the time to wait. Whoever was right
// calls right, and the try does not count.
func (l *Limits) Take(user, from string) (right func(), err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now, network := l.now(), network(from)
	var wait time.Duration
	var levels [3]*level
	for i, k := range [...]key{{pair, user, network}, {address, "", network}, {account, user, ""}} {
		levels[i] = l.level(k, now)
		levels[i].sink(now, k.forget)
		if over := levels[i].tries + 1 - float64(k.most); over > 0 {
			wait = max(wait, time.Duration(over*float64(k.forget)))
		}
	}
	if wait > 0 {
		seconds := (wait + time.Second - 1) / time.Second
		return nil, wire.Later(desk.Refuse(desk.ErrUnavailable, "login_throttled", int(seconds)), seconds*time.Second)
	}
	for _, v := range levels {
		v.tries++
	}
	return func() {
		l.mu.Lock()
		defer l.mu.Unlock()
		for _, v := range levels {
			v.tries = max(0, v.tries-1)
		}
	}, nil
}

// sink forgets what time has passed over.
func (v *level) sink(now time.Time, forget time.Duration) {
	v.tries = max(0, v.tries-float64(now.Sub(v.at))/float64(forget))
	v.at = now
}

// level finds a key's. Those that nobody looked at for a lifetime are empty, and go. The caller holds mu.
func (l *Limits) level(k key, now time.Time) *level {
	if now.Sub(l.turned) > lifetime {
		l.young, l.old, l.turned = map[key]*level{}, l.young, now
	}
	v := l.young[k]
	if v == nil {
		if v = l.old[k]; v == nil {
			v = &level{at: now}
		}
		l.young[k] = v
	}
	return v
}

// network is what one household or office has of addresses: one, or a /64 of IPv6.
func network(text string) string {
	a, err := netip.ParseAddr(text)
	if err != nil || a.Unmap().Is4() {
		return text
	}
	p, err := a.Prefix(64)
	if err != nil {
		return text
	}
	return p.String()
}
