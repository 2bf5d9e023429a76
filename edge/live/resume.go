package live

import (
	"context"
	"errors"
	"fmt"
	"time"
)

const (
	page           = 100
	historyTimeout = 10 * time.Second // for one page
)

var (
	errStuck = errors.New("history returned a full page without a later event")
	errEnded = errors.New("connection ended")
)

// catchUp tells l what it missed, through send, and lets it go on live. The listener has joined before, so that
// whatever is told while history is read waits in its queue. A negative place asks for no history.
func (h *Hub) catchUp(ctx context.Context, l *listener, send func([]byte) error) error {
	history := h.options.History != nil && l.last >= 0
	for {
		for more := history; more; {
			var err error
			if more, err = h.sendPage(ctx, l, send); err != nil {
				return fmt.Errorf("resume %s after %d: %w", l.topic, l.last, err)
			}
		}
		if l.caughtUp() {
			return nil
		}
		if !history {
			return fmt.Errorf("resume %s: too much was told meanwhile", l.topic)
		}
	}
}

// sendPage sends the next page of history and reports whether there may be more.
func (h *Hub) sendPage(ctx context.Context, l *listener, send func([]byte) error) (bool, error) {
	if !l.alive() {
		return false, errEnded
	}
	ctx, cancel := context.WithTimeout(ctx, historyTimeout)
	defer cancel()
	events, err := h.options.History.After(ctx, l.topic, l.last, page)
	if err != nil {
		return false, err
	}
	var out []byte
	before := l.last
	for _, e := range events {
		if e.ID > l.last {
			out = append(out, l.kind.encode(e)...)
			l.last = e.ID
		}
	}
	if len(events) >= page && l.last == before {
		return false, errStuck
	}
	if len(out) > 0 {
		if err := send(out); err != nil {
			return false, err
		}
	}
	return len(events) >= page, nil
}
