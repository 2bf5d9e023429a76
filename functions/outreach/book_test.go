package outreach_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/outreach/book"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// refusal is the code and the arguments of a refusal.
func refusal(err error) string {
	var p *desk.Problem
	if !errors.As(err, &p) {
		return fmt.Sprint(err)
	}
	return fmt.Sprint(p.Code, p.Args)
}

func TestARuleIsTriedBeforeItIsSaved(t *testing.T) {
	s := open(t)
	for i := range 30 {
		text := "这个真好看"
		if i%3 == 0 {
			text = "在哪里买的"
		}
		s.do(s.comment(fmt.Sprint("p", i), fmt.Sprint("c", i), text))
	}
	s.do(s.touch(desk.OptedOut, "p0", nil))
	old := s.comment("old", "c_old", "在哪里买的")
	old.At = noon.Add(-8 * 24 * time.Hour)
	s.do(old)
	rule := leads.Rule{Name: "想买", Any: []string{"哪里买"}, Score: 50, Reply: "{name}您好，私信我们～"}
	trial, err := s.Try(t.Context(), rule, noon.Add(-book.Week))
	if err != nil {
		t.Fatal(err)
	}
	if trial.Comments != 30 || trial.Matched != 10 || trial.Broad || len(trial.Examples) != 10 {
		t.Errorf("the trial is %+v", trial)
	}
	for _, e := range trial.Examples {
		span := e.Hit.Spans[0]
		if got := string([]rune(e.Comment.Text)[span.Start:span.End]); got != "哪里买" || e.Text != "小鱼您好，私信我们～" {
			t.Errorf("%q is marked in %+v", got, e)
		}
		if free := e.Comment.Person != "douyin:p0"; e.WouldSend != free || e.Allowed != free || e.Why == "" {
			t.Errorf("what would go out to %s: %+v", e.Comment.Person, e)
		}
	}
	if len(s.platform.said) != 0 {
		t.Error("a trial said something")
	}
	if saved, err := s.SaveRule(t.Context(), rule, false, "marketing"); err != nil || saved.ID == "" || saved.By != "marketing" || !saved.Changed.Equal(noon) {
		t.Errorf("saved %+v, %v", saved, err)
	}
	broad := leads.Rule{Name: "太宽", Any: []string{"的", "这"}, Score: 1}
	if _, err := s.SaveRule(t.Context(), broad, false, "marketing"); refusal(err) != "rule_too_broad[30 30]" || !errors.Is(err, desk.ErrConflict) {
		t.Errorf("a rule that matches everything: %v", err)
	}
	saved, err := s.SaveRule(t.Context(), broad, true, "marketing")
	if err != nil {
		t.Errorf("confirmed: %v", err)
	}
	s.do(s.comment("new", "n1", "这"))
	if got := s.lead("new").Rule; got != saved.ID {
		t.Errorf("it is not in force: %q", got)
	}
	saved.Off = true
	if _, err := s.SaveRule(t.Context(), saved, false, "marketing"); err != nil {
		t.Error(err)
	}
	s.do(s.comment("new2", "n2", "这"))
	if got := s.lead("new2").Rule; got != "" {
		t.Errorf("it is in force though it is off: %q", got)
	}
	if err := s.RemoveRule(t.Context(), saved.ID); err != nil {
		t.Error(err)
	}
	if err := s.RemoveRule(t.Context(), saved.ID); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("removed twice: %v", err)
	}
	if _, err := s.SaveRule(t.Context(), leads.Rule{Name: "想买", Any: []string{"x"}}, true, ""); refusal(err) != "rule_name_taken[想买]" {
		t.Errorf("a name twice: %v", err)
	}
}

