package step_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

func allowance(scene string, left, kept int) []desk.Allowance {
	return []desk.Allowance{{Channel: "douyin", Scene: scene, Limit: 6, Left: left, Kept: kept, Until: noon.Add(time.Hour)}}
}

// The rows are those of the compliant playbook: what may legally be done for a commenter in each state.
func TestPlaybook(t *testing.T) {
	commented := leads.Lead{Comment: "c", TextAt: noon.Add(-time.Minute)}
	wrote := leads.Lead{Comment: "c", TextAt: noon.Add(-time.Hour), Wrote: noon.Add(-time.Minute)}
	agreed := leads.Lead{Agreed: noon.Add(-time.Hour)}
	out := wrote
	out.OptOut = noon
	won := leads.Lead{State: leads.Won, Comment: "c", At: noon, Stages: map[leads.State]time.Time{leads.Won: noon}}
	back := won
	back.At, back.TextAt = noon.Add(time.Hour), noon.Add(time.Hour)
	for name, c := range map[string]struct {
		lead    leads.Lead
		left    []desk.Allowance
		change  func(*step.Situation)
		want    leads.Step
		why     string
		allowed bool
	}{
		"unknown, under our video":       {commented, nil, nil, leads.PublicReply, "comment", true},
		"answered already":               {leads.Lead{Comment: "c", Invited: "c"}, nil, nil, leads.Wait, "invited", false},
		"answered an hour ago":           {leads.Lead{Comment: "d", Invited: "c", InvitedAt: noon.Add(-time.Hour)}, nil, nil, leads.Wait, "rest_person", false},
		"no scope at all":                {commented, nil, func(s *step.Situation) { s.Replies = false }, leads.AgentTask, "no_scope", true},
		"too often":                      {commented, nil, func(s *step.Situation) { s.Rest, s.Resting = noon.Add(1), "rest_item" }, leads.Wait, "rest_item", false},
		"opened our direct messages":     {leads.Lead{Entered: noon}, allowance(quota.Enter, 3, 2), nil, leads.Greet, "entered", true},
		"opened, on another network":     {leads.Lead{Entered: noon}, allowance(quota.Follow, 3, 2), nil, leads.Greet, "entered", true},
		"opened, and the day is full":    {leads.Lead{Entered: noon}, allowance(quota.Enter, 0, 0), nil, leads.AgentTask, "window_shut", true},
		"opened long ago":                {leads.Lead{Entered: noon.Add(-time.Hour)}, nil, nil, leads.AgentTask, "window_shut", true},
		"wrote within the window":        {wrote, allowance(quota.Reply, 6, 2), nil, leads.DirectMessage, "window", true},
		"wrote, the last are kept":       {wrote, allowance(quota.Reply, 2, 2), nil, leads.DirectMessage, "kept", true},
		"wrote, and all is used":         {wrote, allowance(quota.Reply, 0, 0), nil, leads.AgentTask, "used_up", true},
		"wrote long ago":                 {wrote, nil, nil, leads.AgentTask, "window_shut", true},
		"agreed to be written to":        {agreed, allowance(quota.Authorised, 3, 0), nil, leads.PushStep, "authorised", true},
		"agreed, and heard today":        {agreed, allowance(quota.Authorised, 0, 0), nil, leads.Wait, "pushed", false},
		"agreed, at night":               {agreed, allowance(quota.Authorised, 3, 0), func(s *step.Situation) { s.Market = step.Ruling{Because: "夜。Night."} }, leads.Wait, "quiet", false},
		"took the agreement back":        {leads.Lead{Agreed: noon.Add(-time.Hour), Refused: noon}, nil, nil, leads.Wait, "silent", false},
		"the agreement ran out":          {leads.Lead{Agreed: noon.Add(-time.Hour), Expires: noon}, nil, nil, leads.Wait, "silent", false},
		"opted out":                      {out, allowance(quota.Reply, 6, 2), nil, leads.Nothing, "opted_out", false},
		"the house does not allow it":    {wrote, allowance(quota.Reply, 6, 2), func(s *step.Situation) { s.Answer = step.Ruling{Because: "不行。No."} }, leads.Nothing, "policy", false},
		"bought":                         {won, nil, nil, leads.Nothing, "closed", false},
		"bought, and comments again":     {back, nil, nil, leads.PublicReply, "comment", true},
		"comments after the window shut": {leads.Lead{Comment: "c", Wrote: noon.Add(-48 * time.Hour), TextAt: noon}, nil, nil, leads.PublicReply, "comment", true},
	} {
		s := step.Situation{Lead: c.lead, Left: c.left, Replies: true, Answer: step.Ruling{Allow: true}, Market: step.Ruling{Allow: true}, Now: noon}
		if c.change != nil {
			c.change(&s)
		}
		if got := step.Of(s); got.Step != c.want || got.Why != c.why || got.Allowed != c.allowed {
			t.Errorf("%s: %+v, want %s %s %v", name, got, c.want, c.why, c.allowed)
		}
	}
}

