// Package opening tells the queue when people begin or end their work: nothing else that happens would.
package opening

import (
	"context"
	"crypto/rand"
	"slices"
	"time"

	"keliu/streams"
	"keliu/streams/desk"
)

// Hours tell which teams work.
type Hours interface {
	Working(context.Context) ([]string, error)
}

// A Watch looks at the clock. Its fields are set before use; one goroutine uses it.
type Watch struct {
	Hours   Hours
	Streams streams.Log
	Now     func() time.Time

	before []string
	looked bool
}

// Look has the queue looked at when other teams work than at the look before, and at the first one.
func (w *Watch) Look(ctx context.Context) error {
	working, err := w.Hours.Working(ctx)
	if err != nil || w.looked && slices.Equal(working, w.before) {
		return err
	}
	if err := desk.Routing.Publish(ctx, w.Streams, "hours_"+rand.Text(), desk.RoutingKey, desk.Shift{Kind: "hours", At: w.Now().UTC()}); err != nil {
		return err
	}
	w.before, w.looked = working, true
	return nil
}
