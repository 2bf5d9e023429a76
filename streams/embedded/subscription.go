package embedded

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strconv"
	"strings"
	"sync"
	"time"

	"keliu/streams"
	"keliu/streams/embedded/place"
	"keliu/streams/embedded/segment"
)

const (
	// maxHeld bounds the bytes of records that wait in memory for those before them; beyond it only their
	// offsets wait.
	maxHeld = 8 << 20

	// maxParked bounds the failing keys of a subscription. When so many fail, all of them do.
	maxParked = 1 << 16

	// saveEvery is how old the place on disk may be. What was settled since comes again after a crash. What
	// failed is kept sooner, lest a record be tried more often than it should.
	saveEvery = time.Second
	saveSoon  = 50 * time.Millisecond

	// maxReason bounds the text of an error that is kept.
	maxReason = 1 << 10
)

// A subscription hands the records of a topic to a handler. Workers are started while there is work and end when
// there is none: an idle subscription is a place and nothing else.
type subscription struct {
	topic  *topic
	name   string
	place  *place.Place
	handle func(streams.Record) error
	over   func() error // not nil once handlers were told to stop

	workers sync.WaitGroup

	mu       sync.Mutex
	reader   *segment.Reader
	lanes    map[string]*lane // keys with records that were read and are not settled
	ready    []*lane          // of these, those whose first record waits for a worker
	due      []*lane          // likewise, but it failed before
	parked   int              // of these, those that wait for time to pass
	held     int              // bytes of the records in lanes
	running  int              // workers
	retrying int              // of these, those that handle what failed before
	saver    *time.Timer      // nil when the place on disk is right
	stopped  bool
}

// A lane is the records of one key, in order. Only its first record is handled.
type lane struct {
	key     string
	items   []item
	retries int         // of the first, also those that do not count
	timer   *time.Timer // not nil while the lane is parked
}

type item struct {
	offset int64
	record *streams.Record // nil: read it again
	size   int             // of record
}

// guard turns a panic of the handler into an error.
func guard(ctx context.Context, handle streams.Handler) func(streams.Record) error {
	return func(r streams.Record) (err error) {
		defer func() {
			if v := recover(); v != nil {
				err = fmt.Errorf("handler panicked: %v", v)
			}
		}()
		return handle(ctx, r)
	}
}

func (s *subscription) log() *slog.Logger {
	return s.topic.log.o.Log.With("topic", s.topic.name, "subscription", s.name)
}

// wake sees to it that somebody looks for work.
func (s *subscription) wake() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.spawn()
}

// spawn starts a worker if there is work and room for one. The caller holds s.mu.
func (s *subscription) spawn() {
	if s.stopped || s.running >= s.topic.log.o.Workers {
		return
	}
	if _, end := s.topic.chain.Bounds(); len(s.ready) == 0 && !s.mayRetry() && s.reader.Offset() >= end {
		return
	}
	s.running++
	s.workers.Go(s.work)
}

// mayRetry reports whether a worker should try again what failed. Half of them are kept for what did not, so that
// failing slowly does not hold up others either. The caller holds s.mu.
func (s *subscription) mayRetry() bool {
	return len(s.due) > 0 && s.retrying < max(1, s.topic.log.o.Workers/2)
}

func (s *subscription) work() {
	for {
		l, again, ok := s.take()
		if !ok {
			return
		}
		if l != nil {
			s.try(l)
		}
		if again {
			s.mu.Lock()
			s.retrying--
			s.mu.Unlock()
		}
	}
}

// take returns a lane whose first record is to be handled, and whether that failed before; or nil when take is to be
// called again. It reports false when there is nothing to do, and the worker no longer counts.
func (s *subscription) take() (l *lane, again, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.ready) > 0 && !s.stopped {
		l, s.ready = s.ready[0], s.ready[1:]
		s.spawn()
		return l, false, true
	}
	if s.mayRetry() && !s.stopped {
		l, s.due = s.due[0], s.due[1:]
		s.retrying++
		s.spawn()
		return l, true, true
	}
	if s.parked >= maxParked || s.stopped {
		s.running--
		return nil, false, false
	}
	from := s.reader.Offset()
	offset, r, err := s.reader.Next()
	if err != nil {
		s.running--
		s.place.Settle(from, s.reader.Offset()) // there is nothing there, or nothing whole
		if err != io.EOF {
			s.log().Error("reading failed, will be tried again", "error", err)
			time.AfterFunc(s.topic.log.o.Backoff(streams.MaxAttempts), s.wake)
		}
		return nil, false, false
	}
	s.place.Settle(from, offset)
	if s.place.Done(offset) {
		return nil, false, true
	}
	return s.admit(offset, &r), false, true
}

// admit puts a record behind those of its key. It returns the lane if the record is the first and is due. The
// caller holds s.mu.
func (s *subscription) admit(offset int64, r *streams.Record) *lane {
	l := s.lanes[r.Key]
	if l != nil {
		i := item{offset: offset}
		if n := r.Size(); l.timer == nil && s.held+n <= maxHeld {
			i.record, i.size = r, n
			s.held += n
		}
		l.items = append(l.items, i)
		return nil
	}
	n := r.Size()
	l = &lane{key: r.Key, items: []item{{offset, r, n}}}
	s.held += n
	s.lanes[r.Key] = l
	if f, failed := s.place.Failure(offset); failed {
		s.park(l, f.Due.Sub(s.topic.log.o.Now()))
		return nil
	}
	s.spawn()
	return l
}

