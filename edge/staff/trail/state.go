package trail

import (
	"cmp"
	"context"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/policies/audit"
	"keliu/streams/desk"
)

// A StateAnswer is what there is in the trail at all.
type StateAnswer struct {
	Entries  int64      `json:"entries"`
	Actions  []Seen     `json:"actions"`
	Actors   []Seen     `json:"actors"`
	Verified *Verified  `json:"verified,omitempty"` // the last check; left out before the first
	Since    *time.Time `json:"since,omitempty"`    // the time of the first entry
}

// A Seen is somebody, or something that was done, with how many entries there are of it.
type Seen struct {
	Key   string `json:"key"`
	Name  string `json:"name,omitempty"` // of somebody of the staff
	Times int64  `json:"times"`
}

// A Verified is a check of the chain, as the trail holds it.
type Verified struct {
	At      time.Time `json:"at"`
	By      string    `json:"by"`
	Entries int64     `json:"entries"` // that were checked
	Whole   bool      `json:"whole"`
}

// The act of checking, and what the trail holds of it.
const (
	verifiedAction  = "trail_verified"
	verifiedEntries = "entries"
	verifiedHash    = "hash"
)

// A count is what was read of the trail up to an entry. What stands there never changes, so that it is read once.
type count struct {
	mu              sync.Mutex
	upTo            int64
	since           *time.Time
	actions, actors map[string]int64
	verified        *audit.Entry // the last check
}

// add reads what was added since the last time.
func (n *count) add(ctx context.Context, t *audit.Trail) error {
	fresh := &count{upTo: n.upTo, since: n.since, actions: map[string]int64{}, actors: map[string]int64{}}
	err := t.Each(ctx, audit.Filter{}, func(e audit.Entry) bool {
		if e.Seq <= n.upTo {
			return false
		}
		fresh.upTo = max(fresh.upTo, e.Seq)
		if n.upTo == 0 {
			fresh.since = &e.At
		}
		fresh.actions[e.Action]++
		fresh.actors[e.Actor]++
		if e.Action == verifiedAction && fresh.verified == nil {
			fresh.verified = &e
		}
		return true
	})
	if err != nil {
		return err
	}
	n.upTo, n.since = fresh.upTo, fresh.since
	n.actions, n.actors = sum(n.actions, fresh.actions), sum(n.actors, fresh.actors)
	n.verified = cmp.Or(fresh.verified, n.verified)
	return nil
}

// sum adds counts to those before.
func sum(before, more map[string]int64) map[string]int64 {
	if before == nil {
		return more
	}
	for key, n := range more {
		before[key] += n
	}
	return before
}

// state tells what there is in the trail.
func (r *Room) state(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	people, err := r.people(ctx)
	if err != nil {
		return err
	}
	n := &r.count
	n.mu.Lock()
	defer n.mu.Unlock()
	if err := n.add(ctx, r.Trail); err != nil {
		return err
	}
	out := StateAnswer{Entries: n.upTo, Since: n.since, Actions: seen(n.actions, nil), Actors: seen(n.actors, people)}
	if n.verified != nil {
		out.Verified = verified(*n.verified, people)
	}
	return wire.Answer(c, out)
}

// verified reads a check back; nil from an entry that does not say how far it went.
func verified(e audit.Entry, people map[string]string) *Verified {
	n, err := strconv.ParseInt(e.Details[verifiedEntries], 10, 64)
	if err != nil {
		return nil
	}
	return &Verified{At: e.At, By: cmp.Or(people[e.Actor], e.Actor), Entries: n, Whole: e.Reason == ""}
}

// seen lists what was counted, by name or else by key.
func seen(times map[string]int64, names map[string]string) []Seen {
	all := []Seen{}
	for key, n := range times {
		all = append(all, Seen{key, names[key], n})
	}
	slices.SortFunc(all, func(a, b Seen) int { return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Key, b.Key)) })
	return all
}

// A VerifyAnswer says whether the trail is as it was written.
type VerifyAnswer struct {
	Whole   bool      `json:"whole"`
	Entries int64     `json:"entries"`          // that were checked
	At      time.Time `json:"at"`               // when
	Hash    string    `json:"hash"`             // of the last of them; kept elsewhere, it proves later that none was taken back
	Broken  string    `json:"broken,omitempty"` // where it is broken first
}

// verify checks the chain from its beginning; that it was checked, and how far, is in the trail.
func (r *Room) verify(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	report, err := audit.Verify(r.Folder)
	for range 2 { // an entry that is being written right now looks like a break
		if err == nil && report.Broken != nil {
			report, err = audit.Verify(r.Folder)
		}
	}
	if err != nil {
		return err
	}
	out := VerifyAnswer{Whole: report.Broken == nil, Entries: report.Entries, At: r.Now().UTC(), Hash: report.Head.Hash}
	if report.Broken != nil {
		out.Broken = report.Broken.String()
	}
	found := map[string]string{verifiedEntries: strconv.FormatInt(out.Entries, 10), verifiedHash: out.Hash}
	if err := r.Door.Record(ctx, who, verifiedAction, "audit", out.Broken, found); err != nil {
		return err
	}
	return wire.Answer(c, out)
}
