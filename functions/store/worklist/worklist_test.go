package worklist_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/functions/store"
	"keliu/functions/store/storetest"
	"keliu/functions/store/worklist"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func open(t testing.TB, address string) (*store.Store, *worklist.List) {
	t.Helper()
	s, err := store.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s, worklist.Open(s.DB)
}

// keep writes a conversation with the texts of its customer.
func keep(t testing.TB, s *store.Store, c desk.Conversation, texts ...string) {
	t.Helper()
	e := store.Effect{Record: string(c.ID)}
	for i, text := range append(texts, "好的") {
		id, event := fmt.Sprint(c.ID, "-", i), "message"
		if i == 0 {
			id = e.Record
		}
		if i == len(texts) {
			event = "reply"
		}
		e.Entries = append(e.Entries, store.Entry{ID: id, Seq: int64(i + 1), Body: fmt.Appendf(nil,
			`{"seq":%d,"event":%q,"conversation":%q,"message":{"id":%q,"text":%q}}`, i+1, event, c.ID, id, text)})
	}
	c.Seq, c.Version, c.Unread = int64(len(e.Entries)), 1, len(texts)
	e.Conversation = c
	if c.Stage == desk.Queued {
		e.Enter = &desk.Place{Conversation: c.ID, Since: c.Session.Queued, Priority: store.Mood(c.Emotion), Position: 1}
	}
	if err := s.Commit(t.Context(), e); err != nil {
		t.Fatal(err)
	}
}

func ids(rows []worklist.Row) (all []desk.ConversationID) {
	for _, r := range rows {
		all = append(all, r.ID)
	}
	return all
}

// The most urgent come first: who waits longest, the unhappy with a head start, and then who was heard of last.
func TestUrgency(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, l := open(t, address)
		ago := func(d time.Duration) time.Time { return noon.Add(-d) }
		keep(t, s, desk.Conversation{ID: "answered", Stage: desk.Human, LastBy: desk.ByHuman, Updated: ago(time.Hour), Session: desk.Session{Queued: ago(time.Hour)}})
		keep(t, s, desk.Conversation{ID: "quiet", Stage: desk.WithAI, Updated: noon})
		keep(t, s, desk.Conversation{ID: "waits", Stage: desk.Human, LastBy: desk.ByCustomer, Updated: noon, Session: desk.Session{LastIn: ago(5 * time.Minute)}})
		keep(t, s, desk.Conversation{ID: "unhappy", Stage: desk.Queued, Emotion: -0.5, Updated: noon, Session: desk.Session{Queued: ago(time.Minute)}})
		keep(t, s, desk.Conversation{ID: "taken over, not a word yet", Stage: desk.Human, LastBy: desk.ByAI, Updated: noon, Session: desk.Session{Queued: ago(10 * time.Minute)}})
		keep(t, s, desk.Conversation{ID: "closed", Stage: desk.Closed, Updated: noon.Add(time.Minute), Session: desk.Session{LastIn: ago(time.Hour)}})
		rows, err := l.Rows(t.Context(), worklist.Filter{Sort: worklist.ByUrgency})
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff([]desk.ConversationID{"unhappy", "taken over, not a word yet", "waits", "closed", "quiet", "answered"}, ids(rows)); diff != "" {
			t.Error(diff)
		}
		if r := rows[0]; !r.WaitingSince.Equal(ago(time.Minute)) || r.Position != 1 || r.Cursor == "" {
			t.Errorf("%+v", r)
		}
		if !rows[3].WaitingSince.IsZero() {
			t.Errorf("whose session is closed waits since %s", rows[3].WaitingSince)
		}
	})
}

// Page by page the list is what it is at once, in every order, whatever stands at the same place.
func TestPages(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, l := open(t, address)
		for i := range 60 {
			c := desk.Conversation{ID: desk.ConversationID(fmt.Sprint("c", i)), Stage: desk.WithAI, Updated: noon.Add(time.Duration(i%7) * time.Second)}
			if i%3 == 0 {
				c.Stage, c.Session.Queued = desk.Queued, noon.Add(-time.Duration(i%5)*time.Minute)
			}
			keep(t, s, c)
		}
		rapid.Check(t, func(r *rapid.T) {
			f := worklist.Filter{Sort: rapid.SampledFrom([]worklist.Sort{worklist.ByUrgency, worklist.ByUpdate}).Draw(r, "sort"), Limit: 1000}
			if rapid.Bool().Draw(r, "staged") {
				f.Stages = []desk.Stage{desk.WithAI, desk.Human}
			}
			whole, err := l.Rows(t.Context(), f)
			if err != nil {
				r.Fatal(err)
			}
			f.Limit = rapid.IntRange(1, 70).Draw(r, "limit")
			var pages []worklist.Row
			for {
				page, err := l.Rows(t.Context(), f)
				if err != nil {
					r.Fatal(err)
				}
				pages = append(pages, page...)
				if len(page) < f.Limit {
					break
				}
				f.After = page[len(page)-1].Cursor
			}
			if diff := cmp.Diff(ids(whole), ids(pages)); diff != "" {
				r.Error(diff)
			}
		})
		for _, cursor := range []string{"x", "1", "1_", "_c1", "1.5_c1"} {
			if _, err := l.Rows(t.Context(), worklist.Filter{After: cursor}); !errors.Is(err, desk.ErrInvalid) {
				t.Errorf("cursor %q: %v", cursor, err)
			}
		}
	})
}

