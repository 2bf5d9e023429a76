package outreach

import (
	"context"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/outreach/step"
	"keliu/functions/store/leads"
	"keliu/policies"
	"keliu/streams"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// beijing is where the people are.
var beijing = time.FixedZone("Asia/Shanghai", 8*60*60)

// rest is until when nothing is said under the item of a comment or for a campaign, and why; zero when it may be said now.
func rest(c *leads.Change, campaign leads.Campaign, now time.Time) (time.Time, string, error) {
	l := c.Lead
	if l.Comment == "" {
		return time.Time{}, "", nil
	}
	if l.Item != "" {
		n, err := c.Under(l.Item, now.Add(-time.Hour))
		if err != nil || n >= step.PerItem {
			return now.Add(10 * time.Minute), "rest_item", err
		}
	}
	if campaign.Cap == 0 {
		return time.Time{}, "", nil
	}
	tomorrow := quota.Tomorrow(now)
	if n, err := c.Spent(campaign.ID, tomorrow.Add(-24*time.Hour)); err != nil || n < campaign.Cap {
		return time.Time{}, "", err
	}
	return tomorrow, "rest_campaign", nil
}

// rulings are what the rules of the house say about somebody on a channel at a time.
type rulings struct{ answer, market step.Ruling }

func (d *Desk) rulings(ctx context.Context, channel string, now time.Time) (r rulings, err error) {
	if r.answer, err = d.ruling(ctx, policies.MayContact{Channel: channel, Purpose: "reply", Consent: true}, now); err != nil {
		return r, err
	}
	r.market, err = d.ruling(ctx, policies.MayContact{Channel: channel, Purpose: "marketing", Consent: true}, now)
	return r, err
}

// ruling asks the rules. A refusal may be otherwise when the next hour of the day begins in which people are awake.
func (d *Desk) ruling(ctx context.Context, q policies.MayContact, now time.Time) (step.Ruling, error) {
	local := now.In(beijing)
	q.Hour = local.Hour()
	ruling, err := d.o.Rules.MayContact(ctx, q)
	if err != nil || ruling.Allow {
		return step.Ruling{Allow: err == nil}, err
	}
	return step.Ruling{Because: ruling.Reason, Until: local.Truncate(time.Hour).Add(time.Hour).UTC()}, nil
}

// counted are the points of states that are reached for the first time.
var counted = map[leads.State]string{
	leads.Reached: meter.LeadReached, leads.Answered: meter.LeadAnswered, leads.ContactLeft: meter.LeadContact, leads.Won: meter.LeadWon,
}

// stages notes in the history which states somebody has reached by a change, and returns their points.
func stages(c *leads.Change, before map[leads.State]time.Time, event string) (points []meter.Point) {
	l := c.Lead
	for _, s := range []leads.State{leads.Reached, leads.Answered, leads.ContactLeft, leads.Won} {
		at, is := l.Stages[s]
		if _, was := before[s]; was || !is {
			continue
		}
		points = append(points, meter.Point{Name: counted[s], Value: 1, At: at})
		if s != leads.Won { // a purchase is an entry by itself
			c.Entries = append(c.Entries, leads.Entry{
				ID: event + "/" + string(s), Person: l.Person, Kind: string(s), At: at, Channel: l.Channel, Rule: l.Rule, Campaign: l.Campaign, Touch: event,
			})
		}
	}
	return points
}

// post publishes a value with a change.
func post[T any](c *leads.Change, topic streams.Topic[T], id string, v T) error {
	out, err := desk.Out(topic, id, string(c.Lead.Person), v)
	c.Out = append(c.Out, out)
	return err
}

// measure publishes points with a change.
func measure(c *leads.Change, event string, points []meter.Point) error {
	if len(points) == 0 {
		return nil
	}
	for i := range points {
		points[i].Tags.Channel = c.Lead.Channel
	}
	return post(c, meter.Points, event+"_p", points)
}
