package store_test

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"keliu/functions/store"
	"keliu/functions/store/storetest"
	"keliu/streams"
	"keliu/streams/desk"
)

// shared is a database that several processes share.
func shared(t *testing.T) (address string) {
	t.Helper()
	server := os.Getenv("KELIU_TEST_POSTGRES")
	if server == "" {
		t.Skip("KELIU_TEST_POSTGRES names no server: only PostgreSQL is shared by processes")
	}
	return storetest.Address(t, server)
}

// processes opens a store as several processes do, all at once.
func processes(t *testing.T, address string, n int) []*store.Store {
	t.Helper()
	all := make([]*store.Store, n)
	var opening sync.WaitGroup
	for i := range all {
		opening.Go(func() {
			s, err := store.Open(t.Context(), address, "")
			if err != nil {
				t.Error(err)
				return
			}
			all[i] = s
		})
	}
	opening.Wait()
	if t.Failed() {
		t.FailNow()
	}
	t.Cleanup(func() {
		for _, s := range all {
			s.Close()
		}
	})
	return all
}

func TestProcessesOpenAtOnce(t *testing.T) {
	all := processes(t, shared(t), 4)
	if err := all[0].Commit(t.Context(), said("c", 0)); err != nil {
		t.Fatal(err)
	}
	for _, s := range all {
		if _, err := s.Conversation(t.Context(), "c"); err != nil {
			t.Error(err)
		}
	}
}

func TestProcessesDoOneEffectOnce(t *testing.T) {
	all := processes(t, shared(t), 3)
	var mu sync.Mutex
	done := map[string]int{}
	var wg sync.WaitGroup
	for _, s := range all {
		for i := range 50 {
			wg.Go(func() {
				id := fmt.Sprint("c", i)
				err := s.Commit(t.Context(), said(id, 0))
				mu.Lock()
				defer mu.Unlock()
				if err == nil {
					done[id]++
				} else if !errors.Is(err, store.ErrDone) {
					t.Errorf("%s: %v", id, err)
				}
			})
		}
	}
	wg.Wait()
	for i := range 50 {
		if id := fmt.Sprint("c", i); done[id] != 1 {
			t.Errorf("%s took effect %d times", id, done[id])
		}
	}
}

func TestProcessesKnowOneCustomer(t *testing.T) {
	all := processes(t, shared(t), 3)
	ids := make([]map[desk.CustomerID]bool, 20)
	var mu sync.Mutex
	var wg sync.WaitGroup
	for visitor := range ids {
		ids[visitor] = map[desk.CustomerID]bool{}
		for i, s := range all {
			wg.Go(func() {
				who := store.Identity{Kind: "visitor", Value: fmt.Sprint(visitor)}
				c, err := s.Identify(t.Context(), who, desk.Customer{ID: desk.CustomerID(fmt.Sprint(visitor, "-", i)), Seen: noon})
				if err != nil {
					t.Error(err)
				}
				c, err = s.Vouch(t.Context(), c, desk.Customer{ID: "x", Member: desk.MemberID(fmt.Sprint("m", visitor))})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				ids[visitor][c.ID] = true
			})
		}
	}
	wg.Wait()
	for visitor, known := range ids {
		if len(known) != 1 {
			t.Errorf("visitor %d is %v", visitor, known)
		}
	}
}

// A heard log keeps the order in which it was told, by key.
type heard struct {
	streams.Log
	mu    sync.Mutex
	byKey map[string][]string
}

// Publish keeps records.
func (h *heard) Publish(_ context.Context, _ string, records ...streams.Record) error {
	h.mu.Lock()
	defer h.mu.Unlock()
	for _, r := range records {
		h.byKey[r.Key] = append(h.byKey[r.Key], r.ID)
	}
	return nil
}

// in returns the records of a key as they came, each counted where it came first.
func (h *heard) in(key string) []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	var first []string
	for _, id := range h.byKey[key] {
		if !slices.Contains(first, id) {
			first = append(first, id)
		}
	}
	return first
}

// relay runs the relays of processes until the test stops them.
func relay(t *testing.T, log streams.Log, all ...*store.Store) (stop func()) {
	ctx, cancel := context.WithCancel(t.Context())
	var relays sync.WaitGroup
	for _, s := range all {
		relays.Go(func() {
			if err := s.Relay(ctx, log, func(error) {}); !errors.Is(err, context.Canceled) {
				t.Errorf("relay: %v", err)
			}
		})
	}
	return sync.OnceFunc(func() { cancel(); relays.Wait() })
}

// wait waits until something is so.
func wait(t *testing.T, what string, so func() bool) {
	t.Helper()
	tick := time.NewTicker(10 * time.Millisecond)
	defer tick.Stop()
	late := time.After(time.Minute)
	for !so() {
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("%s: not within a minute", what)
		}
	}
}

// told is what an effect of a conversation sends out.
func told(key string, seq int64) desk.Outgoing {
	return desk.Outgoing{Topic: "out", Record: streams.Record{ID: fmt.Sprintf("%s-%04d", key, seq+1), Key: key, Body: []byte("{}")}}
}

