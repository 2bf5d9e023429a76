package book

import (
	"crypto/sha256"
	"slices"

	"keliu/functions/outreach/rules"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// An Edition is the rules and campaigns in force at one time. It never changes.
type Edition struct {
	Rules     *rules.Set
	Campaigns []leads.Campaign
}

// Campaign returns a campaign by its ID; one without an ID when there is none.
func (e *Edition) Campaign(id string) leads.Campaign {
	for _, c := range e.Campaigns {
		if c.ID == id {
			return c
		}
	}
	return leads.Campaign{}
}

// Meant returns the campaign that a comment belongs to: the first that runs, is made for where it stands and for the weightiest of
// what was found. It has no ID when there is none.
func (e *Edition) Meant(t desk.Touch, hits []leads.Hit) leads.Campaign {
	for _, c := range e.Campaigns {
		meant := len(c.Rules) == 0 || len(hits) > 0 && slices.Contains(c.Rules, hits[0].Rule)
		if c.Runs(t.At) && meant && (len(c.Channels) == 0 || slices.Contains(c.Channels, t.Channel)) && (len(c.Items) == 0 || slices.Contains(c.Items, t.Item)) {
			return c
		}
	}
	return leads.Campaign{}
}

// Text is what is said to somebody: the campaign's, with the name of the variant, or else the rule's.
func (e *Edition) Text(rule string, c leads.Campaign, p desk.PersonID) (text, variant string) {
	switch {
	case c.ID == "":
		r, _ := e.Rules.Rule(rule)
		return r.Reply, ""
	case c.B != "" && half(c.ID, p):
		return c.B, "b"
	}
	return c.A, "a"
}

// half assigns people to the two texts of a campaign, the same way for ever.
func half(campaign string, p desk.PersonID) bool {
	sum := sha256.Sum256([]byte(campaign + "\x00" + string(p)))
	return sum[0]&1 == 1
}
