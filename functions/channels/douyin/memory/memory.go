// Package memory is what the channel remembers while it runs: how it fares, and which account of the company's it speaks for.
package memory

import (
	"encoding/json"
	"fmt"
	"sync"
	"time"

	"keliu/functions"
	"keliu/streams/desk"
)

// A State is what a channel remembers while the process runs. Its zero value is ready, and it is safe for concurrent use.
type State struct {
	mu      sync.Mutex
	health  functions.Health
	account string
}

// Health is how the channel fares, without what its settings say about it.
func (s *State) Health() functions.Health {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.health
}

// Hooked notes a webhook that was taken.
func (s *State) Hooked(now time.Time) {
	s.note(func(h *functions.Health) { h.Hook, h.Hooks = now, h.Hooks+1 })
}

// Forged notes a webhook that was not signed, or wrongly.
func (s *State) Forged() { s.note(func(h *functions.Health) { h.Forged++ }) }

// Ignored notes a webhook of an event that means nothing to us.
func (s *State) Ignored() { s.note(func(h *functions.Health) { h.Ignored++ }) }

// Sent notes what became of a message that the platform was given; shut says that no window was open for it or its quota used up.
func (s *State) Sent(d desk.Delivery, shut bool) {
	s.note(func(h *functions.Health) {
		if d.State == desk.Sent || d.State == desk.Arrived {
			h.Said, h.Sent = d.At, h.Sent+1
			return
		}
		h.Failed, h.Error, h.Erred = h.Failed+1, d.Because, d.At
		if shut {
			h.Held++
		}
	})
}

// Held notes that our own ledger of windows and quotas kept a message back.
func (s *State) Held() { s.note(func(h *functions.Health) { h.Held++ }) }

func (s *State) note(change func(*functions.Health)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	change(&s.health)
}

// Account is the open ID of the company's account that webhooks went to last; empty when none did.
func (s *State) Account() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.account
}

// Know remembers the account.
func (s *State) Know(account string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.account = account
}

// A kept is a State on its way.
type kept struct {
	Health  functions.Health `json:"health"`
	Account string           `json:"account,omitempty"`
}

// Kept is all that the state holds, to be taken home from where the channel ran.
func (s *State) Kept() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return json.Marshal(kept{s.health, s.account})
}

// Keep adds what a state that was empty at first has Kept elsewhere.
func (s *State) Keep(from []byte) error {
	var k kept
	if err := json.Unmarshal(from, &k); err != nil {
		return fmt.Errorf("what a channel kept: %w: %w", desk.ErrInvalid, err)
	}
	if k.Account != "" {
		s.Know(k.Account)
	}
	s.note(func(h *functions.Health) {
		more := k.Health
		h.Hooks, h.Forged, h.Ignored = h.Hooks+more.Hooks, h.Forged+more.Forged, h.Ignored+more.Ignored
		h.Sent, h.Failed, h.Held = h.Sent+more.Sent, h.Failed+more.Failed, h.Held+more.Held
		h.Hook, h.Said = later(h.Hook, more.Hook), later(h.Said, more.Said)
		if more.Erred.After(h.Erred) {
			h.Error, h.Erred = more.Error, more.Erred
		}
	})
	return nil
}

func later(a, b time.Time) time.Time {
	if b.After(a) {
		return b
	}
	return a
}
