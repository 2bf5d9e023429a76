package leads

import (
	"context"
	"encoding/json"
	"strings"
	"time"

	"keliu/functions/outreach/quota"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/streams/desk"
)

// A Shelf is the tables of outreach in one database. It is safe for concurrent use.
type Shelf struct{ db *database.DB }

// Open opens the shelf of a database.
func Open(db *database.DB) *Shelf { return &Shelf{db} }

// A Change is what one event does to one person: it becomes durable as a whole, with what goes out.
type Change struct {
	Lead     Lead      // as it stands and as it will; without a person when there is none yet
	Entries  []Entry   // of the history; the same ID counts once
	Sendings []Sending // new ones; one whose ID is known already is not said again
	Settled  *Sending  // one that was known, as it stands now
	Contacts []Contact
	Openings []Opening
	Out      []desk.Outgoing
	Due      time.Time // when the next step is to be thought over again

	tx *group.Tx
}

// An Opening is what opens or closes a window of the person.
type Opening struct {
	Scene   string
	At      time.Time
	Expires time.Time // of an agreement
	Closed  bool      // an agreement was taken back
}

// Change runs do on somebody's lead, unless an event of this ID was done before. do may be run twice, and changes nothing but
// the Change. It reports whether do was run.
func (s *Shelf) Change(ctx context.Context, person desk.PersonID, event string, do func(*Change) error) (done bool, err error) {
	err = s.db.Change(ctx, func(t *group.Tx) error {
		done = false
		if err := lockPerson(t, person); err != nil {
			return err
		}
		if known, err := exists(t, `SELECT 1 FROM lead_history WHERE id = $1`, event); err != nil || known {
			return err
		}
		c := Change{tx: t}
		if _, err := body(t, &c.Lead, `SELECT body FROM leads WHERE person = $1`, person); err != nil {
			return err
		}
		if err := do(&c); err != nil {
			return group.Refuse(err)
		}
		done = true
		return s.write(t, person, &c)
	})
	return done, database.Wrap(err, "lead %s", person)
}

// write keeps a change.
func (s *Shelf) write(t *group.Tx, person desk.PersonID, c *Change) error {
	for _, e := range c.Entries {
		if err := enter(t, e); err != nil {
			return err
		}
	}
	for _, send := range c.Sendings {
		if err := keepSending(t, send); err != nil {
			return err
		}
	}
	if c.Settled != nil {
		if err := keepSending(t, *c.Settled); err != nil {
			return err
		}
	}
	for _, contact := range c.Contacts {
		if _, err := t.Exec(`INSERT INTO lead_contacts (person, kind, value, at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
			person, contact.Kind, contact.Value, millis(contact.At)); err != nil {
			return err
		}
	}
	for _, o := range c.Openings {
		if err := open(t, c.Lead.Channel, network(c.Lead.Channel, person), o); err != nil {
			return err
		}
	}
	if c.Lead.Person != "" {
		if err := keepLead(t, c); err != nil {
			return err
		}
	}
	sealed, err := database.Seal(c.Out)
	if err != nil {
		return err
	}
	return s.db.Post(t, sealed)
}

func enter(t *group.Tx, e Entry) error {
	text, err := encode(e)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO lead_history (id, person, channel, kind, at, rule, campaign, touch, body) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
		ON CONFLICT (id) DO NOTHING`, e.ID, e.Person, e.Channel, e.Kind, millis(e.At), e.Rule, e.Campaign, e.Touch, text)
	return err
}

func keepSending(t *group.Tx, s Sending) error {
	text, err := encode(s)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO lead_sends (id, person, kind, state, at, retry, item, rule, campaign, variant, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (id) DO UPDATE SET state = excluded.state, retry = excluded.retry, body = excluded.body`,
		s.ID, s.Person, s.Kind, s.State, millis(s.At), millis(s.Retry), s.Item, s.Rule, s.Campaign, s.Variant, text)
	return err
}

func keepLead(t *group.Tx, c *Change) error {
	l := c.Lead
	text, err := encode(l)
	if err != nil {
		return err
	}
	_, err = t.Exec(`INSERT INTO leads (person, channel, state, score, at, due, rule, campaign, owner, search, body)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
		ON CONFLICT (person) DO UPDATE SET state = excluded.state, score = excluded.score, at = excluded.at, due = excluded.due,
		rule = excluded.rule, campaign = excluded.campaign, owner = excluded.owner, search = excluded.search, body = excluded.body`,
		l.Person, l.Channel, l.State, l.Score, millis(l.At), millis(c.Due), l.Rule, l.Campaign, l.Owner,
		strings.ToLower(l.Name+"\n"+l.Text+"\n"+string(l.Person)), text)
	return err
}

// Sending returns what became of something that was said to the person; ok is false when there is none of that ID.
func (c *Change) Sending(id string) (s Sending, ok bool, err error) {
	ok, err = body(c.tx, &s, `SELECT body FROM lead_sends WHERE id = $1`, id)
	return s, ok, err
}

// Under counts what was said under an item since a time and not refused. Nobody else says anything there until the change is durable.
func (c *Change) Under(item string, since time.Time) (int, error) {
	if err := c.tx.Lock("item " + item); err != nil {
		return 0, err
	}
	return c.count(`SELECT COUNT(*) FROM lead_sends WHERE item = $1 AND at >= $2 AND kind = $3 AND state <> $4`,
		item, millis(since), desk.PublicReply, desk.Failed)
}

const spent = `SELECT COUNT(*) FROM lead_sends WHERE campaign = $1 AND at >= $2 AND state <> $3`

// Spent counts what a campaign has said since a time and was not refused. It says nothing else until the change is durable.
func (c *Change) Spent(campaign string, since time.Time) (int, error) {
	if err := c.tx.Lock("campaign " + campaign); err != nil {
		return 0, err
	}
	return c.count(spent, campaign, millis(since), desk.Failed)
}

func (c *Change) count(query string, args ...any) (n int, err error) {
	_, err = c.tx.One(query, args, &n)
	return n, err
}

// Left lists what the platform still lets us say to the person; openings of this change are counted in.
func (c *Change) Left(channel string, person desk.PersonID, now time.Time) (all []desk.Allowance, err error) {
	for _, w := range quota.Of(channel) {
		var a quota.Account
		if _, err := body(c.tx, &a, accountQuery, channel, network(channel, person), w.Scene); err != nil {
			return nil, err
		}
		for _, o := range c.Openings {
			o.on(&a, w.Scene)
		}
		n, err := others(c.tx, w, network(channel, person), quota.Day(now))
		if err != nil {
			return nil, err
		}
		if left, ok := a.Left(w, n, now); ok {
			all = append(all, left)
		}
	}
	return all, nil
}

func exists(t *group.Tx, query string, args ...any) (bool, error) {
	var one int
	return t.One(query, args, &one)
}

// body reads the JSON of a row within a change.
func body(t *group.Tx, into any, query string, args ...any) (bool, error) {
	var text string
	found, err := t.One(query, args, &text)
	if err != nil || !found {
		return found, err
	}
	return true, json.Unmarshal([]byte(text), into)
}

// millis is a time in ms since 1970; no time is 0.
func millis(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}

func encode(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}