// try handles the first record of a lane, and settles or parks it.
func (s *subscription) try(l *lane) {
	s.mu.Lock()
	i := l.items[0]
	s.mu.Unlock()
	r, err := s.load(i)
	if err == io.EOF {
		s.settle(l) // a state topic forgot it
		return
	}
	f, _ := s.place.Failure(i.offset)
	if err == nil && f.Attempts < streams.MaxAttempts {
		r.Attempt = f.Attempts + 1
		err = s.handle(r)
		if err != nil && !errors.Is(err, streams.ErrUnavailable) && s.over() == nil {
			f.Attempts, f.Reason = r.Attempt, clip(err.Error())
		}
	}
	switch {
	case err == nil && f.Attempts < streams.MaxAttempts:
		s.settle(l)
		return
	case s.over() != nil: // comes back when the subscription does
		return
	case f.Attempts == streams.MaxAttempts:
		s.place.Fail(i.offset, f)
		if err = s.bury(i.offset, f); err == nil {
			s.log().Error("record is dead", "offset", i.offset, "reason", f.Reason)
			s.settle(l)
			return
		}
	}
	s.postpone(l, f, err)
}

// load returns the record of an item, for this attempt alone.
func (s *subscription) load(i item) (streams.Record, error) {
	if i.record != nil {
		return *i.record, nil
	}
	r := s.topic.chain.Between(i.offset, i.offset+1)
	_, record, err := r.Next()
	return record, errors.Join(err, r.Close())
}

// settle removes the first record of a lane.
func (s *subscription) settle(l *lane) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := l.items[0]
	if _, failed := s.place.Failure(i.offset); failed {
		s.place.Forgive(i.offset)
		defer s.touch(saveSoon)
	}
	s.place.Settle(i.offset, i.offset+1)
	s.release(l)
	l.items, l.retries = l.items[1:], 0
	if len(l.items) == 0 {
		delete(s.lanes, l.key)
	} else {
		s.ready = append(s.ready, l)
	}
	s.touch(saveEvery)
}

// release forgets the first record of a lane, but not its offset. The caller holds s.mu.
func (s *subscription) release(l *lane) {
	i := &l.items[0]
	s.held -= i.size
	i.record, i.size = nil, 0
}

// postpone parks a lane whose first record could not be handled.
func (s *subscription) postpone(l *lane, f place.Failure, cause error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	l.retries++
	wait := s.topic.log.o.Backoff(max(l.retries, f.Attempts))
	offset := l.items[0].offset
	if f.Attempts > 0 {
		f.Due = s.topic.log.o.Now().Add(wait)
		s.place.Fail(offset, f)
		s.touch(saveSoon)
	}
	s.log().Debug("record will be tried again", "offset", offset, "attempts", f.Attempts, "in", wait, "error", cause)
	s.park(l, wait)
}

// park lets a lane wait. The caller holds s.mu.
func (s *subscription) park(l *lane, wait time.Duration) {
	s.release(l)
	s.parked++
	l.timer = time.AfterFunc(wait, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		l.timer = nil
		s.parked--
		s.due = append(s.due, l)
		s.spawn()
	})
}

// bury moves a record to the dead letters.
func (s *subscription) bury(offset int64, f place.Failure) error {
	r, err := s.load(item{offset: offset})
	if err == io.EOF {
		return nil
	}
	if err != nil {
		return err
	}
	headers := map[string]string{
		streams.HeaderReason:       f.Reason,
		streams.HeaderSubscription: s.name,
		streams.HeaderTopic:        s.topic.name,
		streams.HeaderAttempts:     strconv.Itoa(f.Attempts),
		streams.HeaderDied:         s.topic.log.o.Now().UTC().Format(time.RFC3339Nano),
	}
	for k, v := range r.Headers {
		if _, ours := headers[k]; !ours {
			headers[k] = v
		}
	}
	r.Headers = headers
	dead, err := s.topic.log.topic(s.topic.name + streams.DeadSuffix)
	if err != nil {
		return err
	}
	return dead.chain.Append([]streams.Record{r})
}

// clip shortens the text of an error to what a header may hold.
func clip(reason string) string {
	if len(reason) > maxReason {
		reason = reason[:maxReason]
	}
	return strings.ToValidUTF8(reason, "�")
}

// parkedRecords returns how many records wait for a key that fails.
func (s *subscription) parkedRecords() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, l := range s.lanes {
		if l.timer != nil || l.retries > 0 {
			n += len(l.items)
		}
	}
	return int64(n)
}

// touch has the place saved within a while. The caller holds s.mu.
func (s *subscription) touch(within time.Duration) {
	switch {
	case s.stopped:
	case s.saver == nil:
		s.saver = time.AfterFunc(within, s.save)
	case within < saveEvery:
		s.saver.Reset(within)
	}
}

func (s *subscription) save() {
	s.mu.Lock()
	due := s.saver != nil
	s.saver = nil
	s.mu.Unlock()
	if !due {
		return
	}
	if err := s.topic.savePlace(s.name, s.place); err != nil {
		s.log().Error("place was not saved, will be tried again", "error", err)
		s.mu.Lock()
		s.touch(saveEvery)
		s.mu.Unlock()
	}
}

// stop waits for the workers, whose handlers were told to stop, and keeps the place.
func (s *subscription) stop() error {
	s.mu.Lock()
	s.stopped = true
	if s.saver != nil {
		s.saver.Stop()
		s.saver = nil
	}
	for _, l := range s.lanes {
		if l.timer != nil {
			l.timer.Stop()
		}
	}
	s.mu.Unlock()
	s.workers.Wait()
	err := errors.Join(s.reader.Close(), s.topic.savePlace(s.name, s.place))
	s.topic.forget(s)
	return err
}
