// Package doortest lets tests call the rooms of the staff through their door, without a server.
package doortest

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/cloudwego/hertz/pkg/common/config"
	"github.com/cloudwego/hertz/pkg/common/ut"
	"github.com/cloudwego/hertz/pkg/route"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/streams/desk"
	"keliu/streams/embedded"
)

// A House has a door with rules and a trail of its own, and one person of each role whose ID, role and token are the same.
type House struct {
	*testing.T
	Door    *door.Door
	Streams *embedded.Log
	Folder  string    // of the trail
	Time    time.Time // of the door

	engine *route.Engine
}

// Open builds a house that is closed at the end of a test.
func Open(t *testing.T) *House {
	t.Helper()
	h := &House{T: t, Folder: t.TempDir(), Time: time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)}
	var err error
	if h.Streams, err = embedded.Open(t.TempDir(), embedded.Options{}); err != nil {
		t.Fatal(err)
	}
	rules, err := policies.Open(t.Context(), policies.Options{Streams: h.Streams, Now: h.Now})
	if err != nil {
		t.Fatal(err)
	}
	trail, err := audit.Open(h.Folder, audit.Options{Now: h.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		for _, end := range []func() error{trail.Close, h.Streams.Close} {
			if err := end(); err != nil {
				t.Error(err)
			}
		}
	})
	h.Door = &door.Door{Logins: h, Rules: rules, Trail: trail, Now: h.Now}
	h.engine = route.NewEngine(config.NewOptions([]config.Option{{F: func(o *config.Options) { o.DisablePrintRoute = true }}}))
	return h
}

// Now is the time of the house.
func (h *House) Now() time.Time { return h.Time }

// Mount opens routes to Call.
func (h *House) Mount(routes []wire.Route) {
	for _, r := range routes {
		h.engine.Handle(r.Method, r.Path, wire.Handler(slog.New(slog.DiscardHandler), r.Serve))
	}
}

var roles = []string{"admin", "agent", "compliance", "executive", "marketing"}

// LoggedIn implements door.Logins.
func (h *House) LoggedIn(_ context.Context, hash string, _ time.Time) (desk.Agent, error) {
	for _, role := range roles {
		if hash == door.Hash(role) {
			return person(role), nil
		}
	}
	return desk.Agent{}, desk.ErrNotFound
}

// Agents lists the people of the house.
func (h *House) Agents(context.Context) (all []desk.Agent, err error) {
	for _, role := range roles {
		all = append(all, person(role))
	}
	return all, nil
}

func person(role string) desk.Agent {
	return desk.Agent{ID: desk.AgentID(role), Name: "姓名 " + role, Role: role}
}

// Call calls a route as somebody, with a body as JSON unless it is nil, and reads the answer into out unless that is nil. It returns
// the status, with the code of the error when there is one: "200", "403 role".
func (h *House) Call(role, method, path string, in, out any) string {
	h.Helper()
	status, body := h.Raw(role, method, path, in)
	into, code := out, ""
	var problem wire.Problem
	if status >= http.StatusBadRequest {
		into = &problem
	}
	if into != nil {
		if err := json.Unmarshal(body, into); err != nil {
			h.Fatalf("%s %s: %d %s: %v", method, path, status, body, err)
		}
	}
	if problem.Error.Code != "" {
		code = " " + problem.Error.Code
	}
	return strconv.Itoa(status) + code
}

// Raw calls a route as somebody and returns the status and the body as they are.
func (h *House) Raw(role, method, path string, in any) (status int, body []byte) {
	h.Helper()
	var sent []byte
	if in != nil {
		var err error
		if sent, err = json.Marshal(in); err != nil {
			h.Fatal(err)
		}
	}
	w := ut.PerformRequest(h.engine, method, path, &ut.Body{Body: bytes.NewReader(sent), Len: len(sent)}, ut.Header{Key: "Authorization", Value: "Bearer " + role})
	return w.Code, w.Body.Bytes()
}

// Acts lists what stands in the trail, the earliest first.
func (h *House) Acts() (acts []audit.Entry) {
	h.Helper()
	err := h.Door.Trail.Each(h.Context(), audit.Filter{}, func(e audit.Entry) bool {
		acts = append(acts, e)
		return true
	})
	if err != nil {
		h.Fatal(err)
	}
	slices.Reverse(acts)
	return acts
}
