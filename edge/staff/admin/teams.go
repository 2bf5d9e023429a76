package admin

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/store/company"
	"keliu/functions/store/company/hours"
	"keliu/streams/desk"
)

// A TeamRequest is what can be changed about a team.
type TeamRequest struct {
	Name  string       `json:"name"`
	Lead  desk.AgentID `json:"lead"`
	Hours hours.Hours  `json:"hours"` // without a week the team keeps the company's
}

// A Team is one of the company's, and whether it works now.
type Team struct {
	ID      string         `json:"id"`
	Name    string         `json:"name"`
	Lead    desk.AgentID   `json:"lead"`
	Hours   hours.Hours    `json:"hours"`
	Members []desk.AgentID `json:"members"`
	Open    bool           `json:"open"`
	Next    time.Time      `json:"next,omitzero"` // when that changes
}

// A TeamsAnswer is the teams by name, and the hours that they keep where they have none of their own.
type TeamsAnswer struct {
	Teams   []Team       `json:"teams"`
	Company CompanyHours `json:"company"`
}

// CompanyHours are the company's, and whether it works now.
type CompanyHours struct {
	Hours hours.Hours `json:"hours"`
	Open  bool        `json:"open"`
	Next  time.Time   `json:"next,omitzero"` // when that changes
}

// written are hours as the API writes them: lists that are empty, never missing.
func written(h hours.Hours) hours.Hours {
	h.Week = append([][]hours.Span{}, h.Week...)
	for i := range h.Week {
		h.Week[i] = append([]hours.Span{}, h.Week[i]...)
	}
	h.Days = slices.Clone(h.Days)
	for i := range h.Days {
		h.Days[i].Spans = append([]hours.Span{}, h.Days[i].Spans...)
	}
	return h
}

func (r *Room) team(t company.Team, common hours.Hours, standings map[desk.AgentID]company.Standing) Team {
	out := Team{ID: t.ID, Name: t.Name, Lead: t.Lead, Hours: written(t.Hours), Members: []desk.AgentID{}}
	for id, s := range standings {
		if s.Team == t.ID && s.Active {
			out.Members = append(out.Members, id)
		}
	}
	slices.Sort(out.Members)
	out.Open, out.Next = t.Hours.Within(common).Open(r.Now())
	out.Next = out.Next.UTC()
	return out
}

func (r *Room) teams(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Book.Teams(ctx)
	if err != nil {
		return err
	}
	standings, err := r.Book.Standings(ctx)
	if err != nil {
		return err
	}
	common, err := r.Book.Hours(ctx)
	if err != nil {
		return err
	}
	out := TeamsAnswer{Teams: []Team{}, Company: r.companyHours(common)}
	for _, t := range all {
		out.Teams = append(out.Teams, r.team(t, common, standings))
	}
	return wire.Answer(c, out)
}

func (r *Room) companyHours(h hours.Hours) CompanyHours {
	open, next := h.Open(r.Now())
	return CompanyHours{written(h), open, next.UTC()}
}

// setHours sets the company's hours; the queue looks at once.
func (r *Room) setHours(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in hours.Hours
	if err := wire.Bind(c, 64<<10, &in); err != nil {
		return err
	}
	if err := in.Validate(); err != nil {
		return err
	}
	before, err := r.Book.Hours(ctx)
	if err != nil {
		return err
	}
	if err := r.Book.SetHours(ctx, in); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "hours_changed", "company/hours", "", map[string]string{"before": before.String(), "after": in.String()}); err != nil {
		return err
	}
	if err := r.look(ctx, desk.Shift{Kind: "hours"}); err != nil {
		return err
	}
	return wire.Answer(c, r.companyHours(in))
}

// look has the queue looked at after a change of who takes whom.
func (r *Room) look(ctx context.Context, shift desk.Shift) error {
	shift.At = r.Now().UTC()
	return desk.Routing.Publish(ctx, r.Streams, "staff_"+rand.Text(), desk.RoutingKey, shift)
}

func (r *Room) addTeam(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	return r.saveTeam(ctx, c, who, "team_added", company.Team{ID: "team_" + strings.ToLower(rand.Text()[:12])})
}

func (r *Room) changeTeam(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	known, err := r.Book.Team(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return r.saveTeam(ctx, c, who, "team_changed", known)
}

func (r *Room) saveTeam(ctx context.Context, c *app.RequestContext, who desk.Agent, action string, t company.Team) error {
	var in TeamRequest
	if err := wire.Bind(c, 64<<10, &in); err != nil {
		return err
	}
	before := t
	var err error
	if t.Name, err = Name("name", in.Name); err != nil {
		return err
	}
	if err := in.Hours.Validate(); err != nil {
		return err
	}
	if in.Lead != "" {
		if _, err := r.Staff.Agent(ctx, in.Lead); err != nil {
			return err
		}
	}
	t.Lead, t.Hours = in.Lead, in.Hours
	if err := r.Book.SaveTeam(ctx, t); err != nil {
		return err
	}
	details := map[string]string{"before": before.Name + " " + before.Hours.String(), "after": t.Name + " " + t.Hours.String()}
	if err := r.Door.Record(ctx, who, action, "team/"+t.ID, "", details); err != nil {
		return err
	}
	if err := r.look(ctx, desk.Shift{Kind: "hours"}); err != nil {
		return err
	}
	standings, err := r.Book.Standings(ctx)
	if err != nil {
		return err
	}
	common, err := r.Book.Hours(ctx)
	if err != nil {
		return err
	}
	return wire.Answer(c, r.team(t, common, standings))
}

func (r *Room) dropTeam(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	t, err := r.Book.Team(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := r.Book.DropTeam(ctx, t.ID); err != nil {
		return err
	}
	if err := r.look(ctx, desk.Shift{Kind: "hours"}); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "team_removed", "team/"+t.ID, "", map[string]string{"before": t.Name + " " + t.Hours.String()})
}
