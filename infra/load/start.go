package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"sync/atomic"

	"keliu/infra/rig"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/embedded"
)

// kept is how many records the log holds for the restart.
const kept = 1_000_000

// start measures from the start of the process until it is ready: on an empty folder, and on one with a million records. The
// reference is the start of the bare Hertz.
func (b *bench) start(ctx context.Context) ([]Result, error) {
	reference := b.peer.Took.Seconds() * 1000
	dir := filepath.Join(b.dir, "start")
	first, err := b.startOnce(ctx, dir)
	if err != nil {
		return nil, err
	}
	results := []Result{result("start_first_ms", first, reference, "ms", "first start with demo data until ready; reference: start of the bare Hertz; less is better")}
	if b.quick { // filling the log takes longer than all the rest
		return results, nil
	}
	if err := fill(ctx, filepath.Join(dir, "streams")); err != nil {
		return nil, err
	}
	again, err := b.startOnce(ctx, dir)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("restart with %d records in the log, all handled; reference and sense as before", kept)
	return append(results, result("start_1m_ms", again, reference, "ms", what)), nil
}

// startOnce starts the product and stops it in order.
func (b *bench) startOnce(ctx context.Context, dir string) (ms float64, err error) {
	port, err := rig.Port()
	if err != nil {
		return 0, err
	}
	p, err := rig.Start(ctx, b.binary, dir, port)
	if err != nil {
		return 0, err
	}
	return p.Took.Seconds() * 1000, p.Stop()
}

// fill adds a million records to the busiest stream of a log and moves the product's subscription past them.
func fill(ctx context.Context, dir string) (err error) {
	log, err := embedded.Open(dir, embedded.Options{})
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, log.Close()) }()
	const topic, subscription, together = string(desk.Outbound), "deliver", 1000
	records := make([]streams.Record, together)
	for n := 0; n < kept; n += together {
		for i := range records {
			key := fmt.Sprint("c_load", i)
			records[i] = streams.Record{ID: fmt.Sprint("load-", n+i), Key: key, Body: body[:]}
		}
		if err := log.Publish(ctx, topic, records...); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var handled atomic.Int64
	err = log.Subscribe(ctx, topic, subscription, func(context.Context, streams.Record) error {
		if handled.Add(1) == kept {
			cancel()
		}
		return nil
	})
	if handled.Load() < kept {
		return fmt.Errorf("only %d records were handled: %w", handled.Load(), err)
	}
	return nil
}
