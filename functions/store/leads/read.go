package leads

import (
	"context"
	"fmt"
	"strings"
	"time"

	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Query chooses leads. Zero fields match everything.
type Query struct {
	State    State
	Rule     string
	Campaign string
	Owner    desk.AgentID
	Channel  string
	Least    float64 // score
	Text     string  // within name, comment or ID
	ByScore  bool    // the highest first; otherwise the latest
	After    *Place  // continues after it
	Limit    int     // at most 500; 0 is 50
}

// A Place is where a list is continued.
type Place struct {
	Value  float64       `json:"v"` // score, or ms since 1970
	Person desk.PersonID `json:"p"`
}

// where gathers conditions with their arguments.
type where struct {
	conditions []string
	args       []any
}

// and adds a condition; ? stands for the argument.
func (w *where) and(condition string, arg any) {
	w.args = append(w.args, arg)
	w.conditions = append(w.conditions, strings.ReplaceAll(condition, "?", fmt.Sprint("$", len(w.args))))
}

func (w *where) equal(column, value string) {
	if value != "" {
		w.and(column+" = ?", value)
	}
}

func (w *where) between(from, until time.Time) {
	if !from.IsZero() {
		w.and("at >= ?", millis(from))
	}
	if !until.IsZero() {
		w.and("at < ?", millis(until))
	}
}

func (w *where) String() string {
	if len(w.conditions) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(w.conditions, " AND ")
}

// literal takes the meaning of its signs out of what is looked for.
var literal = strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`)

// Leads lists leads, and where the list goes on; nil at its end.
func (s *Shelf) Leads(ctx context.Context, q Query) (all []Lead, next *Place, err error) {
	var w where
	w.equal("state", string(q.State))
	w.equal("rule", q.Rule)
	w.equal("campaign", q.Campaign)
	w.equal("owner", string(q.Owner))
	w.equal("channel", q.Channel)
	if q.Least > 0 {
		w.and("score >= ?", q.Least)
	}
	if q.Text != "" {
		w.and(`search LIKE ? ESCAPE '\'`, "%"+literal.Replace(strings.ToLower(q.Text))+"%")
	}
	order := "at"
	if q.ByScore {
		order = "score"
	}
	if q.After != nil {
		w.and(order+" <= ?", q.After.Value)
		n := len(w.args)
		w.and(fmt.Sprintf("(%s < $%d OR person < ?)", order, n), q.After.Person)
	}
	limit := min(500, q.Limit)
	if limit <= 0 {
		limit = 50
	}
	all, err = database.Bodies[Lead](ctx, s.db, fmt.Sprintf(`SELECT body FROM leads%s ORDER BY %s DESC, person DESC LIMIT %d`, w.String(), order, limit+1), w.args...)
	if err != nil || len(all) <= limit {
		return all, nil, err
	}
	last := all[limit-1]
	next = &Place{float64(millis(last.At)), last.Person}
	if q.ByScore {
		next.Value = last.Score
	}
	return all[:limit], next, nil
}

// Lead returns somebody; ErrNotFound when outreach does not know them.
func (s *Shelf) Lead(ctx context.Context, p desk.PersonID) (l Lead, err error) {
	err = s.db.Body(ctx, &l, `SELECT body FROM leads WHERE person = $1`, p)
	return l, database.Wrap(err, "lead %s", p)
}

// Due lists those whose next step is to be thought over by now.
func (s *Shelf) Due(ctx context.Context, now time.Time, limit int) ([]Lead, error) {
	return database.Bodies[Lead](ctx, s.db, `SELECT body FROM leads WHERE due > 0 AND due <= $1 ORDER BY due LIMIT $2`, millis(now), limit)
}

// History lists what happened with somebody, the latest first.
func (s *Shelf) History(ctx context.Context, p desk.PersonID, limit int) ([]Entry, error) {
	return database.Bodies[Entry](ctx, s.db, `SELECT body FROM lead_history WHERE person = $1 ORDER BY at DESC, id DESC LIMIT $2`, p, limit)
}

// Happened lists what people did of one kind since a time, the latest first.
func (s *Shelf) Happened(ctx context.Context, kind desk.TouchKind, since time.Time, limit int) ([]Entry, error) {
	return database.Bodies[Entry](ctx, s.db, `SELECT body FROM lead_history WHERE kind = $1 AND at >= $2 ORDER BY at DESC LIMIT $3`,
		kind, millis(since), limit)
}

