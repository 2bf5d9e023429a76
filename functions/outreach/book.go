package outreach

import (
	"context"
	"crypto/rand"
	"strings"
	"time"

	"keliu/functions/outreach/interval"
	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/rules"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

const (
	// Week is how far back rules are tried.
	Week = 7 * 24 * time.Hour
	// mostTried is on how many comments a rule is tried at most, the latest.
	mostTried = 50_000
	// examples is how many of what a rule finds are shown.
	examples = 20
	// A rule is too broad that finds more than tooBroad of at least enough comments, or more than tooMany.
	tooBroad, enough, tooMany = 0.5, 20, 5000
)

// A Trial is what a rule would have done with the comments of some days.
type Trial struct {
	Comments int       `json:"comments"`
	Matched  int       `json:"matched"`
	Share    float64   `json:"share"` // of the comments, 0 to 1
	Broad    bool      `json:"broad"` // saving it needs a second confirmation
	Examples []Example `json:"examples"`
}

// An Example is a comment that a rule finds, and what would go out now.
type Example struct {
	Comment   leads.Entry `json:"comment"`
	Hit       leads.Hit   `json:"hit"`
	Text      string      `json:"text,omitempty"` // what would be said; empty when the rule says nothing
	WouldSend bool        `json:"would_send"`
	leads.Next
}

// Try tries a rule on the comments since a time before it is saved.
func (d *Desk) Try(ctx context.Context, r leads.Rule, since time.Time) (trial Trial, err error) {
	if r, err = rules.Clean(r); err != nil {
		return trial, err
	}
	r.Off = false
	set, err := rules.Compile([]leads.Rule{r})
	if err != nil {
		return trial, err
	}
	comments, err := d.o.Shelf.Comments(ctx, since, mostTried)
	if err != nil {
		return trial, err
	}
	trial = Trial{Comments: len(comments), Examples: []Example{}}
	for _, c := range comments {
		hits := set.Match(c.Text, c.Channel, c.Item)
		if len(hits) == 0 {
			continue
		}
		if trial.Matched++; trial.Matched > examples {
			continue
		}
		e, err := d.example(ctx, c, hits[0], r)
		if err != nil {
			return trial, err
		}
		trial.Examples = append(trial.Examples, e)
	}
	if trial.Comments > 0 {
		trial.Share = float64(trial.Matched) / float64(trial.Comments)
	}
	trial.Broad = trial.Comments >= enough && trial.Share > tooBroad || trial.Matched > tooMany
	return trial, nil
}

// example tells what would go out to whoever wrote a comment.
func (d *Desk) example(ctx context.Context, comment leads.Entry, hit leads.Hit, rule leads.Rule) (Example, error) {
	e := Example{Comment: comment, Hit: hit, Text: rules.Fill(rule.Reply, comment.Name)}
	l, err := d.o.Shelf.Lead(ctx, comment.Person)
	if err != nil {
		return e, err
	}
	now := d.now()
	r, err := d.rulings(ctx, l.Channel, now)
	if err != nil {
		return e, err
	}
	left, err := d.o.Shelf.Left(ctx, l.Person, l.Channel, now)
	if err != nil {
		return e, err
	}
	_, replies := d.o.Senders[l.Channel]
	e.Next = step.Of(step.Situation{Lead: l, Left: left, Replies: replies, Answer: r.answer, Market: r.market, Now: now})
	e.WouldSend = e.Text != "" && e.Step == leads.PublicReply && e.Allowed
	return e, nil
}

// Rules lists the rules by name.
func (d *Desk) Rules(ctx context.Context) ([]leads.Rule, error) { return d.o.Shelf.Rules(ctx) }

// SaveRule keeps a rule and puts it in force; without an ID it is a new one. One that finds too much is refused with rule_too_broad
// and the numbers, unless confirmed.
func (d *Desk) SaveRule(ctx context.Context, r leads.Rule, confirmed bool, by desk.AgentID) (leads.Rule, error) {
	r, err := rules.Clean(r)
	if err != nil {
		return r, err
	}
	if !confirmed && !r.Off {
		trial, err := d.Try(ctx, r, d.now().Add(-Week))
		if err != nil {
			return r, err
		}
		if trial.Broad {
			return r, desk.Refuse(desk.ErrConflict, "rule_too_broad", trial.Matched, trial.Comments)
		}
	}
	if r.ID == "" {
		r.ID = fresh("rule")
	}
	r.By, r.Changed = by, d.now()
	if err := d.o.Shelf.SaveRule(ctx, r); err != nil {
		return r, err
	}
	return r, d.reload(ctx)
}

// RemoveRule takes a rule out of force and removes it.
func (d *Desk) RemoveRule(ctx context.Context, id string) error {
	if err := d.o.Shelf.RemoveRule(ctx, id); err != nil {
		return err
	}
	return d.reload(ctx)
}

// Campaigns lists the campaigns by name.
func (d *Desk) Campaigns(ctx context.Context) ([]leads.Campaign, error) {
	return d.o.Shelf.Campaigns(ctx)
}

// SaveCampaign keeps a campaign and puts it in force; without an ID it is a new one.
func (d *Desk) SaveCampaign(ctx context.Context, c leads.Campaign, by desk.AgentID) (leads.Campaign, error) {
	c, err := rules.CleanCampaign(c)
	if err != nil {
		return c, err
	}
	if c.ID == "" {
		c.ID = fresh("campaign")
	}
	c.By, c.Changed = by, d.now()
	if err := d.o.Shelf.SaveCampaign(ctx, c); err != nil {
		return c, err
	}
	return c, d.reload(ctx)
}

func fresh(kind string) string { return kind + "_" + strings.ToLower(rand.Text()[:12]) }

// Results are how the texts of a campaign did.
type Results struct {
	Campaign   string               `json:"campaign"`
	Today      int                  `json:"today"` // said today, of Cap
	Cap        int                  `json:"cap"`
	Variants   []Variant            `json:"variants"`
	Difference *interval.Difference `json:"difference,omitempty"` // of B from A; nil with one text
}

// A Variant is one of the texts.
type Variant struct {
	Variant  string `json:"variant"` // "a" or "b"
	Text     string `json:"text"`
	People   int    `json:"people"`   // whom the platform took it for
	Answered int    `json:"answered"` // of these, who wrote to us afterwards
	interval.Share
}

// Results counts how a campaign does; ErrNotFound when there is none.
func (d *Desk) Results(ctx context.Context, id string) (Results, error) {
	c := d.book.Load().campaignOf(id)
	if c.ID == "" {
		return Results{}, desk.ErrNotFound
	}
	tallies, err := d.o.Shelf.Tally(ctx, id)
	if err != nil {
		return Results{}, err
	}
	today := quota.Tomorrow(d.now()).Add(-24 * time.Hour)
	out := Results{Campaign: id, Cap: c.Cap}
	if out.Today, err = d.o.Shelf.Said(ctx, id, today); err != nil {
		return Results{}, err
	}
	out.Variants = []Variant{{Variant: "a", Text: c.A}}
	if c.B != "" {
		out.Variants = append(out.Variants, Variant{Variant: "b", Text: c.B})
	}
	for i := range out.Variants {
		v := &out.Variants[i]
		for _, t := range tallies {
			if t.Variant == v.Variant {
				v.People, v.Answered = t.People, t.Answered
			}
		}
		v.Share = interval.Wilson(v.Answered, v.People)
	}
	if len(out.Variants) == 2 {
		a, b := out.Variants[0], out.Variants[1]
		difference := interval.Between(a.Answered, a.People, b.Answered, b.People)
		out.Difference = &difference
	}
	return out, nil
}
