package pulsar

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"

	"keliu/streams"
	"keliu/streams/pulsar/attempts"
	"keliu/streams/pulsar/lane"
	"keliu/streams/pulsar/message"
)

const (
	// queue is how many records the client asks for ahead.
	queue = 1000

	// mostHeld bounds the bytes of records that wait in memory for those before them; beyond it only their places wait.
	mostHeld = 64 << 20

	// afterwards is when a record is tried again that comes back only with the subscription: the lanes are closed before.
	afterwards = time.Hour

	// maxReason bounds the text of an error that is kept.
	maxReason = 1 << 10
)

// A subscription hands the records that the broker gives this process to a handler.
type subscription struct {
	log         *Log
	topic, name string
	handle      streams.Handler
	consumer    pulsar.Consumer
	attempts    *attempts.Book
	lanes       lane.Set[*delivery]
	memory      message.Memory

	mu   sync.Mutex
	held int // bytes of the messages in lanes
}

// A delivery is a message that is not settled.
type delivery struct {
	partition string
	id        pulsar.MessageID
	message   pulsar.Message // nil: read it again
	retries   int            // also those that do not count
}

// Subscribe implements streams.Log. It returns the error of ctx when that is done, streams.ErrClosed when the log was closed.
// Either way every handler has returned and the place is kept.
func (l *Log) Subscribe(ctx context.Context, topic, name string, handle streams.Handler) error {
	if err := checkName(topic); err != nil {
		return fmt.Errorf("topic %q: %w", topic, err)
	}
	if err := checkName(name); err != nil {
		return fmt.Errorf("subscription %q: %w", name, err)
	}
	if err := l.enter(); err != nil {
		return err
	}
	defer l.busy.Done()
	ctx, cancel := l.until(ctx)
	defer cancel()
	s := &subscription{log: l, topic: topic, name: name, handle: handle}
	if err := s.open(ctx); err != nil {
		return err
	}
	s.lanes.Workers = l.o.Workers
	s.lanes.Handle = func(d *delivery) (time.Duration, bool) { return s.try(ctx, d) }
	l.list(s, true)
	defer l.list(s, false)
	err := s.receive(ctx)
	s.lanes.Close()
	s.consumer.Close() // what was acknowledged is sent before
	s.attempts.Close()
	return err
}

// open subscribes. It waits for a cluster that does not answer.
func (s *subscription) open(ctx context.Context) error {
	for attempt := 1; ; attempt++ {
		err := s.connect(ctx)
		if err == nil {
			return nil
		}
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		s.logger().Warn("the subscription is not open, will be tried again", "error", err)
		if err := s.log.pause(ctx, attempt); err != nil {
			return err
		}
	}
}

func (s *subscription) connect(ctx context.Context) error {
	book, err := s.follow(ctx)
	if err != nil {
		return err
	}
	s.consumer, err = s.log.client.Subscribe(pulsar.ConsumerOptions{
		Topic: s.log.path(s.topic), SubscriptionName: s.name, Type: pulsar.KeyShared,
		SubscriptionInitialPosition: pulsar.SubscriptionPositionEarliest,
		ReceiverQueueSize:           queue, EnableBatchIndexAcknowledgment: true, BackOffPolicyFunc: newReconnect,
	})
	if err != nil {
		book.Close()
		return err
	}
	s.attempts = book
	return nil
}

// follow opens the book of the subscription's attempts.
func (s *subscription) follow(ctx context.Context) (*attempts.Book, error) {
	topic := attempts.Topic(s.topic, s.name)
	reader, err := s.log.client.CreateReader(pulsar.ReaderOptions{
		Topic: s.log.path(topic), StartMessageID: pulsar.LatestMessageID(), BackoffPolicyFunc: newReconnect,
	})
	if err != nil {
		return nil, s.log.failed("follow "+topic, err)
	}
	return attempts.Follow(ctx, within{s.log}, topic, reader, func(err error) {
		s.logger().Error("a note of attempts is passed over", "error", err)
	})
}

// within is a log as its subscriptions see it: while Close waits for them they still publish.
type within struct{ *Log }

// Publish is that of the log, also while it is being closed.
func (w within) Publish(ctx context.Context, topic string, records ...streams.Record) error {
	return w.publish(ctx, topic, records...)
}

// receive puts what the broker delivers into lanes, until ctx is done.
func (s *subscription) receive(ctx context.Context) error {
	for {
		if s.lanes.Room(ctx) != nil {
			return context.Cause(ctx)
		}
		m, err := s.consumer.Receive(ctx)
		if cause := context.Cause(ctx); cause != nil {
			return cause
		}
		if err != nil {
			return fmt.Errorf("subscribe %s to %s: %w: %w", s.name, s.topic, streams.ErrUnavailable, err)
		}
		s.admit(m)
	}
}

