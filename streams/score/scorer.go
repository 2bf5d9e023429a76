package score

import (
	"context"
	"encoding/json"
	"fmt"
	"hash/maphash"
	"sync"
	"time"

	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// States keeps the window of each key: a person (desk.PersonID) or a conversation (desk.ConversationID).
const States streams.Topic[Window] = "desk.scores" + streams.StateSuffix

// shards is into how many parts the keys are split, so that they are scored at the same time.
const shards = 64

// A Scorer scores who is behind the streams. It is safe for concurrent use; the signals of one key come one after the other,
// as subscriptions hand them out.
type Scorer struct {
	states batcher
	reader *lead.Reader
	seed   maphash.Seed
	parts  [shards]part
}

type part struct {
	mu      sync.RWMutex
	windows map[string]*Window
}

// Open restores the windows that the log keeps.
func Open(ctx context.Context, log streams.Log, reader *lead.Reader) (*Scorer, error) {
	s := &Scorer{states: batcher{log: log}, reader: reader, seed: maphash.MakeSeed()}
	for i := range s.parts {
		s.parts[i].windows = map[string]*Window{}
	}
	err := log.Latest(ctx, string(States), func(r streams.Record) error {
		w := &Window{}
		if err := json.Unmarshal(r.Body, w); err != nil {
			return fmt.Errorf("decode %s %s: %w", States, r.Key, err)
		}
		s.part(r.Key).windows[r.Key] = w
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("restore scores: %w", err)
	}
	return s, nil
}

func (s *Scorer) part(key string) *part { return &s.parts[maphash.String(s.seed, key)%shards] }

// Touch takes in what somebody did on a platform. It is a subscription of desk.Touches.
func (s *Scorer) Touch(ctx context.Context, _ streams.Record, t desk.Touch) error {
	if signal, ok := FromTouch(s.reader, t); ok {
		return s.take(ctx, string(t.Person), signal)
	}
	return nil
}

// Notice takes in a line of a conversation. It is a subscription of desk.Outbound.
func (s *Scorer) Notice(ctx context.Context, _ streams.Record, n desk.Notice) error {
	if signal, ok := FromNotice(s.reader, n); ok {
		return s.take(ctx, string(n.Conversation), signal)
	}
	return nil
}

// take adds a signal to the window of a key. The window is published before it is shown, without a lock held: what Of answers
// outlives the process. A signal that comes again because publishing failed is taken in then.
func (s *Scorer) take(ctx context.Context, key string, signal Signal) error {
	p := s.part(key)
	next := &Window{}
	p.mu.RLock()
	if w := p.windows[key]; w != nil {
		next.Signals = append(next.Signals, w.Signals...)
	}
	p.mu.RUnlock()
	if !next.Add(signal) {
		return nil
	}
	record := streams.Record{ID: signal.ID + "/score", Key: key, Body: next.AppendJSON(nil)}
	if err := s.states.write(ctx, record); err != nil {
		return fmt.Errorf("keep the scores of %s: %w", key, err)
	}
	p.mu.Lock()
	p.windows[key] = next
	p.mu.Unlock()
	return nil
}

// Of are the scores of a key as of its latest signal; false for a key that has none.
func (s *Scorer) Of(key string) (desk.Scores, bool) {
	w := s.window(key)
	if w == nil {
		return desk.Scores{}, false
	}
	return w.Scores(w.Latest()), true
}

// At are the scores of a key as of a time; false for a key that has none.
func (s *Scorer) At(key string, at time.Time) (desk.Scores, bool) {
	w := s.window(key)
	if w == nil {
		return desk.Scores{}, false
	}
	return w.Scores(at), true
}

// window is the window of a key; windows that are shown never change.
func (s *Scorer) window(key string) *Window {
	p := s.part(key)
	p.mu.RLock()
	defer p.mu.RUnlock()
	return p.windows[key]
}
