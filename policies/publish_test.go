package policies_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/policies"
	"keliu/streams"
	"keliu/streams/desk"
)

// A shelf is a stream in memory, as far as engines use one. It hands every record to every subscription.
type shelf struct {
	streams.Log // the rest, which nothing here uses

	mu      sync.Mutex
	records []streams.Record
	grown   chan struct{} // closed and replaced at each publication
	before  func()        // runs before a publication is appended, once
}

func newShelf() *shelf { return &shelf{grown: make(chan struct{})} }

func (s *shelf) Publish(_ context.Context, _ string, records ...streams.Record) error {
	s.mu.Lock()
	before := s.before
	s.before = nil
	s.mu.Unlock()
	if before != nil {
		before()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.records = append(s.records, records...)
	close(s.grown)
	s.grown = make(chan struct{})
	return nil
}

func (s *shelf) Read(_ context.Context, _ string, visit func(streams.Record) error) error {
	s.mu.Lock()
	records := slices.Clone(s.records)
	s.mu.Unlock()
	for _, r := range records {
		if err := visit(r); err != nil {
			return err
		}
	}
	return nil
}

func (s *shelf) Subscribe(ctx context.Context, _, _ string, handle streams.Handler) error {
	for next := 0; ; {
		s.mu.Lock()
		records, grown := slices.Clone(s.records[next:]), s.grown
		s.mu.Unlock()
		for _, r := range records {
			if err := handle(ctx, r); err != nil {
				return err
			}
		}
		next += len(records)
		if len(records) > 0 {
			continue
		}
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-grown:
		}
	}
}

// limited is the embedded set with another limit for refunds.
func limited(fen int) policies.Set {
	s := policies.Embedded()
	s.Files["may_run.rego"] = strings.Replace(s.Files["may_run.rego"], "limit := 50000", fmt.Sprintf("limit := %d", fen), 1)
	return s
}

// granted reports whether a refund of so many fen is automatic.
func granted(t testing.TB, e *policies.Engine, fen int64) bool {
	t.Helper()
	r, err := e.MayRun(t.Context(), policies.MayRun{Action: "refund", Known: true, Amount: fen})
	if err != nil {
		t.Fatal(err)
	}
	return r.Allow
}

func TestSetsWithMistakesAreRefused(t *testing.T) {
	const head = "package keliu.may_run\n\n"
	cases := []struct{ name, source, want string }{
		{"syntax", head + "permit.all := \"x\" if {\n", "may_run.rego:4:"},
		{"the net", head + "permit.all := \"x\" if {\n\thttp.send({\"method\": \"get\", \"url\": \"http://localhost\"}).status_code == 200\n}\n", "may_run.rego:4:2: undefined function http.send"},
		{"the environment", head + "permit.all := opa.runtime().env.HOME\n", "may_run.rego:3:15: undefined function opa.runtime"},
		{"name lookups", head + "permit.all := \"x\" if net.lookup_ip_addr(input.channel)\n", "may_run.rego:3:22: undefined function net.lookup_ip_addr"},
		{"the clock", head + "permit.all := \"x\" if time.now_ns() > 0\n", "undefined function time.now_ns"},
		{"chance", head + "permit.all := \"x\" if rand.intn(\"a\", 2) == 1\n", "undefined function rand.intn"},
		{"endless ranges", head + "permit.all := \"x\" if count(numbers.range(1, 1000000000)) > 1\n", "undefined function numbers.range"},
		{"an attribute misspelt", head + "permit.all := \"x\" if input.amout > 3\n", `may_run.rego:3:28: the question has no "amout"; it has function, action, channel, stage, known, amount`},
		{"recursion", head + "permit.all := permit.all\n", "recursive"},
		{"types", head + "permit.all := \"x\" if count(3) > 1\n", "may_run.rego:3:22: count: invalid argument"},
		{"another package", "package shop\n\nx := 1\n", "may_run.rego:1:1: the set has no package keliu.may_run"},
		{"an empty file", "", "may_run.rego:1:1: empty module"},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			log := newShelf()
			e := open(t, policies.Options{Streams: log})
			before := e.Revision()
			_, err := e.Publish(t.Context(), with("may_run.rego", c.source))
			if !errors.Is(err, desk.ErrInvalid) {
				t.Fatalf("got %v", err)
			}
			var mistakes policies.Mistakes
			if !errors.As(err, &mistakes) || len(mistakes) == 0 {
				t.Fatalf("no mistakes in %v", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got  %v\nwant %s", err, c.want)
			}
			if e.Revision() != before || len(log.records) != 0 || !granted(t, e, 50000) {
				t.Error("the refused set left a trace")
			}
		})
	}
}

