package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/embedded/disk"
)

// producers is how many wait for their record to be durable at the same time.
const producers = 256

// body is as long as a customer's message with what surrounds it.
var body = [300]byte{}

// log measures the embedded log against a plain file with group commit.
func (b *bench) log(ctx context.Context) (_ []Result, err error) {
	log, err := embedded.Open(filepath.Join(b.dir, "log"), embedded.Options{})
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	raw, err := newFile(filepath.Join(b.dir, "raw"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, raw.file.Close()) }()
	ours, reference, err := b.takeTurns(
		func() (float64, error) {
			return b.produce(func(producer, n int) error {
				return log.Publish(ctx, "load", streams.Record{ID: fmt.Sprint(producer, "/", n), Key: fmt.Sprint(producer), Body: body[:]})
			})
		},
		func() (float64, error) { return b.produce(func(int, int) error { return raw.append(body[:]) }) },
	)
	what := fmt.Sprintf("embedded log, %d producers waiting for the disk, %d bytes; reference: a plain file with group commit", producers, len(body))
	return []Result{result("log", ours, reference, "records/s", what)}, err
}

// produce has every producer do something again and again for a slice of time and returns how often a second it was done.
func (b *bench) produce(do func(producer, n int) error) (float64, error) {
	var done atomic.Int64
	var working sync.WaitGroup
	failed := make([]error, producers)
	began := time.Now()
	for p := range producers {
		working.Go(func() {
			for n := 0; time.Since(began) < b.slice; n++ {
				if failed[p] = do(p, n); failed[p] != nil {
					return
				}
				done.Add(1)
			}
		})
	}
	working.Wait()
	return float64(done.Load()) / time.Since(began).Seconds(), errors.Join(failed...)
}

// A file is the reference of the log: whoever comes while a group is being synced waits in the next one, and the first of a
// group to get its turn writes and syncs for all of it.
type file struct {
	file disk.File
	end  int64
	room int64         // bytes that were written ahead, so that a sync has no length to change
	turn chan struct{} // held by who writes
	mu   sync.Mutex
	next *group
}

type group struct {
	bytes []byte
	done  chan struct{}
	err   error
}

func newFile(path string) (*file, error) {
	f, err := disk.OS{}.Create(path)
	return &file{file: f, turn: make(chan struct{}, 1), next: &group{done: make(chan struct{})}}, err
}

// append returns once the bytes are on the disk.
func (f *file) append(b []byte) error {
	f.mu.Lock()
	g := f.next
	g.bytes = append(g.bytes, b...)
	f.mu.Unlock()
	select {
	case <-g.done:
		return g.err
	case f.turn <- struct{}{}:
	}
	defer func() { <-f.turn }()
	f.mu.Lock()
	if f.next != g { // written by the one before
		f.mu.Unlock()
		<-g.done
		return g.err
	}
	f.next = &group{done: make(chan struct{}), bytes: make([]byte, 0, cap(g.bytes))}
	f.mu.Unlock()
	g.err = f.write(g.bytes)
	close(g.done)
	return g.err
}

func (f *file) write(b []byte) error {
	if next := f.end + int64(len(b)); next > f.room {
		f.room = next + 1<<20
		if _, err := f.file.WriteAt(make([]byte, f.room-next), next); err != nil {
			return err
		}
	}
	if _, err := f.file.WriteAt(b, f.end); err != nil {
		return err
	}
	f.end += int64(len(b))
	return f.file.Sync()
}
