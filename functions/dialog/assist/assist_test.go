package assist_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/functions/classify"
	"keliu/functions/dialog/assist"
	"keliu/functions/models"
	"keliu/policies"
	"keliu/streams/desk"
)

const phone = "13812345678"

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// A desktop is an assistant whose surroundings the test writes.
type desktop struct {
	c        desk.Conversation
	said     []desk.Notice
	heard    map[string]string // the intent by text; answer when it is not there
	reply    desk.Reply
	fails    error
	denied   bool
	passages []desk.Passage
	turns    []desk.Turn
	asked    []models.Request
	summary  models.Written // by whom and what
	searched []string
}

func (d *desktop) assistant() *assist.Assistant {
	return &assist.Assistant{
		Intents: d, Understand: d, Writer: d, Rules: d, State: d, Library: d,
		Mask: func(text string) string { return strings.ReplaceAll(text, phone, "138****5678") },
	}
}

// say adds what somebody says, a minute after what was said before.
func (d *desktop) say(by desk.Author, intent, text string) {
	at := noon.Add(time.Duration(len(d.said)) * time.Minute)
	d.said = append(d.said, desk.Notice{Message: &desk.Message{ID: desk.MessageID(fmt.Sprint(len(d.said))), By: by, Intent: intent, Text: text, At: at}})
}

func (d *desktop) Conversation(context.Context, desk.ConversationID) (desk.Conversation, error) {
	if d.c.ID == "" {
		return d.c, desk.ErrNotFound
	}
	return d.c, nil
}

func (d *desktop) Said(_ context.Context, _ desk.ConversationID, _ int64, limit int) ([]desk.Notice, error) {
	return d.said[max(0, len(d.said)-limit):], nil
}

func (d *desktop) Understand(text string, _ classify.Context) classify.Understanding {
	intent, ok := d.heard[text]
	if !ok {
		intent = "answer"
	}
	u := classify.Understanding{Intent: intent, Confidence: 0.8}
	if strings.Contains(text, "骗子") {
		u.Emotion = -0.9
	}
	return u
}

func (d *desktop) Invoke(ctx context.Context, name string, payload []byte) ([]byte, error) {
	return functions.Func[desk.Turn, desk.Reply](func(_ context.Context, turn desk.Turn) (desk.Reply, error) {
		d.turns = append(d.turns, turn)
		return d.reply, d.fails
	}).Invoke(ctx, payload)
}

func (d *desktop) Write(ctx context.Context, r models.Request, _ func(string)) (models.Written, error) {
	d.asked = append(d.asked, r)
	if r.Purpose == "summary" {
		return d.summary, ctx.Err()
	}
	return models.Written{Text: "答：" + r.Passages[0].Text}, nil
}

func (d *desktop) MayRun(_ context.Context, q policies.MayRun) (policies.Ruling, error) {
	return policies.Ruling{Allow: !d.denied && q.Stage == string(desk.WithAI)}, nil
}

func (d *desktop) MayRetrieve(_ context.Context, q policies.MayRetrieve) (policies.Ruling, error) {
	return policies.Ruling{Allow: q.Purpose == "assist" && (q.Audience == "public" || q.Role == "agent")}, nil
}

func (d *desktop) Find(_ context.Context, question string, limit int, may func(string) bool) (found []desk.Passage, err error) {
	d.searched = append(d.searched, question)
	for _, p := range d.passages {
		if may(audience(p.Article)) && len(found) < limit {
			found = append(found, p)
		}
	}
	return found, nil
}

// audience is that of an article, by its name.
func audience(id desk.ArticleID) string {
	if strings.HasPrefix(string(id), "staff") {
		return "staff"
	}
	return "public"
}

func (d *desktop) Articles() (all []desk.Article) {
	for _, p := range d.passages {
		all = append(all, desk.Article{ID: p.Article, Audience: audience(p.Article)})
	}
	return all
}

func passage(article, text string, score float64) desk.Passage {
	return desk.Passage{Article: desk.ArticleID(article), Title: article, Text: text, Score: score}
}

