// Package functions is what the house does: one folder per channel and one per intent, each a value that runs
// unchanged in the edge, in AWS Lambda and in tests. This package is the seam between them.
package functions

import (
	"context"
	"encoding/json"
	"fmt"

	"keliu/streams/desk"
)

// A Handler is a function on the wire. Its method set is that of lambda.Handler, so Lambda runs it as it is and
// nothing here imports AWS.
type Handler interface {
	Invoke(ctx context.Context, payload []byte) ([]byte, error)
}

// Func is a function in Go: a typed Handler, JSON in and JSON out.
type Func[In, Out any] func(context.Context, In) (Out, error)

// Invoke implements Handler.
func (f Func[In, Out]) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	var in In
	if err := json.Unmarshal(payload, &in); err != nil {
		return nil, fmt.Errorf("decode %T: %w", in, err)
	}
	out, err := f(ctx, in)
	if err != nil {
		return nil, err
	}
	return json.Marshal(out)
}

// An Invoker reaches functions by name, such as "intents/refund", in this process or in the cloud.
type Invoker interface {
	Invoke(ctx context.Context, name string, payload []byte) ([]byte, error)
}

// Local is implemented by invokers that have functions in this process: Call hands them Go values as they are.
type Local interface {
	// Here returns the function of a name, or nil.
	Here(name string) Handler
}

// Call invokes the named function with Go values. Neither side changes what the other gave it.
func Call[In, Out any](ctx context.Context, to Invoker, name string, in In) (out Out, err error) {
	if local, ok := to.(Local); ok {
		if f, ok := local.Here(name).(Func[In, Out]); ok {
			return f(ctx, in)
		}
	}
	payload, err := json.Marshal(in)
	if err != nil {
		return out, fmt.Errorf("call %s: %w", name, err)
	}
	answer, err := to.Invoke(ctx, name, payload)
	if err != nil {
		return out, fmt.Errorf("call %s: %w", name, err)
	}
	if err := json.Unmarshal(answer, &out); err != nil {
		return out, fmt.Errorf("call %s: %w", name, err)
	}
	return out, nil
}

// Serve puts a channel or an intent on the wire. It refuses with desk.ErrInvalid what is neither.
func Serve(leaf any) (Handler, error) {
	switch leaf := leaf.(type) {
	case Channel:
		return ServeChannel(leaf), nil
	case Intent:
		return ServeIntent(leaf), nil
	}
	return nil, fmt.Errorf("%T is neither a channel nor an intent: %w", leaf, desk.ErrInvalid)
}
