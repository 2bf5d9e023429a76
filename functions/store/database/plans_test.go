package database_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"keliu/functions"
	"keliu/functions/outreach/quota"
	"keliu/functions/store"
	"keliu/functions/store/addresses"
	"keliu/functions/store/company"
	"keliu/functions/store/database"
	"keliu/functions/store/group"
	"keliu/functions/store/leads"
	"keliu/functions/store/notes"
	"keliu/functions/store/presence"
	"keliu/functions/store/storetest"
	"keliu/functions/store/worklist"
	"keliu/streams/desk"
)

// fill makes so many rows that reading a table from its first to its last row is worth no query's while: 8,000 conversations, of which
// 2 % are open, with 5 entries each.
var fill = []string{
	`INSERT INTO customers (id, member, name, seen) SELECT 'u' || i, 'm' || i, 'n' || i, i FROM many`,
	`INSERT INTO identities (kind, value, customer) SELECT 'visitor', 'v' || i, 'u' || i FROM many`,
	`INSERT INTO conversations (id, customer, channel, stage, agent, updated, version, body, urgency, mood)
		SELECT 'c' || i, 'u' || i, CASE WHEN i % 5 = 0 THEN 'douyin' ELSE 'web' END,
		CASE WHEN i % 50 <> 0 THEN 'closed' WHEN i % 100 = 0 THEN 'human' ELSE 'ai' END, CASE WHEN i % 100 = 0 THEN 'a' || (i % 2000) ELSE '' END,
		i, 5, '{"id":"c' || i || '"}', i, 0 FROM many`,
	`INSERT INTO timeline (id, conversation, seq, body) SELECT 'e' || i || '-' || s, 'c' || i, s, '{"seq":' || s || ',"event":"message","message":{}}'
		FROM many, (SELECT 1 AS s UNION SELECT 2 UNION SELECT 3 UNION SELECT 4 UNION SELECT 5) AS five`,
	`INSERT INTO handoffs (conversation, at, body) SELECT 'c' || i, i, '{}' FROM many`,
	`INSERT INTO callbacks (id, customer, at, body) SELECT 'b' || i, 'u' || i, i, '{}' FROM many`,
	`INSERT INTO requests (id, order_no, at, body) SELECT 'r' || i, 'o' || i, i, '{}' FROM many`,
	`INSERT INTO logins (token, staff, expires) SELECT 't' || i, 'a0', 9000000000000 + i FROM many`,
	`INSERT INTO notes (id, conversation, at, body) SELECT 'n' || i, 'c' || i, i, '{}' FROM many`,
	`INSERT INTO visits (conversation, at, page) SELECT 'c' || i, i, '/' FROM many`,
	`INSERT INTO closings (conversation, session, body) SELECT 'c' || i, 1, '{}' FROM many`,
	`INSERT INTO addresses (channel, person, customer, conversation, account, thread, message, wrote, entry, entered)
		SELECT 'douyin', 'p' || i, 'u' || i, 'c' || i, '', '', '', i, '', 0 FROM many`,
	`INSERT INTO deliveries (channel, id, conversation, seq, remote, state, at, body) SELECT 'douyin', 's' || i, 'c' || i, 1, 'x' || i, 'sent', i, '{}' FROM many`,
	`INSERT INTO shown (channel, remote, at) SELECT 'douyin', 'x' || i, i FROM many`,
	`INSERT INTO leads (person, channel, state, score, at, due, rule, campaign, owner, search, body)
		SELECT 'douyin:p' || i, 'douyin', 'matched', i % 100, i, CASE WHEN i % 100 = 0 THEN i ELSE 0 END, 'r', 'k', '', 'n' || i, '{}' FROM many`,
	`INSERT INTO lead_history (id, person, channel, kind, at, rule, campaign, touch, body)
		SELECT 'h' || i, 'douyin:p' || i, 'douyin', CASE WHEN i % 50 = 0 THEN 'comment' ELSE 'matched' END, i, 'r', 'k', 't' || i, '{}' FROM many`,
	`INSERT INTO lead_sends (id, person, kind, state, at, retry, item, rule, campaign, variant, body)
		SELECT 'z' || i, 'douyin:p' || i, 'public_reply', 'sent', i, CASE WHEN i % 100 = 0 THEN i ELSE 0 END, 'i' || (i % 500), 'r', 'k' || (i % 500), 'A', '{}' FROM many`,
	`INSERT INTO lead_contacts (person, kind, value, at) SELECT 'douyin:p' || i, 'mobile', '1', i FROM many`,
	`INSERT INTO quota_accounts (channel, person, scene, body) SELECT 'douyin', 'p' || i, 'im_reply_msg', '{}' FROM many`,
	`INSERT INTO quota_grants (id, channel, person, scene, day, at) SELECT 'g' || i, 'douyin', 'p' || i, 'im_reply_msg', '2026-11-24', i FROM many`,
	`INSERT INTO staff (id, name, role, password, changed) SELECT 'a' || i, 'n', 'agent', '', 0 FROM many WHERE i <= 2000 AND i % 100 = 0`,
	`INSERT INTO staff (id, name, role, password, changed) VALUES ('a0', 'n', 'agent', '', 0)`,
}

