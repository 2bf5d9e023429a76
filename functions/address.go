package functions

import (
	"time"

	"keliu/streams/desk"
)

// An Address is where a channel reaches somebody: what a network wants to hear back when we answer.
type Address struct {
	Channel      string              `json:"channel"`
	Person       string              `json:"person"` // the network's ID of the person
	Customer     desk.CustomerID     `json:"customer,omitempty"`
	Conversation desk.ConversationID `json:"conversation,omitempty"`
	Account      string              `json:"account,omitempty"` // the network's ID of the company's account that was spoken to
	Thread       string              `json:"thread,omitempty"`  // the network's conversation
	Message      string              `json:"message,omitempty"` // the latest of theirs, which an answer refers to
	Wrote        time.Time           `json:"wrote,omitzero"`    // when, by the network's clock
	Entry        string              `json:"entry,omitempty"`   // the latest time they opened the conversation without writing
	Entered      time.Time           `json:"entered,omitzero"`
}

// A Sending is one thing that a channel hands to its network, and what became of it.
type Sending struct {
	Conversation desk.ConversationID `json:"conversation,omitempty"`
	Seq          int64               `json:"seq,omitempty"`     // its place there
	Remote       string              `json:"remote,omitempty"`  // the network's ID of it
	Options      []string            `json:"options,omitempty"` // replies it offers, by number
	Tries        int                 `json:"tries,omitempty"`   // how often it was handed over
	desk.Delivery
}

// confirmTime is how long a network takes at most to show what it took, as a rule.
const confirmTime = 5 * time.Minute

// Unconfirmed reports whether the network took it and has not shown it for so long that it may never do so.
func (s Sending) Unconfirmed(now time.Time) bool {
	return s.State == desk.Sent && now.Sub(s.At) > confirmTime
}
