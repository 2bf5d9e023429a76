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

// console serves the staff's web app: its files, and one document for all its pages. The app knows its addresses itself, so
// that whatever a browser opens and nobody else serves is answered with the document.
func (e *Edge) console(page func(path string, serve wire.Serve)) error {
	staff, err := console.Open(e.House.Config.Demo)
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
	page("/", document)
	page("/assets/:name", func(_ context.Context, c *app.RequestContext) error {
		asset, ok := staff.Asset(c.Param("name"))
		if !ok {
			return desk.ErrNotFound
		}
		return file(c, c.Param("name"), asset)
	})
	e.server.NoRoute(wire.Handler(e.log, func(ctx context.Context, c *app.RequestContext) error {
		if !opensPage(c) {
			return unknown(string(c.Path()))
		}
		return document(ctx, c)
	}))
	return nil
}

// file answers with a file of the app, packed for whoever takes that. Its name stands for its content.
func file(c *app.RequestContext, name string, asset console.Asset) error {
	header := &c.Response.Header
	body, tag := asset.Body, `"`+name+`"`
	packed := takesGzip(string(c.Request.Header.Peek("Accept-Encoding")))
	if packed {
		body, tag = asset.Packed, `"`+name+`.gz"`
	}
	header.Set("Cache-Control", "public, max-age=31536000, immutable")
	header.Set("Vary", "Accept-Encoding")
	header.Set("ETag", tag)
	if string(c.Request.Header.Peek("If-None-Match")) == tag {
		c.SetStatusCode(http.StatusNotModified)
		return nil
	}
	if packed {
		header.Set("Content-Encoding", "gzip")
	}
	c.Data(http.StatusOK, asset.Type, body)
	return nil
}

// opensPage reports whether a browser opens an address to show it. What programs ask for is no page.
func opensPage(c *app.RequestContext) bool {
	method, path := string(c.Method()), string(c.Path())
	if method != http.MethodGet && method != http.MethodHead {
		return false
	}
	for _, floor := range []string{"/api/", "/hooks/", "/assets/", "/demo/"} {
		if strings.HasPrefix(path, floor) {
			return false
		}
	}
	return strings.Contains(string(c.Request.Header.Peek("Accept")), "text/html")
}

// consolePolicy lets the app load what the house serves. Its components write style sheets as they appear: those carry the
// page's nonce. Charts show values in boxes that they style with attributes, which carry none.
const consolePolicy = "default-src 'none'; script-src 'self' 'nonce-NONCE'; style-src 'self' 'nonce-NONCE'; style-src-attr 'unsafe-inline'; " +
	"connect-src 'self'; img-src 'self' data: blob:; font-src 'self'; frame-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'"
