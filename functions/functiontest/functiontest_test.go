package functiontest

import (
	"context"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/streams/desk"
)

func TestShowTellsEverything(t *testing.T) {
	reply := desk.Reply{
		Text: "好的。", Ask: "callback", Options: []string{"是", "否"}, Learned: desk.Facts{"order": "1", "amount": ""},
		Handoff: desk.ReasonRisk, Skill: "complaint", Callback: "13800001234", Confirmed: true, Leave: true, Outcome: desk.HandedOff,
		Request:   &desk.Request{Kind: "refund", Order: "1", Amount: 5900, Reason: "坏了"},
		Citations: []desk.Citation{{Article: "a", Title: "退货", Passage: "七天"}},
	}
	want := `好的。
→ handed_off: callback
→ cites 退货 (a): 七天
→ offers 是 / 否
→ keeps amount=
→ keeps order=1
→ to a person: risk, complaint
→ request refund 1, 5900 fen, reason "坏了"
→ callback 13800001234
→ solved
→ leaves the queue`
	if diff := cmp.Diff(want, show(reply)); diff != "" {
		t.Error(diff)
	}
}

func TestFlawed(t *testing.T) {
	draft := &desk.Draft{Question: "q"}
	for name, r := range map[string]desk.Reply{
		"silent":         {Outcome: desk.Answered},
		"both":           {Text: "a", Draft: draft, Outcome: desk.Answered},
		"no outcome":     {Text: "a"},
		"unfilled":       {Text: "%!s(MISSING)", Outcome: desk.Answered},
		"padded":         {Text: "a ", Outcome: desk.Answered},
		"half a handoff": {Text: "a", Outcome: desk.HandedOff},
		"asked nothing":  {Text: "a", Outcome: desk.Asked},
	} {
		if flawed(r) == "" {
			t.Errorf("%s: found no flaw in %+v", name, r)
		}
	}
	for _, r := range []desk.Reply{{Text: "a", Outcome: desk.Greeted}, {Draft: draft, Outcome: desk.Answered}} {
		if flaw := flawed(r); flaw != "" {
			t.Errorf("%+v: %s", r, flaw)
		}
	}
}

// echo tells the turn it was given, learns one fact and forgets another.
type echo struct{}

func (echo) Examples() string { return "" }

func (echo) Answer(_ context.Context, turn desk.Turn) (desk.Reply, error) {
	reply := turn.Decline(fmt.Sprintf("%q %q %d found, asked %q, %d failed, %d lines, %v later, %v",
		turn.Facts["learnt"], turn.Facts["given"], len(turn.Found), turn.Asked, turn.Failed, len(turn.History), turn.Message.At.Sub(Now()), turn.Waiting))
	reply.Ask = "more"
	reply.Learned = desk.Facts{"learnt": "x", "given": ""}
	return reply, nil
}

func TestTalkGoesOn(t *testing.T) {
	k := newTalk(functions.ServeIntent(echo{}))
	say := func(settings, want string) {
		t.Helper()
		if err := k.set(settings); err != nil {
			t.Fatal(err)
		}
		if got := k.say(t.Context(), "…"); got != want+"\n→ declined: more\n→ keeps given=\n→ keeps learnt=x" {
			t.Errorf("want %s, got %s", want, got)
		}
	}
	say("found: given=g", `"" "g" 1 found, asked "", 0 failed, 0 lines, 0s later, <nil>`)
	say("later: 90m\nasked: less", `"x" "" 0 found, asked "less", 1 failed, 2 lines, 1h30m0s later, <nil>`)
	say("waiting: 2 ahead, 3m, staffed, in", `"x" "" 0 found, asked "more", 2 failed, 4 lines, 1h30m0s later, &{2 true 3m0s true 0001-01-01 00:00:00 +0000 UTC}`)
	for _, wrong := range []string{"colour: red", "failed: often", "found: a", "waiting: two ahead", "later: soon", "nonsense"} {
		if k.set(wrong) == nil {
			t.Errorf("%q was taken", wrong)
		}
	}
}
