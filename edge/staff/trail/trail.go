// Package trail is the side of the API on which the trail is read, checked and taken home. Whatever is done here is in the trail
// itself.
package trail

import (
	"context"
	"net/http"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/policies/audit"
	"keliu/streams/desk"
)

// Staff tells who works here.
type Staff interface {
	Agents(ctx context.Context) ([]desk.Agent, error)
}

// A Room is the side of the trail. Its fields are set before use.
type Room struct {
	Door   *door.Door
	Trail  *audit.Trail
	Folder string // of the trail
	Staff  Staff
	Now    func() time.Time

	count count // of the trail as far as it was read
}

// Routes are the calls of the room.
func (r *Room) Routes() []wire.Route {
	chosen := []wire.Param{
		{Name: "actor", Meaning: "whose"},
		{Name: "action", Meaning: "what"},
		{Name: "object", Meaning: "a part of what it was done to"},
		{Name: "from", Meaning: "since when, RFC 3339 or milliseconds"},
		{Name: "to", Meaning: "until when, exclusive"},
	}
	paged := append([]wire.Param{
		{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"},
		{Name: "before", Meaning: "only entries with a lower seq: next of the page before"},
	}, chosen...)
	read := func(path, summary string, serve door.Call) wire.Route {
		return wire.Route{Method: http.MethodGet, Path: path, Tag: door.Audit, Summary: summary, Auth: wire.Staff, Serve: r.Door.May(door.Audit, "read", serve)}
	}
	list := read("/api/v1/audit", "The trail, the latest first", r.list)
	list.Query, list.Out = paged, TrailAnswer{}
	state := read("/api/v1/audit/state", "Who did what at all, and up to where the trail was checked last", r.state)
	state.Out = StateAnswer{}
	verify := read("/api/v1/audit/verify", "Whether the trail's chain is whole", r.verify)
	verify.Out = VerifyAnswer{}
	export := read("/api/v1/audit/export", "The trail as CSV", r.export)
	export.Query, export.Content = chosen, "text/csv"
	return []wire.Route{list, state, verify, export}
}

// A TrailAnswer is a page of the trail, the latest first.
type TrailAnswer struct {
	Entries []audit.Entry     `json:"entries"`
	People  map[string]string `json:"people"`         // the names of those who acted, by actor
	Next    int64             `json:"next,omitempty"` // before which the following page begins; left out on the last
}

// list reads the trail; that it was read is in the trail.
func (r *Room) list(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	filter, err := filterOf(c)
	if err != nil {
		return err
	}
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	if filter.Before, err = wire.Number(c, "before", 0, 1, 1<<53); err != nil {
		return err
	}
	filter.Limit = limit + 1
	entries, err := r.Trail.Read(ctx, filter)
	if err != nil {
		return err
	}
	out := TrailAnswer{Entries: append([]audit.Entry{}, entries[:min(limit, len(entries))]...)}
	if len(entries) > limit {
		out.Next = out.Entries[limit-1].Seq
	}
	for i := range out.Entries {
		out.Entries[i].Reason = reason(out.Entries[i], wire.Lang(c))
	}
	if out.People, err = r.people(ctx); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "trail_read", "audit", "", details(c)); err != nil {
		return err
	}
	return wire.Answer(c, out)
}

// filterOf reads which entries a call asks for.
func filterOf(c *app.RequestContext) (f audit.Filter, err error) {
	f = audit.Filter{Actor: c.Query("actor"), Action: c.Query("action"), Object: c.Query("object")}
	if f.From, err = door.Time(c, "from", time.Time{}); err != nil {
		return f, err
	}
	f.To, err = door.Time(c, "to", time.Time{})
	return f, err
}

// details say in the trail what was asked of it.
func details(c *app.RequestContext) map[string]string {
	asked := map[string]string{}
	for _, name := range []string{"actor", "action", "object", "from", "to", "before"} {
		if value := c.Query(name); value != "" {
			asked[name] = value
		}
	}
	return asked
}

// people are the names of the staff by their IDs, as they act under.
func (r *Room) people(ctx context.Context) (map[string]string, error) {
	all, err := r.Staff.Agents(ctx)
	if err != nil {
		return nil, err
	}
	names := make(map[string]string, len(all))
	for _, a := range all {
		names[string(a.ID)] = a.Name
	}
	return names, nil
}

// reason is why something was done, in the reader's language where the house says it in both. What people write stays whole.
func reason(e audit.Entry, lang desk.Lang) string {
	if e.Action == "refused" || e.Action == "repair" {
		return wire.Half(lang, e.Reason)
	}
	return e.Reason
}
