package desk

import (
	"time"

	"keliu/streams"
)

// A Turn is one message of a customer with all the desk has understood of it. Personal data in its text
// and history is masked; what the desk needs of it stands in the facts.
type Turn struct {
	Message    Message  `json:"message"`
	Lang       Lang     `json:"lang"`
	Intent     string   `json:"intent"`
	Confidence float64  `json:"confidence"` // 0–1
	Emotion    Emotion  `json:"emotion"`
	Stage      Stage    `json:"stage"`
	Member     MemberID `json:"member,omitempty"` // set when the shop vouches for the customer
	Name       string   `json:"name,omitempty"`
	Facts      Facts    `json:"facts,omitempty"`   // known in this conversation, this message included
	Found      Facts    `json:"found,omitempty"`   // of these, what this message gave
	Asked      string   `json:"asked,omitempty"`   // what the desk asked last
	Failed     int      `json:"failed"`            // turns in a row that did not help
	History    []Line   `json:"history,omitempty"` // oldest first, without this message
	Waiting    *Waiting `json:"waiting,omitempty"` // the queue as it is, for handoff
}

// Waiting is the queue as a customer would find it.
type Waiting struct {
	Ahead   int           `json:"ahead"`         // customers who would be served before
	Staffed bool          `json:"staffed"`       // whether anybody is there
	Expect  time.Duration `json:"expect"`        // estimate; 0 when unknown
	In      bool          `json:"in"`            // whether this customer is in the queue already
	Back    time.Time     `json:"back,omitzero"` // when nobody is there: when a team's hours begin; zero when unknown
}

// Say answers with text that stands as it is.
func (t Turn) Say(text string) Reply { return Reply{Text: text, Outcome: Answered} }

// Ask asks the customer for something; what names it, so that the next turn knows.
func (t Turn) Ask(what, text string) Reply { return Reply{Text: text, Ask: what, Outcome: Asked} }

// Decline says honestly that the desk cannot help with this.
func (t Turn) Decline(text string) Reply { return Reply{Text: text, Outcome: Declined} }

// Handoff gives the conversation to a person, with a reason for the staff and a sentence for the customer.
func (t Turn) Handoff(reason Reason, text string) Reply {
	return Reply{Text: text, Handoff: reason, Outcome: HandedOff}
}

// Pick returns zh or en, whichever language the customer is answered in.
func (t Turn) Pick(zh, en string) string {
	if t.Lang == English {
		return en
	}
	return zh
}

// An Outcome says what a reply did for the customer.
type Outcome string

// The outcomes of a turn.
const (
	Answered  Outcome = "answered"
	Greeted   Outcome = "greeted" // small talk; no answer in the sense of the metrics
	Asked     Outcome = "asked"
	Declined  Outcome = "declined"
	HandedOff Outcome = "handed_off"
)

// A Reason says why a person is needed.
type Reason string

// The reasons for a handoff, as the metrics split them.
const (
	ReasonAsked    Reason = "asked"     // the customer asked for a person
	ReasonEmotion  Reason = "emotion"   // anger or distress
	ReasonFailed   Reason = "failed"    // three turns in a row did not help
	ReasonPolicy   Reason = "policy"    // a rule wants a person to decide
	ReasonError    Reason = "error"     // something the answer needs is out of order
	ReasonRisk     Reason = "risk"      // a complaint that may go outside
	ReasonPassedOn Reason = "passed_on" // a person passed the conversation on
)

