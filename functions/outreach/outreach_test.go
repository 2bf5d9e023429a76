package outreach_test

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams"
	"keliu/streams/desk"
)

func TestACommentBecomesALeadThatIsAnsweredOnce(t *testing.T) {
	s := open(t)
	rule := s.price()
	first := s.comment("fish", "c1", "多少钱？想买一台，加微信fish_2026，电话13812345678")
	again := first
	again.ID = "by another webhook"
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := s.Handle(t.Context(), streams.Record{}, first); err != nil {
				t.Error(err)
			}
			if err := s.Handle(t.Context(), streams.Record{}, again); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	s.step("fish", leads.Wait, "sending")
	s.carry()
	s.carry()
	s.do(first, again)
	s.carry()
	if len(s.platform.said) != 1 {
		t.Fatalf("it was said %d times", len(s.platform.said))
	}
	said := s.platform.said[0]
	if err := s.Carry(t.Context(), streams.Record{Attempt: 1}, said); err != nil || s.platform.calls != 1 {
		t.Errorf("the same record again: %d calls, %v", s.platform.calls, err)
	}
	if said.Text != "小鱼您好，私信发您活动价～" || said.Comment != "c1" || said.Item != "video_1" || said.Rule != rule.ID || said.By != desk.ByAI {
		t.Errorf("said %+v", said)
	}
	l := s.lead("fish")
	want := []leads.Reason{
		{Kind: "rule", Rule: rule.ID, Name: "问价", Words: []string{"多少钱"}, Points: 40},
		{Kind: "intent", Detail: "buy", Words: []string{"买"}, Points: 15},
	}
	if diff := cmp.Diff(want, l.Reasons); diff != "" || l.Score != 55 {
		t.Errorf("score %v (want -, got +):\n%s", l.Score, diff)
	}
	if l.State != leads.ContactLeft || !l.Contact || l.Rule != rule.ID || !l.At.Equal(noon) {
		t.Errorf("the lead is %+v", l)
	}
	s.step("fish", leads.Wait, "invited")
	if strings.Contains(l.Text, "13812345678") || strings.Contains(l.Text, "fish_2026") {
		t.Errorf("personal data stands in %q", l.Text)
	}
	contacts, err := s.shelf.Contacts(t.Context(), l.Person)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]leads.Contact{{Kind: "mobile", Value: "13812345678", At: noon}, {Kind: "wechat", Value: "fish_2026", At: noon}}, contacts); diff != "" {
		t.Error(diff)
	}
	if n := len(s.trail.entries); n != 1 || s.trail.entries[0].Action != "contact" || s.trail.entries[0].Details["rule"] != rule.ID {
		t.Errorf("the trail holds %+v", s.trail.entries)
	}
	span := l.Hits[0].Spans[0]
	if got := string([]rune(l.Text)[span.Start:span.End]); got != "多少钱" || span.Phrase != "多少钱" {
		t.Errorf("marked %q as %+v", got, span)
	}
}

func TestWhatIsExcludedIsNotAnswered(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("a", "c1", "二手的多少钱"), s.comment("b", "c2", "真好看"))
	s.carry()
	if len(s.platform.said) != 0 {
		t.Errorf("said %+v", s.platform.said)
	}
	for _, who := range []string{"a", "b"} {
		s.step(who, leads.PublicReply, "comment")
		if got := s.lead(who).State; got != leads.New {
			t.Errorf("%s is %s", who, got)
		}
	}
}

