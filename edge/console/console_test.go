package console

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"io"
	"strings"
	"testing"
	"testing/fstest"
)

func built() fstest.MapFS {
	return fstest.MapFS{
		"dist/index.html":         {Data: []byte(`<script nonce="__NONCE__" src="/assets/a-1.js"></script>`)},
		"dist/assets/a-1.js":      {Data: []byte(strings.Repeat("let a = 1;\n", 100))},
		"dist/assets/secret/x":    {Data: []byte("x")},
		"dist/manifest.json":      {Data: []byte("{}")},
		"dist/assets/style-2.css": {Data: []byte("a{}")},
	}
}

func TestEveryPageHasItsOwnNonce(t *testing.T) {
	a, err := open(built(), true)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(a.Document("abc")); got != `<script nonce="abc" src="/assets/a-1.js"></script>` {
		t.Errorf("%s", got)
	}
	if got := string(a.Document("def")); !strings.Contains(got, "def") || strings.Contains(got, "abc") {
		t.Errorf("%s", got)
	}
}

func TestTheLoginPageKnowsOfTheDemo(t *testing.T) {
	from := fstest.MapFS{"dist/index.html": {Data: []byte(`<meta content="__DEMO__">`)}}
	for _, demo := range []bool{true, false} {
		a, err := open(from, demo)
		if err != nil {
			t.Fatal(err)
		}
		if got, want := string(a.Document("n")), fmt.Sprintf(`<meta content="%v">`, demo); got != want {
			t.Errorf("%s, want %s", got, want)
		}
	}
}

func TestAssets(t *testing.T) {
	a, err := open(built(), true)
	if err != nil {
		t.Fatal(err)
	}
	script, ok := a.Asset("a-1.js")
	if !ok || !strings.Contains(script.Type, "javascript") || len(script.Packed) >= len(script.Body) {
		t.Errorf("%v %+v", ok, script)
	}
	r, err := gzip.NewReader(bytes.NewReader(script.Packed))
	if err != nil {
		t.Fatal(err)
	}
	if body, err := io.ReadAll(r); err != nil || !bytes.Equal(body, script.Body) {
		t.Errorf("unpacked %q: %v", body, err)
	}
	for _, name := range []string{"", ".", "..", "../index.html", "secret/x", "missing.js", "/a-1.js", "a-1.js\x00"} {
		if _, ok := a.Asset(name); ok {
			t.Errorf("%q is an asset", name)
		}
	}
}

func TestWithoutABuildThePageSaysHow(t *testing.T) {
	a, err := open(fstest.MapFS{}, false)
	if err != nil {
		t.Fatal(err)
	}
	if got := string(a.Document("n")); !strings.Contains(got, "npm ci") {
		t.Errorf("%s", got)
	}
}
