// Package growth is marketing's side of the API: rules on comments, leads with their next legal step, campaigns, the funnel and
// what was said.
package growth

import (
	"context"
	"net/http"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/outreach"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// Staff tells who works here.
type Staff interface {
	Here(context.Context) ([]desk.Agent, error)
	Agents(context.Context) ([]desk.Agent, error) // those who have left included
}

// A Room is the side of marketing. Its fields are set before use.
type Room struct {
	Door     *door.Door
	Outreach *outreach.Desk
	Leads    *leads.Shelf
	Staff    Staff
	Now      func() time.Time
}

// Routes are the calls of the room.
func (r *Room) Routes() []wire.Route {
	rules, campaigns, people := "/api/v1/outreach/rules", "/api/v1/outreach/campaigns", "/api/v1/leads"
	read := func(path, summary string, out any, serve door.Call, query ...wire.Param) wire.Route {
		return wire.Route{Method: http.MethodGet, Path: path, Tag: door.Outreach, Summary: summary, Auth: wire.Staff, Query: query, Out: out, Serve: r.Door.May(door.Outreach, "read", serve)}
	}
	write := func(method, path, summary string, in, out any, serve door.Call) wire.Route {
		return wire.Route{Method: method, Path: path, Tag: door.Outreach, Summary: summary, Auth: wire.Staff, In: in, Out: out, Serve: r.Door.May(door.Outreach, "write", serve)}
	}
	act := func(path, summary string, in, out any, serve door.Call) wire.Route {
		route := write(http.MethodPost, people+"/:person/"+path, summary, in, out, serve)
		route.Header = []wire.Param{{Name: "Idempotency-Key", Meaning: "the same key never counts twice"}}
		return route
	}
	limit := wire.Param{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}
	from, to := wire.Param{Name: "from", Meaning: "RFC 3339 or ms; four weeks ago by default"}, wire.Param{Name: "to", Meaning: "RFC 3339 or ms; now by default"}
	campaign, rule := wire.Param{Name: "campaign", Meaning: "of one campaign"}, wire.Param{Name: "rule", Meaning: "found by one rule"}
	return []wire.Route{
		read(rules, "The rules on comments, by name", RulesAnswer{}, r.rules),
		write(http.MethodPost, rules, "A new rule; one that finds too much needs confirm", RuleRequest{}, leads.Rule{}, r.saveRule),
		write(http.MethodPost, rules+"/test", "What a rule would have done with the comments of last week", TrialRequest{}, TrialAnswer{}, r.try),
		write(http.MethodPut, rules+"/:id", "Another form of a rule", RuleRequest{}, leads.Rule{}, r.saveRule),
		write(http.MethodDelete, rules+"/:id", "Remove a rule", nil, nil, r.removeRule),

		read(people, "Leads with their scores and next legal steps, the latest first", LeadsAnswer{}, r.list,
			wire.Param{Name: "state", Meaning: "new, matched, reached, answered, contact_left, qualified, won or lost"}, rule, campaign,
			wire.Param{Name: "owner", Meaning: "whose"}, wire.Param{Name: "channel", Meaning: "on one channel"}, wire.Param{Name: "least", Meaning: "a score of at least this, 0 to 100"},
			wire.Param{Name: "q", Meaning: "in name, comment or ID"}, wire.Param{Name: "sort", Meaning: "latest, the default, or score"}, wire.Param{Name: "cursor", Meaning: "next of the page before"}, limit),
		read(people+"/:person", "A lead with its history, contacts, sends and what may still be said", LeadAnswer{}, r.show),
		act("send", "Say something, when that is a legal step", SendRequest{}, Sending{}, r.say),
		act("note", "Note what was learnt: opted_out, opted_in, contacted, won, lost, qualified or a remark", NoteRequest{}, Lead{}, r.note),
		act("assign", "Give the lead to one of the staff", AssignRequest{}, Lead{}, r.assign),

		read("/api/v1/outreach/owners", "Who may follow up on leads", OwnersAnswer{}, r.owners),

		read(campaigns, "The campaigns, by name", CampaignsAnswer{}, r.campaigns),
		write(http.MethodPost, campaigns, "A new campaign", leads.Campaign{}, leads.Campaign{}, r.saveCampaign),
		write(http.MethodPut, campaigns+"/:id", "Another form of a campaign", leads.Campaign{}, leads.Campaign{}, r.saveCampaign),
		write(http.MethodPost, campaigns+"/:id/start", "Switch a campaign on", nil, leads.Campaign{}, r.turn(true)),
		write(http.MethodPost, campaigns+"/:id/stop", "Switch a campaign off", nil, leads.Campaign{}, r.turn(false)),
		read(campaigns+"/:id/results", "How the texts of a campaign do, with honest bounds", ResultsAnswer{}, r.results),

		read("/api/v1/outreach/funnel", "Comments, matched, reached, answered, contact left, won, each with what it is a part of", FunnelAnswer{}, r.funnel,
			from, to, campaign, rule, wire.Param{Name: "channel", Meaning: "on one channel"}),
		read("/api/v1/outreach/sends", "What was said and what became of it, the latest first", SendsAnswer{}, r.sends, wire.Param{Name: "person", Meaning: "to one person"},
			wire.Param{Name: "state", Meaning: "pending, sent, arrived, failed or uncertain"}, rule, campaign, from, to, limit),
		read("/api/v1/outreach/quota/:person", "What the platform still lets us say to somebody", QuotaAnswer{}, r.quota),
	}
}

// person is whom a call is about.
func person(c *app.RequestContext) desk.PersonID { return desk.PersonID(c.Param("person")) }
