package migrate_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/csv"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/catalog"
	"keliu/functions/migrate"
	"keliu/functions/store"
	"keliu/functions/store/company"
	"keliu/functions/store/leads"
	"keliu/functions/store/notes"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
	"keliu/streams/embedded"
	"keliu/streams/meter"
)

const (
	canary  = "CANARY-must-not-leave"
	picture = "p_abcdefghijklmnopqrstuvwxyz"
)

var (
	noon = time.Now().UTC().Truncate(time.Hour).Add(-time.Hour)
	old  = noon.AddDate(0, 0, -60) // the meter keeps hours of it
)

// must returns a check that ends the test with an error.
func must(t *testing.T) func(error) {
	return func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
}

// filled is a data folder with one and more of everything.
func filled(t *testing.T) string {
	t.Helper()
	ok, dir := must(t), t.TempDir()
	s, err := store.Open(t.Context(), "sqlite:", dir)
	ok(err)
	fillDesk(t, s)
	fillPeople(t, s)
	book := notes.Open(s.DB)
	ok(book.Add(t.Context(), notes.Note{ID: "n_1", Conversation: "c0", By: "agent", Name: "小禾", Text: "老客户", At: noon}))
	ok(book.Save(t.Context(), notes.Canned{ID: "a_1", Owner: "agent", Group: "开场", Title: "问候", Text: "您好", Lang: desk.Chinese}))
	ok(book.Closed(t.Context(), notes.Closing{Conversation: "c0", Session: 1, By: "agent", Name: "小禾", Reason: "solved", Summary: "已退货", At: noon}))
	ok(book.Visited(t.Context(), "c0", "https://shop.example/tea", noon))
	_, err = leads.Open(s.DB).Change(t.Context(), "douyin:ou_1", "t_1", func(c *leads.Change) error {
		c.Lead = leads.Lead{Person: "douyin:ou_1", Channel: "douyin", State: leads.Matched, Score: 60, At: noon}
		c.Entries = []leads.Entry{{ID: "t_1", Person: "douyin:ou_1", Kind: "commented", At: noon, Text: "多少钱"}}
		c.Contacts = []leads.Contact{{Kind: "mobile", Value: "13800138000", At: noon}}
		return nil
	})
	ok(err)
	ok(leads.Open(s.DB).SaveRule(t.Context(), leads.Rule{ID: "r_1", Name: "问价", Any: []string{"多少钱"}, Score: 40}))
	ok(company.Open(s.DB).AddKey(t.Context(), canary, company.Key{ID: "k_1", Name: "ERP", Role: "agent", By: "admin", Made: noon}))
	ok(company.Open(s.DB).Ask(t.Context(), "m_1", "有实体店么", "c0", noon))
	ok(s.Close())

	m, err := meter.Open(filepath.Join(dir, "metrics"), meter.Options{})
	ok(err)
	for i, at := range []time.Time{noon, noon.Add(time.Second), noon.Add(time.Minute), old, old.Add(time.Minute)} {
		ok(m.Add(t.Context(), fmt.Sprint(i), []meter.Point{{Name: meter.NextReply, Value: float64(i + 1), At: at, Tags: meter.Tags{Channel: "web", Reason: "a,b"}}}))
	}
	ok(m.Close())

	log, err := embedded.Open(filepath.Join(dir, "streams"), embedded.Options{})
	ok(err)
	rules, err := policies.Open(t.Context(), policies.Options{Streams: log})
	ok(err)
	first := policies.Embedded()
	stricter := policies.Set{Files: maps.Clone(first.Files), Author: "compliance", Note: "更严"}
	stricter.Files["../../escape_test.rego"] = "package keliu.escape_test\n"
	_, err = rules.Publish(t.Context(), stricter)
	ok(err)
	ok(rules.Rollback(t.Context(), first.Revision, "admin", "回到从前"))
	ok(log.Close())

	trail, err := audit.Open(filepath.Join(dir, "audit"), audit.Options{})
	ok(err)
	ok(trail.Append(t.Context(), audit.Entry{Actor: "admin", Action: "login"}))
	ok(trail.Close())

	album := filepath.Join(dir, "pictures", "c0")
	ok(os.MkdirAll(album, 0o700))
	ok(os.WriteFile(filepath.Join(album, picture), []byte("\x89PNG\nnot lines\n\x00"), 0o600))
	ok(os.WriteFile(filepath.Join(album, "p_torn.part"), []byte("torn"), 0o600))
	return dir
}

