package pulsar

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"

	"keliu/streams"
	"keliu/streams/pulsar/message"
)

// Read implements streams.Log. Records of different partitions come in the order of their times.
func (l *Log) Read(ctx context.Context, topic string, visit func(streams.Record) error) error {
	err := l.read(ctx, topic, func(m pulsar.Message) error { return visit(message.Decode(m)) })
	if errors.Is(err, streams.ErrStop) {
		return nil
	}
	return err
}

// Latest implements streams.Log.
func (l *Log) Latest(ctx context.Context, topic string, visit func(streams.Record) error) error {
	latest := map[string]pulsar.Message{}
	err := l.read(ctx, topic, func(m pulsar.Message) error {
		if len(m.Payload()) == 0 {
			delete(latest, m.Key())
		} else {
			latest[m.Key()] = m
		}
		return nil
	})
	if err != nil {
		return err
	}
	for _, m := range latest {
		if err := errors.Join(ctx.Err(), visit(message.Decode(m))); err != nil {
			return err
		}
	}
	return nil
}

// read hands the messages that a topic held when it was called to visit, oldest first.
func (l *Log) read(ctx context.Context, topic string, visit func(pulsar.Message) error) error {
	if err := checkName(topic); err != nil {
		return fmt.Errorf("topic %q: %w", topic, err)
	}
	if err := l.enter(); err != nil {
		return err
	}
	defer l.busy.Done()
	ctx, cancel := l.until(ctx)
	defer cancel()
	tapes, err := l.tapes(topic)
	defer func() {
		for _, t := range tapes {
			t.reader.Close()
		}
	}()
	if err != nil {
		return l.failed("read "+topic, err)
	}
	for {
		first, err := earliest(ctx, tapes)
		if err != nil || first == nil {
			return err
		}
		m := first.head
		first.head = nil
		if err := visit(m); err != nil {
			return err
		}
	}
}

// A tape is a partition being read, up to what was last in it when it was opened.
type tape struct {
	reader pulsar.Reader
	last   message.Place
	over   bool

	head pulsar.Message // read and not yet handed out
	at   time.Time
}

// tapes opens the partitions of a topic for reading. It returns what it has opened also when it fails.
func (l *Log) tapes(topic string) ([]*tape, error) {
	paths, err := l.client.TopicPartitions(l.path(topic))
	if err != nil {
		return nil, err
	}
	var tapes []*tape
	for _, path := range paths {
		reader, err := l.client.CreateReader(pulsar.ReaderOptions{
			Topic: path, StartMessageID: pulsar.EarliestMessageID(), BackoffPolicyFunc: newReconnect,
			ReadCompacted: strings.HasSuffix(topic, streams.StateSuffix),
		})
		if err != nil {
			return tapes, err
		}
		t := &tape{reader: reader}
		tapes = append(tapes, t)
		last, err := reader.GetLastMessageID()
		if err != nil {
			return tapes, err
		}
		t.last, t.over = message.PlaceOf(last), last.EntryID() < 0
	}
	return tapes, nil
}

// earliest returns the tape whose next message is the earliest, or nil when all are over.
func earliest(ctx context.Context, tapes []*tape) (*tape, error) {
	if err := context.Cause(ctx); err != nil {
		return nil, err
	}
	var first *tape
	for _, t := range tapes {
		if err := t.fill(ctx); err != nil {
			return nil, err
		}
		if t.head != nil && (first == nil || t.at.Before(first.at)) {
			first = t
		}
	}
	return first, nil
}

// fill reads the next message of a tape, unless there is one at hand or none is left.
func (t *tape) fill(ctx context.Context) error {
	for t.head == nil && !t.over {
		m, err := t.reader.Next(ctx)
		if err != nil {
			return errors.Join(context.Cause(ctx), err)
		}
		here := message.PlaceOf(m.ID())
		t.over = !here.Before(t.last)
		if message.Forgotten(m) || t.last.Before(here) {
			continue
		}
		t.head, t.at = m, message.Published(m)
	}
	return nil
}
