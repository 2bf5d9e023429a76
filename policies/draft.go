package policies

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"keliu/streams/desk"
)

// draftTimeout is how long a draft may take for one decision.
const draftTimeout = time.Second

// A Draft is a set that decides without being in force. It is safe for concurrent use.
type Draft struct{ rules *rules }

// Compile makes a draft of a set. It refuses Mistakes.
func Compile(ctx context.Context, s Set) (*Draft, error) {
	compiled, err := compile(ctx, s)
	if err != nil {
		return nil, err
	}
	return &Draft{compiled}, nil
}

// Decide answers a question by the name of its package and its attributes as JSON. What the draft does not answer is refused;
// an error is one of the question.
func (d *Draft) Decide(ctx context.Context, name string, input json.RawMessage) (Ruling, error) {
	r := d.rules
	switch name {
	case "may_run":
		return again(ctx, r.mayRun, input, r.revision)
	case "may_reveal":
		return again(ctx, r.mayReveal, input, r.revision)
	case "may_retrieve":
		return again(ctx, r.mayRetrieve, input, r.revision)
	case "may_contact":
		return again(ctx, r.mayContact, input, r.revision)
	case "may_see":
		return again(ctx, r.maySee, input, r.revision)
	case "keep_for":
		return again(ctx, r.keepFor, input, r.revision)
	}
	return undecided("undefined", "没有这个问题。There is no such question."), nil // a newer version asked it
}

// again answers a question that comes as JSON.
func again[Q comparable](ctx context.Context, asked *question[Q], input json.RawMessage, revision string) (Ruling, error) {
	var q Q
	if err := json.Unmarshal(input, &q); err != nil {
		return Ruling{}, fmt.Errorf("%s: %w: %w", asked.name, err, desk.ErrInvalid)
	}
	ruling, _ := asked.decide(ctx, draftTimeout, q)
	ruling.Revision = revision
	return ruling, ctx.Err()
}
