// Package book keeps the rules and campaigns of outreach: it tries rules before they are saved, puts in force what was saved, and
// counts how campaigns do.
package book

import (
	"context"
	"crypto/rand"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
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

// A Book is the rules and campaigns. It is safe for concurrent use.
type Book struct {
	shelf   *leads.Shelf
	ask     Ask
	now     func() time.Time
	force   atomic.Pointer[Edition]
	reading sync.Mutex // one reads rules and campaigns at a time
}

// An Ask is how somebody on a channel may be contacted at a time, whoever it is: whether there is a sender, and what the rules of
// the house say.
type Ask func(ctx context.Context, channel string, at time.Time) (step.Situation, error)

// Open reads the rules and campaigns of a shelf.
func Open(ctx context.Context, shelf *leads.Shelf, now func() time.Time, ask Ask) (*Book, error) {
	b := &Book{shelf: shelf, ask: ask, now: now}
	return b, b.reload(ctx)
}

// reload puts what the shelf holds in force.
func (b *Book) reload(ctx context.Context) error {
	b.reading.Lock()
	defer b.reading.Unlock()
	all, err := b.shelf.Rules(ctx)
	if err != nil {
		return err
	}
	set, err := rules.Compile(all)
	if err != nil {
		return err
	}
	campaigns, err := b.shelf.Campaigns(ctx)
	if err != nil {
		return err
	}
	b.force.Store(&Edition{set, campaigns})
	return nil
}

// InForce returns the rules and campaigns in force.
func (b *Book) InForce() *Edition { return b.force.Load() }

// Rules lists the rules by name.
func (b *Book) Rules(ctx context.Context) ([]leads.Rule, error) { return b.shelf.Rules(ctx) }

// SaveRule keeps a rule and puts it in force; without an ID it is a new one. One that finds too much is refused with rule_too_broad
// and the numbers, unless confirmed.
func (b *Book) SaveRule(ctx context.Context, r leads.Rule, confirmed bool, by desk.AgentID) (leads.Rule, error) {
	r, err := rules.Clean(r)
	if err != nil {
		return r, err
	}
	if !confirmed && !r.Off {
		trial, err := b.Try(ctx, r, b.now().UTC().Add(-Week))
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
	r.By, r.Changed = by, b.now().UTC()
	if err := b.shelf.SaveRule(ctx, r); err != nil {
		return r, err
	}
	return r, b.reload(ctx)
}

// RemoveRule takes a rule out of force and removes it; one that a running campaign is made for is refused with rule_in_use and the
// campaign's name.
func (b *Book) RemoveRule(ctx context.Context, id string) error {
	for _, c := range b.InForce().Campaigns {
		if c.Runs(b.now()) && slices.Contains(c.Rules, id) {
			return desk.Refuse(desk.ErrConflict, "rule_in_use", c.Name)
		}
	}
	if err := b.shelf.RemoveRule(ctx, id); err != nil {
		return err
	}
	return b.reload(ctx)
}

// Campaigns lists the campaigns by name.
func (b *Book) Campaigns(ctx context.Context) ([]leads.Campaign, error) {
	return b.shelf.Campaigns(ctx)
}

// SaveCampaign keeps a campaign and puts it in force; without an ID it is a new one.
func (b *Book) SaveCampaign(ctx context.Context, c leads.Campaign, by desk.AgentID) (leads.Campaign, error) {
	c, err := rules.CleanCampaign(c)
	if err != nil {
		return c, err
	}
	if c.ID == "" {
		c.ID = fresh("campaign")
	}
	c.By, c.Changed = by, b.now().UTC()
	if err := b.shelf.SaveCampaign(ctx, c); err != nil {
		return c, err
	}
	return c, b.reload(ctx)
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
func (b *Book) Results(ctx context.Context, id string) (Results, error) {
	c := b.InForce().Campaign(id)
	if c.ID == "" {
		return Results{}, desk.ErrNotFound
	}
	tallies, err := b.shelf.Tally(ctx, id)
	if err != nil {
		return Results{}, err
	}
	today := quota.Tomorrow(b.now().UTC()).Add(-24 * time.Hour)
	out := Results{Campaign: id, Cap: c.Cap}
	if out.Today, err = b.shelf.Said(ctx, id, today); err != nil {
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
		first, second := out.Variants[0], out.Variants[1]
		difference := interval.Between(first.Answered, first.People, second.Answered, second.People)
		out.Difference = &difference
	}
	return out, nil
}
