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
	Hours hours.Hours  `json:"hours"`
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

// A TeamsAnswer is the teams by name.
type TeamsAnswer struct {
	Teams []Team `json:"teams"`
}

func (r *Room) team(t company.Team, standings map[desk.AgentID]company.Standing) Team {
	out := Team{ID: t.ID, Name: t.Name, Lead: t.Lead, Hours: t.Hours, Members: []desk.AgentID{}}
	out.Hours.Week = slices.Clone(out.Hours.Week)
	if len(out.Hours.Week) == 0 {
		out.Hours.Week = make([][]hours.Span, 7)
	}
	for i := range out.Hours.Week {
		if out.Hours.Week[i] == nil {
			out.Hours.Week[i] = []hours.Span{}
		}
	}
	for id, s := range standings {
		if s.Team == t.ID && s.Active {
			out.Members = append(out.Members, id)
		}
	}
	out.Open, out.Next = t.Hours.Open(r.Now())
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
	out := TeamsAnswer{Teams: []Team{}}
	for _, t := range all {
		out.Teams = append(out.Teams, r.team(t, standings))
	}
	return wire.Answer(c, out)
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
	if t.Name, err = name("name", in.Name); err != nil {
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
	standings, err := r.Book.Standings(ctx)
	if err != nil {
		return err
	}
	return wire.Answer(c, r.team(t, standings))
}

func (r *Room) dropTeam(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	t, err := r.Book.Team(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := r.Book.DropTeam(ctx, t.ID); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "team_removed", "team/"+t.ID, "", map[string]string{"before": t.Name + " " + t.Hours.String()})
}
