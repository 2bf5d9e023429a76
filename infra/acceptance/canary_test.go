package acceptance_test

import (
	"database/sql"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"keliu/infra/simulators/provider/simulator"
	"keliu/streams/desk"
)

// canaries are personal data that occur nowhere but in what the customer of the test writes.
var canaries = []string{"13912345678", "11010519491231002X", "6222021234567890128", "canary.person@example.com"}

// confided is said with the canaries in it; a model answers those that no intent needs the data for.
var confided = []string{
	"我的手机号是13912345678，" + asked,
	"手机 139 1234 5678，" + asked,
	"身份证11010519491231002X，" + asked,
	"银行卡6222 0212 3456 7890 128，" + asked,
	"邮箱canary.person@example.com，" + asked,
	"查订单，手机号13912345678",
	"转人工，我的电话13912345678，身份证11010519491231002X",
}

// byTheModel is how many of them a model answers.
const byTheModel = 3

// shows reports which canary a text holds, however it is written.
func shows(text string) string {
	text = strings.NewReplacer(" ", "", "-", "", "\\u0040", "@").Replace(text)
	for _, c := range canaries {
		if strings.Contains(text, c) {
			return c
		}
	}
	return ""
}

// What a customer confides stays in the conversation: no model, log, metric or other file gets to know it.
func TestPersonalDataStaysInTheConversation(t *testing.T) {
	p, setting := model(t, simulator.Rule{Contains: "*", Answer: good})
	h := open(t, setting, "KELIU_WEB_RATE=1000")
	g := h.enter(nil)
	for _, text := range confided {
		g.ask(text)
	}
	told := g.history()
	if told[0].Text != confided[0] {
		t.Errorf("the customer reads %q of what was said", told[0].Text)
	}
	for _, l := range told {
		if c := shows(l.Text); l.By != "customer" && c != "" {
			t.Errorf("the reply repeats %s: %s", c, l.Text)
		}
	}
	if n := len(p.Requests()); n != byTheModel {
		t.Errorf("the model was asked %d times", n)
	}
	for _, r := range p.Requests() {
		if c := shows(r.Body); c != "" {
			t.Errorf("the model was told %s: %s", c, r.Body)
		}
	}
	if c := shows(string(h.call(request{http.MethodGet, "/metrics", nil, ""}).body)); c != "" {
		t.Errorf("/metrics holds %s", c)
	}
	h.stop()
	if c := shows(h.log.String()); c != "" {
		t.Errorf("the log holds %s:\n%s", c, h.log)
	}
	h.searchFiles()
	h.searchStore()
}

// searchFiles looks for canaries in every file but those that keep what was said.
func (h *house) searchFiles() {
	h.Helper()
	kept := []string{filepath.Join("streams", string(desk.Inbound)), filepath.Join("streams", string(desk.Outbound)), "keliu.db"}
	seen := 0
	err := filepath.WalkDir(h.dir, func(path string, d os.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() {
			return err
		}
		at, err := filepath.Rel(h.dir, path)
		if err != nil {
			return err
		}
		body, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		for _, k := range kept {
			if strings.HasPrefix(at, k) {
				if shows(string(body)) != "" {
					seen++
				}
				return nil
			}
		}
		if c := shows(string(body)); c != "" {
			h.Errorf("%s holds %s", at, c)
		}
		return nil
	})
	if err != nil {
		h.Error(err)
	}
	if seen == 0 {
		h.Error("nothing was found where it must be: the search is blind")
	}
}

// needed are the fields of the store that hold what the desk works with: the facts of a conversation, a number to call.
var needed = regexp.MustCompile(`"facts":\{[^}]*\}|"phone":"[^"]*"`)

// searchStore looks for canaries in every table but the timeline.
func (h *house) searchStore() {
	h.Helper()
	db, err := sql.Open("sqlite", filepath.Join(h.dir, "keliu.db"))
	if err != nil {
		h.Fatal(err)
	}
	defer db.Close()
	found := map[string]string{}
	for _, table := range h.rows(db, "SELECT name FROM sqlite_schema WHERE type = 'table'") {
		for _, row := range h.rows(db, "SELECT * FROM "+table) {
			if c := shows(needed.ReplaceAllString(row, "")); c != "" {
				found[table] = c
			}
		}
	}
	if found["timeline"] == "" {
		h.Error("the timeline holds none: the search is blind")
	}
	delete(found, "timeline")
	for table, c := range found {
		h.Errorf("the table %s holds %s", table, c)
	}
}

// rows reads a query, each row as one text.
func (h *house) rows(db *sql.DB, query string) (all []string) {
	h.Helper()
	rows, err := db.QueryContext(h.Context(), query)
	if err != nil {
		h.Fatalf("%s: %v", query, err)
	}
	defer rows.Close()
	columns, err := rows.Columns()
	if err != nil {
		h.Fatal(err)
	}
	values, into := make([]sql.RawBytes, len(columns)), make([]any, len(columns))
	for i := range values {
		into[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(into...); err != nil {
			h.Fatal(err)
		}
		var row strings.Builder
		for _, v := range values {
			fmt.Fprintf(&row, "%s\n", v)
		}
		all = append(all, strings.TrimSpace(row.String()))
	}
	if err := rows.Err(); err != nil {
		h.Fatal(err)
	}
	return all
}
