package gateway

import (
	"log/slog"
	"net/http"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"

	"keliu/functions/catalog"
)

// pageRoutes are what people open in a browser and what plays the demo shop: no part of the API.
var pageRoutes = map[string]bool{
	"GET /": true, "GET /widget.js": true, "GET /assets/{name}": true, "GET /demo": true, "GET /demo/{name}": true, "POST /demo/login": true, "POST /demo/logout": true,
}

// The document is valid and true to the server: what it names is served, and what is served is in it.
func TestDocumentIsTrueToTheRoutes(t *testing.T) {
	environment := map[string]string{"KELIU_LISTEN": "127.0.0.1:0", "KELIU_DATA": t.TempDir(), "KELIU_DEMO": "true"}
	config, err := catalog.FromEnv(func(name string) (string, bool) { v, ok := environment[name]; return v, ok })
	if err != nil {
		t.Fatal(err)
	}
	e, err := Open(t.Context(), config, "test", slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := e.hub.Close(); err != nil {
			t.Error(err)
		}
		if err := e.House.Close(); err != nil {
			t.Error(err)
		}
	})
	doc, err := openapi3.NewLoader().LoadFromData(e.document)
	if err != nil {
		t.Fatal(err)
	}
	if err := doc.Validate(t.Context()); err != nil {
		t.Errorf("the document is not valid: %v", err)
	}
	served := map[string]bool{}
	for _, r := range e.server.Routes() {
		if r.Method == http.MethodHead {
			continue // goes with GET
		}
		parts := strings.Split(r.Path, "/")
		for i, p := range parts {
			if strings.HasPrefix(p, ":") {
				parts[i] = "{" + p[1:] + "}"
			}
		}
		served[r.Method+" "+strings.Join(parts, "/")] = true
	}
	if len(served) < 40 {
		t.Fatalf("only %d calls are served", len(served))
	}
	named := map[string]bool{}
	ids := map[string]string{}
	for path, item := range doc.Paths.Map() {
		for method, op := range item.Operations() {
			call := method + " " + path
			named[call] = true
			if other := ids[op.OperationID]; other != "" || op.Summary == "" || len(op.Tags) != 1 {
				t.Errorf("%s: %+v (like %s)", call, op, other)
			}
			ids[op.OperationID] = call
			if !served[call] {
				t.Errorf("%s is in the document and not served", call)
			}
		}
	}
	for call := range served {
		if !named[call] && !pageRoutes[call] {
			t.Errorf("%s is served and not in the document", call)
		}
	}
}
