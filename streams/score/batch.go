package score

import (
	"context"
	"sync"
	"time"

	"keliu/streams"
)

// rest is the least time between two writes of windows: what changes meanwhile shares the next one, so that scoring takes little
// of the disk from what customers wait for.
const rest = 50 * time.Millisecond

// A batcher writes records to the state topic together.
type batcher struct {
	log streams.Log

	mu   sync.Mutex
	open *batch    // takes records; nil when none came since the last write
	last time.Time // of the last write
}

// A batch is records that become durable together.
type batch struct {
	records []streams.Record
	done    chan struct{} // closed when err is known
	err     error
}

// write returns once a record is durable.
func (b *batcher) write(ctx context.Context, r streams.Record) error {
	b.mu.Lock()
	mine := b.open
	if mine == nil {
		mine = &batch{done: make(chan struct{})}
		b.open = mine
		time.AfterFunc(time.Until(b.last.Add(rest)), func() { b.flush(context.WithoutCancel(ctx), mine) })
	}
	mine.records = append(mine.records, r)
	b.mu.Unlock()
	select {
	case <-mine.done:
		return mine.err
	case <-ctx.Done():
		return ctx.Err()
	}
}

// flush writes a batch, which takes no more records.
func (b *batcher) flush(ctx context.Context, mine *batch) {
	b.mu.Lock()
	b.open, b.last = nil, time.Now()
	b.mu.Unlock()
	mine.err = b.log.Publish(ctx, string(States), mine.records...)
	close(mine.done)
}
