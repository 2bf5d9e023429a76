package rules_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/outreach/rules"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

func compile(t testing.TB, all ...leads.Rule) *rules.Set {
	t.Helper()
	s, err := rules.Compile(all)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestConditions(t *testing.T) {
	for _, c := range []struct {
		rule leads.Rule
		text string
		want bool
	}{
		{leads.Rule{Any: []string{"多少钱", "价格"}}, "这个价格呢", true},
		{leads.Rule{Any: []string{"多少钱", "价格"}}, "好看", false},
		{leads.Rule{All: []string{"孩子", "报名"}}, "给孩子报名", true},
		{leads.Rule{All: []string{"孩子", "报名"}}, "孩子真乖", false},
		{leads.Rule{Any: []string{"怎么"}, All: []string{"孩子", "报名"}}, "孩子怎么报名", true},
		{leads.Rule{Any: []string{"怎么"}, All: []string{"孩子", "报名"}}, "孩子报名", false},
		{leads.Rule{Any: []string{"想要"}, None: []string{"不想要"}}, "我不想要", false},
		{leads.Rule{Any: []string{"想要"}, None: []string{"不想要"}}, "我想要", true},
		{leads.Rule{All: []string{"孩子", "报名"}, Near: 6}, "孩子想报名", true},
		{leads.Rule{All: []string{"孩子", "报名"}, Near: 5}, "孩子想报名", true},
		{leads.Rule{All: []string{"孩子", "报名"}, Near: 4}, "孩子想报名", false},
		{leads.Rule{All: []string{"孩子", "报名"}, Near: 5}, "孩子很多很多都在玩，报名孩子在后", true},
		{leads.Rule{All: []string{"孩子", "报名"}, Near: 5}, "报名的人很多很多，孩子在后", false},
		{leads.Rule{Any: []string{"微信"}, Sounds: true}, "加薇信", true},
		{leads.Rule{Any: []string{"微信"}}, "加薇信", false},
		{leads.Rule{Any: []string{"多少钱"}}, "多 少 钱", true},
		{leads.Rule{Any: []string{"价格"}, Off: true}, "价格", false},
		{leads.Rule{Any: []string{"价格"}, Channels: []string{"wechat"}}, "价格", false},
		{leads.Rule{Any: []string{"价格"}, Channels: []string{"douyin"}, Items: []string{"v1"}}, "价格", true},
		{leads.Rule{Any: []string{"价格"}, Items: []string{"v2"}}, "价格", false},
	} {
		if got := compile(t, c.rule).Match(c.text, "douyin", "v1"); (len(got) > 0) != c.want {
			t.Errorf("%+v in %q: %+v, want %v", c.rule, c.text, got, c.want)
		}
	}
}

func TestAllRulesInOnePass(t *testing.T) {
	s := compile(t,
		leads.Rule{ID: "price", Name: "问价", Any: []string{"多少钱", "价格"}, Score: 40},
		leads.Rule{ID: "sells", Name: "卖", Any: []string{"多少钱"}, All: []string{"想买"}, Score: 60},
		leads.Rule{ID: "off", Any: []string{"多少钱"}, Off: true},
	)
	want := []leads.Hit{
		{Rule: "sells", Name: "卖", Points: 60, Spans: []leads.Span{{Start: 0, End: 2, Phrase: "想买"}, {Start: 3, End: 6, Phrase: "多少钱"}}},
		{Rule: "price", Name: "问价", Points: 40, Spans: []leads.Span{{Start: 3, End: 6, Phrase: "多少钱"}, {Start: 7, End: 9, Phrase: "价格"}}},
	}
	if diff := cmp.Diff(want, s.Match("想买，多少钱？价格", "douyin", "v")); diff != "" {
		t.Error(diff)
	}
	if got := compile(t).Match("多少钱", "", ""); got != nil {
		t.Errorf("no rules find %+v", got)
	}
}

func code(err error) string {
	var p *desk.Problem
	if errors.As(err, &p) && errors.Is(err, desk.ErrInvalid) {
		return p.Code
	}
	return fmt.Sprint(err)
}

func TestWhatIsWrongWithARuleIsSaid(t *testing.T) {
	good := func(change func(*leads.Rule)) leads.Rule {
		r := leads.Rule{Name: " 问价 ", Any: []string{" 多少钱", "多少钱 "}, Score: 40, Reply: " 私信我们 "}
		change(&r)
		return r
	}
	long := strings.Repeat("长", 1001)
	for want, change := range map[string]func(*leads.Rule){
		"rule_name_empty":    func(r *leads.Rule) { r.Name = " " },
		"rule_name_long":     func(r *leads.Rule) { r.Name = long[:3*61] },
		"field_control":      func(r *leads.Rule) { r.Name = "a\x00" },
		"rule_empty":         func(r *leads.Rule) { r.Any, r.None = nil, []string{"不"} },
		"rule_phrase_empty":  func(r *leads.Rule) { r.All = []string{""} },
		"rule_phrase_long":   func(r *leads.Rule) { r.None = []string{long[:3*65]} },
		"rule_phrase_signs":  func(r *leads.Rule) { r.Any = []string{"！！"} },
		"rule_contradiction": func(r *leads.Rule) { r.None = []string{"多少钱"} },
		"rule_near":          func(r *leads.Rule) { r.All, r.Near = []string{"一"}, 5 },
		"rule_score":         func(r *leads.Rule) { r.Score = math.NaN() },
		"reply_long":         func(r *leads.Rule) { r.Reply = long },
		"reply_placeholder":  func(r *leads.Rule) { r.Reply = "{name}您好，现价{price}" },
		"reply_link":         func(r *leads.Rule) { r.Reply = "看 shop.com/x" },
		"rule_phrases_many": func(r *leads.Rule) {
			for i := range 201 {
				r.Any = append(r.Any, fmt.Sprint("词", i))
			}
		},
	} {
		if _, err := rules.Clean(good(change)); code(err) != want {
			t.Errorf("%v, want %s", err, want)
		}
	}
	r, err := rules.Clean(good(func(*leads.Rule) {}))
	if diff := cmp.Diff(leads.Rule{Name: "问价", Any: []string{"多少钱"}, Score: 40, Reply: "私信我们"}, r); diff != "" || err != nil {
		t.Errorf("%v\n%s", err, diff)
	}
}

func TestWhatIsWrongWithACampaignIsSaid(t *testing.T) {
	for _, c := range []struct {
		campaign leads.Campaign
		want     string
	}{
		{leads.Campaign{A: "x"}, "rule_name_empty"},
		{leads.Campaign{Name: "秋季"}, "campaign_text"},
		{leads.Campaign{Name: "秋季", A: "x", Cap: -1}, "campaign_cap"},
		{leads.Campaign{Name: "秋季", A: "x", B: "https://x"}, "reply_link"},
		{leads.Campaign{Name: "秋季", A: "x"}, "<nil>"},
	} {
		if _, err := rules.CleanCampaign(c.campaign); code(err) != c.want {
			t.Errorf("%+v: %v, want %s", c.campaign, err, c.want)
		}
	}
}

func TestFill(t *testing.T) {
	if got := rules.Fill("{name}您好，{name}", "小鱼"); got != "小鱼您好，小鱼" {
		t.Error(got)
	}
}

// Whatever JSON comes for a rule is refused in words, or makes a rule that compiles, that Clean leaves as it is, and whose finds
// lie within the text, in order.
func FuzzRule(f *testing.F) {
	for _, seed := range []string{
		`{"name":"问价","any":["多少钱"],"none":["二手"],"score":40,"reply":"私信"}`, `{"name":"x","all":["孩子","报名"],"near":9,"sounds":true}`,
		`{"name":"x","any":["vx","❤"],"sounds":true}`, `{"name":"x","any":["\u0000","🙂"," 1.5"]}`, `{}`, `[]`, `{"any":[""]}`, `{"name":"x","any":["的"],"score":1e400}`,
	} {
		f.Add(seed, "多少钱，孩子怎么报名？vx 1.5 🙂")
	}
	f.Fuzz(func(t *testing.T, body, text string) {
		var r leads.Rule
		if json.Unmarshal([]byte(body), &r) != nil {
			return
		}
		r, err := rules.Clean(r)
		if err != nil {
			if !errors.Is(err, desk.ErrInvalid) {
				t.Fatal(err)
			}
			return
		}
		again, err := rules.Clean(r)
		if diff := cmp.Diff(r, again); diff != "" || err != nil {
			t.Fatalf("cleaned twice: %v\n%s", err, diff)
		}
		phrases := slices.Concat(r.Any, r.All)
		runes := len([]rune(text))
		for _, h := range compile(t, r).Match(text, slices.Concat(r.Channels, []string{""})[0], slices.Concat(r.Items, []string{""})[0]) {
			last := 0
			for _, s := range h.Spans {
				if s.Start < last || s.End <= s.Start || s.End > runes || !slices.Contains(phrases, s.Phrase) {
					t.Errorf("%+v in a text of %d", h.Spans, runes)
				}
				last = s.Start
			}
		}
	})
}

func BenchmarkMatch(b *testing.B) {
	var all []leads.Rule
	for i := range 100 {
		r := leads.Rule{ID: fmt.Sprint(i), Name: fmt.Sprint(i), Score: 1}
		for j := range 10 {
			r.Any = append(r.Any, fmt.Sprintf("词%d语%d", i, j))
		}
		all = append(all, r)
	}
	s := compile(b, append(all, leads.Rule{ID: "x", Any: []string{"多少钱"}})...)
	b.ReportAllocs()
	for b.Loop() {
		s.Match("这台机器多少钱呀，想给爸妈买一台，家里三口人够用吗", "douyin", "v")
	}
}
