package main

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"keliu/infra/load/person"
)

// inFlight is how many customers wait for an answer at the same time.
const inFlight = 256

// accept measures how fast messages are made durable, against how fast the reference echoes them.
func (b *bench) accept(ctx context.Context) (_ []Result, err error) {
	s, err := b.set(ctx, "accept", inFlight)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	ours, reference, err := b.takeTurns(
		func() (float64, error) { return b.hammer(s.ours, (*person.Line).Say) },
		func() (float64, error) {
			return s.paused(func() (float64, error) { return b.hammer(s.theirs, (*person.Line).Say) })
		},
	)
	what := fmt.Sprintf("message → 200 once durable, %d in flight; reference: bare Hertz echo of the same body", inFlight)
	return []Result{result("accept", ours, reference, "messages/s", what)}, err
}

// reply measures how fast messages are answered, from the message to the reply event, against the same echo.
func (b *bench) reply(ctx context.Context) (_ []Result, err error) {
	s, err := b.set(ctx, "reply", inFlight)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.listen(); err != nil {
		return nil, err
	}
	ours, reference, err := b.takeTurns(
		func() (float64, error) { return b.hammer(s.ours, s.answered) },
		func() (float64, error) {
			return s.paused(func() (float64, error) { return b.hammer(s.theirs, (*person.Line).Say) })
		},
	)
	what := fmt.Sprintf("message → reply event over SSE, builtin answers, %d in flight; reference: the same echo", inFlight)
	return []Result{result("reply", ours, reference, "replies/s", what)}, err
}

// idle measures how long a single customer waits for the reply event.
func (b *bench) idle(ctx context.Context) (_ []Result, err error) {
	s, err := b.set(ctx, "idle", 1)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, s.close()) }()
	if err := s.listen(); err != nil {
		return nil, err
	}
	times := 200
	if b.quick {
		times = 50
	}
	ours, reference, err := b.takeTurns(
		func() (float64, error) { return p50(times, func() error { return s.answered(s.ours[0]) }) },
		func() (float64, error) { return p50(times, s.theirs[0].Say) },
	)
	what := "message → reply event, one customer; reference: the same echo; less is better"
	return []Result{result("idle_p50_ms", ours, reference, "ms", what)}, err
}

// p50 is the median of how many milliseconds something takes, with a breath in between.
func p50(times int, do func() error) (float64, error) {
	took := make([]time.Duration, times)
	for i := range took {
		time.Sleep(2 * time.Millisecond)
		began := time.Now()
		if err := do(); err != nil {
			return 0, err
		}
		took[i] = time.Since(began)
	}
	return middle(took).Seconds() * 1000, nil
}

// hammer has every line do something again and again for a slice of time and returns how often a second it was done.
func (b *bench) hammer(all []*person.Line, do func(*person.Line) error) (float64, error) {
	var done atomic.Int64
	failed := make([]error, len(all))
	began := time.Now()
	end := began.Add(b.slice)
	var working sync.WaitGroup
	for i, l := range all {
		working.Go(func() {
			if err := l.Conn().SetDeadline(end.Add(30 * time.Second)); err != nil {
				failed[i] = err
				return
			}
			for time.Now().Before(end) {
				if failed[i] = do(l); failed[i] != nil {
					return
				}
				done.Add(1)
			}
		})
	}
	working.Wait()
	rate := float64(done.Load()) / time.Since(began).Seconds()
	for _, err := range failed {
		if err != nil { // one tells as much as all
			return 0, err
		}
	}
	return rate, nil
}
