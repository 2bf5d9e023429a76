// Package whole knows how each kind of record is read from its first to its last row, for an export.
package whole

// queries read all of a kind, in a steady order. Settings, passwords, logins and the hashes of keys are secrets and are in none.
var queries = map[string]string{
	"api_keys": `SELECT id, name, role, made_by, made, expires, revoked, used FROM api_keys ORDER BY made, id`,
	"articles": `SELECT articles.body, COALESCE(published.version, 0) FROM articles
		LEFT JOIN published ON published.article = articles.id ORDER BY articles.id, articles.version`,
	"callbacks":     `SELECT body FROM callbacks ORDER BY at, id`,
	"canned":        `SELECT body FROM canned ORDER BY owner, id`,
	"closings":      `SELECT body FROM closings ORDER BY conversation, session`,
	"conversations": `SELECT body FROM conversations ORDER BY id`,
	"customers": `SELECT customers.id, member, name, seen, COALESCE(kind, ''), COALESCE(value, '') FROM customers
		LEFT JOIN identities ON identities.customer = customers.id ORDER BY customers.id, kind, value`,
	"contacts":       `SELECT person, kind, value, at FROM lead_contacts ORDER BY person, kind, value`,
	"deliveries":     `SELECT body FROM deliveries ORDER BY channel, conversation, seq, id`,
	"leads":          `SELECT body FROM leads ORDER BY person`,
	"lead_campaigns": `SELECT body FROM lead_campaigns ORDER BY id`,
	"lead_history":   `SELECT body FROM lead_history ORDER BY at, id`,
	"lead_rules":     `SELECT body FROM lead_rules ORDER BY id`,
	"lead_sends":     `SELECT body FROM lead_sends ORDER BY at, id`,
	"gap_asks":       `SELECT id, gap, text, conversation, at FROM gap_asks ORDER BY at, id`,
	"handoffs":       `SELECT body FROM handoffs ORDER BY conversation, at`,
	"messages":       `SELECT body, id FROM timeline ORDER BY conversation, seq`,
	"notes":          `SELECT body FROM notes ORDER BY at, id`,
	"requests":       `SELECT body FROM requests ORDER BY at, id`,
	"staff":          `SELECT id, name, role, skills, capacity, status, changed, team, active FROM staff ORDER BY id`,
	"teams":          `SELECT body FROM teams ORDER BY id`,
	"visits":         `SELECT conversation, at, page FROM visits ORDER BY conversation, at`,
}

// Query returns what reads every record of a kind, and "" for a kind that there is not. Most rows are the record as JSON;
// articles bring their published version beside it and messages the entry's ID; contacts, keys and what was asked in vain are their columns. A customer comes once per identity, with
// empty kind and value when there is none. Times are in ms since 1970.
func Query(kind string) string { return queries[kind] }