func TestACampaignHasItsTextsItsCapAndItsTime(t *testing.T) {
	s := open(t)
	rule := s.price()
	c := leads.Campaign{Name: "秋季", On: true, Rules: []string{rule.ID}, Cap: 12, A: "甲 {name}", B: "乙", From: noon.Add(time.Hour), Until: noon.Add(48 * time.Hour)}
	c, err := s.SaveCampaign(t.Context(), c, "marketing")
	if err != nil {
		t.Fatal(err)
	}
	s.do(s.comment("before", "b", "多少钱"))
	s.now = noon.Add(2 * time.Hour)
	for i := range 20 {
		s.do(s.comment(fmt.Sprint("p", i), fmt.Sprint("c", i), "多少钱"))
	}
	s.carry()
	if err := s.RemoveRule(t.Context(), rule.ID); refusal(err) != "rule_in_use[秋季]" {
		t.Errorf("a rule that the campaign is made for is removed: %v", err)
	}
	texts, variants := map[string]int{}, map[string]string{}
	for _, said := range s.platform.said {
		texts[said.Text]++
		variants[string(said.Person)] = said.Variant
	}
	if texts["小鱼您好，私信发您活动价～"] != 1 || texts["甲 小鱼"]+texts["乙"] != 12 || texts["甲 小鱼"] == 0 || texts["乙"] == 0 {
		t.Errorf("said %v", texts)
	}
	s.step("p19", leads.Wait, "rest_campaign")
	if got := s.lead("p19"); !got.Until.Equal(time.Date(2026, 11, 24, 16, 0, 0, 0, time.UTC)) || got.Campaign != c.ID {
		t.Errorf("over the cap: %+v", got)
	}
	s.now = s.now.Add(24*time.Hour + time.Minute)
	for i := range 12 { // the same people hear the same text
		s.do(s.comment(fmt.Sprint("p", i), fmt.Sprint("again", i), "多少钱"))
	}
	s.carry()
	for _, said := range s.platform.said {
		if was, ok := variants[string(said.Person)]; ok && was != said.Variant {
			t.Errorf("%s heard %q and then %q", said.Person, was, said.Variant)
		}
	}
	var want [2]int
	for i := range 12 {
		who := fmt.Sprint("p", i)
		if i%2 == 0 {
			s.do(s.touch(desk.Wrote, who, func(t *desk.Touch) { t.At = t.At.Add(time.Second) }))
			want[map[string]int{"a": 0, "b": 1}[variants["douyin:"+who]]]++
		}
	}
	got, err := s.Results(t.Context(), c.ID)
	if err != nil {
		t.Fatal(err)
	}
	if got.Today != 12 || got.Cap != 12 || got.Variants[0].People+got.Variants[1].People != 12 || got.Variants[0].Answered != want[0] || got.Variants[1].Answered != want[1] {
		t.Errorf("results %+v, want answers %v", got, want)
	}
	for _, v := range got.Variants {
		if v.People > 0 && (v.Rate != float64(v.Answered)/float64(v.People) || v.Low > v.Rate || v.High < v.Rate || v.Low == v.High) {
			t.Errorf("%+v", v)
		}
	}
	if got.Difference == nil || got.Difference.Enough {
		t.Errorf("so few are enough: %+v", got.Difference)
	}
	if _, err := s.Results(t.Context(), "none"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("no campaign: %v", err)
	}
}

// A trial tells what would have gone out had the rule been in force: nobody is answered twice within a day, no more than platforms
// find natural stand under one video, a campaign's texts take the place of the rule's, within its cap.
func TestATrialIsWhatWouldHaveGoneOut(t *testing.T) {
	s := open(t)
	for i := range 40 {
		s.now = noon.Add(time.Duration(i) * time.Minute)
		s.do(s.comment(fmt.Sprint("p", i), fmt.Sprint("c", i), "哪里买"))
	}
	for i := range 3 { // the same person, an hour later and a day later
		s.now = noon.Add(time.Duration(i) * 23 * time.Hour)
		s.do(s.touch(desk.Commented, "often", func(t *desk.Touch) {
			t.Text, t.Comment, t.Item = "哪里买", fmt.Sprint("o", i), fmt.Sprint("video", i)
		}))
	}
	s.do(s.touch(desk.OptedOut, "p1", nil), s.touch(desk.OptedOut, "p2", nil), s.touch(desk.OptedIn, "p2", nil))
	rule := leads.Rule{Name: "想买", Any: []string{"哪里买"}, Score: 50, Reply: "{name}您好，私信我们～"}
	trial, err := s.Try(t.Context(), rule, noon.Add(-book.Week))
	if err != nil {
		t.Fatal(err)
	}
	if trial.Comments != 43 || trial.Matched != 43 || trial.WouldSend != 30+2 || len(trial.Examples) != 20 {
		t.Errorf("%d comments, %d matched, %d would be answered, %d shown", trial.Comments, trial.Matched, trial.WouldSend, len(trial.Examples))
	}
	if latest := trial.Examples[0]; latest.Comment.Comment != "o2" || !latest.WouldSend || trial.Examples[1].Why != "rest_person" || trial.Examples[1].WouldSend {
		t.Errorf("the latest are %+v and %+v", latest, trial.Examples[1])
	}
	if full := trial.Examples[2]; full.Why != "rest_item" || full.Comment.Comment != "c39" {
		t.Errorf("under a full video: %+v", full)
	}
	c, err := s.SaveCampaign(t.Context(), leads.Campaign{Name: "秋季", On: true, A: "甲 {name}", Cap: 5}, "marketing")
	if err != nil {
		t.Fatal(err)
	}
	if trial, err = s.Try(t.Context(), rule, noon.Add(-book.Week)); err != nil {
		t.Fatal(err)
	}
	if latest := trial.Examples[0]; trial.WouldSend != 5+1 || latest.Text != "甲 小鱼" || latest.Campaign != c.ID || trial.Examples[3].Why != "rest_campaign" {
		t.Errorf("within the campaign %d would be answered: %+v", trial.WouldSend, trial.Examples[:4])
	}
}

