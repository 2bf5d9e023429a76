// Package embedded is the default log: durable, ordered per key, in this process, with no other server.
//
// Each topic is a folder of segments (package segment) and of the places of its subscriptions. One process owns
// the folder at a time.
package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/disk"
	"keliu/streams/embedded/segment"
)

// Options say how a log behaves. The zero value is right for most.
type Options struct {
	Log          *slog.Logger                    // told of damage and of what is tried again; nil tells nobody
	SegmentBytes int64                           // size of a segment; 64 MiB when 0
	Retention    func(topic string) Keep         // what may be deleted; nil keeps everything
	Workers      int                             // handlers at the same time per subscription; 64 when 0
	Backoff      func(attempt int) time.Duration // the wait after a failure; 20 ms doubling up to 2 s when nil
	Now          func() time.Time                // time.Now when nil
	Disk         disk.FS                         // disk.OS when nil; the lock is on the machine's all the same
}

// Keep says how long records stay. A segment goes as a whole, when it exceeds one of the two and every
// subscription has passed it.
type Keep struct {
	Age   time.Duration // since its newest record; 0 sets no limit
	Bytes int64         // of the whole topic; 0 sets no limit
}

// A Damage is a stretch of a topic that could not be read and is never served.
type Damage struct {
	Topic string
	segment.Damage
}

// A Log implements streams.Log and streams.Observer in a folder.
type Log struct {
	dir  string
	o    Options
	lock io.Closer

	mu     sync.RWMutex
	topics map[string]*topic
	closed bool

	done   chan struct{}  // closed by Close
	busy   sync.WaitGroup // subscriptions and the keeper
	sealed chan struct{}  // wakes the keeper

	tidying sync.Mutex // held by Tidy

	damageMu sync.Mutex
	damage   []Damage
}

// format is what the file .format holds. A change of what is on disk changes it.
const format = "keliu log 1\n"

// Open opens the log in a folder, which it makes when there is none. It cuts off the torn ends of topics and
// finds the damage in what was written last; older damage is found when it is read.
func Open(dir string, o Options) (*Log, error) {
	o.setDefaults()
	lock, err := disk.Lock(dir)
	if err != nil {
		return nil, fmt.Errorf("open log: %w", err)
	}
	l := &Log{
		dir: dir, o: o, lock: lock, topics: map[string]*topic{},
		done: make(chan struct{}), sealed: make(chan struct{}, 1),
	}
	if err := l.load(); err != nil {
		return nil, errors.Join(fmt.Errorf("open log in %s: %w", dir, err), l.Close())
	}
	l.busy.Go(l.keep)
	return l, nil
}

func (o *Options) setDefaults() {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	if o.SegmentBytes <= 0 {
		o.SegmentBytes = 64 << 20
	}
	if o.Workers <= 0 {
		o.Workers = 64
	}
	if o.Backoff == nil {
		o.Backoff = backoff
	}
	if o.Now == nil {
		o.Now = time.Now
	}
	if o.Disk == nil {
		o.Disk = disk.OS{}
	}
}

func backoff(attempt int) time.Duration {
	const first, most = 20 * time.Millisecond, 2 * time.Second
	return min(first<<min(attempt-1, 20), most)
}

// load checks the format and opens every topic.
func (l *Log) load() error {
	names, err := l.o.Disk.List(l.dir)
	if err != nil {
		return err
	}
	path := filepath.Join(l.dir, ".format")
	if slices.Contains(names, ".format") {
		found, err := disk.ReadFile(l.o.Disk, path)
		if err != nil {
			return err
		}
		if string(found) != format {
			return fmt.Errorf("the folder is in format %q, this program reads %q only", strings.TrimSpace(string(found)), strings.TrimSpace(format))
		}
	} else if err := disk.WriteFile(l.o.Disk, path, []byte(format)); err != nil {
		return err
	}
	for _, name := range names {
		name, isFolder := strings.CutSuffix(name, "/")
		if !isFolder || streams.CheckName(name) != nil {
			continue
		}
		if _, err := l.topic(name); err != nil {
			return err
		}
	}
	return nil
}