// A conversation that wanders from process to process is told in order.
func TestProcessesTellInOrder(t *testing.T) {
	all := processes(t, shared(t), 3)
	log := &heard{byKey: map[string][]string{}}
	stop := relay(t, log, all...)
	defer stop()
	const conversations, effects = 16, 30
	var wg sync.WaitGroup
	for c := range conversations {
		wg.Go(func() {
			key := fmt.Sprint("c", c)
			for seq := range int64(effects) {
				if err := commit(t, all[(c+int(seq))%len(all)], said(key, seq, told(key, seq))); err != nil {
					t.Errorf("%s %d: %v", key, seq, err)
					return
				}
			}
		})
	}
	wg.Wait()
	checkTold(t, log, conversations, effects)
}

func checkTold(t *testing.T, log *heard, conversations, effects int) {
	t.Helper()
	for c := range conversations {
		key := fmt.Sprint("c", c)
		wait(t, key+" is told", func() bool { return len(log.in(key)) == effects })
		if got := log.in(key); !slices.IsSorted(got) {
			t.Errorf("%s is told as %v", key, got)
		}
	}
}

// commit makes an effect durable as a handler of a stream does: again while nobody can tell, and done is done.
func commit(t *testing.T, s *store.Store, e store.Effect) error {
	for {
		err := s.Commit(t.Context(), e)
		switch {
		case err == nil, errors.Is(err, store.ErrDone):
			return nil
		case !errors.Is(err, desk.ErrUnavailable):
			return err
		}
	}
}

// What a process has left that ended is told by another one, before anything new of the same conversation.
func TestProcessesAdopt(t *testing.T) {
	all := processes(t, shared(t), 2)
	log := &heard{byKey: map[string][]string{}}
	for seq := range int64(3) {
		if err := all[0].Commit(t.Context(), said("c", seq, told("c", seq))); err != nil {
			t.Fatal(err)
		}
	}
	if err := all[0].Close(); err != nil {
		t.Fatal(err)
	}
	stop := relay(t, log, all[1])
	defer stop()
	if err := commit(t, all[1], said("c", 3, told("c", 3))); err != nil {
		t.Fatal(err)
	}
	wait(t, "all is told", func() bool { return len(log.in("c")) == 4 })
	if got := log.in("c"); !slices.IsSorted(got) {
		t.Errorf("told as %v", got)
	}
}

// A process that others took for gone goes on, and what it does is told.
func TestAProcessThatWasStruckOffGoesOn(t *testing.T) {
	address := shared(t)
	s := processes(t, address, 1)[0]
	log := &heard{byKey: map[string][]string{}}
	stop := relay(t, log, s)
	defer stop()
	others, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer others.Close()
	for seq := range int64(20) {
		if _, err := others.ExecContext(t.Context(), "DELETE FROM marks"); err != nil {
			t.Fatal(err)
		}
		if err := s.Commit(t.Context(), said("c0", seq, told("c0", seq))); err != nil {
			t.Fatal(err)
		}
	}
	checkTold(t, log, 1, 20)
}

// One process at a time is alone, and when it ends another one is.
func TestProcessesAreAlone(t *testing.T) {
	all := processes(t, shared(t), 2)
	first, cancel := context.WithCancel(t.Context())
	began, ended, next := make(chan bool), make(chan error), make(chan bool)
	go func() {
		ended <- all[0].Alone(first, "upkeep", func(ctx context.Context) error { began <- true; <-ctx.Done(); return ctx.Err() })
	}()
	<-began
	second, stop := context.WithCancel(t.Context())
	var running sync.WaitGroup
	running.Go(func() {
		all[1].Alone(second, "upkeep", func(ctx context.Context) error { next <- true; <-ctx.Done(); return ctx.Err() })
	})
	select {
	case <-next:
		t.Error("two are alone")
	case err := <-ended:
		t.Errorf("the first ended: %v", err)
	case <-time.After(3 * time.Second): // the second has looked twice
	}
	cancel()
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Error(err)
	}
	<-next
	stop()
	running.Wait()
}

// Connections that are killed at any moment lose nothing and double nothing.
func TestKilledConnections(t *testing.T) {
	address := shared(t)
	name := address[strings.LastIndex(address, "=")+1:]
	all := processes(t, address+"&application_name="+name, 2)
	log := &heard{byKey: map[string][]string{}}
	stop := relay(t, log, all...)
	defer stop()
	killer, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer killer.Close()
	killing, enough := context.WithCancel(t.Context())
	var kills sync.WaitGroup
	kills.Go(func() {
		for killing.Err() == nil {
			if _, err := killer.ExecContext(killing, `SELECT pg_terminate_backend(pid), pg_sleep(0.01) FROM pg_stat_activity WHERE application_name = $1
				ORDER BY random() LIMIT 3`, name); err != nil && killing.Err() == nil {
				t.Error(err)
			}
		}
	})
	const conversations, effects = 16, 25
	var wg sync.WaitGroup
	for c := range conversations {
		wg.Go(func() {
			key := fmt.Sprint("c", c)
			for seq := range int64(effects) {
				if err := commit(t, all[c%len(all)], said(key, seq, told(key, seq))); err != nil {
					t.Errorf("%s %d: %v", key, seq, err)
					return
				}
			}
		})
	}
	wg.Wait()
	enough()
	kills.Wait()
	checkTold(t, log, conversations, effects)
	for c := range conversations {
		entries, err := all[0].After(t.Context(), desk.ConversationID(fmt.Sprint("c", c)), 0, effects+1)
		if err != nil || len(entries) != effects || !slices.IsSortedFunc(entries, func(a, b desk.Notice) int { return cmp.Compare(a.Seq, b.Seq) }) {
			t.Errorf("c%d has %d entries (%v)", c, len(entries), err)
		}
	}
}
