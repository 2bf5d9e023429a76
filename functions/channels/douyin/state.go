package douyin

import (
	"context"
	"errors"
	"sync"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin/api"
	"keliu/streams/desk"
)

// A State is what a channel remembers while the process runs. Its zero value is ready.
type State struct {
	mu      sync.Mutex
	health  functions.Health
	account string
}

// Health implements functions.Healthy.
func (c Channel) Health() functions.Health {
	c.State.mu.Lock()
	h := c.State.health
	c.State.mu.Unlock()
	h.Missing = []string{}
	for _, s := range []struct {
		name string
		set  bool
	}{
		{"KELIU_DOUYIN_CLIENT_KEY", c.Key != ""}, {"KELIU_DOUYIN_CLIENT_SECRET", c.Secret != ""}, {"KELIU_DOUYIN_API", c.API != nil},
	} {
		if !s.set {
			h.Missing = append(h.Missing, s.name)
		}
	}
	h.Ready = len(h.Missing) == 0
	return h
}

func (s *State) hooked(now time.Time) {
	s.note(func(h *functions.Health) { h.Hook, h.Hooks = now, h.Hooks+1 })
}

func (s *State) forged() { s.note(func(h *functions.Health) { h.Forged++ }) }

func (s *State) ignored() { s.note(func(h *functions.Health) { h.Ignored++ }) }

func (s *State) sent(d desk.Delivery) {
	s.note(func(h *functions.Health) {
		if d.State == desk.Sent || d.State == desk.Arrived {
			h.Said, h.Sent = d.At, h.Sent+1
			return
		}
		h.Failed, h.Error, h.Erred = h.Failed+1, d.Because, d.At
		if api.Shut(d.Code) {
			h.Held++
		}
	})
}

// held notes that our own ledger of windows and quotas kept a message back.
func (s *State) held() { s.note(func(h *functions.Health) { h.Held++ }) }

func (s *State) note(change func(*functions.Health)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.health)
}

// account returns the open ID of the company's account: the configured one, or the one that webhooks went to last.
func (c Channel) account(ctx context.Context) (string, error) {
	if c.Account != "" {
		return c.Account, nil
	}
	if known := c.State.known(); known != "" {
		return known, nil
	}
	own, err := c.Addresses.Person(ctx, name, "")
	if errors.Is(err, desk.ErrNotFound) {
		return "", nil
	}
	if err == nil {
		c.State.know(own.Account)
	}
	return own.Account, err
}

// learn keeps the account that a webhook went to: after a restart comments may be answered before the next one comes.
func (c Channel) learn(ctx context.Context, account string) error {
	known, err := c.account(ctx)
	if err != nil || account == "" || known == account || c.Account != "" {
		return err
	}
	if err := c.Addresses.Note(ctx, functions.Address{Channel: name, Account: account}); err != nil {
		return err
	}
	c.State.know(account)
	return nil
}

func (s *State) known() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account
}

func (s *State) know(account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account = account
}
