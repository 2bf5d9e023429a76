package growth

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// A RulesAnswer lists rules.
type RulesAnswer struct {
	Rules []Rule `json:"rules"`
}

// A Rule is a rule and the name of who changed it last.
type Rule struct {
	leads.Rule
	ByName string `json:"by_name,omitempty"`
}

// A RuleRequest is a rule to be kept.
type RuleRequest struct {
	leads.Rule
	Confirm bool `json:"confirm"` // although it finds too much
}

// A TrialRequest is a rule to be tried.
type TrialRequest struct {
	leads.Rule
	Days int `json:"days,omitempty"` // of comments, 1 to 28; 7 when it is 0
}

// A TrialAnswer is what a rule would have done.
type TrialAnswer struct {
	Comments  int       `json:"comments"` // that were looked at
	Matched   int       `json:"matched"`
	WouldSend int       `json:"would_send"`        // of these, how many would have been answered in public
	Share     float64   `json:"share"`             // of the comments, 0 to 1
	Examples  []Example `json:"examples"`          // the latest
	Warning   string    `json:"warning,omitempty"` // in words, when it finds so much that saving it needs confirm
	Advice    []string  `json:"advice"`            // in words: what in the rule does not do what it looks like
}

// An Example is a comment that a rule finds, and what would have gone out when it came.
type Example struct {
	Person    desk.PersonID `json:"person"`
	Name      string        `json:"name,omitempty"`
	At        time.Time     `json:"at"`
	Text      string        `json:"text"`
	Spans     []leads.Span  `json:"spans"`
	Reply     string        `json:"reply,omitempty"`         // what would be said; empty when the rule says nothing
	Campaign  string        `json:"campaign_name,omitempty"` // whose text that is; empty when it is the rule's
	WouldSend bool          `json:"would_send"`
	leads.Next
}

const (
	mostDays = 28
	mostRule = 1 << 20 // bytes: a list that is far too long is told so
)

func (r *Room) rules(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	all, err := r.Outreach.Rules(ctx)
	v, errView := r.view(ctx, c, who)
	if err := errors.Join(err, errView); err != nil {
		return err
	}
	out := RulesAnswer{Rules: []Rule{}}
	for _, rule := range all {
		out.Rules = append(out.Rules, Rule{rule, v.staff[rule.By]})
	}
	return wire.Answer(c, out)
}

// saveRule keeps a rule: a new one, or another form of the one in the address.
func (r *Room) saveRule(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in RuleRequest
	if err := wire.Bind(c, mostRule, &in); err != nil {
		return err
	}
	all, err := r.Outreach.Rules(ctx)
	if err != nil {
		return err
	}
	in.ID = c.Param("id")
	if in.ID != "" && !slices.ContainsFunc(all, func(known leads.Rule) bool { return known.ID == in.ID }) {
		return desk.ErrNotFound
	}
	kept, err := r.Outreach.SaveRule(ctx, in.Rule, in.Confirm, who.ID)
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "rule_saved", "outreach/rules/"+kept.ID, kept.Name, nil); err != nil {
		return err
	}
	return wire.Answer(c, kept)
}

func (r *Room) removeRule(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	if err := r.Outreach.RemoveRule(ctx, c.Param("id")); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "rule_removed", "outreach/rules/"+c.Param("id"), "", nil); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return nil
}

// try tries a rule before it is kept. A name is not needed for that.
func (r *Room) try(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in TrialRequest
	if err := wire.Bind(c, mostRule, &in); err != nil {
		return err
	}
	if in.Days == 0 {
		in.Days = 7
	}
	if in.Days < 1 || in.Days > mostDays {
		return desk.Refuse(desk.ErrInvalid, "parameter", "days", 1, mostDays)
	}
	if in.Name == "" {
		in.Name = "trial"
	}
	trial, err := r.Outreach.Try(ctx, in.Rule, r.Now().UTC().AddDate(0, 0, -in.Days))
	if err != nil {
		return err
	}
	v, err := r.view(ctx, c, who)
	if err != nil {
		return err
	}
	out := TrialAnswer{Comments: trial.Comments, Matched: trial.Matched, WouldSend: trial.WouldSend, Share: trial.Share, Examples: []Example{}, Advice: []string{}}
	for _, e := range trial.Examples {
		out.Examples = append(out.Examples, Example{
			Person: e.Comment.Person, Name: v.hide.Text(e.Comment.Name), At: e.Comment.At, Text: v.hide.Text(e.Comment.Text), Spans: e.Hit.Spans,
			Reply: v.hide.Text(e.Text), Campaign: v.campaigns[e.Campaign], WouldSend: e.WouldSend, Next: v.next(e.Next),
		})
	}
	for _, note := range trial.Advice {
		out.Advice = append(out.Advice, wire.Sentence(v.lang, note.Code, note.Args...))
	}
	if trial.Broad {
		out.Warning = wire.Sentence(wire.Lang(c), "rule_too_broad", trial.Matched, trial.Comments)
	}
	return wire.Answer(c, out)
}
