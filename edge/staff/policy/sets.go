package policy

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/policies"
	"keliu/policies/trial"
	"keliu/streams/desk"
)

// A PoliciesAnswer lists the rule sets, the one in force first.
type PoliciesAnswer struct {
	Sets   []policies.Set    `json:"sets"`
	People map[string]string `json:"people"` // the names of those who published, by author
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

func (r *Room) list(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	sets, err := r.Rules.Sets(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(sets)
	if c.Query("brief") == "true" {
		for i := range sets[1:] {
			sets[i+1].Files = map[string]string{}
		}
	}
	staff, err := r.Staff.Agents(ctx)
	if err != nil {
		return err
	}
	out := PoliciesAnswer{sets, make(map[string]string, len(staff))}
	for _, a := range staff {
		out.People[string(a.ID)] = a.Name
	}
	return wire.Answer(c, out)
}

// revision answers with the set of a revision, as it was published last.
func (r *Room) revision(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	sets, err := r.Rules.Sets(ctx)
	if err != nil {
		return err
	}
	for _, set := range slices.Backward(sets) {
		if set.Revision == c.Param("revision") {
			return wire.Answer(c, set)
		}
	}
	return desk.Refuse(desk.ErrNotFound, "policies_revision_unknown", c.Param("revision"))
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
	return r.enforce(ctx, c, who, set, in, "untested")
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
		return refusal(c, err)
	}
	if result.Failed > 0 && !in.Despite {
		return desk.Refuse(desk.ErrConflict, "rules_tests_failed", result.Failed)
	}
	if result.Failed > 0 {
		if err := r.Door.Record(ctx, who, "policy_tests_overruled", "policies", in.Note, map[string]string{"failed": strconv.Itoa(result.Failed)}); err != nil {
			return err
		}
	}
	if err := r.enforce(ctx, c, who, set, in.PolicyRequest, fmt.Sprintf("%d of %d passed", result.Passed, result.Passed+result.Failed)); err != nil {
		return err
	}
	return r.Drafts.Remove(ctx, who.ID)
}

// enforce puts a set into force. The trail keeps how its tests went.
func (r *Room) enforce(ctx context.Context, c *app.RequestContext, who desk.Agent, set policies.Set, in PolicyRequest, tests string) error {
	before := r.Rules.Revision()
	set.Author, set.Note, set.Base = string(who.ID), in.Note, in.Base
	revision, err := r.Rules.Publish(ctx, set)
	if err != nil {
		return refusal(c, err)
	}
	details := map[string]string{"revision": revision, "before": before, "tests": tests}
	if err := r.Door.Record(ctx, who, "policy_published", "policies", in.Note, details); err != nil {
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

// refusal turns mistakes into sentences that name their places, with the compiler's own words behind them.
func refusal(c *app.RequestContext, err error) error {
	var mistakes policies.Mistakes
	if !errors.As(err, &mistakes) {
		return err
	}
	lines := make([]string, len(mistakes))
	for i, m := range mistakes {
		lines[i] = fmt.Sprintf("%s:%d:%d: %s", m.File, m.Line, m.Column, m.Text)
		if meaning := m.Meaning(wire.Lang(c)); meaning != "" {
			lines[i] = fmt.Sprintf("%s:%d:%d: %s (%s)", m.File, m.Line, m.Column, meaning, m.Text)
		}
	}
	return desk.Refuse(desk.ErrInvalid, "rules_broken", strings.Join(lines, "\n"))
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