func fillDesk(t *testing.T, s *store.Store) {
	ok := must(t)
	for _, c := range []desk.ConversationID{"c0", "c1"} {
		for i := range int64(3) {
			at := noon.Add(time.Duration(i) * time.Second)
			n := desk.Notice{Seq: i + 1, Event: desk.EventMessage, Conversation: c, At: at, Message: &desk.Message{
				ID: desk.MessageID(fmt.Sprintf("%s-%d", c, i)), Conversation: c, By: desk.ByCustomer, Text: "我的 <手机> 是\n13812345678", At: at,
				Pictures: []desk.Picture{{ID: picture, Type: "image/png"}},
			}}
			body, err := json.Marshal(n)
			ok(err)
			e := store.Effect{
				Record:       string(n.Message.ID),
				Conversation: desk.Conversation{ID: c, Customer: "u1", Stage: desk.WithAI, Seq: i + 1, Version: i + 1, Updated: at, Facts: desk.Facts{desk.FactOrder: "A1"}},
				Entries:      []store.Entry{{ID: string(n.Message.ID), Seq: i + 1, Body: body}},
			}
			if i == 2 {
				e.Handoff = &desk.Handoff{Conversation: c, Customer: "u1", Reason: desk.ReasonAsked, Summary: "要人工", At: at}
				e.Callback = &desk.Callback{ID: "b-" + string(c), Conversation: c, Customer: "u1", Phone: "13812345678", At: at}
			}
			ok(s.Commit(t.Context(), e))
		}
	}
	ok(s.SaveRequest(t.Context(), desk.Request{ID: "r1", Kind: "refund", Order: "A1", Amount: 9900, At: noon}))
}

func fillPeople(t *testing.T, s *store.Store) {
	ok := must(t)
	for _, id := range []string{"v1", "v2"} {
		_, err := s.Identify(t.Context(), store.Identity{Kind: "web", Value: id}, desk.Customer{ID: "u-" + desk.CustomerID(id), Name: "林晓彤", Seen: noon})
		ok(err)
	}
	_, err := s.Vouch(t.Context(), desk.Customer{ID: "u-v1", Member: "taken"}, desk.Customer{ID: "u-x", Member: "m9", Name: "陈志远", Seen: noon})
	ok(err)
	ok(s.SaveAgent(t.Context(), desk.Agent{ID: "agent", Name: "小禾", Role: "agent", Skills: []string{"complaint", "presales"}, Capacity: 8, Password: canary, Changed: noon}))
	ok(s.Login(t.Context(), canary, "agent", noon.Add(100*time.Hour), noon))
	for _, key := range []string{"session_secret", "member_secret"} {
		_, err := s.Setting(t.Context(), key, func() string { return canary })
		ok(err)
	}
	for v := 1; v <= 2; v++ {
		ok(s.KeepArticle(t.Context(), desk.Article{ID: "art_1", Version: v, Title: "退货", Audience: "public", At: noon, Passages: []desk.Passage{
			{Heading: "期限", Text: "七天内。", Phrasings: []string{"能退吗？"}}, {Heading: "期限", Text: "完好。"},
		}}))
	}
	ok(s.MarkPublished(t.Context(), "art_1", 1))
}

func config(dir string) catalog.Config {
	return catalog.Config{Dir: dir, Streams: "embedded:", Store: "sqlite:", Metrics: "embedded:", Functions: "inprocess:"}
}

func exported(t *testing.T, data string) string {
	t.Helper()
	out := filepath.Join(t.TempDir(), "out")
	if _, err := catalog.Export(t.Context(), config(data), out, nil); err != nil {
		t.Fatal(err)
	}
	return out
}

// lines reads the records of a file.
func lines[T any](t *testing.T, name string) (all []T) {
	t.Helper()
	f, err := os.Open(name)
	must(t)(err)
	defer f.Close()
	for scan := bufio.NewScanner(f); scan.Scan(); {
		var v T
		must(t)(json.Unmarshal(scan.Bytes(), &v))
		all = append(all, v)
	}
	return all
}

