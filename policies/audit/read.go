package audit

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
)

// A Filter chooses entries. Empty fields choose all.
type Filter struct {
	Actor, Action string
	Object        string    // a part of it
	From, To      time.Time // To is exclusive
	Before        int64     // only entries with a lower place in the trail
	Limit         int       // the most entries that Read lists; 0 stands for 100
}

// matches reports whether the filter chooses e.
func (f Filter) matches(e Entry) bool {
	return (f.Actor == "" || f.Actor == e.Actor) && (f.Action == "" || f.Action == e.Action) &&
		(f.Object == "" || strings.Contains(e.Object, f.Object)) && (f.Before == 0 || e.Seq < f.Before) &&
		(f.From.IsZero() || !e.At.Before(f.From)) && (f.To.IsZero() || e.At.Before(f.To))
}

// Read lists the entries that f chooses, the latest first. Only sound ones are listed.
func (t *Trail) Read(ctx context.Context, f Filter) (chosen []Entry, err error) {
	limit := f.Limit
	if limit <= 0 {
		limit = 100
	}
	err = t.Each(ctx, f, func(e Entry) bool {
		chosen = append(chosen, e)
		return len(chosen) < limit
	})
	if err != nil {
		return nil, err
	}
	return chosen, nil
}

// Each hands the entries that f chooses to visit, the latest first and whatever its Limit, until visit wants no more. Only
// sound ones are handed over. The trail is read from its end, so that the latest are found as fast in a long one.
func (t *Trail) Each(ctx context.Context, f Filter, visit func(Entry) bool) error {
	trail, err := os.Open(t.w.trail.Name())
	if err != nil {
		return fmt.Errorf("read audit trail: %w", err)
	}
	defer trail.Close()
	end, err := trail.Seek(0, io.SeekEnd)
	if err != nil {
		return fmt.Errorf("read audit trail: %w", err)
	}
	err = back(trail, end, func(line []byte) bool {
		l, wrong := decode(t.w.key, line)
		return ctx.Err() == nil && (wrong != "" || !f.matches(l.Entry) || visit(l.Entry))
	})
	if err := errors.Join(err, ctx.Err()); err != nil {
		return fmt.Errorf("read audit trail: %w", err)
	}
	return nil
}

// blockSize is how much is read at once.
const blockSize = 64 << 10

// back hands the lines of the first size bytes to visit, the last first and each with its end, until visit wants no more. Of a
// line that is longer than any entry there is only the beginning of its end, which is no entry either.
func back(file io.ReaderAt, size int64, visit func(line []byte) bool) error {
	var rest []byte // the beginning of what was read: a line whose own beginning was not
	for size > 0 {
		n := min(size, blockSize)
		block := make([]byte, n, n+int64(len(rest)))
		if _, err := file.ReadAt(block, size-n); err != nil && err != io.EOF {
			return err
		}
		size -= n
		rest = append(block, rest...)
		for {
			at := bytes.LastIndexByte(rest[:max(0, len(rest)-1)], '\n')
			if at < 0 {
				break
			}
			if !visit(rest[at+1:]) {
				return nil
			}
			rest = rest[:at+1]
		}
		rest = rest[:min(len(rest), maxLine)]
	}
	if len(rest) > 0 {
		visit(rest)
	}
	return nil
}
