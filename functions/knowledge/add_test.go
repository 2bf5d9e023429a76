package knowledge

import (
	"errors"
	"testing"

	"keliu/streams/desk"
)

// Another file of the same title is neither a version nor an article of its own until somebody says which.
func TestSameTitleIsAskedAbout(t *testing.T) {
	l, err := Open(t.Context(), Options{Shelf: &MemoryShelf{}})
	if err != nil {
		t.Fatal(err)
	}
	add := func(name string, as As) (desk.Article, error) {
		return l.Add(t.Context(), Upload{Name: name, Title: "退货", Body: []byte("退货说明，来自 " + name), As: as})
	}
	first, err := add("a.md", Ask)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := add("b.md", Ask); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("nobody was asked: %v", err)
	}
	version, err := add("b.md", AsVersion)
	if err != nil || version.ID != first.ID || version.Version != 2 {
		t.Errorf("as a version: %s %d (%v)", version.ID, version.Version, err)
	}
	own, err := add("c.md", AsNew)
	if err != nil || own.ID == first.ID || own.Version != 1 {
		t.Errorf("as an article of its own: %s %d (%v)", own.ID, own.Version, err)
	}
	if _, err := l.Add(t.Context(), Upload{Name: "d.md", Body: []byte("x"), Article: "art_none"}); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("a version of nothing: %v", err)
	}
	if all := l.Latest(); len(all) != 2 || l.Published(first.ID) != 0 {
		t.Errorf("%d articles", len(all))
	}
}
