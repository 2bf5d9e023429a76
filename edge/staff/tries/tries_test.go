package tries_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"pgregory.net/rapid"

	"keliu/edge/staff/tries"
	"keliu/edge/wire"
	"keliu/streams/desk"
)

// A clock stands still until it is moved.
type clock struct{ at time.Time }

func (c *clock) now() time.Time { return c.at }

func fresh() (*tries.Limits, *clock) {
	c := &clock{time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	return tries.New(c.now), c
}

// wrong tries until somebody is refused, and returns how often that was and how long they have to wait.
func wrong(t *testing.T, l *tries.Limits, user, address func(i int) string) (taken int, wait time.Duration) {
	t.Helper()
	for i := range 1000 {
		if _, err := l.Take(user(i), address(i)); err != nil {
			var p *desk.Problem
			if !errors.As(err, &p) || p.Code != "login_throttled" {
				t.Fatal(err)
			}
			return i, wire.RetryAfter(err)
		}
	}
	t.Fatal("nobody is ever refused")
	return 0, 0
}

func one(text string) func(int) string { return func(int) string { return text } }
func many(format string) func(int) string {
	return func(i int) string { return fmt.Sprintf(format, i) }
}

func TestLimits(t *testing.T) {
	for name, c := range map[string]struct {
		user, address func(int) string
		taken         int
		wait          time.Duration
	}{
		"one account from one address":      {one("admin"), one("10.0.0.1"), 10, 30 * time.Second},
		"many accounts from one address":    {many("user%d"), one("10.0.0.1"), 40, 5 * time.Second},
		"many accounts from one network":    {many("user%d"), many("2001:db8:1:2::%x"), 40, 5 * time.Second},
		"one account from many addresses":   {one("admin"), many("10.0.0.%d"), 100, 10 * time.Second},
		"one account from no known address": {one("admin"), one(""), 10, 30 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			l, clock := fresh()
			taken, wait := wrong(t, l, c.user, c.address)
			if taken != c.taken || wait != c.wait {
				t.Errorf("%d taken, then a wait of %s; want %d, %s", taken, wait, c.taken, c.wait)
			}
			if _, err := l.Take("somebody else", "192.0.2.1"); err != nil {
				t.Errorf("somebody else is held back: %v", err)
			}
			clock.at = clock.at.Add(wait)
			if _, err := l.Take(c.user(taken), c.address(taken)); err != nil {
				t.Errorf("after the wait: %v", err)
			}
		})
	}
}

// Whoever knows the password is never held back for knowing it.
func TestRightTriesDoNotCount(t *testing.T) {
	l, _ := fresh()
	for range 1000 {
		right, err := l.Take("agent", "10.0.0.1")
		if err != nil {
			t.Fatal(err)
		}
		right()
	}
}

// However somebody spreads their tries, no hour has more wrong ones of an account than the burst and what is forgotten in it.
func TestAnHourOfGuessing(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		l, clock := fresh()
		end, taken := clock.at.Add(time.Hour), 0
		for clock.at.Before(end) {
			if _, err := l.Take("admin", "10.0.0.1"); err == nil {
				taken++
			}
			clock.at = clock.at.Add(time.Duration(rapid.IntRange(1, 120_000).Draw(t, "pause")) * time.Millisecond)
		}
		if most := 10 + 120; taken > most {
			t.Errorf("%d tries in an hour, %d at most", taken, most)
		}
	})
}
