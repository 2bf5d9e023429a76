package gateway

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/demo"
	"keliu/edge/widget"
	"keliu/edge/wire"
	"keliu/functions/session"
	"keliu/streams/desk"
)

// pages serves what people open in a browser, and the document of the API.
func (e *Edge) pages(version string) error {
	document, err := wire.OpenAPI("Keliu 客流", version, e.routes)
	if err != nil {
		return fmt.Errorf("openapi: %w", err)
	}
	page := func(path string, serve wire.Serve) {
		e.server.GET(path, e.figures.timed(path), wire.Handler(e.log, serve))
	}
	page("/openapi.json", func(_ context.Context, c *app.RequestContext) error {
		c.Data(http.StatusOK, "application/json; charset=utf-8", document)
		return nil
	})
	page("/", func(_ context.Context, c *app.RequestContext) error { return html(c, demo.Home()) })
	page("/widget.js", script)
	if !e.House.Config.Demo {
		asset := func(_ context.Context, c *app.RequestContext) error { return style(c, c.Param("name")) }
		page("/demo/:name", asset) // the home page's style
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

// policy lets a page load what the house serves, and nothing else.
const policy = "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; connect-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'self'"

func html(c *app.RequestContext, body []byte) error {
	c.Response.Header.Set("Content-Security-Policy", policy)
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

// script serves the widget to any site. Without a front end built it says, in the browser's console, how to build it.
func script(_ context.Context, c *app.RequestContext) error {
	c.Response.Header.Set("Access-Control-Allow-Origin", "*")
	c.Response.Header.Set("Cross-Origin-Resource-Policy", "cross-origin")
	body, tag, err := widget.Script()
	if errors.Is(err, widget.ErrNotBuilt) {
		c.Data(http.StatusOK, "text/javascript; charset=utf-8", fmt.Appendf(nil, "console.error(%q);", err.Error()))
		return nil
	}
	if err != nil {
		return err
	}
	c.Response.Header.Set("ETag", tag)
	c.Response.Header.Set("Cache-Control", "public, max-age=300")
	if string(c.Request.Header.Peek("If-None-Match")) == tag {
		c.SetStatusCode(http.StatusNotModified)
		return nil
	}
	c.Data(http.StatusOK, "text/javascript; charset=utf-8", body)
	return nil
}

// A demoMember is a member of the demo shop whom a visitor of the demo may play.
type demoMember struct {
	ID   desk.MemberID `json:"id"`
	Name string        `json:"name"`
	Hint string        `json:"hint"`
}

func (e *Edge) demoMembers(ctx context.Context, c *app.RequestContext) error {
	members, err := e.House.DemoMembers(ctx)
	if err != nil {
		return err
	}
	out := []demoMember{}
	for _, m := range members {
		out = append(out, demoMember{m.ID, m.Name, m.Level})
	}
	return wire.Answer(c, map[string]any{"members": out})
}

// demoLogin plays the shop's login: its server vouches for a member.
func (e *Edge) demoLogin(ctx context.Context, c *app.RequestContext) error {
	var in struct {
		Member desk.MemberID `json:"member"`
	}
	if err := wire.Bind(c, 4<<10, &in); err != nil {
		return err
	}
	members, err := e.House.DemoMembers(ctx)
	if err != nil {
		return err
	}
	for _, m := range members {
		if m.ID != in.Member {
			continue
		}
		token, err := session.Vouch(e.House.MemberSecret, session.Vouched{Member: m.ID, Name: m.Name}, time.Now().Add(24*time.Hour))
		if err != nil {
			return err
		}
		return wire.Answer(c, map[string]string{"member": token, "name": m.Name})
	}
	return desk.ErrNotFound
}