// What platforms answer is what the lead shows, and the next step follows from it.
func TestTheTrueStateAfterWhatThePlatformSays(t *testing.T) {
	retry := noon.Add(time.Minute)
	for name, c := range map[string]struct {
		delivery desk.Delivery
		step     leads.Step
		why      string
		state    leads.State
	}{
		"all is well":     {desk.Delivery{State: desk.Sent}, leads.Wait, "invited", leads.Reached},
		"Douyin is full":  {desk.Delivery{State: desk.Failed, Code: 28003070}, leads.AgentTask, "platform_full", leads.Matched},
		"WeChat is full":  {desk.Delivery{State: desk.Failed, Code: 45015}, leads.AgentTask, "platform_full", leads.Matched},
		"refused":         {desk.Delivery{State: desk.Failed, Code: 28001038, Because: "链接。Links."}, leads.AgentTask, "refused", leads.Matched},
		"5xx":             {desk.Delivery{State: desk.Failed, Retry: retry}, leads.Wait, "retry", leads.Matched},
		"no answer":       {desk.Delivery{State: desk.Uncertain}, leads.AgentTask, "uncertain", leads.Matched},
		"an empty answer": {desk.Delivery{}, leads.AgentTask, "uncertain", leads.Matched},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.price()
			s.platform.answer = func(desk.Send) (desk.Delivery, error) { return c.delivery, nil }
			s.do(s.comment("fish", "c1", "多少钱"))
			s.carry()
			s.step("fish", c.step, c.why)
			if got := s.lead("fish").State; got != c.state {
				t.Errorf("the lead is %s, want %s", got, c.state)
			}
			s.now = retry.Add(time.Second)
			s.platform.answer = nil
			if err := s.Tick(t.Context()); err != nil {
				t.Fatal(err)
			}
			s.carry()
			if want := map[bool]int{true: 2, false: 1}[name == "5xx"]; len(s.platform.said) != want {
				t.Errorf("it was handed over %d times, want %d", len(s.platform.said), want)
			}
			if name == "5xx" {
				s.step("fish", leads.Wait, "invited")
			}
		})
	}
}

// A platform says that all is well and shows nothing: where it shows other replies, a person has to look; where it never shows any,
// its word is taken; where only we have not heard of it, the sender knows.
func TestSuccessWithoutDelivery(t *testing.T) {
	for name, c := range map[string]struct {
		others desk.SendState // what became of the reply to somebody else
		knows  desk.SendState // what the sender knows by then
		step   leads.Step
		why    string
		state  desk.SendState
	}{
		"others are shown":     {desk.Arrived, desk.Sent, leads.AgentTask, "unconfirmed", desk.Sent},
		"none is ever shown":   {desk.Sent, desk.Sent, leads.Wait, "invited", desk.Sent},
		"the sender has heard": {desk.Arrived, desk.Arrived, leads.Wait, "invited", desk.Arrived},
	} {
		t.Run(name, func(t *testing.T) {
			s := open(t)
			s.price()
			s.do(s.comment("cat", "c0", "多少钱"), s.comment("fish", "c1", "多少钱"))
			s.carry()
			if c.others == desk.Arrived {
				s.do(s.touch(desk.Shown, "cat", func(t *desk.Touch) { t.Sent = "s_douyin_c0" }))
			}
			s.platform.known["s_douyin_c1"] = desk.Delivery{Send: "s_douyin_c1", State: c.knows}
			s.step("fish", leads.Wait, "invited")
			s.now = s.now.Add(step.Confirmed)
			for range 2 {
				if err := s.Tick(t.Context()); err != nil {
					t.Fatal(err)
				}
			}
			s.step("fish", c.step, c.why)
			if got := s.lead("fish").Last; got.State != c.state || got.Unseen != (c.step == leads.AgentTask) {
				t.Errorf("what was said last is %+v", got)
			}
			if len(s.platform.said) != 2 {
				t.Errorf("it was said again: %+v", s.platform.said)
			}
		})
	}
}

