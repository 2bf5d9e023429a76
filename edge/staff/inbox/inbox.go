// Package inbox is the workbench's side of the API: the list of conversations, what was said in them, what a person does with
// one, and what the AI suggests.
package inbox

import (
	"context"
	"log/slog"
	"net/http"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/dialog/assist"
	"keliu/functions/store"
	"keliu/functions/store/notes"
	"keliu/functions/store/presence"
	"keliu/functions/store/worklist"
	"keliu/streams/desk"
)

// An Assistant thinks along with whoever answers.
type Assistant interface {
	// Suggest returns the n-th best answer to what the customer said last, for somebody with a role.
	Suggest(ctx context.Context, id desk.ConversationID, role string, n int) (assist.Suggestion, error)
	// Summarize sums up what was said, in a language.
	Summarize(ctx context.Context, id desk.ConversationID, lang desk.Lang) (assist.Summary, error)
}

// Scores are what the house makes of somebody's behaviour.
type Scores interface {
	Of(key string) (desk.Scores, bool)
}

// Addresses know where a network reaches the customer of a conversation.
type Addresses interface {
	Conversation(ctx context.Context, channel string, id desk.ConversationID) (functions.Address, error)
}

// Ledger tells what a network still lets us say to somebody; nothing where it sets no limit.
type Ledger interface {
	Left(ctx context.Context, person desk.PersonID, channel string, now time.Time) ([]desk.Allowance, error)
}

// Live is whoever looks at the workbench now.
type Live interface {
	Changed(desk.ConversationID) // a row of the list is to be read anew
}

// A Room is the workbench's side. Its fields are set before use.
type Room struct {
	Door      *door.Door
	Store     *store.Store
	List      *worklist.List
	Book      *notes.Book
	Register  *presence.Register
	Inbound   visitors.Publisher
	Assistant Assistant
	Scores    Scores // nil knows of nothing
	Addresses Addresses
	Ledger    Ledger
	Live      Live
	Pictures  *visitors.Album // that customers sent
	Now       func() time.Time
	Log       *slog.Logger

	answers *answers
}

// New returns a room that is ready to serve.
func New(r Room) *Room {
	r.answers = newAnswers(r.Now)
	return &r
}

// Routes are the calls of the workbench.
func (r *Room) Routes() []wire.Route {
	return append(r.reading(), r.writing()...)
}

const (
	all = "/api/v1/conversations"
	one = "/api/v1/conversations/:id"
	tag = door.Conversations
)

func (r *Room) reading() []wire.Route {
	limit := wire.Param{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}
	read := func(path, summary string, out any, serve door.Call, query ...wire.Param) wire.Route {
		return wire.Route{Method: http.MethodGet, Path: path, Tag: tag, Summary: summary, Auth: wire.Staff, Query: query, Out: out,
			Serve: r.Door.May(door.Conversations, "read", serve)}
	}
	filters := []wire.Param{
		{Name: "stage", Meaning: "ai, queued, human or closed; several with commas"}, {Name: "mine", Meaning: "true: that the caller has"},
		{Name: "agent", Meaning: "whose"}, {Name: "channel", Meaning: "from which channel"}, {Name: "emotion", Meaning: "negative: whose customers are unhappy"},
		{Name: "q", Meaning: "words in the customer's name or in what was said"}, {Name: "sort", Meaning: "urgency or updated; updated by default"},
		{Name: "cursor", Meaning: "next of the answer before"}, {Name: "before", Meaning: "changed before, RFC 3339 or ms"},
		{Name: "limit", Meaning: "at most, 1 to 1000; 50 by default"},
	}
	return []wire.Route{
		read(all, "Conversations, the latest changed first or the most urgent first", ConversationsAnswer{}, r.list, filters...),
		read(all+"/counts", "How many conversations there are of each kind", CountsAnswer{}, r.counts),
		read(one, "A conversation with its handoff package", ConversationAnswer{}, r.show),
		read(one+"/messages", "What was said and told, oldest first", MessagesAnswer{}, r.messages,
			wire.Param{Name: "before", Meaning: "only what has a lower seq"}, limit),
		read(one+"/suggestion", "What the AI would answer", assist.Suggestion{}, r.suggest,
			wire.Param{Name: "another", Meaning: "0 for the best, 1 for the next, up to 20"}),
		read(one+"/summary", "A summary of the conversation and the reason for which it may be closed", SummaryAnswer{}, r.summary),
		{Method: http.MethodGet, Path: one + "/pictures/:picture", Tag: tag, Summary: "A picture that the customer sent", Auth: wire.Staff, Content: "image/*",
			Serve: r.Door.May(door.Conversations, "read", r.picture)},
		read("/api/v1/queue", "Who waits, next first", QueueAnswer{}, r.queue),
		read("/api/v1/callbacks", "Numbers that customers left", CallbacksAnswer{}, r.callbacks, limit),
	}
}

func (r *Room) writing() []wire.Route {
	write := func(path, summary string, in, out any, serve door.Call, header ...wire.Param) wire.Route {
		return wire.Route{Method: http.MethodPost, Path: path, Tag: tag, Summary: summary, Auth: wire.Staff, Header: header, In: in, Out: out,
			Serve: r.Door.May(door.Conversations, "write", serve)}
	}
	return []wire.Route{
		write(one+"/messages", "Answer the customer; whoever answers takes over", SayRequest{}, SayAnswer{}, r.say,
			wire.Param{Name: "Idempotency-Key", Meaning: "the same key never counts twice"},
			wire.Param{Name: "If-Seq", Meaning: "the last seq that was seen, as seen in the body"}),
		write(one+"/read", "Say that it has been looked at: nothing is unread", nil, nil, r.read),
		write(one+"/accept", "Take over", nil, nil, r.accept),
		write(one+"/return", "Hand back to the AI", nil, nil, r.giveBack),
		write(one+"/transfer", "Pass on: to a person, or back into the queue for another skill", TransferRequest{}, nil, r.transfer),
		write(one+"/close", "Close, with a reason and a summary", CloseRequest{}, nil, r.close),
		write("/api/v1/queue/next", "Take over the next in the queue", nil, NextAnswer{}, r.next),
	}
}