func TestEverythingComesOut(t *testing.T) {
	data := filled(t)
	out := exported(t, data)
	s, err := store.Open(t.Context(), "sqlite:", data)
	must(t)(err)
	defer s.Close()
	for _, c := range lines[desk.Conversation](t, filepath.Join(out, "conversations.jsonl")) {
		kept, err := s.Conversation(t.Context(), c.ID)
		must(t)(err)
		if diff := cmp.Diff(kept, c); diff != "" {
			t.Error(diff)
		}
		handoff, err := s.Handoff(t.Context(), c.ID)
		must(t)(err)
		if all := lines[desk.Handoff](t, filepath.Join(out, "handoffs.jsonl")); !slices.ContainsFunc(all, func(h desk.Handoff) bool { return cmp.Equal(h, handoff) }) {
			t.Errorf("%+v is not among %+v", handoff, all)
		}
	}
	var said []desk.Notice
	for _, c := range []desk.ConversationID{"c0", "c1"} {
		all, err := s.After(t.Context(), c, 0, 10)
		must(t)(err)
		said = append(said, all...)
	}
	if diff := cmp.Diff(said, lines[desk.Notice](t, filepath.Join(out, "messages.jsonl"))); diff != "" {
		t.Error(diff)
	}
	callbacks, err := s.Callbacks(t.Context(), 10)
	must(t)(err)
	if diff := cmp.Diff(callbacks, lines[desk.Callback](t, filepath.Join(out, "callbacks.jsonl"))); diff != "" {
		t.Error(diff)
	}
	requests, err := s.RequestsFor(t.Context(), "A1")
	must(t)(err)
	if diff := cmp.Diff(requests, lines[desk.Request](t, filepath.Join(out, "requests.jsonl"))); diff != "" {
		t.Error(diff)
	}
	articles, _, err := s.Articles(t.Context())
	must(t)(err)
	if diff := cmp.Diff(articles, lines[desk.Article](t, filepath.Join(out, "articles.jsonl"))); diff != "" {
		t.Error(diff)
	}
}

// What has a shape of its own in the export, against text.
func TestShapes(t *testing.T) {
	out := exported(t, filled(t))
	at, wall := noon.Format(time.RFC3339), noon.Format(time.RFC3339)
	for name, want := range map[string]string{
		"customers.jsonl": `{"id":"u-v1","name":"林晓彤","seen":"` + at + `","identities":[{"kind":"web","value":"v1"}]}
{"id":"u-v2","name":"林晓彤","seen":"` + at + `","identities":[{"kind":"web","value":"v2"}]}
{"id":"u-x","member":"m9","name":"陈志远","seen":"` + at + `","identities":[]}
`,
		"staff.jsonl": `{"id":"agent","name":"小禾","role":"agent","skills":["complaint","presales"],"capacity":8,"status":"","changed":"` + wall + `","active":true}
`,
		"notes.jsonl": `{"id":"n_1","conversation":"c0","by":"agent","name":"小禾","text":"老客户","at":"` + at + `"}
`,
		"canned.jsonl": `{"id":"a_1","owner":"agent","group":"开场","title":"问候","text":"您好","lang":"zh"}
`,
		"closings.jsonl": `{"conversation":"c0","session":1,"by":"agent","name":"小禾","reason":"solved","summary":"已退货","at":"` + at + `"}
`,
		"visits.jsonl": `{"conversation":"c0","at":"` + at + `","page":"https://shop.example/tea"}
`,
		"api_keys.jsonl": `{"id":"k_1","name":"ERP","role":"agent","by":"admin","made":"` + at + `"}
`,
		"lead_history.jsonl": `{"id":"t_1","person":"douyin:ou_1","kind":"commented","at":"` + at + `","text":"多少钱"}
`,
		"lead_rules.jsonl": `{"id":"r_1","name":"问价","any":["多少钱"],"score":40}
`,
		"contacts.jsonl": `{"person":"douyin:ou_1","kind":"mobile","value":"13800138000","at":"` + at + `"}
`,
		"articles/art_1-v2.md": "# 退货\n\n## 期限\n\n> - 能退吗？\n\n七天内。\n\n完好。\n\n",
		"metrics.csv": `name,channel,intent,agent,team,model,lang,reason,minute,minutes,count,sum,min,max
next_reply,web,,,,,,"a,b",` + old.Format(time.RFC3339) + `,60,2,9,4,5
next_reply,web,,,,,,"a,b",` + at + `,1,2,3,1,2
next_reply,web,,,,,,"a,b",` + noon.Add(time.Minute).Format(time.RFC3339) + `,1,1,3,3,3
`,
		"pictures/c0/" + picture: "\x89PNG\nnot lines\n\x00",
	} {
		got, err := os.ReadFile(filepath.Join(out, name))
		must(t)(err)
		if diff := cmp.Diff(want, string(got)); diff != "" {
			t.Errorf("%s:\n%s", name, diff)
		}
	}
	ids := lines[struct{ ID string }](t, filepath.Join(out, "messages.jsonl"))
	if ids[0].ID != "c0-0" || ids[5].ID != "c1-2" {
		t.Errorf("entries have the IDs %v", ids)
	}
	published := lines[struct{ Published bool }](t, filepath.Join(out, "articles.jsonl"))
	if !published[0].Published || published[1].Published {
		t.Errorf("published: %v, want the first alone", published)
	}
}

