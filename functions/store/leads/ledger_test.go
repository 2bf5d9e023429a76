package leads_test

import (
	"fmt"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/store/database"
	"keliu/functions/store/leads"
	"keliu/functions/store/storetest"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func open(t testing.TB, address string) *leads.Shelf {
	t.Helper()
	db, err := database.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return leads.Open(db)
}

// opened opens a window of somebody, as a touch does.
func opened(t testing.TB, s *leads.Shelf, channel, person string, o leads.Opening) {
	t.Helper()
	who := desk.PersonID(channel + ":" + person)
	if _, err := s.Change(t.Context(), who, "", func(c *leads.Change) error {
		c.Lead.Person, c.Lead.Channel = who, channel
		c.Openings = []leads.Opening{o}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
}

// Many ask at the same time, some twice, of however many processes, in every window of every platform: exactly as many are granted as the platform takes, and
// what is kept is not the AI's.
func TestManyAskAtOnce(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		all := storetest.Processes(address, func() *leads.Shelf { return open(t, address) })
		for _, w := range quota.Windows() {
			opened(t, all[0], w.Channel, w.Scene, leads.Opening{Scene: w.Scene, At: noon})
			var ai, human, again atomic.Int64
			var asking sync.WaitGroup
			for i := range 40 {
				for twice := range 2 {
					asking.Go(func() {
						want := quota.Want{ID: fmt.Sprint(w.Channel, w.Scene, i), Channel: w.Channel, Scene: w.Scene, Person: w.Scene, By: desk.ByAI, At: noon.Add(time.Second)}
						count := &ai
						if i%4 == 0 {
							want.By, count = desk.ByHuman, &human
						}
						g, err := all[(i+twice)%len(all)].Take(t.Context(), want)
						switch {
						case err != nil:
							t.Error(err)
						case g.OK && g.Again:
							again.Add(1)
						case g.OK:
							count.Add(1)
						}
					})
				}
			}
			asking.Wait()
			most := int64(w.Messages)
			if w.Calls > 0 {
				most = int64(w.Calls)
			}
			if got := ai.Load() + human.Load(); got != most || w.Calls == 0 && ai.Load() > most-int64(w.Kept) || again.Load() > most {
				t.Errorf("%s/%s: the AI got %d, people %d, of %d (%d again)", w.Channel, w.Scene, ai.Load(), human.Load(), most, again.Load())
			}
		}
	})
}

func TestTheLedgerKeepsWhatBecameOfMessages(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		s := open(t, address)
		take := func(id string, at time.Time) quota.Grant {
			t.Helper()
			g, err := s.Take(t.Context(), quota.Want{ID: id, Channel: "douyin", Scene: quota.Reply, Person: "fish", By: desk.ByHuman, Opened: noon, At: at})
			if err != nil {
				t.Fatal(err)
			}
			return g
		}
		left := func() int {
			t.Helper()
			all, err := s.Left(t.Context(), "douyin:fish", "douyin", noon.Add(time.Minute))
			if err != nil || len(all) != 1 {
				t.Fatalf("%+v, %v", all, err)
			}
			return all[0].Left
		}
		settle := func(id string, d desk.Delivery) {
			t.Helper()
			if err := s.Settle(t.Context(), id, d); err != nil {
				t.Fatal(err)
			}
		}
		if g := take("m1", noon); !g.OK || g.Left != 5 {
			t.Errorf("the window that the caller knows of: %+v", g)
		}
		settle("m1", desk.Delivery{State: desk.Failed, Code: 1})
		settle("m1", desk.Delivery{State: desk.Failed, Code: 1})
		settle("unknown", desk.Delivery{State: desk.Failed, Code: 28003070})
		if left() != 6 {
			t.Errorf("what failed is not given back: %d left", left())
		}
		take("m2", noon)
		settle("m2", desk.Delivery{State: desk.Uncertain, At: noon})
		if left() != 5 {
			t.Errorf("what is uncertain was given back: %d left", left())
		}
		take("m3", noon)
		settle("m3", desk.Delivery{State: desk.Failed, Code: 28003070})
		if g := take("m4", noon.Add(time.Second)); g.OK || g.Code != "used_up" || left() != 0 {
			t.Errorf("the platform said that it is full: %+v", g)
		}
		for channel, want := range map[string]bool{"web": true, "app": true, "nowhere": false} {
			if g, err := s.Take(t.Context(), quota.Want{ID: channel, Channel: channel, Scene: quota.Reply, Person: "x", At: noon}); err != nil || g.OK != want {
				t.Errorf("%s: %+v, %v", channel, g, err)
			}
		}
	})
}

// A day takes so many people, whoever else is written to at the same time; one whose message failed counts no more.
func TestADayTakesSoManyPeople(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		shelves := storetest.Processes(address, func() *leads.Shelf { return open(t, address) })
		s := shelves[0]
		push := func(s *leads.Shelf, who string) quota.Grant {
			g, err := s.Take(t.Context(), quota.Want{ID: who, Channel: "douyin", Scene: quota.Authorised, Person: who, By: desk.BySystem, Opened: noon, At: noon})
			if err != nil {
				t.Error(err)
			}
			return g
		}
		var granted atomic.Int64
		var all sync.WaitGroup
		for part := range 10 {
			all.Go(func() {
				for i := range 505 {
					if push(shelves[part%len(shelves)], fmt.Sprint("p", part, "_", i)).OK {
						granted.Add(1)
					}
				}
			})
		}
		all.Wait()
		if granted.Load() != 5000 {
			t.Fatalf("%d people were written to, the platform allows 5000", granted.Load())
		}
		if g := push(s, "one more"); g.Code != "people_full" {
			t.Errorf("%+v", g)
		}
		if err := s.Settle(t.Context(), "p0_0", desk.Delivery{State: desk.Failed}); err != nil {
			t.Fatal(err)
		}
		if g := push(s, "one more"); !g.OK {
			t.Errorf("after one has failed: %+v", g)
		}
		if err := s.Forget(t.Context(), noon.Add(time.Hour)); err != nil {
			t.Fatal(err)
		}
	})
}

func BenchmarkTake(b *testing.B) {
	each(b, func(b *testing.B, address string) {
		s := open(b, address)
		n := 0
		for b.Loop() {
			n++
			if _, err := s.Take(b.Context(), quota.Want{ID: fmt.Sprint(n), Channel: "douyin", Scene: quota.Reply, Person: fmt.Sprint(n), By: desk.ByAI, Opened: noon, At: noon}); err != nil {
				b.Fatal(err)
			}
		}
	})
}
