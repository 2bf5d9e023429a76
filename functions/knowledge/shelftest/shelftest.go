// Package shelftest is the contract of a knowledge.Shelf, as tests.
package shelftest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/knowledge"
	"keliu/streams/desk"
)

// Run checks that every shelf open returns, empty each time, does what knowledge.Shelf says.
func Run(t *testing.T, open func(*testing.T) knowledge.Shelf) {
	first, second, other := articles()

	t.Run("keeps every version whole", func(t *testing.T) {
		shelf := open(t)
		keep(t, shelf, first, second, other)
		all, published := read(t, shelf)
		if diff := cmp.Diff([]desk.Article{first, second, other}, all); diff != "" {
			t.Errorf("articles (-want +got):\n%s", diff)
		}
		if len(published) != 0 {
			t.Errorf("published = %v before anything was", published)
		}
	})
	t.Run("a version never changes", func(t *testing.T) {
		shelf := open(t)
		keep(t, shelf, first)
		changed := first
		changed.Title = "换货"
		if err := shelf.KeepArticle(context.Background(), changed); !errors.Is(err, desk.ErrConflict) {
			t.Errorf("keeping a version twice = %v, want a conflict", err)
		}
		all, _ := read(t, shelf)
		if diff := cmp.Diff([]desk.Article{first}, all); diff != "" {
			t.Errorf("articles (-want +got):\n%s", diff)
		}
	})
	t.Run("publishes one version and takes it back", func(t *testing.T) {
		shelf := open(t)
		keep(t, shelf, first, second, other)
		for _, version := range []int{1, 2, 0} {
			if err := shelf.MarkPublished(context.Background(), first.ID, version); err != nil {
				t.Fatal(err)
			}
			_, published := read(t, shelf)
			if got := published[first.ID]; got != version {
				t.Errorf("published = %d, want %d", got, version)
			}
		}
	})
	t.Run("drops an article and leaves the others", func(t *testing.T) {
		shelf := open(t)
		keep(t, shelf, first, second, other)
		for _, id := range []desk.ArticleID{first.ID, other.ID} {
			if err := shelf.MarkPublished(context.Background(), id, 1); err != nil {
				t.Fatal(err)
			}
		}
		if err := shelf.DropArticle(context.Background(), first.ID); err != nil {
			t.Fatal(err)
		}
		all, published := read(t, shelf)
		if diff := cmp.Diff([]desk.Article{other}, all); diff != "" {
			t.Errorf("articles (-want +got):\n%s", diff)
		}
		if diff := cmp.Diff(map[desk.ArticleID]int{other.ID: 1}, published); diff != "" {
			t.Errorf("published (-want +got):\n%s", diff)
		}
	})
}

// articles returns two versions of one article and another article.
func articles() (first, second, other desk.Article) {
	first = desk.Article{
		ID: "art_1", Title: "退货", Audience: knowledge.Public, Lang: desk.Chinese, Version: 1, Source: "退货.md", By: "admin",
		At: time.UnixMilli(1_700_000_000_123).UTC(),
		Passages: []desk.Passage{{
			Article: "art_1", Title: "退货", Heading: "运费", Text: "运费由商家承担。", Phrasings: []string{"运费谁出？"},
		}},
	}
	second, other = first, first
	second.Version, second.Passages = 2, nil
	other.ID, other.Audience = "art_2", knowledge.Staff
	return first, second, other
}

func keep(t *testing.T, shelf knowledge.Shelf, articles ...desk.Article) {
	t.Helper()
	for _, a := range articles {
		if err := shelf.KeepArticle(context.Background(), a); err != nil {
			t.Fatal(err)
		}
	}
}

func read(t *testing.T, shelf knowledge.Shelf) ([]desk.Article, map[desk.ArticleID]int) {
	t.Helper()
	all, published, err := shelf.Articles(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	return all, published
}
