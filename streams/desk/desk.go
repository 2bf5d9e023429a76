// Package desk is the vocabulary of customer service: the words every stream, policy and function speaks.
// It imports nothing but the streams they travel on, and does nothing that needs I/O.
package desk

import (
	"time"

	"keliu/streams"
)

// The streams of the desk, in the order a message meets them. All but Routing are keyed by conversation.
const (
	// Inbound is everything that happens to a conversation, from whichever side.
	Inbound streams.Topic[Event] = "desk.inbound"
	// Outbound is what the customer gets to hear.
	Outbound streams.Topic[Notice] = "desk.outbound"
	// Requests is what the shop is asked to do: a refund, a return.
	Requests streams.Topic[Request] = "desk.requests"
	// Routing tells the queue (排队) that something changed. It has the one key RoutingKey, so that one
	// decision follows the other.
	Routing streams.Topic[Shift] = "desk.routing"
)

// RoutingKey orders all of Routing.
const RoutingKey = "queue"

// Names of one thing each. IDs are opaque, printable ASCII and at most 64 bytes.
type (
	// A CustomerID names a customer across every channel.
	CustomerID string
	// A MemberID names a member in the shop's own system.
	MemberID string
	// A ConversationID names one conversation, whatever channels it crosses.
	ConversationID string
	// A MessageID names a message; the record that carries a message has the same ID.
	MessageID string
	// An AgentID names one of the staff.
	AgentID string
	// An ArticleID names an article of the knowledge base.
	ArticleID string
	// An OrderNumber is the number the shop tells its customer.
	OrderNumber string
)

// A Lang is the language a customer is answered in.
type Lang string

// The languages the desk speaks.
const (
	Chinese Lang = "zh"
	English Lang = "en"
)

// An Author is who speaks.
type Author string

// The authors of messages.
const (
	ByCustomer Author = "customer"
	ByAI       Author = "ai"
	ByHuman    Author = "human"
	BySystem   Author = "system"
)

// A Message is one thing said in a conversation.
type Message struct {
	ID           MessageID      `json:"id"`
	Conversation ConversationID `json:"conversation"`
	Customer     CustomerID     `json:"customer,omitempty"`
	Channel      string         `json:"channel"`
	By           Author         `json:"by"`
	Agent        AgentID        `json:"agent,omitempty"` // who of the staff, when By is human
	Text         string         `json:"text"`
	Pictures     []Picture      `json:"pictures,omitempty"`
	Intent       string         `json:"intent,omitempty"`
	Emotion      Emotion        `json:"emotion,omitempty"`
	Citations    []Citation     `json:"citations,omitempty"`
	Options      []string       `json:"options,omitempty"` // quick replies offered
	Seq          int64          `json:"seq,omitempty"`     // place in the conversation, 1, 2, 3 …
	At           time.Time      `json:"at"`
}

// A Picture is an image a customer sent; its bytes are kept by the edge under ID.
type Picture struct {
	ID     string `json:"id"`
	Type   string `json:"type"` // image/png, image/jpeg, image/webp or image/gif
	Bytes  int    `json:"bytes"`
	Width  int    `json:"width"`
	Height int    `json:"height"`
}

// A Citation names the passage an answer rests on.
type Citation struct {
	Article ArticleID `json:"article"`
	Title   string    `json:"title"`
	Passage string    `json:"passage"`
}

// A Line is one turn of the history as a model or a person may read it: personal data masked.
type Line struct {
	By   Author `json:"by"`
	Text string `json:"text"`
}

// A Customer is a person, known by one or more channels.
type Customer struct {
	ID     CustomerID `json:"id"`
	Member MemberID   `json:"member,omitempty"` // set once the shop vouches for the person
	Name   string     `json:"name,omitempty"`
	Seen   time.Time  `json:"seen"`
}

// A Stage is who has the conversation.
type Stage string

// The stages of a conversation.
const (
	WithAI Stage = "ai"
	Queued Stage = "queued" // waits for a person; the AI goes on answering meanwhile
	Human  Stage = "human"
	Closed Stage = "closed"
)

