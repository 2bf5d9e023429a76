package embedded_test

import (
	"context"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"testing"

	"keliu/streams"
	"keliu/streams/embedded"
	"keliu/streams/embedded/disk"
)

var producers = []int{1, 128, 512}

// body is as long as a customer's message with what surrounds it.
var body = make([]byte, 300)

// eachWaits calls publish b.N times from n goroutines, each of which waits for one call before the next.
func eachWaits(b *testing.B, n int, publish func(producer int) error) {
	var left atomic.Int64
	left.Store(int64(b.N))
	var all sync.WaitGroup
	b.ResetTimer()
	for p := range n {
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if err := publish(p); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

func BenchmarkPublish(b *testing.B) {
	for _, n := range producers {
		b.Run(fmt.Sprint("producers=", n), func(b *testing.B) {
			log := open(b, b.TempDir(), embedded.Options{})
			defer log.Close()
			keys := make([]string, n)
			for i := range keys {
				keys[i] = fmt.Sprint("conversation-", i)
			}
			eachWaits(b, n, func(p int) error {
				return log.Publish(b.Context(), "t", streams.Record{ID: keys[p], Key: keys[p], Body: body})
			})
		})
	}
}

// BenchmarkRawGroupCommit is what BenchmarkPublish is held against: a plain file, one write and one sync for all
// who wait, and nothing else.
func BenchmarkRawGroupCommit(b *testing.B) {
	for _, n := range producers {
		b.Run(fmt.Sprint("producers=", n), func(b *testing.B) {
			raw, err := newRaw(filepath.Join(b.TempDir(), "raw"))
			if err != nil {
				b.Fatal(err)
			}
			defer raw.file.Close()
			eachWaits(b, n, func(int) error { return raw.append(body) })
		})
	}
}

type raw struct {
	file disk.File
	end  int64
	room int64
	turn chan struct{}
	mu   sync.Mutex
	next *rawGroup
}

type rawGroup struct {
	buf  []byte
	done chan struct{}
	err  error
}

func newRaw(path string) (*raw, error) {
	file, err := disk.OS{}.Create(path)
	return &raw{file: file, turn: make(chan struct{}, 1), next: &rawGroup{done: make(chan struct{})}}, err
}

func (r *raw) append(b []byte) error {
	r.mu.Lock()
	g := r.next
	g.buf = append(g.buf, b...)
	r.mu.Unlock()
	select {
	case <-g.done:
		return g.err
	case r.turn <- struct{}{}:
	}
	defer func() { <-r.turn }()
	r.mu.Lock()
	if r.next != g { // written by the one before
		r.mu.Unlock()
		<-g.done
		return g.err
	}
	r.next = &rawGroup{done: make(chan struct{}), buf: make([]byte, 0, len(g.buf))}
	r.mu.Unlock()
	g.err = r.write(g.buf)
	close(g.done)
	return g.err
}

// write writes and syncs, with room made ahead by the mebibyte, which is the fastest way.
func (r *raw) write(b []byte) error {
	if next := r.end + int64(len(b)); next > r.room {
		r.room = next + 1<<20
		if _, err := r.file.WriteAt(make([]byte, r.room-next), next); err != nil {
			return err
		}
	}
	if _, err := r.file.WriteAt(b, r.end); err != nil {
		return err
	}
	r.end += int64(len(b))
	return r.file.Sync()
}

// BenchmarkEndToEnd is the way of a message: published, handled, answered by a record, which is handled.
func BenchmarkEndToEnd(b *testing.B) {
	for _, n := range []int{1, 128} {
		b.Run(fmt.Sprint("in_flight=", n), func(b *testing.B) {
			log := open(b, b.TempDir(), embedded.Options{})
			defer log.Close()
			ctx, cancel := context.WithCancel(b.Context())
			var ended sync.WaitGroup
			defer ended.Wait()
			defer cancel()
			answered := make([]chan struct{}, n)
			keys := make([]string, n)
			byKey := map[string]chan struct{}{}
			for i := range keys {
				keys[i], answered[i] = fmt.Sprint("conversation-", i), make(chan struct{}, 1)
				byKey[keys[i]] = answered[i]
			}
			serve := func(topic string, handle streams.Handler) {
				ended.Go(func() {
					if err := log.Subscribe(ctx, topic, "s", handle); err != context.Canceled {
						b.Error(err)
					}
				})
			}
			serve("in", func(ctx context.Context, r streams.Record) error { return log.Publish(ctx, "out", r) })
			serve("out", func(_ context.Context, r streams.Record) error { byKey[r.Key] <- struct{}{}; return nil })
			eachWaits(b, n, func(p int) error {
				err := log.Publish(ctx, "in", streams.Record{ID: keys[p], Key: keys[p], Body: body})
				<-answered[p]
				return err
			})
		})
	}
}

// BenchmarkOpen1M opens a log with a million records, each published by its own call, in the page cache.
func BenchmarkOpen1M(b *testing.B) {
	dir := b.TempDir()
	million(b, dir)
	for b.Loop() {
		log := open(b, dir, embedded.Options{})
		b.StopTimer()
		if err := log.Close(); err != nil {
			b.Fatal(err)
		}
		b.StartTimer()
	}
}

// BenchmarkCatchUp hands a million records to a subscription that was away.
func BenchmarkCatchUp(b *testing.B) {
	dir := b.TempDir()
	million(b, dir)
	log := open(b, dir, embedded.Options{})
	defer log.Close()
	for n := 0; b.Loop(); n++ {
		ctx, cancel := context.WithCancel(b.Context())
		var left atomic.Int64
		left.Store(1_000_000)
		err := log.Subscribe(ctx, "t", fmt.Sprint("s", n), func(context.Context, streams.Record) error {
			if left.Add(-1) == 0 {
				cancel()
			}
			return nil
		})
		if err != context.Canceled {
			b.Fatal(err)
		}
	}
	b.ReportMetric(1_000_000*float64(b.N)/b.Elapsed().Seconds(), "records/s")
}

// million fills topic t of a log with a million records.
func million(b *testing.B, dir string) {
	b.Helper()
	log := open(b, dir, embedded.Options{})
	var all sync.WaitGroup
	for p := range 250 {
		all.Go(func() {
			key := fmt.Sprint("conversation-", p)
			for i := range 4000 {
				if err := log.Publish(b.Context(), "t", streams.Record{ID: fmt.Sprint(key, "/", i), Key: key, Body: body}); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	if err := log.Close(); err != nil {
		b.Fatal(err)
	}
}