const many = `WITH RECURSIVE many(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM many WHERE i < 8000) `

func filled(t *testing.T, address string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	for _, statement := range fill {
		if strings.Contains(statement, "FROM many") {
			statement = many + statement
		}
		change(t, db, statement)
	}
	change(t, db, "ANALYZE")
	return db
}

func change(t *testing.T, db *database.DB, statement string) {
	t.Helper()
	if err := db.Change(t.Context(), func(tx *group.Tx) error { _, err := tx.Exec(statement); return err }); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// hot does what is done for every message, every glance at the workbench and every comment.
func hot(ctx context.Context, db *database.DB) map[string]func() error {
	s, list, book, networks, shelf := &store.Store{DB: db}, worklist.Open(db), notes.Open(db), addresses.Open(db), leads.Open(db)
	at := func(ms int64) time.Time { return time.UnixMilli(ms) }
	lead := desk.PersonID("douyin:p500")
	return map[string]func() error{
		"a conversation":           func() error { _, err := s.Conversation(ctx, "c500"); return err },
		"conversations of a stage": func() error { _, err := s.Conversations(ctx, store.Filter{Stage: desk.Human}); return err },
		"latest conversations":     func() error { _, err := s.Conversations(ctx, store.Filter{Before: at(10000)}); return err },
		"open conversations":       func() error { _, err := s.Open(ctx); return err },
		"idle":                     func() error { _, err := s.Idle(ctx, desk.WithAI, at(5000), 100); return err },
		"after":                    func() error { _, err := s.After(ctx, "c500", 2, 50); return err },
		"before":                   func() error { _, err := s.Before(ctx, "c500", 0, 50); return err },
		"said":                     func() error { _, err := s.Said(ctx, "c500", 4, 50); return err },
		"entry":                    func() error { _, err := s.Entry(ctx, "e500-1"); return err },
		"handoff":                  func() error { _, err := s.Handoff(ctx, "c500"); return err },
		"callbacks":                func() error { _, err := s.Callbacks(ctx, 50); return err },
		"requests":                 func() error { _, err := s.RequestsFor(ctx, "o500"); return err },
		"identify": func() error {
			_, err := s.Identify(ctx, store.Identity{Kind: "visitor", Value: "v500"}, desk.Customer{})
			return err
		},
		"identify a stranger": func() error {
			_, err := s.Identify(ctx, store.Identity{Kind: "visitor", Value: "new"}, desk.Customer{ID: "new"})
			return err
		},
		"vouch": func() error {
			_, err := s.Vouch(ctx, desk.Customer{ID: "u7"}, desk.Customer{ID: "x", Member: "m500"})
			return err
		},
		"logged in": func() error { _, err := s.LoggedIn(ctx, "t500", at(0)); return err },
		"staff":     func() error { _, err := s.Here(ctx); return err },
		"list by urgency": func() error {
			_, err := list.Rows(ctx, worklist.Filter{Stages: []desk.Stage{desk.Human, desk.Queued}, Sort: worklist.ByUrgency})
			return err
		},
		"list by update": func() error { _, err := list.Rows(ctx, worklist.Filter{Sort: worklist.ByUpdate}); return err },
		"list, next page": func() error {
			_, err := list.Rows(ctx, worklist.Filter{Stages: []desk.Stage{desk.Human, desk.WithAI}, Sort: worklist.ByUrgency, After: "10000_c10000"})
			return err
		},
		"list by update, next page": func() error {
			_, err := list.Rows(ctx, worklist.Filter{Stages: []desk.Stage{desk.Closed}, After: "10000_c10000"})
			return err
		},
		"list of an agent": func() error {
			_, err := list.Rows(ctx, worklist.Filter{Agent: "a100", Stages: []desk.Stage{desk.Human}, Sort: worklist.ByUrgency})
			return err
		},
		"list of a customer":        func() error { _, err := list.Rows(ctx, worklist.Filter{Customer: "u500"}); return err },
		"row":                       func() error { _, err := list.Row(ctx, "c500"); return err },
		"customer":                  func() error { _, _, err := list.Customer(ctx, "u500"); return err },
		"callbacks of a customer":   func() error { _, err := list.Callbacks(ctx, "u500"); return err },
		"look":                      func() error { return list.Look(ctx, "c500", 3) },
		"notes":                     func() error { _, err := book.Notes(ctx, "c500"); return err },
		"trail":                     func() error { _, err := book.Trail(ctx, "c500"); return err },
		"visited":                   func() error { return book.Visited(ctx, "c500", "/new", at(30000)) },
		"closings":                  func() error { _, err := book.Closings(ctx, "u500"); return err },
		"deserted":                  func() error { _, err := presence.Open(db).Deserted(ctx, at(1), 30000); return err },
		"held":                      func() error { _, err := company.Open(db).Held(ctx, "a100"); return err },
		"address of a person":       func() error { _, err := networks.Person(ctx, "douyin", "p500"); return err },
		"address of a conversation": func() error { _, err := networks.Conversation(ctx, "douyin", "c500"); return err },
		"delivery":                  func() error { _, err := networks.Sending(ctx, "douyin", "s500"); return err },
		"last delivery":             func() error { _, err := networks.Last(ctx, "douyin", "c500"); return err },
		"deliveries":                func() error { _, err := networks.Of(ctx, "c500"); return err },
		"begin": func() error {
			_, _, err := networks.Begin(ctx, "douyin", functions.Sending{Delivery: desk.Delivery{Send: "new", At: at(1)}})
			return err
		},
		"shown":         func() error { _, err := networks.Shown(ctx, "douyin", "x500", 1); return ignore(err, desk.ErrNotFound) },
		"lead":          func() error { _, err := shelf.Lead(ctx, lead); return err },
		"leads by time": func() error { _, _, err := shelf.Leads(ctx, leads.Query{}); return err },
		"leads by score": func() error {
			_, _, err := shelf.Leads(ctx, leads.Query{ByScore: true, After: &leads.Place{Value: 50, Person: lead}})
			return err
		},
		"leads that are due":       func() error { _, err := shelf.Due(ctx, at(5000), 50); return err },
		"history":                  func() error { _, err := shelf.History(ctx, lead, 50); return err },
		"comments":                 func() error { _, err := shelf.Happened(ctx, desk.Commented, at(19000), 50); return err },
		"contacts":                 func() error { _, err := shelf.Contacts(ctx, lead); return err },
		"sendings":                 func() error { _, err := shelf.Sendings(ctx, leads.SendQuery{}); return err },
		"sendings to somebody":     func() error { _, err := shelf.Sendings(ctx, leads.SendQuery{Person: lead}); return err },
		"sendings of a campaign":   func() error { _, err := shelf.Sendings(ctx, leads.SendQuery{Campaign: "k7"}); return err },
		"retries":                  func() error { _, err := shelf.Retries(ctx, at(5000), 50); return err },
		"what a campaign has said": func() error { _, err := shelf.Said(ctx, "k7", at(19000)); return err },
		"a touch": func() error {
			_, err := shelf.Change(ctx, lead, "new", func(c *leads.Change) error {
				_, err := c.Under("i7", at(19000))
				if err == nil {
					_, err = c.Spent("k7", at(19000))
				}
				if err == nil {
					_, err = c.Left("douyin", lead, at(0))
				}
				return err
			})
			return err
		},
		"take": func() error {
			_, err := shelf.Take(ctx, quota.Want{ID: "new", Channel: "douyin", Person: "p500", Scene: quota.Reply, At: at(0)})
			return err
		},
		"settle": func() error { return shelf.Settle(ctx, "g500", desk.Delivery{State: desk.Sent}) },
	}
}

func ignore(err, one error) error {
	if errors.Is(err, one) {
		return nil
	}
	return err
}

// big are the tables that grow for ever, and the names that queries give them.
var big = []string{
	"customers", "identities", "conversations", "c", "timeline", "handoffs", "callbacks", "requests", "logins", "notes", "visits", "closings",
	"addresses", "deliveries", "shown", "leads", "lead_history", "lead_sends", "lead_contacts", "quota_accounts", "quota_grants",
}

// Nothing that is done all the time reads a table that grows for ever from its first to its last row.
func TestHotQueriesUseIndexes(t *testing.T) {
	storetest.Each(t, os.Getenv("KELIU_TEST_POSTGRES"), func(t *testing.T, address string) {
		db := filled(t, address)
		if err := db.Close(); err != nil { // the server counts when connections end
			t.Fatal(err)
		}
		before := scans(t, address)
		db, err := database.Open(t.Context(), address, "")
		if err != nil {
			t.Fatal(err)
		}
		var doing string
		asked := map[string]bool{}
		db.Spy(func(query string, args []any) {
			if _, known := asked[query]; !known && !strings.HasPrefix(query, "EXPLAIN ") {
				asked[query] = true
				explain(t, db, doing, query, args)
			}
		})
		for name, do := range hot(t.Context(), db) {
			doing = name
			if err := do(); err != nil {
				t.Errorf("%s: %v", name, err)
			}
		}
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		for table, n := range scans(t, address) {
			if n > before[table] && slices.Contains(big, table) {
				t.Errorf("%s was read whole %d times", table, n-before[table])
			}
		}
	})
}

// explain checks how a query is to be answered.
func explain(t *testing.T, db *database.DB, doing, query string, args []any) {
	t.Helper()
	explained, column, whole := "EXPLAIN "+query, 0, "Seq Scan on "
	if db.Kind() == "sqlite" {
		explained, column, whole = "EXPLAIN QUERY PLAN "+query, 3, "SCAN "
	}
	var plan []string
	err := db.Rows(t.Context(), explained, args, func(scan func(...any) error) error {
		columns := make([]any, column+1)
		for i := range columns {
			columns[i] = new(sql.RawBytes)
		}
		err := scan(columns...)
		plan = append(plan, string(*columns[column].(*sql.RawBytes)))
		return err
	})
	if err != nil {
		t.Errorf("%s: %v\n%s", doing, err, query)
	}
	for _, line := range plan {
		_, scanned, found := strings.Cut(line, whole)
		if name, _, _ := strings.Cut(scanned, " "); found && slices.Contains(big, name) && !strings.Contains(line, "USING ") {
			t.Errorf("%s reads %s whole:\n%s\n%s", doing, name, query, strings.Join(plan, "\n"))
		}
	}
}

// scans is how often each table was read whole; SQLite does not count.
func scans(t *testing.T, address string) map[string]int64 {
	t.Helper()
	all := map[string]int64{}
	db, err := database.Open(t.Context(), address, "")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if db.Kind() == "sqlite" {
		return all
	}
	err = db.Rows(t.Context(), `SELECT relname, seq_scan FROM pg_stat_user_tables WHERE schemaname = current_schema()`, nil, func(scan func(...any) error) error {
		var table string
		var n int64
		err := scan(&table, &n)
		all[table] = n
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return all
}
