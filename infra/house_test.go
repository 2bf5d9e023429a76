// Package infra_test keeps the house in order: the rules of its architecture, executed.
package infra_test

import (
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"keliu/functions/catalog"
)

const module = "keliu"

// floors orders the folders from the ground up. A package imports its own floor and those below.
var floors = []string{"streams", "policies", "functions", "edge", "infra"}

// doors names the folders that may import each outside technology: to replace one, one room is emptied.
var doors = map[string][]string{
	"github.com/cloudwego/hertz":               {"edge", "infra/load"}, // the load report measures against a bare Hertz
	"github.com/apache/pulsar-client-go":       {"streams/pulsar"},
	"github.com/influxdata/influxdb-client-go": {"streams/meter"},
	"github.com/open-policy-agent/opa":         {"policies"},
	"github.com/aws":                           {"functions/lambda", "infra/bootstrap"},
	"modernc.org/sqlite":                       {"functions/store", "streams/meter"},
	"github.com/jackc/pgx":                     {"functions/store"},
	"github.com/pressly/goose":                 {"functions/store"},
	"github.com/prometheus/client_golang":      {"edge/gateway"},
	"github.com/klippa-app/go-pdfium":          {"functions/knowledge"},
	"github.com/xuri/excelize":                 {"functions/knowledge"},
}

// conductors may import peers that others of their floor may not: dialog takes conversations further, outreach takes leads
// further, catalog assembles.
var conductors = []string{"functions/dialog", "functions/outreach", "functions/catalog"}

// A pkg is a package as go list tells it.
type pkg struct {
	ImportPath   string
	Dir          string
	Name         string
	GoFiles      []string
	Imports      []string
	TestImports  []string
	XTestImports []string
}

// at is where the package stands, from the module's root.
func (p pkg) at() string { return strings.TrimPrefix(strings.TrimPrefix(p.ImportPath, module), "/") }

func packages(t *testing.T) []pkg {
	t.Helper()
	list := exec.Command("go", "list", "-json=ImportPath,Dir,Name,GoFiles,Imports,TestImports,XTestImports", module+"/...")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		t.Fatal(err)
	}
	var all []pkg
	for d := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p pkg
		if err := d.Decode(&p); errors.Is(err, io.EOF) {
			return all
		} else if err != nil {
			t.Fatal(err)
		}
		all = append(all, p)
	}
}

func floor(at string) int { return slices.Index(floors, strings.Split(at, "/")[0]) }

func inside(at, folder string) bool { return at == folder || strings.HasPrefix(at, folder+"/") }

// ours returns where an import stands in the house, or "".
func ours(imp string) string {
	at, _ := strings.CutPrefix(imp, module+"/")
	if at == imp {
		return ""
	}
	return at
}

func TestImportsPointDownTheFloors(t *testing.T) {
	for _, p := range packages(t) {
		if floor(p.at()) < 0 {
			t.Errorf("%s stands on no floor", p.ImportPath)
		}
		for _, imp := range slices.Concat(p.Imports, p.TestImports, p.XTestImports) {
			if at := ours(imp); at != "" && floor(at) > floor(p.at()) && !played(p, at) {
				t.Errorf("%s imports %s, which lives above it", p.at(), at)
			}
		}
	}
}

// played reports whether an import is a simulator that the program itself plays to its users: make run shows a whole desk, with
// platforms on which people comment and write, and stays one process. Only the main package may, so that nothing but the demo
// depends on it.
func played(p pkg, imp string) bool {
	return p.at() == "edge" && p.Name == "main" && inside(imp, "infra/simulators")
}

// A simulator shows what the product does with a network only when it shares no code with the product.
func TestSimulatorsStandAlone(t *testing.T) {
	for _, p := range packages(t) {
		if !inside(p.at(), "infra/simulators") {
			continue
		}
		for _, imp := range p.Imports {
			if at := ours(imp); at != "" && at != "streams/desk" && !inside(at, "infra/simulators") {
				t.Errorf("%s imports %s; a simulator imports at most the vocabulary", p.at(), at)
			}
		}
	}
}

func TestEachTechnologyHasOneDoor(t *testing.T) {
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			for technology, rooms := range doors {
				if inside(imp, technology) && !slices.ContainsFunc(rooms, func(room string) bool { return inside(p.at(), room) }) {
					t.Errorf("%s imports %s; only %v may", p.at(), imp, rooms)
				}
			}
		}
	}
}

func leaf(at string) bool {
	parts := strings.Split(at, "/")
	return len(parts) >= 3 && parts[0] == "functions" && (parts[1] == "intents" || parts[1] == "channels")
}

func leafName(at string) string { return strings.Join(strings.Split(at, "/")[:3], "/") }

func TestLeavesDoNotKnowEachOther(t *testing.T) {
	for _, p := range packages(t) {
		for _, imp := range p.Imports {
			at := ours(imp)
			if at == "" || !leaf(at) {
				continue
			}
			alone := p.at() == "infra/bootstrap/"+strings.TrimPrefix(leafName(at), "functions/") // the leaf as a program of its own
			if inside(p.at(), "functions/catalog") || alone || leaf(p.at()) && leafName(at) == leafName(p.at()) {
				continue
			}
			t.Errorf("%s imports the leaf %s; only the catalog and its own bootstrap may", p.at(), at)
		}
	}
}