// topic returns the topic of a name. Its folder is made by the first record.
func (l *Log) topic(name string) (*topic, error) {
	l.mu.RLock()
	t, closed := l.topics[name], l.closed
	l.mu.RUnlock()
	if closed {
		return nil, streams.ErrClosed
	}
	if t != nil {
		return t, nil
	}
	if err := streams.CheckName(name); err != nil {
		return nil, fmt.Errorf("topic %q: %w", name, err)
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.closed {
		return nil, streams.ErrClosed
	}
	if t := l.topics[name]; t != nil {
		return t, nil
	}
	t, err := openTopic(l, name)
	if err != nil {
		return nil, err
	}
	l.topics[name] = t
	return t, nil
}

// Publish implements streams.Log. It does not heed ctx once the records are on their way to the disk. The records
// of one call are 64 MiB at most.
func (l *Log) Publish(ctx context.Context, topic string, records ...streams.Record) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	if err := streams.CheckSizes(topic, records); err != nil {
		return err
	}
	t, err := l.topic(topic)
	if err != nil || len(records) == 0 {
		return err
	}
	return t.chain.Append(records)
}

// Subscribe implements streams.Log. It returns the error of ctx when that is done, streams.ErrClosed when the log
// was closed. Either way every handler has returned and the place is kept.
func (l *Log) Subscribe(ctx context.Context, topic, subscription string, handle streams.Handler) error {
	if err := streams.CheckName(subscription); err != nil {
		return fmt.Errorf("subscription %q: %w", subscription, err)
	}
	t, err := l.topic(topic)
	if err != nil {
		return err
	}
	if !l.enter() {
		return streams.ErrClosed
	}
	defer l.busy.Done()
	handling, cancel := context.WithCancel(ctx)
	defer cancel()
	s, err := t.subscribe(subscription, guard(handling, handle), handling.Err)
	if err != nil {
		return fmt.Errorf("subscribe %s to %s: %w", subscription, topic, err)
	}
	s.wake()
	select {
	case <-ctx.Done():
		err = ctx.Err()
	case <-l.done:
		err = streams.ErrClosed
	}
	cancel()
	if lost := s.stop(); lost != nil {
		return errors.Join(err, fmt.Errorf("keep the place of %s in %s: %w", subscription, topic, lost))
	}
	return err
}

// enter reports whether the log is open, and keeps Close waiting until busy.Done if so.
func (l *Log) enter() bool {
	l.mu.RLock()
	defer l.mu.RUnlock()
	if l.closed {
		return false
	}
	l.busy.Add(1)
	return true
}

// Read implements streams.Log.
func (l *Log) Read(ctx context.Context, topic string, visit func(streams.Record) error) error {
	t, err := l.topic(topic)
	if err != nil {
		return err
	}
	from, to := t.chain.Bounds()
	err = t.chain.Each(ctx, from, to, func(_ int64, r streams.Record) error { return visit(r) })
	if errors.Is(err, streams.ErrStop) {
		return nil
	}
	return err
}

// Latest implements streams.Log.
func (l *Log) Latest(ctx context.Context, topic string, visit func(streams.Record) error) error {
	t, err := l.topic(topic)
	if err != nil {
		return err
	}
	return t.chain.Latest(ctx, visit)
}

// Backlogs implements streams.Observer.
func (l *Log) Backlogs() []streams.Backlog {
	l.mu.RLock()
	defer l.mu.RUnlock()
	var all []streams.Backlog
	for _, t := range l.topics {
		all = append(all, t.backlogs()...)
	}
	slices.SortFunc(all, func(a, b streams.Backlog) int {
		return strings.Compare(a.Topic+"\x00"+a.Subscription, b.Topic+"\x00"+b.Subscription)
	})
	return all
}

// Damage returns what was found damaged since the log was opened.
func (l *Log) Damage() []Damage {
	l.damageMu.Lock()
	defer l.damageMu.Unlock()
	return slices.Clone(l.damage)
}

// report notes a damage and tells of it the first time.
func (l *Log) report(d Damage) {
	l.damageMu.Lock()
	known := slices.Contains(l.damage, d)
	if !known {
		l.damage = append(l.damage, d)
	}
	l.damageMu.Unlock()
	if known {
		return
	}
	text := "damage in a segment is passed over"
	if d.Torn {
		text = "torn end of a segment was cut off"
	}
	l.o.Log.Error(text, "topic", d.Topic, "segment", d.Segment, "at", d.At, "bytes", d.Bytes)
}

// Close implements streams.Log. It waits for the handlers that run.
func (l *Log) Close() error {
	l.mu.Lock()
	if l.closed {
		l.mu.Unlock()
		return nil
	}
	l.closed = true
	close(l.done)
	l.mu.Unlock()
	l.busy.Wait()
	var errs []error
	for _, t := range l.topics {
		errs = append(errs, t.chain.Close())
	}
	return errors.Join(append(errs, l.lock.Close())...)
}
