package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/demo"
	"keliu/edge/widget"
	"keliu/edge/wire"
	"keliu/streams/desk"
)

// pages serves what people open in a browser.
func (e *Edge) pages() error {
	page := func(path string, serve wire.Serve) {
		e.server.GET(path, e.figures.timed(path), wire.Handler(e.log, serve))
		e.server.HEAD(path, wire.Handler(e.log, serve))
	}
	if err := e.console(page); err != nil {
		return fmt.Errorf("console: %w", err)
	}
	serveScript, err := script()
	if err != nil {
		return fmt.Errorf("widget: %w", err)
	}
	page("/widget.js", serveScript)
	if !e.House.Config.Demo {
		return nil
	}
	page("/demo", func(_ context.Context, c *app.RequestContext) error { return html(c, demo.Shop()) })
	page("/demo/:name", func(ctx context.Context, c *app.RequestContext) error {
		if name := c.Param("name"); name != "members" {
			return style(c, name)
		}
		return e.demoMembers(ctx, c)
	})
	e.server.POST("/demo/login", wire.Handler(e.log, e.demoLogin))
	e.server.POST("/demo/logout", wire.Handler(e.log, func(_ context.Context, c *app.RequestContext) error {
		c.SetStatusCode(http.StatusNoContent) // the page forgets the token itself
		return nil
	}))
	return nil
}

// pagePolicy lets a page load what the house serves, and nothing else.
const pagePolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"

func html(c *app.RequestContext, body []byte) error {
	c.Response.Header.Set("Content-Security-Policy", pagePolicy)
	c.Response.Header.Set("Cache-Control", "no-cache")
	c.Data(http.StatusOK, "text/html; charset=utf-8", body)
	return nil
}

func style(c *app.RequestContext, name string) error {
	body, mediaType, ok := demo.Asset(name)
	if !ok {
		return desk.ErrNotFound
	}
	c.Response.Header.Set("Cache-Control", "no-cache")
	c.Data(http.StatusOK, mediaType, body)
	return nil
}

// A form is one way to send a file.
type form struct {
	body []byte
	tag  string
}

// script serves the widget to any site, packed to whoever takes that. Without a front end built the page says how to build
// it.
func script() (wire.Serve, error) {
	var plain, packed form
	var err error
	if plain.body, plain.tag, err = widget.Script(); errors.Is(err, widget.ErrNotBuilt) {
		advice := widget.Advice()
		return func(_ context.Context, c *app.RequestContext) error {
			anySite(c)
			c.Data(http.StatusOK, javascript, advice)
			return nil
		}, nil
	}
	if err != nil {
		return nil, err
	}
	if packed.body, packed.tag, err = widget.Packed(); err != nil {
		return nil, err
	}
	return func(_ context.Context, c *app.RequestContext) error {
		anySite(c)
		sent := plain
		if takesGzip(string(c.Request.Header.Peek("Accept-Encoding"))) {
			sent = packed
		}
		c.Response.Header.Set("Vary", "Accept-Encoding")
		c.Response.Header.Set("ETag", sent.tag)
		c.Response.Header.Set("Cache-Control", "public, max-age=300")
		if string(c.Request.Header.Peek("If-None-Match")) == sent.tag {
			c.SetStatusCode(http.StatusNotModified)
			return nil
		}
		if sent.tag == packed.tag {
			c.Response.Header.Set("Content-Encoding", "gzip")
		}
		c.Data(http.StatusOK, javascript, sent.body)
		return nil
	}, nil
}

// takesGzip reads an Accept-Encoding header: "gzip" and "*" take it, unless their q-value is zero.
func takesGzip(header string) bool {
	any := false
	for entry := range strings.SplitSeq(header, ",") {
		coding, params, _ := strings.Cut(entry, ";")
		name, weight, _ := strings.Cut(strings.TrimSpace(params), "=")
		q, err := strconv.ParseFloat(strings.TrimSpace(weight), 64)
		wanted := !strings.EqualFold(strings.TrimSpace(name), "q") || err == nil && q > 0
		switch strings.ToLower(strings.TrimSpace(coding)) {
		case "gzip":
			return wanted
		case "*":
			any = wanted
		}
	}
	return any
}

const javascript = "text/javascript; charset=utf-8"

func anySite(c *app.RequestContext) {
	c.Response.Header.Set("Access-Control-Allow-Origin", "*")
	c.Response.Header.Set("Cross-Origin-Resource-Policy", "cross-origin")
}
