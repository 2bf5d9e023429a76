package main

import (
	"context"
	"fmt"
	"path/filepath"
	"time"

	"keliu/infra/load/lead"
)

// commentRate is how many comments a second come: far below what the product takes.
const commentRate = 50

// comment measures from a comment's webhook to the durable lead, at the 99th percentile.
func (b *bench) comment(ctx context.Context) ([]Result, error) {
	span := 10 * time.Second
	if b.quick {
		span = 2 * time.Second
	}
	r, err := lead.Measure(ctx, b.binary, filepath.Join(b.dir, "comment"), commentRate, span)
	if err != nil {
		return nil, err
	}
	what := fmt.Sprintf("signed comment webhook → durable lead, p99 of %d at %d/s (p50 %.1f ms); no reference; less is better", r.Comments, commentRate, r.P50.Seconds()*1000)
	return []Result{result("comment_to_lead_ms", r.P99.Seconds()*1000, 0, "ms", what)}, nil
}
