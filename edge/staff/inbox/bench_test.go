package inbox

import (
	"fmt"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/functions/store"
	"keliu/functions/store/worklist"
	"keliu/policies"
	"keliu/streams/desk"
)

// The list of a thousand open conversations as an agent reads it: found, ordered, hidden and encoded.
func BenchmarkList(b *testing.B) {
	s, err := store.Open(b.Context(), "sqlite:", b.TempDir())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { s.Close() })
	rules, err := policies.Open(b.Context(), policies.Options{})
	if err != nil {
		b.Fatal(err)
	}
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for i := range 1000 {
		id := fmt.Sprintf("c_%026d", i)
		c := desk.Conversation{
			ID: desk.ConversationID(id), Customer: "u", Name: "王先生", Channel: "web", Stage: desk.Human, Agent: "agent", Unread: 1, LastBy: desk.ByCustomer,
			Facts: desk.Facts{desk.FactOrder: "QH202611240003", desk.FactPhone: "13912345678"}, Last: "我的快递到哪了", Seq: 1, Version: 1, Updated: now,
			Session: desk.Session{LastIn: now.Add(-time.Duration(i) * time.Second)},
		}
		entry := store.Entry{ID: id, Seq: 1, Body: fmt.Appendf(nil, `{"seq":1,"event":"message","conversation":%q,"message":{"id":%q,"text":"我的快递到哪了"}}`, id, id)}
		if err := s.Commit(b.Context(), store.Effect{Record: id, Conversation: c, Entries: []store.Entry{entry}}); err != nil {
			b.Fatal(err)
		}
	}
	r := New(Room{Door: &door.Door{Rules: rules, Now: time.Now}, Store: s, List: worklist.Open(s.DB), Now: time.Now})
	for _, query := range []string{"limit=50&sort=urgency&stage=human,queued", "limit=1000&sort=urgency", "limit=50&q=快递", "limit=50&q=没有的词"} {
		b.Run(query, func(b *testing.B) {
			for b.Loop() {
				c := app.NewContext(0)
				c.Request.SetQueryString(query)
				if err := r.list(b.Context(), c, desk.Agent{ID: "agent", Role: "agent"}); err != nil || len(c.Response.Body()) == 0 {
					b.Fatal(err)
				}
			}
		})
	}
}
