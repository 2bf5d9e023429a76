// Package knowledge takes documents in and gives cited passages out.
//
// A document becomes an article; each time it changes the article gets a version, which never changes again. One
// version of an article at most is published, and only published versions are found.
package knowledge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"log/slog"
	"maps"
	"path"
	"reflect"
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

// An Upload is a document as it was handed in.
type Upload struct {
	Name     string // of the file, with its extension
	Body     []byte
	Title    string // empty takes the document's own, or else its name
	Audience string // Public when empty
	By       string // who handed it in
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

// Add reads a document and keeps it as the next version of the article that came from a file of the same name or has
// the same title and audience. A document that says what the latest version says adds none. Nothing is published.
func (l *Library) Add(ctx context.Context, u Upload) (desk.Article, error) {
	a, doc, err := l.read(ctx, u)
	if err != nil {
		return desk.Article{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.keep(ctx, a, doc)
}

// Import adds documents and publishes them, all at once.
func (l *Library) Import(ctx context.Context, uploads []Upload) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	for _, u := range uploads {
		a, doc, err := l.read(ctx, u)
		if err != nil {
			return err
		}
		if a, err = l.keep(ctx, a, doc); err != nil {
			return err
		}
		if l.state.Load().published[a.ID] == a.Version {
			continue
		}
		if err := l.shelf.MarkPublished(ctx, a.ID, a.Version); err != nil {
			return fmt.Errorf("publish %s: %w", a.Title, err)
		}
	}
	return l.refresh(ctx)
}

// read turns an upload into an article that has no ID, version and passages yet.
func (l *Library) read(ctx context.Context, u Upload) (desk.Article, documents.Document, error) {
	if u.Audience == "" {
		u.Audience = Public
	}
	if u.Audience != Public && u.Audience != Staff {
		return desk.Article{}, documents.Document{}, desk.Refuse(desk.ErrInvalid, "audience_unknown", u.Audience)
	}
	u.Name = path.Base(strings.ReplaceAll(u.Name, `\`, "/"))
	doc, err := l.reader.Read(ctx, u.Name, u.Body)
	if err != nil {
		return desk.Article{}, documents.Document{}, fmt.Errorf("add %s: %w", u.Name, err)
	}
	return desk.Article{
		Title: firstOf(u.Title, doc.Title, strings.TrimSuffix(u.Name, path.Ext(u.Name))), Audience: u.Audience,
		Source: u.Name, By: u.By, At: l.now().UTC(),
	}, doc, nil
}

// keep puts an article on the shelf as a new version, unless it says nothing new. The caller holds mu.
func (l *Library) keep(ctx context.Context, a desk.Article, doc documents.Document) (desk.Article, error) {
	s := l.state.Load()
	latest, ok := s.same(a)
	a.ID, a.Version = latest.ID, latest.Version+1
	if !ok {
		a.ID = articleID(a)
	}
	a.Passages = passages(a, doc)
	a.Lang = language(a.Passages)
	if ok && a.Title == latest.Title && a.Audience == latest.Audience && reflect.DeepEqual(a.Passages, latest.Passages) {
		return latest, nil
	}
	if err := l.shelf.KeepArticle(ctx, a); err != nil {
		return desk.Article{}, fmt.Errorf("keep %s: %w", a.Title, err)
	}
	l.state.Store(s.with(a))
	return a, nil
}

// with is s and one more version, which is not published.
func (s *state) with(a desk.Article) *state {
	next := *s
	next.versions = maps.Clone(s.versions)
	next.versions[a.ID] = append(slices.Clone(s.versions[a.ID]), a)
	return &next
}

// same returns the latest version of the article that a is another version of.
func (s *state) same(a desk.Article) (desk.Article, bool) {
	var found desk.Article
	for _, versions := range s.versions {
		latest := versions[len(versions)-1]
		if latest.Source == a.Source {
			return latest, true
		}
		if latest.Title == a.Title && latest.Audience == a.Audience {
			found = latest
		}
	}
	return found, found.ID != ""
}

// articleID is the same wherever the same document is the first of its name.
func articleID(a desk.Article) desk.ArticleID {
	sum := sha256.Sum256([]byte(a.Source + "\x00" + a.Audience + "\x00" + a.Title))
	return desk.ArticleID("art_" + hex.EncodeToString(sum[:8]))
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
