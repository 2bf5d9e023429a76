package store_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/store"
	"keliu/functions/store/storetest"
	"keliu/streams"
	"keliu/streams/desk"
)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func open(t testing.TB, address string) *store.Store {
	t.Helper()
	s, err := store.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() }) // once more for those that a test has closed
	return s
}

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// said is the effect of a customer's message on a conversation that had seq entries.
func said(conversation string, seq int64, out ...desk.Outgoing) store.Effect {
	id := fmt.Sprintf("%s-%d", conversation, seq+1)
	return store.Effect{
		Record:       id,
		Conversation: desk.Conversation{ID: desk.ConversationID(conversation), Stage: desk.WithAI, Seq: seq + 1, Version: seq + 1, Updated: noon},
		Entries:      []store.Entry{{ID: id, Seq: seq + 1, Body: fmt.Appendf(nil, `{"seq":%d,"event":"message","message":{"id":%q,"text":"你好"}}`, seq+1, id)}},
		Outgoing:     out,
	}
}

func TestAnEffectHappensOnce(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		if err := s.Commit(t.Context(), said("c", 0)); err != nil {
			t.Fatal(err)
		}
		if err := s.Commit(t.Context(), said("c", 0)); !errors.Is(err, store.ErrDone) {
			t.Errorf("the same record again: %v, want ErrDone", err)
		}
		stale := said("c", 0)
		stale.Record, stale.Entries[0].ID = "another", "another"
		if err := s.Commit(t.Context(), stale); !errors.Is(err, desk.ErrConflict) {
			t.Errorf("made from an old state: %v, want ErrConflict", err)
		}
		told, err := s.After(t.Context(), "c", 0, 10)
		if err != nil || len(told) != 1 {
			t.Errorf("timeline %v (%v), want one entry", told, err)
		}
	})
}

func TestConcurrentEffectsOfOneRecord(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		var wg sync.WaitGroup
		errs := make(chan error, 64)
		for range 64 {
			wg.Go(func() { errs <- s.Commit(t.Context(), said("c", 0)) })
		}
		wg.Wait()
		close(errs)
		done := 0
		for err := range errs {
			if err == nil {
				done++
			} else if !errors.Is(err, store.ErrDone) {
				t.Error(err)
			}
		}
		if done != 1 {
			t.Errorf("%d of 64 took effect, want 1", done)
		}
	})
}

// A unit that breaks the transaction must not take its group along.
func TestABrokenEffectLeavesItsGroupAlone(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		broken := said("broken", 0)
		broken.Entries = append(broken.Entries, broken.Entries[0]) // the same ID twice
		var wg sync.WaitGroup
		for i := range 50 {
			wg.Go(func() {
				if err := s.Commit(t.Context(), said(fmt.Sprint("good", i), 0)); err != nil {
					t.Errorf("good %d: %v", i, err)
				}
			})
			wg.Go(func() {
				if err := s.Commit(t.Context(), broken); !errors.Is(err, desk.ErrUnavailable) {
					t.Errorf("broken: %v, want ErrUnavailable", err)
				}
			})
		}
		wg.Wait()
		if _, err := s.Conversation(t.Context(), "broken"); !errors.Is(err, desk.ErrNotFound) {
			t.Errorf("a broken effect left state behind: %v", err)
		}
	})
}

// What was committed and not published is published by the next process, before anything new of the same conversation.
func TestOutboxSurvivesAnEnd(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		out := func(i int64) desk.Outgoing {
			return desk.Outgoing{Topic: "out", Record: streams.Record{ID: fmt.Sprint("r", i), Key: "c"}}
		}
		first := open(t, address)
		for i := range int64(3) {
			if err := first.Commit(t.Context(), said("c", i, out(i))); err != nil {
				t.Fatal(err)
			}
		}
		if err := first.Close(); err != nil {
			t.Fatal(err)
		}
		second := open(t, address)
		log := &recorder{fail: 2, got: make(chan string, 10)}
		ctx, cancel := context.WithCancel(t.Context())
		ended := make(chan error)
		go func() { ended <- second.Relay(ctx, log, func(error) {}) }()
		var got []string
		for i := int64(3); i < 5; i++ {
			if err := second.Commit(t.Context(), said("c", i, out(i))); err != nil {
				t.Fatal(err)
			}
		}
		for len(got) < 5 {
			got = append(got, <-log.got)
		}
		cancel()
		<-ended
		if diff := cmp.Diff([]string{"r0", "r1", "r2", "r3", "r4"}, got); diff != "" {
			t.Error(diff)
		}
	})
}