func TestPublishTakesEffectAtOnce(t *testing.T) {
	for _, log := range []streams.Log{nil, newShelf()} {
		e := open(t, policies.Options{Streams: log})
		if !granted(t, e, 40000) {
			t.Fatal("the embedded rules refuse 400 yuan")
		}
		revision, err := e.Publish(t.Context(), limited(100))
		if err != nil {
			t.Fatal(err)
		}
		if revision != e.Revision() || granted(t, e, 40000) {
			t.Errorf("revision %s is in force, %s was published; 400 yuan granted: %v", e.Revision(), revision, granted(t, e, 40000))
		}
	}
}

// While sets are published, no answer rests on a limit other than that of the revision it names.
func TestNoRulingIsStale(t *testing.T) {
	e := open(t, policies.Options{})
	var mu sync.Mutex
	limits := map[string]int64{e.Revision(): 50000}
	var askers sync.WaitGroup
	done := make(chan struct{})
	for range 4 {
		askers.Go(func() {
			for amount := int64(0); ; amount = (amount + 1) % 40 {
				select {
				case <-done:
					return
				default:
				}
				r, err := e.MayRun(t.Context(), policies.MayRun{Action: "refund", Known: true, Amount: amount})
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				limit, known := limits[r.Revision]
				mu.Unlock()
				if !known || r.Allow != (amount <= limit) {
					t.Errorf("%d fen under a limit of %d (%v): %+v", amount, limit, known, r)
					return
				}
			}
		})
	}
	draft := open(t, policies.Options{})
	for limit := range 30 {
		s := limited(limit)
		revision, err := draft.Publish(t.Context(), s)
		if err != nil {
			t.Fatal(err)
		}
		mu.Lock()
		limits[revision] = int64(limit)
		mu.Unlock()
		if _, err := e.Publish(t.Context(), s); err != nil {
			t.Fatal(err)
		}
		if granted(t, e, int64(limit)+1) || !granted(t, e, int64(limit)) {
			t.Errorf("limit %d is not in force after it was published", limit)
		}
	}
	close(done)
	askers.Wait()
}

// watch lets e watch until the test ends.
func watch(t *testing.T, e *policies.Engine) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	watched := make(chan error, 1)
	go func() { watched <- e.Watch(ctx) }()
	t.Cleanup(func() {
		cancel()
		if err := <-watched; !errors.Is(err, context.Canceled) {
			t.Errorf("watching ended with %v", err)
		}
	})
}

// eventually waits until done holds.
func eventually(t *testing.T, done func() bool) {
	t.Helper()
	deadline := time.After(10 * time.Second)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for !done() {
		select {
		case <-deadline:
			t.Fatal("it did not come about")
		case <-tick.C:
		}
	}
}

