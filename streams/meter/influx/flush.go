package influx

import (
	"context"
	"errors"
	"net/http"
	"time"

	influxhttp "github.com/influxdata/influxdb-client-go/v2/api/http"

	"keliu/streams/desk"
	"keliu/streams/meter/influx/spool"
)

// maxBatch is how many bytes of points are written at once, but for a record that has more.
const maxBatch = 1 << 20

// farewell is how long Close tries to empty the spool.
const farewell = 5 * time.Second

// An outage is a time in which the server takes nothing.
type outage struct {
	ready    bool // the buckets are there
	err      error
	attempts int
	until    time.Time // when to try again
}

// begin notes an attempt that failed, and returns how long to wait for the next.
func (o *outage) begin(now time.Time, err error) time.Duration {
	const first, most = 100 * time.Millisecond, 5 * time.Second
	wait := min(first<<min(o.attempts, 10), most)
	o.err, o.attempts, o.until = err, o.attempts+1, now.Add(wait)
	return wait
}

// run writes what is in the spool to the server until ctx is done. It alone writes.
func (m *Meter) run(ctx context.Context) {
	defer close(m.closed)
	timer := time.NewTimer(0) // there may be something from before
	defer timer.Stop()
	news := m.spool.News()
	for {
		select {
		case <-news:
			timer.Reset(m.options.Gather)
			news = nil // until the timer has run
		case <-timer.C:
			if wait, err := m.flush(ctx); err != nil {
				timer.Reset(wait)
				news = nil
				continue
			}
			news = m.spool.News()
		case done := <-m.flushing:
			_, err := m.flush(ctx)
			done <- err
		case <-ctx.Done():
			last, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
			defer cancel()
			m.outage.until = time.Time{} // the end of ctx may have been all that failed
			if _, err := m.flush(last); err != nil {
				m.options.Log.Warn("what was counted stays on disk until the next start", "records", m.spool.Waiting(), "error", err)
			}
			return
		}
	}
}

// flush writes what is in the spool when it is called. In an outage it fails at once, until it is time to try again: it says how
// long that is.
func (m *Meter) flush(ctx context.Context) (time.Duration, error) {
	now := time.Now() // waiting takes real time, whatever Options.Now says
	if wait := m.outage.until.Sub(now); m.outage.err != nil && wait > 0 {
		return wait, m.outage.err
	}
	err := m.write(ctx, m.spool.Last())
	if err != nil {
		if m.outage.err == nil && ctx.Err() == nil {
			m.options.Log.Error("the metrics' server takes nothing; what is counted is kept on disk until it does", "server", m.at.String(), "error", explain(m.at, err))
		}
		return m.outage.begin(now, err), err
	}
	if m.outage.err != nil {
		m.options.Log.Info("the metrics' server has everything that was kept on disk", "server", m.at.String())
	}
	m.outage = outage{ready: true}
	return 0, nil
}

// write writes the entries up to number last, in their order.
func (m *Meter) write(ctx context.Context, last int64) error {
	if !m.outage.ready {
		if err := prepare(ctx, m.client, m.at, m.options); err != nil {
			return err
		}
		m.outage.ready = true
	}
	for {
		entries, err := m.spool.Oldest(ctx, maxBatch)
		if err != nil || len(entries) == 0 || entries[0].N > last {
			return err
		}
		if err := m.send(ctx, entries); err != nil {
			return err
		}
		if err := m.spool.Remove(ctx, entries[len(entries)-1].N); err != nil {
			return err
		}
	}
}

// send writes entries to their buckets. The one that the server will never take is found by halving, and kept apart.
func (m *Meter) send(ctx context.Context, entries []spool.Entry) error {
	err := m.sendAll(ctx, entries)
	var refusal *influxhttp.Error
	if !errors.As(err, &refusal) || !final(refusal.StatusCode) {
		return err
	}
	if half := len(entries) / 2; half > 0 {
		return errors.Join(m.send(ctx, entries[:half]), m.send(ctx, entries[half:]))
	}
	m.options.Log.Error("the metrics' server refuses a record; it is kept apart", "record", entries[0].ID, "error", refusal)
	return m.spool.Refuse(ctx, entries[0].N, refusal.Error())
}

// final reports whether the server would say the same the next time.
func final(status int) bool {
	switch status {
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge, http.StatusUnprocessableEntity:
		return true
	}
	return false
}

func (m *Meter) sendAll(ctx context.Context, entries []spool.Entry) error {
	now := m.options.Now()
	recent, oldest := now.Add(-m.options.Minutes), now.Add(-m.options.Hours)
	var minutes, hours []byte
	for _, e := range entries {
		for i, p := range e.Points {
			switch {
			case p.At.After(recent):
				minutes = line(minutes, e.ID, i, p, time.Minute)
			case p.At.After(oldest):
				hours = line(hours, e.ID, i, p, time.Hour)
			}
		}
	}
	if len(minutes) > 0 {
		if err := m.minutes.WriteRecord(ctx, string(minutes)); err != nil {
			return err
		}
	}
	if len(hours) > 0 {
		return m.hours.WriteRecord(ctx, string(hours))
	}
	return nil
}

// bring brings what was added before to the server.
func (m *Meter) bring(ctx context.Context) error {
	if m.spool.Waiting() == 0 {
		return nil
	}
	done := make(chan error, 1)
	select {
	case m.flushing <- done:
	case <-m.closed:
		return desk.ErrUnavailable
	case <-ctx.Done():
		return ctx.Err()
	}
	select {
	case err := <-done:
		return err
	case <-ctx.Done():
		return ctx.Err()
	}
}
