package policy

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/policies"
	"keliu/policies/audit"
	"keliu/policies/trial"
	"keliu/streams/desk"
)

// A PoliciesAnswer lists the rule sets, the one in force first.
type PoliciesAnswer struct {
	Sets []policies.Set `json:"sets"`
}

// A PolicyRequest publishes a rule set.
type PolicyRequest struct {
	Files map[string]string `json:"files"` // Rego by file name; files that are left out stay as they are
	Base  string            `json:"base"`  // the revision it was written from
	Note  string            `json:"note"`  // why
}

// A PublishRequest publishes a rule set after its tests.
type PublishRequest struct {
	PolicyRequest
	Despite bool `json:"despite"` // although some of its own tests fail
}

// A RollbackRequest names an earlier revision.
type RollbackRequest struct {
	Revision string `json:"revision"`
	Note     string `json:"note"`
}

// A RevisionAnswer is the revision in force.
type RevisionAnswer struct {
	Revision string `json:"revision"`
}

// A TrailAnswer is a part of the trail, the latest first.
type TrailAnswer struct {
	Entries []audit.Entry `json:"entries"`
}

func (r *Room) list(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	sets, err := r.Rules.Sets(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(sets)
	return wire.Answer(c, PoliciesAnswer{sets})
}

// put publishes rules at once, in every process. What does not compile changes nothing and says where.
func (r *Room) put(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PolicyRequest
	if err := wire.Bind(c, mostBytes, &in); err != nil {
		return err
	}
	set, err := r.whole(ctx, in.Files)
	if err != nil {
		return err
	}
	return r.enforce(ctx, c, who, set, in)
}

// publish publishes rules whose own tests pass, or whose author says that they are published although some do not.
func (r *Room) publish(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PublishRequest
	if err := wire.Bind(c, mostBytes, &in); err != nil {
		return err
	}
	if strings.TrimSpace(in.Note) == "" {
		return desk.Refuse(desk.ErrInvalid, "rules_note")
	}
	set, err := r.whole(ctx, in.Files)
	if err != nil {
		return err
	}
	result, err := trial.Run(ctx, set)
	if err != nil {
		return refusal(err)
	}
	if result.Failed > 0 && !in.Despite {
		return desk.Refuse(desk.ErrConflict, "rules_tests_failed", result.Failed)
	}
	if result.Failed > 0 {
		if err := r.Door.Record(ctx, who, "policy_tests_overruled", "policies", in.Note, map[string]string{"failed": strconv.Itoa(result.Failed)}); err != nil {
			return err
		}
	}
	if err := r.enforce(ctx, c, who, set, in.PolicyRequest); err != nil {
		return err
	}
	return r.Drafts.Remove(ctx, who.ID)
}

// enforce puts a set into force.
func (r *Room) enforce(ctx context.Context, c *app.RequestContext, who desk.Agent, set policies.Set, in PolicyRequest) error {
	before := r.Rules.Revision()
	set.Author, set.Note, set.Base = string(who.ID), in.Note, in.Base
	revision, err := r.Rules.Publish(ctx, set)
	if err != nil {
		return refusal(err)
	}
	if err := r.Door.Record(ctx, who, "policy_published", "policies", in.Note, map[string]string{"revision": revision, "before": before}); err != nil {
		return err
	}
	return wire.Answer(c, RevisionAnswer{revision})
}

// whole is the set in force with some files in another form.
func (r *Room) whole(ctx context.Context, files map[string]string) (policies.Set, error) {
	sets, err := r.Rules.Sets(ctx)
	if err != nil {
		return policies.Set{}, err
	}
	all := maps.Clone(sets[len(sets)-1].Files)
	maps.Copy(all, files)
	return policies.Set{Files: all}, nil
}

// proposed reads the set that a call proposes.
func (r *Room) proposed(ctx context.Context, c *app.RequestContext) (policies.Set, error) {
	var in FilesRequest
	if err := wire.Bind(c, mostBytes, &in); err != nil {
		return policies.Set{}, err
	}
	return r.whole(ctx, in.Files)
}

// refusal turns mistakes into a sentence that names them.
func refusal(err error) error {
	var mistakes policies.Mistakes
	if errors.As(err, &mistakes) {
		return desk.Refuse(desk.ErrInvalid, "rules_broken", mistakes.Error())
	}
	return err
}

func (r *Room) rollback(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in RollbackRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	before := r.Rules.Revision()
	if err := r.Rules.Rollback(ctx, in.Revision, string(who.ID), in.Note); err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "policy_rolled_back", "policies", in.Note, map[string]string{"revision": in.Revision, "before": before}); err != nil {
		return err
	}
	return wire.Answer(c, RevisionAnswer{r.Rules.Revision()})
}

// audit reads the trail; that it was read is in the trail.
func (r *Room) audit(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	filter := audit.Filter{Actor: c.Query("actor"), Action: c.Query("action"), Limit: limit}
	entries, err := r.Trail.Read(ctx, filter)
	if err != nil {
		return err
	}
	if err := r.Door.Record(ctx, who, "trail_read", "audit", "", map[string]string{"actor": filter.Actor, "action": filter.Action}); err != nil {
		return err
	}
	if entries == nil {
		entries = []audit.Entry{}
	}
	return wire.Answer(c, TrailAnswer{entries})
}

// A VerifyAnswer says whether the trail is as it was written.
type VerifyAnswer struct {
	Whole   bool   `json:"whole"`
	Entries int64  `json:"entries"`          // that were checked
	Broken  string `json:"broken,omitempty"` // where it is broken first
}

// verify checks the chain from its beginning; that it was checked is in the trail.
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
	out := VerifyAnswer{Whole: report.Broken == nil, Entries: report.Entries}
	if report.Broken != nil {
		out.Broken = report.Broken.String()
	}
	if err := r.Door.Record(ctx, who, "trail_verified", "audit", out.Broken, nil); err != nil {
		return err
	}
	return wire.Answer(c, out)
}