func TestEveryProcessFollows(t *testing.T) {
	log := newShelf()
	here, there := open(t, policies.Options{Streams: log}), open(t, policies.Options{Streams: log})
	watch(t, here)
	watch(t, there)
	for limit := range 5 {
		revision, err := here.Publish(t.Context(), limited(limit))
		if err != nil {
			t.Fatal(err)
		}
		eventually(t, func() bool { return there.Revision() == revision })
		if granted(t, there, int64(limit)+1) {
			t.Errorf("limit %d did not arrive", limit)
		}
	}
	later := open(t, policies.Options{Streams: log})
	if later.Revision() != here.Revision() {
		t.Error("a process that starts later decides by other rules")
	}
}

func TestHistoryAndRollback(t *testing.T) {
	log := newShelf()
	clock := time.Date(2026, 11, 24, 8, 0, 0, 0, time.UTC)
	e := open(t, policies.Options{Streams: log, Now: func() time.Time { return clock }})
	embedded := e.Revision()
	s := limited(100)
	s.Author, s.Note = "lin", "年末收紧"
	strict, err := e.Publish(t.Context(), s)
	if err != nil {
		t.Fatal(err)
	}
	if err := e.Rollback(t.Context(), embedded, "chen", "恢复"); err != nil {
		t.Fatal(err)
	}
	if e.Revision() != embedded || !granted(t, e, 40000) {
		t.Error("the rollback is not in force")
	}
	sets, err := e.Sets(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	type line struct{ Revision, Author, Note string }
	var got []line
	for _, s := range sets[1:] {
		got = append(got, line{s.Revision, s.Author, s.Note})
		if !s.At.Equal(clock) {
			t.Errorf("%s is stamped %s", s.Note, s.At)
		}
	}
	want := []line{{strict, "lin", "年末收紧"}, {embedded, "chen", "恢复"}}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if err := e.Rollback(t.Context(), "000000000000", "chen", ""); !errors.Is(err, desk.ErrNotFound) {
		t.Errorf("rolling back to nowhere: %v", err)
	}
}

// The second of two people who publish at once is told, whichever process they use.
func TestPublishingAtOnce(t *testing.T) {
	log := newShelf()
	here, there := open(t, policies.Options{Streams: log}), open(t, policies.Options{Streams: log})
	first, second := limited(1), limited(2)
	first.Base, second.Base = here.Revision(), there.Revision()
	if _, err := here.Publish(t.Context(), limited(3)); err != nil {
		t.Fatal(err)
	}
	if _, err := here.Publish(t.Context(), first); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("same process: %v", err)
	}

	second.Base = here.Revision()
	first.Base = here.Revision()
	there = open(t, policies.Options{Streams: log})
	log.before = func() { // here is quicker by a hair
		if _, err := here.Publish(t.Context(), first); err != nil {
			t.Error(err)
		}
	}
	if _, err := there.Publish(t.Context(), second); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("another process: %v", err)
	}
	if here.Revision() != there.Revision() || granted(t, there, 2) || !granted(t, there, 1) {
		t.Error("the second came into force")
	}
	later := open(t, policies.Options{Streams: log})
	if later.Revision() != here.Revision() {
		t.Error("a process that starts later sees another winner")
	}
}

// A set that another version of the product published and this one cannot compile never opens what was closed.
func TestForeignSet(t *testing.T) {
	foreign := with("may_run.rego", "package keliu.may_run\n\npermit.all := future.builtin(1)\n")
	publish := func(log *shelf, id string, s policies.Set) {
		if err := policies.Sets.Publish(t.Context(), log, id, id, s); err != nil {
			t.Fatal(err)
		}
	}

	log := newShelf()
	publish(log, "1", foreign)
	if _, err := policies.Open(t.Context(), policies.Options{Streams: log}); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("opened with no rules that compile: %v", err)
	}

	log = newShelf()
	publish(log, "1", limited(7))
	publish(log, "2", foreign)
	e := open(t, policies.Options{Streams: log})
	if !granted(t, e, 7) || granted(t, e, 8) {
		t.Error("the last set that compiles is not in force")
	}
	watch(t, e)
	publish(log, "3", limited(9))
	eventually(t, func() bool { return granted(t, e, 9) })
}