// Nothing is unread up to where somebody looked; what comes later is.
func TestLooking(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, l := open(t, address)
		keep(t, s, desk.Conversation{ID: "c", Stage: desk.Human, Updated: noon}, "一", "二", "三")
		unread := func() int {
			row, err := l.Row(t.Context(), "c")
			if err != nil {
				t.Fatal(err)
			}
			return row.Unread
		}
		if n := unread(); n != 3 {
			t.Errorf("%d unread before anybody looked", n)
		}
		if err := l.Look(t.Context(), "c", 2); err != nil {
			t.Fatal(err)
		}
		if n := unread(); n != 1 {
			t.Errorf("%d unread after the second, want 1", n)
		}
		if err := errors.Join(l.Look(t.Context(), "c", 4), l.Look(t.Context(), "c", 1)); err != nil {
			t.Fatal(err)
		}
		if n := unread(); n != 0 {
			t.Errorf("%d unread after all was seen", n)
		}
		if _, err := l.Row(t.Context(), "nobody"); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("an unknown conversation: %v", err)
		}
	})
}

// However many ask at the same time, of however many processes, nobody is given to two.
func TestNextIsGivenOnce(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, _ := open(t, address)
		lists := storetest.Processes(address, func() *worklist.List { _, l := open(t, address); return l })
		for i := range 40 {
			keep(t, s, desk.Conversation{ID: desk.ConversationID(fmt.Sprint("c", i)), Stage: desk.Queued, Updated: noon, Session: desk.Session{Queued: noon}})
		}
		var mu sync.Mutex
		var given []desk.ConversationID
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				id, err := lists[i%len(lists)].Next(t.Context(), desk.Agent{ID: desk.AgentID(fmt.Sprint("a", i))}, func(id desk.ConversationID) (desk.Outgoing, error) {
					return desk.Out(desk.Inbound, fmt.Sprint(id, i), string(id), desk.Event{Kind: desk.Assigned})
				})
				if err != nil {
					if !errors.Is(err, desk.ErrNotFound) {
						t.Error(err)
					}
					return
				}
				mu.Lock()
				given = append(given, id)
				mu.Unlock()
			})
		}
		wg.Wait()
		slices.Sort(given)
		if len(given) != 40 || len(slices.Compact(given)) != 40 {
			t.Errorf("given: %v", given)
		}
	})
}

// What waits for a skill is for whoever has it.
func TestNextBySkill(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, l := open(t, address)
		c := desk.Conversation{ID: "c", Stage: desk.Queued, Updated: noon, Seq: 1, Version: 1}
		e := store.Effect{Record: "c", Conversation: c, Entries: []store.Entry{{ID: "c", Seq: 1, Body: []byte(`{}`)}}, Enter: &desk.Place{Conversation: "c", Skill: "complaint", Since: noon}}
		if err := s.Commit(t.Context(), e); err != nil {
			t.Fatal(err)
		}
		claim := func(id desk.ConversationID) (desk.Outgoing, error) {
			return desk.Out(desk.Inbound, "e", string(id), desk.Event{})
		}
		if id, err := l.Next(t.Context(), desk.Agent{ID: "a", Skills: []string{"presales"}}, claim); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("without the skill: %s (%v)", id, err)
		}
		if id, err := l.Next(t.Context(), desk.Agent{ID: "a", Skills: []string{"presales", "complaint"}}, claim); id != "c" || err != nil {
			t.Errorf("with it: %s (%v)", id, err)
		}
	})
}

