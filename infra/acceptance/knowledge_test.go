package acceptance_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/edge/staff/knowledge"
	library "keliu/functions/knowledge"
)

// What nobody could answer is kept, masked, one gap however it is worded. Once an article that was written for it is published,
// whoever asks is answered from it.
func TestGaps(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	wordings := []string{"月球基地的门票多少钱？13800138000", "月球基地门票什么价格", "火星上能用优惠券吗"}
	for _, w := range wordings {
		h.enter(nil).ask(w)
	}
	gaps := func() (all knowledge.GapsAnswer) {
		decode(t, h.send("GET", "/api/v1/knowledge/gaps", boss, "").body, &all)
		return all
	}
	of := func(word string) (found knowledge.Gap) {
		for _, g := range gaps().Gaps {
			if strings.Contains(g.Question, word) {
				found = g
			}
		}
		return found
	}
	h.eventually("both questions are kept", func() bool { return of("月球").Count == 2 })
	gap := of("月球")
	if gap.Article != "" || len(gap.Examples) != 2 || strings.Contains(strings.Join(gap.Examples, ""), "13800138000") || gap.Last.IsZero() {
		t.Errorf("%+v", gap)
	}

	var draft knowledge.ArticleAnswer
	body := func(publish bool) string {
		parts, err := json.Marshal([]library.Part{{Heading: gap.Question, Text: "月球基地的门票每张 99 元。", Phrasings: gap.Examples}})
		if err != nil {
			t.Fatal(err)
		}
		return fmt.Sprintf(`{"title":"月球基地","audience":"public","publish":%v,"parts":%s}`, publish, parts)
	}
	decode(t, h.send("POST", "/api/v1/knowledge/texts", boss, body(false)).body, &draft)
	if draft.Published != 0 || len(draft.Parts) != 1 || len(draft.Parts[0].Phrasings) < 2 {
		t.Fatalf("%+v", draft)
	}
	if gap := of("月球"); gap.Article != "" {
		t.Errorf("a draft answers: %+v", gap)
	}
	if l := h.said(wordings[1]); cites(l, draft.Article.ID) {
		t.Errorf("a customer is answered from a draft: %+v", l)
	}
	at := "/api/v1/knowledge/articles/" + string(draft.Article.ID)
	if a := h.send("POST", at+"/publish", boss, `{"version":1}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	for _, w := range wordings[:2] {
		if l := h.said(w); !cites(l, draft.Article.ID) || !strings.Contains(l.Text, "99") {
			t.Errorf("%s: %q", w, l.Text)
		}
	}
	if gap = of("月球"); gap.Title != "月球基地" {
		t.Errorf("the article does not answer: %+v", gap)
	}
	if a := h.send("POST", "/api/v1/knowledge/texts", boss, body(true)); a.status != http.StatusConflict || a.refusal(t, "zh") != "409 article_exists" {
		t.Errorf("the same title again: %d %s", a.status, a.body)
	}
	if a := h.send("DELETE", "/api/v1/knowledge/gaps/"+gap.ID, boss, ""); a.status != http.StatusNoContent || of("月球").Count != 0 {
		t.Errorf("%d %s, and there is %+v", a.status, a.body, of("月球"))
	}
	if got := h.refusedIn(request{"DELETE", "/api/v1/knowledge/gaps/" + gap.ID, as(boss), ""}); got != "404 not_found" {
		t.Errorf("dismissed twice: %s", got)
	}
}

// An article that is opened, changed in one place and saved keeps every phrasing that it had; an earlier version can be restored.
func TestPhrasingsAreKept(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	open := func(path string) (one knowledge.ArticleAnswer) {
		h.Helper()
		decode(t, h.send("GET", path, boss, "").body, &one)
		return one
	}
	uploaded := h.upload(form(t, boss, "常见问题补充.csv", []byte("问题,答案,相似问\n月球基地怎么去？,坐火箭去。,去月球怎么走；月球基地地址\n门票多少钱？,每张 99 元。,票价\n")))
	at := "/api/v1/knowledge/articles/" + string(uploaded.Article.ID)
	before := open(at)
	if len(before.Parts) != 2 || len(before.Parts[0].Phrasings) != 3 {
		t.Fatalf("%+v", before.Parts)
	}
	edited := slices.Clone(before.Parts)
	edited[1].Text = "每张 120 元。"
	parts, err := json.Marshal(edited)
	if err != nil {
		t.Fatal(err)
	}
	body := fmt.Sprintf(`{"article":%q,"title":%q,"audience":"public","publish":true,"parts":%s}`, before.Article.ID, before.Article.Title, parts)
	if a := h.send("POST", "/api/v1/knowledge/texts", boss, body); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	after := open(at)
	if diff := cmp.Diff(edited, after.Parts); diff != "" || after.Published != 2 || after.Article.Source != before.Article.Source {
		t.Errorf("%+v%s", after, diff)
	}
	if l := h.said("去月球怎么走"); !cites(l, before.Article.ID) {
		t.Errorf("a phrasing is lost: %q", l.Text)
	}
	if l := h.said("门票多少钱"); !strings.Contains(l.Text, "120") {
		t.Errorf("the change does not count: %q", l.Text)
	}
	if a := h.send("POST", at+"/publish", boss, `{"version":1}`); a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	if l := h.said("门票多少钱"); !strings.Contains(l.Text, "99") {
		t.Errorf("the earlier version is not restored: %q", l.Text)
	}
	for parts, want := range map[string]string{
		`[]`: "400 article_parts",
		`[{"heading":"怎么退？","text":" "}]`:                                 "400 part_empty",
		`[{"text":"x","phrasings":["` + strings.Repeat("长", 201) + `"]}]`: "400 field_too_long",
	} {
		if got := h.refusedIn(request{"POST", "/api/v1/knowledge/texts", as(boss), `{"title":"x","audience":"public","parts":` + parts + `}`}); got != want {
			t.Errorf("%s: %s, want %s", parts, got, want)
		}
	}
}

// An article that was written gets versions; withdrawn, nobody is answered from it.
func TestWrittenArticles(t *testing.T) {
	h := open(t)
	boss := h.staff("admin").Token
	write := func(body string) (one knowledge.ArticleAnswer) {
		h.Helper()
		decode(t, h.send("POST", "/api/v1/knowledge/texts", boss, body).body, &one)
		return one
	}
	first := write(`{"title":"充电桩","audience":"public","text":"充电桩在地下二层。","publish":true}`)
	second := write(`{"article":"` + string(first.Article.ID) + `","title":"充电桩","audience":"public","text":"充电桩在地下三层。"}`)
	if second.Article.ID != first.Article.ID || second.Article.Version != 2 || second.Published != 1 {
		t.Errorf("%+v", second)
	}
	other := write(`{"title":"充电桩","audience":"public","text":"另一篇。","as":"new"}`)
	if other.Article.ID == first.Article.ID || other.Article.Version != 1 {
		t.Errorf("%+v", other)
	}
	at := "/api/v1/knowledge/articles/" + string(first.Article.ID)
	if a := h.send("GET", at+"?version=2", boss, ""); !strings.Contains(string(a.body), "地下三层") {
		t.Errorf("version 2: %s", a.body)
	}
	if a := h.send("POST", at+"/withdraw", boss, ""); a.status != http.StatusOK || !strings.Contains(string(a.body), `"published":0`) {
		t.Errorf("%d %s", a.status, a.body)
	}
	if a := h.send("GET", "/api/v1/knowledge/search?for=customer&q=%E5%85%85%E7%94%B5%E6%A1%A9", boss, ""); strings.Contains(string(a.body), "地下") {
		t.Errorf("customers are answered from what was withdrawn: %s", a.body)
	}
	for body, want := range map[string]string{
		`{"title":"","text":"x"}`:                            "400 field_empty",
		`{"title":"x","text":" "}`:                           "400 article_empty",
		`{"title":"x","text":"x","as":"other"}`:              "400 article_as",
		`{"title":"x","text":"x","audience":"moon"}`:         "400 audience_unknown",
		`{"title":"x","text":"x","article":"art_of_nobody"}`: "404 not_found",
	} {
		if got := h.refusedIn(request{"POST", "/api/v1/knowledge/texts", as(boss), body}); got != want {
			t.Errorf("%s: %s, want %s", body, got, want)
		}
	}
}
