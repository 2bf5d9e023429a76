package growth

import (
	"cmp"
	"context"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/outreach/profile"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// A Lead is a lead as the caller may see it, in their language and with names.
type Lead struct {
	leads.Lead
	RuleName     string `json:"rule_name,omitempty"`
	CampaignName string `json:"campaign_name,omitempty"`
	OwnerName    string `json:"owner_name,omitempty"`
}

// A Sending is something that was said, to whom and because of what, what became of it and what happens next. A rule that was removed
// has an ID and no name.
type Sending struct {
	leads.Sending
	Name         string `json:"name,omitempty"` // of the person
	RuleName     string `json:"rule_name,omitempty"`
	CampaignName string `json:"campaign_name,omitempty"`
	AgentName    string `json:"agent_name,omitempty"`
	After        string `json:"after"` // what happens next: a stable code
	Then         string `json:"then"`  // that in words
}

// An Entry is one thing in somebody's history.
type Entry struct {
	leads.Entry
	RuleName     string `json:"rule_name,omitempty"`
	CampaignName string `json:"campaign_name,omitempty"`
	ByName       string `json:"by_name,omitempty"`
}

// A view is how one caller sees things: in their language, without what is hidden from them, with names beside IDs.
type view struct {
	lang      desk.Lang
	hide      door.Hiding
	now       time.Time
	rules     map[string]string
	campaigns map[string]string
	staff     map[desk.AgentID]string
}

// view looks with the eyes of a caller.
func (r *Room) view(ctx context.Context, c *app.RequestContext, who desk.Agent) (view, error) {
	v := view{
		lang: wire.Lang(c), hide: r.Door.Hide(ctx, who), now: r.Now(),
		rules: map[string]string{}, campaigns: map[string]string{}, staff: map[desk.AgentID]string{},
	}
	rules, err := r.Outreach.Rules(ctx)
	if err != nil {
		return v, err
	}
	for _, rule := range rules {
		v.rules[rule.ID] = rule.Name
	}
	for _, campaign := range r.Outreach.InForce().Campaigns {
		v.campaigns[campaign.ID] = campaign.Name
	}
	staff, err := r.Staff.Agents(ctx)
	for _, a := range staff {
		v.staff[a.ID] = a.Name
	}
	return v, err
}

func (v view) lead(l leads.Lead) Lead {
	l.Name, l.Text, l.Next = v.hide.Text(l.Name), v.hide.Text(l.Text), v.next(l.Next)
	l.Reasons, l.Signals = append([]leads.Reason{}, l.Reasons...), nil // the reasons say what the signals come to
	for i, reason := range l.Reasons {
		reason.Name = cmp.Or(v.rules[reason.Rule], reason.Name)
		reason.Why = v.hide.Text(profile.Sentence(reason, v.lang))
		l.Reasons[i] = reason
	}
	if l.Last != nil {
		last := v.sending(*l.Last, l.Name).Sending
		l.Last = &last
	}
	return Lead{Lead: l, RuleName: v.rules[l.Rule], CampaignName: v.campaigns[l.Campaign], OwnerName: v.staff[l.Owner]}
}

// next is a step with why it is the next one, and what the platform or the house say about it.
func (v view) next(n leads.Next) leads.Next {
	n.Because, n.Detail = step.Sentence(n.Why, v.lang), wire.Half(v.lang, n.Detail)
	if n.Detail != "" && v.lang == desk.English {
		n.Because += " "
	}
	n.Because += n.Detail
	return n
}

// sending is something that was said to somebody of that name.
func (v view) sending(s leads.Sending, name string) Sending {
	s.Text, s.Because = v.hide.Text(s.Text), wire.Half(v.lang, s.Because)
	after := step.After(s, v.now)
	return Sending{
		Sending: s, Name: v.hide.Text(name), RuleName: v.rules[s.Rule], CampaignName: v.campaigns[s.Campaign], AgentName: v.staff[s.Agent],
		After: after, Then: step.Afterwards(after, v.lang),
	}
}

func (v view) entry(e leads.Entry) Entry {
	e.Name, e.Text = v.hide.Text(e.Name), v.hide.Text(e.Text)
	if e.Kind == "assigned" {
		e.Text = v.staff[desk.AgentID(e.Text)]
	}
	return Entry{Entry: e, RuleName: v.rules[e.Rule], CampaignName: v.campaigns[e.Campaign], ByName: v.staff[e.By]}
}
