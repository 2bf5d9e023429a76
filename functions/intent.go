package functions

import (
	"context"

	"keliu/streams/desk"
)

// An Intent answers one kind of request.
type Intent interface {
	// Examples are ways customers ask, one per line; # starts a comment. The classifier learns from them,
	// so a new intent needs no retraining elsewhere.
	Examples() string

	// Answer replies to one turn. An error means try again; declining, asking back and leaving the answer to a
	// person are replies. It is called again for the same turn after a failure and must not act by itself:
	// what the shop shall do goes into Reply.Request.
	Answer(context.Context, desk.Turn) (desk.Reply, error)
}

// ServeIntent puts an intent on the wire.
func ServeIntent(i Intent) Handler { return Func[desk.Turn, desk.Reply](i.Answer) }
