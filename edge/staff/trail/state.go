package trail

import (
	"cmp"
	"context"
	"slices"
	"strconv"
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

// state reads the trail from end to end.
func (r *Room) state(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	people, err := r.people(ctx)
	if err != nil {
		return err
	}
	out := StateAnswer{}
	actions, actors := map[string]int64{}, map[string]int64{}
	err = r.Trail.Each(ctx, audit.Filter{}, func(e audit.Entry) bool {
		out.Entries = max(out.Entries, e.Seq)
		out.Since = &e.At
		actions[e.Action]++
		actors[e.Actor]++
		if e.Action == verifiedAction && out.Verified == nil {
			out.Verified = verified(e, people)
		}
		return true
	})
	if err != nil {
		return err
	}
	out.Actions, out.Actors = seen(actions, nil), seen(actors, people)
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
