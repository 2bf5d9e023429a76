package policy

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/store/drafts"
	"keliu/policies"
	"keliu/policies/replay"
	"keliu/policies/trial"
	"keliu/streams/desk"
)

// A FilesRequest is a set by the files that differ from the one in force.
type FilesRequest struct {
	Files map[string]string `json:"files"`
}

// A CheckAnswer is what keeps a set from being published; nothing when it is ready.
type CheckAnswer struct {
	Mistakes []Mistake `json:"mistakes"`
}

// A Mistake is one with what it comes to.
type Mistake struct {
	policies.Mistake
	Meaning string `json:"meaning,omitempty"` // a sentence in the caller's language; left out where there is only the compiler's text
}

// A ReplayRequest asks what a set would have decided.
type ReplayRequest struct {
	FilesRequest
	Days int `json:"days,omitempty"` // of recorded decisions, 1 to 7; 7 when it is 0
}

// A DecisionsAnswer lists what was decided.
type DecisionsAnswer struct {
	Decisions  []replay.Change `json:"decisions"`  // the most frequent, without what they would become
	Unrecorded uint64          `json:"unrecorded"` // decisions of this process that could not be recorded
}

// mostDecisions is how many questions are listed.
const mostDecisions = 500

// mostDays is for how long decisions are kept.
const mostDays = 7

func (r *Room) check(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	set, err := r.proposed(ctx, c)
	if err != nil {
		return err
	}
	out := CheckAnswer{Mistakes: []Mistake{}}
	var mistakes policies.Mistakes
	if err := trial.Check(ctx, set); err != nil && !errors.As(err, &mistakes) {
		return err
	}
	for _, m := range mistakes {
		out.Mistakes = append(out.Mistakes, Mistake{m, m.Meaning(wire.Lang(c))})
	}
	return wire.Answer(c, out)
}

func (r *Room) test(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	set, err := r.proposed(ctx, c)
	if err != nil {
		return err
	}
	result, err := trial.Run(ctx, set)
	if err != nil {
		return refusal(c, err)
	}
	details := map[string]string{"passed": strconv.Itoa(result.Passed), "failed": strconv.Itoa(result.Failed)}
	if err := r.Door.Record(ctx, who, "policy_tested", "policies", "", details); err != nil {
		return err
	}
	return wire.Answer(c, result)
}

func (r *Room) replay(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in ReplayRequest
	if err := wire.Bind(c, mostBytes, &in); err != nil {
		return err
	}
	if in.Days == 0 {
		in.Days = mostDays
	}
	if in.Days < 1 || in.Days > mostDays {
		return desk.Refuse(desk.ErrInvalid, "parameter", "days", 1, mostDays)
	}
	set, err := r.whole(ctx, in.Files)
	if err != nil {
		return err
	}
	result, err := replay.Run(ctx, r.Rules, r.Streams, set, r.Now().AddDate(0, 0, -in.Days))
	if err != nil {
		return refusal(c, err)
	}
	details := map[string]string{"decisions": strconv.FormatUint(result.Decisions, 10), "different": strconv.FormatUint(result.Different, 10)}
	if err := r.Door.Record(ctx, who, "policy_replayed", "policies", "", details); err != nil {
		return err
	}
	for i := range result.Changes {
		change := &result.Changes[i]
		change.Before.Reason, change.After.Reason = wire.Half(wire.Lang(c), change.Before.Reason), wire.Half(wire.Lang(c), change.After.Reason)
	}
	return wire.Answer(c, result)
}

func (r *Room) decisions(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	days, err := wire.Number(c, "days", mostDays, 1, mostDays)
	if err != nil {
		return err
	}
	all, err := replay.Recent(ctx, r.Rules, r.Streams, r.Now().AddDate(0, 0, -int(days)))
	if err != nil {
		return err
	}
	return wire.Answer(c, DecisionsAnswer{append([]replay.Change{}, all[:min(len(all), mostDecisions)]...), r.Rules.Unrecorded()})
}

func (r *Room) draft(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	draft, err := r.Drafts.Draft(ctx, who.ID)
	if err != nil {
		return err
	}
	return wire.Answer(c, draft)
}

// session is how long somebody writes on before the trail is told again.
const session = 10 * time.Minute

// saveDraft keeps a draft. The editor does so at every pause; the trail holds each session of writing once.
func (r *Room) saveDraft(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	var in drafts.Draft
	if err := wire.Bind(c, mostBytes, &in); err != nil {
		return err
	}
	r.writing.Lock()
	defer r.writing.Unlock()
	before, err := r.Drafts.Draft(ctx, who.ID)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	in.At = r.Now().UTC().Truncate(time.Millisecond)
	in.Recorded = before.Recorded
	if in.At.Sub(before.Recorded) >= session || in.Base != before.Base {
		in.Recorded = in.At
		names := strings.Join(slices.Sorted(maps.Keys(in.Files)), " ")
		if err := r.Door.Record(ctx, who, "policy_draft_saved", "policies", in.Note, map[string]string{"base": in.Base, "files": names}); err != nil {
			return err
		}
	}
	if err := r.Drafts.Save(ctx, who.ID, in); err != nil {
		return err
	}
	return wire.Answer(c, in)
}

// removeDraft forgets a draft; one that there is not is none to forget.
func (r *Room) removeDraft(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	r.writing.Lock()
	defer r.writing.Unlock()
	_, err := r.Drafts.Draft(ctx, who.ID)
	if err != nil && !errors.Is(err, desk.ErrNotFound) {
		return err
	}
	if err == nil {
		if err := r.Drafts.Remove(ctx, who.ID); err != nil {
			return err
		}
		if err := r.Door.Record(ctx, who, "policy_draft_removed", "policies", "", nil); err != nil {
			return err
		}
	}
	c.SetStatusCode(204)
	return nil
}
