package inbox

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/streams/desk"
)

// A thread is a timeline in memory.
type thread []desk.Notice

func (t thread) After(_ context.Context, _ desk.ConversationID, seq int64, _ int) (told []desk.Notice, err error) {
	for _, n := range t {
		if n.Seq > seq {
			told = append(told, n)
		}
	}
	return told, nil
}

func (t thread) Entry(_ context.Context, id string) (desk.Notice, error) {
	for _, n := range t {
		if n.Message != nil && string(n.Message.ID) == id {
			return n, nil
		}
	}
	return desk.Notice{}, desk.ErrNotFound
}

func answer(id string, agent desk.AgentID) desk.Message {
	return desk.Message{ID: desk.MessageID(id), Conversation: "c", By: desk.ByHuman, Agent: agent}
}

// Of many who answer the same state at the same moment, one is let through.
func TestOneAnswersAtATime(t *testing.T) {
	a := newAnswers(time.Now)
	var through atomic.Int64
	var wg sync.WaitGroup
	for i := range 50 {
		wg.Go(func() {
			m := answer(fmt.Sprint("m", i), desk.AgentID(fmt.Sprint("a", i)))
			m.At = time.Now()
			switch err := a.follow(t.Context(), thread{}, m, 1); {
			case err == nil:
				through.Add(1)
			case !errors.Is(err, desk.ErrConflict):
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if n := through.Load(); n != 1 {
		t.Errorf("%d were let through", n)
	}
}

// An answer that was seen, taken back or is long past holds nobody up; one that came since does.
func TestWhatHoldsAnAnswerUp(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	a := newAnswers(func() time.Time { return now })
	follows := func(told thread, m desk.Message, seen int64) bool {
		t.Helper()
		m.At = now
		err := a.follow(t.Context(), told, m, seen)
		if err != nil && !errors.Is(err, desk.ErrConflict) {
			t.Fatal(err)
		}
		return err == nil
	}
	first, second := answer("m1", "one"), answer("m2", "two")
	if !follows(nil, first, 1) || follows(nil, second, 1) || !follows(nil, first, 1) || !follows(nil, answer("m3", "one"), 1) {
		t.Error("while an answer is on its way, only its author goes on")
	}
	a.drop(answer("m1", "one"))
	if follows(nil, second, 1) {
		t.Error("dropping an older answer lets another one through")
	}
	a.drop(answer("m3", "one"))
	if !follows(nil, second, 1) {
		t.Error("an answer that was not accepted holds up another one")
	}
	two, machine, third := second, desk.Message{ID: "r", By: desk.ByAI}, answer("m4", "one")
	told := thread{{Seq: 2, Message: &two}, {Seq: 3}, {Seq: 4, Message: &machine}}
	if follows(told, third, 1) || !follows(told, third, 2) {
		t.Error("what counts is what was seen")
	}
	if !follows(thread{{Seq: 2, Message: &two}, {Seq: 3, Message: &third}}, third, 1) {
		t.Error("an answer that stands already is refused when it comes again")
	}
	now = now.Add(onTheWay)
	if !follows(nil, answer("m5", "two"), 1) {
		t.Error("an answer that never arrived holds up others for ever")
	}
}

// FuzzSeq checks that If-Seq is refused or is a place in a conversation.
func FuzzSeq(f *testing.F) {
	for _, seed := range []string{"", "7", `"7"`, "0", "-1", "9007199254740993", "1e3", "seven"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, header string) {
		c := app.NewContext(0)
		c.Request.Header.Set("If-Seq", header)
		if n, err := seq(c); err == nil && (n < 0 || n > 1<<53) || err != nil && !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("If-Seq %q: %d (%v)", header, n, err)
		}
	})
}

// book and ledger know one person of one network.
type (
	book   map[desk.ConversationID]string
	ledger map[desk.PersonID][]desk.Allowance
)

func (b book) Conversation(_ context.Context, channel string, id desk.ConversationID) (functions.Address, error) {
	person, ok := b[id]
	if !ok {
		return functions.Address{}, desk.ErrNotFound
	}
	return functions.Address{Channel: channel, Person: person}, nil
}

func (l ledger) Left(_ context.Context, person desk.PersonID, _ string, _ time.Time) ([]desk.Allowance, error) {
	all, ok := l[person]
	if !ok {
		return nil, errors.New("nobody asked for this person")
	}
	return all, nil
}

// What is left is told where a network counts, for the person whom it knows.
func TestWhatIsLeft(t *testing.T) {
	want := []desk.Allowance{{Channel: "douyin", Scene: "reply", Limit: 6, Left: 4}}
	r := New(Room{Addresses: book{"c": "ou_1"}, Ledger: ledger{"douyin:ou_1": want}, Now: time.Now})
	for name, c := range map[string]struct {
		desk.Conversation
		want []desk.Allowance
	}{
		"where it counts":         {desk.Conversation{ID: "c", Channel: "douyin"}, want},
		"where nobody counts":     {desk.Conversation{ID: "c", Channel: "web"}, nil},
		"nobody it ever heard of": {desk.Conversation{ID: "d", Channel: "douyin"}, nil},
	} {
		got, err := r.left(t.Context(), c.Conversation)
		if diff := cmp.Diff(c.want, got); diff != "" || err != nil {
			t.Errorf("%s: %s (%v)", name, diff, err)
		}
	}
}
