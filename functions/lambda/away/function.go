package away

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"keliu/functions"
	"keliu/functions/lambda/call"
	"keliu/streams/desk"
)

// grace is how long before Lambda ends the process a function hears that its time is up, so that it can still say so.
const grace = 100 * time.Millisecond

// A Function builds a channel or an intent whose fields reach the house over a line. It is built anew for every call.
type Function func(*Line) any

// Invoke implements lambda.Handler, and takes a call.Request. It fails with what the function is not to blame for; what the
// function refuses is in the call.Response.
func (f Function) Invoke(ctx context.Context, payload []byte) ([]byte, error) {
	line := new(Line)
	line.broken = json.Unmarshal(payload, &line.request)
	line.told = line.request.Told
	line.function = f(line)
	if line.broken != nil {
		return nil, fmt.Errorf("not a call of this build's house: %w: %w", desk.ErrInvalid, line.broken)
	}
	handler, err := functions.Serve(line.function)
	if err != nil {
		return nil, err
	}
	if end, ok := ctx.Deadline(); ok {
		var cancel context.CancelFunc
		ctx, cancel = context.WithDeadline(ctx, end.Add(-grace))
		defer cancel()
	}
	answer, err := handler.Invoke(ctx, line.request.Payload)
	question, unwanted := line.left()
	switch {
	case unwanted > 0: // to go on would have the house do again, and differently, what it has done
		return nil, fmt.Errorf("called again with %d answers, it took another way: %w", len(line.request.Told), desk.ErrInvalid)
	case question != nil:
		return json.Marshal(call.Response{Question: question}) // whatever came of it: the function did not know all
	}
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() != nil {
		return nil, err // Lambda's patience is at its end, not the function's
	}
	response := call.Response{Answer: answer, Problem: call.Send(err, line.function)}
	if keeper, ok := line.function.(call.Keeper); ok {
		if response.Kept, err = keeper.Kept(); err != nil {
			return nil, err
		}
	}
	return json.Marshal(response)
}