// Whatever the situation: after opting out nothing is allowed; no message is allowed without an open window that has room; every
// step says why in both languages; what waits until a time waits for one that is still to come.
func TestNoStepIsIllegal(t *testing.T) {
	at := rapid.Custom(func(t *rapid.T) time.Time {
		if rapid.Bool().Draw(t, "never") {
			return time.Time{}
		}
		return noon.Add(time.Duration(rapid.IntRange(-100, 1).Draw(t, "hours")) * time.Hour)
	})
	rapid.Check(t, func(t *rapid.T) {
		l := leads.Lead{
			Comment: rapid.SampledFrom([]string{"", "c"}).Draw(t, "comment"), Invited: rapid.SampledFrom([]string{"", "c"}).Draw(t, "invited"),
			TextAt: at.Draw(t, "text"), Entered: at.Draw(t, "entered"), Wrote: at.Draw(t, "wrote"), Agreed: at.Draw(t, "agreed"),
			Expires: at.Draw(t, "expires"), Refused: at.Draw(t, "refused"), OptOut: at.Draw(t, "out"), OptIn: at.Draw(t, "in"),
		}
		if rapid.Bool().Draw(t, "spoken") {
			l.Last = &leads.Sending{State: rapid.SampledFrom([]desk.SendState{desk.Pending, desk.Sent, desk.Arrived, desk.Failed, desk.Uncertain}).Draw(t, "state")}
			l.Last.Kind = rapid.SampledFrom([]desk.SendKind{desk.PublicReply, desk.DirectMessage, desk.Greeting, desk.Push}).Draw(t, "kind")
			l.Last.At, l.Last.Settled, l.Last.Retry = at.Draw(t, "said"), at.Draw(t, "settled"), at.Draw(t, "retry")
			l.Last.Code = rapid.SampledFrom([]int{0, 28003070, 45015, 1}).Draw(t, "code")
		}
		s := step.Situation{Lead: l, Replies: rapid.Bool().Draw(t, "scope"), Answer: step.Ruling{Allow: true}, Market: step.Ruling{Allow: rapid.Bool().Draw(t, "market"), Because: "x"}, Now: noon}
		room := map[string]int{}
		for _, scene := range []string{quota.Reply, quota.Enter, quota.Authorised} {
			if rapid.Bool().Draw(t, scene) {
				room[scene] = rapid.IntRange(0, 3).Draw(t, "left")
				s.Left = append(s.Left, allowance(scene, room[scene], 0)...)
			}
		}
		got := step.Of(s)
		if step.Sentence(got.Why, desk.Chinese) == "" || step.Sentence(got.Why, desk.English) == "" || !got.Until.IsZero() && !got.Until.After(noon) {
			t.Fatalf("%+v", got)
		}
		if l.OptedOut() && (got.Allowed || got.Step != leads.Nothing) {
			t.Fatalf("after opting out: %+v", got)
		}
		needs := map[leads.Step]string{leads.DirectMessage: quota.Reply, leads.Greet: quota.Enter, leads.PushStep: quota.Authorised}
		if scene, ok := needs[got.Step]; ok && (room[scene] == 0 || !got.Allowed) {
			t.Fatalf("%+v with %v left", got, room)
		}
		if got.Step == leads.PublicReply && (!s.Replies || l.Comment == "" || l.Invited == l.Comment) {
			t.Fatalf("an answer to nothing: %+v", got)
		}
		if got.Step == leads.PushStep && (!l.MayPush(noon) || !s.Market.Allow) {
			t.Fatalf("a push that nobody agreed to: %+v", got)
		}
		if l.Last != nil && l.Last.State == desk.Pending && got.Allowed {
			t.Fatalf("two at once: %+v", got)
		}
	})
}