// Known facts of a conversation: what the customer gave, in normal form.
const (
	FactOrder     = "order"      // an order number
	FactWaybill   = "waybill"    // a waybill number
	FactPhone     = "phone"      // a mobile number, 11 digits
	FactPhoneTail = "phone_tail" // the last four digits of one
	FactProduct   = "product"    // a product by name or SKU
	FactReason    = "reason"     // why something is wanted, in the customer's words
	FactAmount    = "amount"     // money in fen, as decimal digits
)

// Facts are the known facts, by the names above.
type Facts map[string]string

// A Conversation is the present state of one conversation.
type Conversation struct {
	ID       ConversationID `json:"id"`
	Customer CustomerID     `json:"customer"`
	Member   MemberID       `json:"member,omitempty"`
	Name     string         `json:"name,omitempty"`
	Channel  string         `json:"channel"`
	Lang     Lang           `json:"lang"`
	Stage    Stage          `json:"stage"`
	Agent    AgentID        `json:"agent,omitempty"`
	Intent   string         `json:"intent,omitempty"`
	Emotion  Emotion        `json:"emotion"`
	Facts    Facts          `json:"facts,omitempty"`
	Asked    string         `json:"asked,omitempty"`    // what the desk asked last: a fact's name, "callback", "confirm:refund" …
	AskedBy  string         `json:"asked_by,omitempty"` // the intent that asked it
	Failed   int            `json:"failed"`             // turns in a row that did not help
	Tried    []string       `json:"tried,omitempty"`    // intents tried in this session, for the handoff
	Last     string         `json:"last"`               // the latest text, masked, at most 80 runes
	LastBy   Author         `json:"last_by,omitempty"`
	Unread   int            `json:"unread"` // customer messages since a person looked or spoke
	Page     string         `json:"page,omitempty"`
	Session  Session        `json:"session"`
	Endings  []Ending       `json:"endings,omitempty"` // of sessions past whose outcome can still be taken back
	Seq      int64          `json:"seq"`               // of the latest message
	Version  int64          `json:"version"`           // counts changes; a commit on an older one is refused
	Updated  time.Time      `json:"updated"`
}

// A Session is one stay of the conversation between open and close.
type Session struct {
	Number    int       `json:"number"` // 1, 2, 3 …
	Opened    time.Time `json:"opened"`
	Closed    time.Time `json:"closed,omitzero"`
	FirstIn   time.Time `json:"first_in,omitzero"`   // the customer's first message
	LastIn    time.Time `json:"last_in,omitzero"`    // the customer's latest unanswered message
	FirstOut  time.Time `json:"first_out,omitzero"`  // the first reply by anyone that is not a greeting
	FirstHand time.Time `json:"first_hand,omitzero"` // the first reply by a person
	Asked     time.Time `json:"asked,omitzero"`      // when a person was first asked for
	Queued    time.Time `json:"queued,omitzero"`     // when the queue was entered last
	Accepted  time.Time `json:"accepted,omitzero"`   // when a person took over last
	AI        bool      `json:"ai"`                  // the AI gave an answer that is not a greeting
	ToHuman   bool      `json:"to_human"`            // was ever assigned to a person
	Worst     Emotion   `json:"worst"`               // the lowest emotion heard
	Confirmed bool      `json:"confirmed"`           // the customer said that it is solved
}

// An Ending is how a session of the past turned out, as far as is known, and under what it was counted.
type Ending struct {
	At      time.Time `json:"at"`
	About   string    `json:"about,omitempty"` // the intents it was about, with spaces between them; none once the customer has come again for one
	Channel string    `json:"channel,omitempty"`
	Intent  string    `json:"intent,omitempty"`
	Lang    Lang      `json:"lang,omitempty"`
	Agent   AgentID   `json:"agent,omitempty"`
	Assumed bool      `json:"assumed,omitempty"` // no further request since
	Unaided bool      `json:"unaided,omitempty"` // no person since
	Once    bool      `json:"once,omitempty"`    // resolved, and not asked for again since
}

