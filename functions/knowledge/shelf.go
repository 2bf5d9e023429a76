package knowledge

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"keliu/streams/desk"
)

// A MemoryShelf is a Shelf that forgets when the process ends. The zero value is empty and ready.
type MemoryShelf struct {
	mu        sync.Mutex
	all       []desk.Article
	published map[desk.ArticleID]int
}

var _ Shelf = (*MemoryShelf)(nil)

// KeepArticle implements Shelf.
func (m *MemoryShelf) KeepArticle(_ context.Context, a desk.Article) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	for _, b := range m.all {
		if b.ID == a.ID && b.Version == a.Version {
			return fmt.Errorf("article %s version %d: %w", a.ID, a.Version, desk.ErrConflict)
		}
	}
	m.all = append(m.all, a)
	return nil
}

// MarkPublished implements Shelf.
func (m *MemoryShelf) MarkPublished(_ context.Context, id desk.ArticleID, version int) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.published == nil {
		m.published = map[desk.ArticleID]int{}
	}
	if version == 0 {
		delete(m.published, id)
	} else {
		m.published[id] = version
	}
	return nil
}

// DropArticle implements Shelf.
func (m *MemoryShelf) DropArticle(_ context.Context, id desk.ArticleID) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.all = slices.DeleteFunc(m.all, func(a desk.Article) bool { return a.ID == id })
	delete(m.published, id)
	return nil
}

// Articles implements Shelf.
func (m *MemoryShelf) Articles(context.Context) ([]desk.Article, map[desk.ArticleID]int, error) {
	m.mu.Lock()
	defer m.mu.Unlock()
	published := map[desk.ArticleID]int{}
	maps.Copy(published, m.published)
	return slices.Clone(m.all), published, nil
}
