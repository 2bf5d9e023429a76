// Package gateway is the door: one Hertz server with the customers' side, the staff's side, the platforms' webhooks and the
// pages.
package gateway

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"github.com/cloudwego/hertz/pkg/common/hlog"
	"github.com/cloudwego/hertz/pkg/network/standard"

	"keliu/edge/live"
	stafflive "keliu/edge/staff/live"
	"keliu/edge/staff/password"
	"keliu/edge/visitors"
	"keliu/edge/wire"
	"keliu/functions"
	"keliu/functions/catalog"
	"keliu/functions/session"
	"keliu/functions/store/notes"
	"keliu/streams/desk"
	"keliu/streams/score/lead"
)

// Limits of a request.
const (
	maxRequest  = 32 << 20 // more than any call takes, so that each refuses too much in its own words
	readTimeout = 30 * time.Second
	idleTimeout = 75 * time.Second
)

// How long a stop takes: for requests under way, and for the last answers to be on their way when there are none.
const (
	finishTime = 5 * time.Second
	farewell   = 100 * time.Millisecond
)

// An Edge is a house with a door.
type Edge struct {
	House *catalog.House

	hub      *live.Hub      // of the customers
	screens  *stafflive.Hub // of the staff
	outside  *outside
	side     *visitors.Side
	server   *server.Hertz
	log      *slog.Logger
	address  string
	routes   []wire.Route
	document []byte // of the routes, as OpenAPI
	figures  *figures
	ready    atomic.Bool
	serving  atomic.Int64 // requests under way
}

// Open assembles a house and opens its door at the configured address. Serve lets people in.
func Open(ctx context.Context, c catalog.Config, version string, log *slog.Logger) (_ *Edge, err error) {
	// The hub tells what the house makes durable, and the house tells the hub: the outside exists before the house does.
	outside := &outside{}
	e := &Edge{log: log, outside: outside}
	e.House, err = catalog.Open(ctx, c, catalog.Outside{
		Live: outside, Company: outside, Whisper: outside.whisper, Pressed: outside.pressed, Hash: password.Hash, Log: log, Now: time.Now,
	})
	if err != nil {
		return nil, err
	}
	e.side = visitors.New(&visitors.Side{
		Channels: sessionChannels(e.House.Channels()), Inbound: e.House.Streams, People: e.House.Store, Trail: notes.Open(e.House.Store.DB), Tokens: e.House.Tokens,
		MemberSecret: e.House.MemberSecret, Brand: c.Brand, Pictures: &visitors.Album{Dir: filepath.Join(c.Dir, "pictures")},
		Rate: c.WebRate, Overheard: outside.overheard, Now: time.Now, Log: log,
	})
	e.hub, err = live.Open(live.Options{History: visitors.History{Past: e.House.Store, Side: e.side}, Log: log})
	if err != nil {
		return nil, errors.Join(err, e.House.Close())
	}
	e.side.Hub = e.hub
	outside.side.Store(e.side)
	e.figures = newFigures(e)
	listener, err := net.Listen("tcp", c.Listen)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("KELIU_LISTEN=%s: %w", c.Listen, err), e.hub.Close(), e.House.Close())
	}
	e.address = listener.Addr().String()
	if err := e.mount(listener, version); err != nil {
		return nil, errors.Join(err, listener.Close(), e.hub.Close(), e.House.Close())
	}
	return e, nil
}

// sessionChannels are the channels whose customers come through this door themselves.
func sessionChannels(all map[string]functions.Channel) map[string]functions.Channel {
	own := map[string]functions.Channel{}
	for name, channel := range all {
		if _, ok := channel.(session.Spoken); ok {
			own[name] = channel
		}
	}
	return own
}