func TestPoliciesAndTheTrail(t *testing.T) {
	data := filled(t)
	out := exported(t, data)
	type about struct {
		InForce      bool `json:"in_force"`
		Publications []struct{ Author string }
	}
	embedded := policies.Embedded()
	folder := filepath.Join(out, "policies", embedded.Revision)
	if got := lines[about](t, filepath.Join(folder, "set.json"))[0]; !got.InForce || len(got.Publications) != 2 || got.Publications[1].Author != "admin" {
		t.Errorf("the set that was rolled back to is %+v", got)
	}
	for name, source := range embedded.Files {
		if got, err := os.ReadFile(filepath.Join(folder, name)); err != nil || string(got) != source {
			t.Errorf("%s is %q (%v)", name, got, err)
		}
	}
	hostile, err := filepath.Glob(filepath.Join(out, "policies", "*", "*escape*"))
	if err != nil || len(hostile) != 1 {
		t.Errorf("a file named to leave its folder is at %v (%v)", hostile, err)
	}
	trail := lines[audit.Entry](t, filepath.Join(out, "audit.jsonl"))
	if last := trail[len(trail)-1]; len(trail) != 2 || last.Actor != "command line" || last.Action != "export" {
		t.Errorf("the trail is %+v, want its end to be the export", trail)
	}
	kept, err := os.ReadFile(filepath.Join(data, "audit", "trail.jsonl"))
	must(t)(err)
	if copied, err := os.ReadFile(filepath.Join(out, "audit.jsonl")); err != nil || string(copied) != string(kept) {
		t.Errorf("the copy differs from the trail (%v)", err)
	}
}

func TestManifestIsTrueAndNoSecretLeaves(t *testing.T) {
	data := filled(t)
	out := exported(t, data)
	key, err := os.ReadFile(filepath.Join(data, "audit", "key"))
	must(t)(err)
	var manifest struct{ Files []migrate.Written }
	text, err := os.ReadFile(filepath.Join(out, "manifest.json"))
	must(t)(err)
	must(t)(json.Unmarshal(text, &manifest))
	listed := map[string]migrate.Written{}
	for _, w := range manifest.Files {
		listed[w.File] = w
	}
	must(t)(filepath.WalkDir(out, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		body, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		if strings.Contains(string(body), canary) || strings.Contains(string(body), strings.TrimSpace(string(key))) {
			t.Errorf("%s holds a secret", name)
		}
		name, err = filepath.Rel(out, name)
		if err != nil || name == "manifest.json" {
			return err
		}
		sum := sha256.Sum256(body)
		want := migrate.Written{File: name, Bytes: int64(len(body)), SHA256: hex.EncodeToString(sum[:]), Rows: rows(t, name, string(body))}
		if diff := cmp.Diff(want, listed[name]); diff != "" {
			t.Error(diff)
		}
		delete(listed, name)
		return nil
	}))
	if len(listed) > 0 {
		t.Errorf("listed and not there: %v", listed)
	}
}

// rows counts records the way a reader does.
func rows(t *testing.T, name, body string) int64 {
	switch filepath.Ext(name) {
	case ".jsonl":
		return int64(strings.Count(body, "\n"))
	case ".csv":
		all, err := csv.NewReader(strings.NewReader(body)).ReadAll()
		must(t)(err)
		return int64(len(all) - 1)
	case ".json":
		return 1
	}
	return 0
}

// Every field that a file has is explained beside it.
func TestReadmeExplainsEveryField(t *testing.T) {
	out := exported(t, filled(t))
	readme, err := os.ReadFile(filepath.Join(out, "README.md"))
	must(t)(err)
	files, err := filepath.Glob(filepath.Join(out, "*.json*"))
	must(t)(err)
	sets, err := filepath.Glob(filepath.Join(out, "policies", "*", "set.json"))
	must(t)(err)
	field := regexp.MustCompile(`"([a-z_0-9]+)":`)
	for _, name := range append(files, sets...) {
		body, err := os.ReadFile(name)
		must(t)(err)
		for _, m := range field.FindAllStringSubmatch(string(body), -1) {
			if !strings.Contains(string(readme), "`"+m[1]+"`") && m[1] != "folder" { // a detail of this one audit entry
				t.Errorf("%s has a field %s, which README.md does not explain", filepath.Base(name), m[1])
			}
		}
	}
}

