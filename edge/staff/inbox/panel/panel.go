// Package panel is what stands beside a conversation in the workbench: who the customer is and what they bought, the pages
// they were on, the notes of the staff and their canned answers.
package panel

import (
	"context"
	"errors"
	"net/http"
	"slices"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/business"
	"keliu/functions/store"
	"keliu/functions/store/notes"
	"keliu/functions/store/worklist"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// Shop is what the shop knows of its customers.
type Shop interface {
	Member(context.Context, desk.MemberID) (business.Member, error)
	OrdersOf(context.Context, desk.MemberID) ([]desk.Order, error) // newest first
	Order(context.Context, desk.OrderNumber) (desk.Order, error)
}

// Scores are what the house makes of somebody's behaviour.
type Scores interface {
	Of(key string) (desk.Scores, bool)
}

// Live is whoever looks at the workbench now.
type Live interface {
	Changed(desk.ConversationID) // a row of the list, or what stands beside it, is to be read anew
}

// A Room is the panel's side. Its fields are set before use.
type Room struct {
	Door   *door.Door
	Store  *store.Store
	List   *worklist.List
	Book   *notes.Book
	Shop   Shop
	Scores Scores       // nil knows of nothing
	Reader *lead.Reader // finds the words behind a score
	Live   Live
	Now    func() time.Time
}

// Routes are the calls of the panel.
func (r *Room) Routes() []wire.Route {
	route := func(method, path, action, summary string, in, out any, serve door.Call) wire.Route {
		return wire.Route{Method: method, Path: path, Tag: door.Conversations, Summary: summary, Auth: wire.Staff, In: in, Out: out,
			Serve: r.Door.May(door.Conversations, action, serve)}
	}
	const one = "/api/v1/conversations/:id"
	return []wire.Route{
		route(http.MethodGet, one+"/customer", "read", "Who the customer is: contacts, orders, pages, notes, history", nil, CustomerAnswer{}, r.customer),
		route(http.MethodGet, one+"/notes", "read", "The notes of the staff, the latest first", nil, NotesAnswer{}, r.notes),
		route(http.MethodPost, one+"/notes", "write", "Note something for the others", NoteRequest{}, NoteAnswer{}, r.addNote),
		route(http.MethodDelete, "/api/v1/notes/:id", "write", "Strike a note", nil, nil, r.strikeNote),
		route(http.MethodGet, "/api/v1/canned", "read", "Canned answers: the team's and one's own", nil, CannedListAnswer{}, r.canned),
		route(http.MethodPost, "/api/v1/canned", "write", "Keep a canned answer", CannedRequest{}, CannedAnswer{}, r.addCanned),
		route(http.MethodPut, "/api/v1/canned/:id", "write", "Change a canned answer", CannedRequest{}, CannedAnswer{}, r.changeCanned),
		route(http.MethodDelete, "/api/v1/canned/:id", "write", "Discard a canned answer", nil, nil, r.discardCanned),
	}
}

// A CustomerAnswer is what is known of a customer.
type CustomerAnswer struct {
	Customer      desk.CustomerID     `json:"customer"`
	Name          string              `json:"name,omitempty"`
	Member        *MemberCard         `json:"member,omitempty"` // when the shop vouches for them
	FirstSeen     time.Time           `json:"first_seen,omitzero"`
	LastSeen      time.Time           `json:"last_seen,omitzero"`
	Channels      []string            `json:"channels"` // by which they are known
	Contacts      []Contact           `json:"contacts"`
	Page          string              `json:"page,omitempty"`
	Orders        []desk.Order        `json:"orders"`         // newest first
	OrdersUnknown bool                `json:"orders_unknown"` // the shop's system does not answer
	Trail         []notes.Visit       `json:"trail"`          // pages, the latest first
	Notes         []notes.Note        `json:"notes"`
	Callbacks     []desk.Callback     `json:"callbacks"`
	Conversations []desk.Conversation `json:"conversations"` // all of this customer, the latest changed first
	Closings      []notes.Closing     `json:"closings"`      // how earlier sessions ended, the latest first
	Scores        *desk.Scores        `json:"scores,omitempty"`
	Quotes        []Quote             `json:"quotes"` // what the customer said behind the scores, the weightiest of each first
	Handoff       *desk.Handoff       `json:"handoff,omitempty"`
}

// A MemberCard is what the shop knows of its member.
type MemberCard struct {
	ID    desk.MemberID `json:"id"`
	Name  string        `json:"name"`
	Level string        `json:"level,omitempty"`
}

// A Contact is a way to reach a customer, as the caller's role may see it.
type Contact struct {
	Kind  string `json:"kind"` // "phone"
	Value string `json:"value"`
	From  string `json:"from"` // "member", "said" or "callback"
}

func (r *Room) customer(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	conversation, err := r.Store.Conversation(ctx, desk.ConversationID(c.Param("id")))
	if err != nil {
		return err
	}
	out := CustomerAnswer{
		Customer: conversation.Customer, Name: conversation.Name, Page: conversation.Page, LastSeen: conversation.Updated,
		Channels: []string{conversation.Channel}, Contacts: []Contact{}, Orders: []desk.Order{}, Conversations: []desk.Conversation{},
	}
	for _, fill := range []func(context.Context, desk.Conversation, *CustomerAnswer) error{r.person, r.past, r.shop} {
		if err := fill(ctx, conversation, &out); err != nil {
			return err
		}
	}
	if r.Scores != nil {
		if scores, ok := r.Scores.Of(string(conversation.ID)); ok {
			out.Scores = &scores
		}
	}
	if err := r.quoted(ctx, conversation, wire.Lang(c), &out); err != nil {
		return err
	}
	out.contact("said", conversation.Facts[desk.FactPhone])
	for _, callback := range out.Callbacks {
		out.contact("callback", callback.Phone)
	}
	out.hide(r.Door.Hide(ctx, who))
	out.Trail, out.Notes = there(out.Trail), there(out.Notes)
	out.Callbacks, out.Closings = there(out.Callbacks), there(out.Closings)
	return wire.Answer(c, out)
}

// there is a list that is there though nothing is in it.
func there[T any](all []T) []T { return append([]T{}, all...) }

// contact adds a number that is not there yet.
func (a *CustomerAnswer) contact(from, phone string) {
	if phone != "" && !slices.ContainsFunc(a.Contacts, func(c Contact) bool { return c.Value == phone }) {
		a.Contacts = append(a.Contacts, Contact{"phone", phone, from})
	}
}

// person tells how the customer is known.
func (r *Room) person(ctx context.Context, c desk.Conversation, out *CustomerAnswer) error {
	customer, channels, err := r.List.Customer(ctx, c.Customer)
	if errors.Is(err, desk.ErrNotFound) {
		return nil // a platform's customer, of whom nobody has told us
	}
	if err != nil {
		return err
	}
	out.FirstSeen = customer.Seen
	for _, channel := range channels {
		if !slices.Contains(out.Channels, channel) {
			out.Channels = append(out.Channels, channel)
		}
	}
	return nil
}

// past tells what the house has had to do with the customer.
func (r *Room) past(ctx context.Context, c desk.Conversation, out *CustomerAnswer) (err error) {
	rows, err := r.List.Rows(ctx, worklist.Filter{Customer: c.Customer, Limit: 50})
	if err != nil {
		return err
	}
	for _, row := range rows {
		out.Conversations = append(out.Conversations, row.Conversation)
	}
	if out.Trail, err = r.Book.Trail(ctx, c.ID); err != nil {
		return err
	}
	if out.Notes, err = r.Book.Notes(ctx, c.ID); err != nil {
		return err
	}
	if out.Closings, err = r.Book.Closings(ctx, c.Customer); err != nil {
		return err
	}
	if out.Callbacks, err = r.List.Callbacks(ctx, c.Customer); err != nil {
		return err
	}
	h, err := r.Store.Handoff(ctx, c.ID)
	switch {
	case err == nil:
		out.Handoff = &h
	case !errors.Is(err, desk.ErrNotFound):
		return err
	}
	return nil
}

// patience is how long the shop's own system may take.
const patience = 3 * time.Second

// shop tells what the shop knows: the member and their orders, or the one order that was named. That the shop does not answer is
// told, and keeps nobody from the rest.
func (r *Room) shop(ctx context.Context, c desk.Conversation, out *CustomerAnswer) error {
	asking, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	failed := func(err error) bool {
		if err != nil && !errors.Is(err, desk.ErrNotFound) {
			out.OrdersUnknown = true
		}
		return err != nil
	}
	if c.Member != "" {
		if m, err := r.Shop.Member(asking, c.Member); !failed(err) {
			out.Member = &MemberCard{m.ID, m.Name, m.Level}
			out.contact("member", m.Phone)
		}
		if orders, err := r.Shop.OrdersOf(asking, c.Member); !failed(err) {
			out.Orders = append(out.Orders, orders...)
		}
	}
	number := desk.OrderNumber(c.Facts[desk.FactOrder])
	if number != "" && !slices.ContainsFunc(out.Orders, func(o desk.Order) bool { return o.Number == number }) {
		if o, err := r.Shop.Order(asking, number); !failed(err) {
			out.Orders = append([]desk.Order{o}, out.Orders...)
		}
	}
	return ctx.Err()
}

// hide hides what the role may not see.
func (a *CustomerAnswer) hide(h door.Hiding) {
	a.Name, a.Page = h.Text(a.Name), h.Text(a.Page)
	for i := range a.Trail {
		a.Trail[i].Page = h.Text(a.Trail[i].Page)
	}
	if a.Member != nil {
		a.Member.Name = h.Text(a.Member.Name)
	}
	for i := range a.Contacts {
		a.Contacts[i].Value = h.Value(desk.FactPhone, a.Contacts[i].Value)
	}
	for i, o := range a.Orders {
		o.Phone = h.Value(desk.FactPhone, o.Phone)
		o.Requests = slices.Clone(o.Requests)
		for j := range o.Requests {
			o.Requests[j].Reason = h.Text(o.Requests[j].Reason)
		}
		a.Orders[i] = o
	}
	for i := range a.Notes {
		a.Notes[i].Text = h.Text(a.Notes[i].Text)
	}
	for i, callback := range a.Callbacks {
		a.Callbacks[i].Phone, a.Callbacks[i].Note = h.Value(desk.FactPhone, callback.Phone), h.Text(callback.Note)
	}
	for i, c := range a.Conversations {
		a.Conversations[i] = h.Conversation(c)
	}
	for i := range a.Closings {
		a.Closings[i].Summary = h.Text(a.Closings[i].Summary)
	}
	for i := range a.Quotes {
		a.Quotes[i].Text = short(h.Text(a.Quotes[i].Text))
	}
	if a.Handoff != nil {
		a.Handoff.Facts, a.Handoff.Summary = h.Facts(a.Handoff.Facts), h.Text(a.Handoff.Summary)
	}
}