// mount builds the server.
func (e *Edge) mount(listener net.Listener, version string) error {
	hlog.SetOutput(discard{})
	e.server = server.New(append(live.ServerOptions(),
		server.WithListener(listener), server.WithTransport(standard.NewTransporter), server.WithDisablePrintRoute(true),
		server.WithMaxRequestBodySize(maxRequest), server.WithReadTimeout(readTimeout), server.WithIdleTimeout(idleTimeout),
		server.WithHandleMethodNotAllowed(true), server.WithDisablePreParseMultipartForm(true), server.WithExitWaitTime(finishTime), server.WithKeepAlive(true),
	)...)
	// Nobody in front is trusted to say whom they speak for.
	e.server.SetClientIPFunc(app.ClientIPWithOption(app.ClientIPOptions{RemoteIPHeaders: nil, TrustedCIDRs: nil}))
	e.server.Use(e.guard)
	reader, err := lead.New()
	if err != nil {
		return err
	}
	e.routes = slices.Concat(e.side.Routes(), e.company(reader), e.own())
	for _, r := range e.routes {
		e.server.Handle(r.Method, r.Path, e.figures.timed(r.Path), wire.Handler(e.log, r.Serve))
		if r.Method == http.MethodGet && r.Auth == wire.Public { // probes of balancers and monitors ask this way
			e.server.HEAD(r.Path, wire.Handler(e.log, r.Serve))
		}
	}
	if err := e.pages(); err != nil {
		return err
	}
	if e.document, err = wire.OpenAPI("Keliu 客流", version, e.routes); err != nil {
		return fmt.Errorf("openapi: %w", err)
	}
	e.server.NoMethod(func(_ context.Context, c *app.RequestContext) {
		wire.Fail(e.log, c, desk.Refuse(desk.ErrInvalid, "method_not_allowed"))
	})
	return nil
}

// discard takes what Hertz logs: what matters is logged here, masked.
type discard struct{}

func (discard) Write(p []byte) (int, error) { return len(p), nil }

// Address is where the edge listens, as a URL.
func (e *Edge) Address() string {
	address := e.address
	if strings.HasPrefix(address, "[::]:") || strings.HasPrefix(address, "0.0.0.0:") {
		_, port, _ := strings.Cut(strings.TrimPrefix(address, "[::]"), ":")
		address = "127.0.0.1:" + port
	}
	return "http://" + address
}

// Serve lets people in until ctx is done: then what is under way is finished, nothing new begun, and everything closed in
// order. ready is called once customers can be served.
func (e *Edge) Serve(ctx context.Context, ready func()) error {
	working, stop := context.WithCancel(context.WithoutCancel(ctx))
	defer stop()
	worked, listened := make(chan error, 1), make(chan error, 1)
	go func() { worked <- e.work(working) }()
	go func() { listened <- e.server.Run() }()
	for !e.server.IsRunning() {
		select {
		case err := <-listened:
			stop()
			return errors.Join(err, <-worked, e.hub.Close(), e.House.Close())
		case <-time.After(time.Millisecond):
		}
	}
	e.ready.Store(true)
	ready()

	var err error
	select {
	case <-ctx.Done():
	case err = <-worked:
		worked <- nil
	case err = <-listened:
		listened <- nil
	}
	e.ready.Store(false)
	e.screens.Close()
	err = errors.Join(err, e.hub.Close(), e.finish(context.WithoutCancel(ctx)))
	stop()
	return errors.Join(err, <-worked, <-listened, e.House.Close())
}

// work sets the house to work, and the hub of the staff's screens with it.
func (e *Edge) work(ctx context.Context) error {
	ctx, stop := context.WithCancel(ctx)
	told := make(chan error, 1)
	go func() { told <- e.screens.Serve(ctx) }()
	err := e.House.Serve(ctx)
	stop()
	if told := <-told; !errors.Is(told, context.Canceled) {
		err = errors.Join(err, told)
	}
	return err
}

// finish lets nobody in and waits for the requests under way, but not for connections on which nobody asks anything.
func (e *Edge) finish(ctx context.Context) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() {
		for quiet := time.Now(); time.Since(quiet) < farewell; {
			if e.serving.Load() > 0 {
				quiet = time.Now()
			}
			select {
			case <-time.After(farewell / 10):
			case <-ctx.Done():
				return
			}
		}
		cancel()
	}()
	return e.server.Shutdown(ctx)
}
