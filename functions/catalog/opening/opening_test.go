package opening_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"keliu/functions/catalog/opening"
	"keliu/streams"
	"keliu/streams/desk"
)

// hours are the teams that work, or why nobody knows.
type hours struct {
	working []string
	err     error
}

func (h *hours) Working(context.Context) ([]string, error) { return h.working, h.err }

// told counts what is published.
type told struct {
	streams.Log
	records []streams.Record
	err     error
}

func (l *told) Publish(_ context.Context, topic string, records ...streams.Record) error {
	if topic == string(desk.Routing) && l.err == nil {
		l.records = append(l.records, records...)
	}
	return l.err
}

func TestLook(t *testing.T) {
	now, log, broken := &hours{}, &told{}, errors.New("broken")
	w := opening.Watch{Hours: now, Streams: log, Now: time.Now}
	for i, step := range []struct {
		working        []string
		unread, unsent error
		told           int // so far
	}{
		{nil, nil, nil, 1}, // at the start somebody may have begun while nobody looked
		{nil, nil, nil, 1},
		{[]string{"early"}, nil, nil, 2},
		{[]string{"early"}, nil, nil, 2},
		{[]string{"early", "late"}, nil, broken, 2},
		{[]string{"early", "late"}, nil, nil, 3}, // what was not told is told later
		{[]string{"late"}, broken, nil, 3},
		{[]string{"late"}, nil, nil, 4},
	} {
		now.working, now.err, log.err = step.working, step.unread, step.unsent
		err := w.Look(t.Context())
		if failed := step.unread != nil || step.unsent != nil; failed != errors.Is(err, broken) {
			t.Errorf("step %d: %v", i, err)
		}
		if len(log.records) != step.told {
			t.Errorf("step %d: %d told, want %d", i, len(log.records), step.told)
		}
	}
}
