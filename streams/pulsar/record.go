package pulsar

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

// encode makes the message of a record.
func encode(r *streams.Record, at int64) *pulsar.ProducerMessage {
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

// decode makes the record of a message, which shares nothing with it. A message that another program published is a record, too:
// its ID is the message's.
func decode(m pulsar.Message) streams.Record {
	r := streams.Record{ID: m.ID().String(), Key: key(m), Body: bytes.Clone(m.Payload()), At: published(m)}
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

// published is when a message was published.
func published(m pulsar.Message) time.Time {
	if at, err := strconv.ParseInt(m.Properties()[propertyAt], 10, 64); err == nil {
		return time.Unix(0, at).UTC()
	}
	return m.PublishTime().UTC()
}

// key is the key of a message's record.
func key(m pulsar.Message) string { return strings.TrimPrefix(m.Key(), noKey) }

// forgotten reports whether a message stands in a batch for one that compaction has removed.
func forgotten(m pulsar.Message) bool {
	return m.Key() == "" && len(m.Payload()) == 0 && len(m.Properties()) == 0
}

// size is what a record counts against streams.MaxRecord.
func size(r *streams.Record) int {
	n := len(r.Key) + len(r.Body)
	for k, v := range r.Headers {
		n += len(k) + len(v)
	}
	return n
}

// part is the partition that the records of a key are in. It is the same in every process and every version.
func part(key string, partitions int) int {
	h := fnv.New32a()
	h.Write([]byte(key))
	return int(h.Sum32() % uint32(partitions))
}

// A place is where a message stands in a partition.
type place struct {
	ledger, entry int64
	batch         int32
}

func placeOf(id pulsar.MessageID) place {
	return place{id.LedgerID(), id.EntryID(), max(id.BatchIdx(), 0)}
}

// before reports whether p comes earlier than q.
func (p place) before(q place) bool {
	switch {
	case p.ledger != q.ledger:
		return p.ledger < q.ledger
	case p.entry != q.entry:
		return p.entry < q.entry
	}
	return p.batch < q.batch
}
