package acceptance_test

import (
	"strings"
	"sync"
	"testing"
	"time"

	"keliu/infra/rig"
	"keliu/infra/simulators/provider/simulator"
	"keliu/streams/desk"
)

// Of what the models are asked, and what a well-meaning one answers.
const (
	asked = "买了不合适可以退货吗"
	good  = "您好，可以的：只要商品完好，签收以后都可以申请无理由退货。"
)

// model starts a model provider and returns it with the setting that has the product ask it.
func model(t *testing.T, script ...simulator.Rule) (*simulator.Provider, string) {
	t.Helper()
	p, err := simulator.Start("127.0.0.1:0", "sk-secret", script...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	return p, "KELIU_MODELS=openai://sk-secret@" + p.Host() + "?model=simulated&first_token=500ms&stall=500ms&timeout=2s"
}

// The customer watches the answer grow, and keeps one.
func TestAModelWordsTheAnswer(t *testing.T) {
	p, setting := model(t, simulator.Rule{Contains: "*", Answer: good, Fault: simulator.SlowLoris, Delay: 10 * time.Millisecond})
	h := open(t, setting)
	g := h.enter(nil)
	s := g.live(0)
	s.send(`{"text":"` + asked + `","key":"1"}`)
	var grown []string
	var reply rig.Line
	s.until(func(f frame) bool {
		switch f.Event {
		case "typing":
			var typing desk.Typing
			decode(t, f.Data, &typing)
			grown = append(grown, typing.Text)
		case "reply":
			decode(t, f.Data, &reply)
		}
		return f.Event == "reply"
	})
	if reply.Text != good || len(reply.Citations) == 0 {
		t.Errorf("the reply is %q, citing %v", reply.Text, reply.Citations)
	}
	if len(grown) < 2 {
		t.Errorf("the customer saw it grow %d times", len(grown))
	}
	for i, text := range grown {
		if !strings.HasPrefix(good, text) || i > 0 && len(text) < len(grown[i-1]) {
			t.Errorf("%q was shown on the way", text)
		}
	}
	g.once(asked)
	if n := len(p.Requests()); n != 1 {
		t.Errorf("the model was asked %d times", n)
	}
}

// Whatever a model does, the customer gets one sound answer: the house's own.
func TestEveryFaultOfAModel(t *testing.T) {
	want, _ := open(t).enter(nil).ask(asked)
	p, setting := model(t)
	h := open(t, setting)
	faults := map[string]simulator.Rule{
		"an invented figure": {Answer: "可以的，超过时间我们赔您 9999 元。"},
		"another figure":     {Answer: "可以的，签收后 365 天内都可以退货。"},
		"signs":              {Answer: "▓▓▒▒░░ ◆◆◆◆ ※※※ ▓▓▒▒"},
		"control characters": {Answer: "可以的\x1b[31m，随时可以申请退货。"},
		"nothing":            {Answer: "   "},
		"a novel":            {Answer: strings.Repeat("可以的，您放心。", 2000)},
	}
	for _, f := range simulator.Faults() {
		faults[string(f)] = simulator.Rule{Answer: good, Fault: f, Delay: 2 * patience}
	}
	check := func(name string, rule simulator.Rule, want string) {
		t.Run(name, func(t *testing.T) {
			rule.Contains = "*"
			p.Play(rule)
			before := len(p.Requests())
			g := h.on(t).enter(nil)
			reply, _ := g.ask(asked)
			if reply.Text != want || len(reply.Citations) == 0 {
				t.Errorf("the reply is %q, citing %v, want %q", reply.Text, reply.Citations, want)
			}
			if n := len(p.Requests()) - before; n != 1 {
				t.Errorf("the model was asked %d times", n)
			}
			g.once(asked)
		})
	}
	for name, rule := range faults {
		if rule.Fault == simulator.RateLimit {
			continue
		}
		check(name, rule, want.Text)
		check("well after "+name, simulator.Rule{Answer: good}, good)
	}
	check("429", faults["429"], want.Text) // the last: it is left alone for as long as it asked
	if reply, _ := h.enter(nil).ask(asked); reply.Text != want.Text {
		t.Errorf("while the model wants to be left alone: %q", reply.Text)
	}
	if strings.Contains(h.log.String(), "sk-secret") {
		t.Error("the log holds the model's key")
	}
}

// A model that is not there at all is no different.
func TestNoModelThere(t *testing.T) {
	want, _ := open(t).enter(nil).ask(asked)
	p, setting := model(t)
	if err := p.Close(); err != nil {
		t.Fatal(err)
	}
	if reply, _ := open(t, setting).enter(nil).ask(asked); reply.Text != want.Text {
		t.Errorf("the reply is %q, want %q", reply.Text, want.Text)
	}
}

// While a model hangs for many, others are answered: those that need none, and those that another model answers.
func TestAHangingModelHoldsUpNobodyElse(t *testing.T) {
	p, setting := model(t, simulator.Rule{Contains: asked, Fault: simulator.Hang}, simulator.Rule{Contains: "*", Answer: good})
	// It waits longer than the test does: whoever is answered here did not wait for it.
	h := open(t, strings.NewReplacer("500ms", "9m", "2s", "9m").Replace(setting), "KELIU_WEB_RATE=1000")
	const customers = 40
	for range customers {
		if _, err := h.enter(nil).Say(t.Context(), asked, ""); err != nil {
			t.Fatal(err)
		}
	}
	h.eventually("the model hangs for all", func() bool { return len(p.Requests()) == customers })
	var all sync.WaitGroup
	for _, question := range []string{"你好", "我的快递到哪了", "转人工", "谢谢"} {
		g := h.enter(nil)
		all.Go(func() {
			if reply, _ := g.ask(question); reply.Text == "" {
				t.Errorf("%s is not answered", question)
			}
		})
	}
	g := h.enter(nil)
	all.Go(func() {
		if reply, _ := g.ask("可以开发票吗"); reply.Text != good {
			t.Errorf("the model that is well answered %q", reply.Text)
		}
	})
	all.Wait()
}
