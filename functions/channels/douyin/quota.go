package douyin

import (
	"context"
	"time"

	"keliu/functions"
	"keliu/streams/desk"
)

// A Quota lets messages out within what the platform allows.
type Quota interface {
	Take(context.Context, Want) (Grant, error)
	Settle(ctx context.Context, id string, d desk.Delivery) error
}

// A Want is a message that wants to go out.
type Want struct {
	ID, Channel, Scene, Person string
	By                         desk.Author
	At                         time.Time
}

// A Grant says whether it may.
type Grant struct {
	OK      bool
	Because string
}

func (w way) want(s functions.Sending, to functions.Address, l letter) *Want {
	return &Want{ID: s.Send, Channel: name, Scene: w.quota, Person: to.Person, By: l.by, At: s.At}
}
