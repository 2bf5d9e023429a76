package panel

import (
	"cmp"
	"context"
	"crypto/rand"
	"regexp"
	"strings"

	"github.com/cloudwego/hertz/pkg/app"

	"keliu/edge/wire"
	"keliu/functions/store/notes"
	"keliu/streams/desk"
)

// A CannedListAnswer is the canned answers that somebody may use: their own first.
type CannedListAnswer struct {
	Canned []notes.Canned `json:"canned"`
}

// A CannedRequest is a canned answer as it shall be.
type CannedRequest struct {
	Title string    `json:"title"`
	Text  string    `json:"text"` // may hold {name}, {order} and {agent}
	Group string    `json:"group,omitempty"`
	Lang  desk.Lang `json:"lang,omitempty"` // zh when it is left out
	Team  bool      `json:"team,omitempty"` // for everybody; administrators only
}

// A CannedAnswer is a canned answer as it was kept.
type CannedAnswer struct {
	Canned notes.Canned `json:"canned"`
}

// Limits of a canned answer, in characters.
const (
	mostTitle = 60
	mostGroup = 30
)

var placeholder = regexp.MustCompile(`\{[^{}]*\}`)

// fillable is what may be filled in: the customer's name, the order that was named, the name of whoever answers.
var fillable = regexp.MustCompile(`^\{(?:name|order|agent)\}$`)

func (r *Room) canned(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	all, err := r.Book.Canned(ctx, who.ID)
	if err != nil {
		return err
	}
	return wire.Answer(c, CannedListAnswer{there(all)})
}

// request reads a canned answer of somebody.
func (r *Room) request(ctx context.Context, c *app.RequestContext, who desk.Agent) (a notes.Canned, err error) {
	var in CannedRequest
	if err := wire.Bind(c, 16<<10, &in); err != nil {
		return a, err
	}
	a = notes.Canned{Owner: who.ID, Lang: cmp.Or(in.Lang, desk.Chinese)}
	if a.Title, err = written("title", in.Title, mostTitle); err != nil {
		return a, err
	}
	if a.Text, err = written("text", in.Text, mostNote); err != nil {
		return a, err
	}
	if in.Group != "" {
		if a.Group, err = written("group", in.Group, mostGroup); err != nil {
			return a, err
		}
	}
	for _, p := range placeholder.FindAllString(a.Text, -1) {
		if !fillable.MatchString(p) {
			return a, desk.Refuse(desk.ErrInvalid, "placeholder", p)
		}
	}
	if a.Lang != desk.Chinese && a.Lang != desk.English {
		return a, desk.Refuse(desk.ErrInvalid, "lang_unknown", string(a.Lang))
	}
	if in.Team {
		a.Owner = ""
	}
	return a, r.mayKeep(ctx, who, a)
}

// mayKeep refuses who may not keep or change a canned answer: the team's are the administrators' matter.
func (r *Room) mayKeep(ctx context.Context, who desk.Agent, a notes.Canned) error {
	if a.Owner != "" {
		return r.own(ctx, who, a.Owner)
	}
	leads, err := r.leads(ctx, who)
	if err == nil && !leads {
		err = desk.Refuse(desk.ErrForbidden, "team_canned")
	}
	return err
}

func (r *Room) addCanned(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	a, err := r.request(ctx, c, who)
	if err != nil {
		return err
	}
	a.ID = "a_" + strings.ToLower(rand.Text())
	return r.keep(ctx, c, who, a)
}

func (r *Room) changeCanned(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	known, err := r.Book.Find(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := r.mayKeep(ctx, who, known); err != nil {
		return err
	}
	a, err := r.request(ctx, c, who)
	if err != nil {
		return err
	}
	a.ID = known.ID
	return r.keep(ctx, c, who, a)
}

// keep keeps a canned answer. What all may say to customers is in the trail.
func (r *Room) keep(ctx context.Context, c *app.RequestContext, who desk.Agent, a notes.Canned) error {
	if err := r.Book.Save(ctx, a); err != nil {
		return err
	}
	if a.Owner == "" {
		if err := r.Door.Record(ctx, who, "canned_kept", "canned/"+a.ID, a.Title, nil); err != nil {
			return err
		}
	}
	return wire.Answer(c, CannedAnswer{a})
}

func (r *Room) discardCanned(ctx context.Context, c *app.RequestContext, who desk.Agent) error {
	known, err := r.Book.Find(ctx, c.Param("id"))
	if err != nil {
		return err
	}
	if err := r.mayKeep(ctx, who, known); err != nil {
		return err
	}
	if err := r.Book.Discard(ctx, known.ID); err != nil {
		return err
	}
	c.SetStatusCode(204)
	if known.Owner != "" {
		return nil
	}
	return r.Door.Record(ctx, who, "canned_discarded", "canned/"+known.ID, known.Title, nil)
}
