package gateway

import (
	"bytes"
	"context"
	"crypto/rand"
	"fmt"
	"net/http"
	"net/textproto"
	"regexp"
	"runtime/debug"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"golang.org/x/sync/errgroup"

	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/session"
	"keliu/streams"
	"keliu/streams/desk"
)

// guard stands around every request: its name, the headers that every answer carries, and what becomes of a panic.
func (e *Edge) guard(ctx context.Context, c *app.RequestContext) {
	e.serving.Add(1)
	defer e.serving.Add(-1)
	wire.SetRequestID(c, rand.Text()[:16])
	header := &c.Response.Header
	header.Set("X-Request-Id", wire.RequestID(c))
	header.Set("X-Content-Type-Options", "nosniff")
	header.Set("Referrer-Policy", "same-origin")
	if crossOrigin(c) {
		return
	}
	defer func() {
		if r := recover(); r != nil {
			e.log.Error("panic", "request_id", wire.RequestID(c), "path", string(c.Path()), "panic", fmt.Sprint(r), "stack", string(debug.Stack()))
			wire.Fail(e.log, c, fmt.Errorf("panic"))
		}
	}()
	c.Next(ctx)
}

// crossOrigin lets a widget on a company's own pages call the customers' side, where no cookie counts. It reports whether the
// request was only the browser's question.
func crossOrigin(c *app.RequestContext) bool {
	if path := c.Path(); !bytes.HasPrefix(path, []byte("/api/v1/web/")) && !bytes.HasPrefix(path, []byte("/api/v1/app/")) {
		return false
	}
	header := &c.Response.Header
	header.Set("Access-Control-Allow-Origin", "*")
	header.Set("Access-Control-Expose-Headers", "Retry-After, X-Request-Id")
	if string(c.Method()) != http.MethodOptions {
		return false
	}
	header.Set("Access-Control-Allow-Methods", "GET, POST")
	header.Set("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key, Last-Event-ID, Accept-Language")
	header.Set("Access-Control-Max-Age", "86400")
	c.AbortWithStatus(http.StatusNoContent)
	return true
}

// customersCall matches the calls that every channel of the house's own protocol has.
var customersCall = regexp.MustCompile(`^/api/v1/([^/]{1,40})/(sessions|messages|events|live|leave|pictures(/.*)?)$`)

// unknown says what is wrong with a path that nobody serves.
func unknown(path string) error {
	if call := customersCall.FindStringSubmatch(path); call != nil {
		return desk.Refuse(desk.ErrNotFound, "channel_unknown", call[1])
	}
	return desk.ErrNotFound
}

// own are the calls that belong to no side.
func (e *Edge) own() []wire.Route {
	return []wire.Route{
		{Method: http.MethodGet, Path: "/healthz", Tag: "health", Summary: "Whether the process is alive", Out: HealthAnswer{}, Serve: e.healthz},
		{Method: http.MethodGet, Path: "/readyz", Tag: "health", Summary: "Whether customers can be served", Out: HealthAnswer{}, Serve: e.readyz},
		{Method: http.MethodGet, Path: "/openapi.json", Tag: "health", Summary: "This document", Out: map[string]any{}, Serve: e.openAPI},
		{Method: http.MethodGet, Path: "/metrics", Tag: "health", Summary: "Figures in the Prometheus format", Content: "text/plain", Serve: e.figures.serve},
		{Method: http.MethodGet, Path: "/hooks/:channel", Tag: "channels", Summary: "A platform checks its webhook", Content: "text/plain", Serve: e.hook},
		{Method: http.MethodPost, Path: "/hooks/:channel", Tag: "channels", Summary: "A platform's webhook; acknowledged once durable", Body: "*/*", Content: "text/plain", Serve: e.hook},
	}
}

// A HealthAnswer says how the process fares.
type HealthAnswer struct {
	Status string `json:"status"`
}

func (e *Edge) healthz(_ context.Context, c *app.RequestContext) error {
	return wire.Answer(c, HealthAnswer{"ok"})
}

func (e *Edge) readyz(ctx context.Context, c *app.RequestContext) error {
	if !e.ready.Load() {
		return wire.Later(desk.Refuse(desk.ErrUnavailable, "not_ready"), time.Second)
	}
	if err := e.House.Ready(ctx); err != nil {
		return err
	}
	return wire.Answer(c, HealthAnswer{"ready"})
}

func (e *Edge) openAPI(_ context.Context, c *app.RequestContext) error {
	c.Data(http.StatusOK, "application/json; charset=utf-8", e.document)
	return nil
}

// hook takes a platform's webhook to its channel, and answers once what it brought is durable.
func (e *Edge) hook(ctx context.Context, c *app.RequestContext) error {
	name := c.Param("channel")
	channel, ok := e.House.Channels()[name]
	if !ok {
		return desk.Refuse(desk.ErrNotFound, "channel_unknown", name)
	}
	if _, own := channel.(session.Spoken); own { // has calls of its own, with limits of their own
		return desk.Refuse(desk.ErrNotFound, "channel_session", name)
	}
	if len(c.Request.Body()) > maxHook {
		return desk.Refuse(desk.ErrInvalid, "body_too_large", maxHook>>10)
	}
	hook := functions.Webhook{
		Method: string(c.Method()), Header: map[string]string{}, Query: map[string]string{}, Body: c.Request.Body(), At: time.Now().UnixMilli(),
	}
	c.Request.Header.VisitAll(func(key, value []byte) {
		hook.Header[textproto.CanonicalMIMEHeaderKey(string(key))] = string(value)
	})
	c.QueryArgs().VisitAll(func(key, value []byte) { hook.Query[string(key)] = string(value) })
	receipt, err := channel.Receive(ctx, hook)
	if err != nil {
		return err
	}
	if err := e.keep(ctx, receipt); err != nil {
		return err
	}
	if receipt.Type == "" {
		receipt.Type = "text/plain; charset=utf-8"
	}
	c.Data(http.StatusOK, receipt.Type, receipt.Answer)
	return nil
}

// keep makes durable what a webhook brought: what was said and what was done, with one wait for both.
func (e *Edge) keep(ctx context.Context, receipt functions.Receipt) error {
	said, done := make([]streams.Record, len(receipt.Events)), make([]streams.Record, len(receipt.Touches))
	var err error
	for i, event := range receipt.Events {
		if said[i], err = desk.Inbound.Record(string(event.ID), string(event.Conversation), event); err != nil {
			return err
		}
	}
	for i, touch := range receipt.Touches {
		if done[i], err = desk.Touches.Record(touch.ID, string(touch.Person), touch); err != nil {
			return err
		}
	}
	g, ctx := errgroup.WithContext(ctx)
	for topic, records := range map[string][]streams.Record{string(desk.Inbound): said, string(desk.Touches): done} {
		if len(records) > 0 {
			g.Go(func() error { return e.House.Streams.Publish(ctx, topic, records...) })
		}
	}
	return g.Wait()
}

// maxHook is more than any platform sends at once.
const maxHook = 1 << 20
