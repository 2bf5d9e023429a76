// Package policy is compliance's side of the API: rules read, written, tried, replayed and published.
package policy

import (
	"context"
	"net/http"
	"sync"
	"time"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/store/drafts"
	"keliu/policies"
	"keliu/policies/replay"
	"keliu/policies/trial"
	"keliu/streams"
	"keliu/streams/desk"
)

// Staff tells who works here.
type Staff interface {
	Agents(ctx context.Context) ([]desk.Agent, error)
}

// A Room is the side of compliance. Its fields are set before use.
type Room struct {
	Door    *door.Door
	Rules   *policies.Engine
	Streams streams.Log // that decisions are recorded on
	Drafts  *drafts.Drawer
	Staff   Staff
	Now     func() time.Time

	writing sync.Mutex // drafts are kept one at a time, so that each session of writing is in the trail once
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
	brief := wire.Param{Name: "brief", Meaning: "true leaves out the files of all but the one in force"}
	return []wire.Route{
		read(at, "The rule sets, the one in force first", PoliciesAnswer{}, r.list, brief),
		read(at+"/:revision", "A rule set by its revision", policies.Set{}, r.revision),
		write(http.MethodPut, at, "Publish a rule set at once, without its tests", PolicyRequest{}, RevisionAnswer{}, r.put),
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
	}
}
