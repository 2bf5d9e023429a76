// Package streams carries facts between the parts of the house.
//
// A Log is the only contract. It promises: at least once; in order per key, also when a record fails,
// for those behind it wait; each subscription keeps its place across restarts; a failing key never holds
// up another; after MaxAttempts a record moves to the dead letters of its topic, with the reason, and can
// be replayed; Publish returns once the records are durable; records are copied, not shared. Package
// embedded keeps the log in this process's folder, package pulsar in a cluster. Every implementation
// passes package streamtest whole.
package streams

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"
)

// MaxAttempts is how often a record is handled before it moves to the dead letters.
const MaxAttempts = 5

// Names with a meaning: records of a topic that could not be handled go to the topic plus DeadSuffix;
// a topic whose name ends in StateSuffix keeps the latest record of each key for ever and may forget the others.
const (
	DeadSuffix  = ".dead"
	StateSuffix = ".state"
)

// Headers that a dead letter carries beside those of the original record.
const (
	HeaderReason       = "dead-reason"       // the last error, as text
	HeaderSubscription = "dead-subscription" // whose handler gave up
	HeaderTopic        = "dead-topic"        // where the record came from
	HeaderAttempts     = "dead-attempts"     // how often it was tried
	HeaderDied         = "dead-at"           // RFC 3339, UTC
)

var (
	// ErrUnavailable marks a failure that is no fault of the record: a store that is down, a disk that is
	// full. A handler that returns it gets the record again, later, and the attempt is not counted.
	// Publish returns it when nothing can be made durable at the moment. Over a network some of the
	// records may be there all the same: publish them again under the same IDs.
	ErrUnavailable = errors.New("temporarily unavailable")

	// ErrClosed is returned by a log that was closed.
	ErrClosed = errors.New("log is closed")

	// ErrTooLarge is returned by Publish for a record over MaxRecord bytes.
	ErrTooLarge = errors.New("record is too large")
)

// MaxRecord is the most bytes that key, headers and body of a record may have together.
const MaxRecord = 4 << 20

// A Record is one fact on a topic.
type Record struct {
	ID      string            // the publisher's, unique; by it consumers recognise a redelivery
	Key     string            // orders the records of one conversation
	Headers map[string]string // few and short; nil when there are none
	Body    []byte
	At      time.Time // when the log accepted it, UTC; set by the log
	Attempt int       // 1 on first delivery; set by the log
}

// Size is what a record counts against MaxRecord, in bytes.
func (r *Record) Size() int {
	n := len(r.Key) + len(r.Body)
	for k, v := range r.Headers {
		n += len(k) + len(v)
	}
	return n
}

// CheckSizes refuses records for a topic of which one is too large.
func CheckSizes(topic string, records []Record) error {
	for i := range records {
		if n := records[i].Size(); n > MaxRecord {
			return fmt.Errorf("publish %s: record %s has %d bytes: %w", topic, records[i].ID, n, ErrTooLarge)
		}
	}
	return nil
}

// CheckName reports whether a topic or a subscription can have a name: it is one that a file can have.
func CheckName(name string) error {
	switch {
	case name == "" || len(name) > 200:
		return errors.New("a name has 1 to 200 bytes")
	case name[0] == '.':
		return errors.New("a name does not begin with a dot")
	case strings.ContainsAny(name, "/\\\x00"):
		return errors.New("a name has no slash in it")
	}
	return nil
}

// A Handler handles one record. A nil error acknowledges it; any other brings it back.
type Handler func(context.Context, Record) error

