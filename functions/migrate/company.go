package migrate

import (
	"context"
	"time"

	"keliu/streams/desk"
)

// A key lets another program in; what lets it in is not exported.
type key struct {
	ID      string       `json:"id"`
	Name    string       `json:"name"`
	Role    string       `json:"role"`
	By      desk.AgentID `json:"by"`
	Made    time.Time    `json:"made"`
	Expires time.Time    `json:"expires,omitzero"`
	Revoked time.Time    `json:"revoked,omitzero"`
	Used    time.Time    `json:"used,omitzero"`
}

func (e Export) keys(ctx context.Context, f *folder) error {
	return f.write("api_keys.jsonl", func(w *file) error {
		return e.Store.Each(ctx, "api_keys", func(scan func(...any) error) error {
			var k key
			var made, expires, revoked, used int64
			if err := scan(&k.ID, &k.Name, &k.Role, &k.By, &made, &expires, &revoked, &used); err != nil {
				return err
			}
			k.Made, k.Expires, k.Revoked, k.Used = instant(made), instant(expires), instant(revoked), instant(used)
			return w.row(k)
		})
	})
}

// instant is a time in ms since 1970; 0 is none.
func instant(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return time.UnixMilli(ms).UTC()
}

// An ask is a question that nothing answered, masked. Those that say the same share a gap.
type ask struct {
	ID           string              `json:"id"`
	Gap          string              `json:"gap"`
	Text         string              `json:"text"`
	Conversation desk.ConversationID `json:"conversation"`
	At           time.Time           `json:"at"`
}

func (e Export) asks(ctx context.Context, f *folder) error {
	return f.write("gap_asks.jsonl", func(w *file) error {
		return e.Store.Each(ctx, "gap_asks", func(scan func(...any) error) error {
			var a ask
			var at int64
			if err := scan(&a.ID, &a.Gap, &a.Text, &a.Conversation, &at); err != nil {
				return err
			}
			a.At = instant(at)
			return w.row(a)
		})
	})
}
