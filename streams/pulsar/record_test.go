package pulsar

import (
	"testing"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"

	"keliu/streams"
)

// A delivered message is one that was published, as a consumer gets it.
type delivered struct {
	pulsar.Message
	published *pulsar.ProducerMessage
	id        pulsar.MessageID
}

func (d delivered) Key() string                   { return d.published.Key }
func (d delivered) Payload() []byte               { return d.published.Payload }
func (d delivered) Properties() map[string]string { return d.published.Properties }
func (d delivered) ID() pulsar.MessageID          { return d.id }
func (d delivered) PublishTime() time.Time        { return time.UnixMilli(1) }

func TestEveryRecordIsTheSameOnTheOtherSide(t *testing.T) {
	names := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"keliu-id", "keliu-at", "keliu-", "keliu-keliu-id", "trace"}))
	keys := rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"", "\x00", "\x00\x00k"}))
	rapid.Check(t, func(t *rapid.T) {
		want := streams.Record{
			ID: rapid.String().Draw(t, "id"), Key: keys.Draw(t, "key"), Body: rapid.SliceOf(rapid.Byte()).Draw(t, "body"),
			Headers: rapid.MapOf(names, rapid.String()).Draw(t, "headers"), At: time.Unix(0, rapid.Int64().Draw(t, "at")).UTC(),
		}
		m := encode(&want, want.At.UnixNano())
		got := decode(delivered{published: m, id: pulsar.EarliestMessageID()})
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-published +delivered):\n%s", diff)
		}
		if m.Key == "" {
			t.Error("the message has no key, so that compaction loses it")
		}
		if forgotten(delivered{published: m}) {
			t.Error("the message looks like one that compaction has removed")
		}
		if len(want.Headers) == 0 && got.Headers != nil {
			t.Error("no headers became an empty map")
		}
	})
}

// What another program publishes is a record, too.
func TestForeignMessages(t *testing.T) {
	id := pulsar.NewMessageID(3, 4, 5, 0)
	m := delivered{published: &pulsar.ProducerMessage{Key: "k", Payload: []byte("b"), Properties: map[string]string{"h": "v", "keliu-at": "soon"}}, id: id}
	want := streams.Record{ID: id.String(), Key: "k", Body: []byte("b"), Headers: map[string]string{"h": "v"}, At: time.UnixMilli(1).UTC()}
	if diff := cmp.Diff(want, decode(m)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where a key's records are must not change with a version: those before would be passed by those after.
func TestPartsOfKeysNeverChange(t *testing.T) {
	for key, want := range map[string]int{"": 5, "c-1": 4, "会话": 7} {
		if got := part(key, 8); got != want {
			t.Errorf("part of %q is %d, was %d", key, got, want)
		}
	}
}

func TestMemoryForgetsTheOldestOnly(t *testing.T) {
	var m memory
	at := func(n int) spot { return spot{place: place{entry: int64(n)}} }
	if v := m.meet(at(0)); v != unknown {
		t.Errorf("a message never seen is %v", v)
	}
	if v := m.meet(at(0)); v != held {
		t.Errorf("a message that waits here is %v", v)
	}
	for n := range mostSettled + 1 {
		m.meet(at(n))
		m.settle(at(n))
	}
	if v := m.meet(at(mostSettled)); v != settled {
		t.Errorf("the message settled last is %v", v)
	}
	if v := m.meet(at(1)); v != settled {
		t.Errorf("a message settled lately is %v", v)
	}
	if v := m.meet(at(0)); v != unknown {
		t.Errorf("the message settled longest ago is %v", v)
	}
	if n := len(m.known); n > mostSettled+1 {
		t.Errorf("%d messages are remembered", n)
	}
}

func TestReconnect(t *testing.T) {
	p := newReconnect()
	for range 2 {
		for _, want := range []time.Duration{100, 200, 400, 800, 1600, 2000, 2000} {
			want *= time.Millisecond
			if reached := p.IsMaxBackoffReached(); reached && want < mostReconnect {
				t.Errorf("the longest wait is reached before %v", want)
			}
			if got := p.Next(); got < want || got > want*6/5 {
				t.Errorf("waits %v, want %v and a fifth of it at most", got, want)
			}
		}
		if !p.IsMaxBackoffReached() {
			t.Error("the longest wait is not reached")
		}
		p.Reset()
	}
}