// A recorder is a log that fails at first and tells what it got.
type recorder struct {
	streams.Log
	fail int
	got  chan string
}

func (r *recorder) Publish(_ context.Context, _ string, records ...streams.Record) error {
	if r.fail > 0 {
		r.fail--
		return streams.ErrUnavailable
	}
	for _, rec := range records {
		r.got <- rec.ID
	}
	return nil
}

func TestSaidCountsMessagesOnly(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		bodies := []string{
			`{"seq":1,"event":"message","message":{"id":"1","text":"转人工"}}`,
			`{"seq":2,"event":"reply","message":{"id":"2","text":"好的"}}`,
			`{"seq":3,"event":"handoff","queue":{"state":"queued","staffed":true,"text":"\"message\":{"}}`,
			`{"seq":4,"event":"handoff","queue":{"state":"accepted","staffed":true,"text":""}}`,
			`{"seq":5,"event":"reply","message":{"id":"5","text":"在的"}}`,
			`{"seq":6,"event":"closed","reason":"idle"}`,
		}
		for seq, body := range bodies {
			e := said("c", int64(seq))
			e.Entries[0].Body = []byte(body)
			if err := s.Commit(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		for _, c := range []struct {
			before int64
			limit  int
			want   []int64
		}{{0, 50, []int64{1, 2, 5}}, {0, 2, []int64{2, 5}}, {5, 1, []int64{2}}, {2, 50, []int64{1}}, {1, 50, nil}} {
			found, err := s.Said(t.Context(), "c", c.before, c.limit)
			if err != nil {
				t.Fatal(err)
			}
			var got []int64
			for _, n := range found {
				if n.Message == nil {
					t.Fatalf("entry %d has no message", n.Seq)
				}
				got = append(got, n.Seq)
			}
			if diff := cmp.Diff(c.want, got); diff != "" {
				t.Errorf("before %d, at most %d (-want +got):\n%s", c.before, c.limit, diff)
			}
		}
	})
}

func TestTheAngryGoFirst(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		for i, priority := range []int{0, 2, 0, 1} {
			e := said(fmt.Sprint("c", i), 0)
			e.Enter = &desk.Place{Conversation: e.Conversation.ID, Priority: priority, Since: noon.Add(time.Duration(i) * time.Second)}
			if err := s.Commit(t.Context(), e); err != nil {
				t.Fatal(err)
			}
		}
		places, err := s.Waiting(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []desk.ConversationID
		for _, p := range places {
			got = append(got, p.Conversation)
		}
		if diff := cmp.Diff([]desk.ConversationID{"c1", "c3", "c0", "c2"}, got); diff != "" {
			t.Error(diff)
		}
		if n, err := s.Ahead(t.Context(), desk.Place{Priority: 1, Since: noon.Add(time.Minute)}.Rank()); n != 2 || err != nil {
			t.Errorf("%d ahead (%v), want 2", n, err)
		}
	})
}

