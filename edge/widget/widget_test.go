package widget

import (
	"bytes"
	"compress/gzip"
	"errors"
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

func TestScriptStaysInItsBudget(t *testing.T) {
	script, _, err := Script()
	if errors.Is(err, ErrNotBuilt) {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	var packed bytes.Buffer
	pack := gzip.NewWriter(&packed)
	if _, err := pack.Write(script); err != nil {
		t.Fatal(err)
	}
	if err := pack.Close(); err != nil {
		t.Fatal(err)
	}
	if packed.Len() >= budget {
		t.Errorf("the script weighs %d bytes gzipped, its budget is %d", packed.Len(), budget)
	}
}
