// Package douyin is the channel of a company's account on Douyin (抖音): comments under its videos, direct messages, and the rights
// and windows in which the platform lets it answer.
package douyin

import (
	"context"
	"time"

	"keliu/functions"
	"keliu/functions/channels/douyin/api"
	"keliu/streams/desk"
)

// name is what the channel is called everywhere.
const name = "douyin"

// People knows the customers behind open IDs.
type People interface {
	// Person returns the customer of an open ID, and makes one when there is none.
	Person(ctx context.Context, openID, name string, at time.Time) (desk.Customer, error)
}

// Addresses keep where people are reached.
type Addresses interface {
	Note(context.Context, functions.Address) error
	Person(ctx context.Context, channel, person string) (functions.Address, error)
	Conversation(ctx context.Context, channel string, c desk.ConversationID) (functions.Address, error)
}

// Deliveries keep what became of what we sent.
type Deliveries interface {
	Begin(ctx context.Context, channel string, s functions.Sending) (was functions.Sending, begun bool, err error)
	Settle(ctx context.Context, channel string, s functions.Sending) (functions.Sending, error)
	Sending(ctx context.Context, channel, id string) (functions.Sending, error)
	Shown(ctx context.Context, channel, remote string, at int64) (functions.Sending, error)
	Last(ctx context.Context, channel string, c desk.ConversationID) (functions.Sending, error)
}

// A Platform says what we say; api.Client does. Its errors are those of api.Client.
type Platform interface {
	Write(context.Context, api.Letter) (id string, err error)
	Reply(context.Context, api.Comment) (id string, err error)
}

// A Channel implements functions.Channel on the Douyin open platform. Its fields are set before use; without a secret it takes
// nothing, without an API it sends nothing.
type Channel struct {
	Key        string // client_key of the app
	Secret     string // client_secret, which signs webhooks
	Signature  string // "sha1", or "hmac-sha256"
	Account    string // open ID of the company's account; empty is learnt from webhooks
	Card       string // template of the card that a push must carry; empty sends no pushes
	API        Platform
	People     People
	Addresses  Addresses
	Deliveries Deliveries
	Quota      Quota // needed for whatever is sent
	State      *State
	Now        func() time.Time
}

// Errors are what the channel looks for in the errors of its Platform.
func (Channel) Errors() []error { return []error{new(api.Refusal), api.ErrUnreached} }

// Open IDs are at most so long; whatever is longer is not one.
const maxID = 128

// answer is what the platform hears about an event that was taken.
const answer = `{"err_no":0,"err_tips":"success"}`
