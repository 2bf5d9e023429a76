// Package migrate moves what a company owns: out of the house, in formats that anything reads.
package migrate

import (
	"context"
	_ "embed" // for the explanation
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
	"keliu/streams/meter"
)

// format is that of the exported folder; a change of what the files hold changes it.
const format = 1

// explanation tells what is in the folder, file by file and field by field.
//
//go:embed readme.md
var explanation string

// A Store reads all of a kind of record, row by row; see the package functions/store/whole for what a row holds.
type Store interface {
	Each(ctx context.Context, kind string, visit func(scan func(...any) error) error) error
}

// A Meter reads everything measured, row by row.
type Meter interface {
	Each(ctx context.Context, visit func(meter.Total) error) error
}

// Rules list every set of rules that was published, oldest first.
type Rules interface {
	Sets(context.Context) ([]policies.Set, error)
}

// A Trail takes the entry that something was exported.
type Trail interface {
	Append(context.Context, audit.Entry) error
}

// An Export writes everything the company owns. It needs all of its fields but Progress.
type Export struct {
	Store    Store
	Meter    Meter
	Rules    Rules
	Trail    Trail
	Files    fs.FS // the data folder, of which the pictures and the trail are copied
	Now      func() time.Time
	Progress func(file string, rows int64) // hears how far a file is
}

// A Written file is an item of the manifest.
type Written struct {
	File   string `json:"file"`
	Rows   int64  `json:"rows"` // 0 for what has none, such as a picture
	Bytes  int64  `json:"bytes"`
	SHA256 string `json:"sha256"`
}

// Write exports to the folder out, which must not exist or be empty (desk.ErrConflict), and returns how many files there
// are. The folder gets its name once it is whole and on the disk; whatever fails leaves none. The trail tells of the
// export before anything is read.
func (e Export) Write(ctx context.Context, out string) (files int64, err error) {
	if e.Progress == nil {
		e.Progress = func(string, int64) {}
	}
	f, err := begin(out, e.Now(), e.Progress)
	if err != nil {
		return 0, fmt.Errorf("export: %w", err)
	}
	if err = e.fill(ctx, f); err == nil {
		err = f.finish()
	}
	if err != nil {
		return 0, fmt.Errorf("export: %w", errors.Join(err, f.discard()))
	}
	return f.files, nil
}

// fill writes the files.
func (e Export) fill(ctx context.Context, f *folder) error {
	entry := audit.Entry{At: e.Now(), Actor: "command line", Action: "export", Object: "everything", Details: map[string]string{"folder": f.out}}
	if err := e.Trail.Append(ctx, entry); err != nil {
		return err
	}
	err := f.write("README.md", func(w *file) error {
		_, err := io.WriteString(w, explanation)
		return err
	})
	for _, write := range []func(context.Context, *folder) error{
		records[desk.Conversation]("conversations", e.Store), e.messages, e.customers, records[desk.Handoff]("handoffs", e.Store),
		records[desk.Callback]("callbacks", e.Store), records[desk.Request]("requests", e.Store), e.staff, e.articles, e.readable,
		records[json.RawMessage]("notes", e.Store), records[json.RawMessage]("closings", e.Store), records[json.RawMessage]("canned", e.Store), e.visits,
		records[json.RawMessage]("leads", e.Store), records[json.RawMessage]("lead_history", e.Store), records[json.RawMessage]("lead_sends", e.Store),
		records[json.RawMessage]("lead_rules", e.Store), records[json.RawMessage]("lead_campaigns", e.Store), e.contacts,
		records[json.RawMessage]("deliveries", e.Store), records[json.RawMessage]("teams", e.Store), e.keys, e.asks,
		e.policies, e.trail, e.metrics, e.pictures,
	} {
		if err != nil {
			return err
		}
		err = write(ctx, f)
	}
	return errors.Join(err, ctx.Err())
}

// policies writes the sets of rules, each revision once, with the publications of each.
func (e Export) policies(ctx context.Context, f *folder) error {
	sets, err := e.Rules.Sets(ctx)
	if err != nil {
		return err
	}
	published := map[string][]publication{}
	for _, s := range sets {
		published[s.Revision] = append(published[s.Revision], publication{s.Author, s.Note, s.Base, s.At})
	}
	for _, s := range sets {
		publications, ok := published[s.Revision]
		if !ok {
			continue // written with its first publication
		}
		delete(published, s.Revision)
		about := revision{s.Revision, s.Revision == sets[len(sets)-1].Revision, publications}
		if err := policy(f, s.Files, about); err != nil {
			return err
		}
	}
	return nil
}

// A revision is one set of rules as policies/<revision>/set.json tells of it.
type revision struct {
	Revision     string        `json:"revision"`
	InForce      bool          `json:"in_force"`
	Publications []publication `json:"publications"` // oldest first; a rollback publishes an earlier revision again
}

type publication struct {
	Author string    `json:"author"`
	Note   string    `json:"note"`
	Base   string    `json:"base,omitempty"`
	At     time.Time `json:"at,omitzero"`
}

func policy(f *folder, sources map[string]string, about revision) error {
	folder := "policies/" + fileName(about.Revision)
	for name, source := range sources {
		err := f.write(folder+"/"+fileName(name), func(w *file) error {
			_, err := io.WriteString(w, source)
			return err
		})
		if err != nil {
			return err
		}
	}
	return f.write(folder+"/set.json", func(w *file) error { return w.row(about) })
}

// trail copies the audit trail byte by byte, so that its hashes can be checked.
func (e Export) trail(ctx context.Context, f *folder) error {
	return f.copy(ctx, e.Files, "audit/trail.jsonl", "audit.jsonl", true)
}

func (e Export) metrics(ctx context.Context, f *folder) error {
	return f.write("metrics.csv", func(w *file) error {
		table := csv.NewWriter(w)
		err := table.Write([]string{
			"name", "channel", "intent", "agent", "team", "model", "lang", "reason", "minute", "minutes", "count", "sum", "min", "max",
		})
		if err != nil {
			return err
		}
		number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
		err = e.Meter.Each(ctx, func(t meter.Total) error {
			w.count()
			return table.Write([]string{
				t.Name, t.Tags.Channel, t.Tags.Intent, t.Tags.Agent, t.Tags.Team, t.Tags.Model, t.Tags.Lang, t.Tags.Reason,
				t.From.Format(time.RFC3339), strconv.Itoa(int(t.Span / time.Minute)), strconv.FormatInt(t.Count, 10),
				number(t.Sum), number(t.Min), number(t.Max),
			})
		})
		table.Flush()
		return errors.Join(err, table.Error())
	})
}

// pictures copies what customers sent, but for what was never finished.
func (e Export) pictures(ctx context.Context, f *folder) error {
	err := fs.WalkDir(e.Files, "pictures", func(name string, d fs.DirEntry, err error) error {
		if err != nil || !d.Type().IsRegular() || strings.HasSuffix(name, ".part") {
			return err
		}
		return f.copy(ctx, e.Files, name, name, false)
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil // nobody has sent a picture yet
	}
	return err
}
