package memory_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/functions/channels/douyin/memory"
	"keliu/streams/desk"
)

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

// What was noted in two places and kept in one is as if all had been noted there.
func TestWhatIsKeptIsAddedUp(t *testing.T) {
	first := func(s *memory.State) {
		s.Hooked(noon)
		s.Sent(desk.Delivery{State: desk.Sent, At: noon}, false)
		s.Sent(desk.Delivery{State: desk.Failed, At: noon.Add(time.Minute), Because: "later"}, true)
		s.Know("account")
	}
	second := func(s *memory.State) {
		s.Hooked(noon.Add(-time.Hour))
		s.Forged()
		s.Ignored()
		s.Held()
		s.Sent(desk.Delivery{State: desk.Arrived, At: noon.Add(time.Hour)}, false)
		s.Sent(desk.Delivery{State: desk.Uncertain, At: noon, Because: "earlier"}, false)
	}
	var home, away memory.State
	first(&home)
	second(&away)
	kept, err := away.Kept()
	if err != nil {
		t.Fatal(err)
	}
	if err := home.Keep(kept); err != nil {
		t.Fatal(err)
	}
	want := functions.Health{
		Hook: noon, Hooks: 2, Forged: 1, Ignored: 1, Held: 2, Said: noon.Add(time.Hour), Sent: 2, Failed: 2, Error: "later", Erred: noon.Add(time.Minute),
	}
	if diff := cmp.Diff(want, home.Health()); diff != "" {
		t.Error(diff)
	}
	if home.Account() != "account" {
		t.Errorf("who knows no account takes one away: %q", home.Account())
	}
	if err := home.Keep([]byte("{")); !errors.Is(err, desk.ErrInvalid) {
		t.Error(err)
	}
}
