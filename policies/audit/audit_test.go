package audit_test

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/policies/audit"
	"keliu/streams/desk"
)

var edits = flag.Int("edits", 1000, "how many random edits TestEveryEditIsFound makes")

var noon = time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)

func open(t testing.TB, dir string) *audit.Trail {
	t.Helper()
	trail, err := audit.Open(dir, audit.Options{Now: func() time.Time { return noon }})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := trail.Close(); err != nil {
			t.Error(err)
		}
	})
	return trail
}

func add(t testing.TB, trail *audit.Trail, entries ...audit.Entry) {
	t.Helper()
	for _, e := range entries {
		if err := trail.Append(context.Background(), e); err != nil {
			t.Fatal(err)
		}
	}
}

// acts are n different entries.
func acts(n int) []audit.Entry {
	entries := make([]audit.Entry, n)
	for i := range entries {
		entries[i] = audit.Entry{Actor: "lin", Role: "agent", Action: "reveal", Object: fmt.Sprintf("customer-%d", i), Revision: "abc"}
	}
	return entries
}

func verify(t testing.TB, dir string) audit.Report {
	t.Helper()
	report, err := audit.Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// files are the contents of a trail's folder.
type files map[string][]byte

func load(t testing.TB, dir string) files {
	t.Helper()
	f := files{}
	for _, name := range []string{"trail.jsonl", "head", "key"} {
		content, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		f[name] = content
	}
	return f
}

func (f files) save(t testing.TB, dir string) {
	t.Helper()
	for name, content := range f {
		path := filepath.Join(dir, name)
		if err := os.Remove(path); err != nil && !errors.Is(err, fs.ErrNotExist) { // a new file need not wait for the disk
			t.Fatal(err)
		}
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

// closedTrail is a folder with n entries, closed; openTrail is one whose process was killed after n entries.
func closedTrail(t testing.TB, n int) files {
	t.Helper()
	dir := t.TempDir()
	trail := open(t, dir)
	add(t, trail, acts(n)...)
	if err := trail.Close(); err != nil {
		t.Fatal(err)
	}
	return load(t, dir)
}

func openTrail(t testing.TB, n int) files {
	t.Helper()
	dir := t.TempDir()
	add(t, open(t, dir), acts(n)...)
	return load(t, dir)
}

func TestAppendAndRead(t *testing.T) {
	dir := t.TempDir()
	trail := open(t, dir)
	add(t, trail,
		audit.Entry{Actor: "lin", Action: "login"},
		audit.Entry{At: noon.Add(time.Hour), Actor: "chen", Role: "compliance", Action: "reveal", Object: "customer 13812345678", Reason: "致电 13812345678",
			Details: map[string]string{"邮箱": "zhangsan@qq.com", "13812345678": "x"}, Revision: "abc"},
	)
	want := []audit.Entry{
		{Seq: 2, At: noon.Add(time.Hour), Actor: "chen", Role: "compliance", Action: "reveal", Object: "customer 138****5678", Reason: "致电 138****5678",
			Details: map[string]string{"邮箱": "z***@qq.com", "138****5678": "x"}, Revision: "abc"},
		{Seq: 1, At: noon, Actor: "lin", Action: "login"},
	}
	for _, c := range []struct {
		filter audit.Filter
		want   []audit.Entry
	}{
		{audit.Filter{}, want},
		{audit.Filter{Limit: 1}, want[:1]},
		{audit.Filter{Actor: "lin"}, want[1:]},
		{audit.Filter{Action: "reveal"}, want[:1]},
		{audit.Filter{Object: "customer"}, want[:1]},
		{audit.Filter{From: noon.Add(time.Minute)}, want[:1]},
		{audit.Filter{To: noon.Add(time.Hour)}, want[1:]},
		{audit.Filter{Actor: "nobody"}, nil},
		{audit.Filter{Before: want[0].Seq}, want[1:]},
		{audit.Filter{Before: 1}, nil},
	} {
		got, err := trail.Read(t.Context(), c.filter)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%+v\n%s", c.filter, diff)
		}
	}
	content := load(t, dir)["trail.jsonl"]
	for _, secret := range []string{"13812345678", "zhangsan"} {
		if bytes.Contains(content, []byte(secret)) {
			t.Errorf("%s is on the trail", secret)
		}
	}
	if report := verify(t, dir); report.Broken != nil || report.Entries != 2 {
		t.Errorf("%+v", report)
	}
}

func TestReadKeepsTheLatest(t *testing.T) {
	trail := open(t, t.TempDir())
	add(t, trail, acts(25)...)
	got, err := trail.Read(t.Context(), audit.Filter{Limit: 3})
	if err != nil {
		t.Fatal(err)
	}
	var objects []string
	for _, e := range got {
		objects = append(objects, e.Object)
	}
	if diff := cmp.Diff([]string{"customer-24", "customer-23", "customer-22"}, objects); diff != "" {
		t.Error(diff)
	}
}

func TestRefusedEntries(t *testing.T) {
	dir := t.TempDir()
	trail := open(t, dir)
	for name, e := range map[string]audit.Entry{
		"no action": {Actor: "lin"},
		"huge":      {Action: "x", Details: map[string]string{"a": strings.Repeat("x", 70_000)}},
		"far":       {Action: "x", At: time.Date(12000, 1, 1, 0, 0, 0, 0, time.UTC)},
	} {
		if err := trail.Append(t.Context(), e); !errors.Is(err, desk.ErrInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := trail.Append(t.Context(), audit.Entry{Action: "x", Details: map[string]string{"a": strings.Repeat("\x00", 60_000)}}); err != nil {
		t.Errorf("the longest line: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := trail.Append(ctx, audit.Entry{Action: "late"}); err != nil && !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if report := verify(t, dir); report.Broken != nil || report.Entries < 1 || report.Entries > 2 {
		t.Errorf("%+v", report)
	}
}

func TestManyAtOnce(t *testing.T) {
	dir := t.TempDir()
	trail := open(t, dir)
	var writers sync.WaitGroup
	for _, e := range acts(200) {
		writers.Go(func() {
			if err := trail.Append(t.Context(), e); err != nil {
				t.Error(err)
			}
		})
	}
	writers.Wait()
	if report := verify(t, dir); report.Broken != nil || report.Entries != 200 {
		t.Errorf("%+v", report)
	}
}

func TestReopen(t *testing.T) {
	dir := t.TempDir()
	for i := range 3 {
		trail := open(t, dir)
		if _, err := audit.Open(dir, audit.Options{}); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("two at a time: %v", err)
		}
		add(t, trail, acts(2)...)
		if err := trail.Close(); err != nil {
			t.Fatal(err)
		}
		if err := trail.Append(t.Context(), audit.Entry{Action: "x"}); !errors.Is(err, desk.ErrUnavailable) {
			t.Errorf("after closing: %v", err)
		}
		if report := verify(t, dir); report.Broken != nil || report.Entries != int64(2*i+2) || !report.Head.Closed {
			t.Errorf("%+v", report)
		}
	}
}

// What a crash leaves at the end is cut off, said, and no alarm, wherever the write was interrupted.
func TestCrashWhileAppending(t *testing.T) {
	dir := t.TempDir()
	trail := open(t, dir)
	add(t, trail, acts(3)...)
	before := load(t, dir)
	add(t, trail, acts(1)...)
	line := load(t, dir)["trail.jsonl"][len(before["trail.jsonl"]):]
	for size := 0; size <= len(line); size++ {
		dir := t.TempDir()
		crashed := files{"head": before["head"], "key": before["key"], "trail.jsonl": slices.Concat(before["trail.jsonl"], line[:size])}
		crashed.save(t, dir)
		report := verify(t, dir)
		kept, torn := int64(3), int64(size)
		if size == len(line) { // whole, only nobody was told
			kept, torn = 4, 0
		}
		if report.Broken != nil || report.Entries != kept || report.Torn != torn {
			t.Fatalf("after %d bytes: %+v", size, report)
		}
		if size%40 != 0 && size < len(line)-2 {
			continue // opening costs a few writes that wait for the disk
		}
		again := open(t, dir)
		add(t, again, audit.Entry{Action: "login"})
		entries, err := again.Read(t.Context(), audit.Filter{})
		if err != nil {
			t.Fatal(err)
		}
		var actions []string
		for _, e := range entries {
			actions = append(actions, e.Action)
		}
		want := []string{"login", "repair", "reveal", "reveal", "reveal"}
		switch size {
		case 0:
			want = slices.Delete(want, 1, 2)
		case len(line):
			want[1] = "reveal"
		}
		if diff := cmp.Diff(want, actions); diff != "" {
			t.Fatalf("after %d bytes\n%s", size, diff)
		}
		if report := verify(t, dir); report.Broken != nil {
			t.Fatalf("after %d bytes: %+v", size, report)
		}
	}
}

// An edit changes the files in one place.
type edit struct {
	name string
	make func(*rand.Rand, files)
}

// lines cuts the trail into its lines; the last is empty.
func (f files) lines() [][]byte {
	return bytes.SplitAfter(bytes.TrimSuffix(f["trail.jsonl"], nil), []byte("\n"))
}

func (f files) join(lines [][]byte) { f["trail.jsonl"] = bytes.Join(lines, nil) }

// damages are what somebody with an editor can do to a trail.
var damages = []edit{
	{"flip a bit", func(rng *rand.Rand, f files) {
		name := []string{"trail.jsonl", "trail.jsonl", "trail.jsonl", "head", "key"}[rng.IntN(5)]
		f[name][rng.IntN(len(f[name]))] ^= 1 << rng.IntN(8)
	}},
	{"remove a line", func(rng *rand.Rand, f files) {
		lines := f.lines()
		i := rng.IntN(len(lines) - 1)
		f.join(slices.Delete(lines, i, i+1))
	}},
	{"repeat a line", func(rng *rand.Rand, f files) {
		lines := f.lines()
		f.join(slices.Insert(lines, rng.IntN(len(lines)), lines[rng.IntN(len(lines)-1)]))
	}},
	{"swap two lines", func(rng *rand.Rand, f files) {
		lines := f.lines()
		i := rng.IntN(len(lines) - 2)
		j := i + 1 + rng.IntN(len(lines)-2-i)
		lines[i], lines[j] = lines[j], lines[i]
		f.join(lines)
	}},
	{"cut the end off", func(rng *rand.Rand, f files) {
		f["trail.jsonl"] = f["trail.jsonl"][:rng.IntN(len(f["trail.jsonl"]))]
	}},
	{"remove bytes", func(rng *rand.Rand, f files) {
		t := f["trail.jsonl"]
		i := rng.IntN(len(t))
		f["trail.jsonl"] = slices.Delete(t, i, min(len(t), i+1+rng.IntN(40)))
	}},
	{"insert bytes", func(rng *rand.Rand, f files) {
		t := f["trail.jsonl"]
		f["trail.jsonl"] = slices.Insert(t, rng.IntN(len(t)), []byte("{\"seq\":1}\n")[rng.IntN(10):]...)
	}},
	{"change a word", func(rng *rand.Rand, f files) {
		lines := f.lines()
		i := rng.IntN(len(lines) - 1)
		lines[i] = bytes.Replace(lines[i], []byte("lin"), []byte("wei"), 1)
		f.join(lines)
	}},
}

// One edit of any file is found, whether the trail was closed or its process killed: -edits 10000.
func TestEveryEditIsFound(t *testing.T) {
	const entries = 12
	rng := rand.New(rand.NewPCG(1, 2))
	for state, original := range map[string]files{"closed": closedTrail(t, entries), "killed": openTrail(t, entries)} {
		dir := t.TempDir()
		for range *edits / 2 {
			damaged := files{}
			for name, content := range original {
				damaged[name] = bytes.Clone(content)
			}
			d := damages[rng.IntN(len(damages))]
			d.make(rng, damaged)
			if maps.EqualFunc(original, damaged, bytes.Equal) {
				continue // two equal lines were swapped
			}
			damaged.save(t, dir)
			report := verify(t, dir)
			added := state == "killed" && bytes.HasPrefix(damaged["trail.jsonl"], original["trail.jsonl"])
			if found := report.Broken != nil || added && report.Torn > 0; !found {
				t.Fatalf("%s trail, %s: not found", state, d.name)
			}
		}
	}
}

// What was touched is named.
func TestTheBreakIsNamed(t *testing.T) {
	original := closedTrail(t, 6)
	for _, c := range []struct {
		name string
		edit func(f files)
		want string
	}{
		{"change", func(f files) {
			f["trail.jsonl"] = bytes.Replace(f["trail.jsonl"], []byte("customer-2"), []byte("customer-9"), 1)
		}, "entry 3 (line 3) was changed"},
		{"remove", func(f files) { f.join(slices.Delete(f.lines(), 2, 3)) }, "entry 3 (line 3) is missing; entry 4 stands there"},
		{"repeat", func(f files) { l := f.lines(); f.join(slices.Insert(l, 4, l[1])) }, "entry 5 (line 5) is not there; entry 2 stands there a second time or out of place"},
		{"swap", func(f files) { l := f.lines(); l[1], l[2] = l[2], l[1]; f.join(l) }, "entry 2 (line 2) is missing; entry 3 stands there"},
		{"truncate", func(f files) { f.join(f.lines()[:4]) }, "entry 5 (line 5) is missing, and all after it up to 6"},
		{"half a line", func(f files) { f["trail.jsonl"] = f["trail.jsonl"][:len(f["trail.jsonl"])-9] }, "entry 6 (line 6) is not whole"},
		{"append", func(f files) { f["trail.jsonl"] = append(bytes.Clone(f["trail.jsonl"]), "{}\n"...) }, "entry 7 (line 7) was added after the trail was closed"},
		{"another trail", func(f files) { f["trail.jsonl"] = closedTrail(t, 6)["trail.jsonl"] }, "entry 1 (line 1) was changed"},
		{"no head", func(f files) { f["head"] = []byte{} }, "the head of the trail is missing or was changed"},
		{"no key", func(f files) { f["key"] = []byte{} }, "the key of the trail is missing or damaged"},
	} {
		dir := t.TempDir()
		damaged := files{}
		for name, content := range original {
			damaged[name] = bytes.Clone(content)
		}
		c.edit(damaged)
		damaged.save(t, dir)
		report := verify(t, dir)
		if report.Broken == nil || report.Broken.String() != c.want {
			t.Errorf("%s: got %v, want %s", c.name, report.Broken, c.want)
		}
		if _, err := audit.Open(dir, audit.Options{}); !errors.Is(err, desk.ErrConflict) {
			t.Errorf("%s: opened: %v", c.name, err)
		}
		if again := load(t, dir); !maps.EqualFunc(again, damaged, bytes.Equal) {
			t.Errorf("%s: opening changed the evidence", c.name)
		}
	}
}

// A trail whose head and trail were put back to an earlier day is whole; the head kept elsewhere tells.
func TestAnEarlierDayIsAnEarlierHead(t *testing.T) {
	dir := t.TempDir()
	trail := open(t, dir)
	add(t, trail, acts(2)...)
	yesterday, kept := load(t, dir), verify(t, dir).Head
	add(t, trail, acts(2)...)
	today := verify(t, dir).Head
	if today.Seq != 4 || kept.Seq != 2 || today.Hash == kept.Hash {
		t.Fatalf("heads %+v and %+v", kept, today)
	}
	back := t.TempDir()
	yesterday.save(t, back)
	if report := verify(t, back); report.Broken != nil || report.Head.Hash != kept.Hash {
		t.Errorf("%+v", report)
	}
}

func FuzzVerify(f *testing.F) {
	original := closedTrail(f, 3)
	sound := original["trail.jsonl"]
	f.Add(sound)
	f.Add(sound[:len(sound)-1])
	f.Add([]byte("{}\n"))
	f.Add([]byte{})
	f.Add(slices.Concat(sound, sound))
	f.Add(bytes.ToUpper(sound))
	dir := f.TempDir()
	original.save(f, dir)
	f.Fuzz(func(t *testing.T, trail []byte) {
		files{"trail.jsonl": trail}.save(t, dir)
		report := verify(t, dir)
		if whole := bytes.Equal(trail, sound); whole != (report.Broken == nil) {
			t.Errorf("%q: %+v", trail, report)
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	for _, callers := range []int{1, 64} {
		b.Run(fmt.Sprint(callers), func(b *testing.B) {
			trail := open(b, b.TempDir())
			b.SetParallelism(callers)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := trail.Append(context.Background(), audit.Entry{Actor: "lin", Action: "reveal"}); err != nil {
						b.Error(err)
					}
				}
			})
		})
	}
}

// BenchmarkRead reads the latest page of a trail, a short one and one a hundred times as long.
func BenchmarkRead(b *testing.B) {
	for _, entries := range []int{200, 20_000} {
		b.Run(fmt.Sprint(entries), func(b *testing.B) {
			trail := open(b, b.TempDir())
			var wg sync.WaitGroup
			for range 200 {
				wg.Go(func() {
					for range entries / 200 {
						if err := trail.Append(b.Context(), audit.Entry{Actor: "lin", Action: "reveal"}); err != nil {
							b.Error(err)
						}
					}
				})
			}
			wg.Wait()
			for b.Loop() {
				if page, err := trail.Read(b.Context(), audit.Filter{Limit: 100}); err != nil || len(page) != 100 {
					b.Fatal(len(page), err)
				}
			}
		})
	}
}
