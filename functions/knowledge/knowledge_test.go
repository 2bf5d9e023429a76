package knowledge_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/knowledge"
	"keliu/functions/knowledge/shelftest"
	"keliu/streams/desk"
)

func TestMemoryShelf(t *testing.T) {
	shelftest.Run(t, func(*testing.T) knowledge.Shelf { return new(knowledge.MemoryShelf) })
}

func open(t testing.TB, shelf knowledge.Shelf) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Open(t.Context(), knowledge.Options{Shelf: shelf})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := l.Close(); err != nil {
			t.Error(err)
		}
	})
	return l
}

func add(t testing.TB, l *knowledge.Library, u knowledge.Upload) desk.Article {
	t.Helper()
	a, err := l.Add(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func publish(t testing.TB, l *knowledge.Library, a desk.Article) {
	t.Helper()
	if err := l.Publish(t.Context(), a.ID, a.Version); err != nil {
		t.Fatal(err)
	}
}

func find(t testing.TB, l *knowledge.Library, question string) []desk.Passage {
	t.Helper()
	found, err := l.Find(t.Context(), question, 5, func(audience string) bool { return audience == knowledge.Public })
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func first(passages []desk.Passage) string {
	if len(passages) == 0 {
		return ""
	}
	return passages[0].Text
}

var returns = knowledge.Upload{Name: "退货.md", Body: []byte("# 退货\n\n## 多久可以退？\n\n签收后 7 天内可以退货。\n"), By: "admin"}

func TestOnlyThePublishedVersionIsFound(t *testing.T) {
	l := open(t, new(knowledge.MemoryShelf))
	v1 := add(t, l, returns)
	if got := find(t, l, "多久可以退货"); len(got) != 0 {
		t.Errorf("a draft was found: %v", got)
	}
	publish(t, l, v1)
	if got := first(find(t, l, "多久可以退货")); got != "签收后 7 天内可以退货。" {
		t.Errorf("found %q", got)
	}

	changed := returns
	changed.Body = []byte(strings.ReplaceAll(string(returns.Body), "7 天", "15 天"))
	v2 := add(t, l, changed)
	if v2.ID != v1.ID || v2.Version != 2 {
		t.Fatalf("the changed document is %s version %d, want %s version 2", v2.ID, v2.Version, v1.ID)
	}
	if got := first(find(t, l, "多久可以退货")); got != "签收后 7 天内可以退货。" {
		t.Errorf("found %q while version 1 is published", got)
	}
	publish(t, l, v2)
	if got := first(find(t, l, "多久可以退货")); got != "签收后 15 天内可以退货。" {
		t.Errorf("found %q while version 2 is published", got)
	}
	publish(t, l, v1)
	if got := first(find(t, l, "多久可以退货")); got != "签收后 7 天内可以退货。" {
		t.Errorf("found %q after going back to version 1", got)
	}

	versions, published, err := l.Versions(v1.ID)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]desk.Article{v1, v2}, versions); diff != "" || published != 1 {
		t.Errorf("published = %d, versions (-want +got):\n%s", published, diff)
	}
}

func TestTheSameDocumentTwiceIsOneVersion(t *testing.T) {
	l := open(t, new(knowledge.MemoryShelf))
	v1 := add(t, l, returns)
	if diff := cmp.Diff(v1, add(t, l, returns)); diff != "" {
		t.Errorf("adding it again (-first +second):\n%s", diff)
	}
}

func TestWithdrawAndRemove(t *testing.T) {
	l := open(t, new(knowledge.MemoryShelf))
	a := add(t, l, returns)
	publish(t, l, a)
	if got := l.Articles(); len(got) != 1 || got[0].ID != a.ID {
		t.Fatalf("articles = %v", got)
	}
	if err := l.Withdraw(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if got := find(t, l, "多久可以退货"); len(got) != 0 {
		t.Errorf("found after it was withdrawn: %v", got)
	}
	if err := l.Remove(t.Context(), a.ID); err != nil {
		t.Fatal(err)
	}
	if _, _, err := l.Versions(a.ID); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("versions after removal: %v", err)
	}
	for name, act := range map[string]func() error{
		"publish":  func() error { return l.Publish(t.Context(), a.ID, 1) },
		"withdraw": func() error { return l.Withdraw(t.Context(), a.ID) },
		"remove":   func() error { return l.Remove(t.Context(), a.ID) },
	} {
		if err := act(); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("%s what is not there = %v, want not found", name, err)
		}
	}
}

func TestALibraryComesBackAsItWas(t *testing.T) {
	shelf := new(knowledge.MemoryShelf)
	l := open(t, shelf)
	publish(t, l, add(t, l, returns))
	again := open(t, shelf)
	if diff := cmp.Diff(l.Articles(), again.Articles()); diff != "" {
		t.Errorf("articles (-before +after):\n%s", diff)
	}
	if got := first(find(t, again, "多久可以退货")); got != "签收后 7 天内可以退货。" {
		t.Errorf("found %q", got)
	}
}

