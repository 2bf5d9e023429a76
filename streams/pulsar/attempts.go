package pulsar

import (
	"context"
	"encoding/json"
	"fmt"
	"sync"

	"github.com/apache/pulsar-client-go/pulsar"

	"keliu/streams"
)

// Attempts are how often records of a subscription failed. They are kept on a state topic beside it, which every process that
// runs the subscription follows: a record that moves to another process is not tried more often than it should be.
type attempts struct {
	log    *Log
	topic  string
	reader pulsar.Reader
	over   func()        // ends the following
	ended  chan struct{} // closed when it has ended

	mu    sync.Mutex
	known map[string]failure // by message
}

// A failure is how often a record failed, and why it did last.
type failure struct {
	Attempts int    `json:"attempts"`
	Reason   string `json:"reason"`
}

// follow restores the failures of a subscription and keeps up with those that come.
func (l *Log) follow(ctx context.Context, topic, subscription string) (*attempts, error) {
	a := &attempts{
		log: l, topic: topic + "." + subscription + ".attempts" + streams.StateSuffix,
		known: map[string]failure{}, ended: make(chan struct{}),
	}
	var err error
	a.reader, err = l.client.CreateReader(pulsar.ReaderOptions{
		Topic: l.path(a.topic), StartMessageID: pulsar.LatestMessageID(), BackoffPolicyFunc: newReconnect,
	})
	if err != nil {
		return nil, l.failed("follow "+a.topic, err)
	}
	if err := l.Latest(ctx, a.topic, a.learn); err != nil {
		a.reader.Close()
		return nil, err
	}
	ctx, a.over = context.WithCancel(ctx)
	go func() {
		defer close(a.ended)
		for {
			m, err := a.reader.Next(ctx)
			if err != nil {
				return // the subscription ends
			}
			if err := a.learn(decode(m)); err != nil {
				l.o.Log.Error("a note of attempts is passed over", "topic", a.topic, "error", err)
			}
		}
	}()
	return a, nil
}

// learn takes in what a process has noted.
func (a *attempts) learn(r streams.Record) error {
	var f failure
	if len(r.Body) > 0 {
		if err := json.Unmarshal(r.Body, &f); err != nil {
			return fmt.Errorf("decode %s %s: %w", a.topic, r.ID, err)
		}
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	if f.Attempts == 0 {
		delete(a.known, r.Key)
	} else if f.Attempts > a.known[r.Key].Attempts { // an own note is known before it comes back
		a.known[r.Key] = f
	}
	return nil
}

// of returns how often a message failed.
func (a *attempts) of(message string) failure {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.known[message]
}

// note keeps how often a message failed.
func (a *attempts) note(ctx context.Context, message string, f failure) error {
	a.mu.Lock()
	a.known[message] = f
	a.mu.Unlock()
	body, err := json.Marshal(f)
	if err != nil {
		return err
	}
	return a.log.publish(ctx, a.topic, streams.Record{ID: message, Key: message, Body: body})
}

// forget has a message that is settled leave nothing behind.
func (a *attempts) forget(ctx context.Context, message string) error {
	a.mu.Lock()
	_, known := a.known[message]
	delete(a.known, message)
	a.mu.Unlock()
	if !known {
		return nil
	}
	return a.log.publish(ctx, a.topic, streams.Record{ID: message, Key: message})
}

func (a *attempts) close() {
	a.over()
	<-a.ended
	a.reader.Close()
}
