// Package call is what travels between the house and one of its functions in the cloud.
//
// A function in the cloud holds no credential and opens no connection. Where it needs something of the house, such as an order, a
// ruling or a passage, it answers with a question; the house answers that and makes the same call again, with all that was told so
// far. So a single call has no effect of its own, may be made again after any failure, and needs no way back into the house.
package call

import (
	"bytes"
	"encoding/json"
	"slices"
	"time"
)

// MaxPayload is how many bytes a request or a response may have: what Lambda takes in one synchronous call.
const MaxPayload = 6 << 20

// MaxQuestions is how often one call may ask: far more than any function does, and an end to one that never stops.
const MaxQuestions = 64

// A Request is one call of a function.
type Request struct {
	Payload  json.RawMessage            `json:"payload"`            // what functions.Handler takes
	At       time.Time                  `json:"at"`                 // the time of the call, however often it is made
	Settings map[string]json.RawMessage `json:"settings,omitempty"` // the function's plain fields, by path
	Told     []Told                     `json:"told,omitempty"`     // in the order in which it was asked
}

// A Response is what the function answers, what it asks, or what it refuses.
type Response struct {
	Answer   json.RawMessage `json:"answer,omitempty"`
	Question *Question       `json:"question,omitempty"`
	Problem  *Problem        `json:"problem,omitempty"`
	Kept     json.RawMessage `json:"kept,omitempty"` // of a Keeper, beside an answer or a problem
}

// A Keeper is a function that remembers things while its process runs, such as how often it did what. In the cloud it is built anew
// for every call: what it has Kept by the end goes home with the answer, where the one in the house is told to Keep it.
type Keeper interface {
	Kept() ([]byte, error)
	Keep([]byte) error
}

// A Question calls a method of what stands in one of the function's fields.
type Question struct {
	Method string            `json:"method"` // by path from the function, such as "Orders.OrdersOf"
	Args   []json.RawMessage `json:"args"`   // without the context
}

// A Told is a question with its answer.
type Told struct {
	Question
	Results []json.RawMessage `json:"results,omitempty"` // without the error
	Problem *Problem          `json:"problem,omitempty"`
}

// Is reports whether two questions are the same: the same method with the same arguments.
func (q Question) Is(other Question) bool {
	return q.Method == other.Method && slices.EqualFunc(q.Args, other.Args, func(a, b json.RawMessage) bool { return bytes.Equal(a, b) })
}
