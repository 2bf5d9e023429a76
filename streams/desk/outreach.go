package desk

import (
	"time"

	"keliu/streams"
)

// The streams of outreach (触达), keyed by person.
const (
	// Touches is what people do on a platform beside talking to us.
	Touches streams.Topic[Touch] = "desk.touches"
	// Sends is what outreach says to people: public replies, invitations, messages.
	Sends streams.Topic[Send] = "desk.sends"
)

// A PersonID names somebody on a platform: the channel, a colon and the platform's ID, as in "douyin:ou_3f2a". Who that is
// across channels is the customer's matter.
type PersonID string

// A TouchKind is what somebody did.
type TouchKind string

// The kinds of touches.
const (
	Commented  TouchKind = "commented"  // wrote a comment (评论) under something of ours: Text, Comment, Item
	Entered    TouchKind = "entered"    // opened the direct messages (进入私信)
	Wrote      TouchKind = "wrote"      // sent a direct message: Text, Conversation
	Authorised TouchKind = "authorised" // agreed to be written to first, until Expires
	Withdrew   TouchKind = "withdrew"   // took that back
	OptedOut   TouchKind = "opted_out"  // wants no marketing any more (PIPL 24)
	OptedIn    TouchKind = "opted_in"   // took that back
	Contacted  TouchKind = "contacted"  // left a way to be reached: Contact
	Won        TouchKind = "won"        // bought: Amount
	Lost       TouchKind = "lost"       // will not buy: Text says why
	Shown      TouchKind = "shown"      // the platform shows what we sent: Sent
	Recalled   TouchKind = "recalled"   // took back a message: Sent
)

// A Touch is one thing somebody did on a platform. The record that carries it has the same ID, so that what a platform says
// twice counts once.
type Touch struct {
	ID           string         `json:"id"`
	Kind         TouchKind      `json:"kind"`
	Channel      string         `json:"channel"`
	Person       PersonID       `json:"person"`
	Name         string         `json:"name,omitempty"` // as the platform shows it
	Text         string         `json:"text,omitempty"`
	Comment      string         `json:"comment,omitempty"` // the platform's ID of the comment
	Parent       string         `json:"parent,omitempty"`  // the comment it answers
	Item         string         `json:"item,omitempty"`    // the platform's ID of the video or post it stands under
	Title        string         `json:"title,omitempty"`   // of the item
	Campaign     string         `json:"campaign,omitempty"`
	Conversation ConversationID `json:"conversation,omitempty"`
	Contact      string         `json:"contact,omitempty"` // a mobile number or a WeChat ID; personal data
	Sent         string         `json:"sent,omitempty"`    // the platform's ID of a message
	Scene        string         `json:"scene,omitempty"`   // of an authorisation, as the platform wants it back
	Amount       int64          `json:"amount,omitempty"`  // fen
	Expires      time.Time      `json:"expires,omitzero"`
	At           time.Time      `json:"at"` // when it happened, by the platform's clock
}

// A SendKind is the way a platform lets us speak to somebody.
type SendKind string

// The kinds of sends.
const (
	PublicReply   SendKind = "public_reply"   // under the comment, for everybody to read (公开回复)
	DirectMessage SendKind = "direct_message" // into the direct messages (私信)
	Greeting      SendKind = "greeting"       // right after somebody opened the direct messages
	Push          SendKind = "push"           // to somebody who agreed to be written to first (授权主动私信)
)

// A Send is something outreach says to somebody. Its ID is also the platform's idempotency key where there is one.
type Send struct {
	ID       string    `json:"id"`
	Kind     SendKind  `json:"kind"`
	Channel  string    `json:"channel"`
	Person   PersonID  `json:"person"`
	Text     string    `json:"text"`
	Comment  string    `json:"comment,omitempty"`  // answered by a public reply
	Item     string    `json:"item,omitempty"`     // under which that stands
	Scene    string    `json:"scene,omitempty"`    // of the authorisation a push rests on
	Rule     string    `json:"rule,omitempty"`     // which caused it
	Campaign string    `json:"campaign,omitempty"` // whose text it is
	Variant  string    `json:"variant,omitempty"`  // "a" or "b"
	By       Author    `json:"by"`
	Agent    AgentID   `json:"agent,omitempty"`
	At       time.Time `json:"at"`
}

// A SendState is how far a send has come.
type SendState string

// The states of a send.
const (
	Pending   SendState = "pending"   // not handed to the platform yet
	Sent      SendState = "sent"      // the platform took it; that is no delivery yet
	Arrived   SendState = "arrived"   // the platform said that it arrived
	Failed    SendState = "failed"    // the platform refused it or lost it: Code, Because
	Uncertain SendState = "uncertain" // the platform gave no answer: it may have arrived, and is not sent again
)

// A Delivery is what became of a send.
type Delivery struct {
	Send    string    `json:"send"`
	State   SendState `json:"state"`
	Code    int       `json:"code,omitempty"`    // the platform's own, such as 28003070
	Because string    `json:"because,omitempty"` // in words
	Retry   time.Time `json:"retry,omitzero"`    // when it may be tried again; zero: never
	At      time.Time `json:"at"`
}

// An Allowance (额度) is what a platform still lets us say to somebody in one of its windows.
type Allowance struct {
	Channel string    `json:"channel"`
	Scene   string    `json:"scene"`          // which window: "reply", "enter", "authorised", "menu" …
	Limit   int       `json:"limit"`          // messages a window has
	Left    int       `json:"left"`           // messages that may still go out
	Kept    int       `json:"kept,omitempty"` // of these, kept for a person or for closing: not the AI's
	Until   time.Time `json:"until,omitzero"` // when the window shuts
}

// Scores are what the house makes of somebody's behaviour, each 0 to 100.
type Scores struct {
	Lead   Score  `json:"lead"`             // how likely a purchase is
	Risk   Score  `json:"risk"`             // how likely a complaint that goes outside is
	Intent string `json:"intent,omitempty"` // what the person is about now
}

// A Score is a number with its reasons, the weightiest first.
type Score struct {
	Value   float64     `json:"value"`
	Reasons []Reasoning `json:"reasons"`
	At      time.Time   `json:"at,omitzero"` // as of when
}

// A Reasoning is one reason of a score and what it adds.
type Reasoning struct {
	Code   string  `json:"code"` // stable: "rule", "intent", "history", "decay", "threat" …
	Why    string  `json:"why"`  // in words, Chinese
	Points float64 `json:"points"`
}
