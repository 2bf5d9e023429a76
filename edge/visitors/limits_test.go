package visitors

import (
	"errors"
	"testing"
	"time"

	"golang.org/x/time/rate"
	"pgregory.net/rapid"

	"keliu/edge/wire"
	"keliu/streams/desk"
)

// To forget who was quiet gives nobody more and nobody less than a bucket of their own that is kept for ever.
func TestLimiterForgetsWithoutFavour(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		every, burst := rate.Limit(rapid.IntRange(1, 20).Draw(t, "a second")), rapid.IntRange(1, 30).Draw(t, "at once")
		limiter := NewLimiter(every, burst, func() time.Time { return now })
		kept := map[string]*rate.Limiter{}
		steps := rapid.SliceOfN(rapid.Custom(func(t *rapid.T) time.Duration {
			return rapid.SampledFrom([]time.Duration{0, time.Millisecond, 50 * time.Millisecond, time.Second, 40 * time.Second}).Draw(t, "pause")
		}), 1, 200).Draw(t, "steps")
		for _, pause := range steps {
			now = now.Add(pause)
			key := rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "key")
			if kept[key] == nil {
				kept[key] = rate.NewLimiter(every, burst)
			}
			err := limiter.Take(key)
			if want := kept[key].AllowN(now, 1); want != (err == nil) {
				t.Fatalf("%s at %s: %v, want allowed %v", key, now, err, want)
			}
			if err == nil {
				continue
			}
			var p *desk.Problem
			if !errors.As(err, &p) || p.Code != "rate_limited" {
				t.Fatalf("refused with %v", err)
			}
			// Who waits as long as told is let in.
			if wait := wire.RetryAfter(err); wait < time.Second || kept[key].TokensAt(now.Add(wait)) < 1-1e-6 {
				t.Fatalf("after %s there is nothing to take", wait)
			}
		}
	})
}

// What the limiter holds does not grow with all who ever came.
func TestLimiterForgets(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	l := NewLimiter(10, 30, func() time.Time { return now })
	for i := range 10_000 {
		if err := l.Take(now.String()); err != nil {
			t.Fatal(err)
		}
		now = now.Add(100 * time.Millisecond)
		if held := len(l.young) + len(l.old); held > 100 {
			t.Fatalf("after %d customers it holds %d", i+1, held)
		}
	}
}
