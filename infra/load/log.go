package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync"
	"sync/atomic"
	"time"

	"keliu/infra/load/reference"
	"keliu/streams"
	"keliu/streams/embedded"
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
	raw, err := reference.Create(filepath.Join(b.dir, "raw"))
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, raw.Close()) }()
	ours, reference, err := b.takeTurns(
		func() (float64, error) {
			return b.produce(func(producer, n int) error {
				return log.Publish(ctx, "load", streams.Record{ID: fmt.Sprint(producer, "/", n), Key: fmt.Sprint(producer), Body: body[:]})
			})
		},
		func() (float64, error) { return b.produce(func(int, int) error { return raw.Append(body[:]) }) },
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