// pieces are the packages of functions/ that are there to be imported by their peers: the seam, and what leaves share.
var pieces = []string{"functions", "functions/session", "functions/business", "functions/business/counter", "functions/functiontest", "functions/outreach/quota"}

func TestOnlyConductorsImportPeers(t *testing.T) {
	room := func(at string) string {
		return strings.Join(strings.Split(at, "/")[:min(2, strings.Count(at, "/")+1)], "/")
	}
	for _, p := range packages(t) {
		if floor(p.at()) != floor("functions") || slices.ContainsFunc(conductors, func(c string) bool { return inside(p.at(), c) }) {
			continue
		}
		for _, imp := range p.Imports {
			at := ours(imp)
			if at == "" || floor(at) != floor("functions") || slices.Contains(pieces, at) || room(at) == room(p.at()) {
				continue
			}
			t.Errorf("%s imports its peer %s; only %v may", p.at(), at, conductors)
		}
	}
}

func TestTheTopLevelHoldsNothingElse(t *testing.T) {
	want := []string{"LICENSE", "Makefile", "README.md", "edge", "functions", "go.mod", "go.sum", "infra", "policies", "serverless.yml", "streams"}
	out, err := exec.Command("git", "-C", "..", "ls-files", "--cached", "--others", "--exclude-standard").Output()
	if err != nil {
		t.Skip("not a git checkout") // an exported tree has no list of its files
	}
	seen := map[string]bool{}
	for name := range strings.Lines(string(out)) {
		top, _, _ := strings.Cut(strings.TrimSpace(name), "/")
		if !strings.HasPrefix(top, ".") {
			seen[top] = true
		}
	}
	got := []string{}
	for name := range seen {
		got = append(got, name)
	}
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestForbiddenNames(t *testing.T) {
	forbidden := []string{"util", "utils", "common", "helper", "helpers", "misc", "shared", "base", "model", "manager", "service", "impl", "types"}
	for _, p := range packages(t) {
		// models is the word of the trade for what the room schedules.
		if slices.Contains(forbidden, p.Name) || slices.Contains(forbidden, path.Base(p.at())) {
			t.Errorf("%s has a name that says nothing", p.at())
		}
	}
}

func TestFoldersAreTheCatalogAndTheCloud(t *testing.T) {
	cloud, err := os.ReadFile("../serverless.yml")
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []string{"channels", "intents"} {
		entries, err := os.ReadDir(filepath.Join("../functions", kind))
		if err != nil {
			t.Fatal(err)
		}
		var folders []string
		for _, e := range entries {
			folders = append(folders, e.Name())
		}
		if diff := cmp.Diff(folders, catalog.Names(kind)); diff != "" {
			t.Errorf("functions/%s and its catalog differ (folders -, catalog +):\n%s", kind, diff)
		}
		for _, name := range folders {
			if !strings.Contains(string(cloud), "handler: "+kind+"/"+name+"\n") {
				t.Errorf("serverless.yml does not name %s/%s; run make generate", kind, name)
			}
		}
		if n := strings.Count(string(cloud), "handler: "+kind+"/"); n != len(folders) {
			t.Errorf("serverless.yml names %d %s, there are %d; run make generate", n, kind, len(folders))
		}
	}
}

func TestEnvExampleIsTheConfig(t *testing.T) {
	file, err := os.ReadFile("../.env.example")
	if err != nil {
		t.Fatal(err)
	}
	want := "# Every setting of Keliu with its default. An empty value takes the default.\n\n"
	for _, s := range catalog.Settings() {
		want += "# " + s.Meaning + "\n" + s.Name + "=" + s.Default + "\n"
	}
	if diff := cmp.Diff(want, string(file)); diff != "" {
		t.Errorf("catalog -, .env.example +:\n%s", diff)
	}
}

func TestEveryLeafIsWhole(t *testing.T) {
	for _, name := range catalog.Names("intents") {
		dir := filepath.Join("../functions/intents", name)
		if _, err := os.Stat(filepath.Join(dir, "examples.txt")); err != nil {
			t.Error(err)
		}
		dialogues, err := filepath.Glob(filepath.Join(dir, "testdata", "*.txt"))
		if err != nil || len(dialogues) < 3 {
			t.Errorf("intents/%s has %d dialogues (%v), want at least 3", name, len(dialogues), err)
		}
	}
	for _, name := range catalog.Names("channels") {
		tests, err := filepath.Glob(filepath.Join("../functions/channels", name, "*_test.go"))
		if err != nil {
			t.Fatal(err)
		}
		fuzzed := slices.ContainsFunc(tests, func(file string) bool {
			body, err := os.ReadFile(file)
			return err == nil && strings.Contains(string(body), "func Fuzz")
		})
		if !fuzzed {
			t.Errorf("channels/%s has no fuzz test", name)
		}
	}
}

func TestModuleReplacesNothing(t *testing.T) {
	mod, err := os.ReadFile("../go.mod")
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(mod)) {
		if strings.HasPrefix(strings.TrimSpace(line), "replace") {
			t.Error(line)
		}
	}
}
