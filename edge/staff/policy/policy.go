// Package policy is compliance's side of the API: rules read, written, tried, replayed and published, and the trail of all that
// was done.
package policy

import (
	"net/http"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/drafts"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/policies/replay"
	"keliu/policies/trial"
	"keliu/streams"
)

// A Room is the side of compliance. Its fields are set before use.
type Room struct {
	Door    *door.Door
	Rules   *policies.Engine
	Streams streams.Log // that decisions are recorded on
	Trail   *audit.Trail
	Folder  string // of the trail
	Drafts  *drafts.Drawer
	Now     func() time.Time
}

// mostBytes is how large a set may be.
const mostBytes = 1 << 20

// Routes are the calls of the room.
func (r *Room) Routes() []wire.Route {
	at := "/api/v1/policies"
	read := func(path, summary string, out any, serve door.Call, query ...wire.Param) wire.Route {
		return wire.Route{Method: http.MethodGet, Path: path, Tag: door.Policies, Summary: summary, Auth: wire.Staff, Query: query, Out: out, Serve: r.Door.May(door.Policies, "read", serve)}
	}
	write := func(method, path, summary string, in, out any, serve door.Call) wire.Route {
		return wire.Route{Method: method, Path: path, Tag: door.Policies, Summary: summary, Auth: wire.Staff, In: in, Out: out, Serve: r.Door.May(door.Policies, "write", serve)}
	}
	days := wire.Param{Name: "days", Meaning: "of decisions, 1 to 7; 7 by default"}
	limit := wire.Param{Name: "limit", Meaning: "at most, 1 to 200; 50 by default"}
	trail := func(path, summary string, out any, serve door.Call, query ...wire.Param) wire.Route {
		return wire.Route{Method: http.MethodGet, Path: path, Tag: door.Audit, Summary: summary, Auth: wire.Staff, Query: query, Out: out, Serve: r.Door.May(door.Audit, "read", serve)}
	}
	return []wire.Route{
		read(at, "The rule sets, the one in force first", PoliciesAnswer{}, r.list),
		write(http.MethodPut, at, "Publish a rule set", PolicyRequest{}, RevisionAnswer{}, r.put),
		write(http.MethodPost, at+"/rollback", "Put an earlier rule set back into force", RollbackRequest{}, RevisionAnswer{}, r.rollback),
		write(http.MethodPost, at+"/check", "What keeps a set from being published", FilesRequest{}, CheckAnswer{}, r.check),
		write(http.MethodPost, at+"/test", "Run the tests that travel with a set", FilesRequest{}, trial.Result{}, r.test),
		write(http.MethodPost, at+"/replay", "What a set would have decided differently about recorded decisions", ReplayRequest{}, replay.Result{}, r.replay),
		write(http.MethodPost, at+"/publish", "Publish a set whose own tests pass", PublishRequest{}, RevisionAnswer{}, r.publish),
		read(at+"/draft", "Your draft; not found without one", drafts.Draft{}, r.draft),
		write(http.MethodPut, at+"/draft", "Keep your draft", drafts.Draft{}, drafts.Draft{}, r.saveDraft),
		write(http.MethodDelete, at+"/draft", "Forget your draft", nil, nil, r.removeDraft),
		read(at+"/decisions", "What was decided, each question once, the most frequent first", DecisionsAnswer{}, r.decisions, days),
		read(at+"/table", "Who sees what of which kind of data, by the rules in force", TableAnswer{}, r.table),
		write(http.MethodPost, at+"/table", "The same by a draft, in which one cell may be changed first", TableRequest{}, TableAnswer{}, r.edit),
		trail("/api/v1/audit", "The trail, the latest first", TrailAnswer{}, r.audit, limit, wire.Param{Name: "actor", Meaning: "whose"}, wire.Param{Name: "action", Meaning: "what"}),
		trail("/api/v1/audit/verify", "Whether the trail's chain is whole", VerifyAnswer{}, r.verify),
	}
}
