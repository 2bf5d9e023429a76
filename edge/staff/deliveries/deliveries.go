// Package deliveries tells the staff what became of the messages that were handed to an outside network: arrived, on the way,
// refused and why, or unknown.
package deliveries

import (
	"context"
	"net/http"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions"
	"keliu/streams/desk"
)

// Book keeps what became of messages.
type Book interface {
	// Of lists what was handed over in a conversation, in order.
	Of(context.Context, desk.ConversationID) ([]functions.Sending, error)
}

// A Room is the side of the staff who look. Its fields are set before use.
type Room struct {
	Door *door.Door
	Book Book
	Now  func() time.Time
}

// Routes are the calls of the room.
func (r *Room) Routes() []wire.Route {
	return []wire.Route{{
		Method: http.MethodGet, Path: "/api/v1/conversations/:id/deliveries", Tag: door.Conversations, Auth: wire.Staff, Out: Answer{},
		Summary: "What became of the messages that were handed to an outside network; none on channels of our own",
		Serve:   r.Door.May(door.Conversations, "read", r.list),
	}}
}

// An Answer lists deliveries in the order of the messages.
type Answer struct {
	Deliveries []Delivery `json:"deliveries"`
}

// A Delivery is what became of a message, or of a part of one that was too long for one.
type Delivery struct {
	Message     string         `json:"message"` // the ID that the message has in the thread
	Part        string         `json:"part,omitempty"`
	Seq         int64          `json:"seq,omitempty"` // the place of the message in the thread
	State       desk.SendState `json:"state"`         // pending, sent, arrived, failed or uncertain
	Unconfirmed bool           `json:"unconfirmed"`   // the network took it and has not shown it for minutes
	Code        int            `json:"code,omitempty"`
	Because     string         `json:"because,omitempty"` // in the caller's language
	Retry       time.Time      `json:"retry,omitzero"`    // when it is tried again
	At          time.Time      `json:"at"`
}

func (r *Room) list(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Book.Of(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	out := Answer{Deliveries: []Delivery{}}
	for _, s := range all {
		message, part, _ := strings.Cut(s.Send, "#")
		out.Deliveries = append(out.Deliveries, Delivery{
			Message: message, Part: part, Seq: s.Seq, State: s.State, Unconfirmed: s.Unconfirmed(r.Now()), Code: s.Code,
			Because: wire.Half(wire.Lang(c), s.Because), Retry: s.Retry, At: s.At,
		})
	}
	return wire.Answer(c, out)
}