func TestInterruptedExportLeavesNothing(t *testing.T) {
	data := filled(t)
	parent := t.TempDir()
	for _, at := range []string{"README.md", "messages.jsonl", "metrics.csv", "pictures/c0/" + picture} {
		ctx, cancel := context.WithCancel(t.Context())
		_, err := catalog.Export(ctx, config(data), filepath.Join(parent, "out"), func(file string, _ int64) {
			if file == at {
				cancel()
			}
		})
		cancel()
		if !errors.Is(err, context.Canceled) {
			t.Errorf("cut off at %s: %v, want context.Canceled", at, err)
		}
		if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
			t.Errorf("cut off at %s: %v is left (%v)", at, left, err)
		}
	}
}

// A broken source fails as it would, after some rows.
type broken struct{ error }

func (b broken) Each(_ context.Context, visit func(meter.Total) error) error {
	return errors.Join(visit(meter.Total{Name: "n"}), b.error)
}

// nothing is a house that owns nothing.
type nothing struct{ entries []audit.Entry }

func (*nothing) Each(context.Context, string, func(func(...any) error) error) error { return nil }
func (*nothing) Sets(context.Context) ([]policies.Set, error)                       { return nil, nil }
func (n *nothing) Append(_ context.Context, e audit.Entry) error {
	n.entries = append(n.entries, e)
	return nil
}

func TestFailedExportLeavesNothingButItsEntry(t *testing.T) {
	parent, house, lost := t.TempDir(), &nothing{}, errors.New("the disk is gone")
	e := migrate.Export{
		Store: house, Rules: house, Trail: house, Meter: broken{lost}, Now: time.Now,
		Files: fstest.MapFS{"audit/trail.jsonl": {Data: []byte("{}\n")}},
	}
	if _, err := e.Write(t.Context(), filepath.Join(parent, "out")); !errors.Is(err, lost) {
		t.Errorf("%v, want %v", err, lost)
	}
	if left, err := os.ReadDir(parent); err != nil || len(left) > 0 {
		t.Errorf("%v is left (%v)", left, err)
	}
	if len(house.entries) != 1 {
		t.Errorf("the trail has %v, want the attempt", house.entries)
	}
}

func TestWhereToAndWhereFrom(t *testing.T) {
	data := filled(t)
	full, half, empty := t.TempDir(), filepath.Join(t.TempDir(), "half"), t.TempDir()
	must(t)(os.WriteFile(filepath.Join(full, "mine"), []byte("mine"), 0o600))
	must(t)(os.Mkdir(half+".part", 0o700))
	missing := filepath.Join(empty, "missing")
	for _, c := range []struct {
		data, out string
		want      error
	}{
		{data, full, desk.ErrConflict},
		{data, half, desk.ErrConflict},
		{data, filepath.Join(data, "pictures", "out"), desk.ErrInvalid},
		{missing, filepath.Join(t.TempDir(), "out"), desk.ErrNotFound},
		{empty, filepath.Join(t.TempDir(), "out"), desk.ErrNotFound},
	} {
		if _, err := catalog.Export(t.Context(), config(c.data), c.out, nil); !errors.Is(err, c.want) {
			t.Errorf("from %s to %s: %v, want %v", c.data, c.out, err, c.want)
		}
	}
	if left, err := os.ReadDir(empty); err != nil || len(left) > 0 {
		t.Errorf("an empty folder was filled with %v (%v)", left, err)
	}
	if _, err := catalog.Export(t.Context(), config(data), empty, nil); err != nil {
		t.Errorf("to an empty folder: %v", err)
	}
}

func TestFolderInUse(t *testing.T) {
	data := filled(t)
	log, err := embedded.Open(filepath.Join(data, "streams"), embedded.Options{})
	must(t)(err)
	defer log.Close()
	out := filepath.Join(t.TempDir(), "out")
	if _, err := catalog.Export(t.Context(), config(data), out, nil); !errors.Is(err, desk.ErrUnavailable) || !strings.Contains(err.Error(), "in use") {
		t.Errorf("%v, want that the folder is in use", err)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("%s is there: %v", out, err)
	}
}
