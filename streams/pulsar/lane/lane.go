// Package lane hands items out in the order of their keys: those of one key one after the other, those of different keys at
// the same time. A key whose first item failed is parked with all behind it, and holds up nobody else.
package lane

import (
	"context"
	"sync"
	"time"
)

const (
	// mostMoving bounds the items of keys that move: what has not been taken yet can still be given to somebody else.
	mostMoving = 4096

	// mostStuck bounds the keys that are parked or slow. When so many are, all of them are.
	mostStuck = 1 << 14

	// slow is how long an item is handled before those behind it count as held up.
	slow = time.Second

	// recheck is how soon it is looked again whether a slow key has made room.
	recheck = 50 * time.Millisecond
)

// A Set is the keys that have items. Its exported fields are set before it is used.
type Set[T any] struct {
	Workers int // items handled at the same time; half of them may be such that failed before

	// Handle handles an item. One that is not settled is handed out again after a while, and nothing of its key before it.
	Handle func(item T) (again time.Duration, settled bool)

	mu      sync.Mutex
	lanes   map[string]*lane[T]
	held    int // items
	parked  int // of these, the items of keys whose first one failed
	stopped bool

	once    sync.Once
	slots   chan struct{} // a token for each item being handled
	retries chan struct{} // likewise, for those that failed before
	room    chan struct{} // holds a token when half of what may move is settled
	done    chan struct{} // closed by Close
	busy    sync.WaitGroup
}

// A lane is the items of one key.
type lane[T any] struct {
	items  []T
	began  time.Time // when its first item was handed out; zero while it waits for a worker
	parked bool      // its first item failed
}

func (s *Set[T]) setUp() {
	s.lanes = map[string]*lane[T]{}
	s.slots = make(chan struct{}, max(1, s.Workers))
	s.retries = make(chan struct{}, max(1, s.Workers/2))
	s.room = make(chan struct{}, 1)
	s.done = make(chan struct{})
}

// Add puts an item behind those of its key. It does not wait. After Close it does nothing.
func (s *Set[T]) Add(key string, item T) {
	s.once.Do(s.setUp)
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return
	}
	s.held++
	if l := s.lanes[key]; l != nil {
		l.items = append(l.items, item)
		if l.parked {
			s.parked++
		}
		return
	}
	l := &lane[T]{items: []T{item}}
	s.lanes[key] = l
	s.busy.Go(func() { s.run(key, l) })
}

// run hands out the items of a lane until there are none.
func (s *Set[T]) run(key string, l *lane[T]) {
	for failed := false; ; {
		item, ok := s.begin(l, failed)
		if !ok {
			return
		}
		again, settled := s.Handle(item)
		s.end(failed)
		if failed = !settled; failed {
			ok = s.park(l, again)
		} else {
			ok = s.next(key, l)
		}
		if !ok {
			return
		}
	}
}

// begin waits for a worker. It reports false when the set was closed.
func (s *Set[T]) begin(l *lane[T], failed bool) (item T, ok bool) {
	if failed {
		select {
		case s.retries <- struct{}{}:
		case <-s.done:
			return item, false
		}
	}
	select {
	case s.slots <- struct{}{}:
	case <-s.done:
		return item, false
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.stopped {
		return item, false
	}
	l.began = time.Now()
	return l.items[0], true
}

// end lets the worker go.
func (s *Set[T]) end(failed bool) {
	<-s.slots
	if failed {
		<-s.retries
	}
}

// next removes the first item of a lane. It reports whether there is another.
func (s *Set[T]) next(key string, l *lane[T]) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.held-s.parked <= mostMoving/2 { // one who waits for room is not woken for each item
		select {
		case s.room <- struct{}{}:
		default:
		}
	}
	if l.parked {
		l.parked = false
		s.parked -= len(l.items)
	}
	var none T
	l.items[0] = none
	l.items = l.items[1:]
	l.began = time.Time{}
	s.held--
	if len(l.items) == 0 {
		delete(s.lanes, key)
		return false
	}
	return true
}

// park lets a lane wait, which stays parked until its first item is settled. It reports false when the set was closed
// meanwhile.
func (s *Set[T]) park(l *lane[T], wait time.Duration) bool {
	s.mu.Lock()
	if l.began = (time.Time{}); !l.parked {
		l.parked = true
		s.parked += len(l.items)
	}
	s.mu.Unlock()
	timer := time.NewTimer(wait)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-s.done:
		return false
	}
}

// Room waits until there is room for more: keys that move leave room for others when their items are settled, those that are
// stuck take none up until there are very many of them. It returns the error of ctx when that is done first.
func (s *Set[T]) Room(ctx context.Context) error {
	s.once.Do(s.setUp)
	for !s.hasRoom(time.Now()) {
		timer := time.NewTimer(recheck)
		select {
		case <-s.room:
		case <-timer.C:
		case <-ctx.Done():
		}
		timer.Stop()
		if err := ctx.Err(); err != nil {
			return err
		}
	}
	return ctx.Err()
}

func (s *Set[T]) hasRoom(now time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.lanes) < mostStuck && s.held-s.parked < mostMoving {
		return true
	}
	moving, stuck := 0, 0
	for _, l := range s.lanes {
		if l.parked || !l.began.IsZero() && now.Sub(l.began) > slow {
			stuck++
		} else {
			moving += len(l.items)
		}
	}
	return moving < mostMoving && stuck < mostStuck
}

// Count returns how many items there are, and how many of them are behind or are one that failed.
func (s *Set[T]) Count() (held, parked int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.held, s.parked
}

// Close hands out nothing more and waits for what is being handled.
func (s *Set[T]) Close() {
	s.once.Do(s.setUp)
	s.mu.Lock()
	if !s.stopped {
		s.stopped = true
		close(s.done)
	}
	s.mu.Unlock()
	s.busy.Wait()
}