// all are the suggestions one after the other, until there are no more.
func (d *desktop) all(t *testing.T, role string) (lines []string) {
	t.Helper()
	for n := 0; ; n++ {
		s, err := d.assistant().Suggest(t.Context(), "c", role, n)
		if err != nil {
			t.Fatal(err)
		}
		if s.N != n || s.More && s.Text == "" {
			t.Errorf("%d: %+v", n, s)
		}
		if s.Text == "" {
			if s.Basis != assist.OnNothing || len(s.Citations) > 0 {
				t.Errorf("nothing is %+v", s)
			}
			return lines
		}
		lines = append(lines, fmt.Sprintf("%s: %s", s.Basis, s.Text))
		for _, c := range s.Citations {
			if c.Internal != (audience(c.Article) == "staff") {
				t.Errorf("%+v", c)
			}
		}
	}
}

func TestSuggestions(t *testing.T) {
	returns, rules := passage("退货政策", "七天之内可以退货，商品需要完好。", 0.8), passage("staff-赔付标准", "可以直接赔付二十元以内。", 0.6)
	other, far := passage("换货政策", "三十天之内可以换货一次。", 0.5), passage("会员日", "每月八号是会员日。", 0.1)
	draft := desk.Reply{Draft: &desk.Draft{Passages: []desk.Passage{returns}}, Citations: []desk.Citation{{Article: returns.Article}}, Outcome: desk.Answered}
	for name, c := range map[string]struct {
		say string
		desktop
		role string
		want []string
	}{
		"from the knowledge, the staff's too": {"能退吗", desktop{reply: draft, passages: []desk.Passage{returns, rules, other, far}}, "agent",
			[]string{"knowledge: 答：七天之内可以退货，商品需要完好。", "internal: 答：可以直接赔付二十元以内。", "knowledge: 答：三十天之内可以换货一次。"}},
		"what the role may not read is not there": {"能退吗", desktop{reply: draft, passages: []desk.Passage{returns, rules}}, "outsider",
			[]string{"knowledge: 答：七天之内可以退货，商品需要完好。"}},
		"from the shop": {"到哪了", desktop{heard: map[string]string{"到哪了": "logistics"}, reply: desk.Reply{Text: "今天送达", Outcome: desk.Answered}}, "agent",
			[]string{"shop: 今天送达"}},
		"a question back": {"到哪了", desktop{heard: map[string]string{"到哪了": "logistics"}, reply: desk.Reply{Text: "请问订单号是多少", Ask: "order", Outcome: desk.Asked}}, "agent",
			[]string{"words: 请问订单号是多少"}},
		"what the AI does not know":            {"有气球吗", desktop{reply: desk.Reply{Text: "没有找到", Outcome: desk.Declined}, passages: []desk.Passage{far}}, "agent", nil},
		"what only the staff know":             {"能赔吗", desktop{reply: desk.Reply{Text: "没有找到", Outcome: desk.Declined}, passages: []desk.Passage{rules}}, "agent", []string{"internal: 答：可以直接赔付二十元以内。"}},
		"an intent that fails":                 {"能退吗", desktop{fails: errors.New("broken"), passages: []desk.Passage{returns}}, "agent", []string{"knowledge: 答：七天之内可以退货，商品需要完好。"}},
		"an intent that may not run":           {"能退吗", desktop{denied: true, reply: desk.Reply{Text: "可以", Outcome: desk.Answered}}, "agent", nil},
		"a promise to call a person":           {"太差了", desktop{reply: desk.Reply{Text: "为您转人工", Outcome: desk.HandedOff}}, "agent", nil},
		"somebody who wants a person":          {"转人工", desktop{heard: map[string]string{"转人工": "handoff"}}, "agent", []string{"words: 您好，我是人工客服，前面的对话我已经看过了，您的问题我来跟进。"}},
		"somebody who is furious":              {"骗子", desktop{}, "agent", []string{"words: 非常抱歉给您带来不好的体验，我是人工客服，已经看到您反映的情况，马上为您核实处理。"}},
		"a picture, of which nothing is known": {" ", desktop{}, "agent", nil},
	} {
		t.Run(name, func(t *testing.T) {
			d := c.desktop
			d.c = desk.Conversation{ID: "c", Lang: desk.Chinese, Stage: desk.Human}
			d.say(desk.ByCustomer, "", c.say)
			if diff := cmp.Diff(c.want, d.all(t, c.role)); diff != "" {
				t.Error(diff)
			}
			for _, r := range d.asked {
				if r.Purpose != "assist" {
					t.Errorf("worded for %s", r.Purpose)
				}
			}
		})
	}
}