// Contacts lists the ways by which somebody wants to be reached. It is personal data: whoever shows it asks the rules.
func (s *Shelf) Contacts(ctx context.Context, p desk.PersonID) (all []Contact, err error) {
	err = s.db.Rows(ctx, `SELECT kind, value, at FROM lead_contacts WHERE person = $1 ORDER BY at`, []any{p}, func(scan func(...any) error) error {
		var c Contact
		var at int64
		if err := scan(&c.Kind, &c.Value, &at); err != nil {
			return err
		}
		c.At = time.UnixMilli(at).UTC()
		all = append(all, c)
		return nil
	})
	return all, database.Wrap(err, "contacts of %s", p)
}

// A SendQuery chooses what was said. Zero fields match everything.
type SendQuery struct {
	Person      desk.PersonID
	State       desk.SendState
	Rule        string
	Campaign    string
	From, Until time.Time
	Limit       int // at most 500; 0 is 100
}

// Sendings lists what was said and what became of it, the latest first.
func (s *Shelf) Sendings(ctx context.Context, q SendQuery) ([]Sending, error) {
	var w where
	w.equal("person", string(q.Person))
	w.equal("state", string(q.State))
	w.equal("rule", q.Rule)
	w.equal("campaign", q.Campaign)
	w.between(q.From, q.Until)
	limit := min(500, q.Limit)
	if limit <= 0 {
		limit = 100
	}
	return database.Bodies[Sending](ctx, s.db, fmt.Sprintf(`SELECT body FROM lead_sends%s ORDER BY at DESC, id DESC LIMIT %d`, w.String(), limit), w.args...)
}

// Sending returns what became of one.
func (s *Shelf) Sending(ctx context.Context, id string) (one Sending, err error) {
	err = s.db.Body(ctx, &one, `SELECT body FROM lead_sends WHERE id = $1`, id)
	return one, database.Wrap(err, "sending %s", id)
}

// Retries lists what may be tried again by now.
func (s *Shelf) Retries(ctx context.Context, now time.Time, limit int) ([]Sending, error) {
	return database.Bodies[Sending](ctx, s.db, `SELECT body FROM lead_sends WHERE retry > 0 AND retry <= $1 ORDER BY retry LIMIT $2`, millis(now), limit)
}

// Rules lists the rules by name.
func (s *Shelf) Rules(ctx context.Context) ([]Rule, error) {
	return database.Bodies[Rule](ctx, s.db, `SELECT body FROM lead_rules ORDER BY name`)
}

// Campaigns lists the campaigns by name.
func (s *Shelf) Campaigns(ctx context.Context) ([]Campaign, error) {
	return database.Bodies[Campaign](ctx, s.db, `SELECT body FROM lead_campaigns ORDER BY name`)
}

// SaveRule keeps a rule. Two of one name are refused with rule_name_taken.
func (s *Shelf) SaveRule(ctx context.Context, r Rule) error {
	return s.save(ctx, "lead_rules", "rule_name_taken", r.ID, r.Name, r)
}

// SaveCampaign keeps a campaign. Two of one name are refused with campaign_name_taken.
func (s *Shelf) SaveCampaign(ctx context.Context, c Campaign) error {
	return s.save(ctx, "lead_campaigns", "campaign_name_taken", c.ID, c.Name, c)
}

func (s *Shelf) save(ctx context.Context, table, taken, id, name string, v any) error {
	text, err := encode(v)
	if err != nil {
		return err
	}
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		if err := t.Lock(table); err != nil {
			return err
		}
		if other, err := exists(t, `SELECT 1 FROM `+table+` WHERE name = $1 AND id <> $2`, name, id); err != nil {
			return err
		} else if other {
			return group.Refuse(desk.Refuse(desk.ErrConflict, taken, name))
		}
		_, err := t.Exec(`INSERT INTO `+table+` (id, name, body) VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET name = excluded.name, body = excluded.body`,
			id, name, text)
		return err
	}), "save %s", name)
}

// RemoveRule removes a rule; ErrNotFound when there is none.
func (s *Shelf) RemoveRule(ctx context.Context, id string) error {
	return database.Wrap(s.db.Change(ctx, func(t *group.Tx) error {
		n, err := t.Exec(`DELETE FROM lead_rules WHERE id = $1`, id)
		if err == nil && n == 0 {
			return group.Refuse(desk.ErrNotFound)
		}
		return err
	}), "rule %s", id)
}
