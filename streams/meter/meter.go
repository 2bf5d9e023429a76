// Package meter counts and times what the house does, and answers questions about it.
//
// Points travel on the stream Points, in the same commit as the state they describe, so that a metric equals a
// recount of the records.
package meter

import (
	"context"
	"time"

	"keliu/streams"
)

// Points is the stream of measured facts, keyed by conversation.
const Points streams.Topic[[]Point] = "desk.points"

// A Point is one measured fact: it happened once, at a time, and has a value.
type Point struct {
	Name  string    `json:"n"` // one of the names below
	Value float64   `json:"v"` // 1 for a plain count, milliseconds for a duration, as the name says
	At    time.Time `json:"t"`
	Tags  Tags      `json:"d,omitzero"`
}

// Tags are the dimensions of a point. All are of bounded sets: never a person, never a conversation.
type Tags struct {
	Channel string `json:"channel,omitempty"`
	Intent  string `json:"intent,omitempty"`
	Agent   string `json:"agent,omitempty"`
	Team    string `json:"team,omitempty"`
	Model   string `json:"model,omitempty"`
	Lang    string `json:"lang,omitempty"`
	Reason  string `json:"reason,omitempty"` // of a handoff, a closing, a fallback, a mask hit's category
}

// The names of points. Durations are in milliseconds and feed distributions; the others count.
const (
	SessionOpened    = "session_opened"    // the first customer message of a session
	CustomerFirst    = "customer_first"    // the first session of a customer who was never seen before
	CustomerMessage  = "customer_message"  // a customer spoke
	SessionAI        = "session_ai"        // the AI gave its first answer that is not a greeting
	AIAnswer         = "ai_answer"         // an AI answer; greetings, questions back and handoffs are not answers
	AICited          = "ai_cited"          // of these, with at least one citation
	QuestionAsked    = "question_asked"    // a customer turn that wanted an answer
	Unanswered       = "unanswered"        // of these, declined or without a hit
	Transfer         = "transfer"          // a session moved from the AI towards a person; Reason
	HumanAsked       = "human_asked"       // first explicit request for a person → told the place; ms
	QueueEntered     = "queue_entered"     // entered the queue
	QueueAccepted    = "queue_accepted"    // accepted by a person; ms waited; Reason is how long, by Wait
	QueueLeft        = "queue_left"        // left before that; ms waited; Reason is how long, by Wait
	FirstReplyAny    = "first_reply_any"   // first inbound → first non-greeting reply by anyone; ms
	FirstReplyHuman  = "first_reply_human" // first inbound → first human reply; ms
	NextReply        = "next_reply"        // each customer message → next reply; ms
	FirstToken       = "first_token"       // edge receive → first byte of the answer; ms
	SessionClosed    = "session_closed"    // open → final close; ms; Reason
	SessionClosedAI  = "session_closed_ai" // closed sessions in which the AI gave an answer that is not a greeting
	SessionContained = "session_contained" // of the closed AI sessions, never assigned to a person
	SessionConfirmed = "session_confirmed" // of the contained ones, affirmed by the customer
	SessionReopened  = "session_reopened"  // a closed conversation was taken up again
	SessionHuman     = "session_human"     // a session was assigned to a person
	HandleTime       = "handle_time"       // accepted → closed or handed back; ms
	SessionNegative  = "session_negative"  // closed sessions that were negative at their worst
	SessionRecovered = "session_recovered" // of these, ended neutral or better
	CallbackLeft     = "callback_left"     // a customer left a number
	ModelCall        = "model_call"        // a call of a model; ms
	ModelTokens      = "model_tokens"      // tokens in and out
	ModelCost        = "model_cost"        // micro-yuan (1e-6 CNY)
	ModelError       = "model_error"       // a failed call; Reason
	ModelFallback    = "model_fallback"    // an answer that fell back to the builtin composer
	MaskHit          = "mask_hit"          // personal data masked; Reason is the category
	PolicyDenied     = "policy_denied"     // a ruling that refused; Reason is the rule
	LiveSessions     = "live_sessions"     // gauge: sessions open now
	QueueLength      = "queue_length"      // gauge: customers waiting
	QueueOldest      = "queue_oldest"      // gauge: the longest wait; ms

	Comment        = "comment"         // a comment under something of ours
	CommentMatched = "comment_matched" // of these, one in which a rule of outreach found something
	LeadReached    = "lead_reached"    // a platform took something that outreach said to somebody, for the first time
	LeadAnswered   = "lead_answered"   // somebody whom outreach had reached wrote to us, for the first time
	LeadContact    = "lead_contact"    // somebody left a way to be reached, for the first time
	LeadWon        = "lead_won"        // somebody bought, for the first time
	QuotaExhausted = "quota_exhausted" // a platform refused a message because its quota was used up

	AgentOnline        = "agent_online"        // one of the staff was online; ms, in slots of ten seconds; Agent
	SuggestionShown    = "suggestion_shown"    // the AI suggested an answer to one of the staff
	SuggestionAccepted = "suggestion_accepted" // a suggestion was sent as it was
	SuggestionEdited   = "suggestion_edited"   // a suggestion was sent with changes
)

// How long somebody waited, as the reason of a point: who leaves within ShortWait has hardly waited, and who is accepted within
// GoodWait was served in time.
const (
	ShortWait = 5 * time.Second
	GoodWait  = 20 * time.Second

	WaitedShort = "short"
	WaitedGood  = "good"
	WaitedLong  = "long"
)

// Wait names how long somebody waited.
func Wait(d time.Duration) string {
	switch {
	case d < ShortWait:
		return WaitedShort
	case d <= GoodWait:
		return WaitedGood
	}
	return WaitedLong
}

// A Meter takes points and answers questions. It is safe for concurrent use.
type Meter interface {
	// Add counts the points of one record and returns once they are durable. The same id counts once.
	Add(ctx context.Context, id string, points []Point) error

	// Ask answers one question with one value per step of the range.
	Ask(ctx context.Context, q Question) (Series, error)

	Close() error
}

// A Statistic is what is asked of the points of a name.
type Statistic string

// The statistics.
const (
	Sum   Statistic = "sum"   // of the values
	Count Statistic = "count" // of the points
	Mean  Statistic = "mean"
	P50   Statistic = "p50"
	P90   Statistic = "p90"
	P95   Statistic = "p95"
	P99   Statistic = "p99"
	Last  Statistic = "last" // of a gauge
	Max   Statistic = "max"
)

// A Question asks for a statistic of the points of a name in [From, To), per Step and as a whole.
type Question struct {
	Name      string
	Statistic Statistic
	From, To  time.Time
	Step      time.Duration // 0 asks for the whole alone; otherwise a multiple of a minute
	Where     Tags          // empty fields match everything
}

// A Series answers a question.
type Series struct {
	Total float64  // over the whole range; 0 when there is no point
	Count int64    // points in the range
	Steps []Sample // one per step, in order
}

// A Sample is the value of one step.
type Sample struct {
	At    time.Time // the step's start
	Value float64
	Count int64
}