// A Reply is what an intent answers. Exactly one of Text and Draft is set.
type Reply struct {
	Text      string     `json:"text,omitempty"`
	Draft     *Draft     `json:"draft,omitempty"` // what the answer rests on, when its wording is left to a model
	Citations []Citation `json:"citations,omitempty"`
	Learned   Facts      `json:"learned,omitempty"`   // facts to keep; an empty value forgets one
	Ask       string     `json:"ask,omitempty"`       // what was asked, see Conversation.Asked
	Options   []string   `json:"options,omitempty"`   // quick replies to offer, in the customer's words
	Handoff   Reason     `json:"handoff,omitempty"`   // why a person is needed; empty stays with the AI
	Skill     string     `json:"skill,omitempty"`     // which kind of person: "", "aftersales", "complaint", "presales"
	Callback  string     `json:"callback,omitempty"`  // a number the customer left to be called at
	Request   *Request   `json:"request,omitempty"`   // what the shop is asked to do; ID, conversation and time are filled in
	Confirmed bool       `json:"confirmed,omitempty"` // the customer said that it is solved
	Leave     bool       `json:"leave,omitempty"`     // the customer wants to leave the queue and go on with the AI
	Outcome   Outcome    `json:"outcome"`
}

// A Draft is what an answer may rest on, and nothing else.
type Draft struct {
	Question string    `json:"question"` // masked
	Passages []Passage `json:"passages"` // best first, at least one
}

// A Handoff is the package a person finds (转接包).
type Handoff struct {
	Conversation ConversationID `json:"conversation"`
	Customer     CustomerID     `json:"customer"`
	Reason       Reason         `json:"reason"`
	Skill        string         `json:"skill,omitempty"`
	Summary      string         `json:"summary"` // a few sentences, masked
	Facts        Facts          `json:"facts,omitempty"`
	Emotion      Emotion        `json:"emotion"`
	Tried        []string       `json:"tried,omitempty"` // what the AI tried, in words
	Priority     int            `json:"priority"`        // higher goes first: negative emotion first in line
	At           time.Time      `json:"at"`
}

// An Emotion is how a customer sounds, from -1 (furious) to 1 (delighted).
type Emotion float64

// Negative reports whether the customer is unhappy.
func (e Emotion) Negative() bool { return e <= -0.4 }

// Furious reports whether a person should step in at once.
func (e Emotion) Furious() bool { return e <= -0.75 }

// A Kind is what happened to a conversation.
type Kind string

// The kinds of events on Inbound.
const (
	Said        Kind = "said"        // the customer spoke
	Spoke       Kind = "spoke"       // a person of the staff spoke
	Assigned    Kind = "assigned"    // a person takes over: Agent
	Returned    Kind = "returned"    // the person hands the conversation back to the AI
	Moved       Kind = "moved"       // the place in the queue changed: Position
	Left        Kind = "left"        // the customer left the queue
	Ended       Kind = "ended"       // the conversation is closed: Reason
	Transferred Kind = "transferred" // back to the queue, for another skill or agent
)

// Reasons by which an event knows who caused it.
const (
	ByQueue   = "queue"      // of Assigned: the queue has chosen the person
	AgentGone = "agent_gone" // of Transferred: the person who has the conversation is not there any more
)

// An Event is one thing that happens to a conversation. The record that carries it has the same ID.
type Event struct {
	ID           MessageID      `json:"id"`
	Kind         Kind           `json:"kind"`
	Conversation ConversationID `json:"conversation"`
	Customer     CustomerID     `json:"customer,omitempty"`
	Channel      string         `json:"channel,omitempty"`
	Member       MemberID       `json:"member,omitempty"` // whom the shop vouches the customer to be
	Name         string         `json:"name,omitempty"`
	Page         string         `json:"page,omitempty"`    // where the customer is, for the staff
	Message      *Message       `json:"message,omitempty"` // for Said and Spoke
	Agent        AgentID        `json:"agent,omitempty"`
	Position     int            `json:"position,omitempty"` // 1 is next
	Reason       string         `json:"reason,omitempty"`
	Skill        string         `json:"skill,omitempty"`
	At           time.Time      `json:"at"`
}

// The names of what a customer's stream carries.
const (
	EventReply   = "reply"
	EventTyping  = "typing"
	EventHandoff = "handoff"
	EventClosed  = "closed"
	EventMessage = "message" // what the customer said on another device
)