// Every number of the funnel equals a recount of what the leads' histories say, by a program that knows no SQL.
func TestTheFunnelIsARecount(t *testing.T) {
	s := open(t)
	price, buy := s.price(), s.rule(leads.Rule{Name: "想买", Any: []string{"想买"}, Score: 50, Reply: "私信我们"})
	c, err := s.SaveCampaign(t.Context(), leads.Campaign{Name: "秋季", On: true, Rules: []string{buy.ID}, A: "甲"}, "marketing")
	if err != nil {
		t.Fatal(err)
	}
	r := rand.New(rand.NewPCG(7, 7))
	var people []desk.PersonID
	for i := range 120 {
		who := fmt.Sprint("p", i)
		people = append(people, desk.PersonID("douyin:"+who))
		s.now = noon.Add(time.Duration(i) * 20 * time.Minute)
		for j := range 1 + r.IntN(2) {
			s.do(s.comment(who, fmt.Sprint("c", i, "_", j), []string{"多少钱", "想买", "多少钱，想买", "好看", "二手多少钱"}[r.IntN(5)]))
			s.carry()
		}
		s.now = s.now.Add(time.Minute)
		for _, kind := range []desk.TouchKind{desk.Wrote, desk.Contacted, desk.Won} {
			if r.IntN(2) == 0 {
				break
			}
			s.do(s.touch(kind, who, nil))
		}
	}
	ranges := []leads.Range{{}, {Rule: price.ID}, {Rule: buy.ID}, {Campaign: c.ID}, {Channel: "wechat"}, {From: noon.Add(10 * time.Hour), Until: noon.Add(30 * time.Hour)}, {Rule: buy.ID, Until: noon.Add(20 * time.Hour)}}
	for _, in := range ranges {
		got, err := s.shelf.Funnel(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(recount(t, s, people, in), got); diff != "" {
			t.Errorf("%+v (recount -, funnel +):\n%s", in, diff)
		}
	}
	if f, err := s.shelf.Funnel(t.Context(), leads.Range{}); err != nil || f.Steps[4].People == 0 || f.Steps[0].People == f.Steps[0].Of {
		t.Errorf("the recount tries too little: %+v, %v", f, err)
	}
}

func recount(t *testing.T, s *stage, people []desk.PersonID, in leads.Range) leads.Funnel {
	t.Helper()
	f := leads.Funnel{}
	reached := make([]int, len(leads.Stages()))
	commenters := 0
	for _, p := range people {
		history, err := s.shelf.History(t.Context(), p, 1000)
		if err != nil {
			t.Fatal(err)
		}
		matched, commented, furthest := map[string]bool{}, 0, -1
		for _, e := range history {
			ended := !in.Until.IsZero() && !e.At.Before(in.Until)
			if i := slices.Index(leads.Stages(), leads.State(e.Kind)); !ended && i > furthest {
				furthest = i
			}
			if ended || e.At.Before(in.From) || in.Channel != "" && e.Channel != in.Channel || in.Campaign != "" && e.Campaign != in.Campaign {
				continue
			}
			switch e.Kind {
			case string(desk.Commented):
				commented++
			case string(leads.Matched):
				if in.Rule == "" || in.Rule == e.Rule {
					matched[e.Touch] = true
				}
			}
		}
		f.Comments, f.MatchedComments = f.Comments+commented, f.MatchedComments+len(matched)
		if commented > 0 {
			commenters++
		}
		if len(matched) == 0 {
			continue
		}
		for i := range furthest + 1 {
			reached[i]++
		}
	}
	for i, state := range leads.Stages() {
		f.Steps = append(f.Steps, leads.Stage{State: state, People: reached[i], Of: commenters})
		commenters = reached[i]
	}
	return f
}

func TestTheStaffAct(t *testing.T) {
	s := open(t)
	s.price()
	s.do(s.comment("fish", "c1", "好看"))
	for range 2 {
		if err := s.Remark(t.Context(), "1", "douyin:fish", "电话 13812345678，周末再打", "agent"); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Assign(t.Context(), "2", "douyin:fish", "agent", "marketing"); err != nil {
		t.Fatal(err)
	}
	if err := s.Qualify(t.Context(), "3", "douyin:fish", "agent"); err != nil {
		t.Fatal(err)
	}
	if l := s.lead("fish"); l.Owner != "agent" || l.State != leads.Qualified {
		t.Errorf("the lead is %+v", l)
	}
	won := s.touch(desk.Won, "fish", func(t *desk.Touch) { t.Amount = 19900 })
	for range 2 {
		if err := s.Note(t.Context(), won); err != nil {
			t.Fatal(err)
		}
	}
	s.do(won) // as it comes back on the stream
	if l := s.lead("fish"); l.State != leads.Won || l.Amount != 19900 {
		t.Errorf("the lead is %+v", l)
	}
	s.step("fish", leads.Nothing, "closed")
	history, err := s.shelf.History(t.Context(), "douyin:fish", 100)
	if err != nil {
		t.Fatal(err)
	}
	var kinds []string
	for _, e := range history {
		kinds = append(kinds, e.Kind)
	}
	slices.Sort(kinds)
	if diff := cmp.Diff([]string{"assigned", "commented", "note", "qualified", "won"}, kinds); diff != "" {
		t.Error(diff)
	}
	for what, err := range map[string]error{
		"a comment":       s.Note(t.Context(), s.comment("fish", "c9", "x")),
		"an empty remark": s.Remark(t.Context(), "9", "douyin:fish", " ", "agent"),
		"an empty text": func() error {
			_, err := s.Say(t.Context(), "9", "douyin:fish", desk.PublicReply, " ", "agent")
			return err
		}(),
		"a link": func() error {
			_, err := s.Say(t.Context(), "9", "douyin:fish", desk.PublicReply, "看 a.com", "agent")
			return err
		}(),
	} {
		if !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.Assign(t.Context(), "5", "douyin:nobody", "agent", "x"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("nobody: %v", err)
	}
}

func TestAPersonAnswersInPublicOnce(t *testing.T) {
	s := open(t)
	s.do(s.comment("fish", "c1", "好看"))
	for i := range 3 {
		_, err := s.Say(t.Context(), fmt.Sprint(i), "douyin:fish", desk.PublicReply, "谢谢", "agent")
		if (err == nil) != (i == 0) {
			t.Errorf("time %d: %v", i, err)
		}
		s.carry()
	}
	if len(s.platform.said) != 1 || s.trail.entries[0].Actor != "agent" {
		t.Errorf("said %+v, on the trail %+v", s.platform.said, s.trail.entries)
	}
}

func TestLeadsAreListed(t *testing.T) {
	s := open(t)
	s.price()
	for i := range 7 {
		s.now = noon.Add(time.Duration(i%3) * time.Minute) // some at the same time
		text := "好看"
		if i%2 == 0 {
			text = "多少钱"
		}
		s.do(s.comment(fmt.Sprint("p", i), fmt.Sprint("c", i), text))
	}
	for _, byScore := range []bool{false, true} {
		var all []leads.Lead
		q := leads.Query{ByScore: byScore, Limit: 2}
		for pages := 0; ; pages++ {
			page, next, err := s.shelf.Leads(t.Context(), q)
			if err != nil || pages > 4 {
				t.Fatalf("page %d: %v", pages, err)
			}
			if all = append(all, page...); next == nil {
				break
			}
			q.After = next
		}
		sorted := slices.IsSortedFunc(all, func(a, b leads.Lead) int {
			if byScore {
				return int(b.Score - a.Score)
			}
			return b.At.Compare(a.At)
		})
		if len(all) != 7 || !sorted {
			t.Errorf("by score %v: %d leads, sorted %v", byScore, len(all), sorted)
		}
	}
	for what, q := range map[string]leads.Query{
		"4": {Least: 40}, "3": {State: leads.New}, "7": {Channel: "douyin"}, "0": {Text: "%"}, "1": {Text: "P3"}, " 4": {Text: "多少"}, " 0": {Owner: "agent"},
	} {
		page, _, err := s.shelf.Leads(t.Context(), q)
		if err != nil || fmt.Sprint(len(page)) != what && " "+fmt.Sprint(len(page)) != what {
			t.Errorf("%+v: %d, want %s (%v)", q, len(page), what, err)
		}
	}
}

func TestTheDemoShowsSomething(t *testing.T) {
	s := open(t)
	for range 2 {
		if err := s.Demo(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	all, err := s.Rules(t.Context())
	if err != nil || len(all) != 5 {
		t.Errorf("%d rules, %v", len(all), err)
	}
	campaigns, err := s.Campaigns(t.Context())
	if err != nil || len(campaigns) != 2 {
		t.Errorf("%d campaigns, %v", len(campaigns), err)
	}
	s.do(s.comment("a", "c1", "这个多 少 钱呀"), s.comment("b", "c2", "适合三口之家吗"))
	if a, b := s.lead("a"), s.lead("b"); a.Campaign != "campaign_demo_autumn" || b.Rule != "rule_demo_fit" {
		t.Errorf("%+v\n%+v", a, b)
	}
}
