package knowledge_test

import (
	"context"
	"errors"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions/knowledge"
	"keliu/streams/desk"
)

func library(t interface {
	Helper()
	Fatal(...any)
}) *knowledge.Library {
	t.Helper()
	l, err := knowledge.Open(context.Background(), knowledge.Options{Shelf: &knowledge.MemoryShelf{}})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// What is opened and saved again without a change is no other version: nothing of any article is lost, its phrasings least of all.
func TestPartsLoseNothing(t *testing.T) {
	l := library(t)
	if err := l.Import(t.Context(), knowledge.Demo()); err != nil {
		t.Fatal(err)
	}
	phrasings := 0
	for _, a := range l.Articles() {
		parts := knowledge.Parts(a)
		again, err := l.Add(t.Context(), knowledge.Upload{Name: "x.md", Title: a.Title, Audience: a.Audience, Article: a.ID, Parts: parts})
		if err != nil {
			t.Fatal(err)
		}
		if again.Version != a.Version {
			t.Errorf("%s: %s", a.Title, cmp.Diff(a.Passages, again.Passages))
		}
		for _, p := range parts {
			phrasings += len(p.Phrasings)
		}
	}
	if phrasings < 500 {
		t.Errorf("only %d phrasings were seen", phrasings)
	}
}

// Whatever somebody writes is what they find when they open it again, but for blanks and what was there twice.
func TestPartsComeBack(t *testing.T) {
	word := rapid.StringMatching(`[退换货运费\w][退换货运费\w1.#>*-]{0,8}`)
	part := rapid.Custom(func(t *rapid.T) knowledge.Part {
		return knowledge.Part{
			Heading:   strings.Join(rapid.SliceOfN(word, 0, 3).Draw(t, "heading"), " › "),
			Text:      rapid.StringMatching(`[退换\w#][^\x00-\x1f\x7f-\x9f]{0,60}(\n问：[^\x00-\x1f\x7f-\x9f]{1,60})?[。x]`).Draw(t, "text"),
			Phrasings: rapid.SliceOfNDistinct(word, 0, 4, rapid.ID[string]).Draw(t, "phrasings"),
		}
	})
	rapid.Check(t, func(t *rapid.T) {
		l, want := library(t), rapid.SliceOfN(part, 1, 8).Draw(t, "parts")
		a, err := l.Add(context.Background(), knowledge.Upload{Name: "x.md", Title: "标题", Parts: want})
		if err != nil {
			t.Fatal(err)
		}
		got := knowledge.Parts(a)
		if diff := cmp.Diff(merged(want), merged(got)); diff != "" {
			t.Error(diff)
		}
		again, err := l.Add(context.Background(), knowledge.Upload{Name: "x.md", Title: "标题", Article: a.ID, Parts: got})
		if err != nil || again.Version != a.Version {
			t.Errorf("saved again it is version %d (%v): %s", again.Version, err, cmp.Diff(a.Passages, again.Passages))
		}
	})
}

// merged are parts as one text for each run of the same heading and phrasings, without line breaks.
func merged(parts []knowledge.Part) (out []string) {
	last := ""
	for _, p := range parts {
		name := p.Heading + "|" + strings.Join(p.Phrasings, ";") + "|"
		text := strings.ReplaceAll(strings.Join(strings.Fields(p.Text), ""), "\n", "")
		if len(out) > 0 && name == last {
			out[len(out)-1] += text
			continue
		}
		out, last = append(out, name+text), name
	}
	return out
}

func TestPartsAreChecked(t *testing.T) {
	l := library(t)
	many := make([]string, 201)
	for i := range many {
		many[i] = strings.Repeat("问", i%100+1) + strings.Repeat("答", i/100)
	}
	for name, c := range map[string]struct {
		parts []knowledge.Part
		code  string
	}{
		"nothing":            {[]knowledge.Part{}, "article_parts"},
		"no text":            {[]knowledge.Part{{Heading: "怎么退？", Text: " \n"}}, "part_empty"},
		"too many phrasings": {[]knowledge.Part{{Text: "x", Phrasings: many}}, "part_phrasings"},
		"a long phrasing":    {[]knowledge.Part{{Text: "x", Phrasings: []string{strings.Repeat("长", 201)}}}, "field_too_long"},
	} {
		_, err := l.Add(t.Context(), knowledge.Upload{Name: "x.md", Title: "x", Parts: c.parts})
		if p, ok := errors.AsType[*desk.Problem](err); !ok || p.Code != c.code {
			t.Errorf("%s: %v, want %s", name, err, c.code)
		}
	}
	a, err := l.Add(t.Context(), knowledge.Upload{Name: "x.md", Title: "x", Parts: []knowledge.Part{{
		Heading: "怎么退\x00？", Text: "点“退货”。\r\n等待\x07。", Phrasings: []string{" 怎么 退？", "怎么退？", "", "退货\n流程"},
	}}})
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff([]knowledge.Part{{"怎么退？", "点“退货”。\n等待。", []string{"怎么退？", "怎么 退？", "退货 流程"}}}, knowledge.Parts(a)); diff != "" {
		t.Error(diff)
	}
}
