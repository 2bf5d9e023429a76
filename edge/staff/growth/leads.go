package growth

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"slices"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// A LeadsAnswer is a page of leads.
type LeadsAnswer struct {
	Leads []Lead `json:"leads"`
	Next  string `json:"next,omitempty"` // the cursor of the page after; empty at the end
}

// A LeadAnswer is all that is known of a lead.
type LeadAnswer struct {
	Lead     Lead             `json:"lead"`
	History  []Entry          `json:"history"` // the latest first
	Contacts []leads.Contact  `json:"contacts"`
	Sends    []Sending        `json:"sends"`
	Left     []desk.Allowance `json:"left"`
}

// A SendRequest is what somebody of the staff says.
type SendRequest struct {
	Kind desk.SendKind `json:"kind"` // public_reply, direct_message, greeting or push
	Text string        `json:"text"`
}

// A NoteRequest is what somebody of the staff learnt.
type NoteRequest struct {
	Kind    string `json:"kind"` // opted_out, opted_in, contacted, won, lost, qualified or remark
	Text    string `json:"text,omitempty"`
	Contact string `json:"contact,omitempty"`
	Amount  int64  `json:"amount,omitempty"` // fen
}

// An AssignRequest names who follows up; empty: nobody.
type AssignRequest struct {
	Owner desk.AgentID `json:"owner"`
}

// An Owner is one of the staff who may follow up on leads.
type Owner struct {
	ID   desk.AgentID `json:"id"`
	Name string       `json:"name"`
}

// An OwnersAnswer lists who may follow up.
type OwnersAnswer struct {
	Owners []Owner `json:"owners"`
}

func (r *Room) list(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	least, err := wire.Number(c, "least", 0, 0, 100)
	if err != nil {
		return err
	}
	query := leads.Query{
		State: leads.State(c.Query("state")), Rule: c.Query("rule"), Campaign: c.Query("campaign"), Owner: desk.AgentID(c.Query("owner")),
		Channel: c.Query("channel"), Least: float64(least), Text: c.Query("q"), ByScore: c.Query("sort") == "score", Limit: limit,
	}
	if sort := c.Query("sort"); sort != "" && sort != "score" && sort != "latest" {
		return desk.Refuse(desk.ErrInvalid, "lead_sort_unknown", sort)
	}
	if cursor := c.Query("cursor"); cursor != "" {
		body, err := base64.RawURLEncoding.DecodeString(cursor)
		if err != nil || json.Unmarshal(body, &query.After) != nil {
			return desk.Refuse(desk.ErrInvalid, "cursor")
		}
	}
	all, next, err := r.Leads.Leads(ctx, query)
	if err != nil {
		return err
	}
	v, err := r.view(ctx, c, who)
	if err != nil {
		return err
	}
	out := LeadsAnswer{Leads: []Lead{}}
	for _, l := range all {
		out.Leads = append(out.Leads, v.lead(l))
	}
	if next != nil {
		body, err := json.Marshal(next)
		if err != nil {
			return err
		}
		out.Next = base64.RawURLEncoding.EncodeToString(body)
	}
	return wire.Answer(c, out)
}

// historyLength is how much of a lead's history is shown.
const historyLength = 200

func (r *Room) show(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	l, err := r.Outreach.Lead(ctx, person(c))
	if err != nil {
		return err
	}
	v, errView := r.view(ctx, c, who)
	history, err := r.Leads.History(ctx, l.Person, historyLength)
	contacts, errContacts := r.Leads.Contacts(ctx, l.Person)
	sends, errSends := r.Leads.Sendings(ctx, leads.SendQuery{Person: l.Person})
	left, errLeft := r.Leads.Left(ctx, l.Person, l.Channel, r.Now())
	if err := errors.Join(err, errView, errContacts, errSends, errLeft); err != nil {
		return err
	}
	out := LeadAnswer{Lead: v.lead(l), History: []Entry{}, Contacts: []leads.Contact{}, Sends: []Sending{}, Left: append([]desk.Allowance{}, left...)}
	for _, e := range history {
		out.History = append(out.History, v.entry(e))
	}
	for _, contact := range contacts {
		contact.Value = v.hide.Kind(contact.Kind, contact.Value)
		out.Contacts = append(out.Contacts, contact)
	}
	for _, s := range sends {
		out.Sends = append(out.Sends, v.sending(s, l.Name))
	}
	return wire.Answer(c, out)
}

