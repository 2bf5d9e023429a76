package visitors

import (
	"log/slog"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/session"
	"keliu/streams/desk"
)

// That a customer writes is passed on at once, but not as often as somebody says it; nothing of it reaches the log, and a token that
// has ended passes on nothing.
func TestTyping(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	tokens, log := session.NewTokens([]byte("a secret")), &paper{}
	var heard []desk.Typing
	s := New(&Side{
		Tokens: tokens, Inbound: log, Rate: 10, Now: func() time.Time { return now }, Log: slog.New(slog.DiscardHandler),
		Overheard: func(typing desk.Typing) { heard = append(heard, typing) },
	})
	say := func(c desk.ConversationID) {
		t.Helper()
		token, err := tokens.Seal(session.Claims{Session: "s", Conversation: c, Customer: "u", Channel: "web", Expires: now.Add(time.Minute).Unix()})
		if err != nil {
			t.Fatal(err)
		}
		if answer := s.frame(t.Context(), "web", "Bearer "+token, desk.Chinese, []byte(`{"type":"typing","text":"还没说出口的话"}`)); answer != nil {
			t.Errorf("answered %s", answer)
		}
	}
	for range 50 {
		say("c_1")
	}
	say("c_2")
	now = now.Add(time.Second)
	say("c_1")
	one, two := desk.Typing{Conversation: "c_1", By: desk.ByCustomer}, desk.Typing{Conversation: "c_2", By: desk.ByCustomer}
	if diff := cmp.Diff([]desk.Typing{one, one, two, one}, heard); diff != "" {
		t.Error(diff)
	}
	if s.frame(t.Context(), "web", "Bearer broken", desk.Chinese, []byte(`{"type":"typing"}`)); len(heard) != 4 {
		t.Error("anybody may say that a customer writes")
	}
	if len(log.records) > 0 {
		t.Errorf("%d records", len(log.records))
	}
}
