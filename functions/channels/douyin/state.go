package douyin

import (
	"context"
	"errors"

	"keliu/functions"
	"keliu/functions/channels/douyin/memory"
	"keliu/streams/desk"
)

// A State is what a channel remembers while the process runs. Its zero value is ready.
type State = memory.State

// Health implements functions.Healthy.
func (c Channel) Health() functions.Health {
	h := c.State.Health()
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

// Kept is all that the channel remembers, to be taken home from where it ran.
func (c Channel) Kept() ([]byte, error) { return c.State.Kept() }

// Keep adds what a channel that ran elsewhere has Kept, from its beginning to its end.
func (c Channel) Keep(from []byte) error { return c.State.Keep(from) }

// account returns the open ID of the company's account: the configured one, or the one that webhooks went to last.
func (c Channel) account(ctx context.Context) (string, error) {
	if c.Account != "" {
		return c.Account, nil
	}
	if known := c.State.Account(); known != "" {
		return known, nil
	}
	own, err := c.Addresses.Person(ctx, name, "")
	if errors.Is(err, desk.ErrNotFound) {
		return "", nil
	}
	if err == nil {
		c.State.Know(own.Account)
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
	c.State.Know(account)
	return nil
}
