package knowledge

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"maps"
	"path"
	"reflect"
	"slices"
	"strings"

	"keliu/functions/knowledge/documents"
	"keliu/streams/desk"
)

// An Upload is a document as it was handed in, or an article as somebody edited it.
type Upload struct {
	Name     string // of the file, with its extension
	Body     []byte
	Parts    []Part         // instead of a body
	Title    string         // empty takes the document's own, or else its name
	Audience string         // Public when empty
	By       string         // who handed it in
	As       As             // what it is when there is an article of its title already
	Article  desk.ArticleID // of which it is a version; empty finds that out
}

// An As says what a document is when there is an article of the same title and audience that came from another file.
type As string

// What a document may be.
const (
	Ask       As = ""        // neither: Add refuses with desk.ErrConflict
	AsVersion As = "version" // the next version of that article
	AsNew     As = "new"     // an article of its own
)

// Add reads a document and keeps it as the next version of the article that came from a file of the same name, or of the one
// that has the same title and audience where u.As says so. A document that says what the latest version says adds none.
// Nothing is published.
func (l *Library) Add(ctx context.Context, u Upload) (desk.Article, error) {
	a, doc, err := l.read(ctx, u)
	if err != nil {
		return desk.Article{}, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.keep(ctx, a, doc, u)
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
		u.As = AsVersion
		if a, err = l.keep(ctx, a, doc, u); err != nil {
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
	var doc documents.Document
	var err error
	if u.Parts != nil {
		doc, err = compose(u.Parts)
	} else {
		doc, err = l.reader.Read(ctx, u.Name, u.Body)
	}
	if err != nil {
		return desk.Article{}, documents.Document{}, fmt.Errorf("add %s: %w", u.Name, err)
	}
	return desk.Article{
		Title: firstOf(u.Title, doc.Title, strings.TrimSuffix(u.Name, path.Ext(u.Name))), Audience: u.Audience,
		Source: u.Name, By: u.By, At: l.now().UTC(),
	}, doc, nil
}

// keep puts an article on the shelf as a new version, unless it says nothing new. The caller holds mu.
func (l *Library) keep(ctx context.Context, a desk.Article, doc documents.Document, u Upload) (desk.Article, error) {
	s := l.state.Load()
	latest, ok, err := s.before(a, u)
	if err != nil {
		return desk.Article{}, err
	}
	a.ID, a.Version = latest.ID, latest.Version+1
	if !ok {
		a.ID = s.freshID(a)
	} else if u.Parts != nil {
		a.Source = latest.Source // that it was edited does not make it another file
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

// before returns the latest version of the article that an upload belongs to, if it belongs to one.
func (s *state) before(a desk.Article, u Upload) (latest desk.Article, ok bool, err error) {
	if u.Article != "" {
		versions := s.versions[u.Article]
		if len(versions) == 0 {
			return latest, false, fmt.Errorf("article %s: %w", u.Article, desk.ErrNotFound)
		}
		return versions[len(versions)-1], true, nil
	}
	latest, ok = s.same(a)
	switch {
	case !ok || u.As == AsNew:
		return desk.Article{}, false, nil
	case u.As == Ask && latest.Source != a.Source:
		return latest, false, desk.Refuse(desk.ErrConflict, "article_exists", a.Title)
	}
	return latest, true, nil
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

// freshID is the same wherever the same document is the first of its name.
func (s *state) freshID(a desk.Article) desk.ArticleID {
	name := a.Source + "\x00" + a.Audience + "\x00" + a.Title
	for {
		sum := sha256.Sum256([]byte(name))
		id := desk.ArticleID("art_" + hex.EncodeToString(sum[:8]))
		if len(s.versions[id]) == 0 {
			return id
		}
		name += "\x00"
	}
}
