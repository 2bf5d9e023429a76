package functions

import (
	"context"
	"fmt"

	"keliu/streams/desk"
)

// A Channel carries conversation to and from one outside network.
type Channel interface {
	// Receive authenticates a request of the network and returns what customers said in it. It refuses with
	// desk.ErrForbidden what is not signed, with desk.ErrInvalid what it cannot read.
	Receive(context.Context, Webhook) (Receipt, error)

	// Deliver sends a notice to the customer. It may be called again for the same notice after a failure.
	Deliver(context.Context, desk.Notice) error
}

// A Webhook is a request from an outside network, as it arrived.
type Webhook struct {
	Method string            `json:"method"`
	Header map[string]string `json:"header"` // canonical names
	Query  map[string]string `json:"query"`
	Body   []byte            `json:"body"`
	At     int64             `json:"at"` // arrival, ms since 1970
}

// A Receipt is what a request brought and what the network wants to hear back.
type Receipt struct {
	Events  []desk.Event `json:"events"` // to be made durable before Answer is given
	Touches []desk.Touch `json:"touches,omitempty"`
	Answer  []byte       `json:"answer,omitempty"`
	Type    string       `json:"type,omitempty"` // content type of Answer
}

// A ChannelCall is a Channel method on the wire: exactly one field is set.
type ChannelCall struct {
	Webhook *Webhook     `json:"webhook,omitempty"`
	Notice  *desk.Notice `json:"notice,omitempty"`
}

// ServeChannel puts a channel on the wire.
func ServeChannel(c Channel) Handler {
	return Func[ChannelCall, Receipt](func(ctx context.Context, call ChannelCall) (Receipt, error) {
		switch {
		case call.Webhook != nil && call.Notice == nil:
			return c.Receive(ctx, *call.Webhook)
		case call.Notice != nil && call.Webhook == nil:
			return Receipt{}, c.Deliver(ctx, *call.Notice)
		}
		return Receipt{}, fmt.Errorf("a channel call carries a webhook or a notice: %w", desk.ErrInvalid)
	})
}
