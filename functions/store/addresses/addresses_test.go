package addresses_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/functions/store/addresses"
	"keliu/functions/store/database"
	"keliu/functions/store/storetest"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// each runs a test on every database that there is.
func each[T storetest.T[T]](t T, do func(t T, address string)) {
	t.Helper()
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), do)
}

func open(t *testing.T, address string) *addresses.Book {
	t.Helper()
	db, err := database.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return addresses.Open(db)
}

// The latest counts, in whatever order it is noted; what a note does not know it does not take away.
func TestAddresses(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b := open(t, address)
		first := functions.Address{
			Channel: "douyin", Person: "a", Customer: "u", Conversation: "c", Account: "us", Thread: "t", Message: "m1", Wrote: noon,
		}
		entered := functions.Address{Channel: "douyin", Person: "a", Customer: "u", Conversation: "c", Entry: "e1", Entered: noon.Add(time.Minute)}
		late := functions.Address{Channel: "douyin", Person: "a", Customer: "u", Conversation: "c", Message: "m0", Wrote: noon.Add(-time.Hour), Entry: "e0", Entered: noon.Add(-time.Hour)}
		want := first
		want.Entry, want.Entered = entered.Entry, entered.Entered
		for _, order := range [][]functions.Address{{first, entered, late}, {late, entered, first}, {entered, first, late, late, first}} {
			for _, a := range order {
				a.Channel = fmt.Sprint(a.Channel, len(order), order[0].Entry)
				if err := b.Note(t.Context(), a); err != nil {
					t.Fatal(err)
				}
			}
			channel := fmt.Sprint("douyin", len(order), order[0].Entry)
			got, err := b.Person(t.Context(), channel, "a")
			if err != nil {
				t.Fatal(err)
			}
			same, err := b.Conversation(t.Context(), channel, "c")
			if err != nil {
				t.Fatal(err)
			}
			want.Channel = channel
			if diff := cmp.Diff(want, got) + cmp.Diff(want, same); diff != "" {
				t.Error(diff)
			}
		}
		if _, err := b.Person(t.Context(), "douyin", "nobody"); !errors.Is(err, desk.ErrNotFound) {
			t.Error(err)
		}
	})
}

// Of all who begin the same at the same time one has begun.
func TestOneBegins(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		b := open(t, address)
		var wg sync.WaitGroup
		var mu sync.Mutex
		begun := 0
		for range 20 {
			wg.Go(func() {
				_, ok, err := b.Begin(t.Context(), "douyin", functions.Sending{Delivery: desk.Delivery{Send: "s", At: noon}})
				if err != nil {
					t.Error(err)
				}
				mu.Lock()
				defer mu.Unlock()
				if ok {
					begun++
				}
			})
		}
		wg.Wait()
		if begun != 1 {
			t.Errorf("%d have begun", begun)
		}
	})
}

// Whether the network says first that it shows a message or that it took it, the message has arrived.
func TestShown(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		for name, shownFirst := range map[string]bool{"before": true, "after": false} {
			b := open(t, address)
			s := functions.Sending{Conversation: "c", Seq: 4, Remote: "r", Delivery: desk.Delivery{Send: "s", State: desk.Sent, At: noon}}
			if shownFirst {
				if _, err := b.Shown(t.Context(), "douyin", "r", noon.UnixMilli()); !errors.Is(err, desk.ErrNotFound) {
					t.Fatal(err)
				}
			}
			if _, err := b.Settle(t.Context(), "douyin", s); err != nil {
				t.Fatal(err)
			}
			if !shownFirst {
				if got, err := b.Shown(t.Context(), "douyin", "r", noon.UnixMilli()); err != nil || got.Send != "s" {
					t.Fatalf("%+v (%v)", got, err)
				}
			}
			s.State = desk.Arrived
			all, err := b.Of(t.Context(), "c")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]functions.Sending{s}, all); diff != "" {
				t.Errorf("shown %s it was taken:\n%s", name, diff)
			}
		}
	})
}

func TestUnconfirmed(t *testing.T) {
	s := functions.Sending{Delivery: desk.Delivery{State: desk.Sent, At: noon}}
	if s.Unconfirmed(noon.Add(time.Minute)) || !s.Unconfirmed(noon.Add(time.Hour)) {
		t.Error("a message is unconfirmed after five minutes, not before")
	}
	if s.State = desk.Arrived; s.Unconfirmed(noon.Add(time.Hour)) {
		t.Error("what arrived is unconfirmed")
	}
}
