package platform_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode/utf8"

	"keliu/functions"
	"keliu/functions/outreach/quota"
	"keliu/infra/simulators/douyin/platform"
	"keliu/streams/desk"
)

func TestAnAnswerIsSeen(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "能退吗")
	s := p.answer(c, 2, desk.ByAI, "可以，详见 https://shop.example/x 。")
	if s.State != desk.Arrived || s.Remote == "" || s.Conversation != c || s.Seq != 2 {
		t.Errorf("%+v", s)
	}
	if got := p.sees("小鱼"); got != "可以，详见 （链接请在店铺主页查看） 。" {
		t.Errorf("%q is seen", got)
	}
	// The platform may say that it shows a message before it has answered the call: then it is known by the platform's ID alone.
	if shown := p.touched(desk.Shown); len(shown) != 1 || shown[0].Sent != "r2" && shown[0].Sent != s.Remote || shown[0].Name != "小鱼" {
		t.Errorf("%+v", shown)
	}
	if p.answer(c, 2, desk.ByAI, "可以"); len(p.Seen("小鱼")) != 2 {
		t.Error("delivered again, it is said twice")
	}
	if h := p.channel.Health(); h.Sent != 1 || h.Failed != 0 || !h.Ready {
		t.Errorf("%+v", h)
	}
}

// Each of the platform's answers is the state that the staff see, and what cannot arrive is not tried again.
func TestEveryCode(t *testing.T) {
	for kind, want := range map[string]struct {
		state desk.SendState
		code  int
		calls int // in all, when the message is delivered three times
	}{
		"28003070": {desk.Failed, 28003070, 1}, "28003080": {desk.Failed, 28003080, 1}, "28003081": {desk.Failed, 28003081, 1}, "28003082": {desk.Failed, 28003082, 1},
		"28003095": {desk.Failed, 28003095, 1}, "28029003": {desk.Failed, 28029003, 1}, "28001038": {desk.Failed, 28001038, 1}, "45015": {desk.Failed, 45015, 1},
		"28003018": {desk.Failed, 28003018, 3}, "500": {desk.Failed, 0, 3}, "503": {desk.Failed, 0, 3},
		"2190008": {desk.Failed, 2190008, 2}, // with the token that was there, and with a fresh one
		"502":     {desk.Uncertain, 0, 1}, "reset": {desk.Uncertain, 0, 1}, "hang": {desk.Uncertain, 0, 1}, "mute": {desk.Uncertain, 0, 1}, "silent": {desk.Sent, 0, 1},
	} {
		t.Run(kind, func(t *testing.T) {
			p := meet(t)
			c := p.says("小鱼", "能退吗")
			if err := p.Fail(platform.Fault{On: platform.CallSend, Kind: kind}); err != nil {
				t.Fatal(err)
			}
			for range 3 {
				p.answer(c, 2, desk.ByAI, "可以")
				p.pass(2 * time.Minute)
			}
			s := p.fate("r2")
			if s.State != want.state || s.Code != want.code || (s.State != desk.Sent) == (s.Because == "") {
				t.Errorf("%+v", s)
			}
			calls := 0
			for _, call := range p.Calls() {
				if call.On == platform.CallSend {
					calls++
				}
			}
			if calls != want.calls {
				t.Errorf("%d calls, want %d", calls, want.calls)
			}
			if n := len(p.Seen("小鱼")); n > 2 {
				t.Errorf("it is seen %d times", n-1)
			}
		})
	}
}

// What the platform could not take at the time arrives once it can, once.
func TestTheNextTryArrives(t *testing.T) {
	for _, kind := range []string{"28003018", "500"} {
		p := meet(t)
		c := p.says("小鱼", "能退吗")
		if err := p.Fail(platform.Fault{On: platform.CallSend, Kind: kind, Times: 1}); err != nil {
			t.Fatal(err)
		}
		first := p.answer(c, 2, desk.ByAI, "可以")
		if tooSoon := p.answer(c, 2, desk.ByAI, "可以"); first.Retry.IsZero() || tooSoon.State != desk.Failed || len(p.Seen("小鱼")) != 1 {
			t.Errorf("%s: %+v, then %+v", kind, first, tooSoon)
		}
		p.pass(2 * time.Minute)
		if s := p.answer(c, 2, desk.ByAI, "可以"); s.State != desk.Arrived || p.sees("小鱼") != "可以" {
			t.Errorf("%s: %+v", kind, s)
		}
	}
}

