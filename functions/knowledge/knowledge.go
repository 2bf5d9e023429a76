// Package knowledge takes documents in and gives cited passages out.
//
// A document becomes an article; each time it changes the article gets a version, which never changes again. One
// version of an article at most is published, and only published versions are found.
package knowledge

import (
	"context"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"keliu/functions/knowledge/documents"
	"keliu/functions/knowledge/search"
	"keliu/streams/desk"
)

// The audiences of articles.
const (
	Public = "public" // anybody
	Staff  = "staff"  // people of the company only
)

// Confident is the score from which a passage may be given as the answer. Below it the knowledge most likely does not
// hold what was asked.
const Confident = 0.5

// A Shelf keeps articles. Versions are kept for good; which one is published is a mark beside them.
type Shelf interface {
	// KeepArticle adds a version. It fails with desk.ErrConflict when the shelf has one of that ID and number.
	KeepArticle(ctx context.Context, a desk.Article) error
	// MarkPublished says which version of an article is published; 0 is none.
	MarkPublished(ctx context.Context, id desk.ArticleID, version int) error
	// DropArticle removes every version of an article.
	DropArticle(ctx context.Context, id desk.ArticleID) error
	// Articles returns every version of every article, and the published version of those that have one.
	Articles(ctx context.Context) (all []desk.Article, published map[desk.ArticleID]int, err error)
}

// Options say what a Library works with. Shelf is needed.
type Options struct {
	Shelf Shelf
	Now   func() time.Time // the clock; time.Now when nil
	Log   *slog.Logger     // silent when nil
}

// A Library finds what the company knows. It is safe for concurrent use.
type Library struct {
	shelf  Shelf
	now    func() time.Time
	log    *slog.Logger
	reader documents.Reader

	mu    sync.Mutex // held by whoever changes the library
	state atomic.Pointer[state]
}

// A state is all the library knows at one moment; it never changes.
type state struct {
	versions  map[desk.ArticleID][]desk.Article // oldest first
	published map[desk.ArticleID]int
	passages  []desk.Passage      // of published versions
	index     *search.Index       // of passages
	phrased   map[string][]string // audiences, by the questions that passages are known to answer
}

// Open returns a library of what is on the shelf.
func Open(ctx context.Context, o Options) (*Library, error) {
	if o.Shelf == nil {
		return nil, fmt.Errorf("open knowledge: no shelf: %w", desk.ErrInvalid)
	}
	l := &Library{shelf: o.Shelf, now: o.Now, log: o.Log}
	if l.now == nil {
		l.now = time.Now
	}
	if l.log == nil {
		l.log = slog.New(slog.DiscardHandler)
	}
	if err := l.Refresh(ctx); err != nil {
		return nil, err
	}
	return l, nil
}

// Close releases what reading documents needed.
func (l *Library) Close() error { return l.reader.Close() }

// Refresh reads the shelf again, after another process wrote to it.
func (l *Library) Refresh(ctx context.Context) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.refresh(ctx)
}

// refresh is Refresh for a caller that holds mu.
func (l *Library) refresh(ctx context.Context) error {
	start := l.now()
	all, published, err := l.shelf.Articles(ctx)
	if err != nil {
		return fmt.Errorf("read articles: %w", err)
	}
	s := &state{versions: map[desk.ArticleID][]desk.Article{}, published: published, phrased: map[string][]string{}}
	for _, a := range all {
		s.versions[a.ID] = append(s.versions[a.ID], a)
	}
	for _, versions := range s.versions {
		slices.SortFunc(versions, func(a, b desk.Article) int { return a.Version - b.Version })
	}
	var entries []search.Entry
	for _, a := range s.live() {
		for _, p := range a.Passages {
			s.passages = append(s.passages, p)
			for _, phrasing := range p.Phrasings {
				s.phrased[bare(phrasing)] = append(s.phrased[bare(phrasing)], a.Audience)
			}
			entries = append(entries, search.Entry{
				Audience: a.Audience, Title: p.Title, Heading: p.Heading, Text: p.Text, Phrasings: p.Phrasings,
			})
		}
	}
	s.index = search.New(entries)
	l.state.Store(s)
	l.log.InfoContext(ctx, "knowledge indexed", "passages", len(entries), "took", l.now().Sub(start))
	return nil
}