func TestWhatCannotBeTriedForEverIsGivenToAPerson(t *testing.T) {
	s := open(t)
	s.price()
	s.platform.answer = func(desk.Send) (desk.Delivery, error) {
		return desk.Delivery{State: desk.Failed, Retry: s.now.Add(time.Second)}, nil
	}
	s.do(s.comment("fish", "c1", "多少钱"))
	for range 10 {
		s.carry()
		s.now = s.now.Add(time.Minute)
		if err := s.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	if n := len(s.platform.said); n != 6 {
		t.Errorf("it was tried %d times", n)
	}
	s.step("fish", leads.AgentTask, "refused")
}

func TestACrashBetweenTheCallAndItsRecord(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("fish", "c1", "多少钱"))
	crash := errors.New("the process ended")
	s.platform.answer = func(d desk.Send) (desk.Delivery, error) {
		s.platform.known[d.ID] = desk.Delivery{State: desk.Uncertain} // as a channel knows after its restart
		return desk.Delivery{}, crash
	}
	waiting, err := s.shelf.Sendings(t.Context(), leads.SendQuery{})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Carry(t.Context(), streams.Record{Attempt: 1}, waiting[0].Send); !errors.Is(err, crash) {
		t.Fatalf("it went well: %v", err)
	}
	s.step("fish", leads.Wait, "sending")
	s.carry()
	s.step("fish", leads.AgentTask, "uncertain")
	if len(s.platform.said) != 1 {
		t.Errorf("it was handed over %d times", len(s.platform.said))
	}
}

func TestAnErrorThatStays(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("fish", "c1", "多少钱"))
	s.platform.answer = func(desk.Send) (desk.Delivery, error) { return desk.Delivery{}, errors.New("broken") }
	waiting, err := s.shelf.Sendings(t.Context(), leads.SendQuery{})
	if err != nil {
		t.Fatal(err)
	}
	for attempt := 1; attempt <= streams.MaxAttempts; attempt++ {
		err := s.Carry(t.Context(), streams.Record{Attempt: attempt}, waiting[0].Send)
		if (err == nil) != (attempt == streams.MaxAttempts) {
			t.Errorf("attempt %d: %v", attempt, err)
		}
	}
	s.step("fish", leads.AgentTask, "uncertain")
}

func TestAfterOptingOutThereIsNothing(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("early", "c0", "多少钱"))
	s.do(s.touch(desk.OptedOut, "early", nil)) // before it was handed over
	s.carry()
	s.do(s.touch(desk.OptedOut, "fish", nil), s.comment("fish", "c1", "多少钱"), s.touch(desk.Entered, "fish", nil), s.touch(desk.Wrote, "fish", nil))
	s.carry()
	if len(s.platform.said) != 0 {
		t.Fatalf("said %+v", s.platform.said)
	}
	s.step("fish", leads.Nothing, "opted_out")
	var blocked []string
	for _, e := range s.trail.entries {
		blocked = append(blocked, e.Action+" "+e.Object)
	}
	if diff := cmp.Diff([]string{"contact douyin:early", "contact_blocked douyin:fish"}, blocked); diff != "" {
		t.Error(diff)
	}
	if _, err := s.Say(t.Context(), "1", "douyin:fish", desk.DirectMessage, "您好", "agent"); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("a person may still write: %v", err)
	}
	s.now = s.now.Add(time.Minute)
	s.do(s.touch(desk.OptedIn, "fish", nil))
	s.step("fish", leads.DirectMessage, "window")
}

func TestTheWayThroughTheWindows(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("fish", "c1", "多少钱"))
	s.carry()
	s.now = s.now.Add(time.Hour)
	s.do(s.touch(desk.Entered, "fish", nil))
	s.carry()
	if n := len(s.platform.said); n != 2 || s.platform.said[1].Kind != desk.Greeting {
		t.Fatalf("said %+v", s.platform.said)
	}
	greeting := s.platform.said[1].ID
	s.now = s.now.Add(step.Confirmed)
	if err := s.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.step("fish", leads.AgentTask, "unconfirmed")
	s.do(s.touch(desk.Shown, "fish", func(t *desk.Touch) { t.Sent = greeting }), s.touch(desk.Shown, "fish", func(t *desk.Touch) { t.Sent = "of others" }))
	s.step("fish", leads.Wait, "invited")
	s.do(s.touch(desk.Wrote, "fish", func(t *desk.Touch) { t.Text = "在吗" }))
	s.step("fish", leads.DirectMessage, "window")
	if got := s.lead("fish").State; got != leads.Answered {
		t.Errorf("the lead is %s", got)
	}
	said, err := s.Say(t.Context(), "k", "douyin:fish", desk.DirectMessage, "{name}，在的", "agent")
	if err != nil || said.Text != "小鱼，在的" || said.State != desk.Pending {
		t.Fatalf("%+v, %v", said, err)
	}
	if again, err := s.Say(t.Context(), "k", "douyin:fish", desk.DirectMessage, "{name}，在的", "agent"); err != nil || again.ID != said.ID {
		t.Errorf("the same again: %+v, %v", again, err)
	}
	s.carry()
	if n := len(s.platform.said); n != 3 || s.platform.said[2].By != desk.ByHuman {
		t.Errorf("said %+v", s.platform.said)
	}
	if _, err := s.Say(t.Context(), "p", "douyin:fish", desk.Push, "来看看", "agent"); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("a push without an agreement: %v", err)
	}
	s.do(s.touch(desk.Shown, "fish", func(t *desk.Touch) { t.Sent = said.ID }))
	s.now = s.now.Add(25 * time.Hour)
	if err := s.Tick(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.step("fish", leads.AgentTask, "window_shut")
	if due, err := s.shelf.Due(t.Context(), s.now, 10); err != nil || len(due) != 0 {
		t.Errorf("thought over again and again: %+v, %v", due, err)
	}
}