// A Notice is one thing the customer gets to hear.
type Notice struct {
	Seq          int64          `json:"seq"` // place in the conversation; resuming after it loses and doubles nothing
	Event        string         `json:"event"`
	Conversation ConversationID `json:"conversation"`
	Channel      string         `json:"channel,omitempty"` // on which the customer is to hear it
	Message      *Message       `json:"message,omitempty"` // for reply and message
	Queue        *QueueNotice   `json:"queue,omitempty"`   // for handoff
	Reason       string         `json:"reason,omitempty"`  // for closed
	At           time.Time      `json:"at"`
}

// A QueueNotice tells a customer about the way to a person.
type QueueNotice struct {
	State    string `json:"state"`              // "queued", "moved", "accepted", "returned" or "left"
	Position int    `json:"position,omitempty"` // 1 is next; 0 when it does not apply
	Staffed  bool   `json:"staffed"`
	Agent    string `json:"agent,omitempty"` // the person's name to customers
	Text     string `json:"text"`
}

// Typing is a passing sign that an answer is being written; Text is what there is of it so far.
type Typing struct {
	Conversation ConversationID `json:"conversation"`
	By           Author         `json:"by"`
	Message      MessageID      `json:"message,omitempty"` // the message being answered
	Text         string         `json:"text,omitempty"`
}

// A Shift is a change that the queue must look at.
type Shift struct {
	Kind         string         `json:"kind"` // "entered", "left", "agent", "released", "hours"
	Conversation ConversationID `json:"conversation,omitempty"`
	Agent        AgentID        `json:"agent,omitempty"`
	At           time.Time      `json:"at"`
}

// A Place is a place in the queue (排队).
type Place struct {
	Conversation ConversationID `json:"conversation"`
	Skill        string         `json:"skill,omitempty"` // the kind of person needed; empty takes any
	Priority     int            `json:"priority"`        // see Rank
	Since        time.Time      `json:"since"`
	Agent        AgentID        `json:"agent,omitempty"` // chosen, not yet begun
	Position     int            `json:"position"`        // as the customer was told; 1 is next
}

// Priorities of a place in the queue.
const (
	Calm    = 0
	Unhappy = 1
	Angry   = 2
)

// HeadStart is what one step of priority is worth in waiting time: the unhappy go before whoever came up to that much
// earlier, and yet nobody waits for ever.
const HeadStart = 15 * time.Minute

// Rank orders the queue, lowest first: the arrival, set back by the head start. In ms since 1970.
func (p Place) Rank() int64 {
	return p.Since.Add(-time.Duration(p.Priority) * HeadStart).UnixMilli()
}

// An Agent is one of the staff.
type Agent struct {
	ID       AgentID   `json:"id"`
	Name     string    `json:"name"` // as customers see it
	Role     string    `json:"role"` // "admin", "agent", "marketing", "compliance" or "executive"
	Password string    `json:"-"`    // hashed
	Skills   []string  `json:"skills"`
	Capacity int       `json:"capacity"` // conversations at the same time
	Status   string    `json:"status"`   // "online", "away" or "offline"
	Load     int       `json:"load"`     // conversations now, the chosen ones included
	Changed  time.Time `json:"changed"`  // of the status
	Program  bool      `json:"-"`        // another program that calls by its key, not a person
	Scopes   []string  `json:"-"`        // of a program: what of its role it is for; nil is all of it
}

// Outgoing is a record that is published once the state it belongs to is durable.
type Outgoing struct {
	Topic  string         `json:"topic"`
	Record streams.Record `json:"record"`
}

// Out makes a value of a topic outgoing.
func Out[T any](topic streams.Topic[T], id, key string, v T) (Outgoing, error) {
	r, err := topic.Record(id, key, v)
	return Outgoing{Topic: string(topic), Record: r}, err
}
