// Package attempts counts how often records of a subscription failed, across restarts and across the processes that run it.
package attempts

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/apache/pulsar-client-go/pulsar"

	"keliu/streams"
	"keliu/streams/pulsar/message"
)

// Topic is the state topic that the attempts of a subscription are kept on.
func Topic(topic, subscription string) string {
	return topic + "." + subscription + ".attempts" + streams.StateSuffix
}

// A Log keeps notes; streams.Log is one.
type Log interface {
	Latest(ctx context.Context, topic string, visit func(streams.Record) error) error
	Publish(ctx context.Context, topic string, records ...streams.Record) error
}

// A Reader hands out the notes that come, one after the other; pulsar.Reader is one.
type Reader interface {
	Next(ctx context.Context) (pulsar.Message, error)
	Close()
}

// A Book knows how often the records of a subscription failed. Each process that runs the subscription follows what the others
// note: a record that moves to another process is not tried more often than it should be. Messages are known by their IDs.
type Book struct {
	log    Log
	topic  string
	reader Reader
	over   func()        // ends the following
	ended  chan struct{} // closed when it has ended

	mu    sync.Mutex
	known map[string]Failure
}

// A Failure is how often a record failed, and why it did last.
type Failure struct {
	Attempts int    `json:"attempts"`
	Reason   string `json:"reason"`
}

// Follow restores what is noted on a topic and keeps up with what comes. The reader begins at its end, and is closed by Close.
// What cannot be read is told to lost.
func Follow(ctx context.Context, log Log, topic string, reader Reader, lost func(error)) (*Book, error) {
	b := &Book{log: log, topic: topic, reader: reader, known: map[string]Failure{}, ended: make(chan struct{})}
	if err := log.Latest(ctx, topic, b.learn); err != nil {
		reader.Close()
		return nil, err
	}
	ctx, b.over = context.WithCancel(ctx)
	go func() {
		defer close(b.ended)
		for {
			m, err := reader.Next(ctx)
			if err != nil {
				return // the subscription ends
			}
			if err := b.learn(message.Decode(m)); err != nil {
				lost(err)
			}
		}
	}()
	return b, nil
}

// learn takes in what a process has noted.
func (b *Book) learn(r streams.Record) error {
	var f Failure
	if len(r.Body) > 0 {
		if err := json.Unmarshal(r.Body, &f); err != nil {
			return fmt.Errorf("decode %s %s: %w", b.topic, r.ID, err)
		}
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if f.Attempts == 0 {
		delete(b.known, r.Key)
	} else if f.Attempts > b.known[r.Key].Attempts { // an own note is known before it comes back
		b.known[r.Key] = f
	}
	return nil
}

// Of returns how often a message failed.
func (b *Book) Of(id string) Failure {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.known[id]
}

// Note keeps how often a message failed. This process knows it also when it cannot be kept.
func (b *Book) Note(ctx context.Context, id string, f Failure) error {
	b.mu.Lock()
	b.known[id] = f
	b.mu.Unlock()
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return b.log.Publish(ctx, b.topic, streams.Record{ID: id, Key: id, Body: body})
}

// Forget has a message that is settled leave nothing behind.
func (b *Book) Forget(ctx context.Context, id string) error {
	b.mu.Lock()
	_, known := b.known[id]
	delete(b.known, id)
	b.mu.Unlock()
	if !known {
		return nil
	}
	return b.log.Publish(ctx, b.topic, streams.Record{ID: id, Key: id})
}

// Close ends the following.
func (b *Book) Close() {
	b.over()
	<-b.ended
	b.reader.Close()
}
