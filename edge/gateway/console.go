package gateway

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/console"
	"keliu/edge/wire"
	"keliu/streams/desk"
)

// console serves the staff's web app: one document for all its pages, and its files.
func (e *Edge) console(page func(path string, serve wire.Serve)) error {
	staff, err := console.Open()
	if err != nil {
		return err
	}
	document := func(_ context.Context, c *app.RequestContext) error {
		nonce := rand.Text()
		header := &c.Response.Header
		header.Set("Content-Security-Policy", strings.ReplaceAll(consolePolicy, "NONCE", nonce))
		header.Set("Cache-Control", "no-store") // the nonce is good once
		c.Data(http.StatusOK, "text/html; charset=utf-8", staff.Document(nonce))
		return nil
	}
	for _, path := range console.Pages() {
		page(path, document)
		if path != "/" {
			page(path+"/*page", document)
		}
	}
	page("/assets/:name", func(_ context.Context, c *app.RequestContext) error {
		asset, ok := staff.Asset(c.Param("name"))
		if !ok {
			return desk.ErrNotFound
		}
		header := &c.Response.Header
		header.Set("Cache-Control", "public, max-age=31536000, immutable")
		header.Set("Vary", "Accept-Encoding")
		body := asset.Body
		if takesGzip(string(c.Request.Header.Peek("Accept-Encoding"))) {
			header.Set("Content-Encoding", "gzip")
			body = asset.Packed
		}
		c.Data(http.StatusOK, asset.Type, body)
		return nil
	})
	return nil
}

// consolePolicy lets the app load what the house serves. Its components write style sheets as they appear: those carry the
// page's nonce.
const consolePolicy = "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'self' 'nonce-NONCE'; connect-src 'self'; " +
	"img-src 'self' data: blob:; font-src 'self'; worker-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