// admit puts a message behind those of its key, unless the broker delivers again what this process has.
func (s *subscription) admit(m pulsar.Message) {
	switch s.memory.Meet(m.ID()) {
	case message.Held:
		return
	case message.Settled:
		s.acknowledge(m.ID())
		return
	}
	d := &delivery{partition: m.Topic(), id: m.ID(), message: m}
	s.mu.Lock()
	if n := len(m.Payload()); s.held+n <= mostHeld {
		s.held += n
	} else {
		d.message = nil
	}
	s.mu.Unlock()
	s.lanes.Add(message.Key(m), d)
}

// try handles a record, and settles it or has it tried again.
func (s *subscription) try(ctx context.Context, d *delivery) (again time.Duration, done bool) {
	if ctx.Err() != nil {
		return afterwards, false
	}
	m, err := s.load(ctx, d)
	f := s.attempts.Of(d.id.String())
	if err == nil && f.Attempts < streams.MaxAttempts {
		err = s.attempt(ctx, d.id.String(), message.Decode(m), &f)
	} else if err == nil {
		err = errGivenUp
	}
	switch {
	case err == nil:
		s.settle(ctx, d)
		return 0, true
	case ctx.Err() != nil: // comes back when the subscription does
		return afterwards, false
	case m != nil && f.Attempts == streams.MaxAttempts:
		if err = s.bury(ctx, m, f); err == nil {
			s.logger().Error("record is dead", "message", d.id.String(), "reason", f.Reason)
			s.settle(ctx, d)
			return 0, true
		}
	}
	d.retries++
	again = s.log.o.Backoff(max(d.retries, f.Attempts))
	s.logger().Debug("record will be tried again", "message", d.id.String(), "attempts", f.Attempts, "in", again, "error", err)
	return again, false
}

// errGivenUp stands for the error that a record failed with the last time it was tried.
var errGivenUp = errors.New("was tried often enough")

// attempt calls the handler with the record of a message, and notes in f when it fails.
func (s *subscription) attempt(ctx context.Context, id string, r streams.Record, f *attempts.Failure) error {
	r.Attempt = f.Attempts + 1
	err := guard(ctx, s.handle, r)
	if err == nil || errors.Is(err, streams.ErrUnavailable) || ctx.Err() != nil {
		return err
	}
	f.Attempts, f.Reason = r.Attempt, clip(err.Error())
	if lost := s.attempts.Note(ctx, id, *f); lost != nil {
		s.logger().Warn("an attempt was not noted", "error", lost)
	}
	return err
}

// guard turns a panic of the handler into an error.
func guard(ctx context.Context, handle streams.Handler, r streams.Record) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("handler panicked: %v", v)
		}
	}()
	return handle(ctx, r)
}

// load returns the message of a delivery.
func (s *subscription) load(ctx context.Context, d *delivery) (pulsar.Message, error) {
	if d.message != nil {
		return d.message, nil
	}
	reader, err := s.log.client.CreateReader(pulsar.ReaderOptions{
		Topic: d.partition, StartMessageID: d.id, StartMessageIDInclusive: true, ReceiverQueueSize: 1, BackoffPolicyFunc: newReconnect,
	})
	if err != nil {
		return nil, err
	}
	defer reader.Close()
	m, err := reader.Next(ctx)
	if err == nil && message.PlaceOf(m.ID()) != message.PlaceOf(d.id) {
		return nil, fmt.Errorf("message %v is gone, the next is %v", d.id, m.ID())
	}
	return m, err
}

// settle acknowledges a delivery.
func (s *subscription) settle(ctx context.Context, d *delivery) {
	s.acknowledge(d.id)
	s.memory.Settle(d.id)
	if d.message != nil {
		s.mu.Lock()
		s.held -= len(d.message.Payload())
		s.mu.Unlock()
	}
	if err := s.attempts.Forget(context.WithoutCancel(ctx), d.id.String()); err != nil {
		s.logger().Warn("the attempts of a settled record are kept", "error", err)
	}
}

func (s *subscription) acknowledge(id pulsar.MessageID) {
	if err := s.consumer.AckID(id); err != nil {
		s.logger().Warn("a record will come again", "message", id.String(), "error", err)
	}
}

// bury moves a record to the dead letters.
func (s *subscription) bury(ctx context.Context, m pulsar.Message, f attempts.Failure) error {
	r := message.Decode(m)
	headers := map[string]string{
		streams.HeaderReason:       f.Reason,
		streams.HeaderSubscription: s.name,
		streams.HeaderTopic:        s.topic,
		streams.HeaderAttempts:     strconv.Itoa(f.Attempts),
		streams.HeaderDied:         s.log.o.Now().UTC().Format(time.RFC3339Nano),
	}
	for k, v := range r.Headers {
		if _, ours := headers[k]; !ours {
			headers[k] = v
		}
	}
	r.Headers = headers
	return s.log.publish(ctx, s.topic+streams.DeadSuffix, r)
}

// clip shortens the text of an error to what a header may hold.
func clip(reason string) string {
	if len(reason) > maxReason {
		reason = reason[:maxReason]
	}
	return strings.ToValidUTF8(reason, "�")
}

func (s *subscription) logger() *slog.Logger {
	return s.log.o.Log.With("topic", s.topic, "subscription", s.name)
}