// An Order is something a customer bought. Amounts are in fen.
type Order struct {
	Number    OrderNumber `json:"number"`
	Member    MemberID    `json:"member"`
	Phone     string      `json:"phone"` // the receiver's mobile
	Items     []Item      `json:"items"`
	Total     int64       `json:"total"` // fen
	Status    OrderStatus `json:"status"`
	Placed    time.Time   `json:"placed"`
	Paid      time.Time   `json:"paid,omitzero"`
	Delivered time.Time   `json:"delivered,omitzero"`
	Shipment  *Shipment   `json:"shipment,omitempty"`
	Requests  []Request   `json:"requests,omitempty"` // refunds and returns asked for
}

// An Item is one line of an order.
type Item struct {
	SKU      string `json:"sku"`
	Title    string `json:"title"`
	Variant  string `json:"variant,omitempty"`
	Quantity int    `json:"quantity"`
	Price    int64  `json:"price"` // fen, each
}

// An OrderStatus says how far an order has come.
type OrderStatus string

// The states of an order.
const (
	Unpaid    OrderStatus = "unpaid"
	Paid      OrderStatus = "paid" // not yet shipped
	Shipped   OrderStatus = "shipped"
	Delivered OrderStatus = "delivered"
	Cancelled OrderStatus = "cancelled"
	Refunding OrderStatus = "refunding"
	Refunded  OrderStatus = "refunded"
)

// A Shipment is a parcel under way.
type Shipment struct {
	Waybill string    `json:"waybill"`
	Carrier string    `json:"carrier"`
	Expect  time.Time `json:"expect,omitzero"` // when it should arrive
	Steps   []Step    `json:"steps"`           // newest first
}

// A Step is one scan of a parcel.
type Step struct {
	At    time.Time `json:"at"`
	Place string    `json:"place"`
	What  string    `json:"what"`
}

// A Request asks the shop to do something. It is done once per ID.
type Request struct {
	ID           string         `json:"id"`
	Kind         string         `json:"kind"` // "refund", "return", "exchange", "urge", "cancel"
	Order        OrderNumber    `json:"order"`
	Conversation ConversationID `json:"conversation"`
	Customer     CustomerID     `json:"customer"`
	Amount       int64          `json:"amount"` // fen
	Reason       string         `json:"reason,omitempty"`
	Status       string         `json:"status"` // "submitted", later the shop's own word
	At           time.Time      `json:"at"`
}

// A Callback is a number left by a customer for whom nobody was there.
type Callback struct {
	ID           string         `json:"id"`
	Conversation ConversationID `json:"conversation"`
	Customer     CustomerID     `json:"customer"`
	Phone        string         `json:"phone"` // 11 digits; masked for whoever lacks the right
	Note         string         `json:"note,omitempty"`
	At           time.Time      `json:"at"`
}

// An Article is one published version of a document of the knowledge base.
type Article struct {
	ID       ArticleID `json:"id"`
	Title    string    `json:"title"`
	Audience string    `json:"audience"` // "public" or "staff"
	Lang     Lang      `json:"lang"`
	Version  int       `json:"version"` // 1, 2, 3 …
	Source   string    `json:"source"`  // the file it came from
	Passages []Passage `json:"passages,omitempty"`
	By       string    `json:"by"`
	At       time.Time `json:"at"`
}

// A Passage is a piece of an article that can be cited.
type Passage struct {
	Article   ArticleID `json:"article"`
	Title     string    `json:"title"`               // of the article
	Heading   string    `json:"heading,omitempty"`   // of the part it stands in
	Text      string    `json:"text"`                // at most about 400 runes
	Phrasings []string  `json:"phrasings,omitempty"` // questions it answers, when the document is a FAQ
	Score     float64   `json:"score,omitempty"`     // 0–1, how sure the search is that it answers; set by the search
}
