package visitors

import (
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"

	"keliu/streams/desk"
)

func said(id, text string) desk.Event {
	return desk.Event{ID: desk.MessageID(id), Message: &desk.Message{Text: text}}
}

// Many who send one message at the same time have it appended once, and all hear the outcome of that, good or bad.
func TestOnce(t *testing.T) {
	for _, failure := range []error{nil, errors.New("no room")} {
		t.Run(fmt.Sprint(failure), func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := newAccepted()
				var appended atomic.Int64
				release := make(chan struct{})
				accept := func() ([]byte, error) {
					appended.Add(1)
					<-release
					return []byte("taken"), failure
				}
				var all sync.WaitGroup
				for range 20 {
					all.Go(func() {
						answer, err := a.once(said("m", "你好"), accept)
						if string(answer) != "taken" || !errors.Is(err, failure) {
							t.Errorf("%s (%v)", answer, err)
						}
					})
				}
				synctest.Wait() // all wait for the first
				if _, err := a.once(said("m", "再见"), accept); !errors.Is(err, desk.ErrConflict) {
					t.Errorf("another text under the same ID: %v", err)
				}
				if _, err := a.once(said("m2", "你好"), func() ([]byte, error) { return nil, nil }); err != nil {
					t.Errorf("another message waits: %v", err)
				}
				close(release)
				all.Wait()
				if n := appended.Load(); n != 1 {
					t.Errorf("appended %d times", n)
				}
				if _, err := a.once(said("m", "你好"), accept); !errors.Is(err, failure) {
					t.Error(err)
				}
				want := int64(1)
				if failure != nil {
					want = 2 // a failure is tried again
				}
				if n := appended.Load(); n != want {
					t.Errorf("appended %d times, want %d", n, want)
				}
			})
		})
	}
}

// Pictures are part of what was said.
func TestOnceTellsPicturesApart(t *testing.T) {
	a := newAccepted()
	accept := func() ([]byte, error) { return nil, nil }
	with := said("m", "看")
	with.Message.Pictures = []desk.Picture{{ID: "p_1"}}
	if _, err := a.once(with, accept); err != nil {
		t.Fatal(err)
	}
	if _, err := a.once(said("m", "看"), accept); !errors.Is(err, desk.ErrConflict) {
		t.Errorf("the same words without the picture: %v", err)
	}
}

// What is remembered is bounded, and the latest is in it.
func TestOnceForgetsTheOldest(t *testing.T) {
	a := newAccepted()
	accept := func() ([]byte, error) { return nil, nil }
	most := 2 * generation * len(a.shards)
	for i := range most + most/2 {
		if _, err := a.once(said(fmt.Sprint("m", i), "你好"), accept); err != nil {
			t.Fatal(err)
		}
	}
	held := 0
	for i := range a.shards {
		held += len(a.shards[i].young) + len(a.shards[i].old)
	}
	if held > most {
		t.Errorf("%d are remembered, want at most %d", held, most)
	}
	again := func() ([]byte, error) { return nil, errors.New("appended again") }
	if _, err := a.once(said(fmt.Sprint("m", most+most/2-1), "你好"), again); err != nil {
		t.Errorf("the latest: %v", err)
	}
	if _, err := a.once(said("m0", "你好"), again); err == nil {
		t.Error("the first is still remembered")
	}
}
