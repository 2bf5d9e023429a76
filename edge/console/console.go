// Package console carries the staff's web app. Its sources are the TypeScript beside this file; `npm ci && npm run build` here
// makes what the binary then embeds.
package console

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"html"
	"io/fs"
	"mime"
	"path"
	"strings"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that the app was not there when the binary was compiled, and how to get it.
var ErrNotBuilt = errors.New("the console is not built: run `npm ci && npm run build` in edge/console, then build the binary again")

// placeholder stands in the page where its nonce goes.
const placeholder = "__NONCE__"

// pages are the addresses of the app; they and those below them answer with the same document.
var pages = []string{"/", "/login", "/inbox", "/cockpit", "/marketing", "/policies", "/audit", "/knowledge", "/people", "/channels", "/settings"}

// Pages lists the addresses of the app's pages; the app has pages below them, too.
func Pages() []string { return append([]string(nil), pages...) }

// An App is the built app. It is safe for concurrent use.
type App struct {
	from     fs.FS
	document []byte

	mu     sync.Mutex
	assets map[string]Asset
}

// An Asset is a file of the app. Its name changes with its content, so that it may be kept for ever.
type Asset struct {
	Body, Packed []byte // as it is, and gzipped
	Type         string // its media type
}

// Open opens the embedded app, or the advice how to build it when there is none.
func Open() (*App, error) { return open(dist) }

func open(from fs.FS) (*App, error) {
	document, err := fs.ReadFile(from, "dist/index.html")
	if errors.Is(err, fs.ErrNotExist) {
		document, err = fmt.Appendf(nil, `<!doctype html><meta charset="utf-8"><title>Keliu</title><p role="alert">%s</p><p><a href="/demo">demo</a> <a href="/openapi.json">API</a></p>`,
			html.EscapeString(ErrNotBuilt.Error())), nil
	}
	if err != nil {
		return nil, err
	}
	return &App{from: from, document: document, assets: map[string]Asset{}}, nil
}

// Document is the page of the app, whose scripts and styles carry a nonce.
func (a *App) Document(nonce string) []byte {
	return bytes.ReplaceAll(a.document, []byte(placeholder), []byte(nonce))
}

// Asset returns a file by its name under /assets.
func (a *App) Asset(name string) (Asset, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if asset, ok := a.assets[name]; ok {
		return asset, true
	}
	if !fs.ValidPath(name) || strings.Contains(name, "/") {
		return Asset{}, false
	}
	body, err := fs.ReadFile(a.from, "dist/assets/"+name)
	if err != nil {
		return Asset{}, false
	}
	asset := Asset{Body: body, Packed: pack(body), Type: mime.TypeByExtension(path.Ext(name))}
	a.assets[name] = asset
	return asset, true
}

// pack gzips; writing to memory does not fail.
func pack(body []byte) []byte {
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := w.Write(body); err != nil {
		return nil
	}
	if err := w.Close(); err != nil {
		return nil
	}
	return out.Bytes()
}
