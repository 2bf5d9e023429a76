package widget

import (
	"bytes"
	"compress/gzip"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

// budget is what the script may weigh on the wire, in bytes.
const budget = 20_000

func TestScriptSaysHowToBuildIt(t *testing.T) {
	_, _, err := load(fstest.MapFS{"dist/.keep": {}})
	if !errors.Is(err, ErrNotBuilt) {
		t.Errorf("without a build: got %v, want %v", err, ErrNotBuilt)
	}
}

func TestTagFollowsTheScript(t *testing.T) {
	tagOf := func(script string) string {
		t.Helper()
		got, tag, err := load(fstest.MapFS{"dist/widget.js": {Data: []byte(script)}})
		if err != nil {
			t.Fatal(err)
		}
		if string(got) != script {
			t.Errorf("got script %q, want %q", got, script)
		}
		return tag
	}
	one, again, other := tagOf("one"), tagOf("one"), tagOf("other")
	if one != again {
		t.Errorf("the same script has the tags %s and %s", one, again)
	}
	if one == other {
		t.Errorf("two scripts share the tag %s", one)
	}
	if len(one) < 3 || one[0] != '"' || one[len(one)-1] != '"' {
		t.Errorf("%s is no strong ETag", one)
	}
}

func TestPackedIsTheScript(t *testing.T) {
	want := strings.Repeat("the script;", 100)
	packed, tag, err := pack(fstest.MapFS{"dist/widget.js": {Data: []byte(want)}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	got, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	if string(got) != want {
		t.Errorf("unpacked to %q", got)
	}
	_, plain, err := load(fstest.MapFS{"dist/widget.js": {Data: []byte(want)}})
	if err != nil {
		t.Fatal(err)
	}
	if tag == plain {
		t.Error("both forms have one strong ETag")
	}
}

func TestScriptStaysInItsBudget(t *testing.T) {
	packed, _, err := Packed()
	if errors.Is(err, ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	if len(packed) >= budget {
		t.Errorf("the script weighs %d bytes gzipped, its budget is %d", len(packed), budget)
	}
	t.Logf("%d bytes gzipped", len(packed))
}

func TestAdviceNamesTheCommand(t *testing.T) {
	if !strings.Contains(string(Advice()), "npm ci && npm run build") {
		t.Errorf("%s", Advice())
	}
}
