package drafts_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/drafts"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func open(t *testing.T) *drafts.Drawer {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return drafts.Open(s.DB)
}

func TestEachAuthorHasOneDraft(t *testing.T) {
	d := open(t)
	first := drafts.Draft{Base: "r1", Files: map[string]string{"a.rego": "package a\n# 中文"}, Note: "为什么", At: noon, Recorded: noon}
	second := drafts.Draft{Base: "r2", Files: map[string]string{"b.rego": strings.Repeat("x", 1<<20)}, At: noon.Add(time.Hour)}
	for author, draft := range map[desk.AgentID]drafts.Draft{"one": first, "two": second} {
		if err := d.Save(t.Context(), author, drafts.Draft{Base: "before", Note: "gone"}); err != nil {
			t.Fatal(err)
		}
		if err := d.Save(t.Context(), author, draft); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.Remove(t.Context(), "nobody"); err != nil {
		t.Errorf("removing what is not there: %v", err)
	}
	for author, want := range map[desk.AgentID]drafts.Draft{"one": first, "two": second} {
		got, err := d.Draft(t.Context(), author)
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s: %v %s", author, err, diff)
		}
	}
	if err := d.Remove(t.Context(), "one"); err != nil {
		t.Fatal(err)
	}
	if _, err := d.Draft(t.Context(), "one"); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("a removed draft: %v", err)
	}
	if _, err := d.Draft(t.Context(), "two"); err != nil {
		t.Errorf("somebody else's draft went with it: %v", err)
	}
}