func TestIdentities(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		visitor, err := s.Identify(t.Context(), store.Identity{Kind: "visitor", Value: "v1"}, desk.Customer{ID: "a", Seen: noon})
		if err != nil || visitor.ID != "a" {
			t.Fatal(visitor, err)
		}
		again, err := s.Identify(t.Context(), store.Identity{Kind: "visitor", Value: "v1"}, desk.Customer{ID: "b", Seen: noon})
		if err != nil || again.ID != "a" {
			t.Fatalf("the same visitor is %v (%v), want a", again.ID, err)
		}
		member, err := s.Vouch(t.Context(), visitor, desk.Customer{ID: "x", Member: "m1", Name: "林晓彤"})
		if err != nil || member.ID != "a" || member.Member != "m1" {
			t.Fatal(member, err)
		}
		other, err := s.Identify(t.Context(), store.Identity{Kind: "visitor", Value: "v2"}, desk.Customer{ID: "c", Seen: noon})
		if err != nil {
			t.Fatal(err)
		}
		next, err := s.Vouch(t.Context(), member, desk.Customer{ID: "d", Member: "m2", Name: "陈志远"})
		if err != nil || next.ID != "d" || next.Member != "m2" {
			t.Fatalf("another member on the same device is %+v (%v), want d", next, err)
		}
		same, err := s.Vouch(t.Context(), other, desk.Customer{ID: "y", Member: "m1", Name: "林晓彤"})
		if err != nil || same.ID != "a" || same.Name != "林晓彤" {
			t.Fatalf("the member on another device is %+v (%v), want a", same, err)
		}
	})
}

func TestAddresses(t *testing.T) {
	for _, address := range []string{
		"", "mysql://x", "sqlite:x?mode=ro", "postgres:", "postgres://", "postgres://host", "postgres:///keliu", "postgres://u:secret@h:port/d",
		"postgres://u:secret@h/d?pool=3", "postgres://u:secret@h/d?writers=0", "postgres://u:secret@h/d?readers=many", "postgres://u:secret@h/d?sslmode=perhaps",
		"postgres://u:secret@%zz/d", "postgres://u:secret@h/d?connect_timeout=x",
	} {
		_, err := store.Open(t.Context(), address, t.TempDir())
		if !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%q: %v, want ErrInvalid", address, err)
		} else if strings.Contains(err.Error(), "secret") {
			t.Errorf("%q: %v tells the password", address, err)
		}
	}
}

// What strangers send is kept, whatever bytes it is of.
func TestAnyTextIsKept(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		for _, text := range []string{"a\x00b", "\xff\xfe", "你好\x00", "😀", ""} {
			who := store.Identity{Kind: "open" + text, Value: text}
			first, err := s.Identify(t.Context(), who, desk.Customer{ID: desk.CustomerID("c" + text), Name: text, Seen: noon})
			if err != nil {
				t.Errorf("%q: %v", text, err)
				continue
			}
			again, err := s.Identify(t.Context(), who, desk.Customer{ID: "other", Seen: noon})
			if err != nil || again.ID == "other" {
				t.Errorf("%q is %q the first time and then %q (%v)", text, first.ID, again.ID, err)
			}
		}
	})
}

// Texts are ordered by their bytes, on every database.
func TestOrderOfTexts(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		ids := []desk.AgentID{"B", "Z", "_", "a", "b", "É", "é", "中"}
		for _, id := range slices.Backward(ids) {
			if err := s.SaveAgent(t.Context(), desk.Agent{ID: id, Role: "agent"}); err != nil {
				t.Fatal(err)
			}
		}
		all, err := s.Agents(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		var got []desk.AgentID
		for _, a := range all {
			got = append(got, a.ID)
		}
		if diff := cmp.Diff(ids, got); diff != "" {
			t.Error(diff)
		}
	})
}

func BenchmarkCommit(b *testing.B) {
	each(b, func(b *testing.B, address string) {
		s := open(b, address)
		b.SetParallelism(64)
		b.RunParallel(func(pb *testing.PB) {
			id := fmt.Sprintf("%p", pb)
			for seq := int64(0); pb.Next(); seq++ {
				if err := s.Commit(b.Context(), said(id, seq, desk.Outgoing{Topic: "out", Record: streams.Record{ID: id, Key: id}})); err != nil {
					b.Error(err)
					return
				}
			}
		})
		b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "commits/s")
	})
}