// key names what a call does, so that the same call twice does it once.
func key(c *app.RequestContext, who desk.Agent) string {
	given := string(c.Request.Header.Peek("Idempotency-Key"))
	if given != "" {
		given = string(who.ID) + "\x00" + given
	}
	return string(session.MessageID(desk.ConversationID(person(c)), given))
}

func (r *Room) say(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in SendRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	sending, err := r.Outreach.Say(ctx, key(c, who), person(c), in.Kind, in.Text, who.ID)
	if err != nil {
		return r.refusal(ctx, c, who, err)
	}
	v, err := r.view(ctx, c, who)
	if err != nil {
		return err
	}
	return wire.Answer(c, v.sending(sending, ""))
}

// refusal is an error that says in the caller's language why a step is not allowed.
func (r *Room) refusal(ctx context.Context, c *app.RequestContext, who desk.Agent, err error) error {
	var problem *desk.Problem
	if !errors.As(err, &problem) || problem.Code != "step_not_allowed" {
		return err
	}
	l, err := r.Outreach.Lead(ctx, person(c))
	if err != nil {
		return err
	}
	v, err := r.view(ctx, c, who)
	if err != nil {
		return err
	}
	return desk.Refuse(problem.Kind, problem.Code, v.next(l.Next).Because)
}

// note takes down what was learnt about a lead.
func (r *Room) note(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in NoteRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	l, err := r.Leads.Lead(ctx, person(c))
	if err != nil {
		return err
	}
	id := key(c, who)
	switch in.Kind {
	case "remark":
		err = r.Outreach.Remark(ctx, id, l.Person, in.Text, who.ID)
	case "qualified":
		err = r.Outreach.Qualify(ctx, id, l.Person, who.ID)
	default:
		err = r.Outreach.Note(ctx, desk.Touch{
			ID: "staff_" + id, Kind: desk.TouchKind(in.Kind), Channel: l.Channel, Person: l.Person, Text: in.Text, Contact: in.Contact,
			Amount: in.Amount, At: r.Now().UTC(),
		})
	}
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "lead_noted", string(l.Person), in.Kind, nil); err != nil {
		return err
	}
	return r.again(ctx, c, who)
}

// follows reports whether somebody of the staff may follow up on leads.
func follows(a desk.Agent) bool {
	return slices.Contains([]string{"agent", "marketing", "admin"}, a.Role)
}

func (r *Room) owners(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Staff.Here(ctx)
	if err != nil {
		return err
	}
	out := OwnersAnswer{Owners: []Owner{}}
	for _, a := range all {
		if follows(a) {
			out.Owners = append(out.Owners, Owner{a.ID, a.Name})
		}
	}
	return wire.Answer(c, out)
}

func (r *Room) assign(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in AssignRequest
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	if in.Owner != "" {
		all, err := r.Staff.Here(ctx)
		if err != nil {
			return err
		}
		if !slices.ContainsFunc(all, func(a desk.Agent) bool { return a.ID == in.Owner && follows(a) }) {
			return desk.Refuse(desk.ErrInvalid, "agent_unknown")
		}
	}
	if err := r.Outreach.Assign(ctx, key(c, who), person(c), in.Owner, who.ID); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "lead_assigned", string(person(c)), string(in.Owner), nil); err != nil {
		return err
	}
	return r.again(ctx, c, who)
}

// again answers with a lead as it is now.
func (r *Room) again(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	l, err := r.Leads.Lead(ctx, person(c))
	if err != nil {
		return err
	}
	v, err := r.view(ctx, c, who)
	if err != nil {
		return err
	}
	return wire.Answer(c, v.lead(l))
}
