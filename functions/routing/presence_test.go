package routing_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"keliu/functions/routing"
	"keliu/streams/desk"
)

func TestSettle(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	ago := func(d time.Duration) time.Time { return now.Add(-d) }
	silenced := func(took, status string, at, seen time.Duration) routing.Sign {
		return routing.Sign{Status: status, Changed: ago(at), Seen: ago(seen), Took: took, TookAt: ago(at)}
	}
	for name, c := range map[string]struct {
		routing.Sign
		status, took string
	}{
		"there":                           {routing.Sign{Status: "online", Changed: ago(time.Hour), Seen: ago(10 * time.Second)}, "online", ""},
		"silent for a moment":             {routing.Sign{Status: "online", Changed: ago(time.Hour), Seen: ago(44 * time.Second)}, "online", ""},
		"silent":                          {routing.Sign{Status: "online", Changed: ago(time.Hour), Seen: ago(45 * time.Second)}, "away", "online"},
		"silent for long":                 {routing.Sign{Status: "online", Changed: ago(time.Hour), Seen: ago(2 * time.Minute)}, "offline", "online"},
		"away by their own word":          {routing.Sign{Status: "away", Changed: ago(time.Hour), Seen: ago(time.Minute)}, "away", ""},
		"away, and gone":                  {routing.Sign{Status: "away", Changed: ago(time.Hour), Seen: ago(2 * time.Minute)}, "offline", "away"},
		"offline by their own word":       {routing.Sign{Status: "offline", Changed: ago(time.Hour), Seen: ago(time.Second)}, "offline", ""},
		"said so just now":                {routing.Sign{Status: "online", Changed: ago(10 * time.Second), Seen: ago(50 * time.Second)}, "online", ""},
		"without a screen":                {routing.Sign{Status: "online", Changed: ago(time.Hour), Seen: ago(25 * time.Hour)}, "online", ""},
		"taken away, still silent":        {silenced("online", "away", 15*time.Second, time.Minute), "away", "online"},
		"taken away, silent for long":     {silenced("online", "away", 75*time.Second, 2*time.Minute), "offline", "online"},
		"taken away, back":                {silenced("online", "away", 15*time.Second, time.Second), "online", ""},
		"taken offline, back":             {silenced("away", "offline", time.Hour, time.Second), "away", ""},
		"taken offline, still silent":     {silenced("online", "offline", time.Hour, 2*time.Hour), "offline", "online"},
		"taken away, then said something": {routing.Sign{Status: "offline", Changed: ago(time.Minute), Seen: ago(time.Second), Took: "online", TookAt: ago(time.Hour)}, "offline", ""},
	} {
		if status, took := routing.Settle(c.Sign, now); status != c.status || took != c.took {
			t.Errorf("%s: %s, coming back to %q; want %s, %q", name, status, took, c.status, c.took)
		}
	}
}

// Whatever somebody says of themselves and however their screen falls silent: while it gives signs they are what they said, and
// after two minutes without one nobody is given to them.
func TestSettleGivesBackWhatItTakes(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
		s := routing.Sign{Status: "offline", Changed: now.Add(-time.Hour), Seen: now}
		said := s.Status
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			now = now.Add(time.Millisecond)
			switch rapid.IntRange(0, 2).Draw(t, "what") {
			case 0:
				s.Seen = now
			case 1: // with a screen that was there a moment ago
				said = rapid.SampledFrom([]string{"online", "away", "offline"}).Draw(t, "status")
				s.Seen, s.Status, s.Changed = now, said, now
			}
			now = now.Add(time.Duration(rapid.IntRange(1, 90_000).Draw(t, "ms")) * time.Millisecond)
			status, took := routing.Settle(s, now)
			if status != s.Status {
				s.Status, s.Changed, s.Took, s.TookAt = status, now, took, now
			}
			switch silent := now.Sub(s.Seen); {
			case silent < routing.AwayAfter && s.Status != said:
				t.Fatalf("%s after %s of silence, said %s", s.Status, silent, said)
			case silent >= routing.AwayAfter && s.Status == "online", silent >= routing.OfflineAfter && s.Status != "offline":
				t.Fatalf("still %s after %s of silence", s.Status, silent)
			}
			if again, _ := routing.Settle(s, now); again != s.Status {
				t.Fatalf("settled as %s, and then as %s", s.Status, again)
			}
		}
	})
}

func TestGoneIsOneEventPerState(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	c := desk.Conversation{ID: "c", Agent: "a", Version: 3}
	first, again := routing.Gone(c, now), routing.Gone(c, now.Add(time.Minute))
	c.Version++
	if later := routing.Gone(c, now); first.ID != again.ID || first.ID == later.ID || first.Agent != "a" || first.Kind != desk.Transferred {
		t.Errorf("%+v, %+v, %+v", first, again, later)
	}
}
