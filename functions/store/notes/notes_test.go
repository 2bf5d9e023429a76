package notes_test

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/notes"
	"keliu/functions/store/storetest"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func open(t *testing.T, address string) (*store.Store, *notes.Book) {
	t.Helper()
	s, err := store.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, notes.Open(s.DB)
}

func TestNotes(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		_, b := open(t, address)
		var want []notes.Note
		for i := range 3 {
			n := notes.Note{ID: fmt.Sprint("n", i), Conversation: "c", By: "agent", Name: "小禾", Text: "老客户", At: noon.Add(time.Duration(i) * time.Minute)}
			if err := b.Add(t.Context(), n); err != nil {
				t.Fatal(err)
			}
			want = append([]notes.Note{n}, want...)
		}
		got, err := b.Notes(t.Context(), "c")
		if diff := cmp.Diff(want, got); diff != "" || err != nil {
			t.Errorf("%s (%v)", diff, err)
		}
		if err := b.Strike(t.Context(), "n1"); err != nil {
			t.Fatal(err)
		}
		if _, err := b.Note(t.Context(), "n1"); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("a struck note: %v", err)
		}
		if err := b.Strike(t.Context(), "n1"); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("struck twice: %v", err)
		}
		if got, err := b.Notes(t.Context(), "another"); len(got) != 0 || err != nil {
			t.Errorf("of another conversation: %v (%v)", got, err)
		}
	})
}

// The trail keeps the latest fifty pages; to stay on one is no visit.
func TestTrail(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		_, b := open(t, address)
		at := noon
		visit := func(page string) {
			t.Helper()
			at = at.Add(time.Second)
			if err := b.Visited(t.Context(), "c", page, at); err != nil {
				t.Fatal(err)
			}
		}
		for i := range 120 {
			visit(fmt.Sprint("https://shop.example/", i/2))
		}
		trail, err := b.Trail(t.Context(), "c")
		if err != nil {
			t.Fatal(err)
		}
		if len(trail) != 50 || trail[0].Page != "https://shop.example/59" || trail[49].Page != "https://shop.example/10" {
			t.Errorf("%d pages, from %s to %s", len(trail), trail[len(trail)-1].Page, trail[0].Page)
		}
		visit("https://shop.example/1")
		if trail, err = b.Trail(t.Context(), "c"); err != nil || len(trail) != 50 || trail[0].Page != "https://shop.example/1" {
			t.Errorf("%d pages, the latest %v (%v)", len(trail), trail[0], err)
		}
	})
}

// Closings are those of every conversation of a customer, the latest session first, each once.
func TestClosings(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, b := open(t, address)
		c := desk.Conversation{ID: "c", Customer: "u", Stage: desk.Closed, Seq: 1, Version: 1, Updated: noon}
		if err := s.Commit(t.Context(), store.Effect{Record: "e", Conversation: c, Entries: []store.Entry{{ID: "e", Seq: 1, Body: []byte(`{}`)}}}); err != nil {
			t.Fatal(err)
		}
		for _, summary := range []string{"写错了", "已退货"} {
			if err := b.Closed(t.Context(), notes.Closing{Conversation: "c", Session: 1, Reason: "solved", Summary: summary}); err != nil {
				t.Fatal(err)
			}
		}
		if err := b.Closed(t.Context(), notes.Closing{Conversation: "c", Session: 2, Reason: "no_reply"}); err != nil {
			t.Fatal(err)
		}
		got, err := b.Closings(t.Context(), "u")
		if err != nil || len(got) != 2 || got[0].Session != 2 || got[1].Summary != "已退货" {
			t.Errorf("%+v (%v)", got, err)
		}
	})
}

// The demo's answers are imported once, and changed ones stay; they hold nothing that would not be filled in.
func TestDemo(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		_, b := open(t, address)
		if err := b.Import(t.Context(), notes.Demo()); err != nil {
			t.Fatal(err)
		}
		changed := notes.Demo()[0]
		changed.Text = "您好"
		if err := errors.Join(b.Save(t.Context(), changed), b.Import(t.Context(), notes.Demo())); err != nil {
			t.Fatal(err)
		}
		all, err := b.Canned(t.Context(), "agent")
		if err != nil || len(all) != len(notes.Demo()) || all[0].Text != "您好" {
			t.Errorf("%d answers, the first %+v (%v)", len(all), all[0], err)
		}
		placeholder := regexp.MustCompile(`\{(name|order)\}`)
		for _, c := range notes.Demo() {
			if rest := placeholder.ReplaceAllString(c.Text, ""); regexp.MustCompile(`[{}]`).MatchString(rest) || c.Title == "" || c.Group == "" || c.Owner != "" {
				t.Errorf("%+v", c)
			}
		}
	})
}
