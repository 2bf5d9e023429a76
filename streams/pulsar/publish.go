package pulsar

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/apache/pulsar-client-go/pulsar"

	"keliu/streams"
	"keliu/streams/pulsar/message"
)

const (
	// mostTogether and mostBytes bound what goes as one batch.
	mostTogether = 1000
	mostBytes    = 1 << 20

	// never is how often the client sends batches by itself: a call says when its records are to go.
	never = 24 * time.Hour
)

// Outlets publish to the partitions of a topic.
type outlets struct {
	mu    sync.Mutex // held while they are being opened
	parts []pulsar.Producer
}

// Publish implements streams.Log. When it fails after a while (ErrUnavailable) or ctx ends first, some of the records or all may
// have been published all the same: publish them again under the same IDs.
func (l *Log) Publish(ctx context.Context, topic string, records ...streams.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := streams.CheckSizes(topic, records); err != nil {
		return err
	}
	if err := checkName(topic); err != nil {
		return fmt.Errorf("topic %q: %w", topic, err)
	}
	if err := l.enter(); err != nil {
		return err
	}
	defer l.busy.Done()
	return l.publish(ctx, topic, records...)
}

// publish is Publish while the log is not closed: by a call that began before, or by a subscription.
func (l *Log) publish(ctx context.Context, topic string, records ...streams.Record) error {
	if len(records) == 0 {
		return nil
	}
	parts, err := l.open(topic)
	if err != nil {
		return l.failed("publish "+topic, err)
	}
	err = l.deliver(ctx, parts, records)
	if err == nil {
		return nil
	}
	if errors.Is(err, pulsar.ErrProducerClosed) {
		l.forget(topic, parts)
	}
	return l.failed("publish "+topic, err)
}

// deliver sends records to their partitions and waits until they are durable.
func (l *Log) deliver(ctx context.Context, parts []pulsar.Producer, records []streams.Record) error {
	if len(records) == 1 {
		_, err := parts[message.Part(records[0].Key, len(parts))].Send(ctx, message.Encode(&records[0], l.next()))
		return err
	}
	receipts := make(chan error, len(records))
	used := map[int]bool{}
	for i := range records {
		at := message.Part(records[i].Key, len(parts))
		used[at] = true
		// The rest of a call is not kept back because its caller has gone meanwhile.
		parts[at].SendAsync(context.WithoutCancel(ctx), message.Encode(&records[i], l.next()),
			func(_ pulsar.MessageID, _ *pulsar.ProducerMessage, err error) { receipts <- err })
	}
	for at := range used {
		go func() {
			ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), l.o.Patience)
			defer cancel()
			_ = parts[at].FlushWithCtx(ctx) // which records arrived, their receipts say
		}()
	}
	var failure error
	for range records {
		select {
		case err := <-receipts:
			failure = errors.Join(failure, err)
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	return failure
}

// failed is the error of something that the cluster could not do.
func (l *Log) failed(what string, err error) error {
	select {
	case <-l.done:
		return fmt.Errorf("%s: %w", what, streams.ErrClosed)
	default:
	}
	if errors.Is(err, pulsar.ErrMessageTooLarge) {
		return fmt.Errorf("%s: the cluster takes less: %w", what, streams.ErrTooLarge)
	}
	return fmt.Errorf("%s: %w: %w", what, streams.ErrUnavailable, err)
}

// next returns the time for a record. The times of one process differ and ascend, so that Read can put the partitions of a topic
// together again.
func (l *Log) next() int64 {
	for {
		last := l.stamp.Load()
		at := max(l.o.Now().UnixNano(), last+1)
		if l.stamp.CompareAndSwap(last, at) {
			return at
		}
	}
}

// open returns the outlets of a topic.
func (l *Log) open(topic string) ([]pulsar.Producer, error) {
	l.mu.Lock()
	o := l.outlets[topic]
	if o == nil {
		o = &outlets{}
		l.outlets[topic] = o
	}
	l.mu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.parts != nil {
		return o.parts, nil
	}
	paths, err := l.client.TopicPartitions(l.path(topic))
	if err != nil {
		return nil, err
	}
	parts := make([]pulsar.Producer, len(paths))
	for i, path := range paths {
		// Key_Shared hands out whole batches, so the records of a batch have one key.
		producer, err := l.client.CreateProducer(pulsar.ProducerOptions{
			Topic: path, SendTimeout: l.o.Patience, BackOffPolicyFunc: newReconnect, BatcherBuilderType: pulsar.KeyBasedBatchBuilder,
			BatchingMaxPublishDelay: never, BatchingMaxMessages: mostTogether, BatchingMaxSize: mostBytes,
		})
		if err != nil {
			closeAll(parts[:i])
			return nil, err
		}
		parts[i] = producer
	}
	o.parts = parts
	return parts, nil
}

// forget has a topic opened again by the next who publishes to it.
func (l *Log) forget(topic string, parts []pulsar.Producer) {
	l.mu.Lock()
	o := l.outlets[topic]
	l.mu.Unlock()
	o.mu.Lock()
	defer o.mu.Unlock()
	if len(o.parts) > 0 && o.parts[0] == parts[0] {
		o.parts = nil
		closeAll(parts)
	}
}

func (o *outlets) close() {
	o.mu.Lock()
	defer o.mu.Unlock()
	closeAll(o.parts)
}

func closeAll(parts []pulsar.Producer) {
	for _, producer := range parts {
		producer.Close()
	}
}
