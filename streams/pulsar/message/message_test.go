package message

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
		m := Encode(&want, want.At.UnixNano())
		got := Decode(delivered{published: m, id: pulsar.EarliestMessageID()})
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("(-published +delivered):\n%s", diff)
		}
		if m.Key == "" {
			t.Error("the message has no key, so that compaction loses it")
		}
		if Forgotten(delivered{published: m}) {
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
	if diff := cmp.Diff(want, Decode(m)); diff != "" {
		t.Errorf("(-want +got):\n%s", diff)
	}
}

// Where a key's records are must not change with a version: those before would be passed by those after.
func TestPartsOfKeysNeverChange(t *testing.T) {
	for key, want := range map[string]int{"": 5, "c-1": 4, "会话": 7} {
		if got := Part(key, 8); got != want {
			t.Errorf("part of %q is %d, was %d", key, got, want)
		}
	}
}

func TestMemoryForgetsTheOldestOnly(t *testing.T) {
	var m Memory
	at := func(n int) pulsar.MessageID { return pulsar.NewMessageID(1, int64(n), 0, 0) }
	if v := m.Meet(at(0)); v != Unknown {
		t.Errorf("a message never seen is %v", v)
	}
	if v := m.Meet(at(0)); v != Held {
		t.Errorf("a message that waits here is %v", v)
	}
	for n := range mostSettled + 1 {
		m.Meet(at(n))
		m.Settle(at(n))
	}
	if v := m.Meet(at(mostSettled)); v != Settled {
		t.Errorf("the message settled last is %v", v)
	}
	if v := m.Meet(at(1)); v != Settled {
		t.Errorf("a message settled lately is %v", v)
	}
	if v := m.Meet(at(0)); v != Unknown {
		t.Errorf("the message settled longest ago is %v", v)
	}
	if n := len(m.known); n > mostSettled+1 {
		t.Errorf("%d messages are remembered", n)
	}
}

func TestPlacesAreInOrder(t *testing.T) {
	ids := []pulsar.MessageID{
		pulsar.EarliestMessageID(), pulsar.NewMessageID(1, 2, -1, 0), pulsar.NewMessageID(1, 3, 0, 0), pulsar.NewMessageID(1, 3, 1, 0),
		pulsar.NewMessageID(1, 10, 0, 0), pulsar.NewMessageID(2, 0, 0, 0),
	}
	for i, p := range ids {
		for j, q := range ids {
			if got := PlaceOf(p).Before(PlaceOf(q)); got != (i < j) {
				t.Errorf("%v before %v: %v", p, q, got)
			}
		}
	}
}
