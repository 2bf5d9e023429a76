package douyin_test

import (
	"context"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"net/http"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin"
	"keliu/functions/store"
	"keliu/functions/store/addresses"
	"keliu/streams/desk"
)

var (
	_ functions.Channel = douyin.Channel{}
	_ functions.Healthy = douyin.Channel{}
)

var now = time.Date(2026, 11, 24, 4, 0, 0, 0, time.UTC)

// A scene is a channel on a real store.
type scene struct {
	channel douyin.Channel
	book    *addresses.Book
}

func open(t testing.TB) *scene {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	book := addresses.Open(s.DB)
	return &scene{book: book, channel: douyin.Channel{
		Key: "key", Secret: "secret", Signature: "sha1", State: new(douyin.State), People: people{s}, Addresses: book, Deliveries: book,
		Now: func() time.Time { return now },
	}}
}

// people are the customers of a store.
type people struct{ *store.Store }

func (p people) Person(ctx context.Context, openID, name string, at time.Time) (desk.Customer, error) {
	return p.Identify(ctx, store.Identity{Kind: "douyin", Value: openID}, desk.Customer{ID: desk.CustomerID("u_" + openID), Name: name, Seen: at})
}

// signed is a webhook of the platform.
func signed(body string) functions.Webhook {
	sum := sha1.Sum([]byte("secret" + body))
	return functions.Webhook{Method: http.MethodPost, Body: []byte(body), At: now.UnixMilli(), Header: map[string]string{
		"X-Douyin-Signature": hex.EncodeToString(sum[:]), "Msg-Id": "msg-1",
	}}
}

// event is the body of a webhook whose content is a JSON string.
func event(t testing.TB, kind, from string, content map[string]any) string {
	t.Helper()
	inner, err := json.Marshal(content)
	if err != nil {
		t.Fatal(err)
	}
	body, err := json.Marshal(map[string]any{"event": kind, "client_key": "key", "from_user_id": from, "to_user_id": "us", "content": string(inner), "log_id": "l"})
	if err != nil {
		t.Fatal(err)
	}
	return string(body)
}
