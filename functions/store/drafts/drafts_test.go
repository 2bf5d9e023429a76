package drafts_test

import (
	"errors"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/drafts"
	"keliu/functions/store/storetest"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func open(t *testing.T, address string) *drafts.Drawer {
	t.Helper()
	s, err := store.Open(t.Context(), address, "")
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
	each(t, func(t *testing.T, address string) {
		d := open(t, address)
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
	})
}