// A Log carries records. It is safe for concurrent use.
type Log interface {
	// Publish appends records to a topic and returns once all are durable. Records of one call are
	// appended in order. One that a log cannot take keeps the whole call out.
	Publish(ctx context.Context, topic string, records ...Record) error

	// Subscribe hands each record of the topic to handle until ctx is done or the log is closed. A new
	// subscription starts with the oldest record kept. Records of different keys are handled at the same
	// time, those of one key one after the other. One process runs a subscription at most once.
	Subscribe(ctx context.Context, topic, subscription string, handle Handler) error

	// Latest hands the latest record of each key of a state topic to visit, in no order, and returns when
	// it has reached what was published before the call. A record with an empty body removes its key.
	Latest(ctx context.Context, topic string, visit func(Record) error) error

	// Read hands the records of a topic that are kept, oldest first, to visit until visit returns an error,
	// or what was published before the call is read. It needs no subscription and moves none. A visit
	// that returns ErrStop ends the reading without an error.
	Read(ctx context.Context, topic string, visit func(Record) error) error

	// Close stops every subscription, keeps their places and releases the log.
	Close() error
}

// ErrStop ends a Read early.
var ErrStop = errors.New("stop reading")

// A Backlog says how far behind a subscription is. Logs that can tell implement Observer.
type Backlog struct {
	Topic, Subscription string
	Pending             int64 // records published and not yet acknowledged
	Parked              int64 // of these, records that wait behind or for a failing key
}

// An Observer reports the state of a log, for metrics and readiness.
type Observer interface {
	Backlogs() []Backlog
}

// Replay publishes the dead letters of topic again, oldest first, without the headers of their death, and returns
// how many. Handlers are idempotent by Record.ID, so the subscriptions that had handled a record let it
// pass. match chooses; nil takes all. A letter already replayed is not replayed again.
func Replay(ctx context.Context, log Log, topic string, match func(Record) bool) (int, error) {
	marker := topic + DeadSuffix + ".replayed" + StateSuffix
	done := map[string]bool{}
	err := log.Latest(ctx, marker, func(r Record) error { done[r.Key] = true; return nil })
	if err != nil {
		return 0, fmt.Errorf("replay %s: %w", topic, err)
	}
	replayed := 0
	err = log.Read(ctx, topic+DeadSuffix, func(r Record) error {
		letter := r.ID + "@" + r.Headers[HeaderDied]
		if done[letter] || match != nil && !match(r) {
			return nil
		}
		if err := log.Publish(ctx, topic, revived(r)); err != nil {
			return err
		}
		replayed++
		return log.Publish(ctx, marker, Record{ID: letter, Key: letter, Body: []byte("replayed")})
	})
	if err != nil {
		return replayed, fmt.Errorf("replay %s: %w", topic, err)
	}
	return replayed, nil
}

// revived is a dead letter as it was before its death.
func revived(r Record) Record {
	headers := make(map[string]string, len(r.Headers))
	for k, v := range r.Headers {
		switch k {
		case HeaderReason, HeaderSubscription, HeaderTopic, HeaderAttempts, HeaderDied:
		default:
			headers[k] = v
		}
	}
	return Record{ID: r.ID, Key: r.Key, Headers: headers, Body: r.Body}
}

// A Topic gives a stream its Go type, carried as JSON.
type Topic[T any] string

// Record encodes v as a record of the topic.
func (t Topic[T]) Record(id, key string, v T) (Record, error) {
	body, err := json.Marshal(v)
	if err != nil {
		return Record{}, fmt.Errorf("encode %s: %w", t, err)
	}
	return Record{ID: id, Key: key, Body: body}, nil
}

// Publish sends v under key.
func (t Topic[T]) Publish(ctx context.Context, log Log, id, key string, v T) error {
	r, err := t.Record(id, key, v)
	if err != nil {
		return err
	}
	return log.Publish(ctx, string(t), r)
}

// Subscribe hands each value of the topic to handle, beside the record that carried it.
func (t Topic[T]) Subscribe(ctx context.Context, log Log, subscription string, handle func(context.Context, Record, T) error) error {
	return log.Subscribe(ctx, string(t), subscription, func(ctx context.Context, r Record) error {
		var v T
		if err := json.Unmarshal(r.Body, &v); err != nil {
			return fmt.Errorf("decode %s %s: %w", t, r.ID, err)
		}
		return handle(ctx, r, v)
	})
}
