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
	"strconv"
	"strings"
	"sync"
)

//go:embed all:dist
var dist embed.FS

// ErrNotBuilt says that the app was not there when the binary was compiled, and how to get it.
var ErrNotBuilt = errors.New("the console is not built: run `npm ci && npm run build` in edge/console, then build the binary again")

// What stands in the page where its nonce goes, and whether the house runs with demo data.
const (
	nonceHere = "__NONCE__"
	demoHere  = "__DEMO__"
)

// advice takes the app's place until it is built.
const advice = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Keliu 客流</title>
<h1>Keliu 客流</h1>
<p lang="zh">控制台还没有构建：在 edge/console 里运行 <code>npm ci &amp;&amp; npm run build</code>，再重新编译；或者直接 <code>make run</code>。</p>
<p role="alert">%s</p>
<p><a href="/demo">/demo</a> <a href="/openapi.json">/openapi.json</a></p>
</html>
`

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

// Open opens the embedded app, or the advice how to build it when there is none. With demo its login page shows the way into
// the demo.
func Open(demo bool) (*App, error) { return open(dist, demo) }

func open(from fs.FS, demo bool) (*App, error) {
	document, err := fs.ReadFile(from, "dist/index.html")
	if errors.Is(err, fs.ErrNotExist) {
		document, err = fmt.Appendf(nil, advice, html.EscapeString(ErrNotBuilt.Error())), nil
	}
	if err != nil {
		return nil, err
	}
	document = bytes.ReplaceAll(document, []byte(demoHere), strconv.AppendBool(nil, demo))
	return &App{from: from, document: document, assets: map[string]Asset{}}, nil
}

// Document is the page of the app, whose scripts and styles carry a nonce.
func (a *App) Document(nonce string) []byte {
	return bytes.ReplaceAll(a.document, []byte(nonceHere), []byte(nonce))
}

// Asset returns a file by its name under /assets. It is packed once.
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
	packed, err := pack(body)
	if err != nil {
		return Asset{}, false
	}
	asset := Asset{Body: body, Packed: packed, Type: mime.TypeByExtension(path.Ext(name))}
	a.assets[name] = asset
	return asset, true
}

func pack(body []byte) ([]byte, error) {
	var out bytes.Buffer
	w, err := gzip.NewWriterLevel(&out, gzip.BestCompression)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
