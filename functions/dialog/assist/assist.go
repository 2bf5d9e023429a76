// Package assist thinks along with a person of the staff: what the AI would answer the customer, on what sources, and how the
// conversation can be summed up at its end. It changes nothing and tells the customer nothing.
package assist

import (
	"context"

	"keliu/functions"
	"keliu/functions/classify"
	"keliu/functions/models"
	"keliu/policies"
	"keliu/streams/desk"
)

// Understander tells what a customer means and how they feel.
type Understander interface {
	Understand(text string, c classify.Context) classify.Understanding
}

// Writer words an answer from passages.
type Writer interface {
	Write(ctx context.Context, r models.Request, emit func(delta string)) (models.Written, error)
}

// Rules say what may be answered and read.
type Rules interface {
	MayRun(context.Context, policies.MayRun) (policies.Ruling, error)
	MayRetrieve(context.Context, policies.MayRetrieve) (policies.Ruling, error)
}

// State is the present state of every conversation.
type State interface {
	Conversation(context.Context, desk.ConversationID) (desk.Conversation, error)
	Said(ctx context.Context, id desk.ConversationID, seq int64, limit int) ([]desk.Notice, error)
}

// Library is the company's knowledge.
type Library interface {
	Find(ctx context.Context, question string, limit int, may func(audience string) bool) ([]desk.Passage, error)
	Articles() []desk.Article
}

// An Assistant thinks along. Its fields are set before use.
type Assistant struct {
	Intents    functions.Invoker // by the name "intents/…"
	Understand Understander
	Writer     Writer
	Rules      Rules
	State      State
	Library    Library
	Mask       func(string) string // hides personal data
}

// A Suggestion is what the AI would answer.
type Suggestion struct {
	Text       string    `json:"text"`      // empty when there is none
	Citations  []Backing `json:"citations"` // what it rests on, best first
	Intent     string    `json:"intent"`    // what the customer is taken to want
	Basis      Basis     `json:"basis"`
	Confidence float64   `json:"confidence"` // 0–1, how sure it is
	N          int       `json:"n"`          // 0 is the best, 1 the next …
	More       bool      `json:"more"`       // whether there is another one
}

// A Backing is a source of a suggestion.
type Backing struct {
	desk.Citation
	Internal bool `json:"internal"` // for the staff's eyes: it must not be sent to the customer word for word
}

// A Basis says what a suggestion rests on.
type Basis string

// What a suggestion may rest on.
const (
	OnKnowledge Basis = "knowledge" // published articles
	OnInternal  Basis = "internal"  // articles for the staff
	OnShop      Basis = "shop"      // the shop's orders, shipments and products
	OnWords     Basis = "words"     // a word of courtesy, or a question back
	OnNothing   Basis = "none"      // there is none
)

// A Summary sums up a conversation.
type Summary struct {
	Text   string `json:"text"`   // a few lines, masked
	By     string `json:"by"`     // who wrote them: the provider of a model, or ByHouse
	Reason string `json:"reason"` // one of Reasons, as it looks
}

// ByHouse is who wrote a summary that no model wrote.
const ByHouse = "builtin"