// Words are found as they stand, whatever they mean to the database.
func TestFinding(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, l := open(t, address)
		keep(t, s, desk.Conversation{ID: "a", Stage: desk.WithAI, Name: `王"先生"`, Last: "好的"}, "100%纯棉吗", `他说"不行"!`)
		keep(t, s, desk.Conversation{ID: "b", Stage: desk.WithAI, Name: "李", Last: "A_B", Updated: noon}, "100 元")
		for words, want := range map[string][]desk.ConversationID{
			"100%": {"a"}, `"不行"!`: {"a"}, "100": {"a", "b"}, "_": nil, "没有": nil,
		} {
			found, err := l.Found(t.Context(), worklist.Filter{Words: words}, 10, func(desk.Message) bool { return true })
			if err != nil {
				t.Fatal(err)
			}
			var got []desk.ConversationID
			for id := range found {
				got = append(got, id)
			}
			slices.Sort(got)
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("%s: %s", words, diff)
			}
		}
		late, cancel := context.WithTimeout(t.Context(), 0)
		defer cancel()
		if _, err := l.Found(late, worklist.Filter{Words: "100"}, 10, nil); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("without time: %v", err)
		}
		for _, limit := range []int{1, 2} {
			refused := 0
			found, err := l.Found(t.Context(), worklist.Filter{Words: "1", Stages: []desk.Stage{desk.WithAI}}, limit, func(m desk.Message) bool {
				refused++
				return refused > 1
			})
			if err != nil || len(found) != 1 || found["a"].Text != "100%纯棉吗" {
				t.Errorf("at most %d without the first: %v (%v)", limit, found, err)
			}
		}
		for words, want := range map[string][]desk.ConversationID{`"先生"`: {"a"}, "A_B": {"b"}, "AxB": nil} {
			rows, err := l.Rows(t.Context(), worklist.Filter{Words: words})
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(want, ids(rows)); diff != "" {
				t.Errorf("%s: %s", words, diff)
			}
		}
	})
}

// The workbench's list with a thousand open conversations, a fifth of them waiting.
func BenchmarkRows(b *testing.B) {
	each(b, func(b *testing.B, address string) {
		s, l := open(b, address)
		for i := range 1000 {
			c := desk.Conversation{
				ID: desk.ConversationID(fmt.Sprintf("c_%026d", i)), Customer: "u", Name: "王先生", Channel: "web", Lang: desk.Chinese, Stage: desk.Human, Agent: "agent",
				Facts: desk.Facts{desk.FactOrder: "QH202611240003"}, Last: "我的快递到哪了", LastBy: desk.ByCustomer, Updated: noon.Add(time.Duration(i) * time.Second),
			}
			if i%5 == 0 {
				c.Stage, c.Agent, c.Session.Queued = desk.Queued, "", noon
			}
			keep(b, s, c, "我的快递到哪了", "在吗")
			if i%2 == 0 {
				if err := l.Look(b.Context(), c.ID, 1); err != nil {
					b.Fatal(err)
				}
			}
		}
		for _, limit := range []int{50, 1000} {
			b.Run(fmt.Sprint(limit), func(b *testing.B) {
				for b.Loop() {
					rows, err := l.Rows(b.Context(), worklist.Filter{Stages: []desk.Stage{desk.Queued, desk.Human}, Sort: worklist.ByUrgency, Limit: limit})
					if err != nil || len(rows) != limit {
						b.Fatal(len(rows), err)
					}
				}
			})
		}
	})
}

// Whatever was said is found by any part of it.
func TestEveryPartIsFound(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s, l := open(t, address)
		n := 0
		rapid.Check(t, func(r *rapid.T) {
			text := []rune(rapid.StringN(1, 30, -1).Draw(r, "text"))
			from := rapid.IntRange(0, len(text)-1).Draw(r, "from")
			words := string(text[from:rapid.IntRange(from+1, len(text)).Draw(r, "to")])
			n++
			c := desk.Conversation{ID: desk.ConversationID(fmt.Sprint("c", n)), Customer: desk.CustomerID(fmt.Sprint("u", n)), Seq: 1, Version: 1}
			body, err := json.Marshal(desk.Notice{Seq: 1, Conversation: c.ID, Event: desk.EventMessage, Message: &desk.Message{Text: string(text)}})
			if err != nil {
				r.Fatal(err)
			}
			if err := s.Commit(t.Context(), store.Effect{Record: string(c.ID), Conversation: c, Entries: []store.Entry{{ID: string(c.ID), Seq: 1, Body: body}}}); err != nil {
				r.Fatal(err)
			}
			found, err := l.Found(t.Context(), worklist.Filter{Words: words, Customer: c.Customer}, 1, func(m desk.Message) bool { return strings.Contains(m.Text, words) })
			if err != nil || found[c.ID].Text != string(text) {
				r.Errorf("%q is not found in %q: %v (%v)", words, string(text), found, err)
			}
		})
	})
}

// FuzzCursor checks that a cursor is refused or is a place in the list.
func FuzzCursor(f *testing.F) {
	s, l := open(f, storetest.Address(f, os.Getenv("KELIU_TEST_POSTGRES")))
	keep(f, s, desk.Conversation{ID: "c", Stage: desk.WithAI, Updated: noon})
	for _, seed := range []string{"", "1_c", "-1_c", "9223372036854775807_c", "9223372036854775808_c", "x", "1_c d", "1_'; DROP TABLE conversations"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cursor string) {
		for _, sort := range []worklist.Sort{worklist.ByUrgency, worklist.ByUpdate} {
			if rows, err := l.Rows(t.Context(), worklist.Filter{After: cursor, Sort: sort}); err != nil && !errors.Is(err, desk.ErrInvalid) || len(rows) > 1 {
				t.Errorf("%q: %v (%v)", cursor, rows, err)
			}
		}
	})
}