// What is said in the conversation, past outreach, is taken from the same quota, and the next step follows.
func TestTheConversationUsesTheQuota(t *testing.T) {
	s := open(t)
	s.do(s.touch(desk.Wrote, "fish", nil))
	for i := range 6 {
		s.step("fish", leads.DirectMessage, map[bool]string{true: "window", false: "kept"}[i < 4])
		g, err := s.shelf.Take(t.Context(), quota.Want{ID: fmt.Sprint(i), Channel: "douyin", Scene: quota.Reply, Person: "fish", By: desk.ByHuman, At: s.now})
		if err != nil || !g.OK {
			t.Fatalf("message %d: %+v, %v", i, g, err)
		}
		if err := s.shelf.Settle(t.Context(), fmt.Sprint(i), desk.Delivery{State: desk.Sent, At: s.now}); err != nil {
			t.Fatal(err)
		}
		if err := s.Tick(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	s.step("fish", leads.AgentTask, "used_up")
	if _, err := s.Say(t.Context(), "k", "douyin:fish", desk.DirectMessage, "还有一句", "agent"); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("a seventh: %v", err)
	}
	s.now = s.now.Add(time.Hour)
	s.do(s.touch(desk.Wrote, "fish", nil))
	s.step("fish", leads.DirectMessage, "window")
}

func TestAnAgreementIsForOnePushADayAndForWakingHours(t *testing.T) {
	s := open(t)
	s.do(s.touch(desk.Authorised, "fish", func(t *desk.Touch) { t.Scene, t.Expires = "7", noon.Add(72*time.Hour) }))
	s.step("fish", leads.PushStep, "authorised")
	if _, err := s.Say(t.Context(), "p", "douyin:fish", desk.Push, "新品上架", "marketing"); err != nil {
		t.Fatal(err)
	}
	s.carry()
	if got := s.platform.said[0]; got.Scene != "7" || got.Kind != desk.Push {
		t.Errorf("said %+v", got)
	}
	s.now = time.Date(2026, 11, 25, 15, 0, 0, 0, time.UTC) // 23:00
	s.do(s.comment("fish", "c1", "好看"))
	got := s.lead("fish").Next
	if got.Step != leads.Wait || got.Allowed || got.Why != "quiet" || !got.Until.After(s.now) {
		t.Errorf("at night: %+v", got)
	}
	s.now = time.Date(2026, 11, 26, 1, 0, 0, 0, time.UTC) // 9:00
	s.do(s.touch(desk.Withdrew, "fish", nil))
	if got := s.lead("fish").Next; got.Step == leads.PushStep {
		t.Errorf("after it was taken back: %+v", got)
	}
}

func TestNobodyIsAnsweredTooOften(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("fish", "c1", "多少钱"))
	s.carry()
	s.now = s.now.Add(time.Hour)
	s.do(s.comment("fish", "c2", "到底多少钱"))
	s.carry()
	s.step("fish", leads.Wait, "rest_person")
	s.now = noon.Add(24*time.Hour + time.Minute)
	s.do(s.comment("fish", "c3", "多少钱啊"))
	s.carry()
	if n := len(s.platform.said); n != 2 {
		t.Errorf("said %d times", n)
	}
	for i := range 40 {
		s.do(s.comment(fmt.Sprint("p", i), fmt.Sprint("d", i), "多少钱"))
	}
	s.carry()
	if n := len(s.platform.said); n != 31 {
		t.Errorf("%d answers, one of them yesterday's, want 31", n)
	}
	s.step("p39", leads.Wait, "rest_item")
	old := s.comment("late", "e1", "多少钱")
	old.At, old.Item = s.now.Add(-25*time.Hour), "video_2"
	s.do(old)
	s.carry()
	s.step("late", leads.PublicReply, "comment")
}

