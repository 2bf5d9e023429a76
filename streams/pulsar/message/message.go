// Package message is how records travel: as messages of Pulsar, and where those stand.
package message

import (
	"bytes"
	"hash/fnv"
	"strconv"
	"strings"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"

	"keliu/streams"
)

// Properties of a message that are no headers of its record. A header whose name begins like theirs gets the beginning twice.
const (
	ours       = "keliu-"
	propertyID = ours + "id" // Record.ID
	propertyAt = ours + "at" // Record.At, in nanoseconds since 1970
)

// noKey stands in front of a key that is empty or begins with it: messages without a key are lost when a topic is compacted.
const noKey = "\x00"

// Encode makes the message of a record.
func Encode(r *streams.Record, at int64) *pulsar.ProducerMessage {
	properties := make(map[string]string, len(r.Headers)+2)
	for name, value := range r.Headers {
		if strings.HasPrefix(name, ours) {
			name = ours + name
		}
		properties[name] = value
	}
	properties[propertyID] = r.ID
	properties[propertyAt] = strconv.FormatInt(at, 10)
	key := r.Key
	if key == "" || strings.HasPrefix(key, noKey) {
		key = noKey + key
	}
	return &pulsar.ProducerMessage{Key: key, Payload: bytes.Clone(r.Body), Properties: properties}
}

// Decode makes the record of a message, which shares nothing with it. A message that another program published is a record, too:
// its ID is the message's.
func Decode(m pulsar.Message) streams.Record {
	r := streams.Record{ID: m.ID().String(), Key: Key(m), Body: bytes.Clone(m.Payload()), At: Published(m)}
	for name, value := range m.Properties() {
		switch name {
		case propertyID:
			r.ID = value
			continue
		case propertyAt:
			continue
		}
		if r.Headers == nil {
			r.Headers = map[string]string{}
		}
		r.Headers[strings.TrimPrefix(name, ours)] = value
	}
	return r
}

// Published is when a message was published.
func Published(m pulsar.Message) time.Time {
	if at, err := strconv.ParseInt(m.Properties()[propertyAt], 10, 64); err == nil {
		return time.Unix(0, at).UTC()
	}
	return m.PublishTime().UTC()
}

// Key is the key of a message's record.
func Key(m pulsar.Message) string { return strings.TrimPrefix(m.Key(), noKey) }

// Forgotten reports whether a message stands in a batch for one that compaction has removed.
func Forgotten(m pulsar.Message) bool {
	return m.Key() == "" && len(m.Payload()) == 0 && len(m.Properties()) == 0
}

// Part is the partition that the records of a key are in. It is the same in every process and every version.
func Part(key string, partitions int) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	return int(h.Sum32() % uint32(partitions))
}

// A Place is where a message stands in a partition.
type Place struct {
	ledger, entry int64
	batch         int32
}

// PlaceOf is where the message of an ID stands. One that came alone is the first of its batch.
func PlaceOf(id pulsar.MessageID) Place {
	return Place{id.LedgerID(), id.EntryID(), max(id.BatchIdx(), 0)}
}

// Before reports whether p comes earlier than q.
func (p Place) Before(q Place) bool {
	switch {
	case p.ledger != q.ledger:
		return p.ledger < q.ledger
	case p.entry != q.entry:
		return p.entry < q.entry
	}
	return p.batch < q.batch
}
