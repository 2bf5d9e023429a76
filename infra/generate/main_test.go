package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"keliu/infra/bootstrap"
)

// What lies in the tree is what the catalog gives: nobody forgot make generate, and nobody edited what it writes.
func TestTheTreeIsWhatTheCatalogGives(t *testing.T) {
	all, err := files()
	if err != nil {
		t.Fatal(err)
	}
	for name, want := range all {
		got, err := os.ReadFile(filepath.Join("../..", name))
		if err != nil {
			t.Error(err)
		} else if diff := cmp.Diff(string(want), string(got)); diff != "" {
			t.Errorf("%s; run make generate (catalog -, tree +):\n%s", name, diff)
		}
	}
	for _, kind := range bootstrap.Kinds() {
		err := filepath.WalkDir(filepath.Join("../bootstrap", kind), func(path string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() {
				return err
			}
			if _, known := all["infra/"+strings.TrimPrefix(filepath.ToSlash(path), "../")]; !known {
				t.Errorf("%s is of no channel or intent", path)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	}
}

func TestWriteTakesAwayWhatIsNoMore(t *testing.T) {
	root := t.TempDir()
	old := filepath.Join(root, "infra/bootstrap/intents/gone/main.go")
	if err := os.MkdirAll(filepath.Dir(old), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(old, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := write(root); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(old); err == nil {
		t.Error("the program of an intent that is gone is still there")
	}
	if _, err := os.Stat(filepath.Join(root, "infra/bootstrap/intents/refund/main.go")); err != nil {
		t.Error(err)
	}
}

// A leaf that cannot run far from the house is named with its field.
func TestWhatCannotTravelIsNamed(t *testing.T) {
	for want, leaf := range map[string]any{
		"the field Books is a map":       struct{ Books map[string]int }{},
		"the field Way is a *struct":     struct{ Way *struct{ Open bool } }{},
		"the field In.Do is a func":      struct{ In struct{ Do func() } }{},
		"Clock.Tick cannot be asked for": struct{ Clock interface{ Tick() time.Time } }{},
		"Shop.Say cannot be asked for": struct {
			Shop interface{ Say(...string) error }
		}{},
		"Rules.Decide cannot be asked for": struct {
			Rules interface {
				Decide() (a, b, c int, err error)
			}
		}{},
		"intents/odd: int is no struct": 1,
	} {
		if _, err := program("intents/odd", leaf); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v, want %q", err, want)
		}
	}
}