// In the end what never gets through is said to have failed.
func TestTriesEnd(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "能退吗")
	if err := p.Fail(platform.Fault{On: platform.CallSend, Kind: "500"}); err != nil {
		t.Fatal(err)
	}
	var s functions.Sending
	for range 10 {
		s = p.answer(c, 2, desk.ByAI, "可以")
		p.pass(time.Minute)
	}
	if s.State != desk.Failed || !s.Retry.IsZero() || s.Tries != 6 {
		t.Errorf("%+v", s)
	}
}

// A process that ends between asking and hearing does not ask again.
func TestTheEndOfAProcessDoublesNothing(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "能退吗")
	begun := functions.Sending{Conversation: c, Seq: 2, Delivery: desk.Delivery{Send: "r2", At: p.now()}}
	if _, ok, err := p.book.Begin(t.Context(), "douyin", begun); err != nil || !ok {
		t.Fatal(ok, err)
	}
	p.restart()
	if s := p.answer(c, 2, desk.ByAI, "可以"); s.State != desk.Uncertain || s.Because == "" || p.sees("小鱼") != "" {
		t.Errorf("%+v; %q is seen", s, p.sees("小鱼"))
	}
}

func TestTokensThatExpire(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "能退吗")
	p.answer(c, 2, desk.ByAI, "一")
	p.Expire()
	if s := p.answer(c, 3, desk.ByAI, "二"); s.State != desk.Arrived || p.sees("小鱼") != "一|二" {
		t.Errorf("%+v; %q is seen", s, p.sees("小鱼"))
	}
}

// Six answers go out, of which the AI leaves two to people, until the customer writes again; nobody asks the platform in vain.
func TestTheWindow(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "在吗")
	for n := range int64(6) {
		if s := p.answer(c, n+2, desk.ByAI, fmt.Sprint(n)); (s.State == desk.Arrived) != (n < 4) || n >= 4 && (s.State != desk.Failed || s.Because == "") {
			t.Errorf("the AI's answer %d: %+v", n, s)
		}
	}
	for n := range int64(3) {
		if s := p.answer(c, n+10, desk.ByHuman, fmt.Sprint(n)); (s.State == desk.Arrived) != (n < 2) {
			t.Errorf("a person's answer %d: %+v", n, s)
		}
	}
	for _, call := range p.Calls() {
		if call.Code != 0 {
			t.Errorf("asked in vain: %+v", call)
		}
	}
	p.pass(time.Minute)
	p.says("小鱼", "还有一个问题")
	if s := p.answer(c, 20, desk.ByHuman, "请说"); s.State != desk.Arrived {
		t.Errorf("%+v", s)
	}
	p.pass(24 * time.Hour)
	if s := p.answer(c, 21, desk.ByHuman, "还在吗"); s.State != desk.Failed || s.Code != 0 {
		t.Errorf("%+v", s)
	}
}

// unlimited lets everything go out.
type unlimited struct{}

func (unlimited) Take(context.Context, quota.Want) (quota.Grant, error) {
	return quota.Grant{OK: true, Left: 100}, nil
}

func (unlimited) Settle(context.Context, string, desk.Delivery) error { return nil }

// Without a ledger the platform has the last word.
func TestThePlatformCountsItself(t *testing.T) {
	p := meet(t)
	p.channel.Quota = unlimited{}
	c := p.says("小鱼", "在吗")
	for n := range int64(8) {
		if s := p.answer(c, n+2, desk.ByAI, fmt.Sprint(n)); (s.State == desk.Arrived) != (n < 6) || n >= 6 && s.Code != 28003070 {
			t.Errorf("answer %d: %+v", n, s)
		}
	}
}

