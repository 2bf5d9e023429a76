package staff

import (
	"context"
	"errors"
	"slices"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/policies"
	"keliu/policies/audit"
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

func (s *Side) policies(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	sets, err := s.Rules.Sets(ctx)
	if err != nil {
		return err
	}
	slices.Reverse(sets)
	return wire.Answer(c, PoliciesAnswer{sets})
}

// publishPolicy puts rules into force in every process. What does not compile changes nothing and says where.
func (s *Side) publishPolicy(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in PolicyRequest
	if err := wire.Bind(c, 1<<20, &in); err != nil {
		return err
	}
	sets, err := s.Rules.Sets(ctx)
	if err != nil {
		return err
	}
	files := map[string]string{}
	for name, source := range sets[len(sets)-1].Files {
		files[name] = source
	}
	for name, source := range in.Files {
		files[name] = source
	}
	revision, err := s.Rules.Publish(ctx, policies.Set{Files: files, Author: string(who.ID), Note: in.Note, Base: in.Base})
	var mistakes policies.Mistakes
	if errors.As(err, &mistakes) {
		return desk.Refuse(desk.ErrInvalid, "rules_broken", mistakes.Error())
	}
	if err != nil {
		return err
	}
	if err := s.Door.Record(ctx, who, "policy_published", "policies", in.Note, map[string]string{"revision": revision}); err != nil {
		return err
	}
	return wire.Answer(c, RevisionAnswer{revision})
}

func (s *Side) rollback(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in RollbackRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return err
	}
	if err := s.Rules.Rollback(ctx, in.Revision, string(who.ID), in.Note); err != nil {
		return err
	}
	if err := s.Door.Record(ctx, who, "policy_rolled_back", "policies", in.Note, map[string]string{"revision": in.Revision}); err != nil {
		return err
	}
	return wire.Answer(c, RevisionAnswer{s.Rules.Revision()})
}

// audit reads the trail; that it was read is in the trail.
func (s *Side) audit(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	filter := audit.Filter{Actor: c.Query("actor"), Action: c.Query("action"), Limit: limit}
	entries, err := s.Trail.Read(ctx, filter)
	if err != nil {
		return err
	}
	if err := s.Door.Record(ctx, who, "trail_read", "audit", "", map[string]string{"actor": filter.Actor, "action": filter.Action}); err != nil {
		return err
	}
	if entries == nil {
		entries = []audit.Entry{}
	}
	return wire.Answer(c, TrailAnswer{entries})
}