// Nothing personal reaches an intent, the search or a model, and what comes back is masked again.
func TestSuggestionsAreMasked(t *testing.T) {
	p := passage("退货政策", "请致电 "+phone, 0.8)
	d := &desktop{
		c: desk.Conversation{ID: "c", Facts: desk.Facts{desk.FactOrder: "QH1"}}, passages: []desk.Passage{p},
		reply: desk.Reply{Draft: &desk.Draft{Passages: []desk.Passage{p}}, Outcome: desk.Answered},
	}
	d.say(desk.ByCustomer, "", "我是"+phone)
	d.say(desk.ByAI, "", "您好")
	d.say(desk.ByCustomer, "", "能退吗，电话"+phone)
	s, err := d.assistant().Suggest(t.Context(), "c", "agent", 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := fmt.Sprintf("%+v %+v %v %s", d.turns, d.asked[0].History, d.searched, d.asked[0].Question)
	if strings.Contains(seen, phone) || strings.Contains(s.Text, phone) || strings.Contains(d.searched[0], "138") {
		t.Errorf("%s\n%s", seen, s.Text)
	}
	if turn := d.turns[0]; turn.Stage != desk.WithAI || turn.Facts[desk.FactOrder] != "QH1" || len(turn.History) != 2 {
		t.Errorf("%+v", turn)
	}
	turn := d.turns[0]
	turn.Facts["x"] = "y"
	if len(d.c.Facts) != 1 {
		t.Error("an intent has changed the conversation")
	}
}

// Of several messages in a row the last one counts that is more than a word of courtesy.
func TestWhatIsAnswered(t *testing.T) {
	d := &desktop{c: desk.Conversation{ID: "c"}, heard: map[string]string{"你好": "smalltalk", "在吗": "smalltalk", "谢谢": "smalltalk"}, reply: desk.Reply{Text: "好", Outcome: desk.Answered}}
	latest := func() string {
		d.turns = nil
		if _, err := d.assistant().Suggest(t.Context(), "c", "agent", 0); err != nil {
			t.Fatal(err)
		}
		if len(d.turns) == 0 {
			return ""
		}
		return d.turns[0].Message.Text
	}
	if got := latest(); got != "" {
		t.Errorf("before anything was said: %s", got)
	}
	for _, step := range []struct {
		by   desk.Author
		text string
		want string
	}{
		{desk.ByCustomer, "你好", "你好"}, {desk.ByCustomer, "快递到哪了", "快递到哪了"}, {desk.ByCustomer, "在吗", "快递到哪了"},
		{desk.ByHuman, "在路上", "快递到哪了"}, {desk.ByCustomer, "谢谢", "谢谢"},
	} {
		d.say(step.by, "", step.text)
		if got := latest(); got != step.want {
			t.Errorf("after %s: %s, want %s", step.text, got, step.want)
		}
	}
	if _, err := (&desktop{}).assistant().Suggest(t.Context(), "nobody", "agent", 0); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("of no conversation: %v", err)
	}
}

// What the customer has been told already is not suggested again.
func TestNothingIsSaidTwice(t *testing.T) {
	returns, other := passage("退货政策", "七天之内可以退货。", 0.8), passage("换货政策", "三十天之内可以换货一次。", 0.5)
	d := &desktop{c: desk.Conversation{ID: "c", Lang: desk.Chinese}, passages: []desk.Passage{returns, other},
		reply: desk.Reply{Draft: &desk.Draft{Passages: []desk.Passage{returns}}, Outcome: desk.Answered}}
	d.say(desk.ByCustomer, "", "能退吗")
	d.say(desk.ByAI, "", models.Builtin(models.Request{Lang: desk.Chinese, Question: "能退吗", Passages: []desk.Passage{returns}}))
	if diff := cmp.Diff([]string{"knowledge: 答：三十天之内可以换货一次。"}, d.all(t, "agent")); diff != "" {
		t.Error(diff)
	}
	d.say(desk.ByCustomer, "", "能退吗")
	if got := d.all(t, "agent"); len(got) != 2 {
		t.Errorf("asked again: %v", got)
	}
}

