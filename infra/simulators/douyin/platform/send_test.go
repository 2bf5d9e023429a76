package platform_test

import (
	"slices"
	"sync"
	"testing"
	"time"

	"keliu/infra/simulators/douyin/platform"
	"keliu/streams/desk"
)

// send says something as outreach does.
func (p *pair) send(s desk.Send) desk.Delivery {
	p.Helper()
	s.Channel, s.By, s.At = "douyin", desk.ByAI, p.now()
	d, err := p.channel.Send(p.Context(), s)
	if err != nil {
		p.Fatal(err)
	}
	return d
}

func TestPublicReplies(t *testing.T) {
	p := meet(t)
	c := p.Comment("小鱼", "", "多少钱", "")
	who := p.touched(desk.Commented)[0].Person
	p.restart() // the account that replies is known all the same
	reply := desk.Send{ID: "s1", Kind: desk.PublicReply, Person: who, Text: "私信我们哦", Comment: c.ID, Item: c.Item}
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { p.send(reply) })
	}
	wg.Wait()
	p.Courier().Settled() // the platform tells of the reply as of any comment
	if d := p.send(reply); d.State != desk.Arrived {
		t.Errorf("%+v", d)
	}
	all := p.Comments()
	if len(all) != 2 || !all[1].Own || all[1].Parent != c.ID || all[1].Text != "私信我们哦" {
		t.Errorf("%+v", all)
	}
	if got := p.touched(desk.Commented); len(got) != 1 {
		t.Errorf("what we wrote ourselves is a lead: %+v", got)
	}
	if d := p.send(desk.Send{ID: "s2", Kind: desk.PublicReply, Person: who, Text: "在", Comment: "none", Item: c.Item}); d.State != desk.Failed || d.Code == 0 {
		t.Errorf("under a comment that is gone: %+v", d)
	}
}

func TestGreetings(t *testing.T) {
	p := meet(t)
	if p.Enter("小鱼", platform.Entry{Scene: "ad", Campaign: "双十二"}); len(p.touched(desk.Entered)) != 1 {
		t.Fatal("not noticed")
	}
	entered := p.touched(desk.Entered)[0]
	if entered.Campaign != "双十二" || entered.Scene != "ad" {
		t.Errorf("%+v", entered)
	}
	if d := p.send(desk.Send{ID: "g1", Kind: desk.Greeting, Person: entered.Person, Text: "您好"}); d.State != desk.Sent && d.State != desk.Arrived || p.sees("小鱼") != "您好" {
		t.Errorf("%+v", d)
	}
	p.pass(28 * time.Second) // the platform would still take it, perhaps
	if d := p.send(desk.Send{ID: "g2", Kind: desk.Greeting, Person: entered.Person, Text: "还在吗"}); d.State != desk.Failed || len(p.Seen("小鱼")) != 1 {
		t.Errorf("%+v", d)
	}
}

func TestPushes(t *testing.T) {
	p := meet(t)
	push := func(id, scene string) desk.Delivery {
		t.Helper()
		return p.send(desk.Send{ID: id, Kind: desk.Push, Person: "douyin:" + desk.PersonID(p.Comments()[0].User), Text: "新品到了", Scene: scene})
	}
	p.Comment("小鱼", "", "蹲", "")
	p.Courier().Settled()
	if d := push("p1", "im_authorize_message"); d.State != desk.Failed || d.Code != 28003081 {
		t.Errorf("without an agreement: %+v", d)
	}
	p.Authorise("小鱼", "im_authorize_message", p.now().Add(time.Hour))
	agreed := p.touched(desk.Authorised)
	if len(agreed) != 1 || agreed[0].Scene != "im_authorize_message" || agreed[0].Expires.IsZero() {
		t.Fatalf("%+v", agreed)
	}
	if d := push("p2", agreed[0].Scene); d.State != desk.Sent && d.State != desk.Arrived {
		t.Errorf("%+v", d)
	}
	kinds := []string{}
	for _, m := range p.Seen("小鱼") {
		kinds = append(kinds, m.Kind)
	}
	if !slices.Equal(kinds, []string{"text", "card"}) {
		t.Errorf("%v is seen", kinds)
	}
	if d := push("p3", agreed[0].Scene); d.Code != 28003070 {
		t.Errorf("a second on the same day: %+v", d)
	}
	if p.Authorise("小鱼", "im_authorize_message", time.Time{}); len(p.touched(desk.Withdrew)) != 1 {
		t.Error("the withdrawal was not noticed")
	}
	p.channel.Card = ""
	if d := push("p4", agreed[0].Scene); d.State != desk.Failed || d.Because == "" {
		t.Errorf("without a card: %+v", d)
	}
}

func TestStrangersAreNotWrittenTo(t *testing.T) {
	p := meet(t)
	for _, kind := range []desk.SendKind{desk.DirectMessage, desk.Greeting} {
		if d := p.send(desk.Send{ID: "x" + string(kind), Kind: kind, Person: "douyin:ou_stranger", Text: "您好"}); d.State != desk.Failed || d.Because == "" {
			t.Errorf("%s: %+v", kind, d)
		}
	}
	if calls := p.Calls(); len(calls) != 0 {
		t.Errorf("the platform was called: %+v", calls)
	}
}
