package aim_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/classify"
	"keliu/functions/dialog/aim"
	"keliu/streams/desk"
)

func TestChoose(t *testing.T) {
	facts := func(names ...string) desk.Facts {
		all := desk.Facts{}
		for _, n := range names {
			all[n] = "x"
		}
		return all
	}
	for name, c := range map[string]struct {
		conversation desk.Conversation
		heard        classify.Understanding
		upset        bool
		want         string
	}{
		"what is meant":                        {desk.Conversation{}, classify.Understanding{Intent: "refund"}, false, "refund"},
		"a person is one word away":            {desk.Conversation{Asked: desk.FactReason, AskedBy: "refund"}, classify.Understanding{Intent: "handoff"}, false, "handoff"},
		"the upset get a person":               {desk.Conversation{}, classify.Understanding{Intent: "refund"}, true, "handoff"},
		"and those who complain a complaint":   {desk.Conversation{}, classify.Understanding{Intent: "complaint"}, true, "complaint"},
		"once, not again while they wait":      {desk.Conversation{Stage: desk.Queued}, classify.Understanding{Intent: "refund"}, true, "refund"},
		"a number left while waiting":          {desk.Conversation{Stage: desk.Queued}, classify.Understanding{Intent: "answer", Facts: facts(desk.FactPhone)}, false, "handoff"},
		"what was asked for":                   {desk.Conversation{Asked: desk.FactOrder, AskedBy: "refund"}, classify.Understanding{Intent: "order", Facts: facts(desk.FactOrder)}, false, "refund"},
		"a reason, in whatever words":          {desk.Conversation{Asked: desk.FactReason, AskedBy: "refund"}, classify.Understanding{OutOfScope: true}, false, "refund"},
		"another question than what was asked": {desk.Conversation{Asked: desk.FactReason, AskedBy: "refund"}, classify.Understanding{Intent: "guide"}, false, "guide"},
		"a fact that goes on":                  {desk.Conversation{Intent: "logistics"}, classify.Understanding{OutOfScope: true, Facts: facts(desk.FactOrder)}, false, "logistics"},
		"a waybill alone":                      {desk.Conversation{}, classify.Understanding{OutOfScope: true, Facts: facts(desk.FactWaybill)}, false, "logistics"},
		"an order alone":                       {desk.Conversation{}, classify.Understanding{OutOfScope: true, Facts: facts(desk.FactOrder)}, false, "order"},
		"nothing that anybody knows":           {desk.Conversation{}, classify.Understanding{OutOfScope: true, Intent: "refund"}, false, "answer"},
	} {
		if got := aim.Choose(c.conversation, "…", c.heard, c.upset); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
	}
}

func TestUpset(t *testing.T) {
	for _, c := range []struct {
		before, now desk.Emotion
		want        bool
	}{{0, -0.3, false}, {0, -0.5, false}, {-0.5, -0.5, true}, {0, -0.8, true}, {-0.9, 0.2, false}} {
		if got := aim.Upset(c.before, c.now); got != c.want {
			t.Errorf("from %v to %v: %v", c.before, c.now, got)
		}
	}
}

func TestContext(t *testing.T) {
	history := []desk.Line{{By: desk.ByCustomer, Text: "一"}, {By: desk.ByAI, Text: "二"}, {By: desk.ByCustomer, Text: "三"}, {By: desk.ByHuman, Text: "四"}}
	want := classify.Context{Asked: "order", Lang: desk.English, Turns: []string{"一", "三"}, PrevReply: "四"}
	if diff := cmp.Diff(want, aim.Context(desk.Conversation{Asked: "order", Lang: desk.English}, history)); diff != "" {
		t.Error(diff)
	}
}
