package catalog

import (
	"context"
	"sync"

	"keliu/functions/outreach/quota"
	"keliu/streams/desk"
)

// A ledger counts what goes out in the windows of networks while this process runs.
type ledger struct {
	mu       sync.Mutex
	accounts map[account]*quota.Account
	taken    map[string]account // by the ID of the message
}

type account struct{ channel, scene, person string }

func newLedger() *ledger {
	return &ledger{accounts: map[account]*quota.Account{}, taken: map[string]account{}}
}

// Take implements douyin.Quota.
func (l *ledger) Take(_ context.Context, want quota.Want) (quota.Grant, error) {
	window, free, ok := quota.Find(want.Channel, want.Scene)
	if free || !ok {
		return quota.Grant{OK: free, Code: "unknown"}, nil
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	of := account{want.Channel, want.Scene, want.Person}
	if l.accounts[of] == nil {
		l.accounts[of] = &quota.Account{}
	}
	l.taken[want.ID] = of
	return l.accounts[of].Take(window, want, 0), nil
}

// Settle implements douyin.Quota.
func (l *ledger) Settle(_ context.Context, id string, d desk.Delivery) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	if a := l.accounts[l.taken[id]]; a != nil {
		a.Settle(id, d)
	}
	return nil
}
