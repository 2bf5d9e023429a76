package platform_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin"
	"keliu/functions/channels/douyin/api"
	"keliu/functions/outreach/quota"
	"keliu/functions/store"
	"keliu/functions/store/addresses"
	"keliu/functions/store/leads"
	"keliu/infra/simulators/douyin/platform"
	"keliu/streams/desk"
)

// A pair is the product's channel and the platform, which talk over HTTP.
type pair struct {
	*testing.T
	*platform.Platform
	store *store.Store
	book  *addresses.Book
	hooks *httptest.Server

	mu      sync.Mutex
	channel douyin.Channel
	ahead   time.Duration // of the clock that both go by
	events  map[desk.MessageID]desk.Event
	touches map[string]desk.Touch
	taken   int // webhooks
	broken  bool
}

func meet(t *testing.T) *pair {
	t.Helper()
	p := &pair{T: t, events: map[desk.MessageID]desk.Event{}, touches: map[string]desk.Touch{}}
	var err error
	if p.store, err = store.Open(t.Context(), "sqlite:", t.TempDir()); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.store.Close() })
	if p.Platform, err = platform.Open(platform.Options{Spacing: []time.Duration{time.Millisecond, time.Millisecond}, Now: p.now}); err != nil {
		t.Fatal(err)
	}
	p.restart()
	p.hooks = httptest.NewServer(http.HandlerFunc(p.hook))
	t.Cleanup(p.hooks.Close)
	t.Cleanup(func() {
		if err := p.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := p.Subscribe(p.hooks.URL); err != nil {
		t.Fatal(err)
	}
	return p
}

func (p *pair) now() time.Time {
	p.mu.Lock()
	defer p.mu.Unlock()
	return time.Now().Add(p.ahead)
}

// pass lets time pass for both.
func (p *pair) pass(d time.Duration) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.ahead += d
}

// restart makes the channel anew: what it does not keep is gone.
func (p *pair) restart() {
	book := addresses.Open(p.store.DB)
	channel := douyin.Channel{
		Key: p.Key(), Secret: p.Secret(), Signature: "sha1", Card: "card", State: new(douyin.State), People: people{p.store}, Addresses: book, Deliveries: book, Quota: ledger{leads.Open(p.store.DB)}, Now: p.now,
		API: &api.Client{Base: p.URL(), Key: p.Key(), Secret: p.Secret(), HTTP: http.DefaultClient, Now: p.now, Patience: 300 * time.Millisecond},
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.book, p.channel = book, channel
}

type people struct{ *store.Store }

func (s people) Person(ctx context.Context, openID, name string, at time.Time) (desk.Customer, error) {
	return s.Identify(ctx, store.Identity{Kind: "douyin", Value: openID}, desk.Customer{ID: desk.CustomerID("u_" + openID), Name: name, Seen: at})
}

// A ledger is the product's, of which agreements are not asked: only outreach tells it of them.
type ledger struct{ *leads.Shelf }

// Take implements douyin.Quota.
func (l ledger) Take(ctx context.Context, want quota.Want) (quota.Grant, error) {
	if want.Scene == quota.Authorised {
		return quota.Grant{OK: true}, nil
	}
	return l.Shelf.Take(ctx, want)
}

// hook is the edge: what a webhook brings has one effect per ID.
func (p *pair) hook(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		p.Error(err)
	}
	hook := functions.Webhook{Method: r.Method, Header: map[string]string{}, Body: body, At: p.now().UnixMilli()}
	for name := range r.Header {
		hook.Header[name] = r.Header.Get(name)
	}
	p.mu.Lock()
	channel, broken := p.channel, p.broken
	p.taken++
	p.mu.Unlock()
	if broken {
		w.WriteHeader(http.StatusServiceUnavailable)
		return
	}
	receipt, err := channel.Receive(r.Context(), hook)
	switch {
	case errors.Is(err, desk.ErrForbidden):
		w.WriteHeader(http.StatusForbidden)
		return
	case err != nil:
		p.Error(err)
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range receipt.Events {
		p.events[e.ID] = e
	}
	for _, t := range receipt.Touches {
		p.touches[t.ID] = t
	}
	if _, err := w.Write(receipt.Answer); err != nil {
		p.Error(err)
	}
}

// touched are the touches of a kind that had an effect.
func (p *pair) touched(kind desk.TouchKind) (all []desk.Touch) {
	p.Courier().Settled()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, t := range p.touches {
		if t.Kind == kind {
			all = append(all, t)
		}
	}
	return all
}

// heard are the customer's messages that had an effect.
func (p *pair) heard() (all []desk.Event) {
	p.Courier().Settled()
	p.mu.Lock()
	defer p.mu.Unlock()
	for _, e := range p.events {
		all = append(all, e)
	}
	return all
}

// says lets somebody write and returns the conversation.
func (p *pair) says(name, text string) desk.ConversationID {
	p.Helper()
	p.Say(name, text)
	for _, e := range p.heard() {
		if e.Message.Text == text {
			return e.Conversation
		}
	}
	p.Fatalf("%q was not heard; %+v", text, p.Courier().Attempts())
	return ""
}

// answer delivers a reply of somebody as the n-th entry of a conversation and returns what became of it.
func (p *pair) answer(c desk.ConversationID, n int64, by desk.Author, text string) functions.Sending {
	p.Helper()
	id := fmt.Sprintf("r%d", n)
	err := p.channel.Deliver(p.Context(), desk.Notice{
		Seq: n, Event: desk.EventReply, Conversation: c, Channel: "douyin", Message: &desk.Message{ID: desk.MessageID(id), By: by, Text: text},
	})
	if err != nil && !errors.Is(err, desk.ErrUnavailable) {
		p.Fatal(err)
	}
	return p.fate(id)
}

// fate is what became of a message, once the platform has said all.
func (p *pair) fate(id string) functions.Sending {
	p.Helper()
	p.Courier().Settled()
	s, err := p.book.Sending(p.Context(), "douyin", id)
	if err != nil {
		p.Fatal(err)
	}
	return s
}

// sees is the shop's side of what somebody sees, a line each.
func (p *pair) sees(name string) string {
	var lines []string
	for _, m := range p.Seen(name) {
		if m.Own {
			lines = append(lines, m.Text)
		}
	}
	return strings.Join(lines, "|")
}