// Whatever the order in which touches come, and however often: the same lead comes of it.
func TestOrderAndDoublesDoNotMatter(t *testing.T) {
	s := open(t)
	s.rule(leads.Rule{Name: "问价", Any: []string{"多少钱"}, Score: 40})
	kinds := []desk.TouchKind{desk.Commented, desk.Commented, desk.Entered, desk.Wrote, desk.Authorised, desk.Withdrew, desk.OptedOut, desk.OptedIn, desk.Won, desk.Lost, desk.Contacted}
	ignored := cmpopts.IgnoreFields(leads.Lead{}, "Person", "Next", "Last", "Signals")
	s.now = noon.Add(100 * 24 * time.Hour)
	for round := range 40 {
		r := rand.New(rand.NewPCG(uint64(round), 9))
		var touches []desk.Touch
		for i := range 3 + r.IntN(9) {
			kind := kinds[r.IntN(len(kinds))]
			touches = append(touches, desk.Touch{
				ID: fmt.Sprint(i), Kind: kind, Channel: "douyin", Name: fmt.Sprint("名", i), At: noon.Add(time.Duration(i)*time.Hour + time.Duration(r.IntN(3000))*time.Second),
				Text: []string{"多少钱", "想买", "好看"}[r.IntN(3)], Amount: 100,
			})
		}
		play := func(who string, shuffled bool) leads.Lead {
			all := append([]desk.Touch{}, touches...)
			if shuffled {
				all = append(all, touches...)
				r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			}
			for _, one := range all {
				one.Person, one.ID = desk.PersonID("douyin:"+who), who+one.ID
				s.do(one)
			}
			return s.lead(who)
		}
		want, got := play(fmt.Sprint("a", round), false), play(fmt.Sprint("b", round), true)
		if diff := cmp.Diff(want, got, ignored); diff != "" {
			t.Fatalf("round %d: in order -, shuffled and doubled +:\n%s", round, diff)
		}
	}
}

func TestScoresFade(t *testing.T) {
	s := open(t)
	rule := s.rule(leads.Rule{Name: "问价", Any: []string{"多少钱"}, Score: 40})
	s.do(s.comment("fish", "c1", "多少钱"))
	s.now = s.now.Add(14 * 24 * time.Hour)
	s.do(s.comment("fish", "c2", "好看"))
	l := s.lead("fish")
	want := []leads.Reason{{Kind: "rule", Rule: rule.ID, Name: "问价", Words: []string{"多少钱"}, Points: 40}, {Kind: "decay", Points: -30}}
	if diff := cmp.Diff(want, l.Reasons); diff != "" || l.Score != 10 {
		t.Errorf("after two half-lives it is %v:\n%s", l.Score, diff)
	}
}

func TestTouchesThatSayNothingAreRefused(t *testing.T) {
	s := open(t)
	whole := s.comment("fish", "c1", "x")
	for name, spoil := range map[string]func(*desk.Touch){
		"no ID": func(t *desk.Touch) { t.ID = "" }, "nobody": func(t *desk.Touch) { t.Person = "" },
		"nowhere": func(t *desk.Touch) { t.Channel = "" }, "never": func(t *desk.Touch) { t.At = time.Time{} },
	} {
		broken := whole
		spoil(&broken)
		if err := s.Handle(context.Background(), streams.Record{}, broken); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
