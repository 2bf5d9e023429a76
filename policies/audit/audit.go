// Package audit keeps the trail: who saw, exported, changed, decided or contacted, why and by which rules. The trail is
// appended to and never changed. Each entry carries the hash of the one before it and a seal that only the holder of the
// key can make, and the head, sealed too, says where the trail ends; so a changed, removed, inserted or reordered entry
// is found and named, and so is an end that was cut off.
//
// A folder holds three files: trail.jsonl, one entry per line; head, what the trail must at least hold; key, which a
// company that does not trust this machine keeps elsewhere and mounts.
package audit

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"sync"
	"time"

	"keliu/policies/mask"
	"keliu/streams/desk"
)

// An Entry is one act on the trail.
type Entry struct {
	Seq      int64             `json:"seq"` // place in the trail, 1, 2, 3 …; set by the trail
	At       time.Time         `json:"at"`  // now, when it is zero
	Actor    string            `json:"actor"`
	Role     string            `json:"role,omitempty"`
	Action   string            `json:"action"` // "login", "reveal", "export", "publish", "contact" …
	Object   string            `json:"object,omitempty"`
	Reason   string            `json:"reason,omitempty"`
	Details  map[string]string `json:"details,omitempty"`
	Revision string            `json:"revision,omitempty"` // of the policy set that allowed it
}

// masked is e without personal data.
func (e Entry) masked() Entry {
	e.Actor, e.Object, e.Reason = mask.Text(e.Actor), mask.Text(e.Object), mask.Text(e.Reason)
	details := make(map[string]string, len(e.Details))
	for _, key := range slices.Sorted(maps.Keys(e.Details)) {
		details[mask.Text(key)] = mask.Text(e.Details[key])
	}
	e.Details = details
	return e
}

// Options of a trail.
type Options struct {
	Now func() time.Time // default time.Now
}

// A Trail is an open trail. It is safe for concurrent use; one process has it open at a time.
type Trail struct {
	now      func() time.Time
	requests chan request
	closing  chan struct{}
	closed   chan struct{} // the writer has ended
	once     sync.Once
	err      error // of closing

	w *writer // the writing goroutine's
}

// A request is an entry on its way to the disk.
type request struct {
	entry Entry
	done  chan error
}

// Open opens the trail in dir, or begins one. What a crash left half written at its end, and nobody was told to be
// written, is cut off, which the trail then says itself. A trail that was tampered with is refused with desk.ErrConflict.
func Open(dir string, o Options) (*Trail, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	w, err := openWriter(dir)
	if err != nil {
		return nil, fmt.Errorf("open audit trail: %w", err)
	}
	t := &Trail{now: o.Now, requests: make(chan request), closing: make(chan struct{}), closed: make(chan struct{}), w: w}
	if w.cut > 0 {
		err := w.write([]Entry{t.dated(Entry{
			Actor: "system", Action: "repair",
			Reason:  "上次退出时未写完的内容已截去。What was being written when the process ended was cut off.",
			Details: map[string]string{"bytes": fmt.Sprint(w.cut)},
		})})
		if err != nil {
			return nil, fmt.Errorf("open audit trail: %w", errors.Join(err, w.close()))
		}
	}
	go t.run()
	return t, nil
}

// dated is e with a time.
func (t *Trail) dated(e Entry) Entry {
	if e.At.IsZero() {
		e.At = t.now()
	}
	e.At = e.At.UTC().Round(0)
	return e
}

// maxEntry is the most bytes that the texts of an entry may have together.
const maxEntry = 64 << 10

// sound refuses what cannot stand on a line.
func (e Entry) sound() error {
	size := len(e.Actor) + len(e.Role) + len(e.Action) + len(e.Object) + len(e.Reason) + len(e.Revision)
	for key, value := range e.Details {
		size += len(key) + len(value)
	}
	switch year := e.At.Year(); {
	case e.Action == "":
		return desk.Refuse(desk.ErrInvalid, "audit_without_action")
	case size > maxEntry:
		return desk.Refuse(desk.ErrInvalid, "audit_entry_too_large", maxEntry)
	case year < 1 || year > 9999:
		return desk.Refuse(desk.ErrInvalid, "audit_time_out_of_range")
	}
	return nil
}

// Append adds an entry, personal data masked, and returns once it is durable. When ctx ends first the entry may have
// been written. Entries of concurrent callers become durable together.
func (t *Trail) Append(ctx context.Context, e Entry) error {
	e = t.dated(e)
	if err := e.sound(); err != nil {
		return fmt.Errorf("append to audit trail: %w", err)
	}
	r := request{entry: e.masked(), done: make(chan error, 1)}
	select {
	case t.requests <- r:
	case <-t.closing:
		return fmt.Errorf("append to audit trail: closed: %w", desk.ErrUnavailable)
	case <-ctx.Done():
		return fmt.Errorf("append to audit trail: %w", ctx.Err())
	}
	select {
	case err := <-r.done:
		return err
	case <-ctx.Done():
		return fmt.Errorf("append to audit trail: %w", ctx.Err())
	}
}

// maxBatch is the most entries that become durable together.
const maxBatch = 256

// run writes what is asked for, all that waits at a time, until the trail is closed.
func (t *Trail) run() {
	defer close(t.closed)
	for {
		var batch []request
		select {
		case r := <-t.requests:
			batch = append(batch, r)
		case <-t.closing:
			t.err = t.w.close()
			return
		}
		for more := true; more && len(batch) < maxBatch; {
			select {
			case r := <-t.requests:
				batch = append(batch, r)
			default:
				more = false
			}
		}
		entries := make([]Entry, len(batch))
		for i, r := range batch {
			entries[i] = r.entry
		}
		err := t.w.write(entries)
		for _, r := range batch {
			r.done <- err
		}
	}
}

// Close seals the end of the trail and releases it.
func (t *Trail) Close() error {
	t.once.Do(func() { close(t.closing) })
	<-t.closed
	return t.err
}
