package inbox

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/outreach/quota"
	"keliu/functions/store/worklist"
	"keliu/streams/desk"
)

// A ListedConversation is a conversation as the list shows it.
type ListedConversation struct {
	worklist.Row
	Match  string           `json:"match,omitempty"`  // the message in which a search found its words
	Scores *desk.Scores     `json:"scores,omitempty"` // when they are known
	Quota  []desk.Allowance `json:"quota,omitempty"`  // what the channel still lets us say, of one conversation; left out where it sets no limit
}

// A ConversationsAnswer lists conversations.
type ConversationsAnswer struct {
	Conversations []ListedConversation `json:"conversations"`
	Next          string               `json:"next,omitempty"`    // the cursor of the next page; left out on the last one
	Partial       bool                 `json:"partial,omitempty"` // there was no time to search what was said long ago
}

// A CountsAnswer is how many conversations there are of each kind.
type CountsAnswer struct{ worklist.Counts }

// A ConversationAnswer is a conversation with what a person should know of it.
type ConversationAnswer struct {
	Conversation ListedConversation `json:"conversation"`
	Handoff      *desk.Handoff      `json:"handoff,omitempty"`
}

// Limits of the list: how many rows at once, how long a search, and how many conversations one finds in messages.
const (
	mostRows  = 1000
	mostWords = 100
	mostFound = 200
)

// filter reads what is asked for.
func (r *Room) filter(c *app.RequestContext, who desk.Agent) (f worklist.Filter, err error) {
	limit, err := wire.Number(c, "limit", 50, 1, mostRows)
	if err != nil {
		return f, err
	}
	f = worklist.Filter{
		Agent: desk.AgentID(c.Query("agent")), Channel: c.Query("channel"), Words: strings.TrimSpace(c.Query("q")),
		Sort: worklist.Sort(c.Query("sort")), After: c.Query("cursor"), Limit: int(limit),
	}
	if f.Before, err = door.Time(c, "before", time.Time{}); err != nil {
		return f, err
	}
	for _, name := range strings.FieldsFunc(c.Query("stage"), func(r rune) bool { return r == ',' }) {
		stage := desk.Stage(name)
		if !slices.Contains([]desk.Stage{desk.WithAI, desk.Queued, desk.Human, desk.Closed}, stage) {
			return f, desk.Refuse(desk.ErrInvalid, "stage_unknown", name)
		}
		f.Stages = append(f.Stages, stage)
	}
	if c.Query("mine") == "true" {
		f.Agent = who.ID
	}
	f.Unhappy = c.Query("emotion") == "negative"
	switch {
	case f.Sort != "" && f.Sort != worklist.ByUrgency && f.Sort != worklist.ByUpdate:
		return f, desk.Refuse(desk.ErrInvalid, "sort_unknown", string(f.Sort))
	case utf8.RuneCountInString(f.Words) > mostWords:
		return f, desk.Refuse(desk.ErrInvalid, "field_too_long", "q", mostWords)
	}
	return f, nil
}

func (r *Room) list(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	f, err := r.filter(c, who)
	if err != nil {
		return err
	}
	hide := r.Door.Hide(ctx, who)
	found, whole, err := r.search(ctx, &f, hide)
	if err != nil {
		return err
	}
	rows, err := r.List.Rows(ctx, f)
	if err != nil {
		return err
	}
	out := ConversationsAnswer{Conversations: []ListedConversation{}, Partial: !whole}
	if len(rows) == f.Limit {
		out.Next = rows[len(rows)-1].Cursor
	}
	for _, row := range rows {
		listed := r.listed(row, hide)
		message, said := found[row.ID]
		if f.Words != "" && !said && !holds(listed.Name, f.Words) && !holds(listed.Last, f.Words) {
			continue // the words stand in what this role may not see, or in no text at all
		}
		listed.Match = hide.Text(message.Text)
		out.Conversations = append(out.Conversations, listed)
	}
	return wire.Answer(c, out)
}

// searching is how long a search may look through what was said.
const searching = time.Second

// search finds the words in what was said, as far as this role may see it: nobody finds out by searching what they may not read. It
// reports whether it has looked at everything.
func (r *Room) search(ctx context.Context, f *worklist.Filter, hide door.Hiding) (found map[desk.ConversationID]desk.Message, whole bool, err error) {
	if f.Words == "" {
		return nil, true, nil
	}
	within, cancel := context.WithTimeout(ctx, searching)
	defer cancel()
	found, err = r.List.Found(within, *f, mostFound, func(m desk.Message) bool {
		return holds(m.Text, f.Words) && holds(hide.Text(m.Text), f.Words)
	})
	whole = err == nil
	if errors.Is(within.Err(), context.DeadlineExceeded) && ctx.Err() == nil {
		err = nil
	}
	for id := range found {
		f.Among = append(f.Among, id)
	}
	return found, whole, err
}

func holds(text, words string) bool {
	return strings.Contains(strings.ToLower(text), strings.ToLower(words))
}

// listed is a row with what is known beside the store, as the role may see it.
func (r *Room) listed(row worklist.Row, hide door.Hiding) ListedConversation {
	l := ListedConversation{Row: row}
	l.Conversation = hide.Conversation(row.Conversation)
	if r.Scores != nil {
		if scores, ok := r.Scores.Of(string(row.ID)); ok {
			l.Scores = &scores
		}
	}
	return l
}

// left is what the network of a conversation still lets us say there.
func (r *Room) left(ctx context.Context, c desk.Conversation) ([]desk.Allowance, error) {
	if len(quota.Of(c.Channel)) == 0 {
		return nil, nil
	}
	to, err := r.Addresses.Conversation(ctx, c.Channel, c.ID)
	if errors.Is(err, desk.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return r.Ledger.Left(ctx, desk.PersonID(c.Channel+":"+to.Person), c.Channel, r.Now().UTC())
}

// Listing reads a conversation and returns how the list shows it to somebody from whom hide hides.
func (r *Room) Listing(ctx context.Context, id desk.ConversationID) (show func(door.Hiding) any, err error) {
	row, err := r.List.Row(ctx, id)
	if err != nil {
		return nil, err
	}
	return func(hide door.Hiding) any { return r.listed(row, hide) }, nil
}

func (r *Room) counts(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	n, err := r.List.Counts(ctx, who.ID)
	if err != nil {
		return err
	}
	return wire.Answer(c, CountsAnswer{n})
}

func (r *Room) show(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := desk.ConversationID(c.Param("id"))
	row, err := r.List.Row(ctx, id)
	if err != nil {
		return err
	}
	hide := r.Door.Hide(ctx, who)
	out := ConversationAnswer{Conversation: r.listed(row, hide)}
	if out.Conversation.Quota, err = r.left(ctx, row.Conversation); err != nil {
		return err
	}
	h, err := r.Store.Handoff(ctx, id)
	switch {
	case err == nil:
		h.Facts, h.Summary = hide.Facts(h.Facts), hide.Text(h.Summary)
		out.Handoff = &h
	case !errors.Is(err, desk.ErrNotFound):
		return err
	}
	return wire.Answer(c, out)
}
