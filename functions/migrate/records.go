package migrate

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"keliu/streams/desk"
)

// records writes the records of a kind, which are JSON in the store.
func records[T any](kind string, from Store) func(context.Context, *folder) error {
	return func(ctx context.Context, f *folder) error {
		return f.write(kind+".jsonl", func(w *file) error {
			return from.Each(ctx, kind, func(scan func(...any) error) error {
				var v T
				if err := decode(scan, &v); err != nil {
					return err
				}
				return w.row(v)
			})
		})
	}
}

// decode reads a row that begins with JSON.
func decode(scan func(...any) error, into any, beside ...any) error {
	var body []byte
	if err := scan(append([]any{&body}, beside...)...); err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}

// A message is an entry of a timeline: what was said or told.
type message struct {
	ID string `json:"id"`
	desk.Notice
}

func (e Export) messages(ctx context.Context, f *folder) error {
	return f.write("messages.jsonl", func(w *file) error {
		return e.Store.Each(ctx, "messages", func(scan func(...any) error) error {
			var m message
			var id string
			if err := decode(scan, &m.Notice, &id); err != nil {
				return err
			}
			m.ID = id
			return w.row(m)
		})
	})
}

// A customer with all the ways they are known.
type customer struct {
	desk.Customer
	Identities []identity `json:"identities"`
}

type identity struct {
	Kind  string `json:"kind"`
	Value string `json:"value"`
}

// customers gathers the rows of a customer, which follow each other.
func (e Export) customers(ctx context.Context, f *folder) error {
	return f.write("customers.jsonl", func(w *file) error {
		var last customer
		flush := func() error {
			if last.ID == "" {
				return nil
			}
			return w.row(last)
		}
		err := e.Store.Each(ctx, "customers", func(scan func(...any) error) error {
			var c desk.Customer
			var i identity
			var seen int64
			if err := scan(&c.ID, &c.Member, &c.Name, &seen, &i.Kind, &i.Value); err != nil {
				return err
			}
			if c.ID != last.ID {
				if err := flush(); err != nil {
					return err
				}
				c.Seen = time.UnixMilli(seen).UTC()
				last = customer{Customer: c, Identities: []identity{}}
			}
			if i.Kind != "" {
				last.Identities = append(last.Identities, i)
			}
			return nil
		})
		if err != nil {
			return err
		}
		return flush()
	})
}

// A member of the staff, without what lets them in.
type member struct {
	ID       desk.AgentID `json:"id"`
	Name     string       `json:"name"`
	Role     string       `json:"role"`
	Skills   []string     `json:"skills"`
	Capacity int          `json:"capacity"`
	Status   string       `json:"status"`
	Changed  time.Time    `json:"changed"`
	Team     string       `json:"team,omitempty"`
	Active   bool         `json:"active"`
}

func (e Export) staff(ctx context.Context, f *folder) error {
	return f.write("staff.jsonl", func(w *file) error {
		return e.Store.Each(ctx, "staff", func(scan func(...any) error) error {
			var m member
			var skills string
			var changed int64
			if err := scan(&m.ID, &m.Name, &m.Role, &skills, &m.Capacity, &m.Status, &changed, &m.Team, &m.Active); err != nil {
				return err
			}
			m.Skills, m.Changed = strings.Fields(skills), time.UnixMilli(changed).UTC()
			return w.row(m)
		})
	})
}

// A visit is a page that a customer was on.
type visit struct {
	Conversation desk.ConversationID `json:"conversation"`
	At           time.Time           `json:"at"`
	Page         string              `json:"page"`
}

func (e Export) visits(ctx context.Context, f *folder) error {
	return f.write("visits.jsonl", func(w *file) error {
		return e.Store.Each(ctx, "visits", func(scan func(...any) error) error {
			var v visit
			var at int64
			if err := scan(&v.Conversation, &at, &v.Page); err != nil {
				return err
			}
			v.At = time.UnixMilli(at).UTC()
			return w.row(v)
		})
	})
}

// A contact is a way by which somebody whom outreach knows wants to be reached.
type contact struct {
	Person desk.PersonID `json:"person"`
	Kind   string        `json:"kind"`
	Value  string        `json:"value"`
	At     time.Time     `json:"at"`
}

func (e Export) contacts(ctx context.Context, f *folder) error {
	return f.write("contacts.jsonl", func(w *file) error {
		return e.Store.Each(ctx, "contacts", func(scan func(...any) error) error {
			var c contact
			var at int64
			if err := scan(&c.Person, &c.Kind, &c.Value, &at); err != nil {
				return err
			}
			c.At = time.UnixMilli(at).UTC()
			return w.row(c)
		})
	})
}

// A version of an article.
type version struct {
	desk.Article
	Published bool `json:"published"`
}

func (e Export) versions(ctx context.Context, visit func(version) error) error {
	return e.Store.Each(ctx, "articles", func(scan func(...any) error) error {
		var v version
		var published int
		if err := decode(scan, &v.Article, &published); err != nil {
			return err
		}
		v.Published = v.Version == published
		return visit(v)
	})
}

func (e Export) articles(ctx context.Context, f *folder) error {
	return f.write("articles.jsonl", func(w *file) error {
		return e.versions(ctx, func(v version) error { return w.row(v) })
	})
}

// readable writes every version of every article as a text for people.
func (e Export) readable(ctx context.Context, f *folder) error {
	return e.versions(ctx, func(v version) error {
		name := fmt.Sprintf("articles/%s-v%d.md", fileName(string(v.ID)), v.Version)
		return f.write(name, func(w *file) error {
			_, err := io.WriteString(w, markdown(v.Article))
			return err
		})
	})
}

// markdown is an article as Markdown: its parts under their headings, a question before its answer.
func markdown(a desk.Article) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\n", a.Title)
	heading := ""
	for _, p := range a.Passages {
		if p.Heading != heading {
			heading = p.Heading
			if heading != "" {
				fmt.Fprintf(&b, "## %s\n\n", heading)
			}
		}
		for _, q := range p.Phrasings {
			fmt.Fprintf(&b, "> - %s\n", q)
		}
		if len(p.Phrasings) > 0 {
			b.WriteByte('\n')
		}
		fmt.Fprintf(&b, "%s\n\n", p.Text)
	}
	return b.String()
}
