// Package sessiontest holds every channel that speaks the session protocol to the same contract.
package sessiontest

import (
	"context"
	"encoding/json"
	"errors"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

var (
	noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
)

// a listener hears what is delivered.
type listener struct{ heard []desk.Notice }

func (l *listener) Tell(_ context.Context, n desk.Notice) error {
	l.heard = append(l.heard, n)
	return nil
}

// An Open returns the channel under test.
type Open func(session.Protocol) functions.Channel

// Run runs the whole contract on the channel of a name.
func Run(t *testing.T, name string, open Open) {
	t.Run("receives what a customer says", func(t *testing.T) { receives(t, name, open) })
	t.Run("refuses strangers", func(t *testing.T) { refuses(t, name, open) })
	t.Run("runs on the wire", func(t *testing.T) { onTheWire(t, name, open) })
}

func secret() []byte { return []byte("a secret that the house made up") }

func protocol(name string, secret []byte, l session.Live) session.Protocol {
	return session.Protocol{Channel: name, Tokens: session.NewTokens(secret), Live: l, Now: func() time.Time { return noon }}
}

func tokenFor(t testing.TB, channel string) string {
	t.Helper()
	token, err := session.NewTokens(secret()).Seal(session.Claims{Conversation: "c_1", Customer: "u_1", Channel: channel, Expires: noon.Add(time.Hour).Unix()})
	if err != nil {
		t.Fatal(err)
	}
	return token
}

func receives(t *testing.T, name string, open Open) {
	c, token := open(protocol(name, secret(), &listener{})), tokenFor(t, name)
	hook := functions.Webhook{Header: map[string]string{"Authorization": "Bearer " + token, "Idempotency-Key": "k"}, Body: []byte(`{"text":"快递到哪了"}`)}
	receipt, err := c.Receive(t.Context(), hook)
	if err != nil || len(receipt.Events) != 1 {
		t.Fatalf("%+v (%v)", receipt, err)
	}
	e := receipt.Events[0]
	if e.Kind != desk.Said || e.Channel != name || e.Conversation != "c_1" || e.Message.Text != "快递到哪了" || e.ID != e.Message.ID || !e.At.Equal(noon) {
		t.Errorf("heard %+v", e)
	}
}

// Without a secret, and with another channel's token, nobody is believed.
func refuses(t *testing.T, name string, open Open) {
	c := open(protocol(name, secret(), &listener{}))
	for name, call := range map[string]struct {
		channel functions.Channel
		token   string
	}{
		"no token":        {c, ""},
		"another channel": {c, tokenFor(t, "another")},
		"no secret":       {open(protocol(name, nil, &listener{})), tokenFor(t, name)},
	} {
		hook := functions.Webhook{Header: map[string]string{"Authorization": "Bearer " + call.token}, Body: []byte(`{"text":"x"}`)}
		if receipt, err := call.channel.Receive(t.Context(), hook); !errors.Is(err, desk.ErrForbidden) {
			t.Errorf("%s: %+v (%v)", name, receipt, err)
		}
	}
}

// The channel runs the same on the wire, as a function in the cloud.
func onTheWire(t *testing.T, name string, open Open) {
	l := &listener{}
	c := open(protocol(name, secret(), l))
	payload, err := json.Marshal(functions.ChannelCall{Notice: &desk.Notice{Seq: 7, Event: desk.EventReply, Conversation: "c_1"}})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := functions.ServeChannel(c).Invoke(t.Context(), payload); err != nil {
		t.Fatal(err)
	}
	if len(l.heard) != 1 || l.heard[0].Seq != 7 {
		t.Errorf("heard %+v", l.heard)
	}
	if _, err := functions.ServeChannel(c).Invoke(t.Context(), []byte(`{}`)); !errors.Is(err, desk.ErrInvalid) {
		t.Errorf("an empty call: %v", err)
	}
}

// Fuzz feeds a channel what strangers may send: it refuses it as forbidden or invalid, or it was said with the token.
func Fuzz(f *testing.F, name string, open Open) {
	c, token := open(protocol(name, secret(), &listener{})), tokenFor(f, name)
	f.Add("Bearer "+token, "k", []byte(`{"text":"快递到哪了"}`))
	f.Add("bearer", "", []byte(`{"text":`))
	f.Fuzz(func(t *testing.T, authorization, key string, body []byte) {
		receipt, err := c.Receive(context.Background(), functions.Webhook{Header: map[string]string{"Authorization": authorization, "Idempotency-Key": key}, Body: body})
		if err != nil {
			if !errors.Is(err, desk.ErrForbidden) && !errors.Is(err, desk.ErrInvalid) {
				t.Errorf("refused with %v", err)
			}
			return
		}
		for _, e := range receipt.Events {
			if session.Bearer(authorization) != token || e.Conversation != "c_1" || e.Message == nil || e.ID == "" {
				t.Errorf("accepted %+v", e)
			}
		}
	})
}
