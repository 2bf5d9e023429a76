package lambda

import (
	"context"

	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// Channels puts the functions in the cloud in the place of the channels that outside networks call. Those whose customers come to
// the edge themselves stay: the edge holds the connections on which they listen.
func (c *Cloud) Channels(here map[string]functions.Channel) map[string]functions.Channel {
	all := make(map[string]functions.Channel, len(here))
	for name, channel := range here {
		all[name] = channel
		if _, own := channel.(session.Spoken); !own {
			all[name] = far{name, channel, c}
		}
	}
	return all
}

// far is a channel in the cloud.
type far struct {
	name  string
	here  functions.Channel
	cloud *Cloud
}

// Receive implements functions.Channel.
func (f far) Receive(ctx context.Context, hook functions.Webhook) (functions.Receipt, error) {
	return f.call(ctx, functions.ChannelCall{Webhook: &hook})
}

// Deliver implements functions.Channel. What was begun is finished, though whoever asked may be gone: the fate of a message is known
// only at the end.
func (f far) Deliver(ctx context.Context, n desk.Notice) error {
	_, err := f.call(context.WithoutCancel(ctx), functions.ChannelCall{Notice: &n})
	return err
}

func (f far) call(ctx context.Context, c functions.ChannelCall) (functions.Receipt, error) {
	return functions.Call[functions.ChannelCall, functions.Receipt](ctx, f, "channels/"+f.name, c)
}

// Invoke implements functions.Invoker.
func (f far) Invoke(ctx context.Context, name string, payload []byte) ([]byte, error) {
	return f.cloud.Function(name, f.here).Invoke(ctx, payload)
}

// Health implements functions.Healthy: what the one here remembers of all calls.
func (f far) Health() functions.Health {
	if healthy, ok := f.here.(functions.Healthy); ok {
		return healthy.Health()
	}
	return functions.Health{Ready: true, Missing: []string{}}
}
