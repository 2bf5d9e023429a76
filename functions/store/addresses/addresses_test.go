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

// Of all who begin the same at the same time, in however many processes, one has begun.
func TestOneBegins(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		books := storetest.Processes(address, func() *addresses.Book { return open(t, address) })
		var wg sync.WaitGroup
		var mu sync.Mutex
		begun := 0
		for i := range 20 {
			wg.Go(func() {
				_, ok, err := books[i%len(books)].Begin(t.Context(), "douyin", functions.Sending{Delivery: desk.Delivery{Send: "s", At: noon}})
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

// Whether the network says first that it shows a message or that it took it, or both at once to two processes, the message has arrived.
func TestShown(t *testing.T) {
	each(t, func(t *testing.T, address string) {
		books := storetest.Processes(address, func() *addresses.Book { return open(t, address) })
		took, shows := books[0], books[len(books)-1]
		for i := range 30 {
			name := fmt.Sprint(i)
			s := functions.Sending{Conversation: desk.ConversationID(name), Seq: 4, Remote: name, Delivery: desk.Delivery{Send: name, State: desk.Sent, At: noon}}
			settle := func() {
				if _, err := took.Settle(t.Context(), "douyin", s); err != nil {
					t.Error(err)
				}
			}
			show := func() {
				if got, err := shows.Shown(t.Context(), "douyin", name, noon.UnixMilli()); got.Send != name && !errors.Is(err, desk.ErrNotFound) {
					t.Errorf("%+v (%v)", got, err)
				}
			}
			switch i {
			case 0:
				settle()
				show()
			case 1:
				show()
				settle()
			default:
				var both sync.WaitGroup
				both.Go(settle)
				both.Go(show)
				both.Wait()
			}
			s.State = desk.Arrived
			all, err := took.Of(t.Context(), s.Conversation)
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff([]functions.Sending{s}, all); diff != "" {
				t.Errorf("message %d:\n%s", i, diff)
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
