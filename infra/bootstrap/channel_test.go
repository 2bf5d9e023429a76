package bootstrap_test

import (
	"context"
	"errors"
	"fmt"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions"
	"keliu/functions/channels/douyin"
	"keliu/functions/channels/douyin/api"
	"keliu/functions/store"
	"keliu/functions/store/addresses"
	"keliu/functions/store/leads"
	simulator "keliu/infra/simulators/lambda"
	"keliu/streams/desk"
)

// A platform is a Douyin that says this of every message.
type platform struct {
	err   error
	texts []string
}

func (p *platform) Write(_ context.Context, l api.Letter) (string, error) {
	p.texts = append(p.texts, l.Text)
	return "remote", p.err
}

func (p *platform) Reply(context.Context, api.Comment) (string, error) { return "", p.err }

// A fate is what became of a message that was delivered three times, with two minutes in between.
type fate struct {
	Errors  []string
	Sending functions.Sending
	Said    []string
	Health  functions.Health
}

// deliver has a channel deliver to somebody who has written, on a store of its own. reach puts the channel where it runs.
func deliver(t *testing.T, failed error, reach func(now func() time.Time, here douyin.Channel) functions.Channel) fate {
	t.Helper()
	s, err := store.Open(t.Context(), "sqlite:", t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	var ahead atomic.Int64
	began := time.Date(2026, 11, 24, 2, 0, 0, 0, time.UTC)
	now := func() time.Time { return began.Add(time.Duration(ahead.Load())) }
	p, book := &platform{err: failed}, addresses.Open(s.DB)
	here := douyin.Channel{Key: "key", Secret: "secret", API: p, Addresses: book, Deliveries: book, Quota: leads.Open(s.DB), State: new(douyin.State), Now: now}
	err = book.Note(t.Context(), functions.Address{Channel: "douyin", Person: "fish", Conversation: "c", Account: "us", Thread: "t", Message: "m", Wrote: began})
	if err != nil {
		t.Fatal(err)
	}
	channel := reach(now, here)
	var f fate
	for range 3 {
		err := channel.Deliver(t.Context(), desk.Notice{
			Seq: 2, Event: desk.EventReply, Conversation: "c", Channel: "douyin", Message: &desk.Message{ID: "r2", By: desk.ByAI, Text: "可以退，请看 shop。example"},
		})
		if err != nil && !errors.Is(err, desk.ErrUnavailable) {
			t.Error(err)
		}
		f.Errors = append(f.Errors, fmt.Sprint(err != nil))
		ahead.Add(int64(2 * time.Minute))
	}
	if f.Sending, err = book.Sending(t.Context(), "douyin", "r2"); err != nil {
		t.Fatal(err)
	}
	f.Said, f.Health = p.texts, channel.(functions.Healthy).Health()
	return f
}

// Whatever a network says, a message that is carried by a function in the cloud has the fate it has here, and is said as often.
func TestDeliveriesInTheCloud(t *testing.T) {
	endpoint := serve(t, &simulator.Cloud{})
	for name, failed := range map[string]error{
		"taken":       nil,
		"refused":     &api.Refusal{Code: 28003070, Status: 200, Description: "no window"},
		"later":       &api.Refusal{Code: 28003018, Status: 200},
		"a link":      &api.Refusal{Code: api.Links, Status: 200},
		"down":        &api.Refusal{Status: 503},
		"unreached":   fmt.Errorf("%w: connection refused", api.ErrUnreached),
		"no answer":   errors.New("the platform gave no answer"),
		"unavailable": desk.ErrUnavailable,
	} {
		t.Run(name, func(t *testing.T) {
			want := deliver(t, failed, func(_ func() time.Time, here douyin.Channel) functions.Channel { return here })
			got := deliver(t, failed, func(now func() time.Time, here douyin.Channel) functions.Channel {
				return open(t, endpoint, now).Channels(map[string]functions.Channel{"douyin": here})["douyin"]
			})
			if diff := cmp.Diff(want, got); diff != "" {
				t.Errorf("here -, in the cloud +:\n%s", diff)
			}
			if len(want.Said) == 0 {
				t.Error("nothing was said")
			}
		})
	}
}