func TestTheAudienceIsFilteredInsideTheSearch(t *testing.T) {
	l := open(t, new(knowledge.MemoryShelf))
	for i := range 60 { // more than the search looks at closely
		body := "# 内部\n\n## 多久可以退？\n\n内部口径：多久可以退货 " + strings.Repeat("密", i+1) + "。\n"
		publish(t, l, add(t, l, knowledge.Upload{
			Name: strings.Repeat("内", i+1) + ".md", Title: strings.Repeat("内", i+1), Body: []byte(body), Audience: knowledge.Staff,
		}))
	}
	publish(t, l, add(t, l, returns))
	got := find(t, l, "多久可以退货")
	if len(got) != 1 || got[0].Title != "退货" {
		t.Errorf("customers found %v, want the one public passage", got)
	}
	none, err := l.Find(context.Background(), "多久可以退货", 5, nil)
	if err != nil || len(none) != 0 {
		t.Errorf("without permission = %v, %v, want nothing", none, err)
	}
}

func TestAddRefuses(t *testing.T) {
	l := open(t, new(knowledge.MemoryShelf))
	for name, u := range map[string]knowledge.Upload{
		"audience_unknown":        {Name: "a.md", Body: []byte("text"), Audience: "friends"},
		"upload_empty":            {Name: "a.md"},
		"upload_not_what_it_says": {Name: "a.pdf", Body: []byte("no PDF at all")},
	} {
		_, err := l.Add(t.Context(), u)
		var problem *desk.Problem
		if !errors.As(err, &problem) || problem.Code != name || !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("Add = %v, want %s", err, name)
		}
	}
	if got := l.Articles(); len(got) != 0 {
		t.Errorf("refused uploads left %v", got)
	}
}

func TestPassagesAreShortAndCarryTheirPath(t *testing.T) {
	l := open(t, new(knowledge.MemoryShelf))
	body := "# 售后\n\n## 退货\n\n### 运费\n\n" + strings.Repeat("质量问题由商家承担运费。", 60) +
		"\n\n## 价目\n\n| 项目 | 价格 |\n|---|---|\n| 换滤芯 | 39 元 |\n| 换电池 | 59 元 |\n\n## 问答\n\n问：可以到付吗？\n答：不可以。\n"
	a := add(t, l, knowledge.Upload{Name: "售后.md", Body: []byte(body)})
	var texts string
	for _, p := range a.Passages {
		if n := len([]rune(p.Text)); n > 400 || n == 0 {
			t.Errorf("a passage of %d runes: %q", n, p.Text)
		}
		texts += p.Text
	}
	if got := strings.Count(texts, "质量问题由商家承担运费。"); got != 60 {
		t.Errorf("%d of 60 sentences are whole", got)
	}
	if got := a.Passages[0].Heading; got != "退货 › 运费" {
		t.Errorf("heading = %q", got)
	}
	want := []desk.Passage{
		{Article: a.ID, Title: "售后", Heading: "价目", Text: "项目：换滤芯；价格：39 元\n项目：换电池；价格：59 元"},
		{Article: a.ID, Title: "售后", Heading: "问答", Text: "不可以。", Phrasings: []string{"可以到付吗？"}},
	}
	if diff := cmp.Diff(want, a.Passages[len(a.Passages)-2:]); diff != "" {
		t.Errorf("the last two (-want +got):\n%s", diff)
	}
}

func TestImportIsDoneOnce(t *testing.T) {
	shelf := new(knowledge.MemoryShelf)
	l := open(t, shelf)
	for range 2 {
		if err := l.Import(t.Context(), knowledge.Demo()); err != nil {
			t.Fatal(err)
		}
	}
	articles := l.Articles()
	if len(articles) != len(knowledge.Demo()) {
		t.Errorf("%d articles of %d documents", len(articles), len(knowledge.Demo()))
	}
	for _, a := range articles {
		want := desk.Chinese
		if strings.HasSuffix(a.Source, ".en.md") {
			want = desk.English
		}
		if a.Version != 1 || a.Lang != want {
			t.Errorf("%s is version %d in %s, want version 1 in %s", a.Source, a.Version, a.Lang, want)
		}
	}
}

// The canary stands in an article that is for the staff only.
func TestCustomersNeverFindWhatIsForStaff(t *testing.T) {
	const canary = "青石-7431"
	l := demo(t)
	ask := func(audience string) (all string) {
		for _, question := range []string{"审批码是多少", canary, "补偿额度是多少", "最多能赔多少", "超过 100 元由谁审批", "客服补偿额度（内部）"} {
			found, err := l.Find(t.Context(), question, 50, func(a string) bool { return a == knowledge.Public || a == audience })
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range found {
				all += p.Title + p.Heading + p.Text
			}
		}
		return all
	}
	if got := ask(knowledge.Public); strings.Contains(got, canary) || strings.Contains(got, "内部") {
		t.Errorf("customers found %s", got)
	}
	if got := ask(knowledge.Staff); !strings.Contains(got, canary) {
		t.Error("the staff does not find its own article")
	}
}
