package policies

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"

	"github.com/google/uuid"

	"keliu/streams"
	"keliu/streams/desk"
)

// Sets is the stream of published sets. Every publication has a key of its own, so that none is ever forgotten;
// their order on the stream is the order in which they came into force.
const Sets streams.Topic[Set] = "desk.policies.state"

// Publish puts a set into force in every process and returns its revision. A set with mistakes (Mistakes, which is
// desk.ErrInvalid) or one written from a revision that is no longer in force (desk.ErrConflict) changes nothing.
// Without a stream only this engine takes it over.
func (e *Engine) Publish(ctx context.Context, s Set) (string, error) {
	s.Revision, s.At = revision(s.Files), e.options.Now().UTC()
	compiled, err := compile(ctx, s)
	if err != nil {
		return "", fmt.Errorf("publish policies: %w", err)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if s.Base != "" && s.Base != e.Revision() {
		return "", conflict(s, e.Revision())
	}
	if e.options.Streams == nil {
		e.enforce(compiled)
		return s.Revision, nil
	}
	id := uuid.NewString()
	if err := Sets.Publish(ctx, e.options.Streams, id, id, s); err != nil {
		return "", fmt.Errorf("publish policies: %w", err)
	}
	if err := e.takeOver(ctx); err != nil {
		return "", fmt.Errorf("publish policies: %w", err)
	}
	if !e.seen[id] {
		return "", conflict(s, e.Revision()) // another process was first
	}
	return s.Revision, nil
}

// conflict refuses a set that was written from rules that are no longer in force.
func conflict(s Set, inForce string) error {
	return desk.Refuse(desk.ErrConflict, "policies_changed_meanwhile", s.Base, inForce)
}

// Rollback publishes an earlier set again, by its revision, as a publication of its own.
func (e *Engine) Rollback(ctx context.Context, revision, author, note string) error {
	sets, err := e.Sets(ctx)
	if err != nil {
		return err
	}
	for _, s := range sets {
		if s.Revision == revision {
			_, err := e.Publish(ctx, Set{Files: s.Files, Author: author, Note: note, Base: e.Revision()})
			return err
		}
	}
	return desk.Refuse(desk.ErrNotFound, "policies_revision_unknown", revision)
}

// Sets lists the embedded set and those published, oldest first; the last is in force.
func (e *Engine) Sets(ctx context.Context) ([]Set, error) {
	history := []Set{Embedded()}
	if e.options.Streams == nil {
		return history, nil
	}
	published, _, err := e.published(ctx)
	if err != nil {
		return nil, fmt.Errorf("list policies: %w", err)
	}
	return append(history, published...), nil
}

// Watch takes over what other processes publish, until ctx is done or the stream is closed.
func (e *Engine) Watch(ctx context.Context) error {
	if e.options.Streams == nil {
		<-ctx.Done()
		return ctx.Err()
	}
	// A record only says that something was published: records of different keys arrive in no order, so what is in
	// force is read from the stream itself.
	return e.options.Streams.Subscribe(ctx, string(Sets), e.options.Process, func(ctx context.Context, r streams.Record) error {
		e.mu.Lock()
		defer e.mu.Unlock()
		if _, seen := e.seen[r.ID]; seen {
			return nil
		}
		return e.takeOver(ctx)
	})
}

// takeOver puts the set published last into force. One that does not compile here, because another version of the
// product published it, is passed over for the one before it; when none does, the rules in force stay, and an
// engine that has none yet fails to open. e.mu is held.
func (e *Engine) takeOver(ctx context.Context) error {
	sets, seen, err := e.published(ctx)
	if err != nil {
		return err
	}
	var failed error
	for i := len(sets) - 1; i >= 0; i-- {
		if sets[i].Revision == e.Revision() {
			failed = nil
			break
		}
		compiled, err := compile(ctx, sets[i])
		if err == nil {
			e.enforce(compiled)
			failed = nil
			break
		}
		failed = errors.Join(failed, fmt.Errorf("revision %s: %w", sets[i].Revision, err))
		e.options.Log.Error("a published policy set does not compile", slog.String("revision", sets[i].Revision), slog.Any("error", err))
	}
	if failed != nil && e.rules.Load() == nil {
		return failed
	}
	e.seen = seen
	return nil
}

// published reads the publications that came into force, oldest first, and tells by ID which of all did. One that was
// written from rules that another publication had replaced before it arrived never came into force: so two
// people who publish at once are told apart in every process alike.
func (e *Engine) published(ctx context.Context) (sets []Set, inForce map[string]bool, err error) {
	inForce = map[string]bool{}
	err = e.options.Streams.Read(ctx, string(Sets), func(r streams.Record) error {
		var s Set
		if err := json.Unmarshal(r.Body, &s); err != nil {
			return fmt.Errorf("decode %s: %w", r.ID, err)
		}
		s.Revision = revision(s.Files)
		// The first publication was written from an embedded set, which may since have changed with the product.
		inForce[r.ID] = s.Base == "" || len(sets) == 0 || s.Base == sets[len(sets)-1].Revision
		if inForce[r.ID] {
			sets = append(sets, s)
		}
		return nil
	})
	return sets, inForce, err
}
