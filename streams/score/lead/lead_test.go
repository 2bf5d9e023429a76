package lead_test

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"keliu/streams/desk"
	"keliu/streams/match"
	"keliu/streams/score/lead"
)

// threshold is the score from which a comment is a lead.
const threshold = 30

func reader(t testing.TB) *lead.Reader {
	t.Helper()
	r, err := lead.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// A comment of the set, with what it is.
type comment struct {
	text string
	lead bool
}

func comments(t testing.TB, name string) (all []comment) {
	t.Helper()
	file, err := os.ReadFile("testdata/" + name + ".tsv")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(file)) {
		if label, text, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "\t"); ok {
			all = append(all, comment{text, label == "1"})
		}
	}
	return all
}

// TestComments reads the sets: what is a lead should score over what is none.
func TestComments(t *testing.T) {
	r := reader(t)
	for _, set := range []struct {
		name                   string
		precision, recall, auc float64 // at least
	}{{"development", 0.93, 0.95, 0.97}, {"held_out", 0.93, 0.87, 0.95}} {
		var positive, negative []float64
		for _, c := range comments(t, set.name) {
			if score := r.Glance(c.text).Lead; c.lead {
				positive = append(positive, score)
			} else {
				negative = append(negative, score)
			}
		}
		found, wrong := over(positive), over(negative)
		precision, recall, auc := found/(found+wrong), found/float64(len(positive)), area(positive, negative)
		t.Logf("%s: %d comments, precision %.3f, recall %.3f, AUC %.3f", set.name, len(positive)+len(negative), precision, recall, auc)
		if len(positive) < 70 || len(negative) < 50 || precision < set.precision || recall < set.recall || auc < set.auc {
			t.Errorf("%s is read worse than it was", set.name)
		}
	}
}

func over(scores []float64) (n float64) {
	for _, s := range scores {
		if s >= threshold {
			n++
		}
	}
	return n
}

// area is the share of pairs in which the lead scores higher; ties count half.
func area(positive, negative []float64) (area float64) {
	for _, p := range positive {
		for _, n := range negative {
			switch {
			case p > n:
				area++
			case p == n:
				area += 0.5
			}
		}
	}
	return area / float64(len(positive)*len(negative))
}

// TestGrammar holds sentences that differ in a word against each other.
func TestGrammar(t *testing.T) {
	r := reader(t)
	for _, c := range []struct{ more, less string }{
		{"想要这个", "不想要这个"},
		{"怎么买", "怎么买了也不说一声，退款"},
		{"不知道多少钱", "不会买的"},
		{"能不能便宜点", "便宜没好货"},
		{"太贵了，能便宜点吗", "太贵了"},
		{"价格是多少呢", "价格战打得真热闹啊大家说是吧"},
		{"链接", "链接里的模特和实物差得也太远了吧唉"},
		{"你要的这个多少钱", "@小王 你要的那个"},
		{"哪里有卖", "我家更便宜，来我店"},
		{"有没有货", "没有货就别挂着"},
		{"为什么不能下单", "为什么要下单，智商税"},
		{"how much", "way too expensive"},
		{"I want one", "I don't want one"},
		{"多.少.钱", "多"},
	} {
		if more, less := r.Glance(c.more).Lead, r.Glance(c.less).Lead; more < less+20 {
			t.Errorf("%q %v, %q %v", c.more, more, c.less, less)
		}
	}
	for _, text := range []string{"再不退款就打12315投诉", "我要曝光你们发小红书", "I will sue you"} {
		if g := r.Glance(text); g.Risk < 50 || g.Lead > 15 {
			t.Errorf("%q: risk %v, lead %v", text, g.Risk, g.Lead)
		}
	}
}

func TestRead(t *testing.T) {
	got := reader(t).Read("太贵了，多 少钱能便宜点？求链接")
	if got.Intent != "link" && got.Intent != "price" {
		t.Errorf("intent %q", got.Intent)
	}
	for _, want := range []string{"太贵", "多 少钱", "求链接"} {
		if !slices.Contains(got.Keywords, want) {
			t.Errorf("keywords %q lack %q", got.Keywords, want)
		}
	}
	empty := reader(t).Read("今天天气真晴朗")
	none := desk.Score{Reasons: []desk.Reasoning{}}
	if diff := cmp.Diff(lead.Reading{Lead: none, Risk: none, Keywords: []string{}}, empty); diff != "" {
		t.Error(diff)
	}
}

// TestFind: the phrases of rules are found beside the lexicon, under their own IDs, and change no reading.
func TestFind(t *testing.T) {
	r, err := lead.New(match.Pattern{ID: 70, Text: "水光针"}, match.Pattern{ID: 5, Text: "微信", Pinyin: true})
	if err != nil {
		t.Fatal(err)
	}
	text := "水光针多少钱，加薇信"
	var got []string
	glance := r.Find(text, func(id, start, end int) { got = append(got, fmt.Sprint(id, text[start:end])) })
	if diff := cmp.Diff([]string{"70水光针", "5薇信"}, got); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff(reader(t).Glance(text), glance); diff != "" || glance.Lead == 0 {
		t.Errorf("%+v\n%s", glance, diff)
	}
	if _, err := lead.New(match.Pattern{}); err == nil {
		t.Error("a rule's phrase without characters is taken")
	}
	if n := testing.AllocsPerRun(100, func() { r.Find(text, func(int, int, int) {}) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"太贵了，能便宜点吗", "不想要！12315见", "@小王 多少钱\xff", strings.Repeat("不要买", 900)} {
		f.Add(seed)
	}
	r := reader(f)
	f.Fuzz(func(t *testing.T, text string) {
		got := r.Read(text)
		for _, score := range []float64{got.Lead.Value, got.Risk.Value} {
			if score < 0 || score > 100 || math.IsNaN(score) {
				t.Errorf("%q scores %v", text, score)
			}
		}
		sum := 0.0
		for _, reason := range got.Lead.Reasons {
			sum += reason.Points
		}
		if math.Abs(sum-got.Lead.Value) > 0.2 {
			t.Errorf("%q: the reasons add up to %v, not %v: %+v", text, sum, got.Lead.Value, got.Lead.Reasons)
		}
		for _, word := range got.Keywords {
			if !strings.Contains(text, word) || utf8.ValidString(text) && !utf8.ValidString(word) {
				t.Errorf("%q has no %q", text, word)
			}
		}
	})
}
