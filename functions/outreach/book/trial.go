package book

import (
	"cmp"
	"context"
	"math"
	"slices"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/rules"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/streams/desk"
)

// A Trial is what a rule would have done with the comments of some days.
type Trial struct {
	Comments  int          `json:"comments"`
	Matched   int          `json:"matched"`
	WouldSend int          `json:"would_send"` // of these, how many would have been answered in public
	Share     float64      `json:"share"`      // of the comments, 0 to 1
	Broad     bool         `json:"broad"`      // saving it needs a second confirmation
	Advice    []rules.Note `json:"advice"`
	Examples  []Example    `json:"examples"` // the latest
}

// An Example is a comment that a rule finds, and what would have gone out.
type Example struct {
	Comment   leads.Entry `json:"comment"`
	Hit       leads.Hit   `json:"hit"`
	Text      string      `json:"text,omitempty"`     // what would be said; empty when the rule says nothing
	Campaign  string      `json:"campaign,omitempty"` // whose text that is
	WouldSend bool        `json:"would_send"`
	leads.Next
}

// Try tries a rule on the comments since a time before it is saved.
func (b *Book) Try(ctx context.Context, r leads.Rule, since time.Time) (trial Trial, err error) {
	advice := rules.Advice(r)
	if r, err = rules.Clean(r); err != nil {
		return trial, err
	}
	r.Off = false
	set, err := rules.Compile([]leads.Rule{r})
	if err != nil {
		return trial, err
	}
	comments, err := b.shelf.Happened(ctx, desk.Commented, since, mostTried)
	if err != nil {
		return trial, err
	}
	past, err := b.past(ctx, r)
	if err != nil {
		return trial, err
	}
	trial = Trial{Comments: len(comments), Advice: advice, Examples: []Example{}}
	for _, c := range slices.Backward(comments) { // the oldest first: who was answered is left alone for a while
		hits := set.Match(c.Text, c.Channel, c.Item)
		if len(hits) == 0 {
			continue
		}
		e, err := past.answer(ctx, c, hits[0])
		if err != nil {
			return trial, err
		}
		trial.Matched++
		if e.WouldSend {
			trial.WouldSend++
		}
		trial.Examples = append(trial.Examples, e)
	}
	slices.Reverse(trial.Examples)
	trial.Examples = trial.Examples[:min(examples, len(trial.Examples))]
	if trial.Comments > 0 {
		trial.Share = float64(trial.Matched) / float64(trial.Comments)
	}
	trial.Broad = trial.Comments >= enough && trial.Share > tooBroad || trial.Matched > tooMany
	return trial, nil
}

// A past is the comments of some days as if a rule had been in force, and nothing else: whom it has answered, under what and for
// which campaign.
type past struct {
	rule     leads.Rule
	book     *Book
	wishes   map[desk.PersonID]leads.Lead // who said whether they want to hear from us
	asked    map[place]step.Situation
	answered map[desk.PersonID]time.Time
	under    map[string][]time.Time
	spent    map[string]int
}

// A place is a channel within an hour: the rules of the house may tell them apart, but no minutes.
type place struct {
	channel string
	hour    time.Time
}

// past begins one.
func (b *Book) past(ctx context.Context, r leads.Rule) (*past, error) {
	p := &past{
		rule: r, book: b, wishes: map[desk.PersonID]leads.Lead{}, asked: map[place]step.Situation{},
		answered: map[desk.PersonID]time.Time{}, under: map[string][]time.Time{}, spent: map[string]int{},
	}
	out, err := b.shelf.Happened(ctx, desk.OptedOut, time.Time{}, math.MaxInt32)
	if err != nil {
		return nil, err
	}
	in, err := b.shelf.Happened(ctx, desk.OptedIn, time.Time{}, math.MaxInt32)
	for _, e := range slices.Backward(out) {
		p.wishes[e.Person] = leads.Lead{OptOut: e.At}
	}
	for _, e := range slices.Backward(in) {
		l := p.wishes[e.Person]
		l.OptIn = e.At
		p.wishes[e.Person] = l
	}
	return p, err
}

// answer tells what would have gone out under a comment, and notes it.
func (p *past) answer(ctx context.Context, c leads.Entry, hit leads.Hit) (Example, error) {
	force := p.book.InForce()
	campaign := force.Meant(desk.Touch{At: c.At, Channel: c.Channel, Item: c.Item}, []leads.Hit{hit})
	e := Example{Comment: c, Hit: hit, Text: p.rule.Reply, Campaign: campaign.ID}
	if campaign.ID != "" {
		e.Text, _ = force.Text(p.rule.ID, campaign, c.Person)
	}
	e.Text = rules.Fill(e.Text, c.Name)
	s, err := p.situation(ctx, c)
	if err != nil {
		return e, err
	}
	s.Rest, s.Resting = p.rest(c, campaign)
	e.Next = step.Of(s)
	if e.WouldSend = e.Text != "" && e.Step == leads.PublicReply && e.Allowed; e.WouldSend {
		p.answered[c.Person] = c.At
		p.under[c.Item] = append(p.under[c.Item], c.At)
		p.spent[campaign.ID+quota.Day(c.At)]++
	}
	return e, nil
}

// situation is how things stood when a comment came.
func (p *past) situation(ctx context.Context, c leads.Entry) (s step.Situation, err error) {
	at := place{c.Channel, c.At.Truncate(time.Hour)}
	s, known := p.asked[at]
	if !known {
		if s, err = p.book.ask(ctx, c.Channel, c.At); err != nil {
			return s, err
		}
		p.asked[at] = s
	}
	l := p.wishes[c.Person]
	l.Person, l.Channel, l.Comment, l.TextAt, l.InvitedAt = c.Person, c.Channel, cmp.Or(c.Comment, c.ID), c.At, p.answered[c.Person]
	s.Lead, s.Now = l, c.At
	return s, nil
}

// rest is until when nothing more is said under an item or for a campaign, and why.
func (p *past) rest(c leads.Entry, campaign leads.Campaign) (time.Time, string) {
	if said := p.under[c.Item]; c.Item != "" && len(said) >= step.PerItem && said[len(said)-step.PerItem].After(c.At.Add(-time.Hour)) {
		return said[len(said)-step.PerItem].Add(time.Hour), "rest_item"
	}
	if campaign.Cap > 0 && p.spent[campaign.ID+quota.Day(c.At)] >= campaign.Cap {
		return quota.Tomorrow(c.At), "rest_campaign"
	}
	return time.Time{}, ""
}
