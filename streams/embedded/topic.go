package embedded

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/place"
	"keliu/streams/embedded/segment"
)

// A topic is a chain of segments and those who follow it.
type topic struct {
	log   *Log
	name  string
	chain *segment.Chain

	mu      sync.RWMutex
	places  map[string]*place.Place  // of all subscriptions there ever were
	running map[string]*subscription // of these, those that are handled now

	compacted int64 // bytes that the last compaction left; guarded by Log.tidying
}

const placeSuffix = ".place"

func openTopic(l *Log, name string) (*topic, error) {
	t := &topic{log: l, name: name, places: map[string]*place.Place{}, running: map[string]*subscription{}}
	var err error
	t.chain, err = segment.Open(filepath.Join(l.dir, name), segment.Options{
		Disk: l.o.Disk, Bytes: l.o.SegmentBytes, Now: l.o.Now,
		Report:   func(d segment.Damage) { l.report(Damage{name, d}) },
		Appended: t.wake,
		Sealed:   l.wakeKeeper,
	})
	if err != nil {
		return nil, fmt.Errorf("topic %s: %w", name, err)
	}
	if err := t.loadPlaces(); err != nil {
		return nil, errors.Join(fmt.Errorf("topic %s: %w", name, err), t.chain.Close())
	}
	return t, nil
}

// loadPlaces reads the places of the subscriptions. One that is damaged begins again with the oldest record.
func (t *topic) loadPlaces() error {
	folder := filepath.Join(t.log.dir, t.name)
	names, err := t.log.o.Disk.List(folder)
	if err != nil {
		return err
	}
	for _, file := range names {
		name, ok := strings.CutSuffix(file, placeSuffix)
		if !ok {
			continue
		}
		p, err := place.Load(t.log.o.Disk, filepath.Join(folder, file))
		if err != nil && !errors.Is(err, place.ErrDamaged) {
			return err
		}
		if err != nil {
			t.log.o.Log.Error("subscription begins again", "topic", t.name, "subscription", name, "error", err)
			oldest, _ := t.chain.Bounds()
			p = place.New(oldest)
		}
		// An offset that was settled must not be given to another record, even if its own was cut off.
		t.chain.SkipTo(p.Top())
		t.places[name] = p
	}
	return nil
}

// savePlace writes a place durably.
func (t *topic) savePlace(name string, p *place.Place) error {
	return p.Save(t.log.o.Disk, filepath.Join(t.log.dir, t.name, name+placeSuffix))
}

// subscribe begins to hand records to handle. over tells when the handlers were told to stop.
func (t *topic) subscribe(name string, handle func(streams.Record) error, over func() error) (*subscription, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if t.running[name] != nil {
		return nil, errors.New("it is running already")
	}
	p := t.places[name]
	if p == nil {
		oldest, _ := t.chain.Bounds()
		p = place.New(oldest)
		if err := t.savePlace(name, p); err != nil {
			return nil, fmt.Errorf("%w: %w", streams.ErrUnavailable, err)
		}
		t.places[name] = p
	}
	s := &subscription{
		topic: t, name: name, place: p, handle: handle, over: over,
		reader: t.chain.Follow(p.Low()), lanes: map[string]*lane{},
	}
	t.running[name] = s
	return s, nil
}

// forget ends what subscribe began.
func (t *topic) forget(s *subscription) {
	t.mu.Lock()
	defer t.mu.Unlock()
	delete(t.running, s.name)
}

// wake tells the subscriptions that there are new records.
func (t *topic) wake() {
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, s := range t.running {
		s.wake()
	}
}

// passed returns the first offset that some subscription has not settled.
func (t *topic) passed() int64 {
	_, passed := t.chain.Bounds()
	t.mu.RLock()
	defer t.mu.RUnlock()
	for _, p := range t.places {
		passed = min(passed, p.Low())
	}
	return passed
}

func (t *topic) backlogs() []streams.Backlog {
	_, end := t.chain.Bounds()
	t.mu.RLock()
	defer t.mu.RUnlock()
	var all []streams.Backlog
	for name, p := range t.places {
		b := streams.Backlog{Topic: t.name, Subscription: name, Pending: p.Pending(end)}
		if s := t.running[name]; s != nil {
			b.Parked = s.parkedRecords()
		}
		all = append(all, b)
	}
	return all
}

// keepEvery is how often the keeper looks for what has become too old.
const keepEvery = time.Minute

// keep deletes and compacts what may go, until the log is closed.
func (l *Log) keep() {
	tick := time.NewTicker(keepEvery)
	defer tick.Stop()
	for {
		select {
		case <-l.done:
			return
		case <-tick.C:
		case <-l.sealed:
		}
		l.Tidy()
	}
}

func (l *Log) wakeKeeper() {
	select {
	case l.sealed <- struct{}{}:
	default: // is awake
	}
}

// Tidy deletes and compacts what may go now. The log does so by itself, every minute and when a segment is full.
func (l *Log) Tidy() {
	l.tidying.Lock()
	defer l.tidying.Unlock()
	l.mu.RLock()
	topics := make([]*topic, 0, len(l.topics))
	for _, t := range l.topics {
		topics = append(topics, t)
	}
	l.mu.RUnlock()
	for _, t := range topics {
		if err := t.tidy(); err != nil {
			l.o.Log.Error("topic was not tidied, will be later", "topic", t.name, "error", err)
		}
	}
}

func (t *topic) tidy() error {
	if strings.HasSuffix(t.name, streams.StateSuffix) {
		return t.compact()
	}
	if t.log.o.Retention == nil {
		return nil
	}
	k := t.log.o.Retention(t.name)
	var oldest time.Time
	if k.Age > 0 {
		oldest = t.log.o.Now().Add(-k.Age)
	}
	return t.chain.Trim(t.passed(), oldest, k.Bytes)
}

// compact compacts a state topic once it has doubled since the last time. A record that removes its key stays until
// every subscription has seen it.
func (t *topic) compact() error {
	if sealed := t.chain.SealedBytes(); sealed == 0 || sealed < 2*t.compacted {
		return nil
	}
	if err := t.chain.Compact(context.Background(), t.passed()); err != nil { // nobody waits for it
		return err
	}
	t.compacted = t.chain.SealedBytes()
	return nil
}