func TestSummaries(t *testing.T) {
	open := func() *desktop {
		d := &desktop{c: desk.Conversation{ID: "c", Session: desk.Session{Opened: noon.Add(time.Minute)}}, summary: models.Written{Text: "无关", Provider: "builtin", Builtin: true}}
		d.say(desk.ByCustomer, "answer", "上一次的问题") // of the session before
		return d
	}
	check := func(d *desktop, lang desk.Lang, reason, text string) {
		t.Helper()
		s, err := d.assistant().Summarize(t.Context(), "c", lang)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(assist.Summary{Text: text, By: assist.ByHouse, Reason: reason}, s); diff != "" {
			t.Error(diff)
		}
	}
	d := open()
	check(d, desk.Chinese, "no_question", "客户没有提出具体问题。\n情绪：平静")
	d.say(desk.ByCustomer, "smalltalk", "你好")
	d.say(desk.ByAI, "smalltalk", "您好")
	check(d, desk.English, "no_question", "The customer asked nothing in particular.\nMood: calm")
	d.say(desk.ByCustomer, "refund", "怎么退款，电话"+phone)
	d.c.Facts = desk.Facts{desk.FactOrder: "QH202611240003"}
	check(d, desk.Chinese, "unsolved", "诉求：怎么退款，电话138****5678\n订单：QH202611240003\n结果：客户最后一条消息还没有答复。\n情绪：平静")
	d.say(desk.ByAI, "refund", "请提供\n手机尾号")
	d.say(desk.ByCustomer, "handoff", "转人工")
	d.say(desk.ByCustomer, "answer", "多久到账")
	d.c.Session.Worst = -0.9
	d.say(desk.ByHuman, "", "已为您退款，三天到账")
	check(d, desk.Chinese, "no_reply", "诉求：怎么退款，电话138****5678\n还问到：多久到账\n订单：QH202611240003\n人工答复：已为您退款，三天到账\n结果：已答复，客户未再回复。\n情绪：最低时愤怒，结束时平静")
	d.say(desk.ByCustomer, "smalltalk", "谢谢")
	check(d, desk.English, "solved", "Wanted: 怎么退款，电话138****5678\nAlso asked: 多久到账\nOrder: QH202611240003\nWe said: 已为您退款，三天到账\nResult: the customer said that it is solved.\nMood: furious at its worst, calm at the end")
	if _, err := (&desktop{}).assistant().Summarize(t.Context(), "nobody", desk.Chinese); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("of no conversation: %v", err)
	}
	keys := map[string]bool{}
	for _, r := range assist.Reasons() {
		keys[r.Key] = r.Name(desk.Chinese) != "" && r.Name(desk.English) != ""
	}
	for _, reason := range []string{"solved", "no_reply", "unsolved", "no_question"} {
		if !keys[reason] {
			t.Errorf("the reason %s cannot be chosen", reason)
		}
	}
}

// Where there is a model it writes the summary, from what was said in this session without anything personal, and is named; nobody asks
// it about nothing.
func TestSummariesOfAModel(t *testing.T) {
	d := &desktop{c: desk.Conversation{ID: "c", Session: desk.Session{Opened: noon.Add(time.Minute)}}, summary: models.Written{Text: "客户要退款，电话" + phone, Provider: "deepseek"}}
	d.say(desk.ByCustomer, "answer", "上一次的问题")
	if s, err := d.assistant().Summarize(t.Context(), "c", desk.Chinese); err != nil || s.By != assist.ByHouse || len(d.asked) != 0 {
		t.Errorf("of nothing: %+v (%v)", s, err)
	}
	d.say(desk.ByCustomer, "refund", "怎么退款，\n电话"+phone)
	d.say(desk.ByHuman, "", "已为您退款")
	s, err := d.assistant().Summarize(t.Context(), "c", desk.Chinese)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(assist.Summary{Text: "客户要退款，电话138****5678", By: "deepseek", Reason: "no_reply"}, s); diff != "" {
		t.Error(diff)
	}
	asked := d.asked[0]
	if want := "客户：怎么退款， 电话138****5678\n客服：已为您退款"; asked.Purpose != "summary" || asked.Passages[0].Text != want {
		t.Errorf("the model is shown %q", asked.Passages[0].Text)
	}
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := d.assistant().Summarize(gone, "c", desk.Chinese); !errors.Is(err, context.Canceled) {
		t.Errorf("for somebody who has gone: %v", err)
	}
}
