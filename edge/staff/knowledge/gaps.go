package knowledge

import (
	"context"
	"slices"
	"strconv"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/staff/door"
	"keliu/edge/wire"
	"keliu/functions/knowledge"
	"keliu/functions/store/company"
	"keliu/policies"
	"keliu/streams/desk"
)

// A GapsAnswer is the questions that nobody could answer, the most asked first.
type GapsAnswer struct {
	Gaps []Gap `json:"gaps"`
}

// A Gap is such a question in all the words it was asked in, and which article answers it by now.
type Gap struct {
	company.Gap
	Article desk.ArticleID `json:"article,omitempty"` // empty while none does
	Title   string         `json:"title,omitempty"`

	alike []string // the IDs of those that ask the same, its own first
}

const (
	mostAsked = 500 // gaps that are looked at
	examples  = 10  // wordings that are told of each
)

// alike are the gaps, those that ask the same as one.
func (r *Room) alike(ctx context.Context) ([]Gap, error) {
	all, err := r.Book.Gaps(ctx, mostAsked)
	if err != nil {
		return nil, err
	}
	questions := make([]string, len(all))
	for i, g := range all {
		questions[i] = g.Question
	}
	var gaps []Gap
	for _, group := range r.Library.Alike(questions) {
		one := Gap{Gap: all[group[0]], alike: []string{all[group[0]].ID}}
		for _, i := range group[1:] {
			one.Count += all[i].Count
			one.alike = append(one.alike, all[i].ID)
			for _, text := range all[i].Examples {
				if !slices.Contains(one.Examples, text) {
					one.Examples = append(one.Examples, text)
				}
			}
			if all[i].Last.After(one.Last) {
				one.Last = all[i].Last
			}
		}
		one.Examples = one.Examples[:min(examples, len(one.Examples))]
		gaps = append(gaps, one)
	}
	slices.SortStableFunc(gaps, func(a, b Gap) int { return b.Count - a.Count })
	return gaps, nil
}

// gaps says of each question whether customers are answered by now.
func (r *Room) gaps(ctx context.Context, c *app.RequestContext, _ desk.Agent) error {
	limit, err := door.Limit(c)
	if err != nil {
		return err
	}
	all, err := r.alike(ctx)
	if err != nil {
		return err
	}
	out := GapsAnswer{Gaps: append([]Gap{}, all[:min(limit, len(all))]...)}
	for i, g := range out.Gaps {
		found, err := r.Library.Find(ctx, g.Question, 1, func(audience string) bool {
			ruling, err := r.Door.Rules.MayRetrieve(ctx, policies.MayRetrieve{Audience: audience, Purpose: "answer"})
			return err == nil && ruling.Allow
		})
		if err != nil {
			return err
		}
		if len(found) > 0 && found[0].Score >= knowledge.Confident {
			out.Gaps[i].Article, out.Gaps[i].Title = found[0].Article, found[0].Title
		}
	}
	return wire.Answer(c, out)
}

// dismiss forgets a question, in all the words it was asked in.
func (r *Room) dismiss(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	id := c.Param("id")
	all, err := r.alike(ctx)
	if err != nil {
		return err
	}
	forget := []string{id}
	if i := slices.IndexFunc(all, func(g Gap) bool { return slices.Contains(g.alike, id) }); i >= 0 {
		forget = all[i].alike
	}
	if err := r.Book.Dismiss(ctx, forget...); err != nil {
		return err
	}
	c.SetStatusCode(204)
	return r.Door.Record(ctx, who, "gap_dismissed", "gap/"+id, "", map[string]string{"wordings": strconv.Itoa(len(forget))})
}
