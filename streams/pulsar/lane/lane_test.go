package lane_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"keliu/streams/pulsar/lane"
)

type item struct {
	key string
	n   int
}

// Whatever fails how often: each key's items are settled in order, each once, and one at a time.
func TestOrderOfEachKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		items := rapid.SliceOfN(rapid.IntRange(0, 5), 1, 200).Draw(t, "keys")
		failures := rapid.SliceOfN(rapid.IntRange(0, 2), len(items), len(items)).Draw(t, "failures")
		var mu sync.Mutex
		busy, got, want := map[string]bool{}, map[string][]int{}, map[string][]int{}
		left := len(items)
		over := make(chan struct{})
		set := lane.Set[item]{Workers: rapid.IntRange(1, 8).Draw(t, "workers")}
		set.Handle = func(i item) (time.Duration, bool) {
			mu.Lock()
			if busy[i.key] {
				t.Errorf("two items of %s at the same time", i.key)
			}
			busy[i.key] = true
			mu.Unlock()
			runtime.Gosched()
			mu.Lock()
			defer mu.Unlock()
			busy[i.key] = false
			if failures[i.n] > 0 {
				failures[i.n]--
				return time.Microsecond, false
			}
			got[i.key] = append(got[i.key], i.n)
			if left--; left == 0 {
				close(over)
			}
			return 0, true
		}
		for n, k := range items {
			key := fmt.Sprint(k)
			want[key] = append(want[key], n)
			set.Add(key, item{key, n})
		}
		<-over
		set.Close()
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("order (-added +settled):\n%s", diff)
		}
		if held, parked := set.Count(); held != 0 || parked != 0 {
			t.Errorf("%d items are held and %d parked after all were settled", held, parked)
		}
	})
}

func TestFailingKeysLeaveHalfOfTheWorkers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		stuck := make(chan struct{})
		settled := 0
		set := lane.Set[item]{Workers: 4}
		tries := map[string]int{}
		var mu sync.Mutex
		set.Handle = func(i item) (time.Duration, bool) {
			mu.Lock()
			tries[i.key]++
			again := tries[i.key] > 1
			mu.Unlock()
			if i.key == "good" {
				settled++
				return 0, true
			}
			if again {
				<-stuck // fails slowly
			}
			return time.Second, false
		}
		for n := range 20 {
			set.Add(fmt.Sprint("bad", n), item{fmt.Sprint("bad", n), n})
		}
		time.Sleep(2 * time.Second) // of the bubble: every bad key is tried again by now, as far as there are workers
		set.Add("good", item{"good", 0})
		synctest.Wait()
		if settled != 1 {
			t.Error("keys that fail slowly hold up one that does not")
		}
		if held, parked := set.Count(); held != 20 || parked != 20 {
			t.Errorf("%d held, %d parked, want 20 of each", held, parked)
		}
		close(stuck)
		set.Close()
	})
}

func TestRoom(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		release := make(chan struct{})
		set := lane.Set[item]{Workers: 8, Handle: func(i item) (time.Duration, bool) {
			if i.key == "slow" {
				<-release
			}
			return 0, true
		}}
		for n := range 5000 {
			set.Add("slow", item{"slow", n})
		}
		asked := time.Now()
		if err := set.Room(t.Context()); err != nil {
			t.Fatal(err)
		}
		if waited := time.Since(asked); waited < time.Second || waited > 2*time.Second {
			t.Errorf("5000 items of one key make others wait %v, want until the key counts as slow", waited)
		}
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if err := set.Room(ctx); !errors.Is(err, context.Canceled) {
			t.Errorf("Room in a cancelled context: %v", err)
		}
		close(release)
		synctest.Wait()
		if held, _ := set.Count(); held != 0 {
			t.Errorf("%d items are held", held)
		}
		set.Close()
	})
}

func TestCloseHandsOutNothingMore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		begun := make(chan struct{})
		release := make(chan struct{})
		var seen []int
		set := lane.Set[item]{Workers: 1, Handle: func(i item) (time.Duration, bool) {
			seen = append(seen, i.n)
			close(begun)
			<-release
			return 0, true
		}}
		for n := range 3 {
			set.Add("k", item{"k", n})
		}
		<-begun
		closed := make(chan struct{})
		go func() { set.Close(); close(closed) }()
		synctest.Wait()
		select {
		case <-closed:
			t.Error("Close returned while an item was being handled")
		default:
		}
		close(release)
		<-closed
		set.Add("k", item{"k", 9})
		if !slices.Equal(seen, []int{0}) {
			t.Errorf("handled %v, want the first alone", seen)
		}
	})
}