// However the AI, people and customers speak at the same time, the ledger lets out no more than the platform takes.
func TestTheLedgerAgreesWithThePlatform(t *testing.T) {
	p := meet(t)
	names := []string{"小鱼", "大熊", "木木"}
	conversations := map[string]desk.ConversationID{}
	for _, name := range names {
		conversations[name] = p.says(name, "在吗，我是"+name)
	}
	for round := range 30 {
		var talking sync.WaitGroup
		for i, name := range names {
			for j, by := range []desk.Author{desk.ByAI, desk.ByHuman, desk.ByAI, desk.ByHuman} {
				talking.Go(func() {
					n := desk.Notice{
						Seq: int64(round*10 + j), Event: desk.EventReply, Conversation: conversations[name], Channel: "douyin",
						Message: &desk.Message{ID: desk.MessageID(fmt.Sprint(name, round, j)), By: by, Text: "好的"},
					}
					if err := p.channel.Deliver(t.Context(), n); err != nil {
						t.Error(err)
					}
				})
			}
			if (round+i)%3 == 0 {
				talking.Go(func() { p.Say(name, fmt.Sprint("第", round, "问")) })
			}
		}
		talking.Wait()
		p.pass(time.Duration(round%5) * time.Second)
	}
	p.Courier().Settled()
	said := 0
	for _, call := range p.Calls() {
		if call.Code != 0 {
			t.Errorf("over quota: %+v", call)
		}
		if call.On == platform.CallSend {
			said++
		}
	}
	if said < 60 {
		t.Errorf("%d messages in 30 rounds: the ledger is needlessly strict", said)
	}
}

func TestLongTexts(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "讲讲")
	p.answer(c, 2, desk.ByAI, strings.Repeat("长。", 900))
	p.answer(c, 3, desk.ByHuman, strings.Repeat("话。", 900))
	p.answer(c, 4, desk.ByHuman, "一")
	p.answer(c, 5, desk.ByHuman, "二")
	p.answer(c, 6, desk.ByHuman, strings.Repeat("多。", 900)) // for whose second half nothing is left
	var own []string
	for _, m := range p.Seen("小鱼") {
		if m.Own {
			own = append(own, m.Text)
		}
	}
	if len(own) != 6 || !strings.Contains(own[5], "未能完整显示") || p.fate("r6#2").State != desk.Failed {
		t.Fatalf("%d messages, the last ends with %q", len(own), own[len(own)-1][max(0, len(own[len(own)-1])-60):])
	}
	if !strings.Contains(own[0], "转人工") || utf8.RuneCountInString(own[0]) > 1000 || own[1]+own[2] != strings.Repeat("话。", 900) {
		t.Errorf("the first has %d characters", utf8.RuneCountInString(own[0]))
	}
}

// What a customer need not know costs no message.
func TestNotices(t *testing.T) {
	p := meet(t)
	c := p.says("小鱼", "转人工")
	notice := func(seq int64, event, state, text string) {
		t.Helper()
		n := desk.Notice{Seq: seq, Event: event, Conversation: c, Channel: "douyin"}
		if state != "" {
			n.Queue = &desk.QueueNotice{State: state, Text: text}
		}
		if err := p.channel.Deliver(t.Context(), n); err != nil {
			t.Fatal(err)
		}
	}
	p.answer(c, 2, desk.ByAI, "已为您转人工，您是下一位")
	notice(3, desk.EventHandoff, "queued", "您是下一位")
	notice(4, desk.EventHandoff, "moved", "您是下一位")
	notice(5, desk.EventHandoff, "accepted", "小禾来了")
	p.answer(c, 6, desk.ByHuman, "您好")
	notice(7, desk.EventHandoff, "returned", "")
	notice(9, desk.EventHandoff, "queued", "现在没有客服在线，您排在第 1 位") // passed on by a person, who said nothing of it
	notice(10, desk.EventClosed, "", "")
	notice(11, desk.EventMessage, "", "")
	if got := p.sees("小鱼"); got != "已为您转人工，您是下一位|您好|现在没有客服在线，您排在第 1 位" {
		t.Errorf("%q is seen", got)
	}
}
