package leads

import (
	"context"
	"slices"
	"time"

	"keliu/functions/store/database"
	"keliu/streams/desk"
)

// A Range is the history that a funnel counts. Zero fields match everything.
type Range struct {
	From, Until    time.Time
	Campaign, Rule string
	Channel        string
}

// A Funnel counts how far people come who commented. Each number is counted from the history.
type Funnel struct {
	Comments        int     `json:"comments"`         // all, in the range
	MatchedComments int     `json:"matched_comments"` // of these, those in which a rule found something
	Steps           []Stage `json:"steps"`
}

// A Stage of a funnel: so many people came at least so far, of so many who came to the stage before.
type Stage struct {
	State  State `json:"state"`
	People int   `json:"people"`
	Of     int   `json:"of"`
}

// Funnel counts the people in whose comments a rule found something within the range, and how far they have come by its end.
func (s *Shelf) Funnel(ctx context.Context, r Range) (f Funnel, err error) {
	commenters := 0
	var comments where
	comments.equal("kind", string(desk.Commented))
	comments.between(r.From, r.Until)
	comments.equal("campaign", r.Campaign)
	comments.equal("channel", r.Channel)
	if err := s.db.One(ctx, `SELECT COUNT(*), COUNT(DISTINCT person) FROM lead_history`+comments.String(), comments.args, &f.Comments, &commenters); err != nil {
		return f, database.Wrap(err, "funnel")
	}
	var cohort where
	cohort.equal("kind", string(Matched))
	cohort.between(r.From, r.Until)
	cohort.equal("campaign", r.Campaign)
	cohort.equal("rule", r.Rule)
	cohort.equal("channel", r.Channel)
	if err := s.db.One(ctx, `SELECT COUNT(DISTINCT touch) FROM lead_history`+cohort.String(), cohort.args, &f.MatchedComments); err != nil {
		return f, database.Wrap(err, "funnel")
	}
	furthest, err := s.furthest(ctx, cohort, r.Until)
	if err != nil {
		return f, database.Wrap(err, "funnel")
	}
	before := commenters
	for i, state := range Stages() {
		n := 0
		for _, rank := range furthest {
			if rank >= i {
				n++
			}
		}
		f.Steps = append(f.Steps, Stage{state, n, before})
		before = n
	}
	return f, nil
}

// furthest is the furthest stage of everybody in a cohort.
func (s *Shelf) furthest(ctx context.Context, cohort where, until time.Time) (map[desk.PersonID]int, error) {
	furthest, stages := map[desk.PersonID]int{}, Stages()
	query := `SELECT person, kind FROM lead_history WHERE person IN (SELECT person FROM lead_history` + cohort.String() + `)`
	w := where{args: cohort.args}
	if !until.IsZero() {
		w.and("at < ?", millis(until))
		query += " AND " + w.conditions[0]
	}
	err := s.db.Rows(ctx, query, w.args, func(scan func(...any) error) error {
		var person desk.PersonID
		var kind State
		if err := scan(&person, &kind); err != nil {
			return err
		}
		if i := slices.Index(stages, kind); i >= furthest[person] {
			furthest[person] = i
		}
		return nil
	})
	return furthest, err
}

// A Tally is how one of a campaign's texts did.
type Tally struct {
	Variant  string
	People   int // whom the platform took it for
	Answered int // of these, who wrote back afterwards
}

// Tally counts how a campaign's texts did.
func (s *Shelf) Tally(ctx context.Context, campaign string) (all []Tally, err error) {
	err = s.db.Rows(ctx, `SELECT variant, COUNT(*), COUNT(answered) FROM (
			SELECT variant, person, (SELECT 1 FROM lead_history h WHERE h.person = first.person AND h.kind = $1 AND h.at > first.at LIMIT 1) AS answered
			FROM (SELECT variant, person, MIN(at) AS at FROM lead_sends WHERE campaign = $2 AND state IN ($3, $4) GROUP BY variant, person) first
		) told GROUP BY variant ORDER BY variant`, []any{desk.Wrote, campaign, desk.Sent, desk.Arrived}, func(scan func(...any) error) error {
		var t Tally
		if err := scan(&t.Variant, &t.People, &t.Answered); err != nil {
			return err
		}
		all = append(all, t)
		return nil
	})
	return all, database.Wrap(err, "results of %s", campaign)
}

// Said counts what a campaign has said since a time and was not refused.
func (s *Shelf) Said(ctx context.Context, campaign string, since time.Time) (n int, err error) {
	err = s.db.One(ctx, spent, []any{campaign, millis(since), desk.Failed}, &n)
	return n, database.Wrap(err, "sends of %s", campaign)
}