// live returns the published versions, ordered by title.
func (s *state) live() []desk.Article {
	var live []desk.Article
	for id, versions := range s.versions {
		for _, a := range versions {
			if a.Version == s.published[id] {
				live = append(live, a)
			}
		}
	}
	sortByTitle(live)
	return live
}

func sortByTitle(articles []desk.Article) {
	slices.SortFunc(articles, func(a, b desk.Article) int {
		if c := strings.Compare(a.Title, b.Title); c != 0 {
			return c
		}
		return strings.Compare(string(a.ID), string(b.ID))
	})
}

// Publish makes a version the one that is found, in place of any other of its article.
func (l *Library) Publish(ctx context.Context, id desk.ArticleID, version int) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !slices.ContainsFunc(l.state.Load().versions[id], func(a desk.Article) bool { return a.Version == version }) {
		return fmt.Errorf("article %s version %d: %w", id, version, desk.ErrNotFound)
	}
	if err := l.shelf.MarkPublished(ctx, id, version); err != nil {
		return fmt.Errorf("publish %s: %w", id, err)
	}
	return l.refresh(ctx)
}

// Withdraw stops an article from being found and keeps its versions.
func (l *Library) Withdraw(ctx context.Context, id desk.ArticleID) error {
	return l.change(ctx, id, func() error { return l.shelf.MarkPublished(ctx, id, 0) })
}

// Remove drops an article with every version.
func (l *Library) Remove(ctx context.Context, id desk.ArticleID) error {
	return l.change(ctx, id, func() error { return l.shelf.DropArticle(ctx, id) })
}

func (l *Library) change(ctx context.Context, id desk.ArticleID, act func() error) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if len(l.state.Load().versions[id]) == 0 {
		return fmt.Errorf("article %s: %w", id, desk.ErrNotFound)
	}
	if err := act(); err != nil {
		return fmt.Errorf("article %s: %w", id, err)
	}
	return l.refresh(ctx)
}

// Articles returns the published version of every article, ordered by title.
func (l *Library) Articles() []desk.Article { return l.state.Load().live() }

// Latest returns the latest version of every article, published or not, ordered by title.
func (l *Library) Latest() (all []desk.Article) {
	for _, versions := range l.state.Load().versions {
		all = append(all, versions[len(versions)-1])
	}
	sortByTitle(all)
	return all
}

// Published returns which version of an article is published; 0 is none.
func (l *Library) Published(id desk.ArticleID) int { return l.state.Load().published[id] }

// Versions returns every version of an article, oldest first, and which one is published; 0 is none.
func (l *Library) Versions(id desk.ArticleID) (versions []desk.Article, published int, err error) {
	s := l.state.Load()
	if len(s.versions[id]) == 0 {
		return nil, 0, fmt.Errorf("article %s: %w", id, desk.ErrNotFound)
	}
	return slices.Clone(s.versions[id]), s.published[id], nil
}

// Phrased reports whether a question is, but for its punctuation, one that a passage is known to answer. Only articles whose
// audience may allows count; nil allows none.
func (l *Library) Phrased(question string, may func(audience string) bool) bool {
	key := bare(question)
	return key != "" && may != nil && slices.ContainsFunc(l.state.Load().phrased[key], may)
}

// bare is a text's letters and digits.
func bare(text string) string {
	return strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKC.String(text))
}

// Find returns the passages that answer a question best, best first, with their score. Only articles whose audience
// may allows are searched; nil allows none.
func (l *Library) Find(ctx context.Context, question string, limit int, may func(audience string) bool) ([]desk.Passage, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if may == nil {
		return nil, nil
	}
	s := l.state.Load()
	var found []desk.Passage
	for _, hit := range s.index.Search(question, limit, may) {
		p := s.passages[hit.Entry]
		p.Score = hit.Confidence
		found = append(found, p)
	}
	return found, nil
}

// language is Chinese when a fair share of the letters is.
func language(passages []desk.Passage) desk.Lang {
	han, latin := 0, 0
	for _, p := range passages {
		for _, r := range p.Text {
			switch {
			case unicode.Is(unicode.Han, r):
				han++
			case unicode.IsLetter(r):
				latin++
			}
		}
	}
	if han*4 > latin { // a character says as much as four letters
		return desk.Chinese
	}
	return desk.English
}

func firstOf(texts ...string) string {
	for _, t := range texts {
		if t = strings.TrimSpace(t); t != "" {
			return t
		}
	}
	return ""
}
