package growth

import (
	"context"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/outreach/book"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// A CampaignsAnswer lists campaigns.
type CampaignsAnswer struct {
	Campaigns []leads.Campaign `json:"campaigns"`
}

// A ResultsAnswer is how the texts of a campaign do.
type ResultsAnswer struct{ book.Results }

// A FunnelAnswer is a funnel and the range that it counts.
type FunnelAnswer struct {
	From time.Time `json:"from"`
	To   time.Time `json:"to"`
	leads.Funnel
}

// A SendsAnswer lists what was said.
type SendsAnswer struct {
	Sends []Sending `json:"sends"`
}

// A QuotaAnswer is what may still be said to somebody.
type QuotaAnswer struct {
	Left []desk.Allowance `json:"left"`
}

func (r *Room) campaigns(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	all, err := r.Outreach.Campaigns(ctx)
	if err != nil {
		return err
	}
	return wire.Answer(c, CampaignsAnswer{append([]leads.Campaign{}, all...)})
}

// saveCampaign keeps a campaign: a new one, or another form of the one in the address.
func (r *Room) saveCampaign(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in leads.Campaign
	if err := wire.Bind(c, 64<<10, &in); err != nil {
		return err
	}
	in.ID = c.Param("id")
	if in.ID != "" && r.Outreach.InForce().Campaign(in.ID).ID == "" {
		return desk.ErrNotFound
	}
	return r.keep(ctx, c, who, in)
}

// turn switches a campaign on or off.
func (r *Room) turn(on bool) door.Call {
	return func(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
		campaign := r.Outreach.InForce().Campaign(c.Param("id"))
		if campaign.ID == "" {
			return desk.ErrNotFound
		}
		campaign.On = on
		return r.keep(ctx, c, who, campaign)
	}
}

func (r *Room) keep(ctx context.Context, c *app.RequestContext, who desk.Agent, campaign leads.Campaign) error {
	kept, err := r.Outreach.SaveCampaign(ctx, campaign, who.ID)
	if err != nil {
		return err
	}
	state := map[bool]string{true: "on", false: "off"}[kept.On]
	if err := r.Door.Record(ctx, who, "campaign_saved", "outreach/campaigns/"+kept.ID, kept.Name, map[string]string{"state": state}); err != nil {
		return err
	}
	return wire.Answer(c, kept)
}

func (r *Room) results(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	results, err := r.Outreach.Results(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	return wire.Answer(c, ResultsAnswer{results})
}

// span reads the range of a question: four weeks up to now by default.
func (r *Room) span(c *app.RequestContext) (from, to time.Time, err error) {
	if to, err = door.Time(c, "to", r.Now().UTC()); err != nil {
		return from, to, err
	}
	if from, err = door.Time(c, "from", to.AddDate(0, 0, -28)); err != nil {
		return from, to, err
	}
	if !from.Before(to) {
		return from, to, desk.Refuse(desk.ErrInvalid, "time_parameter", "from")
	}
	return from, to, nil
}

func (r *Room) funnel(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	from, to, err := r.span(c)
	if err != nil {
		return err
	}
	f, err := r.Leads.Funnel(ctx, leads.Range{From: from, Until: to, Campaign: c.Query("campaign"), Rule: c.Query("rule"), Channel: c.Query("channel")})
	if err != nil {
		return err
	}
	return wire.Answer(c, FunnelAnswer{from, to, f})
}

func (r *Room) sends(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	from, to, err := r.span(c)
	if err != nil {
		return err
	}
	all, err := r.Leads.Sendings(ctx, leads.SendQuery{
		Person: desk.PersonID(c.Query("person")), State: desk.SendState(c.Query("state")), Rule: c.Query("rule"), Campaign: c.Query("campaign"),
		From: from, Until: to, Limit: limit,
	})
	if err != nil {
		return err
	}
	v, err := r.view(ctx, c, who)
	if err != nil {
		return err
	}
	out, names := SendsAnswer{Sends: []Sending{}}, map[desk.PersonID]string{}
	for _, s := range all {
		if _, known := names[s.Person]; !known {
			l, err := r.Leads.Lead(ctx, s.Person)
			if err != nil {
				return err
			}
			names[s.Person] = l.Name
		}
		out.Sends = append(out.Sends, v.sending(s, names[s.Person]))
	}
	return wire.Answer(c, out)
}

func (r *Room) quota(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	l, err := r.Leads.Lead(ctx, person(c))
	if err != nil {
		return err
	}
	left, err := r.Leads.Left(ctx, l.Person, l.Channel, r.Now())
	if err != nil {
		return err
	}
	return wire.Answer(c, QuotaAnswer{append([]desk.Allowance{}, left...)})
}
