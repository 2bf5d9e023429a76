package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"time"

	"keliu/infra/load/cockpit"
)

// cockpit measures how fast the cockpit's page is worked out, against a recount of every point.
func (b *bench) cockpit(ctx context.Context) (_ []Result, err error) {
	size := 3_500_000
	if b.quick {
		size /= 10
	}
	day, err := cockpit.Open(ctx, filepath.Join(b.dir, "cockpit"), size)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, day.Close()) }()
	page, err := day.Page(ctx)
	if err != nil {
		return nil, err
	}
	began := time.Now()
	recount := day.Recount()
	reference := 1 / time.Since(began).Seconds()
	if err := cockpit.Check(page, recount); err != nil {
		return nil, err
	}
	var took []time.Duration
	total := time.Duration(0)
	for total < b.slice {
		began := time.Now()
		if _, err := day.Page(ctx); err != nil {
			return nil, err
		}
		took = append(took, time.Since(began))
		total += took[len(took)-1]
	}
	slices.Sort(took)
	p99 := took[len(took)*99/100]
	what := fmt.Sprintf("%d metrics over 7 hours with %d points, equal to a recount; p50 %v, p99 %v; reference: the recount of %d of them",
		len(page), size, took[len(took)/2].Round(time.Millisecond/10), p99.Round(time.Millisecond/10), len(recount))
	return []Result{result("cockpit", float64(len(took))/total.Seconds(), reference, "pages/s", what)}, nil
}
