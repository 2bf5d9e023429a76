package step_test

import (
	"testing"
	"time"

	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// What happens next follows from what the platform said; nothing is promised that does not happen.
func TestAfterwards(t *testing.T) {
	direct, reply := desk.Send{Kind: desk.DirectMessage}, desk.Send{Kind: desk.PublicReply}
	for name, c := range map[string]struct {
		said leads.Sending
		want string
	}{
		"on its way":            {leads.Sending{Send: direct, State: desk.Pending}, "answer_awaited"},
		"out of order":          {leads.Sending{Send: direct, State: desk.Failed, Code: 500, Retry: noon.Add(time.Second)}, "tried_again"},
		"kept back":             {leads.Sending{Send: direct, State: desk.Failed, Held: true}, "held"},
		"the quota is used up":  {leads.Sending{Send: direct, State: desk.Failed, Code: 28003070}, "window_opens"},
		"the window is shut":    {leads.Sending{Send: direct, State: desk.Failed, Code: 45015}, "window_opens"},
		"a link":                {leads.Sending{Send: direct, State: desk.Failed, Code: 28001038}, "by_hand"},
		"no answer":             {leads.Sending{Send: direct, State: desk.Uncertain}, "look"},
		"taken just now":        {leads.Sending{Send: direct, State: desk.Sent, Settled: noon.Add(1 - step.Confirmed)}, "shown_soon"},
		"taken and never shown": {leads.Sending{Send: direct, State: desk.Sent, Settled: noon.Add(-step.Confirmed)}, "unconfirmed"},
		"never shown in public": {leads.Sending{Send: reply, State: desk.Sent, Unseen: true}, "unconfirmed"},
		"shown":                 {leads.Sending{Send: direct, State: desk.Arrived}, "their_turn"},
		"answered in public":    {leads.Sending{Send: reply, State: desk.Sent, Settled: noon.Add(-24 * time.Hour)}, "their_turn"},
	} {
		got := step.After(c.said, noon)
		if got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if zh, en := step.Afterwards(got, desk.Chinese), step.Afterwards(got, desk.English); zh == "" || en == "" || zh == en {
			t.Errorf("%s is said as %q and %q", name, zh, en)
		}
	}
}
